"""Tongwei: who hands over, replaces, recalls, rectifies, assesses and accounts, in which order and to whom."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from apps.rules.language.chains import chain_for
from apps.rules.language.procedures import Procedure
from apps.rules.language.proceeding import Done, Situation, next_steps, procedure_findings, state_of
from apps.rules.language.selectors import Case
from apps.rules.law import rules_of
from tests.rules.conftest import shipped
from tests.rules.law.telling import tell

DAY = date(2019, 6, 3)
RELATED = {
    ("predecessor", "post"): "王",
    ("successor", "post"): "李",
    ("org_dept_at_level", "unit"): "county_org_dept",
    ("personnel_dept", "unit"): "unit_personnel",
    ("leading_group_at_level", "unit"): "city_leading_group",
}
Acts = list[tuple[str, str, str]]


def case(level: str = "county", vertical: bool | None = False, *roles: str) -> Case:
    return Case(roles=frozenset(roles or ("member",)), unit_level=level, vertical=vertical)


def procedure(matter: str, about: Case | None = None, kind: str = "") -> Procedure:
    """The one in force in the county for a matter, its own pack before the nation's."""
    law = rules_of([shipped()["tongwei"], shipped()["central"]], "procedures", DAY)
    chain = chain_for({key: each.rule for key, each in law.items()}, about or case(), kind=kind, matter=matter)
    assert chain is not None
    return chain.procedure


def told(rule: Procedure, *done: Done, about: Case | None = None, **more: Any) -> list[tuple[str, str, str | None]]:
    seen = Situation(case=about or case(), related=RELATED)
    return tell(procedure_findings(rule, done, seen, **more))


def walked(rule: Procedure, about: Case | None = None) -> list[tuple[str, str, str | None]]:
    """(key, who, clause) of the acts, as they open one after the other; parallel ones in the order written."""
    seen, done = Situation(case=about or case(), related=RELATED), list[Done]()
    found = []
    while state_of(rule, done, seen) == "open":
        now = next(entry for entry in next_steps(rule, done, seen) if entry.kind == "step")
        found.append((now.key, "、".join(now.by), now.clause))
        done.append(Done(now.key, DAY, now.by[0] if now.by else "", joined=frozenset(now.along)))
    return found


@pytest.mark.clause("TW-17-1", "TW-17-3", "TW-17-4")
def test_a_handover_goes_from_old_to_new_before_the_discipline_secretary_into_the_township() -> None:
    rule = procedure("handover")
    assert walked(rule) == [
        ("hand_over", "王", "TW-17-1"),
        ("witness", "township_discipline", "TW-17-3"),
        ("file", "township_party_committee", "TW-17-4"),
    ]
    seen = Situation(related=RELATED)
    assert next_steps(rule, (), seen)[0].to == ("李",)
    handed, seen_by = Done("hand_over", DAY, "王"), Done("witness", DAY, "township_discipline")
    assert state_of(rule, [handed, seen_by], seen) == "open"  # until it is on file
    assert told(rule, handed, finished=True) == [("step_missing", "block", "TW-17-3")]
    assert told(rule, handed, seen_by, finished=True) == [("step_missing", "block", "TW-17-4")]
    assert told(rule, finished=True) == [("step_missing", "block", "TW-17-1")]
    wrong = Done("witness", DAY, "township_secretary")
    assert told(rule, handed, wrong) == [("step_wrong_actor", "block", "TW-17-3")]
    assert told(rule, handed, seen_by, Done("file", DAY, "county_office")) == [("step_wrong_actor", "block", "TW-17-4")]


LEVELS = [
    ("county", "approve_county", "county_org_dept"),
    ("city", "approve_city", "city_org_dept"),
    ("provincial", "approve_city", "city_org_dept"),
    ("central", "approve_city", "city_org_dept"),
]


