"""Extending, withdrawing, sending again; what was handed on follows."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine

from apps.core.errors import BadInput, Conflict, Forbidden, NotFound, Refused
from apps.core.tenancy import NATION, Scope, entered
from apps.leave.models import LeaveAct, LeaveFiling, LeaveRequest
from apps.leave.selectors.overruns import overrun_of
from apps.leave.services import filing_acknowledge
from apps.leave.services.acts import applying
from tests.leave.conftest import Clock, Place

MONDAY, WEDNESDAY = date(2026, 9, 7), date(2026, 9, 9)
THURSDAY, FRIDAY = date(2026, 9, 10), date(2026, 9, 11)


@pytest.mark.clause("TW-14-4", "TW-14-7")
def test_an_extension_goes_the_way_of_both_leaves_together(tongwei: Place, clock: Clock) -> None:
    first = tongwei.granted("member", MONDAY, WEDNESDAY)
    longer = tongwei.ask("member", THURSDAY, THURSDAY, extends=first)
    assert (first.rule["clause"], longer.rule["clause"], longer.days) == ("TW-14-4", "TW-14-7", 4)
    with pytest.raises(Conflict):
        tongwei.act("township_secretary", longer, "approve")
    tongwei.act("team_leader", longer, "agree")
    assert tongwei.act("township_secretary", longer, "approve").state == "granted"
    clock("2026-09-11")
    with pytest.raises(Conflict, match="续假"):
        tongwei.back("member", first, FRIDAY)
    assert tongwei.confirmed("member", longer, FRIDAY).until == THURSDAY
    assert (tongwei.again(first).state, tongwei.again(first).back) == ("ended", THURSDAY)


def test_an_extension_begins_the_day_after_and_is_asked_for_before_the_end(tongwei: Place, clock: Clock) -> None:
    first = tongwei.granted("member", MONDAY, WEDNESDAY)
    for day in (FRIDAY, WEDNESDAY):
        with pytest.raises(BadInput, match="次日"):
            tongwei.ask("member", day, FRIDAY, extends=first)
    waiting = tongwei.ask("other", MONDAY, WEDNESDAY)
    with pytest.raises(Conflict):
        tongwei.ask("other", THURSDAY, FRIDAY, extends=waiting)
    with pytest.raises(NotFound):
        tongwei.ask("other", THURSDAY, FRIDAY, extends=first)
    clock("2026-09-10")
    with pytest.raises(Refused, match="期满"):
        tongwei.ask("member", THURSDAY, FRIDAY, extends=first)


def test_a_chain_of_three_ends_together_with_the_last(tongwei: Place, clock: Clock) -> None:
    chain = [tongwei.granted("member", MONDAY, MONDAY)]
    for day in (date(2026, 9, 8), WEDNESDAY):
        chain.append(tongwei.granted("member", day, day, extends=chain[-1]))
    clock("2026-09-12")
    for begun in chain[:2]:
        with entered(Scope(area=NATION)):
            assert overrun_of(LeaveRequest.objects.get(pk=begun.pk), date(2026, 9, 12)) is None
    tongwei.confirmed("member", chain[2], THURSDAY)
    assert [tongwei.again(each).state for each in chain] == ["ended"] * 3


def test_while_an_extension_is_asked_for_the_leave_neither_ends_nor_is_withdrawn(tongwei: Place, clock: Clock) -> None:
    first = tongwei.granted("member", MONDAY, WEDNESDAY)
    longer = tongwei.ask("member", THURSDAY, FRIDAY, extends=first)
    with pytest.raises(Conflict, match="续假"):
        tongwei.withdraw("member", first)
    clock("2026-09-09")
    with pytest.raises(Conflict, match="续假"):
        tongwei.back("member", first, WEDNESDAY)
    tongwei.withdraw("member", longer)
    assert tongwei.confirmed("member", first, WEDNESDAY).until == date(2026, 9, 8)


def test_a_returned_extension_is_sent_again_only_where_it_continues(tongwei: Place, clock: Clock) -> None:
    first = tongwei.granted("member", MONDAY, WEDNESDAY)
    longer = tongwei.ask("member", THURSDAY, FRIDAY, extends=first)
    tongwei.act("team_leader", longer, "agree", outcome="returned", remark="短一点")
    with pytest.raises(BadInput, match="次日"):
        tongwei.resend("member", longer, FRIDAY, FRIDAY)
    assert tongwei.resend("member", longer, THURSDAY, THURSDAY).days == 4
    tongwei.act("team_leader", longer, "agree", outcome="returned", remark="不用了")
    clock("2026-09-09")
    tongwei.confirmed("member", first, WEDNESDAY)
    with pytest.raises(Conflict, match="已经销假"):
        tongwei.resend("member", longer, THURSDAY, FRIDAY)


def test_what_is_asked_or_granted_can_be_withdrawn_until_it_begins(tongwei: Place, clock: Clock) -> None:
    asked = tongwei.ask("member", MONDAY, WEDNESDAY)
    assert tongwei.withdraw("member", asked).state == "withdrawn"
    assert tongwei.withdraw("member", asked).state == "withdrawn"
    with pytest.raises(Conflict):
        tongwei.act("team_leader", asked, "approve")
    granted = tongwei.granted("member", MONDAY, WEDNESDAY)
    with pytest.raises(NotFound):
        tongwei.withdraw("other", granted)
    clock("2026-09-07")
    with pytest.raises(Refused, match="已经开始"):
        tongwei.withdraw("member", granted)
    later = tongwei.granted("other", date(2026, 9, 8), WEDNESDAY)
    assert tongwei.withdraw("other", later).state == "withdrawn"
    refused = tongwei.ask("other", date(2026, 9, 8), WEDNESDAY)
    tongwei.act("team_leader", refused, "approve", outcome="refused", remark="人手不够")
    with pytest.raises(Conflict):
        tongwei.withdraw("other", refused)


@pytest.mark.clause("TW-14-7")
def test_sent_again_it_starts_over_and_earlier_consent_does_not_count(tongwei: Place) -> None:
    request = tongwei.ask("member", MONDAY, FRIDAY)
    tongwei.act("team_leader", request, "agree")
    returned = tongwei.act("township_secretary", request, "approve", outcome="returned", remark="日期不清")
    assert (returned.state, returned.round) == ("returned", 1)
    with pytest.raises(Conflict):
        tongwei.act("township_secretary", request, "approve")
    again = tongwei.resend("member", request, date(2026, 9, 14), date(2026, 9, 18))
    assert (again.state, again.round, again.first) == ("asked", 2, date(2026, 9, 14))
    with pytest.raises(Conflict):
        tongwei.act("township_secretary", request, "approve")
    tongwei.act("team_leader", request, "agree")
    assert tongwei.act("township_secretary", request, "approve").state == "granted"
    with entered(Scope(area=NATION)):
        acts = [(act.round, act.key, act.outcome) for act in LeaveAct.objects.filter(request=request).order_by("id")]
    assert acts == [
        (1, "apply", "done"), (1, "agree", "done"), (1, "approve", "returned"),
        (2, "apply", "done"), (2, "agree", "done"), (2, "approve", "done"),
    ]  # fmt: skip


@pytest.mark.clause("TW-14-3", "TW-14-5")
def test_sent_again_for_longer_it_goes_the_longer_way(tongwei: Place) -> None:
    request = tongwei.ask("leader", MONDAY, WEDNESDAY)
    tongwei.act("township_secretary", request, "approve", outcome="returned", remark="几天？")
    again = tongwei.resend("leader", request, MONDAY, THURSDAY)
    assert (request.rule["clause"], again.rule["clause"]) == ("TW-14-3", "TW-14-5")
    tongwei.act("township_secretary", request, "agree")
    assert tongwei.act("county_office", request, "approve").state == "granted"


@pytest.mark.clause("TW-14-6")
def test_what_was_filed_follows_the_request_and_only_the_unit_takes_note(tongwei: Place, clock: Clock) -> None:
    request = tongwei.ask("leader", MONDAY, FRIDAY)
    with entered(Scope(area=NATION)):
        assert not LeaveFiling.objects.exists()
    tongwei.act("township_secretary", request, "agree")
    liaison, clerk = tongwei.offices["unit_liaison"], tongwei.offices["township_clerk"]
    with entered(clerk.scope):
        filing = LeaveFiling.objects.get()
        with pytest.raises(NotFound):
            filing_acknowledge(actor=clerk, filing=filing.pk)
    with entered(liaison.scope):
        seen = filing_acknowledge(actor=liaison, filing=filing.pk)
    clock("2026-09-03")
    with entered(liaison.scope):
        assert filing_acknowledge(actor=liaison, filing=filing.pk).seen_at == seen.seen_at
    assert seen.seen_by == liaison.name
    states = [seen.state]
    tongwei.act("county_office", request, "approve")
    states.append(filed(tongwei).state)
    clock("2026-09-10")
    tongwei.confirmed("leader", request, THURSDAY)
    states.append(filed(tongwei).state)
    assert (states, filed(tongwei).until) == (["asked", "granted", "ended"], WEDNESDAY)


def filed(place: Place) -> LeaveFiling:
    with entered(place.offices["unit_liaison"].scope):
        return LeaveFiling.objects.get()


@pytest.mark.clause("KM-9-12")
def test_the_countys_approval_is_its_filing_too(kunming: Place) -> None:
    request = kunming.ask("leader", MONDAY, MONDAY, document="原件存党政办")
    kunming.act("township_secretary", request, "township")
    with pytest.raises(Forbidden):
        kunming.act("township_secretary", request, "county")
    assert kunming.act("county_office", request, "county").state == "granted"
    with entered(kunming.offices["county_office"].scope):
        filing = LeaveFiling.objects.get()
        assert (filing.to, filing.state, filing.unit_id) == ("county_office", "granted", None)


@pytest.mark.clause("KM-9-11")
@pytest.mark.parametrize("office", ["township_leader", "township_secretary", "township_clerk"])
def test_after_the_leader_anybody_whom_the_township_authorised_may_approve(kunming: Place, office: str) -> None:
    request = kunming.ask("member", MONDAY, MONDAY, document="原件存党政办")
    with pytest.raises(Conflict):
        kunming.act(office, request, "township")
    kunming.act("team_leader", request, "leader")
    assert kunming.act(office, request, "township").state == "granted"


@pytest.mark.parametrize(("hour", "day"), [("2026-09-03 00:30+08:00", 3), ("2026-09-03 07:59+08:00", 3)])
def test_before_eight_in_the_morning_it_is_already_today(tongwei: Place, hour: str, day: int) -> None:
    with time_machine.travel(hour, tick=False):
        request = tongwei.ask("member", MONDAY, MONDAY)
        with entered(Scope(area=NATION)):
            assert applying(request).situation.events["start"] == date(2026, 9, day)
            assert LeaveAct.objects.get().day - timedelta(days=day) == date(2026, 8, 31)
