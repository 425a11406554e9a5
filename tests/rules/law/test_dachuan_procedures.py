"""达川委办〔2017〕96号 一、二4、三（二）: who does which step, and who makes up a village's helpers; from which day."""

from __future__ import annotations

from datetime import date

import pytest

from apps.rules.book import resolve
from apps.rules.language.composition import set_findings
from apps.rules.language.on_duty import Member
from apps.rules.language.proceeding import Done, Situation, next_steps, procedure_findings, state_of
from apps.rules.language.records import record_findings
from apps.rules.language.selectors import Case
from apps.rules.law import rules_of
from tests.rules.conftest import shipped
from tests.rules.law.dachuan_case import Find
from tests.rules.law.telling import tell

DAY = date(2026, 5, 12)
PLANS = [Done(key, DAY, "liaison_leader") for key in ("draft", "check", "guide")]
RECALL = [
    Done("propose", DAY, "township_party_committee"),
    Done("decide", DAY, "county_org_dept"),
    Done("successor", DAY, "dispatch_unit"),
]


@pytest.mark.parametrize(
    ("key", "number", "label", "by"),
    [
        pytest.param(key, number, label, by, marks=pytest.mark.clause(clause))
        for key, clause, number, label, by in (
            ("recall", "DC-3.2.1-7", 0, "提出", ("township_party_committee", "county_inspection_group")),
            ("recall", "DC-3.2.1-7", 1, "决定", ("county_org_dept",)),
            ("recall", "DC-3.2.1-7", 2, "派出接替人选", ("dispatch_unit",)),
            ("village_plans", "DC-1.1.1-1", 0, "制定", ("liaison_leader",)),
            ("village_plans", "DC-1.1.1-1", 1, "审核", ("liaison_leader",)),
            ("village_plans", "DC-1.1.1-1", 2, "指导实施", ("liaison_leader",)),
        )
    ],
)
def test_the_next_step_and_who_may_do_it(rule: Find, key: str, number: int, label: str, by: tuple[str, ...]) -> None:
    acts = RECALL if key == "recall" else PLANS
    procedure = rule("dachuan", f"procedures.{key}")
    (step,) = next_steps(procedure, acts[:number], Situation(on=date(2036, 1, 1)))
    assert (step.label, step.by, step.due) == (label, by, None)  # no day is stated, so none is late
    assert state_of(procedure, acts[:number]) == "open"
    assert state_of(procedure, acts) == "complete"


@pytest.mark.clause("DC-3.2.1-7")
def test_a_recall_is_neither_decided_by_the_unit_nor_before_it_is_proposed(rule: Find) -> None:
    procedure = rule("dachuan", "procedures.recall")
    assert procedure_findings(procedure, RECALL, finished=True) == []
    other = [RECALL[0], Done("decide", DAY, "dispatch_unit"), RECALL[2]]
    assert tell(procedure_findings(procedure, other)) == [("step_wrong_actor", "block", "DC-3.2.1-7")]
    assert [one.code for one in procedure_findings(procedure, RECALL[1:2])] == ["step_out_of_order"]


@pytest.mark.clause("DC-1.1.1-1")
def test_the_liaison_leader_reviews_what_he_drew_up_himself(rule: Find) -> None:
    procedure = rule("dachuan", "procedures.village_plans")
    own = Situation(own=frozenset({"liaison_leader"}))
    assert procedure_findings(procedure, PLANS, own, finished=True) == []
    assert [procedure.applies.matches(Case(village_classes=frozenset({kind}))) for kind in ("poor", "non_poor")] == [
        1,
        0,
    ]


@pytest.mark.clause("DC-1.1.2-4")
def test_the_unit_urges_its_paired_cadres(rule: Find) -> None:
    procedure = rule("dachuan", "procedures.pairing_supervision")
    found = [(step.label, step.by) for step in next_steps(procedure, [Done("help", DAY, "pairing_cadre")])]
    assert found == [("督促", ("dispatch_unit",))]


@pytest.mark.clause("DC-2.4-1")
def test_the_organisation_department_leads_in_setting_up_the_inspection_group(rule: Find) -> None:
    procedure = rule("dachuan", "procedures.inspection_group")
    assert [(step.label, step.by) for step in next_steps(procedure)] == [("牵头成立", ("county_org_dept",))]
    assert [one.code for one in procedure_findings(procedure, [Done("lead", DAY, "dispatch_unit")])] == [
        "step_wrong_actor"
    ]


