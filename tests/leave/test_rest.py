"""The yearly rest plan: one per team and year, beside what was taken; rests that overlap are shown, nothing is approved."""

from __future__ import annotations

from datetime import date

import pytest

from apps.core.errors import BadInput, Conflict, Forbidden, NotFound, Refused
from apps.core.tenancy import NATION, Scope, entered
from apps.leave.models import LeaveRequest, RestPlan
from apps.leave.selectors.rest import PlanPerson, plan_of
from apps.leave.services import rest_add, rest_remove
from tests.factories import actor_of, posting_of, team_of
from tests.leave.conftest import Place
from tests.leave.people import granted, web

OCTOBER = (date(2026, 10, 12), date(2026, 10, 16))


def add(place: Place, who: str, first: date, last: date, way: str = "轮休", office: str = "team_leader") -> RestPlan:
    actor = place.offices[office]
    with entered(actor.scope):
        return rest_add(actor=actor, team=place.team.pk, posting=place.people[who].pk, first=first, last=last, way=way)


def plan(place: Place, year: int = 2026) -> dict[int, PlanPerson]:
    with entered(Scope(area=NATION)):
        place.team.refresh_from_db()
        return {each.posting.pk: each for each in plan_of(place.team, year, date(2026, 9, 2))}


@pytest.mark.clause("TW-36-7")
def test_the_leader_writes_one_plan_a_year_for_everybody_himself_included(tongwei: Place) -> None:
    for who in ("leader", "member"):
        add(tongwei, who, *OCTOBER)
    add(tongwei, "member", date(2027, 2, 1), date(2027, 2, 5), "调休")
    found = plan(tongwei)
    assert {who: len(found[posting.pk].planned) for who, posting in tongwei.people.items()} == {
        "leader": 1,
        "member": 1,
        "other": 0,
    }
    assert len(plan(tongwei, 2027)[tongwei.people["member"].pk].planned) == 1
    for office in ("township_clerk", "township_secretary"):
        with pytest.raises(Forbidden):
            add(tongwei, "other", *OCTOBER, office=office)
    with entered(Scope(area=NATION)):
        assert not LeaveRequest.objects.exists()  # a plan approves nothing


@pytest.mark.clause("TW-36-7")
def test_teams_without_a_plan_are_listed(tongwei: Place) -> None:
    clerk = web(tongwei.offices["township_clerk"])
    page = clerk.get("/leave/rest/?year=2026").content.decode()
    assert "1支工作队还没有" in page
    assert "TW-36-7" in page
    add(tongwei, "member", *OCTOBER)
    page = clerk.get("/leave/rest/?year=2026").content.decode()
    assert "已列1人" in page
    assert "1支工作队还没有" in clerk.get("/leave/rest/?year=2027").content.decode()


@pytest.mark.clause("TW-36-7")
def test_annual_leave_that_was_taken_stands_beside_the_plan_and_other_leave_does_not(tongwei: Place) -> None:
    add(tongwei, "member", *OCTOBER)
    annual = tongwei.granted("member", date(2026, 10, 12), date(2026, 10, 13), kind="年休假")
    granted(tongwei, "member", date(2026, 10, 20), date(2026, 10, 20))  # 事假
    assert [leave.pk for leave in plan(tongwei)[tongwei.people["member"].pk].taken] == [annual.pk]
    page = web(tongwei.selves["member"]).get(f"/leave/rest/{tongwei.team.pk}/2026/").content.decode()
    assert f'href="/leave/{annual.pk}/"' in page


@pytest.mark.clause("TW-36-8")
@pytest.mark.parametrize("way", ["轮休", "调休", "其他"])
def test_the_ways_are_those_of_the_regulation(tongwei: Place, way: str) -> None:
    assert add(tongwei, "member", *OCTOBER, way=way).way == way
    with pytest.raises(BadInput, match="轮休、调休、其他"):
        add(tongwei, "other", *OCTOBER, way="疗养")


@pytest.mark.clause("TW-36-8")
def test_rests_that_overlap_are_shown_in_the_plan_and_in_the_calendar(tongwei: Place) -> None:
    add(tongwei, "member", *OCTOBER)
    add(tongwei, "other", date(2026, 10, 16), date(2026, 10, 17))
    add(tongwei, "leader", date(2026, 10, 18), date(2026, 10, 19))
    found = plan(tongwei)
    together = {who: found[posting.pk].planned[0].together for who, posting in tongwei.people.items()}
    names = {who: posting.name for who, posting in tongwei.people.items()}
    assert together == {"member": (names["other"],), "other": (names["member"],), "leader": ()}
    calendar = web(tongwei.offices["team_leader"]).get("/leave/away/?month=2026-10").content.decode()
    assert calendar.count('class="is-together"') == 1
    assert "10月16日2人同时休" in calendar


def test_a_plan_stays_inside_the_posting_the_year_and_one_team(tongwei: Place) -> None:
    add(tongwei, "member", *OCTOBER)
    for first, last, error in (
        (date(2026, 10, 16), date(2026, 10, 20), Conflict),
        (date(2026, 12, 30), date(2027, 1, 2), BadInput),
        (date(2026, 11, 5), date(2026, 11, 4), BadInput),
        (date(2028, 1, 4), date(2028, 1, 5), BadInput),
    ):
        with pytest.raises(error):
            add(tongwei, "member", first, last)
    with entered(Scope(area=NATION)):
        second = team_of(f"{tongwei.area}202", "乙村")
        far = posting_of(second, "乙村队长", "leader")
        stranger = actor_of("team_leader", second, "乙村队长号")
        line = RestPlan.objects.get()
    leader = tongwei.offices["team_leader"]
    with pytest.raises(BadInput, match="本队"), entered(leader.scope):
        rest_add(actor=leader, team=tongwei.team.pk, posting=far.pk, first=OCTOBER[0], last=OCTOBER[1], way="轮休")
    with pytest.raises(NotFound), entered(stranger.scope):
        rest_remove(actor=stranger, line=line.pk)
    with entered(leader.scope):
        rest_remove(actor=leader, line=line.pk)
        assert not RestPlan.objects.exists()


def test_where_no_rule_asks_for_a_plan_the_page_says_so(kunming: Place) -> None:
    with pytest.raises(Refused, match="没有要求"):
        add(kunming, "member", *OCTOBER)
    page = web(kunming.offices["team_leader"]).get(f"/leave/rest/{kunming.team.pk}/2026/").content.decode()
    assert "本地制度没有要求编制休假计划" in page
