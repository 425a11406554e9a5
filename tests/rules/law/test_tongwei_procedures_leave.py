"""Tongwei, article 14: who keeps whose attendance, who lets whom go for how long, and how he comes back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from apps.rules.language.chains import Chain, chain_for
from apps.rules.language.parts import severity_of
from apps.rules.language.proceeding import Done, Situation, next_steps, procedure_findings, state_of
from apps.rules.language.records import record_findings, signatures_missing
from apps.rules.language.selectors import Case
from apps.rules.law import rules_of
from tests.rules.conftest import shipped
from tests.rules.law.telling import tell

MONDAY, TUESDAY, WEDNESDAY = (date(2019, 6, day) for day in (3, 4, 5))
LEADER, FIRST, BOTH, MEMBER = ("leader",), ("first_secretary",), ("leader", "first_secretary"), ("member",)
BESIDE = ("first_secretary", "member")  # a first secretary in a team that another leads
HIGH, LOW = ("township_secretary", "county_office"), ("team_leader", "township_secretary")
Way = Callable[..., Chain]


@pytest.fixture
def way(rule: Callable[[str, str], Any]) -> Way:
    """The procedure in force in the county for a matter: its own pack before the nation's."""
    law = {
        key: each.rule
        for key, each in rules_of([shipped()["tongwei"], shipped()["central"]], "procedures", MONDAY).items()
    }

    def find(roles: tuple[str, ...], days: Any = 0, **more: Any) -> Chain:
        chain = chain_for(law, Case(roles=frozenset(roles)), Decimal(str(days)), **more)
        assert chain is not None
        return chain

    return find


def walked(chain: Chain) -> list[tuple[str, tuple[str, ...]]]:
    """The acts after the request, each with who does it, as they open one after the other."""
    done = [Done("apply", MONDAY, "cadre")]
    found: list[tuple[str, tuple[str, ...]]] = []
    while state_of(chain.procedure, done) == "open":
        (now,) = (entry for entry in next_steps(chain.procedure, done) if entry.kind == "step")
        found.append((now.key, now.by))
        done.append(Done(now.key, MONDAY, now.by[0]))
    return found


def rows(roles: tuple[str, ...], days: tuple[Any, ...], clause: str, acts: list[tuple[str, str]]) -> list[Any]:
    told = [(verb, (office,)) for verb, office in acts]
    return [pytest.param(roles, each, clause, told, marks=pytest.mark.clause(clause)) for each in days]


LONG_HIGH = [("agree", HIGH[0]), ("approve", HIGH[1])]
LONG_LOW = [("agree", LOW[0]), ("approve", LOW[1])]


@pytest.mark.parametrize(
    ("roles", "days", "clause", "acts"),
    [
        *rows(LEADER, (1, 3), "TW-14-3", [("approve", "township_secretary")]),
        *rows(FIRST, (1, 3), "TW-14-3", [("approve", "township_secretary")]),
        *rows(BOTH, (3,), "TW-14-3", [("approve", "township_secretary")]),
        *rows(BESIDE, (3,), "TW-14-3", [("approve", "township_secretary")]),
        *rows(LEADER, ("3.5", 4, 15), "TW-14-5", LONG_HIGH),
        *rows(BESIDE, (4,), "TW-14-5", LONG_HIGH),
        *rows(FIRST, (4, 15), "TW-14-5", LONG_HIGH),
        *rows(LEADER, (16, 30, 31), "TW-14-8", LONG_HIGH),
        *rows(MEMBER, (1, 3), "TW-14-4", [("approve", "team_leader")]),
        *rows(MEMBER, ("3.5", 4, 15), "TW-14-7", LONG_LOW),
        *rows(MEMBER, (16, 30, 31), "TW-14-8", LONG_LOW),
    ],
)
def test_who_lets_whom_go_for_how_many_days(
    way: Way, roles: tuple[str, ...], days: Any, clause: str, acts: list[tuple[str, tuple[str, ...]]]
) -> None:
    chain = way(roles, days)
    assert (chain.clause, walked(chain)) == (clause, acts)


@pytest.mark.clause("TW-14-8")
@pytest.mark.parametrize("roles", [LEADER, FIRST, MEMBER])
def test_fifteen_days_in_a_row_pass_and_the_sixteenth_is_warned_of_not_refused(
    way: Way, roles: tuple[str, ...]
) -> None:
    assert [severity_of(way(roles, days).procedure.modality) for days in (15, 16)] == ["block", "warn"]
    assert way(roles, 15).clause != "TW-14-8"
    applied = [Done("apply", MONDAY, "cadre")]
    assert state_of(way(roles, 16).procedure, applied) == "open"
    assert [act.record for act in way(roles, 16).procedure.steps if act.verb == "apply"] == ["long_leave_reason"]
    assert [act.record for act in way(roles, 15).procedure.steps if act.verb == "apply"] == [""]


