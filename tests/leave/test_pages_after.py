"""Leave through the addresses of the site: coming back, paper, proof, who is away, filings, and what all lists keep to."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import pairwise

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.core.tenancy import NATION, Scope, entered
from apps.leave.models import LeaveOverrun, LeaveProof, LeaveRequest
from tests.desk.reading import items, page, plain
from tests.factories import posting_of
from tests.leave.conftest import Place, self_of
from tests.leave.people import ASKED, granted, only_request, web

PDF = b"%PDF-1.4 proof"


def queries(do: Callable[[], object]) -> int:
    do()  # what is cached for good is cached now
    with CaptureQueriesContext(
        connection,
    ) as found:
        do()
    return len(found)


def test_extending_begins_the_day_after_and_an_early_return_shortens(tongwei: Place) -> None:
    request = granted(tongwei, "member", date(2026, 9, 3), date(2026, 9, 4))
    member = web(tongwei.selves["member"])
    form = page(member, f"/leave/new/?extends={request.pk}")
    assert 'name="first" value="2026-09-05"' in form
    with time_machine.travel("2026-09-04 09:00:00+08:00", tick=False):
        assert 'name="back" required value="2026-09-04"' in page(web(tongwei.selves["member"]), f"/leave/{request.pk}/")
        answer = web(tongwei.selves["member"]).post(f"/leave/{request.pk}/back/", {"back": "2026-09-04"})
    assert answer.status_code == 302
    assert tongwei.again(request).back == date(2026, 9, 4)
    body = {"key": "confirm", "matter": "return_from_leave"}
    web(tongwei.offices["team_leader"]).post(f"/leave/{request.pk}/act/", body)
    held = tongwei.again(request)
    assert (held.state, held.until) == ("ended", date(2026, 9, 3))


def test_a_leave_that_was_extended_is_ended_through_its_extension(tongwei: Place) -> None:
    request = granted(tongwei, "member", date(2026, 9, 3), date(2026, 9, 4))
    more = {**ASKED, "posting": tongwei.people["member"].pk, "first": "2026-09-05", "last": "2026-09-06"}
    web(tongwei.selves["member"]).post(f"/leave/new/?extends={request.pk}", more)
    with entered(Scope(area=NATION)):
        extension = LeaveRequest.objects.get(extends=request.pk)
    tongwei.act("team_leader", extension, "agree")
    tongwei.act("township_secretary", extension, "approve")
    with time_machine.travel("2026-09-07 09:00:00+08:00", tick=False):
        member = web(tongwei.selves["member"])
        assert member.post(f"/leave/{request.pk}/back/", {"back": "2026-09-07"}).status_code == 409
        member.post(f"/leave/{extension.pk}/back/", {"back": "2026-09-07"})
        web(tongwei.offices["team_leader"]).post(
            f"/leave/{extension.pk}/act/", {"key": "confirm", "matter": "return_from_leave"}
        )
    assert [tongwei.again(each).state for each in (request, extension)] == ["ended", "ended"]


def test_an_overdue_return_is_only_proposed_until_somebody_named_decides(tongwei: Place) -> None:
    request = granted(tongwei, "member", date(2026, 9, 3), date(2026, 9, 4))
    with time_machine.travel("2026-09-08 09:00:00+08:00", tick=False):
        [own] = [each for each in items(web(tongwei.selves["member"])) if "销假" in each]
        assert own.url == f"/leave/{request.pk}/#back"
        assert own.due == "逾期4天 9月4日前"
        secretary = web(tongwei.offices["township_secretary"])
        assert [each.url for each in items(secretary) if "假满" in each] == [f"/leave/{request.pk}/#judge"]
        assert not [each for each in items(web(tongwei.offices["township_clerk"])) if "假满" in each]
        shown = plain(page(secretary, "/leave/"))
        assert "9月5日—9月7日 3天" in shown
        assert "TW-14-9" in shown
        with entered(Scope(area=NATION)):
            assert not LeaveOverrun.objects.exists()
        at = f"/leave/{request.pk}/judge/"
        assert (
            web(tongwei.offices["township_clerk"]).post(at, {"judgement": "absent", "reason": "无"}).status_code == 403
        )
        empty = secretary.post(at, {"judgement": "absent", "reason": ""})
        assert empty.status_code == 400 and "checked" in empty.content.decode()
        secretary.post(at, {"judgement": "absent", "reason": "电话联系不上"})
        with entered(Scope(area=NATION)):
            over = LeaveOverrun.objects.get()
        assert (over.first, over.last, over.judgement) == (date(2026, 9, 5), date(2026, 9, 7), "absent")
        assert "认定为脱岗。电话联系不上" in plain(page(secretary, f"/leave/{request.pk}/"))


def test_the_next_leave_ends_the_days_after_the_one_before(tongwei: Place) -> None:
    """Two leaves without a return: each is judged for its own days, and the two do not collide."""
    first = granted(tongwei, "member", date(2026, 9, 3), date(2026, 9, 3))
    second = granted(tongwei, "member", date(2026, 9, 7), date(2026, 9, 8))
    with time_machine.travel("2026-09-11 09:00:00+08:00", tick=False):
        secretary = web(tongwei.offices["township_secretary"])
        for request in (second, first):
            secretary.post(f"/leave/{request.pk}/judge/", {"judgement": "excused", "reason": "忘记销假"})
    with entered(Scope(area=NATION)):
        spans = sorted(LeaveOverrun.objects.values_list("first", "last"))
    assert spans == [(date(2026, 9, 4), date(2026, 9, 6)), (date(2026, 9, 9), date(2026, 9, 10))]


def test_leave_on_paper_asks_for_every_step_and_stays_marked(tongwei: Place) -> None:
    clerk, posting = web(tongwei.offices["township_clerk"]), tongwei.people["leader"].pk
    query = {"posting": posting, "kind": "事假", "first": "2026-09-07", "last": "2026-09-10", "by-agree": "李书记"}
    html = clerk.get("/leave/paper/plan/", query).content.decode()
    assert 'name="by-agree" maxlength="60" value="李书记"' in html
    assert 'name="on-approve"' in html
    asked = {**ASKED, "posting": posting, "last": "2026-09-10", "document": "假条存党建办"}
    done = {"by-agree": "李书记", "on-agree": "2026-09-01", "by-approve": "王主任"}
    lacking = plain(clerk.post("/leave/paper/", {**asked, **done}).content.decode())
    assert "请填写王主任办理的日期" in lacking
    assert clerk.post("/leave/paper/", {**asked, **done, "on-approve": "2026-09-02"}).status_code == 302
    request = only_request()
    assert (request.state, request.on_paper) == ("granted", True)
    said = plain(page(clerk, f"/leave/{request.pk}/"))
    clerks = tongwei.offices["township_clerk"].name
    assert f"李书记（乡镇党委书记） 2026年9月1日 纸质 {clerks}补登" in said


def test_proof_is_private_and_leaves_only_as_a_file(kunming: Place) -> None:
    member = web(kunming.selves["member"])
    upload = SimpleUploadedFile("../诊断.pdf", PDF)
    body = {**ASKED, "posting": kunming.people["member"].pk, "proofs": [upload]}
    assert member.post("/leave/new/", body).status_code == 302
    with entered(Scope(area=NATION)):
        at = f"/leave/proof/{LeaveProof.objects.get().pk}/"
    for client in (member, web(kunming.offices["team_leader"]), web(kunming.offices["township_leader"])):
        answer = client.get(at)
        assert answer.content == PDF
        assert answer["Content-Type"] == "application/pdf"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Content-Disposition"].startswith("attachment;")
    others = (kunming.selves["other"], kunming.offices["county_office"], kunming.offices["unit_liaison"])
    assert [web(other).get(at).status_code for other in others] == [404, 404, 404]
    assert "诊断.pdf" not in page(web(kunming.offices["county_office"]), f"/leave/{only_request().pk}/")


def test_a_file_that_is_no_proof_is_refused_by_its_content(kunming: Place) -> None:
    member = web(kunming.selves["member"])
    upload = SimpleUploadedFile("诊断.pdf", b"<html>", content_type="application/pdf")
    body = {**ASKED, "posting": kunming.people["member"].pk, "proofs": [upload]}
    assert "不是 PDF、JPG 或 PNG" in member.post("/leave/new/", body).content.decode()


@pytest.mark.clause("TW-36-9")
def test_the_calendar_marks_the_days_on_which_nobody_is_left(tongwei: Place) -> None:
    for who, last in (("member", 9), ("other", 9), ("leader", 8)):
        granted(tongwei, who, date(2026, 9, 7), date(2026, 9, last))
    for office in ("team_leader", "township_secretary", "county_office"):
        html = page(web(tongwei.offices[office]), "/leave/away/?month=2026-09")
        assert html.count('class="is-short"') == 2
        assert "9月7日在岗0人，应不少于1人" in html
        assert "2天不足 TW-36-9" in plain(html)
        assert html.count(">假</a>") == 8
    assert "这个月没有人请假" in page(web(tongwei.offices["county_office"]), "/leave/away/?month=2026-10")


@pytest.mark.clause("TW-36-9")
def test_the_last_one_is_not_let_go_without_a_word_on_who_keeps_the_post(tongwei: Place) -> None:
    for who in ("member", "other"):
        granted(tongwei, who, date(2026, 9, 7), date(2026, 9, 9))
    request = tongwei.ask("leader", date(2026, 9, 7), date(2026, 9, 8))
    secretary = web(tongwei.offices["township_secretary"])
    assert "在岗 0 人，应不少于 1 人。 TW-36-9" in plain(page(secretary, f"/leave/{request.pk}/"))
    refused = secretary.post(f"/leave/{request.pk}/act/", {"key": "approve", "matter": "leave"})
    assert refused.status_code == 422
    assert "请在意见中写明值守安排" in plain(refused.content.decode())
    assert tongwei.again(request).state == "asked"


def test_a_unit_takes_note_of_what_was_filed(tongwei: Place) -> None:
    request = tongwei.ask("leader", date(2026, 9, 7), date(2026, 9, 10))
    tongwei.act("township_secretary", request, "agree")
    unit = web(tongwei.offices["unit_liaison"])
    assert [each.url for each in items(unit, "ready") if "备案" in each] == ["/leave/filings/"]
    html = page(unit, "/leave/filings/")
    [at] = [part.split('"')[0] for part in html.split('action="')[1:] if part.startswith("/leave/filings/")]
    assert unit.post(at).status_code == 302
    assert "收悉" in plain(page(unit, "/leave/filings/")) and at not in page(unit, "/leave/filings/")
    seen = plain(page(web(tongwei.selves["leader"]), f"/leave/{request.pk}/"))
    assert f"{tongwei.offices['unit_liaison'].name} 9月2日收悉" in seen
    assert unit.get(f"/leave/{request.pk}/").status_code == 404


def test_the_number_of_queries_is_the_same_whatever_the_number_of_requests(tongwei: Place) -> None:
    with entered(Scope(area=NATION)):
        more = [posting_of(tongwei.team, f"队员{number}", "member") for number in range(4)]
        for posting in more:
            tongwei.people[posting.name], tongwei.selves[posting.name] = posting, self_of(posting)
    names = ["member", *(posting.name for posting in more)]
    leader, clerk, self = (
        web(tongwei.offices[office]) for office in ("team_leader", "township_clerk", "county_office")
    )
    member = web(tongwei.selves["member"])
    paths = [
        (leader, "/leave/"),
        (leader, "/"),
        (clerk, "/leave/"),
        (clerk, "/leave/away/?month=2026-09"),
        (self, "/leave/"),
    ]
    counts = []
    for day, name in enumerate(names, start=8):
        granted(tongwei, name, date(2026, 9, 3), date(2026, 9, 3))
        tongwei.ask(name, date(2026, 9, day), date(2026, 9, day))
        tongwei.ask("member", date(2026, 9, day + 8), date(2026, 9, day + 8))
        with time_machine.travel("2026-09-07 09:00:00+08:00", tick=False):
            counts.append(
                [*(queries(lambda c=c, p=p: c.get(p)) for c, p in paths), queries(lambda: member.get("/leave/"))]
            )
    assert all(one == other for one, other in pairwise(counts)), counts
    assert max(counts[0]) < 40


def test_the_county_is_told_the_township_and_the_township_is_not(tongwei: Place) -> None:
    tongwei.ask("leader", date(2026, 9, 7), date(2026, 9, 9))
    county, clerk = (web(tongwei.offices[office]) for office in ("county_office", "township_clerk"))
    for path in ("/leave/", "/leave/away/?month=2026-09"):
        assert "平襄镇 甲村" in plain(page(county, path))
        assert "平襄镇" not in plain(page(clerk, path))


def test_nobody_sees_leave_of_another_area(places: dict[str, Place]) -> None:
    here, there = places["tongwei"], places["kunming"]
    here.ask("leader", date(2026, 9, 7), date(2026, 9, 9))
    other = there.ask("leader", date(2026, 9, 7), date(2026, 9, 9), document="存档")
    for actor in (*here.offices.values(), *here.selves.values()):
        client = web(actor)
        for path in ("/", "/leave/", "/leave/away/?month=2026-09", "/leave/filings/", "/leave/paper/"):
            assert there.people["leader"].name not in client.get(path).content.decode(), (actor.name, path)
        assert client.get(f"/leave/{other.pk}/").status_code == 404
        assert client.post(f"/leave/{other.pk}/act/", {"key": "township", "matter": "leave"}).status_code == 404
