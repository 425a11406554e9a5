"""Leave as people meet it: through the addresses of the site."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from apps.accounts.selectors import positions
from tests.desk.reading import items, page, plain
from tests.leave.conftest import Clock, Place
from tests.leave.people import ASKED, as_, only_request, web


def plan(client: Client, place: Place, who: str, first: str, last: str) -> str:
    query = {"posting": place.people[who].pk, "kind": "事假", "first": first, "last": last}
    return plain(client.get("/leave/plan/", query).content.decode())


@pytest.mark.clause("TW-14-4", "TW-14-7")
def test_the_way_is_shown_before_sending_with_days_and_clauses(tongwei: Place) -> None:
    member = web(tongwei.selves["member"])
    short = plan(member, tongwei, "member", "2026-09-07", "2026-09-09")
    assert "3 天，其中工作日 3 天" in short
    assert "批准 工作队队长 TW-14-4" in short
    assert "乡镇党委书记" not in short
    long = plan(member, tongwei, "member", "2026-09-10", "2026-09-13")
    assert "4 天，其中工作日 2 天" in long
    assert long.index("同意 工作队队长 TW-14-7") < long.index("批准 乡镇党委书记 TW-14-7")
    assert "派出单位" not in long


@pytest.mark.clause("TW-14-5", "TW-14-6", "TW-14-8")
def test_the_way_of_a_leader_names_the_county_and_the_filing_and_beyond_fifteen_days_a_reason(tongwei: Place) -> None:
    leader = web(tongwei.selves["leader"])
    found = plan(leader, tongwei, "leader", "2026-09-07", "2026-09-10")
    assert found.index("同意 乡镇党委书记") < found.index("批准 县级驻村办 TW-14-5")
    assert "报派出单位备案：派出单位（只备案，不用等） TW-14-6" in found
    assert "须写明超出一般规定的理由" in plan(leader, tongwei, "leader", "2026-09-07", "2026-09-22")
    assert "须写明超出一般规定的理由" not in plan(leader, tongwei, "leader", "2026-09-07", "2026-09-21")


def test_leaves_that_adjoin_are_added_up_in_the_preview(tongwei: Place) -> None:
    tongwei.ask("member", date(2026, 9, 10), date(2026, 9, 11))
    found = plan(web(tongwei.selves["member"]), tongwei, "member", "2026-09-14", "2026-09-15")
    assert "2 天，其中工作日 2 天；与前后相连的假合并计算，共 4 天" in found
    assert "同意 工作队队长 TW-14-7" in found


@pytest.mark.parametrize(
    ("first", "last", "told"),
    [("2026-09-09", "2026-09-07", "止日早于起日"), ("2026-09-07", "9999-12-31", "请核对年份"), ("", "", "选好假别")],
)
def test_days_that_cannot_be_are_told_in_the_preview(tongwei: Place, first: str, last: str, told: str) -> None:
    assert told in plan(web(tongwei.selves["member"]), tongwei, "member", first, last)


def test_a_cadre_asks_and_sees_who_is_awaited(tongwei: Place) -> None:
    member = web(tongwei.selves["member"])
    form = page(member, "/leave/new/")
    posting = tongwei.people["member"].pk
    assert f'<input type="hidden" name="posting" value="{posting}"' in form, (
        "with one posting there is nothing to choose"
    )
    answer = member.post("/leave/new/", {**ASKED, "posting": posting})
    request = only_request()
    assert answer["Location"] == f"/leave/{request.pk}/"
    own = plain(page(member, "/leave/"))
    assert "事假 2026年9月7日 — 9月9日 待审批 家中老人住院 · 等工作队队长办理 撤回" in own
    detail = plain(page(member, f"/leave/{request.pk}/"))
    assert "申请 TW-14-4 队员" in detail
    assert "批准 TW-14-4 等工作队队长办理" in detail


def test_what_is_wrong_is_told_and_nothing_typed_is_lost(tongwei: Place) -> None:
    member = web(tongwei.selves["member"])
    typed = {**ASKED, "posting": tongwei.people["member"].pk, "last": "2026-09-01", "whereabouts": "定西市医院"}
    html = member.post("/leave/new/", typed).content.decode()
    assert "止日早于起日，请核对日期。" in html
    assert "家中老人住院</textarea>" in html
    assert 'value="定西市医院"' in html
    assert 'value="2026-09-07"' in html
    faults = member.post("/leave/new/", {**typed, "kind": ""}, headers={"HX-Request": "true"})
    assert plain(faults.content.decode()) == "假别：该字段是必填项。", "the page with its chosen files stays"
    sent = member.post("/leave/new/", {**typed, "last": "2026-09-08"}, headers={"HX-Request": "true"})
    assert sent["HX-Redirect"] == f"/leave/{only_request().pk}/"


def test_a_leader_approves_on_the_list(tongwei: Place) -> None:
    request = tongwei.ask("member", date(2026, 9, 7), date(2026, 9, 9))
    leader = web(tongwei.offices["team_leader"])
    [item] = [each for each in items(leader) if "请假" in each or "事假" in each]
    assert item.url == f"/leave/{request.pk}/"
    assert "队员" in item and "批准 TW-14-4" in item
    html = page(leader, "/leave/")
    assert f'action="/leave/{request.pk}/act/"' in html
    assert "批准" in plain(html)
    body = {"key": "approve", "matter": "leave", "outcome": "done", "then": "list"}
    assert leader.post(f"/leave/{request.pk}/act/", body)["Location"] == "/leave/"
    assert tongwei.again(request).state == "granted"
    after = plain(page(leader, "/leave/"))
    assert "没有等您办理的请假" in after
    assert "已批准" in after


def test_a_return_needs_a_remark_and_comes_back_to_be_changed(tongwei: Place) -> None:
    request = tongwei.ask("member", date(2026, 9, 7), date(2026, 9, 9))
    leader, at = web(tongwei.offices["team_leader"]), f"/leave/{request.pk}/act/"
    body = {"key": "approve", "matter": "leave", "outcome": "returned"}
    refused = leader.post(at, body)
    assert refused.status_code == 400
    assert "退回或不同意须写明理由" in plain(refused.content.decode())
    leader.post(at, {**body, "remark": "请写明去向"})
    member = web(tongwei.selves["member"])
    [item] = [each for each in items(member) if "退回" in each]
    assert item.url == f"/leave/{request.pk}/change/"
    assert "意见：请写明去向" in plain(page(member, f"/leave/{request.pk}/"))
    assert "家中有事</textarea>" in page(member, item.url)
    posting = tongwei.people["member"].pk
    member.post(item.url, {**ASKED, "posting": posting, "last": "2026-09-08", "whereabouts": "县医院"})
    held = tongwei.again(request)
    assert (held.state, held.round, held.last, held.whereabouts) == ("asked", 2, date(2026, 9, 8), "县医院")


def test_a_remark_that_was_typed_stays_when_the_act_is_refused(tongwei: Place) -> None:
    request = tongwei.ask("member", date(2026, 9, 7), date(2026, 9, 9))
    leader = web(tongwei.offices["team_leader"])
    body = {"key": "agree", "matter": "leave", "outcome": "refused", "remark": "人手不够"}
    answer = leader.post(f"/leave/{request.pk}/act/", body)
    assert answer.status_code == 409
    assert 'value="人手不够"' in answer.content.decode()


def test_a_deputy_decides_in_the_place_of_another_and_the_page_says_so(tongwei: Place) -> None:
    secretary, stand_in = tongwei.offices["township_secretary"], tongwei.offices["township_clerk"].user
    body = {"username": stand_in.username, "first": "2026-09-02", "last": "2026-09-10", "reason": "外出学习"}
    assert web(secretary).post("/leave/deputies/", body).status_code == 302
    request = tongwei.ask("leader", date(2026, 9, 7), date(2026, 9, 9))
    held = next(each for each in positions(stand_in) if each.principal)
    deputy = as_(stand_in, held.key)
    assert [each.url for each in items(deputy)] == [f"/leave/{request.pk}/"], "nothing but leave is deputised"
    assert deputy.get("/leave/deputies/").status_code == 403
    deputy.post(f"/leave/{request.pk}/act/", {"key": "approve", "matter": "leave"})
    assert tongwei.again(request).state == "granted"
    said = plain(page(web(secretary), f"/leave/{request.pk}/"))
    assert f"{stand_in.name}代{secretary.name}（乡镇党委书记） 2026年9月2日" in said
    listed = plain(page(web(secretary), "/leave/deputies/"))
    assert f"{stand_in.name} " in listed and "外出学习" in listed


def test_an_unknown_deputy_is_told_and_the_form_keeps_its_words(tongwei: Place) -> None:
    body = {"username": "没有这个人", "first": "2026-09-02", "last": "2026-09-10", "reason": "外出学习"}
    html = web(tongwei.offices["township_secretary"]).post("/leave/deputies/", body).content.decode()
    assert "没有登录名为“没有这个人”的账号" in html
    assert 'value="外出学习"' in html


def test_a_request_tells_its_own_days_beside_those_it_is_added_up_with(tongwei: Place) -> None:
    tongwei.ask("member", date(2026, 9, 10), date(2026, 9, 11))
    request = tongwei.ask("member", date(2026, 9, 14), date(2026, 9, 15))
    leader = web(tongwei.offices["team_leader"])
    detail = plain(page(leader, f"/leave/{request.pk}/"))
    assert "2026年9月14日 — 9月15日 ，2天（工作日2天）" in detail
    assert "送审时与前后相连的假合并计算，共4天（工作日4天）" in detail
    listed = plain(page(leader, "/leave/"))
    assert "甲村 · 2天（工作日2天） · 家中有事" in listed
    assert "甲村 · 2天（工作日2天），合并计算共4天 · 家中有事" in listed


def test_a_request_that_ended_early_tells_the_days_that_were_taken(tongwei: Place, clock: Clock) -> None:
    request = tongwei.granted("member", date(2026, 9, 7), date(2026, 9, 11))
    clock("2026-09-10")
    tongwei.confirmed("member", request, date(2026, 9, 10))
    detail = plain(page(web(tongwei.selves["member"]), f"/leave/{request.pk}/"))
    assert "2026年9月7日 — 9月9日 ，3天（工作日3天） 原定到2026年9月11日，提前返岗" in detail
    assert "合并计算" not in detail