@pytest.mark.clause("TW-14-8")
def test_more_than_fifteen_days_need_a_written_reason(rule: Any) -> None:
    paper = rule("tongwei", "records.long_leave_reason")
    given = {"请假人": "王", "假别": "事假", "连续请假天数": 16, "理由": "父亲手术"}
    assert record_findings(paper, given) == []
    (missing,) = record_findings(paper, {**given, "理由": ""})
    assert (missing.code, missing.severity, missing.clause) == ("field_missing", "warn", "TW-14-8")


@pytest.mark.parametrize(
    ("roles", "first", "last", "wrong", "clause"),
    [
        pytest.param(LEADER, *HIGH, "team_leader", "TW-14-5", marks=pytest.mark.clause("TW-14-5")),
        pytest.param(FIRST, *HIGH, "dispatch_unit", "TW-14-5", marks=pytest.mark.clause("TW-14-5")),
        pytest.param(MEMBER, *LOW, "county_office", "TW-14-7", marks=pytest.mark.clause("TW-14-7")),
    ],
)
def test_a_long_leave_holds_only_after_consent_and_then_approval(
    way: Way, roles: tuple[str, ...], first: str, last: str, wrong: str, clause: str
) -> None:
    procedure = way(roles, 4).procedure
    applied, agreed = Done("apply", MONDAY, "cadre"), Done("agree", TUESDAY, first)
    assert state_of(procedure, [applied, agreed]) == "open"
    assert state_of(procedure, [applied, agreed, Done("approve", WEDNESDAY, last)]) == "complete"

    def told(*done: Done) -> list[tuple[str, str, str | None]]:
        return tell(procedure_findings(procedure, done))

    assert told(applied, Done("approve", TUESDAY, last)) == [("step_out_of_order", "block", clause)]
    assert told(applied, agreed, Done("approve", WEDNESDAY, wrong)) == [("step_wrong_actor", "block", clause)]
    assert told(applied, Done("agree", TUESDAY, wrong)) == [("step_wrong_actor", "block", clause)]


@pytest.mark.parametrize(
    ("roles", "right", "wrong", "clause"),
    [
        pytest.param(LEADER, "township_secretary", "team_leader", "TW-14-3", marks=pytest.mark.clause("TW-14-3")),
        pytest.param(FIRST, "township_secretary", "county_office", "TW-14-3", marks=pytest.mark.clause("TW-14-3")),
        pytest.param(MEMBER, "team_leader", "township_secretary", "TW-14-4", marks=pytest.mark.clause("TW-14-4")),
    ],
)
def test_a_short_leave_is_let_by_one_alone_and_filed_nowhere(
    way: Way, roles: tuple[str, ...], right: str, wrong: str, clause: str
) -> None:
    procedure = way(roles, 3).procedure
    applied = Done("apply", MONDAY, "cadre")
    done = [applied, Done("approve", TUESDAY, right)]
    assert (procedure_findings(procedure, done, finished=True), next_steps(procedure, done)) == ([], ())
    found = procedure_findings(procedure, [applied, Done("approve", TUESDAY, wrong)])
    assert tell(found) == [("step_wrong_actor", "block", clause)]


@pytest.mark.clause("TW-14-6")
@pytest.mark.parametrize(("roles", "days"), [(LEADER, 4), (FIRST, 15), (BOTH, 16)])
def test_a_long_leave_goes_to_the_unit_on_file_when_it_goes_to_the_county(
    way: Way, roles: tuple[str, ...], days: int
) -> None:
    procedure = way(roles, days).procedure
    done = [Done("apply", MONDAY, "cadre")]
    assert [entry.kind for entry in next_steps(procedure, done)] == ["step"]
    done.append(Done("agree", TUESDAY, "township_secretary"))
    step, filing = next_steps(procedure, done)
    assert (step.key, step.by) == ("approve", ("county_office",))
    assert (filing.kind, filing.to, filing.clause) == ("filing", ("dispatch_unit",), "TW-14-6")
    done.append(Done("approve", WEDNESDAY, "county_office"))
    assert state_of(procedure, done) == "complete"  # nobody waits for the filing
    found = procedure_findings(procedure, done, finished=True)
    assert tell(found) == [("step_missing", "block", "TW-14-6")]
    assert procedure_findings(procedure, [*done, Done("file", WEDNESDAY)], finished=True) == []


@pytest.mark.clause("TW-14-6", "TW-14-7")
@pytest.mark.parametrize("days", [4, 15, 16])
def test_a_members_long_leave_is_filed_with_nobody(way: Way, days: int) -> None:
    procedure = way(MEMBER, days).procedure
    done = [
        Done("apply", MONDAY, "cadre"),
        Done("agree", TUESDAY, "team_leader"),
        Done("approve", WEDNESDAY, "township_secretary"),
    ]
    assert (next_steps(procedure, done), procedure_findings(procedure, done, finished=True)) == ((), [])


