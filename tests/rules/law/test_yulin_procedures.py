"""Handover, recall, assessment, daily management and the way of the work funds in Yulin, step by step."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from apps.rules.language.chains import chain_for
from apps.rules.language.proceeding import Done, Situation, next_steps, procedure_findings, state_of
from apps.rules.language.selectors import Case
from apps.rules.law import rules_of
from tests.rules.law.telling import tell

DAY = date(2023, 6, 1)
OFFICE = "同级驻村办"
NAMES = {
    ("office_at_level", "unit"): OFFICE,
    ("predecessor", "post"): "前任",
    ("successor", "post"): "后任",
    ("unit_of", "post"): "后任单位",
}
SEEN = Situation(Case(roles=frozenset({"first_secretary"})), NAMES)
Way = list[tuple[str, tuple[str, ...], set[str], str | None]]


def way(procedure: Any) -> Way:
    """(step, who, with whom, clause), each step as it comes up when all before it are done; then nothing is wrong."""
    done: list[Done] = []
    found: Way = []
    while steps := next_steps(procedure, done, SEEN):
        now = steps[0]
        found.append((now.key, now.by, set(now.along), now.clause))
        done.append(Done(now.key, DAY, now.by[0] if now.by else "", joined=frozenset(now.along)))
    assert procedure_findings(procedure, done, SEEN, finished=True) == []
    assert state_of(procedure, done, SEEN) == "complete"
    return found


def wrong(procedure: Any, *acts: Done) -> list[tuple[str, str, str | None]]:
    return tell(procedure_findings(procedure, acts, SEEN))


UNIT = ("dispatch_unit",)
COUNTY, TOWNSHIP = "county_office", "township_party_committee"


@pytest.mark.clause("YL-7.1-2", "YL-7.1-3", "YL-7.1-5")
def test_the_unit_guides_old_and_new_through_the_handover_and_then_the_old_one_leaves(rule: Any) -> None:
    assert way(rule("yulin", "procedures.handover")) == [
        ("guide", UNIT, set(), "YL-7.1-3"),
        ("hand_over", ("前任",), {"后任"}, "YL-7.1-2"),
        ("done", UNIT, {"后任单位"}, "YL-7.1-3"),
        ("leave_village", ("cadre",), set(), "YL-7.1-5"),
    ]


@pytest.mark.clause("YL-7.1-5")
@pytest.mark.parametrize("before", [[], ["guide"], ["guide", "hand_over"]])
def test_nobody_leaves_the_village_before_the_handover_is_complete(rule: Any, before: list[str]) -> None:
    done = {"guide": Done("guide", DAY, "dispatch_unit")}
    done["hand_over"] = Done("hand_over", DAY, "前任", joined=frozenset({"后任"}))
    acts = [done[key] for key in before]
    found = wrong(rule("yulin", "procedures.handover"), *acts, Done("leave_village", DAY, "cadre"))
    assert found == [("step_out_of_order", "block", "YL-7.1-5")]


@pytest.mark.clause("YL-7.1-2")
def test_a_handover_without_the_one_who_follows_is_told(rule: Any) -> None:
    found = wrong(
        rule("yulin", "procedures.handover"), Done("guide", DAY, "dispatch_unit"), Done("hand_over", DAY, "前任")
    )
    assert found == [("step_alone", "block", "YL-7.1-2")]


@pytest.mark.clause("YL-7.2.3-8")
def test_city_county_and_township_manage_the_teams_day_by_day(rule: Any) -> None:
    procedure = rule("yulin", "procedures.daily_management")
    opened = next_steps(procedure, (), SEEN)
    assert [step.by for step in opened] == [("city_office",), (COUNTY,), (TOWNSHIP,)]
    assert {step.clause for step in opened} == {"YL-7.2.3-8"}
    two = [Done("city", DAY, "city_office"), Done("county", DAY, COUNTY)]
    assert state_of(procedure, two, SEEN) == "open"


@pytest.mark.clause("YL-7.2.3-9")
@pytest.mark.parametrize("role", ["leader", "first_secretary", "member"])
@pytest.mark.parametrize("days", [1, 3, 4, 15, 16, 30, 31])
def test_yulin_names_no_one_who_grants_leave_and_leaves_it_to_the_county(
    rule: Any, packs: dict[str, Any], role: str, days: int
) -> None:
    case = Case(roles=frozenset({role}))
    own = packs["yulin"].procedures
    assert chain_for(own, case, days) is None
    law = {key: held.rule for key, held in rules_of([packs["yulin"], packs["central"]], "procedures", DAY).items()}
    chain = chain_for(law, case, days)
    assert chain is None or not chain.procedure.steps


@pytest.mark.clause("YL-7.2.3-9")
def test_the_county_settles_the_leave_procedure_itself(rule: Any) -> None:
    procedure = rule("yulin", "procedures.attendance_rules")
    (step,) = next_steps(procedure, (), SEEN)
    assert (step.by, step.clause) == (("county_leading_group", COUNTY), "YL-7.2.3-9")
    assert wrong(procedure, Done(step.key, DAY, TOWNSHIP)) == [("step_wrong_actor", "block", "YL-7.2.3-9")]
    assert procedure.delegated_to == "county"


@pytest.mark.clause("YL-7.2.3-10", "YL-7.2.3-11")
def test_after_long_leave_the_office_recalls_and_orders_the_unit_to_select_anew(rule: Any) -> None:
    procedure = rule("yulin", "procedures.recall_after_leave")
    assert way(procedure) == [
        ("recall", (OFFICE,), set(), "YL-7.2.3-10"),
        ("order", (OFFICE,), set(), "YL-7.2.3-11"),
        ("reselect", UNIT, set(), "YL-7.2.3-11"),
    ]
    (order,) = next_steps(procedure, [Done("recall", DAY, OFFICE)], SEEN)
    assert (order.to, order.due) == (UNIT, None)


@pytest.mark.parametrize(
    ("kind", "key"),
    [
        pytest.param("请假超过30天", "recall_after_leave", marks=pytest.mark.clause("YL-7.2.3-10")),
        pytest.param("年度考核基本称职（基本合格）", "recall_after_assessment", marks=pytest.mark.clause("YL-7.3.3-2")),
        pytest.param("年度考核不称职（不合格）", "recall_after_assessment", marks=pytest.mark.clause("YL-7.3.3-2")),
        pytest.param("受到处分", "recall_after_assessment", marks=pytest.mark.clause("YL-7.3.3-2")),
        pytest.param("不胜任", "recall", marks=pytest.mark.clause("YL-8.3-4")),
        pytest.param("造成不良后果", "recall", marks=pytest.mark.clause("YL-8.3-4")),
    ],
)
def test_each_reason_of_a_recall_has_its_own_way(packs: dict[str, Any], kind: str, key: str) -> None:
    chain = chain_for(packs["yulin"].procedures, SEEN.case, kind=kind, matter="recall")
    assert chain is not None
    assert chain.key == key


@pytest.mark.clause("YL-7.3.3-2", "YL-7.3.3-3", "YL-7.3.3-4")
def test_a_recall_after_assessment_is_followed_by_treatment_and_may_reach_the_units_leaders(rule: Any) -> None:
    procedure = rule("yulin", "procedures.recall_after_assessment")
    assert way(procedure) == [
        ("recall", (OFFICE,), set(), "YL-7.3.3-2"),
        ("withdraw", UNIT, set(), "YL-7.3.3-2"),
        ("treatment", (), set(), "YL-7.3.3-3"),
        ("leaders", (), set(), "YL-7.3.3-4"),
    ]
    recalled = [Done("recall", DAY, OFFICE), Done("withdraw", DAY, "dispatch_unit")]
    treated = [*recalled, Done("treatment", DAY, "县纪委")]
    assert [state_of(procedure, acts, SEEN) for acts in (recalled, treated)] == ["open", "complete"]
    missing = procedure_findings(procedure, recalled, SEEN, finished=True)
    assert tell(missing) == [("step_missing", "block", "YL-7.3.3-3")]


@pytest.mark.clause("YL-8.3-4")
def test_whoever_is_unfit_is_moved_by_the_office_at_the_units_level(rule: Any) -> None:
    assert way(rule("yulin", "procedures.recall")) == [
        ("decide", (OFFICE,), set(), "YL-8.3-4"),
        ("carry_out", UNIT, set(), "YL-8.3-4"),
    ]


@pytest.mark.clause("YL-7.3.1-2", "YL-7.3.1-3", "YL-7.3.1-4", "YL-7.3.1-5")
def test_county_and_township_assess_the_unit_is_heard_told_and_takes_the_grade_over(rule: Any) -> None:
    procedure = rule("yulin", "procedures.annual_assessment")
    assert way(procedure) == [
        ("assess", (COUNTY,), {TOWNSHIP}, "YL-7.3.1-2"),
        ("hear_unit", (COUNTY,), {"dispatch_unit"}, "YL-7.3.1-3"),
        ("approve", (OFFICE,), set(), "YL-7.3.1-4"),
        ("feedback", (OFFICE,), set(), "YL-7.3.1-4"),
        ("adopt", UNIT, set(), "YL-7.3.1-5"),
    ]
    acts = [Done("assess", DAY, COUNTY, joined=frozenset({TOWNSHIP}))]
    unheard = wrong(procedure, *acts, Done("hear_unit", DAY, COUNTY))
    assert unheard == [("step_alone", "block", "YL-7.3.1-3")]
    acts += [Done("hear_unit", DAY, COUNTY, joined=frozenset(UNIT)), Done("approve", DAY, OFFICE)]
    assert next_steps(procedure, acts, SEEN)[0].to == UNIT


@pytest.mark.clause("YL-7.3.2-1", "YL-7.3.2-2")
def test_at_the_end_of_a_term_the_unit_assesses_with_county_and_township_after_three_groups_are_heard(
    rule: Any,
) -> None:
    procedure = rule("yulin", "procedures.term_assessment")
    heard = {"village_committee", "village_branch", "villagers"}
    assert way(procedure) == [
        ("hear", UNIT, {COUNTY, TOWNSHIP, *heard}, "YL-7.3.2-2"),
        ("assess", UNIT, {COUNTY, TOWNSHIP}, "YL-7.3.2-1"),
    ]
    for group in sorted(heard):
        joined = frozenset({COUNTY, TOWNSHIP, *heard} - {group})
        found = wrong(procedure, Done("hear", DAY, "dispatch_unit", joined=joined))
        assert found == [("step_alone", "block", "YL-7.3.2-2")]


@pytest.mark.clause("YL-8.1-3")
def test_both_offices_keep_three_mechanisms(rule: Any) -> None:
    opened = next_steps(rule("yulin", "procedures.office_mechanisms"), (), SEEN)
    assert [step.label for step in opened] == ["定期研判", "督查指导", "日常管理"]
    assert {step.by for step in opened} == {("city_office", COUNTY)}


@pytest.mark.clause("YL-8.1-8")
def test_the_coordination_group_keeps_touch_with_city_units_moves_and_supervises_them(rule: Any) -> None:
    procedure = rule("yulin", "procedures.coordination_group")
    opened = next_steps(procedure, (), SEEN)
    assert [step.label for step in opened] == ["联络", "调度", "督导"]
    assert {step.by for step in opened} == {("city_coordination_group",)}
    levels = ("provincial", "city", "county")
    assert [each for each in levels if procedure.applies.matches(Case(unit_level=each))] == ["city"]


@pytest.mark.clause("YL-8.2.1-4")
def test_the_work_funds_go_to_the_county_and_from_the_county_to_the_township(rule: Any) -> None:
    procedure = rule("yulin", "procedures.fund_transfer")
    assert way(procedure) == [
        ("to_county", ("hierarchy",), set(), "YL-8.2.1-4"),
        ("to_township", ("county_finance",), set(), "YL-8.2.1-4"),
    ]
    (first,) = next_steps(procedure, (), SEEN)
    (second,) = next_steps(procedure, [Done("to_county", DAY, "hierarchy")], SEEN)
    assert (first.to, second.to, second.due) == (("county_finance",), ("township_finance",), None)


@pytest.mark.clause("YL-8.2.3-5")
def test_the_city_shows_how_and_the_county_sees_that_all_are_trained(rule: Any) -> None:
    opened = next_steps(rule("yulin", "procedures.training_levels"), (), SEEN)
    assert [(step.by, step.label) for step in opened] == [(("city_office",), "市级示范"), ((COUNTY,), "县级兜底")]
