"""Tongwei, chapter 4: which office carries which work, and who is named for it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from apps.rules.language.proceeding import Done, next_steps, procedure_findings
from apps.rules.language.records import record_findings

DAY = date(2019, 6, 3)


@pytest.mark.parametrize(
    ("key", "office", "verb", "tasks", "clause"),
    [
        pytest.param(key, office, verb, tasks, clause, marks=pytest.mark.clause(clause))
        for key, office, verb, tasks, clause in (
            ("county_chief_captain", "county_chief_captain", None, ["统筹协调", "督查", "考核"], "TW-8-3"),
            (
                "township_management",
                "township_party_committee",
                "manage",
                ["岗位考勤", "请销假", "平时考核", "服务保障"],
                "TW-9-2",
            ),
            (
                "county_org_dept_management",
                "county_org_dept",
                "coordinate",
                ["配备调整", "培养使用", "考核奖惩", "督促检查"],
                "TW-10-1",
            ),
            ("dispatch_unit_assistance", "dispatch_unit", "assist", ["定期抽查", "信息沟通", "差旅费报销"], "TW-12-1"),
        )
    ],
)
def test_an_office_carries_each_of_its_tasks(
    rule: Any, key: str, office: str, verb: str | None, tasks: list[str], clause: str
) -> None:
    procedure = rule("tongwei", f"procedures.{key}")
    found = next_steps(procedure)
    assert [(each.label, each.by, each.clause) for each in found] == [(task, (office,), clause) for task in tasks]
    if verb is not None:
        assert {step.verb for step in procedure.steps[0].together} == {verb}
    for entry in found:
        (wrong,) = procedure_findings(procedure, [Done(entry.key, DAY, "nation_office")])
        assert (wrong.code, wrong.severity, wrong.clause) == ("step_wrong_actor", "block", clause)
        (missing,) = procedure_findings(
            procedure, [Done(other.key, DAY, office) for other in found if other != entry], finished=True
        )
        assert (missing.code, missing.inputs["step"], missing.clause) == ("step_missing", entry.key, clause)


@pytest.mark.clause("TW-11-1")
def test_the_poverty_office_and_the_township_station_train_and_assess_the_work(rule: Any) -> None:
    procedure = rule("tongwei", "procedures.professional_guidance")
    both = ("county_poverty_office", "township_poverty_station")
    found = next_steps(procedure)
    assert [(each.label, each.by, each.clause) for each in found] == [
        ("教育培训", both, "TW-11-1"),
        ("业务考核", both, "TW-11-1"),
    ]
    (wrong,) = procedure_findings(procedure, [Done(found[0].key, DAY, "county_org_dept")])
    assert (wrong.code, wrong.severity) == ("step_wrong_actor", "block")


@pytest.mark.clause("TW-8-1")
@pytest.mark.parametrize("key", ["daily_management", "leading_group"])
def test_party_committee_and_government_of_the_county_act_together(rule: Any, key: str) -> None:
    procedure = rule("tongwei", f"procedures.{key}")
    (now,) = next_steps(procedure)
    assert (now.by, now.along, now.clause) == (("county_party_committee",), ("county_government",), "TW-8-1")
    (alone,) = procedure_findings(procedure, [Done(now.key, DAY, "county_party_committee")])
    assert (alone.code, alone.severity, alone.clause) == ("step_alone", "block", "TW-8-1")
    joined = Done(now.key, DAY, "county_party_committee", joined=frozenset({"county_government"}))
    assert procedure_findings(procedure, [joined], finished=True) == []
    (wrong,) = procedure_findings(
        procedure, [Done(now.key, DAY, "county_org_dept", joined=frozenset({"county_government"}))]
    )
    assert wrong.code == "step_wrong_actor"


@pytest.mark.clause("TW-8-5")
def test_the_lead_unit_names_a_township_chief_captain_who_then_assists_the_township(rule: Any) -> None:
    procedure = rule("tongwei", "procedures.township_chief_captain")
    (first,) = next_steps(procedure)
    assert (first.by, first.clause) == (("dispatch_unit",), "TW-8-5")
    after = next_steps(procedure, [Done(first.key, DAY, "dispatch_unit")])
    captain = ("township_chief_captain",)
    assert [(each.label.removeprefix("协助乡镇党委、政府"), each.by) for each in after] == [
        ("统筹协调", captain),
        ("业务指导", captain),
        ("管理监督", captain),
    ]
    (early,) = procedure_findings(procedure, [Done(after[0].key, DAY, "township_chief_captain")])
    assert (early.code, early.severity, early.clause) == ("step_out_of_order", "block", "TW-8-5")


GROUP = {
    "组长（县委书记，负主体责任）": "TW-8-2",
    "副组长（县委副书记）": "TW-8-2",
    "副组长（县委组织部长）": "TW-8-2",
    "副组长（县政府分管副县长）": "TW-8-2",
    "工作机构（领导小组办公室）": "TW-8-1",
}
ROLLS: list[tuple[str, str, str, dict[str, str], tuple[str, ...]]] = [
    ("leading_group", "county", "附件1", GROUP, ("TW-8-1", "TW-8-2", "TW-F-1")),
    ("county_chief_captain", "county", "", {"总队长（省派扶贫挂职县委副书记兼任）": "TW-8-3"}, ("TW-8-3",)),
    (
        "township_chief_captain",
        "township",
        "",
        {"县直帮扶乡镇组长单位": "TW-8-5", "总队长（组长单位部门副职）": "TW-8-5"},
        ("TW-8-5",),
    ),
    (
        "township_responsible_person",
        "township",
        "附件3",
        {"第一责任人（乡镇党委书记）": "TW-9-1", "直接责任人（党建办主任）": "TW-9-1"},
        ("TW-9-1", "TW-F-3"),
    ),
    ("inspection_group", "county", "", {"成员": "TW-20-1", "起始日期": "TW-20-1"}, ("TW-20-1",)),
]


@pytest.mark.parametrize(
    ("key", "per", "form", "places"),
    [pytest.param(key, per, form, places, marks=pytest.mark.clause(*ids)) for key, per, form, places, ids in ROLLS],
)
def test_a_place_that_the_text_names_and_nobody_holds_is_told(
    rule: Any, key: str, per: str, form: str, places: dict[str, str]
) -> None:
    roll = rule("tongwei", f"records.{key}")
    assert (roll.per, roll.form) == (per, form)
    full = {each.label: "某人" for each in roll.fields}
    assert record_findings(roll, full) == []
    for label, clause in places.items():
        (vacant,) = record_findings(roll, {**full, label: None})
        assert (vacant.code, vacant.severity, vacant.clause, label in vacant.message) == (
            "field_missing", "block", clause, True,
        )  # fmt: skip
