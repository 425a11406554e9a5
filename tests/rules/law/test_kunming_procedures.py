"""Who does what in which order in Kunming: leave, withdrawal, assessment, money and projects."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from apps.rules.language.chains import chain_for
from apps.rules.language.proceeding import Done, Situation, next_steps, procedure_findings, state_of
from apps.rules.language.selectors import Case
from tests.rules.law.telling import tell

DAY = date(2026, 3, 2)
RELATED = {
    ("rural_office_at_level", "unit"): "市农办",
    ("poverty_office_at_level", "unit"): "市扶贫办",
    ("org_dept_at_level", "unit"): "city_org_dept",
}
SEEN = Situation(related=RELATED)
TOWN = ("township_leader", "township_secretary", "township_clerk")
COMMITTEE, OFFICE, UNIT = "township_party_committee", "county_office", "dispatch_unit"
FINANCE = ("city_finance", "county_finance", "township_finance")
VILLAGE = ("village_branch", "village_committee", "villagers")

# For each procedure the steps open at a time: key, who may act, who takes part, to whom, by which clause.
Entry = tuple[str, tuple[str, ...], tuple[str, ...], tuple[str, ...], str]
WAYS: dict[str, list[list[Entry]]] = {
    "selection_city_units": [
        [("select", (UNIT,), (), (), "KM-4-1")],
        [
            ("assist", ("市农办", "市扶贫办"), (), (), "KM-4-1"),
            ("lead", ("city_org_dept",), (), (), "KM-4-1"),
        ],
        [("list", ("city_office",), (), (), "KM-4-1")],
    ],
    "chief_captains": [[("appoint", ("city_org_dept",), (), (), "KM-4-2")]],
    "team_building": [[("lead", (OFFICE,), (), (), "KM-5-1"), ("form", (COMMITTEE,), (), (), "KM-5-1")]],
    "daily_management": [
        [
            ("coordinate", (OFFICE,), (), (), "KM-8-1"),
            ("cooperate", ("county_org_dept",), ("county_poverty_office",), (), "KM-8-1"),
            ("manage", (COMMITTEE,), (), (), "KM-8-1"),
            ("help", (UNIT,), (), (), "KM-8-1"),
        ]
    ],
    "early_withdrawal": [
        [("request", (UNIT,), (), (), "KM-8-3")],
        [("approve", ("city_office",), (), (), "KM-8-3")],
    ],
    "leave_member": [
        [("request", ("cadre",), (), (), "KM-9-11")],
        [("leader", ("team_leader",), (), (), "KM-9-11")],
        [("township", TOWN, (), (), "KM-9-11")],
    ],
    "leave_leader": [
        [("request", ("cadre",), (), (), "KM-9-12")],
        [("township", TOWN, (), (), "KM-9-12")],
        [("county", (OFFICE,), (), (), "KM-9-12")],
        [("county_file", (), (), (OFFICE,), "KM-9-12")],
    ],
    "replacement_by_leader": [
        [("request", ("team_leader",), (), (), "KM-10-2")],
        [("township", (COMMITTEE,), (), (), "KM-10-2")],
        [("county", (OFFICE,), (), (), "KM-10-2")],
    ],
    "annual_assessment": [
        [
            ("coordinate", (OFFICE,), (), (), "KM-12-1"),
            ("grade", (COMMITTEE,), (UNIT,), (), "KM-12-1"),
        ],
        [("review", (OFFICE,), (), (), "KM-12-1")],
        [
            ("city", (OFFICE,), (), ("city_office",), "KM-12-6"),
            ("city_org", (OFFICE,), (), ("city_org_dept",), "KM-12-6"),
            ("unit", (OFFICE,), (), (UNIT,), "KM-12-7"),
        ],
    ],
    "advanced_worker": [[("choose", ("city_office",), (), (), "KM-13-2")]],
    "team_funds": [
        [("arrange", FINANCE, (), (), "KM-4-3")],
        [("disburse", FINANCE, (), (), "KM-4-3")],
    ],
    "subsidy_split": [[("split", ("county_finance", "township_finance"), (), (), "KM-18-4")]],
    "fund_supervision": [[("supervise", ("county_finance",), (UNIT,), (), "KM-19-4")]],
    "poverty_fund_project": [
        [("village", ("team",), VILLAGE, (), "KM-20-2")],
        [("township", (COMMITTEE,), (), (), "KM-20-3")],
        [("submit", (COMMITTEE,), (), ("county_leading_group",), "KM-20-4")],
        [("county", ("county_leading_group",), (), (), "KM-20-3")],
        [("village_notice", (), (), ("villagers",), "KM-20-5")],
    ],
    "other_fund_project": [
        [("village", ("team",), VILLAGE, (), "KM-20-6")],
        [("consent", ("investor",), (), (), "KM-20-6")],
        [("carry_out", ("team", "village_committee"), (), (), "KM-20-6")],
    ],
}
SEVERITY = {"replacement_by_leader": "notice"}


def clauses_of(key: str) -> list[str]:
    return sorted({entry[4] for stage in WAYS[key] for entry in stage})


def acts(stage: list[Entry], place: int) -> list[Done]:
    day = DAY + timedelta(days=place)
    return [Done(name, day, by[0] if by else "", joined=frozenset(along)) for name, by, along, _, _ in stage]


@pytest.mark.parametrize("key", [pytest.param(key, marks=pytest.mark.clause(*clauses_of(key))) for key in WAYS])
def test_the_steps_open_in_the_order_of_the_text_and_are_complete_with_the_last(rule: Any, key: str) -> None:
    procedure = rule("kunming", f"procedures.{key}")
    done: list[Done] = []
    for place, stage in enumerate(WAYS[key]):
        found = next_steps(procedure, done, SEEN)
        assert [(each.key, each.by, each.along, each.to, each.clause) for each in found] == stage
        done += acts(stage, place)
    assert (next_steps(procedure, done, SEEN), state_of(procedure, done, SEEN)) == ((), "complete")
    assert procedure_findings(procedure, done, SEEN, finished=True) == []


@pytest.mark.parametrize("key", [pytest.param(key, marks=pytest.mark.clause(*clauses_of(key))) for key in WAYS])
def test_a_step_by_somebody_else_alone_or_before_its_turn_is_told(rule: Any, key: str) -> None:
    procedure, severity = rule("kunming", f"procedures.{key}"), SEVERITY.get(key, "block")
    done: list[Done] = []
    for place, stage in enumerate(WAYS[key]):
        day = DAY + timedelta(days=place)
        for name, by, along, _, clause in stage:
            wrong = Done(name, day, "unit_personnel", joined=frozenset(along))
            found = procedure_findings(procedure, [*done, wrong], SEEN)
            expected = [("step_wrong_actor", severity, clause)] if by else []
            assert tell(found) == expected
            if along:
                (lonely,) = procedure_findings(procedure, [*done, Done(name, day, by[0])], SEEN)
                assert (lonely.code, lonely.clause) == ("step_alone", clause)
        for name, by, along, _, clause in (entry for later in WAYS[key][place + 1 :] for entry in later):
            early = Done(name, day, by[0] if by else "", joined=frozenset(along))
            (found_early,) = procedure_findings(procedure, [*done, early], SEEN)
            assert (found_early.code, found_early.severity, found_early.clause) == (
                "step_out_of_order",
                severity,
                clause,
            )
        done += acts(stage, place)


LEAVES = [
    pytest.param("member", ["request", "leader", "township"], "KM-9-11", marks=pytest.mark.clause("KM-9-11")),
    pytest.param("leader", ["request", "township", "county"], "KM-9-12", marks=pytest.mark.clause("KM-9-12")),
    pytest.param("first_secretary", ["request", "township", "county"], "KM-9-12", marks=pytest.mark.clause("KM-9-12")),
]


@pytest.mark.parametrize(("role", "steps", "clause"), LEAVES)
@pytest.mark.parametrize("days", [1, 3, 4, 15, 16, 30, 31, 90])
def test_leave_goes_the_same_way_however_long_it_is(
    packs: Any, role: str, steps: list[str], clause: str, days: int
) -> None:
    chain = chain_for(packs["kunming"].procedures, Case(roles=frozenset({role})), days, accumulated=days + 40)
    assert chain is not None
    assert ([step.key for step in chain.procedure.steps], chain.clause) == (steps, clause)


@pytest.mark.clause("KM-9-9")
@pytest.mark.parametrize("role", ["member", "leader"])
def test_who_leaves_without_a_request_has_no_leave(packs: Any, role: str) -> None:
    chain = chain_for(packs["kunming"].procedures, Case(roles=frozenset({role})), 1)
    assert chain is not None
    assert state_of(chain.procedure, [Done("township", DAY, "township_leader")]) == "open"
    assert [each.key for each in next_steps(chain.procedure)] == ["request"]


@pytest.mark.clause("KM-9-13")
@pytest.mark.parametrize("role", ["member", "leader", "first_secretary"])
@pytest.mark.parametrize(
    ("returned", "on", "found"),
    [
        (date(2026, 3, 10), date(2026, 3, 12), []),
        (date(2026, 3, 11), date(2026, 3, 12), []),
        (date(2026, 3, 12), date(2026, 3, 12), ["step_late"]),
        (None, date(2026, 3, 11), []),
        (None, date(2026, 3, 12), ["step_overdue"]),
    ],
)
def test_who_comes_back_reports_it_by_the_day_after_the_leave(
    packs: Any, role: str, returned: date | None, on: date, found: list[str]
) -> None:
    chain = chain_for(packs["kunming"].procedures, Case(roles=frozenset({role})), matter="return_from_leave")
    assert chain is not None
    situation = Situation(events={"leave_last": date(2026, 3, 10)}, on=on)
    done = [] if returned is None else [Done("return", returned, "cadre")]
    told = procedure_findings(chain.procedure, done, situation)
    assert [one.code for one in told] == found
    assert {(one.severity, one.clause) for one in told} <= {("block", "KM-9-13")}


@pytest.mark.clause("KM-8-3")
def test_the_county_s_approval_of_an_early_withdrawal_does_not_suffice(rule: Any) -> None:
    procedure = rule("kunming", "procedures.early_withdrawal")
    done = [Done("request", DAY, UNIT), Done("approve", DAY, OFFICE)]
    assert [one.code for one in procedure_findings(procedure, done)] == ["step_wrong_actor"]
    assert procedure.modality == "must"


@pytest.mark.clause("KM-12-1", "KM-20-3")
@pytest.mark.parametrize(
    ("key", "first", "judging", "actor"),
    [
        ("annual_assessment", "grade", "review", OFFICE),
        ("poverty_fund_project", "village", "township", COMMITTEE),
        ("poverty_fund_project", "village", "county", "county_leading_group"),
    ],
)
def test_what_is_sent_back_is_decided_anew(rule: Any, key: str, first: str, judging: str, actor: str) -> None:
    procedure = rule("kunming", f"procedures.{key}")
    done: list[Done] = []
    for place, stage in enumerate(WAYS[key]):
        if any(entry[0] == judging for entry in stage):
            break
        done += acts(stage, place)
    back = Done(judging, DAY + timedelta(days=9), actor, "returned")
    assert [each.key for each in next_steps(procedure, [*done, back], SEEN)] == [first]
