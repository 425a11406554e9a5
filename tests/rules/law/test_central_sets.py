"""The nation's demands on teams: one to each poor village, three people, the skill that the village lacks."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from apps.rules.language.composition import set_findings
from apps.rules.language.conditions import Facts
from apps.rules.language.on_duty import Member
from apps.rules.language.selectors import Case
from tests.rules.law.telling import Told, people, tell

DAY = date(2019, 6, 1)


@pytest.mark.clause("CN-1.2-5")
@pytest.mark.parametrize(
    ("teams", "found"),
    [(0, [("size_wrong", "block", "CN-1.2-5")]), (1, []), (2, [("size_wrong", "block", "CN-1.2-5")])],
)
def test_a_registered_poor_village_has_exactly_one_team(rule: Any, teams: int, found: Told) -> None:
    demand = rule("central", "sets.one_team_per_village")
    assert tell(set_findings(demand, [Member(f"队{place}") for place in range(teams)])) == found
    assert (demand.of, demand.made_of) == ("village", "team")
    assert demand.applies.matches(Case(village_classes=frozenset({"poor"})))
    assert not demand.applies.matches(Case(village_classes=frozenset({"non_poor", "weak_party"})))


@pytest.mark.clause("CN-2.2-2")
@pytest.mark.parametrize(
    ("roles", "found"),
    [
        (("leader", "member"), [("size_wrong", "warn", "CN-2.2-2")]),
        (("leader", "member", "member"), []),
        (("first_secretary", "leader", "member"), []),
        (("member", "member", "member", "member"), []),
        (("leader", "member", "agri_technician", "pairing_cadre"), [("size_wrong", "warn", "CN-2.2-2")]),
    ],
)
def test_a_team_of_fewer_than_three_is_warned_of_its_leader_counted(
    rule: Any, roles: tuple[str, ...], found: Told
) -> None:
    assert tell(set_findings(rule("central", "sets.team_size"), people(*roles))) == found


SKILLS = [
    pytest.param("weak_party", "党群工作", "CN-2.1-1", marks=pytest.mark.clause("CN-2.1-1")),
    pytest.param("weak_leadership", "党群工作", "CN-2.1-1", marks=pytest.mark.clause("CN-2.1-1")),
    pytest.param("weak_industry", "经济工作", "CN-2.1-2", marks=pytest.mark.clause("CN-2.1-2")),
    pytest.param("weak_collective_economy", "经济工作", "CN-2.1-2", marks=pytest.mark.clause("CN-2.1-2")),
    pytest.param("disputes", "社会工作", "CN-2.1-3", marks=pytest.mark.clause("CN-2.1-3")),
    pytest.param("backward_society", "社会工作", "CN-2.1-3", marks=pytest.mark.clause("CN-2.1-3")),
]


def in_village(flags: set[str], *skills: str | None) -> list[Member]:
    """One member for each skill, all in a village of these flags; None: the skill is not known."""
    facts = []
    for skill in skills:
        known = {} if skill is None else {"skills": frozenset({skill})}
        facts.append(Facts(DAY, {"village_classes": frozenset(flags), **known}))
    return [Member(f"{place}", frozenset({"member"}), each) for place, each in enumerate(facts)]


@pytest.mark.parametrize(("flag", "skill", "clause"), SKILLS)
def test_a_village_with_this_weakness_gets_one_who_knows_the_work(
    rule: Any, flag: str, skill: str, clause: str
) -> None:
    demand = rule("central", "sets.team_skills")
    others = sorted({"党群工作", "经济工作", "社会工作"} - {skill})
    missing = [("kind_wrong", "notice", clause)]
    assert tell(set_findings(demand, in_village({flag}, *others))) == missing
    assert tell(set_findings(demand, in_village({flag}, None, None))) == missing
    assert tell(set_findings(demand, in_village({flag}, *others, skill))) == []
    assert tell(set_findings(demand, in_village({"deep_poverty"}, "种植"))) == []


@pytest.mark.clause("CN-2.1-1", "CN-2.1-2", "CN-2.1-3")
def test_a_village_with_all_three_weaknesses_needs_all_three_skills(rule: Any) -> None:
    demand, flags = rule("central", "sets.team_skills"), {"weak_party", "weak_industry", "disputes"}
    clauses = [clause for _, _, clause in tell(set_findings(demand, in_village(flags, "种植")))]
    assert clauses == ["CN-2.1-1", "CN-2.1-2", "CN-2.1-3"]
    assert [clause for _, _, clause in tell(set_findings(demand, in_village(flags, "党群工作", "社会工作")))] == [
        "CN-2.1-2"
    ]


@pytest.mark.clause("CN-2.3-8")
@pytest.mark.parametrize(
    ("now", "at_exit", "found"),
    [
        (3, 4, [("size_reduced", "warn", "CN-2.3-8")]),
        (4, 4, []),
        (5, 4, []),
        (4, None, [("to_be_stated", "warn", "CN-2.3-8")]),
    ],
)
def test_the_team_of_an_exited_village_is_not_smaller_than_at_the_exit(
    rule: Any, now: int, at_exit: int | None, found: Told
) -> None:
    demand = rule("central", "sets.exited_village_strength")
    kept = {} if at_exit is None else {"退出时人数": at_exit}
    assert tell(set_findings(demand, people("leader", *["member"] * (now - 1)), kept)) == found


@pytest.mark.clause("CN-2.3-8")
def test_strength_is_kept_in_exited_villages_until_the_end_of_2020(rule: Any) -> None:
    demand = rule("central", "sets.exited_village_strength")
    assert demand.on(date(2020, 12, 31)) is not None
    assert demand.on(date(2021, 1, 1)) is None
    assert demand.applies.matches(Case(attributes={"exited": 1}))
    assert not demand.applies.matches(Case(attributes={"exited": Decimal(0)}))
