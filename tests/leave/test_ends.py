"""Coming back: in time, early, late; what the sheet shows, and what somebody has to judge.

2026: Monday 7 September; the member's leave is confirmed by his leader.
"""

from __future__ import annotations

from datetime import date

import pytest

from apps.attendance.services import span_record
from apps.core.errors import BadInput, Conflict, Forbidden, Refused
from apps.core.months import Month
from apps.core.tenancy import NATION, Scope, entered
from apps.leave.models import LeaveOverrun, LeaveRequest
from apps.leave.selectors.overruns import overdue_in, overrun_of
from apps.leave.services import overrun_judge
from apps.leave.services.acts import acts_of
from apps.leave.services.end import run_of
from tests.leave.conftest import Clock, Place

SEPTEMBER = Month(2026, 9)
MONDAY, FRIDAY = date(2026, 9, 7), date(2026, 9, 11)


def days(place: Place, first: int, last: int, who: str = "member") -> str:
    return place.cells(who, SEPTEMBER)[first - 1 : last]


def over(request: LeaveRequest, today: date) -> tuple[int, int] | None:
    with entered(Scope(area=NATION)):
        found = overrun_of(LeaveRequest.objects.select_related("posting").get(pk=request.pk), today)
    return (found.span.first.day, found.span.last.day) if found else None


def judge(place: Place, request: LeaveRequest, judgement: str, office: str = "township_leader") -> LeaveOverrun:
    actor = place.offices[office]
    with entered(actor.scope):
        return overrun_judge(actor=actor, request=request.pk, judgement=judgement, reason="核实过")


def test_a_granted_leave_stands_on_the_sheet_and_cannot_be_typed_over(tongwei: Place) -> None:
    asked = tongwei.ask("member", MONDAY, FRIDAY)
    assert "L" not in tongwei.cells("member", SEPTEMBER)
    tongwei.act("team_leader", asked, "agree")
    assert "L" not in tongwei.cells("member", SEPTEMBER)
    tongwei.act("township_secretary", asked, "approve")
    assert days(tongwei, 6, 12) == "RLLLLLR"
    result = tongwei.type("member", SEPTEMBER, {9: "V", 14: "T"})
    assert [(error.day, error.kept) for error in result.errors] == [(9, "L")]
    assert (days(tongwei, 7, 11), days(tongwei, 14, 14)) == ("LLLLL", "T")


def test_a_return_in_time_ends_the_leave_as_granted(tongwei: Place, clock: Clock) -> None:
    request = tongwei.granted("member", MONDAY, FRIDAY)
    clock("2026-09-14")
    assert tongwei.back("member", request, date(2026, 9, 12)).state == "granted"
    ended = tongwei.act("team_leader", request, "confirm", matter="return_from_leave")
    assert (ended.state, ended.until, over(ended, date(2026, 9, 30))) == ("ended", FRIDAY, None)
    assert days(tongwei, 7, 12) == "LLLLLR"


@pytest.mark.clause("TW-14-9")
def test_an_early_return_shortens_the_leave_once_it_is_confirmed(tongwei: Place, clock: Clock) -> None:
    request = tongwei.granted("member", MONDAY, FRIDAY)
    tongwei.type("member", SEPTEMBER, {14: "V", 15: "M"} | {1: "V"})
    clock("2026-09-09")
    tongwei.back("member", request, date(2026, 9, 9))
    assert days(tongwei, 7, 11) == "LLLLL"
    ended = tongwei.act("team_leader", request, "confirm", matter="return_from_leave")
    assert (ended.state, ended.last, ended.until) == ("ended", FRIDAY, date(2026, 9, 8))
    assert days(tongwei, 7, 11) == "LLVVV"
    assert tongwei.type("member", SEPTEMBER, {9: "T", 10: "M"}).errors == []
    assert days(tongwei, 7, 15) == "LLTMVRRVM"


