"""The way from a village in need to a person sent there, as Yulin lays it down, and who manages it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from apps.rules.language.proceeding import Done, Situation, next_steps, procedure_findings, state_of
from apps.rules.language.selectors import Case
from tests.rules.law.telling import tell

DAY = date(2023, 6, 1)
ORG, RURAL, FARM, REVIVAL = "组织部", "农办", "农业农村局", "乡村振兴局"
NAMES = {
    ("org_dept_at_level", "unit"): ORG,
    ("rural_office_at_level", "unit"): RURAL,
    ("agriculture_at_level", "unit"): FARM,
    ("poverty_office_at_level", "unit"): REVIVAL,
}
PARTY, GOVERNMENT = "county_party_committee", "county_government"
Way = list[tuple[str, tuple[str, ...], set[str], str | None]]


def situation(role: str = "first_secretary") -> Situation:
    return Situation(Case(roles=frozenset({role})), NAMES)


def way(procedure: Any, seen: Situation) -> Way:
    """(step, who, with whom, clause), each step as it comes up when all before it are done; then nothing is wrong."""
    done: list[Done] = []
    found: Way = []
    while steps := next_steps(procedure, done, seen):
        now = steps[0]
        found.append((now.key, now.by, set(now.along), now.clause))
        done.append(Done(now.key, DAY, now.by[0] if now.by else "", joined=frozenset(now.along)))
    assert procedure_findings(procedure, done, seen, finished=True) == []
    assert state_of(procedure, done, seen) == "complete"
    return found


def wrong(procedure: Any, done: list[Done], seen: Situation) -> list[tuple[str, str, str | None]]:
    return tell(procedure_findings(procedure, done, seen))


@pytest.mark.clause("YL-2.2-1")
def test_the_county_first_settles_the_villages_and_the_need_and_then_the_people(rule: Any) -> None:
    procedure = rule("yulin", "procedures.team_building")
    assert way(procedure, situation()) == [
        (key, (PARTY,), {GOVERNMENT}, "YL-2.2-1") for key in ("villages", "demand", "strength", "people")
    ]


@pytest.mark.clause("YL-2.2-1")
@pytest.mark.parametrize("earlier", [[], ["villages"], ["villages", "demand"]])
def test_nobody_is_assigned_before_the_village_is_settled(rule: Any, earlier: list[str]) -> None:
    procedure = rule("yulin", "procedures.team_building")
    acts = [Done(key, DAY, PARTY, joined=frozenset({GOVERNMENT})) for key in (*earlier, "people")]
    assert wrong(procedure, acts, situation()) == [("step_out_of_order", "block", "YL-2.2-1")]


START: Way = [
    ("own", ("cadre",), set(), "YL-5-1"),
    ("nominate", ("unit_personnel",), set(), "YL-5-2"),
    ("register", (ORG,), {RURAL, FARM, REVIVAL}, "YL-5-3"),
]
END: Way = [
    ("decide", ("unit_party_committee",), set(), "YL-5-6"),
    ("place", (PARTY,), {GOVERNMENT}, "YL-5-9"),
]
STEPS = ("YL-5-2", "YL-5-3", "YL-5-6", "YL-5-9")


@pytest.mark.parametrize(
    ("role", "review"),
    [
        pytest.param(
            "first_secretary",
            ("review_first_secretary", (ORG,), {RURAL, FARM, REVIVAL}, "YL-5-4"),
            marks=pytest.mark.clause("YL-5-4", *STEPS),
        ),
        pytest.param(
            "member",
            ("review_member", (REVIVAL,), {ORG, RURAL, FARM}, "YL-5-5"),
            marks=pytest.mark.clause("YL-5-5", *STEPS),
        ),
    ],
)
def test_unit_proposes_departments_file_and_review_and_its_party_committee_decides(
    rule: Any, role: str, review: Any
) -> None:
    procedure = rule("yulin", "procedures.selection")
    assert way(procedure, situation(role)) == [*START, review, *END]


@pytest.mark.clause("YL-5-1")
@pytest.mark.parametrize(
    ("begun", "goes_on"), [([], False), (["own"], True), (["recommend"], True), (["own", "recommend"], True)]
)
def test_one_applies_oneself_or_is_recommended_or_both(rule: Any, begun: list[str], goes_on: bool) -> None:
    procedure = rule("yulin", "procedures.selection")
    open_now = {step.key for step in next_steps(procedure, [Done(key, DAY) for key in begun], situation())}
    assert open_now == ({"nominate"} if goes_on else {"own", "recommend"})


@pytest.mark.clause("YL-5-6")
def test_the_unit_does_not_decide_before_the_review_is_passed(rule: Any) -> None:
    procedure, seen = rule("yulin", "procedures.selection"), situation()
    acts = [Done("own", DAY), Done("nominate", DAY, "unit_personnel")]
    acts += [Done("register", DAY, ORG, joined=frozenset({RURAL, FARM, REVIVAL}))]
    early = [*acts, Done("decide", DAY, "unit_party_committee")]
    assert wrong(procedure, early, seen) == [("step_out_of_order", "block", "YL-5-6")]
    review = Done("review_first_secretary", DAY, ORG, "refused", frozenset({RURAL, FARM, REVIVAL}))
    assert state_of(procedure, [*acts, review], seen) == "refused"
    assert next_steps(procedure, [*acts, review], seen) == ()


@pytest.mark.parametrize(
    ("role", "key", "by", "missing", "clause"),
    [
        pytest.param(
            "first_secretary",
            "review_first_secretary",
            ORG,
            RURAL,
            "YL-5-4",
            marks=pytest.mark.clause("YL-5-4"),
        ),
        pytest.param("member", "review_member", REVIVAL, ORG, "YL-5-5", marks=pytest.mark.clause("YL-5-5")),
    ],
)
def test_a_review_without_one_of_the_others_or_by_the_wrong_one_is_told(
    rule: Any, role: str, key: str, by: str, missing: str, clause: str
) -> None:
    procedure, seen, all_four = rule("yulin", "procedures.selection"), situation(role), {ORG, RURAL, FARM, REVIVAL}
    acts = [Done("own", DAY), Done("nominate", DAY, "unit_personnel")]
    acts += [Done("register", DAY, ORG, joined=frozenset({RURAL, FARM, REVIVAL}))]
    alone = Done(key, DAY, by, joined=frozenset(all_four - {by, missing}))
    assert wrong(procedure, [*acts, alone], seen) == [("step_alone", "block", clause)]
    other = Done(key, DAY, FARM, joined=frozenset(all_four - {by}))
    assert wrong(procedure, [*acts, other], seen) == [("step_wrong_actor", "block", clause)]


@pytest.mark.parametrize(
    ("key", "role", "leads", "assist", "clause"),
    [
        pytest.param(
            "manage_first_secretaries",
            "first_secretary",
            ORG,
            {RURAL, FARM, REVIVAL},
            "YL-8.1-5",
            marks=pytest.mark.clause("YL-8.1-5"),
        ),
        pytest.param(
            "manage_members",
            "member",
            REVIVAL,
            {ORG, RURAL, FARM},
            "YL-8.1-6",
            marks=pytest.mark.clause("YL-8.1-6"),
        ),
    ],
)
def test_one_department_manages_and_three_assist(
    rule: Any, key: str, role: str, leads: str, assist: set[str], clause: str
) -> None:
    procedure = rule("yulin", f"procedures.{key}")
    first, *others = way(procedure, situation(role))
    assert first == ("lead", (leads,), set(), clause)
    assert {by for _, by, _, _ in others} == {(each,) for each in assist}
    assert {told for *_, told in others} == {clause}
    roles = ("first_secretary", "member")
    assert [each for each in roles if procedure.applies.matches(Case(roles=frozenset({each})))] == [role]


@pytest.mark.clause("YL-8.1-4")
def test_four_departments_lead_and_the_others_help(rule: Any) -> None:
    assert way(rule("yulin", "procedures.lead_departments"), situation()) == [
        ("lead", (ORG,), {RURAL, FARM, REVIVAL}, "YL-8.1-4"),
        ("others", ("hierarchy",), set(), "YL-8.1-4"),
    ]
