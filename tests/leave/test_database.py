"""What the database refuses the web role, whatever the program would say."""

from __future__ import annotations

from datetime import date

import pytest

from apps.core.tenancy import NATION, Scope, entered
from apps.leave.models import TRANSITIONS, LeaveFiling, LeaveRequest, LeaveState
from apps.leave.services import overrun_judge
from tests.core.tables import changed
from tests.factories import user_of
from tests.leave.conftest import Clock, Place

RAISED, DENIED, OVERLAP = "P0001", "42501", "23P01"
MONDAY, FRIDAY = date(2026, 9, 7), date(2026, 9, 11)
REFUSED = {RAISED, DENIED}


@pytest.fixture
def asked(tongwei: Place) -> LeaveRequest:
    return tongwei.ask("leader", MONDAY, FRIDAY)


def brought_to(place: Place, request: LeaveRequest, state: str, clock: Clock) -> None:
    """The request in a state, by what the program itself does."""
    if state in ("returned", "refused"):
        place.act("township_secretary", request, "agree", outcome=state, remark="不行")
    if state == "withdrawn":
        place.withdraw("leader", request)
    if state in ("granted", "ended", "untaken"):
        place.act("township_secretary", request, "agree")
        place.act("county_office", request, "approve")
    if state == "ended":
        clock("2026-09-14")
        place.confirmed("leader", request, date(2026, 9, 12))
    if state == "untaken":
        clock("2026-09-14")
        place.untaken("leader", request)
        place.act("township_secretary", request, "confirm", matter="return_from_leave")
    assert place.again(request).state == state


@pytest.mark.parametrize("state", LeaveState.values)
def test_only_legal_moves(tongwei: Place, asked: LeaveRequest, clock: Clock, state: str) -> None:
    brought_to(tongwei, asked, state, clock)
    with entered(Scope(area=NATION)):
        for after in LeaveState.values:
            allowed = after in TRANSITIONS[state] or after == state
            found = changed("UPDATE leave_leaverequest SET state = %s WHERE id = %s", [after, asked.pk])
            assert found == (1 if allowed else RAISED), (state, after)


COLUMNS = (
    ("area = 'C621121100202'", True), ("posting_id = posting_id + 1", True), ("team_id = team_id + 1", True),
    ("person = 'x'", True), ("by = 'x'", True), ("on_paper = true", True), ("extends_id = id", True),
    ("at = now()", True), ("kind = '病假'", False), ("first = first - 1", False), ("last = last + 1", False),
    ("days = 1", False), ("workdays = 1", False), ("reason = 'x'", False), ("exception = 'x'", False),
    ("rule = '{}'", False), ('"returning" = NULL', False), ("round = 2", False), ("until = until - 1", False),
)  # fmt: skip


@pytest.mark.parametrize("state", LeaveState.values)
def test_what_was_sent_stays_as_it_was_sent(tongwei: Place, asked: LeaveRequest, clock: Clock, state: str) -> None:
    brought_to(tongwei, asked, state, clock)
    with entered(Scope(area=NATION)):
        for change, always in COLUMNS:
            found = changed(f"UPDATE leave_leaverequest SET {change} WHERE id = %s", [asked.pk])
            free = not always and (state == "returned" or (state == "ended" and change.startswith("until")))
            assert found == (1 if free else RAISED), change


@pytest.mark.parametrize("state", ["granted", "ended", "untaken", "returned", "refused", "withdrawn"])
def test_a_request_begins_with_the_asking(asked: LeaveRequest, state: str) -> None:
    columns = "area, posting_id, team_id, person, kind, days, workdays, reason, whereabouts, exception, document, "
    columns += "on_paper, rule, round, by, at, changed_at"
    insert = (
        f"INSERT INTO leave_leaverequest ({columns}, first, last, until, state) SELECT {columns}, first + %s, last + %s, "
        "last + %s, %s FROM leave_leaverequest WHERE id = %s"
    )
    with entered(Scope(area=NATION)):
        assert changed(insert, [30, 30, 30, state, asked.pk]) == RAISED
        assert changed(insert, [30, 30, 30, "asked", asked.pk]) == 1
        assert changed(insert, [4, 4, 4, "asked", asked.pk]) == OVERLAP
        assert changed(insert, [5, 5, 5, "asked", asked.pk]) == 1


def test_nothing_of_it_is_removed_and_no_act_is_changed(tongwei: Place, asked: LeaveRequest, clock: Clock) -> None:
    brought_to(tongwei, asked, "granted", clock)
    clock("2026-09-14")
    leader = tongwei.offices["township_leader"]
    with entered(leader.scope):
        overrun_judge(actor=leader, request=asked.pk, judgement="excused", reason="核实过")
    with entered(Scope(area=NATION)):
        assert LeaveFiling.objects.count() == 1
        for table in ("request", "act", "filing", "overrun", "proof", "requestevent", "filingevent"):
            assert changed(f"DELETE FROM leave_leave{table}") in REFUSED, table
        for table in ("act", "overrun", "proof", "requestevent", "filingevent"):
            assert changed(f"UPDATE leave_leave{table} SET area = area") in REFUSED, table


@pytest.mark.parametrize(
    ("user", "person", "office", "found"),
    [
        ("another", "his", "township_secretary", 1),
        ("himself", "his", "township_secretary", RAISED),
        ("himself", "another's", "township_secretary", RAISED),
        ("another", "another's", "township_secretary", RAISED),
        ("himself", "his", "cadre", 1),
        ("another", "his", "cadre", RAISED),
    ],
)
def test_nobody_decides_on_his_own(
    tongwei: Place, asked: LeaveRequest, user: str, person: str, office: str, found: int | str
) -> None:
    his, another = tongwei.people["leader"].person, tongwei.people["member"].person
    by = user_of(tongwei.people["leader"].name) if user == "himself" else tongwei.offices["township_secretary"].user
    insert = (
        "INSERT INTO leave_leaveact (area, request_id, person, matter, round, key, label, outcome, office, name, "
        "principal, user_id, paper, entered_by, remark, clause, day, at) VALUES (%s, %s, %s, 'leave', 1, 'agree', "
        "'同意', 'done', %s, 'x', '', %s, false, '', '', '', '2026-09-02', now())"
    )
    with entered(Scope(area=NATION)):
        values = [asked.area, asked.pk, his if person == "his" else another, office, by.pk]
        assert changed(insert, values) == found


def test_in_his_own_scope_nobody_writes_anything(tongwei: Place, asked: LeaveRequest) -> None:
    with entered(tongwei.selves["leader"].scope):
        assert changed("UPDATE leave_leaverequest SET state = 'granted' WHERE id = %s", [asked.pk]) in (0, DENIED)
        assert changed("UPDATE leave_leaverequest SET state = 'withdrawn' WHERE id = %s", [asked.pk]) in (0, DENIED)
    with entered(tongwei.selves["member"].scope):
        assert LeaveRequest.objects.count() == 0
    assert tongwei.again(asked).state == "asked"
