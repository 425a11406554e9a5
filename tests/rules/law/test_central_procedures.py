"""Who does what in which order under the nation's guidance, from the building of a team to its recall."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from apps.rules.language.chains import chain_for
from apps.rules.language.proceeding import Done, next_steps, procedure_findings, state_of
from apps.rules.language.selectors import Case
from tests.rules.law.telling import tell

DAY = date(2019, 3, 4)
COUNTY, GOVERNMENT, GROUP = "county_party_committee", "county_government", "county_leading_group"
TOWNSHIP, NATION = "township_party_committee", "hierarchy"
EVERY_LEVEL = (NATION, "city_party_committee", COUNTY, "province_org_dept", "city_org_dept", "county_org_dept")

# For each procedure the steps open at a time: key, who may act, who takes part, to whom, by which clause.
Entry = tuple[str, tuple[str, ...], tuple[str, ...], tuple[str, ...], str]
WAYS: dict[str, list[list[Entry]]] = {
    "team_building": [
        [("needs", (COUNTY,), (GOVERNMENT,), (), "CN-1.2-2")],
        [("strength", (COUNTY,), (GOVERNMENT,), (), "CN-1.2-4")],
        [("decide", (COUNTY,), (GOVERNMENT,), (), "CN-1.2-4")],
    ],
    "levels": [
        [
            ("province", (NATION,), (), (), "CN-6.1-1"),
            ("city", ("city_party_committee",), (), (), "CN-6.1-1"),
            ("county", (COUNTY,), (GOVERNMENT,), (), "CN-6.1-1"),
        ]
    ],
    "organisation_departments": [[("manage", EVERY_LEVEL, (), (), "CN-6.1-2")]],
    "daily_management": [[("manage", (COUNTY,), (GOVERNMENT,), (), "CN-4.1-1")]],
    "leading_group": [
        [("set_up", (COUNTY,), (GOVERNMENT,), (), "CN-4.1-2")],
        [("coordinate", (GROUP,), (), (), "CN-4.1-2"), ("supervise", (GROUP,), (), (), "CN-4.1-2")],
    ],
    "township_support": [
        [("guide", (TOWNSHIP,), (), (), "CN-4.1-3"), ("support", (TOWNSHIP,), (), (), "CN-4.1-3")],
    ],
    "difficulties": [
        [("report", ("team",), (), (TOWNSHIP,), "CN-4.1-3")],
        [("carry_out", (TOWNSHIP,), (), ("team",), "CN-4.1-3")],
    ],
    "attendance_rules": [[("decide", (GROUP,), (), (), "CN-4.2-2")]],
    "discipline_rules": [
        [("decide", (GROUP,), (), (), "CN-4.2-6")],
        [("read", ("cadre",), (), (), "CN-4.2-6")],
    ],
    "annual_assessment": [
        [("assess", (COUNTY,), (GOVERNMENT,), (), "CN-5.1-1")],
        [("file", (), (), ("dispatch_unit",), "CN-5.1-6")],
    ],
    "recall": [
        [("propose", (GROUP,), (), ("dispatch_unit",), "CN-5.3-1")],
        [("carry_out", ("dispatch_unit",), (), (), "CN-5.3-2")],
    ],
    "inspection": [
        [("inspect", (NATION,), (), (), "CN-6.2-1")],
        [("publish", (NATION,), (), (), "CN-6.2-2")],
    ],
    "rectification": [
        [("rectify", (GROUP,), (), (), "CN-6.2-3"), ("supervise", (NATION,), (), (), "CN-6.2-3")],
    ],
}


def clauses_of(key: str) -> list[str]:
    return sorted({entry[4] for stage in WAYS[key] for entry in stage} - {"CN-5.1-1"})


@pytest.mark.parametrize("key", [pytest.param(key, marks=pytest.mark.clause(*clauses_of(key))) for key in WAYS])
def test_the_steps_open_in_the_order_of_the_text_and_are_complete_with_the_last(rule: Any, key: str) -> None:
    procedure = rule("central", f"procedures.{key}")
    done: list[Done] = []
    for place, stage in enumerate(WAYS[key]):
        found = next_steps(procedure, done)
        assert [(each.key, each.by, each.along, each.to, each.clause) for each in found] == stage
        assert all(each.due is None for each in found)
        day = DAY + timedelta(days=place)
        done += [Done(name, day, by[0] if by else "", joined=frozenset(along)) for name, by, along, _, _ in stage]
    assert (next_steps(procedure, done), state_of(procedure, done)) == ((), "complete")
    assert procedure_findings(procedure, done, finished=True) == []


@pytest.mark.parametrize("key", [pytest.param(key, marks=pytest.mark.clause(*clauses_of(key))) for key in WAYS])
def test_a_step_by_somebody_else_or_before_its_turn_is_refused(rule: Any, key: str) -> None:
    procedure = rule("central", f"procedures.{key}")
    for name, by, along, _, clause in WAYS[key][0]:
        found = procedure_findings(procedure, [Done(name, DAY, "village_committee", joined=frozenset(along))])
        assert tell(found) == [("step_wrong_actor", "block", clause)]
        if along:
            alone = procedure_findings(procedure, [Done(name, DAY, by[0])])
            assert [(one.code, one.clause) for one in alone] == [("step_alone", clause)]
    for name, by, along, _, clause in (entry for stage in WAYS[key][1:] for entry in stage):
        early = procedure_findings(procedure, [Done(name, DAY, by[0] if by else "", joined=frozenset(along))])
        assert tell(early) == [("step_out_of_order", "block", clause)]


@pytest.mark.clause("CN-5.3-1")
def test_the_unit_cannot_recall_before_the_leading_group_proposes_it(rule: Any) -> None:
    procedure = rule("central", "procedures.recall")
    assert state_of(procedure, [Done("carry_out", DAY, "dispatch_unit")]) == "open"
    bound = ["leader", "first_secretary", "member", "pairing_cadre"]
    assert [procedure.applies.matches(Case(roles=frozenset({role}))) for role in bound] == [True, True, True, False]


@pytest.mark.clause("CN-4.2-2")
@pytest.mark.parametrize("days", [1, 3, 30, 90])
@pytest.mark.parametrize("role", ["leader", "first_secretary", "member"])
def test_the_nation_gives_no_leave_chain_of_its_own(packs: Any, role: str, days: int) -> None:
    procedures = packs["central"].procedures
    assert chain_for(procedures, Case(roles=frozenset({role})), days) is None
    assert chain_for(procedures, Case(roles=frozenset({role})), days, matter="return_from_leave") is None