def test_a_return_that_is_not_accepted_can_be_reported_again(tongwei: Place, clock: Clock) -> None:
    request = tongwei.granted("member", MONDAY, FRIDAY)
    clock("2026-09-10")
    tongwei.back("member", request, date(2026, 9, 9))
    with pytest.raises(BadInput, match="理由"):
        tongwei.act("team_leader", request, "confirm", matter="return_from_leave", outcome="returned")
    with pytest.raises(BadInput, match="销假只能"):
        tongwei.act("team_leader", request, "confirm", matter="return_from_leave", outcome="refused", remark="没见到人")
    sent_back = tongwei.act(
        "team_leader", request, "confirm", matter="return_from_leave", outcome="returned", remark="没见到人"
    )
    assert (sent_back.state, sent_back.back, days(tongwei, 7, 11)) == ("granted", None, "LLLLL")
    with pytest.raises(Conflict):
        tongwei.act("team_leader", request, "confirm", matter="return_from_leave")
    assert tongwei.confirmed("member", request, date(2026, 9, 10)).until == date(2026, 9, 9)


def test_a_return_is_reported_once_and_no_sooner_than_it_came(tongwei: Place, clock: Clock) -> None:
    request = tongwei.granted("member", MONDAY, FRIDAY)
    clock("2026-09-09")
    for day, says in ((date(2026, 9, 10), "还没有到"), (MONDAY, "起日")):
        with pytest.raises(BadInput, match=says):
            tongwei.back("member", request, day)
    assert tongwei.back("member", request, date(2026, 9, 9)).back == date(2026, 9, 9)
    assert tongwei.back("member", request, date(2026, 9, 8)).back == date(2026, 9, 9)


@pytest.mark.clause("TW-14-9", "KM-9-9", "KM-9-13")
@pytest.mark.parametrize(("judgement", "shown"), [("absent", "AAAAA"), ("excused", "VVVVV")])
def test_days_after_the_end_are_absence_only_when_somebody_says_so(
    tongwei: Place, clock: Clock, judgement: str, shown: str
) -> None:
    request = tongwei.granted("member", MONDAY, FRIDAY)
    assert over(request, date(2026, 9, 12)) is None
    assert over(request, date(2026, 9, 13)) == (12, 12)
    clock("2026-09-19")
    with entered(Scope(area=NATION)):
        rows = LeaveRequest.objects.filter(pk=request.pk)
        assert [overdue_in(rows, day).count() for day in (FRIDAY, date(2026, 9, 19))] == [0, 1]
    assert over(request, date(2026, 9, 19)) == (12, 18)
    assert days(tongwei, 14, 18) == "VVVVV"
    with pytest.raises(Forbidden):
        judge(tongwei, request, judgement, "township_clerk")
    judged = judge(tongwei, request, judgement)
    assert (judged.first.day, judged.last.day, judged.office, judged.clause) == (12, 18, "township_leader", "TW-14-9")
    assert days(tongwei, 14, 18) == shown
    assert over(request, date(2026, 9, 19)) is None
    with pytest.raises(Conflict):
        judge(tongwei, request, "absent")
    assert over(request, date(2026, 9, 21)) == (19, 20)
    clock("2026-09-21")
    with pytest.raises(BadInput, match="已经认定"):
        tongwei.back("member", request, date(2026, 9, 18))
    assert tongwei.confirmed("member", request, date(2026, 9, 19)).until == FRIDAY
    assert over(request, date(2026, 9, 30)) is None


@pytest.mark.clause("KM-9-13")
def test_the_return_is_due_on_the_first_day_after_the_end(kunming: Place) -> None:
    request = kunming.granted("member", MONDAY, FRIDAY, document="原件存党政办")
    for day, late in ((12, False), (13, True)):
        with entered(Scope(area=NATION)):
            run = run_of(request, acts_of(request), date(2026, 9, day), matter="return_from_leave")
            assert run is not None
            [entry] = run.open_steps
        assert (entry.key, entry.due, entry.late, entry.clause) == ("return", date(2026, 9, 12), late, "KM-9-13")


