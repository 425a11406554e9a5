"""A village's notice on paper: what it says, on which sheet, where the public page is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
import time_machine
from pypdf import PdfReader

from apps.core.errors import Conflict, Forbidden, NotFound
from apps.leave.models import DutyDay
from apps.ledgers.models import Job
from apps.ledgers.tasks import job_run
from apps.notices.models import Notice
from apps.notices.selectors.standing import standings
from apps.notices.services import notice_publish, notice_withdraw
from apps.notices.services.publish import draft_digest
from apps.reports.models import Document
from apps.reports.services import document_queue
from tests.factories import actor_of, posting_of, team_of

TOWNSHIP, TODAY = "C621121100", date(2026, 11, 10)
A3 = (1190.55, 841.89)


@pytest.fixture(autouse=True)
def november(settings: Any) -> Iterator[None]:
    settings.PUBLIC_ADDRESS = "https://gs.example.cn"
    with time_machine.travel("2026-11-10 09:00+08:00", tick=False):
        yield


@pytest.fixture
def printer() -> None:
    try:
        import weasyprint  # noqa: F401
    except OSError:
        pytest.skip("pango is not installed")


@pytest.fixture
def notice(nation: None) -> Notice:
    team = team_of(f"{TOWNSHIP}201", "中林村")
    for name, role, phone in (("赵队长", "leader", "13900000001"), ("<b>王昇玥</b>", "member", "13900000002")):
        posting = posting_of(team, name, role)
        posting.phone = phone
        posting.save()
        for day in range(0, 20, 2):
            first = TODAY + timedelta(days=day + (role == "member"))
            DutyDay.objects.create(area=team.area, team=team, posting=posting, day=first, by="文书")
    [standing] = standings(team.area, TODAY)
    clerk = actor_of("township_clerk", TOWNSHIP)
    seen = draft_digest(standing.draft)
    return notice_publish(actor=clerk, area=team.area, record="team_notice", team=team.pk, seen=seen)


def printed(notice: Notice) -> PdfReader:
    document_queue(actor=actor_of("township_clerk", TOWNSHIP), kind="notice", subject=notice.pk)
    job = Job.objects.get(kind="pdf_notice", subject=notice.pk)
    job_run(area=job.area, job=job.pk)
    assert Job.objects.get(pk=job.pk).state == "done"
    return PdfReader(BytesIO(bytes(Document.objects.get(kind="notice", subject=notice.pk).content)))


@pytest.mark.clause("TW-15-1")
@pytest.mark.usefixtures("printer")
def test_the_sheet_for_the_board_is_a3_with_people_watch_clause_address_and_hash(notice: Notice) -> None:
    [page] = printed(notice).pages
    assert (round(float(page.mediabox.width), 2), round(float(page.mediabox.height), 2)) == A3
    text = "".join((page.extract_text() or "").split())
    assert "中林村驻村工作队村部公开栏公示" in text
    assert "姓名工作单位联系电话" in text
    assert "赵队长县水务局13900000001" in text
    assert "<b>王昇玥</b>县水务局13900000002" in text
    assert "每日值班人员2026年11月星期一星期二星期三星期四星期五星期六星期日10日赵队长11日<b>王昇玥</b>" in text
    assert text.count("赵队长") == 11, "once among the people, and on ten days"
    assert "第十五条〔TW-15-1〕" in text
    assert f"https://gs.example.cn/public/{notice.token}/" in text
    assert notice.hash in text and "第1页共1页" in text


@pytest.mark.usefixtures("printer")
def test_a_notice_is_printed_once_and_a_withdrawn_one_not_at_all(notice: Notice) -> None:
    printed(notice)
    clerk = actor_of("township_clerk", TOWNSHIP)
    document_queue(actor=clerk, kind="notice", subject=notice.pk)
    assert Job.objects.filter(kind="pdf_notice").count() == 1
    down = notice_withdraw(actor=clerk, notice=notice.pk, reason="登错")
    with pytest.raises(Conflict, match="撤下"):
        document_queue(actor=clerk, kind="notice", subject=down.pk)


def test_only_those_who_see_the_notice_have_it_printed(notice: Notice) -> None:
    for office, on, error in (
        ("township_clerk", "C621121101", NotFound),
        ("team_leader", team_of("C621121101201"), NotFound),
        ("nation_office", "C", Forbidden),
    ):
        with pytest.raises(error):
            document_queue(actor=actor_of(office, on), kind="notice", subject=notice.pk)
    with pytest.raises(NotFound):
        document_queue(actor=actor_of("township_clerk", TOWNSHIP), kind="nothing", subject=notice.pk)
    assert not Job.objects.filter(kind="pdf_notice").exists()
