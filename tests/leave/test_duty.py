"""The duty roster: somebody every day, named by the leader or the township, proposed fairly, flagged with its clause."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest
from django.test import Client

from apps.core.errors import BadInput, Conflict, Forbidden, NotFound, Refused
from apps.core.months import Month
from apps.core.tenancy import NATION, Scope, entered
from apps.leave.models import DutyDay
from apps.leave.rota import rota_filled
from apps.leave.selectors.duty import duty_members, duty_of, rota_digest, rota_of
from apps.leave.selectors.duty_month import DutyMonth, duty_month
from apps.leave.services import duty_save
from apps.rules.language.sets import Floor
from apps.rules.language.windows import Stretch
from apps.teams.models import TeamMonth
from tests.factories import actor_of, posting_of, team_of
from tests.leave.conftest import Place
from tests.leave.people import web

SEPTEMBER = Month(2026, 9)
MONDAY = date(2026, 9, 7)
SPAN = Stretch(SEPTEMBER.first, SEPTEMBER.last)


def save(place: Place, days: dict[date, list[str]], office: str = "team_leader", month: Month = SEPTEMBER) -> None:
    """The roster of a month, by the names of the people, over whatever stands."""
    rota = {day: [place.people[who].pk for who in names] for day, names in days.items()}
    actor = place.offices[office]
    with entered(actor.scope):
        seen = rota_digest(rota_of(place.team.pk, Stretch(month.first, month.last)))
        duty_save(actor=actor, team=place.team.pk, month=month, rota=rota, seen=seen)


def everybody_in_turn(place: Place) -> dict[date, list[str]]:
    """Leader, member, other, leader … on every day of September."""
    who = ["leader", "member", "other"]
    return {day: [who[place_ % 3]] for place_, day in enumerate(SEPTEMBER.dates())}


def seen(place: Place) -> DutyMonth:
    with entered(Scope(area=NATION)):
        place.team.refresh_from_db()
        return duty_month(place.team, SEPTEMBER)


@pytest.mark.clause("TW-36-9")
def test_every_day_without_a_name_is_flagged_with_its_clause(tongwei: Place) -> None:
    days = everybody_in_turn(tongwei)
    del days[MONDAY], days[date(2026, 9, 12)]  # a workday and a Saturday
    save(tongwei, days)
    found = seen(tongwei).faults
    assert [(row.day, row.fault, row.clause) for row in found] == [
        (MONDAY, "没有安排人", "TW-36-9"),
        (date(2026, 9, 12), "没有安排人", "TW-36-9"),
    ]
    save(tongwei, everybody_in_turn(tongwei), office="township_clerk")
    assert seen(tongwei).faults == []


@pytest.mark.clause("TW-36-9")
def test_a_day_whose_person_is_on_leave_or_was_judged_absent_is_flagged(tongwei: Place) -> None:
    save(tongwei, everybody_in_turn(tongwei))  # the 7th is the leader's, the 8th the member's, the 11th too
    tongwei.granted("member", date(2026, 9, 8), date(2026, 9, 8))
    found = seen(tongwei).faults
    assert [(row.day.day, row.clause) for row in found] == [(8, "TW-36-9")]
    assert "请假" in found[0].fault
    save(tongwei, everybody_in_turn(tongwei) | {date(2026, 9, 8): ["member", "other"]})
    assert seen(tongwei).faults == []


@pytest.mark.clause("TW-36-9")
def test_somebody_not_posted_any_more_keeps_no_watch(tongwei: Place) -> None:
    save(tongwei, everybody_in_turn(tongwei))
    with entered(Scope(area=NATION)):
        posting = tongwei.people["other"]
        posting.last = date(2026, 9, 20)
        posting.save()
    assert [row.day.day for row in seen(tongwei).faults] == [21, 24, 27, 30]
    with pytest.raises(BadInput, match="未派驻"):
        save(tongwei, {date(2026, 9, 21): ["other"]})


def test_nothing_is_asked_where_no_rule_asks_for_it(kunming: Place) -> None:
    with pytest.raises(Refused, match="没有要求"):
        save(kunming, {MONDAY: ["leader"]})
    page = web(kunming.offices["team_leader"]).get(f"/leave/duty/{kunming.team.pk}/2026-09/").content.decode()
    assert "本地制度没有要求排值班表" in page
    assert 'name="on"' not in page


def test_only_the_leader_and_the_clerk_write_it_and_only_for_their_own(tongwei: Place) -> None:
    with pytest.raises(Forbidden):
        save(tongwei, {MONDAY: ["leader"]}, office="township_secretary")
    with entered(Scope(area=NATION)):
        second = team_of("C621121100202", "乙村")
        posting_of(second, "乙村队长", "leader")
        stranger = actor_of("team_leader", second, "乙村队长号")
        near = actor_of("township_clerk", "C621121101", "邻乡文书")
    for actor in (stranger, near):
        with pytest.raises(NotFound), entered(actor.scope):
            duty_save(actor=actor, team=tongwei.team.pk, month=SEPTEMBER, rota={}, seen=rota_digest({}))


def test_a_closed_month_and_a_page_that_is_out_of_date_are_left_alone(tongwei: Place) -> None:
    save(tongwei, {MONDAY: ["leader"]})
    actor = tongwei.offices["township_clerk"]
    with pytest.raises(Conflict, match="刚被他人改过"), entered(actor.scope):
        duty_save(actor=actor, team=tongwei.team.pk, month=SEPTEMBER, rota={}, seen=rota_digest({}))
    with entered(Scope(area=NATION)):
        TeamMonth.objects.update_or_create(
            team=tongwei.team, month=SEPTEMBER.first, defaults={"area": tongwei.team.area, "closed": True}
        )
    with pytest.raises(Conflict, match="已月结"):
        save(tongwei, {MONDAY: ["member"]})
    with entered(Scope(area=NATION)):
        assert duty_of(tongwei.team.pk, MONDAY, MONDAY) == {MONDAY: [tongwei.people["leader"].name]}


def test_empty_days_are_proposed_evenly_and_never_to_whoever_is_away(tongwei: Place) -> None:
    tongwei.granted("member", MONDAY, MONDAY + timedelta(days=2))
    with entered(Scope(area=NATION)):
        members = duty_members(tongwei.team.pk, SPAN)
        held = {date(2026, 9, 1): [tongwei.people["other"].pk]}
        proposed = rota_filled(Floor(at_least=1), members, held, SPAN, lambda day: True, {})
        assert not DutyDay.objects.exists()  # nothing is saved by proposing
    assert sorted(proposed) == SEPTEMBER.dates()
    assert proposed[date(2026, 9, 1)] == held[date(2026, 9, 1)]
    number = Counter(posting for named in proposed.values() for posting in named)
    assert sorted(number.values()) == [10, 10, 10]
    away = [MONDAY + timedelta(days=ahead) for ahead in range(3)]
    assert all(tongwei.people["member"].pk not in proposed[day] for day in away)


@pytest.mark.parametrize(("percent", "due"), [(50, 2), (100, 3)])
def test_a_floor_by_percent_proposes_as_many_as_it_asks_for(tongwei: Place, percent: int, due: int) -> None:
    with entered(Scope(area=NATION)):
        members = duty_members(tongwei.team.pk, SPAN)
    floor = Floor(percent=percent, days="work")
    proposed = rota_filled(floor, members, {}, SPAN, lambda day: day.weekday() < 5, {})
    assert {len(named) for named in proposed.values()} == {due}
    assert date(2026, 9, 12) not in proposed


@pytest.mark.clause("TW-36-9")
def test_whoever_asks_and_whoever_approves_sees_the_days_of_duty_and_who_can_swap(tongwei: Place) -> None:
    save(tongwei, everybody_in_turn(tongwei))
    tongwei.granted("other", date(2026, 9, 8), date(2026, 9, 8))
    asked = {"posting": tongwei.people["member"].pk, "kind": "事假", "first": "2026-09-08", "last": "2026-09-11"}
    preview = web(tongwei.selves["member"]).get("/leave/plan/", asked).content.decode()
    told = f"9月8日（可换：{tongwei.people['leader'].name}）；9月11日（可换：{tongwei.people['leader'].name}、{tongwei.people['other'].name}）"
    assert told in preview
    assert "TW-36-9" in preview
    request = tongwei.ask("member", date(2026, 9, 8), date(2026, 9, 11))
    leader = web(tongwei.offices["team_leader"])
    assert told in leader.get(f"/leave/{request.pk}/").content.decode()
    assert "期间有2天轮到本人值班" in leader.get("/leave/").content.decode()


def boxes(client: Client, place: Place, month: str = "2026-09") -> tuple[str, str]:
    page = client.get(f"/leave/duty/{place.team.pk}/{month}/").content.decode()
    return page, page.split('name="seen" value="')[1].split('"')[0]


def test_the_month_is_filled_in_the_page_and_saved_only_then(tongwei: Place) -> None:
    leader, at = web(tongwei.offices["team_leader"]), f"/leave/duty/{tongwei.team.pk}/2026-09/"
    _, mark = boxes(leader, tongwei)
    proposed = leader.post(at, {"do": "fill", "seen": mark}).content.decode()
    assert "还没有保存" in proposed
    assert proposed.count(" checked") == 30
    with entered(Scope(area=NATION)):
        assert not DutyDay.objects.exists()
    chosen = [f"{day}:{tongwei.people['leader'].pk}" for day in SEPTEMBER.dates()]
    assert leader.post(at, {"do": "save", "seen": mark, "on": chosen}).status_code == 302
    page, _ = boxes(web(tongwei.selves["member"]), tongwei)
    assert "每天有人" in page
    assert 'type="checkbox"' not in page  # a member reads it
    copied = leader.post(f"/leave/duty/{tongwei.team.pk}/2026-10/", {"do": "copy", "seen": ""}).content.decode()
    assert copied.count(" checked") == 30  # October has 31 days, September had 30


def test_the_township_sees_which_teams_have_gaps(tongwei: Place) -> None:
    page = web(tongwei.offices["township_clerk"]).get("/leave/duty/?month=2026-09").content.decode()
    assert "还没有排" in page
    days = everybody_in_turn(tongwei)
    del days[MONDAY]
    save(tongwei, days)
    page = web(tongwei.offices["township_clerk"]).get("/leave/duty/?month=2026-09").content.decode()
    assert "1天没有人值守" in page
