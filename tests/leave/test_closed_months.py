"""A closed month is never touched by leave; opened again it can be put right."""

from __future__ import annotations

from datetime import date

import pytest

from apps.attendance.models import SheetLine
from apps.core.errors import Conflict, Refused
from apps.core.months import Month
from apps.core.tenancy import NATION, Scope, entered
from apps.leave.models import LeaveRequest
from apps.leave.services import Approval, Asked, leave_paper, overrun_judge
from apps.ledgers.services import month_reopen
from apps.ledgers.services.fill import ledgers_fill
from tests.leave.conftest import Clock, Place
from tests.ledgers.month import Walk

SEPTEMBER = Month(2026, 9)
FIRST, LAST = date(2026, 9, 28), date(2026, 10, 9)


@pytest.fixture
def walk(tongwei: Place) -> Walk:
    return Walk(tongwei.area, tongwei.team)


def close(walk: Walk) -> dict[int, str]:
    """What is stored of September once it is closed."""
    with entered(Scope(area=NATION)):
        walk.fill()
        walk.sign()
        walk.close()
    return stored()


def stored() -> dict[int, str]:
    with entered(Scope(area=NATION)):
        return dict(SheetLine.objects.filter(month=SEPTEMBER.first).values_list("posting", "marks"))


def reopen(walk: Walk) -> None:
    clerk = walk.actor("township_clerk")
    with entered(clerk.scope):
        month_reopen(actor=clerk, area=walk.township, month=SEPTEMBER, teams=[walk.team.pk], reason="补登请假")


def test_what_is_closed_holds_the_leave_that_stood(tongwei: Place, walk: Walk, clock: Clock) -> None:
    tongwei.granted("member", FIRST, LAST)
    clock("2026-10-12")
    lines = close(walk)
    assert lines[tongwei.people["member"].pk][26:] == "RLLL"
    assert lines[tongwei.people["other"].pk][26:] == "RVVV"


def test_nothing_can_be_asked_or_granted_in_a_closed_month(tongwei: Place, walk: Walk, clock: Clock) -> None:
    asked = tongwei.ask("member", FIRST, LAST)
    tongwei.act("team_leader", asked, "agree")
    other = tongwei.ask("other", date(2026, 9, 21), date(2026, 9, 22))
    clock("2026-10-12")
    before = close(walk)
    with pytest.raises(Refused, match="月结"):
        tongwei.ask("leader", date(2026, 9, 29), date(2026, 10, 9))
    with pytest.raises(Conflict, match="月结"):
        tongwei.act("township_secretary", asked, "approve")
    tongwei.act("team_leader", other, "approve", outcome="returned", remark="已月结")
    with pytest.raises(Refused, match="月结"):
        tongwei.resend("other", other, date(2026, 9, 30), date(2026, 10, 9))
    clerk = tongwei.offices["township_clerk"]
    with entered(clerk.scope), pytest.raises(Refused, match="月结"):
        leave_paper(
            actor=clerk, posting=tongwei.people["leader"].pk, asked=Asked("病假", FIRST, FIRST, "住院", document="党政办"),
            approvals=[Approval("approve", "书记某", FIRST)],
        )  # fmt: skip
    assert stored() == before
    assert tongwei.act("township_secretary", asked, "approve", outcome="refused", remark="已月结").state == "refused"
    assert tongwei.ask("leader", date(2026, 10, 1), date(2026, 10, 9)).state == "asked"


def test_a_return_into_a_closed_month_waits_for_its_reopening(tongwei: Place, walk: Walk, clock: Clock) -> None:
    request = tongwei.granted("member", FIRST, LAST)
    clock("2026-10-12")
    before = close(walk)
    with pytest.raises(Conflict, match="月结"):
        tongwei.confirmed("member", request, date(2026, 9, 30))
    assert (tongwei.again(request).until, stored()) == (LAST, before)
    with entered(Scope(area=NATION)):
        ledgers_fill(area=walk.township, month=SEPTEMBER)
    reopen(walk)
    ended = tongwei.act("team_leader", request, "confirm", matter="return_from_leave")
    assert (ended.until, stored()) == (date(2026, 9, 29), before)
    assert tongwei.type("member", SEPTEMBER, {30: "V"}).errors == []
    assert close(walk)[tongwei.people["member"].pk][26:] == "RLLV"


def test_a_return_in_the_next_month_leaves_the_closed_one_as_it_is(tongwei: Place, walk: Walk, clock: Clock) -> None:
    request = tongwei.granted("member", FIRST, LAST)
    clock("2026-10-12")
    before = close(walk)
    assert tongwei.confirmed("member", request, date(2026, 10, 1)).until == date(2026, 9, 30)
    assert stored() == before


def test_opened_again_leave_can_be_asked_for_and_granted(tongwei: Place, walk: Walk, clock: Clock) -> None:
    clock("2026-10-12")
    close(walk)
    reopen(walk)
    tongwei.granted("member", date(2026, 9, 28), date(2026, 9, 29))
    assert close(walk)[tongwei.people["member"].pk][26:] == "RLLV"


def test_days_of_a_closed_month_are_not_judged(tongwei: Place, walk: Walk, clock: Clock) -> None:
    request = tongwei.granted("member", date(2026, 9, 21), date(2026, 9, 22))
    clock("2026-10-12")
    before = close(walk)
    leader = tongwei.offices["township_leader"]
    with entered(leader.scope), pytest.raises(Conflict, match="月结"):
        overrun_judge(actor=leader, request=request.pk, judgement="absent", reason="没有回来")
    assert stored() == before
    with entered(Scope(area=NATION)):
        assert LeaveRequest.objects.get().state == "granted"
