"""Two things done to leave at the same moment: some order of the two explains what came of it.

Every pair is tried several times; any error that is no refusal, a deadlock too, comes through `together`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
import time_machine

from apps.attendance.models import SheetLine
from apps.attendance.services import span_record
from apps.core.errors import ApplicationError
from apps.core.months import Month
from apps.core.tenancy import NATION, Scope, entered
from apps.leave.models import LIVE, LeaveAct, LeaveRequest
from apps.leave.services import Asked, leave_act, leave_ask, leave_return, leave_withdraw, overrun_judge
from apps.ledgers.services import month_close
from apps.teams.models import TeamMonth
from tests.concurrency.together import together
from tests.leave.conftest import Place, place_build
from tests.ledgers.month import Walk

TOWNSHIP, TIMES = "C621121100", 6
SEPTEMBER = Month(2026, 9)


@pytest.fixture
def town(committed_db: None) -> Iterator[Place]:
    with time_machine.travel("2026-10-12 09:00+08:00", tick=True):
        with entered(Scope(area=NATION)):
            place = place_build(TOWNSHIP)
        yield place


def days(time: int, first: int = 1) -> date:
    """A day of October or November of its own for each time."""
    return date.fromordinal(date(2026, 10, 14).toordinal() + time * 7 + first)


def acting(place: Place, office: str, request: LeaveRequest, key: str, **more: Any) -> Callable[[], str]:
    actor = place.offices[office]
    return lambda: leave_act(actor=actor, request=request.pk, key=key, **more).state


def withdrawing(place: Place, who: str, request: LeaveRequest) -> Callable[[], str]:
    actor = place.selves[who]

    def act() -> str:
        with entered(actor.scope):
            return leave_withdraw(actor=actor, request=request.pk).state

    return act


def asking(place: Place, who: str, first: date, last: date, extends: LeaveRequest | None = None) -> Callable[[], str]:
    actor, posting = place.selves[who], place.people[who].pk

    def act() -> str:
        with entered(actor.scope):
            asked = Asked("事假", first, last, "家中有事")
            return leave_ask(actor=actor, posting=posting, asked=asked, extends=extends.pk if extends else None).state

    return act


def run(acts: list[Callable[[], str]]) -> list[str]:
    """What came of each: the state, or the name of the refusal."""
    found = together(Scope(area=TOWNSHIP[:7]), acts)
    return [type(one).__name__ if isinstance(one, ApplicationError) else one for one in found]


def test_approved_while_it_is_withdrawn(town: Place) -> None:
    for time in range(TIMES):
        request = town.ask("member", days(time), days(time))
        found = run([acting(town, "team_leader", request, "approve"), withdrawing(town, "member", request)])
        assert found in (["granted", "withdrawn"], ["Conflict", "withdrawn"])
        assert town.again(request).state == "withdrawn"


def test_approved_twice_is_approved_once(town: Place) -> None:
    for time in range(TIMES):
        request = town.ask("member", days(time), days(time))
        found = run([acting(town, "team_leader", request, "approve")] * 3)
        assert sorted(found) == ["Conflict", "Conflict", "granted"]
        with entered(Scope(area=NATION)):
            assert LeaveAct.objects.filter(request=request, key="approve").count() == 1


def test_approved_while_it_is_refused(town: Place) -> None:
    for time in range(TIMES):
        request = town.ask("member", days(time), days(time))
        turn_down = acting(town, "team_leader", request, "approve", outcome="refused", remark="人手不够")
        found = run([acting(town, "team_leader", request, "approve"), turn_down])
        assert found in (["granted", "Conflict"], ["Conflict", "refused"])


def test_of_two_requests_for_one_day_one_is_taken(town: Place) -> None:
    for time in range(TIMES):
        found = run(
            [asking(town, "member", days(time, 1), days(time, 2)), asking(town, "member", days(time, 2), days(time, 3))]
        )
        assert sorted(found) == ["Refused", "asked"]
    with entered(Scope(area=NATION)):
        assert LeaveRequest.objects.filter(state__in=LIVE).count() == TIMES


def test_of_two_that_adjoin_the_later_one_goes_the_longer_way(town: Place) -> None:
    for time in range(TIMES):
        run(
            [asking(town, "member", days(time, 0), days(time, 1)), asking(town, "member", days(time, 2), days(time, 3))]
        )
    with entered(Scope(area=NATION)):
        ways = LeaveRequest.objects.order_by("id").values_list("rule__clause", flat=True)
        assert [sorted(ways[at : at + 2]) for at in range(0, 2 * TIMES, 2)] == [["TW-14-4", "TW-14-7"]] * TIMES


def test_returning_while_it_is_extended(town: Place) -> None:
    """Either the return is refused since it is extended, or the extension since it is over."""
    back = date(2026, 10, 12)
    for time in range(TIMES):
        who = ("member", "other")[time % 2]
        first = date(2026, 10, 11) if time < 2 else back
        parent = granted(town, who, first, back)
        actor = town.selves[who]

        def returning(actor: Any = actor, parent: LeaveRequest = parent) -> str:
            with entered(actor.scope):
                return leave_return(actor=actor, request=parent.pk, back=back).state

        found = run([asking(town, who, date(2026, 10, 13), date(2026, 10, 13), extends=parent), returning])
        assert found in (["asked", "Conflict"], ["Conflict", "granted"])
        break_off(town, who)
        if time == 1:
            break


def granted(place: Place, who: str, first: date, last: date) -> LeaveRequest:
    return place.granted(who, first, last)


def break_off(place: Place, who: str) -> None:
    with entered(Scope(area=NATION)):
        for request in LeaveRequest.objects.filter(posting=place.people[who], state="asked"):
            withdrawing(place, who, request)()


def test_granted_while_its_month_is_closed(town: Place) -> None:
    """Closed with the leave in the stored line, or the grant refused and the line without it; never between the two."""
    request = town.ask("member", date(2026, 9, 14), date(2026, 9, 15))
    with entered(Scope(area=NATION)):
        walk = Walk(TOWNSHIP, town.team)
        walk.fill()
        walk.sign()
    clerk = walk.actor("township_clerk")

    def closing() -> str:
        month_close(actor=clerk, area=TOWNSHIP, month=SEPTEMBER)
        return "closed"

    granting, closed = run([acting(town, "team_leader", request, "approve"), closing])
    with entered(Scope(area=NATION)):
        marks = SheetLine.objects.get(posting=town.people["member"], month=SEPTEMBER.first).marks
        is_closed = TeamMonth.objects.get(team=town.team, month=SEPTEMBER.first).closed
    assert (granting, closed, is_closed, marks[13:15]) in (
        ("granted", "Refused", False, marks[13:15]),
        ("Conflict", "closed", True, "VV"),
        ("granted", "closed", True, "LL"),
    )


def test_granted_while_an_official_record_is_made_of_the_day(town: Place) -> None:
    clerk = town.offices["township_clerk"]
    for time in range(TIMES):
        day = days(time)
        request = town.ask("member", day, day)

        def recording(day: date = day) -> str:
            told = {"posting": town.people["member"].pk, "kind": "meeting", "first": day, "last": day, "reason": "开会"}
            span_record(actor=clerk, **told)  # type: ignore[arg-type]
            return "recorded"

        found = run([acting(town, "team_leader", request, "approve"), recording])
        assert found in (["granted", "Refused"], ["Refused", "recorded"])


def test_judged_absent_while_leave_is_granted_for_the_day(town: Place) -> None:
    over = town.granted("member", date(2026, 10, 8), date(2026, 10, 8))
    late = town.ask("member", date(2026, 10, 9), date(2026, 10, 9))
    leader = town.offices["township_leader"]

    def judging() -> str:
        return overrun_judge(actor=leader, request=over.pk, judgement="absent", reason="没有回来").judgement

    assert run([judging, acting(town, "team_leader", late, "approve")]) == ["Conflict", "granted"]
