"""Every line of the decision table, asked of the program as somebody would who is about to send a request."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest
import time_machine

from apps.core.findings import Finding
from apps.core.tenancy import NATION, Scope, entered
from apps.leave.models import LeaveRequest
from apps.leave.selectors.plan import Plan, leave_plan
from apps.teams.models import Posting
from tests.factories import posting_of, team_of
from tests.leave.conftest import AREAS, VILLAGE
from tests.leave.table import KUNMING, REFUSED, REFUSED_FROM, ROLES, TONGWEI, Row, rows

TABLE = [*rows("tongwei", TONGWEI), *rows("kunming", KUNMING)]


@pytest.fixture
def inside(db: None) -> Iterator[None]:
    with entered(Scope(area=NATION)):
        yield


def somebody(pack: str, *roles: str) -> Posting:
    """Posted in the pack's county, with a colleague who stays in the village."""
    team = team_of(AREAS[pack] + VILLAGE)
    posting_of(team, "留守的人", "member")
    return posting_of(team, "请假的人", *roles)


def held(posting: Posting, first: date, last: date, state: str = "asked") -> LeaveRequest:
    """A leave that he has besides."""
    return LeaveRequest.objects.create(
        area=posting.area, posting=posting, team_id=posting.team_id, person=posting.person, kind="事假", first=first,
        last=last, until=last, days=0, workdays=0, reason="家中有事", rule={}, by=posting.name, state=state,
    )  # fmt: skip


def planned(posting: Posting, kind: str, first: date, last: date) -> Plan:
    today = first - timedelta(days=5)
    with time_machine.travel(f"{today} 09:00+08:00", tick=False):
        return leave_plan(posting=posting, kind=kind, first=first, last=last, today=today)


def acts(procedure: dict[str, Any]) -> list[str]:
    return [f"{step['verb']} {'/'.join(by['office'] for by in step['by'])}" for step in procedure["steps"]]


def told(plan: Plan) -> list[Finding]:
    """What the plan warns of; what it would leave of the year's days is proved in test_due."""
    return [finding for finding in plan.findings if not finding.code.startswith("due_")]


def asked_for(plan: Plan) -> set[str]:
    found = {finding.code for finding in told(plan)}
    return found | {name for name in ("proof", "statement") if getattr(plan, name)}


def clauses(plan: Plan) -> set[str | None]:
    assert plan.rule and plan.returning
    parts = (*plan.steps, *plan.filings, *told(plan))
    return {plan.rule["clause"], plan.returning["clause"], *(part.clause for part in parts)}


def test_the_table_is_long_enough() -> None:
    refused = [line.split("|") for line in REFUSED.strip().splitlines()]
    silent = sum(len(kinds.split()) * len(who.split()) * len(days.split()) for _, kinds, who, days, _ in refused)
    assert (len(TABLE), silent * len(REFUSED_FROM)) == (176, 3 * 84 * 4)


@pytest.mark.parametrize("pack", ["tongwei", "kunming"])
@pytest.mark.parametrize("days", [3, 4, 15, 16, 30, 31])
def test_the_table_has_every_boundary_for_leaders_and_members_on_plain_days_and_over_free_ones(
    pack: str, days: int
) -> None:
    rows = [row for row in TABLE if row.pack == pack and row.together[0] == days]
    assert {"member"} < {row.who for row in rows}
    plain = {row.together[1] in (None, days) for row in rows}
    assert plain == {True, False}


@pytest.mark.parametrize(
    "row", [pytest.param(row, marks=pytest.mark.clause(*sorted(row.clauses)), id=str(row)) for row in TABLE]
)
@pytest.mark.usefixtures("inside")
def test_what_a_request_goes_through(row: Row) -> None:
    posting = somebody(row.pack, *ROLES[row.who])
    for first, last in row.before:
        held(posting, first, last)
    plan = planned(posting, row.kind, row.first, row.last)
    assert plan.rule and plan.returning
    days, workdays = row.together
    assert plan.own.days == row.days
    assert plan.together.days == days
    assert workdays is None or plan.together.workdays == workdays
    assert tuple(acts(plan.rule["procedure"])) == row.steps
    filed = plan.rule["procedure"].get("filings", ())
    assert tuple(to["office"] for message in filed for to in message["to"]) == row.filed
    assert asked_for(plan) == row.asks
    back = acts(plan.returning["procedure"])
    assert back == ["return_from cadre", f"confirm {row.confirms}"] if row.confirms else ["return_from cadre"]
    assert clauses(plan) == row.clauses