@pytest.mark.parametrize(
    ("roles", "accepts", "other"),
    [
        pytest.param(LEADER, "township_secretary", "team_leader", marks=pytest.mark.clause("TW-14-9")),
        pytest.param(FIRST, "township_secretary", "team_leader", marks=pytest.mark.clause("TW-14-9")),
        pytest.param(MEMBER, "team_leader", "township_secretary", marks=pytest.mark.clause("TW-14-9")),
    ],
)
def test_who_comes_back_reports_it_and_the_first_approver_confirms(
    way: Way, roles: tuple[str, ...], accepts: str, other: str
) -> None:
    procedure = way(roles, matter="return_from_leave").procedure
    missing = procedure_findings(procedure, [], finished=True)
    assert tell(missing) == [("step_missing", "block", "TW-14-9")]
    back = Done("return_from", MONDAY, "cadre")
    (now,) = next_steps(procedure, [back])
    assert (now.key, now.by) == ("confirm", (accepts,))
    assert procedure_findings(procedure, [back, Done("confirm", TUESDAY, accepts)], finished=True) == []
    (wrong,) = procedure_findings(procedure, [back, Done("confirm", TUESDAY, other)])
    assert (wrong.code, wrong.clause) == ("step_wrong_actor", "TW-14-9")


@pytest.mark.clause("TW-14-9")
def test_the_leave_book_keeps_leave_and_the_day_of_return(rule: Any) -> None:
    book = rule("tongwei", "records.leave_book")
    away = {"请假人": "王", "起始日期": MONDAY, "结束日期": TUESDAY}
    assert record_findings(book, away) == []  # still away
    assert "销假日期" in [each.label for each in book.fields]
    for label in away:
        (missing,) = record_findings(book, {**away, label: None})
        assert (missing.severity, missing.clause) == ("block", "TW-25-2")


@pytest.mark.parametrize(
    ("roles", "keeper", "wrong", "clause"),
    [
        pytest.param(roles, keeper, wrong, clause, marks=pytest.mark.clause(clause))
        for roles, keeper, clause, others in (
            (LEADER, "township_party_committee", "TW-14-1", ("team_leader", "cadre")),
            (FIRST, "township_party_committee", "TW-14-1", ("team_leader", "cadre")),
            (BOTH, "township_party_committee", "TW-14-1", ("team_leader", "cadre")),
            (BESIDE, "township_party_committee", "TW-14-1", ("team_leader", "cadre")),
            (MEMBER, "team_leader", "TW-14-2", ("township_party_committee", "cadre")),
        )
        for wrong in others
    ],
)
def test_whose_attendance_is_kept_by_whom(
    way: Way, roles: tuple[str, ...], keeper: str, wrong: str, clause: str
) -> None:
    procedure = way(roles, matter="attendance").procedure
    assert state_of(procedure) == "open"
    assert state_of(procedure, [Done("confirm", MONDAY, keeper)]) == "complete"
    assert procedure_findings(procedure, [Done("confirm", MONDAY, keeper)], finished=True) == []
    (found,) = procedure_findings(procedure, [Done("confirm", MONDAY, wrong)])
    assert (found.code, found.severity, found.clause) == ("step_wrong_actor", "block", clause)
    own = Situation(own=frozenset({keeper}))
    (self_kept,) = procedure_findings(procedure, [Done("confirm", MONDAY, keeper)], own)
    assert self_kept.code == "self_approval"


@pytest.mark.clause("TW-36-8")
def test_the_leader_arranges_the_members_rest_in_turn_or_shifted(way: Way, rule: Any) -> None:
    procedure = way(MEMBER, matter="roster").procedure
    assert procedure_findings(procedure, [Done("carry_out", MONDAY, "team_leader")], finished=True) == []
    (wrong,) = procedure_findings(procedure, [Done("carry_out", MONDAY, "township_secretary")])
    assert (wrong.code, wrong.severity, wrong.clause) == ("step_wrong_actor", "block", "TW-36-8")
    plan = rule("tongwei", "records.leave_plan")
    line = {"队员": "李", "计划休假起始日期": MONDAY, "计划休假结束日期": TUESDAY}
    assert [record_findings(plan, {**line, "休假方式": how}) for how in ("轮休", "调休", "其他")] == [[], [], []]
    (wrong,) = record_findings(plan, {**line, "休假方式": "事假"})
    assert (wrong.code, wrong.clause) == ("field_not_offered", "TW-36-8")


@pytest.mark.clause("TW-36-7")
def test_the_leader_makes_a_plan_of_leave_each_year(rule: Any) -> None:
    plan = rule("tongwei", "records.leave_plan")
    line = {"队员": "李", "计划休假起始日期": MONDAY, "计划休假结束日期": TUESDAY, "休假方式": "轮休"}
    assert record_findings(plan, line) == []
    for label in ("队员", "计划休假起始日期", "计划休假结束日期"):
        (missing,) = record_findings(plan, {**line, label: None})
        assert (missing.severity, missing.clause) == ("block", "TW-36-7")
    assert ([each.office for each in plan.author], plan.per, plan.window.of) == (["team_leader"], "team", "year")
    assert signatures_missing(plan, frozenset(), {}) == ()  # a plan is no approval
