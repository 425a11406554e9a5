"""Standing in for somebody: on leave and nothing else, by name, for a time, and never on his own or his principal's."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from guardian.shortcuts import remove_perm

from apps.accounts.access import ACCESS, DEPUTISED, Actor
from apps.accounts.models import Deputy, User
from apps.accounts.selectors import positions, team_position
from apps.accounts.services import deputy_appoint, deputy_end
from apps.core.errors import BadInput, Conflict, Forbidden, NotFound
from apps.core.tenancy import NATION, Scope, entered
from apps.leave.models import LeaveAct
from apps.leave.services import leave_act
from apps.teams.models import Posting
from tests.factories import actor_of, posting_of, team_of, user_of
from tests.leave.conftest import Clock, Place, self_of

MONDAY, WEDNESDAY = date(2026, 9, 7), date(2026, 9, 9)
FIRST, LAST = date(2026, 9, 7), date(2026, 9, 11)


def appointed(principal: Actor, deputy: User, first: date = FIRST, last: date = LAST) -> Deputy:
    with entered(principal.scope):
        return deputy_appoint(actor=principal, username=deputy.username, first=first, last=last, reason="外出学习")


def standing_in(user: User) -> list[Actor]:
    """The user in the positions that he holds for others today."""
    found = [held for held in positions(user) if held.principal]
    for index, held in enumerate(found):
        if held.scope.team is not None:
            with entered(Scope(team=held.scope.team)):
                found[index] = team_position(held)
    return [Actor(user, held) for held in found]


def in_office(user: User, *held: tuple[str, Any]) -> None:
    """Give somebody offices of his own: (office, area or team)."""
    with entered(Scope(area=NATION)):
        for office, on in held:
            actor_of(office, on, user.username)


def decide(actor: Actor, request: int, key: str) -> str:
    with entered(actor.scope):
        return leave_act(actor=actor, request=request, key=key).state


def test_what_a_deputy_decides_is_recorded_as_done_in_anothers_place(tongwei: Place, clock: Clock) -> None:
    leader, other = tongwei.offices["team_leader"], tongwei.selves["other"].user
    request = tongwei.ask("member", MONDAY, WEDNESDAY)
    appointed(leader, other)
    clock("2026-09-07")
    [stands_in] = standing_in(other)
    assert decide(stands_in, request.pk, "approve") == "granted"
    with entered(Scope(area=NATION)):
        act = LeaveAct.objects.get(key="approve")
    assert (act.name, act.principal, act.office, act.user_id) == (other.name, leader.name, "team_leader", other.pk)


@pytest.mark.parametrize(
    ("day", "stands"), [("2026-09-06", 0), ("2026-09-07", 1), ("2026-09-11", 1), ("2026-09-12", 0)]
)
def test_he_stands_in_from_the_first_day_to_the_last(tongwei: Place, clock: Clock, day: str, stands: int) -> None:
    other = tongwei.selves["other"].user
    appointed(tongwei.offices["team_leader"], other)
    clock(day)
    assert len(standing_in(other)) == stands


def test_he_may_nothing_but_decide_on_leave_and_read(tongwei: Place, clock: Clock) -> None:
    other = tongwei.selves["other"].user
    in_office(other, ("township_clerk", tongwei.area), ("county_org_dept", tongwei.area[:7]))
    for office in ("team_leader", "township_secretary", "county_office"):
        appointed(tongwei.offices[office], other)
    clock("2026-09-07")
    found = standing_in(other)
    assert len(found) == 3
    for actor in found:
        assert {action for action in ACCESS if actor.may(action)} <= {"leave.view", "leave.decide", "rules.view"}
    assert {"leave.view", "leave.decide", "rules.view"} == DEPUTISED
    with pytest.raises(Forbidden):
        deputy_appoint(actor=found[0], username="谁", first=FIRST, last=LAST, reason="转托")


def test_he_decides_neither_on_his_own_nor_on_his_principals_leave(tongwei: Place, clock: Clock) -> None:
    with entered(Scope(area=NATION)):
        holder = self_of(posting_of(team_of(f"{tongwei.area}202"), "兼职书记", "leader"))
        secretary = actor_of("township_secretary", tongwei.area, holder.user.name)
    tongwei.people["holder"], tongwei.selves["holder"] = posting(tongwei, holder), holder
    other = tongwei.selves["other"]
    with entered(Scope(area=NATION)):
        theirs = tongwei.ask("holder", MONDAY, WEDNESDAY)
    in_office(other.user, ("township_clerk", tongwei.area))
    appointed(secretary, other.user)
    own = tongwei.ask("other", MONDAY, date(2026, 9, 10))
    tongwei.act("team_leader", own, "agree")
    clock("2026-09-07")
    [stands_in] = standing_in(other.user)
    for request in (theirs, own):
        with pytest.raises(Forbidden, match="本人"):
            decide(stands_in, request.pk, "approve")
    with pytest.raises(Forbidden, match="本人"):
        decide(secretary, theirs.pk, "approve")
    done = tongwei.act("township_secretary", theirs, "approve", remark="乡镇派人值守")
    assert done.state == "granted"


def posting(place: Place, actor: Actor) -> Posting:
    with entered(Scope(area=NATION)):
        return Posting.objects.within(place.area).get(person=actor.user.person)


def test_what_the_principal_loses_his_deputy_loses_in_the_same_moment(tongwei: Place, clock: Clock) -> None:
    leader, other = tongwei.offices["team_leader"], tongwei.selves["other"].user
    appointed(leader, other)
    clock("2026-09-08")
    assert len(standing_in(other)) == 1
    remove_perm("teams.team_leader", leader.user, tongwei.team)
    assert standing_in(other) == []


@pytest.mark.parametrize("how", ["ended", "inactive"])
def test_he_stands_in_no_longer_once_it_is_ended(tongwei: Place, clock: Clock, how: str) -> None:
    leader, other = tongwei.offices["team_leader"], tongwei.selves["other"].user
    held = appointed(leader, other)
    clock("2026-09-08")
    if how == "inactive":
        leader.user.is_active = False
        leader.user.save()
    else:
        with pytest.raises(NotFound):
            deputy_end(actor=tongwei.offices["county_office"], deputy=held.pk)
        ended = deputy_end(actor=leader, deputy=held.pk)
        assert deputy_end(actor=leader, deputy=held.pk).ended_at == ended.ended_at
    assert standing_in(other) == []


def test_only_somebody_else_for_a_while_and_with_a_reason(tongwei: Place) -> None:
    leader = tongwei.offices["team_leader"]
    for change in (
        {"username": "没有这个人"},
        {"username": leader.user.username},
        {"first": date(2026, 9, 8), "last": date(2026, 9, 7)},
        {"first": date(2026, 8, 1), "last": date(2026, 9, 1)},
        {"last": date(2026, 12, 9)},
        {"reason": "  "},
    ):
        told = {"username": tongwei.selves["other"].user.username, "first": FIRST, "last": LAST, "reason": "开会"}
        with pytest.raises(BadInput), entered(leader.scope):
            deputy_appoint(actor=leader, **(told | change))  # type: ignore[arg-type]
    with entered(leader.scope):
        assert deputy_appoint(actor=leader, **(told | {"reason": "开会", "last": date(2026, 12, 8)})).pk  # type: ignore[arg-type]
    with pytest.raises(Forbidden):
        deputy_appoint(actor=tongwei.selves["member"], **told)  # type: ignore[arg-type]


def test_another_teams_deputy_leader_decides_nothing_here(tongwei: Place, kunming: Place, clock: Clock) -> None:
    other = tongwei.selves["other"].user
    in_office(other, ("village_signer", kunming.team))
    appointed(kunming.offices["team_leader"], other)
    request = tongwei.ask("member", MONDAY, WEDNESDAY)
    clock("2026-09-07")
    [stands_in] = standing_in(other)
    with pytest.raises(NotFound):
        decide(stands_in, request.pk, "approve")
    with pytest.raises((Forbidden, Conflict)):
        tongwei.act("township_secretary", request, "approve")


@pytest.mark.parametrize(
    ("principal", "deputy", "may"),
    [
        ("team_leader", "member", True),
        ("team_leader", "township_clerk", True),
        ("team_leader", "county_org_dept", True),
        ("team_leader", "gone", False),
        ("team_leader", "elsewhere", False),
        ("team_leader", "unit_liaison", False),
        ("township_secretary", "township_leader", True),
        ("township_secretary", "county_office", True),
        ("township_secretary", "member", False),
        ("township_secretary", "next_township", False),
        ("county_office", "county_org_dept", True),
        ("county_office", "township_secretary", False),
        ("county_office", "city_office", False),
        ("county_office", "nobody", False),
    ],
)
def test_only_somebody_of_the_same_place_or_of_the_county_above_stands_in(
    tongwei: Place, principal: str, deputy: str, may: bool
) -> None:
    with entered(Scope(area=NATION)):
        gone = posting_of(tongwei.team, "已离岗", "member", last=date(2026, 8, 31))
        far = posting_of(team_of(f"{tongwei.area}202"), "邻村队员", "member")
        users = {
            "gone": self_of(gone).user,
            "elsewhere": self_of(far).user,
            "next_township": actor_of("township_secretary", "C621121101", "邻乡书记").user,
            "city_office": actor_of("city_office", "C6211", "市级").user,
            "nobody": user_of("没有岗位的人"),
        }
    user = users.get(deputy) or (tongwei.selves | tongwei.offices)[deputy].user
    if may:
        assert appointed(tongwei.offices[principal], user).deputy_id == user.pk
    else:
        with pytest.raises(BadInput, match="没有职务，不能代理"):
            appointed(tongwei.offices[principal], user)