FIVE_AND_TWO = {
    "liaison_leader": "联系领导",
    "member": "驻村工作组成员",
    "first_secretary": "第一书记",
    "agri_technician": "农技员",
    "legal_adviser": "法律顾问",
    "credit_officer": "农信员",
}
THREE_AND_TWO = {
    "first_secretary": "第一书记",
    "agri_tour_group": "农技巡回服务小组成员",
    "legal_tour_group": "法律服务巡回顾问团成员",
    "pairing_cadre": "结对帮扶责任人",
    "credit_officer": "农信员",
}
SEVERAL = ("member", "pairing_cadre", "agri_tour_group", "legal_tour_group")


@pytest.mark.parametrize(
    ("key", "clause", "village", "roles", "role"),
    [
        pytest.param(key, clause, village, roles, role, marks=pytest.mark.clause(clause))
        for key, clause, village, roles in (
            ("poor_village_people", "DC-1.1-1", "poor", FIVE_AND_TWO),
            ("non_poor_village_people", "DC-1.2-1", "non_poor", THREE_AND_TWO),
        )
        for role in roles
    ],
)
def test_each_empty_place_among_a_villages_helpers_is_named(
    rule: Find, key: str, clause: str, village: str, roles: dict[str, str], role: str
) -> None:
    text = rule("dachuan", f"sets.{key}")
    full = [Member(each, frozenset({each})) for each in roles]
    assert set_findings(text, full) == []
    (found,) = set_findings(text, [member for member in full if member.name != role])
    assert (found.code, found.severity, found.clause, found.inputs["slot"]) == (
        "slot_empty",
        "block",
        clause,
        roles[role],
    )
    twice = [one.code for one in set_findings(text, [*full, Member("又一人", frozenset({role}))])]
    assert twice == ([] if role in SEVERAL else ["slot_overfull"])
    kinds = [kind for kind in ("poor", "non_poor") if text.applies.matches(Case(village_classes=frozenset({kind})))]
    assert kinds == [village]


@pytest.mark.parametrize(
    ("key", "village", "beyond"),
    [
        pytest.param(
            "poor_village_helpers",
            "poor_village_people",
            {"帮扶部门（单位）"},
            marks=pytest.mark.clause("DC-1.1-1"),
        ),
        pytest.param(
            "non_poor_village_helpers",
            "non_poor_village_people",
            {"农技巡回服务小组", "法律服务巡回顾问团"},
            marks=pytest.mark.clause("DC-1.2-1"),
        ),
    ],
)
def test_the_villages_list_has_every_place_and_the_units_or_groups_besides(
    rule: Find, key: str, village: str, beyond: set[str]
) -> None:
    record = rule("dachuan", f"records.{key}")
    slots = {slot.label.removesuffix("成员") for slot in rule("dachuan", f"sets.{village}").slots}
    assert set(record.items) == slots | beyond
    assert [one.code for one in record_findings(record, {"姓名或名称": "某人"})] == ["field_missing"]


@pytest.mark.parametrize(("units", "codes"), [(1, []), (0, ["size_wrong"]), (2, ["size_wrong"])])
@pytest.mark.clause("DC-1.1-1")
def test_a_poor_village_has_one_helping_unit(rule: Find, units: int, codes: list[str]) -> None:
    members = [Member(f"单位{number}") for number in range(units)]
    found = set_findings(rule("dachuan", "sets.poor_village_unit"), members)
    assert [(one.code, one.clause) for one in found] == [(code, "DC-1.1-1") for code in codes]


@pytest.mark.parametrize(("day", "held"), [("2017-09-07", False), ("2017-09-08", True), ("2036-01-01", True)])
@pytest.mark.clause("DC-0-1")
def test_the_notice_holds_from_the_day_of_its_issue_without_an_end(day: str, held: bool) -> None:
    on, packs = date.fromisoformat(day), shipped()
    found = rules_of([packs["dachuan"]], "duties", on)
    assert ("liaison_research" in found) is held
    presence = {(each.key, each.clause) for each in resolve([packs["dachuan"], packs["central"]], on).presence}
    assert (("monthly_days", "DC-1.2.1-4") in presence) is held
