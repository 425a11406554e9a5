"""Publishing a village's notice, taking it down, saying when it was put up."""

from __future__ import annotations

import hashlib
import json
import secrets
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from apps.accounts.access import Actor, require
from apps.core.errors import BadInput, Conflict, NotFound, Refused
from apps.core.findings import blocking
from apps.jurisdictions.models import Village
from apps.notices.models import Notice, NoticeDisplay
from apps.notices.selectors.draft import Draft, drafts
from apps.notices.selectors.standing import newest_notices, notice_of

LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"


@transaction.atomic
def notice_publish(*, actor: Actor, area: str, record: str, team: int | None = None, seen: str) -> Notice:
    """Publish what a village's notice says today.  `seen` is the digest of the preview that the actor looked at.

    NotFound out of scope, Forbidden without the right; Conflict when the preview is no longer what would be published
    or nothing has changed; Refused with the clauses where a field that must be shown is empty, or where the rules ask
    for no such notice here.
    """
    village = _locked(actor, area)
    today = timezone.localdate()
    draft = next((each for each in drafts(area, today) if each.key == (village.pk, record, team)), None)
    if draft is None:
        raise Refused("本地现行规定没有要求这个村张贴这份公示；请刷新页面核对。")
    if findings := blocking(draft.missing):
        raise Refused(f"还不能发布：{findings[0].message}", findings)
    if seen != draft_digest(draft):
        raise Conflict("预览之后内容有了变化，请核对新的预览再发布。")
    before = newest_notices(area).get(draft.key)
    if before is not None and not before.withdrawn and before.content == draft.content:
        raise Conflict("内容和已发布的一样，不用重新发布。")
    return _write(draft=draft, before=before, today=today, by=actor.name)


@transaction.atomic
def notice_withdraw(*, actor: Actor, notice: int, reason: str) -> Notice:
    """Take a notice down: its public page then says so and nothing more.  Conflict when it is not the present version
    or already down; NotFound, Forbidden as for publishing."""
    found = notice_of(notice)
    _locked(actor, found.area)
    if not reason.strip():
        raise BadInput("请写明为什么撤下。")
    latest = newest_notices(found.area)[found.village_id, found.record, found.team_id]
    if latest.pk != found.pk or found.withdrawn:
        raise Conflict("这份公示已有新的版本或已经撤下，请刷新页面。")
    values = _carried(found) | {"version": found.version + 1, "withdrawn": True, "reason": reason.strip()}
    values |= {"content": {}, "published_on": timezone.localdate(), "by": actor.name}
    return Notice.objects.create(**values, hash=notice_digest(values))


@transaction.atomic
def notice_display(*, actor: Actor, notice: int, on: date) -> NoticeDisplay:
    """Say when a published notice was put up.  Said once.  BadInput for a day before its publication or to come,
    Conflict when it was said before or a newer version stands; NotFound, Forbidden as for publishing."""
    found = notice_of(notice)
    _locked(actor, found.area)
    latest = newest_notices(found.area)[found.village_id, found.record, found.team_id]
    if latest.pk != found.pk or found.withdrawn:
        raise Conflict("这份公示已有新的版本或已经撤下，请张贴新的一份。")
    if NoticeDisplay.objects.filter(notice=found).exists():
        raise Conflict("这份公示的张贴日期已经登记。")
    if not found.published_on <= on <= timezone.localdate():
        raise BadInput("张贴日期应在发布之后、今天以前（含今天）。")
    return NoticeDisplay.objects.create(area=found.area, notice=found, on=on, by=actor.name)


def draft_digest(draft: Draft) -> str:
    """The digest of what a preview shows."""
    return _digest({"title": draft.title, "content": draft.content})


def notice_digest(values: dict[str, Any]) -> str:
    """The sha256 of all that the public reads of a notice."""
    names = ("title", "shown_at", "basis", "clause", "pack", "pack_version", "content", "withdrawn", "version")
    told = {name: values[name] for name in names} | {"published_on": values["published_on"].isoformat()}
    return _digest(told)


def _digest(told: dict[str, Any]) -> str:
    text = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _locked(actor: Actor, area: str) -> Village:
    """The village, held so that two publications of it come one after the other."""
    village = Village.objects.select_for_update().filter(area=area).first()
    if village is None:
        raise NotFound
    require(actor, "notice.publish", area)
    return village


def _write(*, draft: Draft, before: Notice | None, today: date, by: str) -> Notice:
    record, shown = draft.rule.record, draft.rule.record.shown
    values: dict[str, Any] = {
        "area": draft.village.area,
        "village": draft.village,
        "team": draft.team,
        "record": draft.rule.key,
        "version": before.version + 1 if before else 1,
        "title": draft.title,
        "shown_at": shown.where if shown else "",
        "pack": draft.rule.pack,
        "pack_version": draft.rule.version,
        "clause": record.clause or "",
        "basis": draft.rule.basis,
        "content": draft.content,
        "withdrawn": False,
        "token": before.token if before else _token(),
        "published_on": today,
        "by": by,
    }
    return Notice.objects.create(**values, hash=notice_digest(values))


def _token() -> str:
    """A new address: 79 random bits, in letters and digits that nobody takes for each other when typing."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(4))


def _carried(notice: Notice) -> dict[str, Any]:
    """What a later version keeps of an earlier one."""
    names = (
        "area",
        "village",
        "team",
        "record",
        "title",
        "shown_at",
        "pack",
        "pack_version",
        "clause",
        "basis",
        "token",
    )
    return {name: getattr(notice, name) for name in names}
