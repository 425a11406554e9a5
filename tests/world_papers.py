"""Papers and notices of the world's owner: part of `tests.world`."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from apps.notices.models import Disclosure, Notice, NoticeDisplay, NoticeValue, PlanPublication
from apps.reports.selectors.subjects import subject_of
from apps.reports.services import document_store
from apps.teams.models import Team


def paper_build(kind: str, subject: int, canary: str) -> int:
    """A kept PDF of something: not a real one, but it tells of the owner."""
    found = replace(subject_of(kind, subject), stamp="")
    return document_store(subject=found, content=f"%PDF {canary}".encode(), by=f"{canary}文书").pk


def notices_build(team: Team, canary: str, token: str) -> int:
    """A notice as another regulation would ask for it (the owner's asks for none), printed and put up; what was told to
    the village."""
    told: dict[str, Any] = {"area": team.area, "by": f"{canary}文书"}
    content = {"columns": [["姓名", "person"]], "rows": [[f"{canary}甲"]], "facts": []}
    notice = Notice.objects.create(
        **told,
        village=team.village,
        record="helpers",
        version=1,
        title=f"{canary}村公示",
        pack="kunming",
        pack_version="",
        content=content,
        token=token,
        hash="",
        published_on=date(2026, 10, 8),
    )
    NoticeDisplay.objects.create(**told, notice=notice, on=date(2026, 10, 9))
    NoticeValue.objects.create(area=team.area[:10], by=told["by"], record="helpers", label="电话", value=canary)
    PlanPublication.objects.create(**told, team=team, on=date(2026, 10, 9), plan=canary, completion=canary)
    Disclosure.objects.create(**told, team=team, kind="其他", on=date(2026, 10, 9), evidence=canary)
    paper_build("notice", notice.pk, canary)
    return notice.pk