@pytest.mark.clause("KM-9-9")
def test_without_anybody_to_confirm_it_the_return_ends_the_leave_at_once(kunming: Place, clock: Clock) -> None:
    request = kunming.granted("member", MONDAY, FRIDAY, document="原件存党政办")
    clock("2026-09-20")
    judge(kunming, request, "absent")
    assert days(kunming, 7, 21) == "LLLLLAAAAAAAA.."
    ended = kunming.back("member", request, date(2026, 9, 20))
    assert (ended.state, ended.until) == ("ended", FRIDAY)


def test_judged_days_end_with_the_next_leave_and_with_the_posting(tongwei: Place, clock: Clock) -> None:
    request = tongwei.granted("member", MONDAY, FRIDAY)
    tongwei.granted("member", date(2026, 9, 16), date(2026, 9, 17))
    assert over(request, date(2026, 9, 25)) == (12, 15)
    clock("2026-09-25")
    judge(tongwei, request, "absent")
    assert days(tongwei, 12, 18) == "AAAALLV"
    other = tongwei.granted("other", date(2026, 9, 21), date(2026, 9, 22))
    with entered(Scope(area=NATION)):
        tongwei.people["other"].last = date(2026, 9, 24)
        tongwei.people["other"].save()
    assert over(other, date(2026, 9, 30)) == (23, 24)


def test_days_judged_absent_cannot_become_leave_nor_official(tongwei: Place, clock: Clock) -> None:
    request = tongwei.granted("member", MONDAY, FRIDAY)
    clock("2026-09-19")
    late = tongwei.ask("member", date(2026, 9, 17), date(2026, 9, 18))
    assert over(request, date(2026, 9, 19)) == (12, 16)
    judge(tongwei, request, "absent")
    with pytest.raises(Refused, match="脱岗"):
        tongwei.ask("member", date(2026, 9, 16), date(2026, 9, 16))
    with pytest.raises(Refused, match="脱岗"):
        trip(tongwei, date(2026, 9, 14), date(2026, 9, 14))
    assert tongwei.act("team_leader", late, "approve").state == "granted"


def test_days_excused_for_one_leave_are_not_judged_again_for_a_later_one_among_them(
    tongwei: Place, clock: Clock
) -> None:
    one = tongwei.granted("member", MONDAY, MONDAY)
    clock("2026-09-15")
    assert over(one, date(2026, 9, 15)) == (8, 14)
    judge(tongwei, one, "excused")
    other = tongwei.granted("member", date(2026, 9, 9), date(2026, 9, 9), exception="补办手续")
    assert (over(one, date(2026, 9, 15)), over(other, date(2026, 9, 15))) == (None, None)
    with pytest.raises(Conflict, match="没有需要认定"):
        judge(tongwei, other, "absent")
    clock("2026-09-18")
    assert (over(one, date(2026, 9, 18)), over(other, date(2026, 9, 18))) == (None, (15, 17))
    judge(tongwei, other, "absent")
    assert days(tongwei, 7, 17) == "LVL" + "V" * 2 + "R" * 2 + "V" + "A" * 3


def trip(place: Place, first: date, last: date) -> None:
    clerk = place.offices["township_clerk"]
    with entered(clerk.scope):
        span_record(
            actor=clerk, posting=place.people["member"].pk, kind="meeting", first=first, last=last, reason="县里开会"
        )


def test_leave_and_official_records_exclude_each_other(tongwei: Place) -> None:
    asked = tongwei.ask("member", MONDAY, date(2026, 9, 9))
    trip(tongwei, date(2026, 9, 9), date(2026, 9, 10))
    with pytest.raises(Refused, match="公务"):
        tongwei.act("team_leader", asked, "approve")
    with pytest.raises(Refused, match="公务"):
        tongwei.ask("member", date(2026, 9, 10), date(2026, 9, 11))
    tongwei.granted("member", date(2026, 9, 14), date(2026, 9, 15))
    with pytest.raises(Refused, match="请假"):
        trip(tongwei, date(2026, 9, 15), date(2026, 9, 16))