def _refused() -> Iterator[Any]:
    for line in REFUSED.strip().splitlines():
        pack, kinds, who, days, clause = map(str.strip, line.split("|"))
        for role in who.split():
            marks = pytest.mark.clause(clause, "CN-4.2-2")
            yield pytest.param(pack, ROLES[role], kinds.split(), [int(n) for n in days.split()], clause, marks=marks)


@pytest.mark.parametrize(("pack", "roles", "kinds", "lengths", "clause"), list(_refused()))
@pytest.mark.usefixtures("inside")
def test_where_no_procedure_is_set_nothing_can_be_asked_for(
    pack: str, roles: tuple[str, ...], kinds: list[str], lengths: list[int], clause: str
) -> None:
    posting = somebody(pack, *roles)
    for kind, first, days in product(kinds, REFUSED_FROM, lengths):
        plan = planned(posting, kind, first, first + timedelta(days=days - 1))
        assert (plan.rule, plan.steps) == (None, ())
        [finding] = plan.refused
        assert (finding.code, finding.clause) == ("no_procedure", clause)


@pytest.mark.parametrize("state", ["returned", "refused", "withdrawn"])
@pytest.mark.usefixtures("inside")
def test_a_leave_that_does_not_stand_is_not_counted_with_another(state: str) -> None:
    posting = somebody("tongwei", "member")
    other = held(posting, date(2026, 9, 7), date(2026, 9, 9))
    LeaveRequest.objects.filter(pk=other.pk).update(state=state)
    plan = planned(posting, "事假", date(2026, 9, 10), date(2026, 9, 11))
    assert plan.together.days == 2
    LeaveRequest.objects.filter(pk=other.pk, state="returned").update(state="asked")
    if state == "returned":
        assert planned(posting, "事假", date(2026, 9, 10), date(2026, 9, 11)).together.days == 5


@pytest.mark.usefixtures("inside")
def test_of_a_leave_that_ended_early_the_days_taken_are_counted() -> None:
    posting = somebody("tongwei", "member")
    early = held(posting, date(2026, 9, 7), date(2026, 9, 11))
    LeaveRequest.objects.filter(pk=early.pk).update(state="granted")
    LeaveRequest.objects.filter(pk=early.pk).update(state="ended", until=date(2026, 9, 8), back=date(2026, 9, 9))
    assert planned(posting, "事假", date(2026, 9, 9), date(2026, 9, 10)).together.days == 4
    assert planned(posting, "事假", date(2026, 9, 10), date(2026, 9, 11)).together.days == 2


@pytest.mark.usefixtures("inside")
def test_the_days_of_the_year_are_those_of_the_year_in_which_it_begins() -> None:
    posting = somebody("tongwei", "member")
    held(posting, date(2025, 12, 1), date(2025, 12, 5))
    held(posting, date(2026, 3, 2), date(2026, 3, 3))
    assert planned(posting, "事假", date(2025, 12, 30), date(2026, 1, 5)).accumulated == 5 + 2
    assert planned(posting, "事假", date(2026, 4, 1), date(2026, 4, 3)).accumulated == 2 + 3


@pytest.mark.parametrize("role", ["agri_technician", "pairing_cadre"])
@pytest.mark.usefixtures("inside")
def test_for_a_role_that_the_clauses_do_not_name_nothing_is_invented(role: str) -> None:
    plan = planned(somebody("tongwei", role), "事假", date(2026, 9, 7), date(2026, 9, 8))
    assert [finding.code for finding in plan.refused] == ["no_procedure"]


@pytest.mark.usefixtures("inside")
def test_what_has_begun_is_said_to_be_asked_for_afterwards_and_goes_the_same_way() -> None:
    posting = somebody("tongwei", "member")
    for today, codes in ((date(2026, 9, 7), []), (date(2026, 9, 8), ["afterwards"])):
        with time_machine.travel(f"{today} 09:00+08:00", tick=False):
            plan = leave_plan(posting=posting, kind="病假", first=date(2026, 9, 7), last=date(2026, 9, 10), today=today)
        assert [finding.code for finding in plan.findings] == codes
        assert plan.rule and plan.rule["clause"] == "TW-14-7"