@pytest.mark.clause("TW-24-2")
@pytest.mark.parametrize(("level", "key", "office"), LEVELS)
def test_a_cadre_is_replaced_only_after_the_department_that_manages_him_approved(
    level: str, key: str, office: str
) -> None:
    about = case(level)
    rule = procedure("replacement", about)
    assert walked(rule, about) == [(key, office, "TW-24-2"), ("replace", "county_org_dept", "TW-24-2")]
    early = told(rule, Done("replace", DAY, "county_org_dept"), about=about)
    assert early == [("step_out_of_order", "block", "TW-24-2")]
    assert told(rule, Done(key, DAY, "township_secretary"), about=about) == [("step_wrong_actor", "block", "TW-24-2")]


@pytest.mark.clause("TW-37-4")
@pytest.mark.parametrize(("level", "key", "office"), LEVELS)
def test_for_one_who_fell_ill_the_unit_sends_another(level: str, key: str, office: str) -> None:
    about = case(level)
    rule = procedure("replacement", about, "因病不能正常履职")
    assert walked(rule, about) == [(key, office, "TW-37-4"), ("send_successor", "dispatch_unit", "TW-37-4")]
    approved = Done(key, DAY, office)
    assert told(rule, approved, about=about, finished=True) == [("step_missing", "block", "TW-37-4")]


@pytest.mark.clause("TW-38-1", "TW-38-3", "TW-39-7", "TW-39-8")
def test_a_recall_ends_with_the_managers_decided_on_the_notice_filed_and_a_successor_sent() -> None:
    for role in ("leader", "first_secretary", "member"):
        rule = procedure("recall", case("county", False, role))
        assert walked(rule) == [
            ("propose", "county_org_dept", "TW-38-1"),
            ("decide", "county_org_dept", "TW-38-1"),
            ("responsible", "county_org_dept", "TW-38-3"),
            ("file_notice", "county_org_dept、dispatch_unit", "TW-39-7"),
            ("send_successor", "dispatch_unit", "TW-39-8"),
        ]
    done = [Done("propose", DAY), Done("decide", DAY), Done("responsible", DAY), Done("file_notice", DAY)]
    for count, clause in ((2, "TW-38-3"), (3, "TW-39-7"), (4, "TW-39-8")):
        assert told(rule, *done[:count], finished=True) == [("step_missing", "block", clause)]


@pytest.mark.clause("TW-7-5")
def test_where_no_secretary_is_found_the_first_secretary_holds_the_post() -> None:
    about = case("county", False, "first_secretary")
    rule = procedure("appointment", about, "村党组织选不出合格书记人选")
    assert walked(rule, about) == [("carry_out", "first_secretary", "TW-7-5")]
    assert told(rule, about=about, finished=True) == [("step_missing", "block", "TW-7-5")]
    law = shipped()["tongwei"].procedures
    assert chain_for(law, about, kind="其他", matter="appointment") is None
    assert chain_for(law, case(), kind="村党组织选不出合格书记人选", matter="appointment") is None


@pytest.mark.clause("TW-20-5")
def test_a_problem_found_is_assigned_rectified_and_closed_by_those_who_found_it() -> None:
    rule, group = procedure("rectification"), "county_inspection_group"
    assert walked(rule) == [
        ("found", group, "TW-20-5"),
        ("assign", group, "TW-20-5"),
        ("rectify", "cadre、township_party_committee、dispatch_unit", "TW-20-5"),
        ("close", group, "TW-20-5"),
    ]
    done = [Done("found", DAY, group), Done("assign", DAY, group), Done("rectify", DAY, "cadre")]
    assert told(rule, *done, finished=True) == [("step_missing", "block", "TW-20-5")]
    assert told(rule, *done, Done("close", DAY, "cadre")) == [("step_wrong_actor", "block", "TW-20-5")]
    again = [*done, Done("close", DAY, group, outcome="returned")]
    assert [entry.key for entry in next_steps(rule, again)] == ["rectify"]


@pytest.mark.clause("TW-26-2")
def test_routine_assessment_is_the_townships() -> None:
    rule = procedure("assessment", kind="平时考核")
    assert walked(rule) == [("assess", "township_party_committee", "TW-26-2")]
    assert told(rule, Done("assess", DAY, "county_office")) == [("step_wrong_actor", "block", "TW-26-2")]


