"""A leave that was granted and not taken at all is put right: the person says so, whoever confirms a return confirms it."""

from __future__ import annotations

from datetime import date

import pytest

from apps.core.errors import BadInput, Conflict, Refused
from apps.core.months import Month
from apps.core.tenancy import NATION, Scope, entered
from apps.leave.models import LeaveAct, LeaveFiling, LeaveRequest
from apps.leave.services import leave_untaken
from apps.ledgers.services import month_reopen
from apps.ledgers.services.fill import ledgers_fill
from tests.leave.conftest import Clock, Place
from tests.leave.people import web
from tests.ledgers.month import Walk

SEPTEMBER = Month(2026, 9)
MONDAY, WEDNESDAY, FRIDAY = date(2026, 9, 7), date(2026, 9, 9), date(2026, 9, 11)


def confirm(place: Place, request: LeaveRequest, outcome: str = "done") -> LeaveRequest:
    return place.act("team_leader", request, "confirm", matter="return_from_leave", outcome=outcome, remark="核实过")


def test_once_confirmed_none_of_its_days_is_leave_and_they_can_be_asked_for_again(tongwei: Place, clock: Clock) -> None:
    request = tongwei.granted("member", MONDAY, WEDNESDAY)
    clock("2026-09-10")
    assert tongwei.untaken("member", request).state == "granted"
    assert tongwei.cells("member", SEPTEMBER)[6:9] == "LLL"  # nothing changes before it is confirmed
    done = confirm(tongwei, request)
    assert (done.state, done.until, done.last) == ("untaken", WEDNESDAY, WEDNESDAY)
    assert "L" not in tongwei.cells("member", SEPTEMBER)
    with entered(Scope(area=NATION)):
        act = LeaveAct.objects.filter(request=request, matter="return_from_leave").order_by("id")
        assert next((each.label, each.office) for each in act) == ("报告没有休假", "cadre")
    assert tongwei.ask("member", date(2026, 9, 14), date(2026, 9, 14)).days == 1


def test_whoever_confirms_may_send_it_back_and_the_leave_stands(tongwei: Place, clock: Clock) -> None:
    request = tongwei.granted("member", MONDAY, WEDNESDAY)
    clock("2026-09-10")
    tongwei.untaken("member", request)
    returned = confirm(tongwei, request, "returned")
    assert (returned.state, returned.back) == ("granted", None)
    assert tongwei.cells("member", SEPTEMBER)[6:9] == "LLL"


def test_before_its_first_day_it_is_withdrawn_instead_and_a_word_is_asked_for(tongwei: Place, clock: Clock) -> None:
    request = tongwei.granted("member", MONDAY, WEDNESDAY)
    with pytest.raises(Refused, match="撤回"):
        tongwei.untaken("member", request)
    clock("2026-09-10")
    himself = tongwei.selves["member"]
    with pytest.raises(BadInput, match="情况"), entered(himself.scope):
        leave_untaken(actor=himself, request=request.pk, remark=" ")


def test_a_filing_follows(tongwei: Place, clock: Clock) -> None:
    request = tongwei.granted("leader", MONDAY, FRIDAY)
    clock("2026-09-14")
    tongwei.untaken("leader", request)
    tongwei.act("township_secretary", request, "confirm", matter="return_from_leave")
    with entered(Scope(area=NATION)):
        assert {filing.state for filing in LeaveFiling.objects.filter(request=request)} == {"untaken"}


def test_a_closed_month_is_opened_again_first(tongwei: Place, clock: Clock) -> None:
    request = tongwei.granted("member", MONDAY, WEDNESDAY)
    clock("2026-10-09")
    walk = Walk(tongwei.area, tongwei.team)
    with entered(Scope(area=NATION)):
        walk.fill()
        walk.sign()
        walk.close()
        ledgers_fill(area=tongwei.area[:7], month=SEPTEMBER)
    tongwei.untaken("member", request)
    with pytest.raises(Conflict, match="已月结"):
        confirm(tongwei, request)
    assert tongwei.cells("member", SEPTEMBER)[6:9] == "LLL"
    clerk = tongwei.offices["township_clerk"]
    with entered(clerk.scope):
        month_reopen(
            actor=clerk, area=tongwei.area, month=SEPTEMBER, teams=[tongwei.team.pk], reason="队员报告没有休这次假"
        )
    assert confirm(tongwei, request).state == "untaken"
    assert tongwei.type("member", SEPTEMBER, {7: "V", 8: "V", 9: "V"}).errors == []
    assert "L" not in tongwei.cells("member", SEPTEMBER)


def test_the_page_offers_it_from_the_first_day_on(tongwei: Place, clock: Clock) -> None:
    request = tongwei.granted("member", MONDAY, WEDNESDAY)
    himself = web(tongwei.selves["member"])
    assert "没有休这次假" not in himself.get(f"/leave/{request.pk}/").content.decode()
    clock("2026-09-07")
    himself = web(tongwei.selves["member"])  # the session of last week is over
    assert "没有休这次假" in himself.get(f"/leave/{request.pk}/").content.decode()
    assert himself.post(f"/leave/{request.pk}/untaken/", {"remark": "留村防汛"}).status_code == 302
    assert "待确认没有休" in himself.get(f"/leave/{request.pk}/").content.decode()
    assert "报告一天也没有休" in web(tongwei.offices["team_leader"]).get("/leave/").content.decode()