@pytest.mark.clause("TW-26-3")
def test_annual_assessment_is_led_by_the_coordinating_group_and_carried_out_by_the_county_office() -> None:
    rule = procedure("assessment", kind="年度考核")
    lead, carry_out = next_steps(rule, (), Situation(related=RELATED))
    assert (lead.key, lead.by, carry_out.key, carry_out.by) == (
        "lead", ("city_leading_group",), "assess", ("county_office",),
    )  # fmt: skip
    assert state_of(rule, [Done("assess", DAY, "county_office")]) == "complete"  # who led is a note beside it
    wrong = told(rule, Done("assess", DAY, "township_party_committee"))
    assert wrong == [("step_wrong_actor", "block", "TW-26-3")]


@pytest.mark.clause("TW-29-1", "TW-29-2")
def test_the_units_get_the_grade_or_the_opinion() -> None:
    rule = procedure("assessment", kind="年度考核")
    done = [Done("lead", DAY), Done("assess", DAY, "county_office")]
    found = next_steps(rule, done, Situation(related=RELATED))
    assert [(each.kind, each.by, each.to, each.clause) for each in found] == [
        ("filing", (), ("dispatch_unit",), "TW-29-1"),
        ("filing", ("county_office",), ("dispatch_unit",), "TW-29-2"),
    ]


@pytest.mark.clause("TW-28-5")
def test_a_person_is_graded_only_on_a_report_of_his_work_and_a_vote_of_satisfaction() -> None:
    rule = procedure("assessment", kind="个人年度考核")
    report, vote = Done("work_report", DAY, "cadre"), Done("satisfaction", DAY)
    assert [entry.key for entry in next_steps(rule)] == ["work_report", "satisfaction"]
    for half in (report, vote):
        assert told(rule, half, Done("assess", DAY, "county_office")) == [("step_out_of_order", "block", "TW-28-5")]
    assert told(rule, report, vote, Done("assess", DAY, "county_office"), finished=True) == []
    assert told(rule, report, vote, Done("assess", DAY, "dispatch_unit")) == [("step_wrong_actor", "block", "TW-28-5")]


@pytest.mark.clause("TW-40-5")
@pytest.mark.parametrize("level", ["county", "township"])
def test_a_case_of_accountability_is_opened_heard_decided_told_and_filed(level: str) -> None:
    about = case(level)
    rule = procedure("accountability", about)
    office = "county_org_dept"
    keys = ["open", "hear", "decide", "notify_person", "file_decision"]
    assert walked(rule, about) == [(key, office, "TW-40-5") for key in keys]
    opened = Done("open", DAY, office)
    assert told(rule, opened, Done("decide", DAY, office), about=about) == [("step_out_of_order", "block", "TW-40-5")]
    assert told(rule, opened, Done("hear", DAY, office), about=about) == [("step_alone", "block", "TW-40-5")]
    assert {step.within for step in rule.steps} == {None}  # no times are set


@pytest.mark.parametrize(
    ("level", "vertical", "clause"),
    [
        pytest.param("provincial", False, "TW-40-14", marks=pytest.mark.clause("TW-40-14")),
        pytest.param("city", False, "TW-40-14", marks=pytest.mark.clause("TW-40-14")),
        pytest.param("county", True, "TW-40-15", marks=pytest.mark.clause("TW-40-15")),
    ],
)
def test_for_cadres_of_others_the_county_only_proposes_to_their_units_personnel(
    level: str, vertical: bool, clause: str
) -> None:
    about = case(level, vertical)
    rule = procedure("accountability", about)
    assert walked(rule, about) == [("propose", "county_org_dept", clause), ("feedback", "unit_personnel", clause)]
    seen = Situation(case=about, related=RELATED)
    assert next_steps(rule, (), seen)[0].to == ("unit_personnel",)
    assert told(rule, Done("propose", DAY, "county_office"), about=about) == [("step_wrong_actor", "block", clause)]
    assert "decide" not in [step.verb for step in rule.steps]
