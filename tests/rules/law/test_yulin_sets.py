"""Which villages of Yulin get a first secretary, how many people stand in a team, and what a county counts over all."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from apps.rules.language.composition import set_findings
from apps.rules.language.conditions import Facts
from apps.rules.language.on_duty import Member
from apps.rules.language.selectors import Case
from tests.rules.law.telling import Told, people, tell

DAY = date(2023, 6, 1)
TEAM = ("first_secretary+leader", "member", "member")


def measured(**numbers: int) -> Member:
    return Member(str(numbers), facts=Facts(DAY, measured=numbers))


def of_village(rule: Any, classes: set[str], *keys: str) -> list[Any]:
    """Those of some demands of Yulin that are made of a village of these classes."""
    case = Case(village_classes=frozenset(classes))
    return [demand for key in keys if (demand := rule("yulin", f"sets.{key}")).applies.matches(case)]


TEAMS = ("team_size", "poor_village_team", "relocation_village_team", "demonstration_village_team")
LONE = ("weak_party_first_secretary", "red_village_first_secretary")

PLACES = [
    pytest.param("poor", "YL-3.1-1", "YL-3.1-4", marks=pytest.mark.clause("YL-3.1-1", "YL-3.1-4")),
    pytest.param("relocation", "YL-3.2-1", "YL-3.2-1", marks=pytest.mark.clause("YL-3.2-1")),
    pytest.param("demonstration", "YL-3.3-1", "YL-3.3-1", marks=pytest.mark.clause("YL-3.3-1")),
]


@pytest.mark.parametrize(("village", "clause", "places"), PLACES)
@pytest.mark.parametrize(
    ("roles", "size", "empty"),
    [
        (TEAM, 0, 0),
        ((*TEAM, "member"), 0, 0),
        (("first_secretary+leader", "member"), 1, 1),
        (("member", "member", "member"), 0, 1),
        (("first_secretary+leader",), 1, 1),
        ((), 1, 2),
        (("first_secretary+leader", "pairing_cadre", "member"), 1, 1),
    ],
)
def test_a_poor_relocation_or_model_village_has_one_first_secretary_and_two_members(
    rule: Any, village: str, clause: str, places: str, roles: tuple[str, ...], size: int, empty: int
) -> None:
    demands = of_village(rule, {village}, *TEAMS)
    assert [demand.clause for demand in demands] == ["YL-3.1-4", clause]
    found = [each for demand in demands for each in tell(set_findings(demand, people(*roles)))]
    assert [each for each in found if each[0] == "size_wrong"] == [("size_wrong", "block", "YL-3.1-4")] * size
    assert [each for each in found if each[0] == "slot_empty"] == [("slot_empty", "block", places)] * empty


@pytest.mark.clause("YL-3.1-5")
@pytest.mark.parametrize(("village", "clause", "places"), PLACES)
@pytest.mark.parametrize(
    ("roles", "empty"),
    [(TEAM, 0), (("first_secretary", "leader", "member", "member"), 1), (("first_secretary", "member", "member"), 1)],
)
def test_the_place_of_the_leader_is_the_first_secretarys(
    rule: Any, village: str, clause: str, places: str, roles: tuple[str, ...], empty: int
) -> None:
    demand = of_village(rule, {village}, *TEAMS[1:])[0]
    assert tell(set_findings(demand, people(*roles))) == [("slot_empty", "block", places)] * empty


@pytest.mark.clause("YL-3.1-1")
@pytest.mark.parametrize(
    ("now", "before", "found"),
    [
        (4, 5, [("size_reduced", "warn", "YL-3.1-1")]),
        (5, 5, []),
        (6, 5, []),
        (4, None, [("to_be_stated", "warn", "YL-3.1-1")]),
    ],
)
def test_a_poor_village_without_a_reduction_is_warned_below_its_earlier_strength(
    rule: Any, now: int, before: int | None, found: Told
) -> None:
    (demand,) = of_village(rule, {"poor"}, "poor_village_strength")
    kept = {} if before is None else {"原帮扶人数": before}
    assert tell(set_findings(demand, people("first_secretary+leader", *["member"] * (now - 1)), kept)) == found
    assert of_village(rule, {"relocation", "demonstration", "weak_party"}, "poor_village_strength") == []


@pytest.mark.parametrize(
    ("village", "clause"),
    [
        pytest.param("weak_party", "YL-3.4-1", marks=pytest.mark.clause("YL-3.4-1")),
        pytest.param("red", "YL-3.5-1", marks=pytest.mark.clause("YL-3.5-1")),
    ],
)
@pytest.mark.parametrize(
    ("roles", "missing"),
    [((), True), (("member", "member"), True), (("first_secretary",), False), (("first_secretary", "member"), False)],
)
def test_a_weak_or_red_village_needs_a_first_secretary_and_no_members(
    rule: Any, village: str, clause: str, roles: tuple[str, ...], missing: bool
) -> None:
    (demand,) = of_village(rule, {village}, *TEAMS, *LONE)
    assert tell(set_findings(demand, people(*roles))) == ([("slot_empty", "block", clause)] if missing else [])


@pytest.mark.clause("YL-3.4-1")
@pytest.mark.parametrize(("covered", "of", "found"), [(9, 10, 1), (10, 10, 0), (0, 0, 0), (199, 200, 1)])
def test_all_weak_villages_of_a_county_are_covered(rule: Any, covered: int, of: int, found: int) -> None:
    demand = rule("yulin", "sets.weak_party_coverage")
    villages = [measured(first_secretaries=int(place < covered)) for place in range(of)]
    assert tell(set_findings(demand, villages)) == [("kind_wrong", "block", "YL-3.4-1")] * found
    assert (demand.of, demand.made_of) == ("county", "village")
    assert [demand.applies.matches(Case(village_classes=frozenset({each}))) for each in ("weak_party", "poor")] == [
        True,
        False,
    ]


@pytest.mark.clause("YL-3.4-1", "YL-3.3-1")
def test_a_village_of_two_kinds_has_to_meet_both(rule: Any) -> None:
    demands = of_village(rule, {"weak_party", "demonstration"}, *TEAMS, *LONE)
    clauses = {
        clause for demand in demands for *_, clause in tell(set_findings(demand, people("member", "member", "member")))
    }
    assert clauses == {"YL-3.3-1", "YL-3.4-1"}


@pytest.mark.clause("YL-3.6-1")
@pytest.mark.parametrize("roles", [(), ("member",), ("first_secretary",), TEAM])
def test_nothing_is_missing_in_other_villages_until_the_county_says_so(rule: Any, roles: tuple[str, ...]) -> None:
    demands = of_village(rule, {"other"}, *TEAMS, *LONE, "poor_village_strength", "other_village_team")
    assert [demand.clause for demand in demands] == ["YL-3.6-1"]
    assert [each for demand in demands for each in tell(set_findings(demand, people(*roles)))] == []
    assert (demands[0].modality, demands[0].delegated_to) == ("may", "county")


SKILLS = [
    pytest.param("weak_party", ("党群工作",), "YL-5-10", marks=pytest.mark.clause("YL-5-10")),
    *(
        pytest.param(flag, ("经济工作", "涉农专业技术"), "YL-5-11", marks=pytest.mark.clause("YL-5-11"))
        for flag in ("demonstration", "revitalisation_heavy", "consolidation_heavy", "red")
    ),
    pytest.param("disputes", ("基层社会治理",), "YL-5-12", marks=pytest.mark.clause("YL-5-12")),
]
ALL_SKILLS = {"党群工作", "经济工作", "涉农专业技术", "基层社会治理"}


def in_village(flag: str, *skills: str) -> list[Member]:
    known = [Facts(DAY, {"village_classes": frozenset({flag}), "skills": frozenset({skill})}) for skill in skills]
    return [Member(f"{place}", frozenset({"member"}), facts) for place, facts in enumerate(known)]


@pytest.mark.parametrize(("flag", "skills", "clause"), SKILLS)
def test_such_a_village_had_better_get_one_who_knows_the_work(
    rule: Any, flag: str, skills: tuple[str, ...], clause: str
) -> None:
    demand = rule("yulin", "sets.team_skills")
    others = sorted(ALL_SKILLS - set(skills))
    assert tell(set_findings(demand, in_village(flag, *others))) == [("kind_wrong", "notice", clause)]
    assert [tell(set_findings(demand, in_village(flag, *others, skill))) for skill in skills] == [[] for _ in skills]
    assert tell(set_findings(demand, in_village("poor", "种植"))) == []


@pytest.mark.clause("YL-6.1-1")
@pytest.mark.parametrize(("with_party", "of", "found"), [(3, 4, 1), (4, 4, 0), (99, 100, 1), (100, 100, 0)])
def test_party_organisations_are_to_cover_all_relocation_sites(rule: Any, with_party: int, of: int, found: int) -> None:
    demand = rule("yulin", "sets.relocation_party_coverage")
    sites = [measured(party_organisations=int(place < with_party)) for place in range(of)]
    assert tell(set_findings(demand, sites)) == [("kind_wrong", "notice", "YL-6.1-1")] * found
    assert [demand.applies.matches(Case(village_classes=frozenset({each}))) for each in ("relocation", "poor")] == [
        True,
        False,
    ]


@pytest.mark.clause("YL-6.4-1")
@pytest.mark.parametrize(
    ("households", "found"),
    [
        ([(2, 1), (1, 1), (0, 0)], []),
        ([(2, 1), (1, 0), (0, 0)], [("kind_wrong", "block", "YL-6.4-1")]),
        ([(3, 3), (4, 0)], [("kind_wrong", "block", "YL-6.4-1")]),
        ([(0, 0), (0, 0)], []),
    ],
)
def test_every_relocated_household_that_can_work_has_one_in_steady_work(
    rule: Any, households: list[tuple[int, int]], found: Told
) -> None:
    demand = rule("yulin", "sets.relocation_employment")
    members = [measured(labourers=able, stably_employed=employed) for able, employed in households]
    assert tell(set_findings(demand, members)) == found
    assert (demand.made_of, demand.applies.village_classes) == ("household", ("relocation",))


@pytest.mark.clause("YL-7.2.3-6")
@pytest.mark.parametrize(
    ("role", "takes", "found"),
    [
        ("first_secretary", True, [("kind_wrong", "block", "YL-7.2.3-6")]),
        ("member", True, [("kind_wrong", "block", "YL-7.2.3-6")]),
        ("first_secretary", False, []),
        ("pairing_cadre", True, []),
    ],
)
def test_people_sent_take_no_place_of_a_village_cadre(rule: Any, role: str, takes: bool, found: Told) -> None:
    facts = Facts(DAY, {"roles": frozenset({role})}, declared={"占村干部职数": takes})
    assert tell(set_findings(rule("yulin", "sets.village_cadre_posts"), [Member("甲", facts=facts)])) == found


@pytest.mark.clause("YL-8.1-7")
@pytest.mark.parametrize(("groups", "wrong"), [(7, True), (8, False), (9, True)])
def test_the_city_forms_eight_coordination_groups(rule: Any, groups: int, wrong: bool) -> None:
    found = tell(
        set_findings(rule("yulin", "sets.coordination_groups"), [Member(f"{place}") for place in range(groups)])
    )
    assert found == ([("size_wrong", "block", "YL-8.1-7")] if wrong else [])


@pytest.mark.clause("YL-8.1-9")
@pytest.mark.parametrize(
    ("heads", "found"),
    [
        ([("deputy_division", True)], 0),
        ([("division", True)], 0),
        ([("section", True)], 1),
        ([("division", False)], 1),
        ([("division", True), ("deputy_division", True)], 1),
        ([], 1),
    ],
)
def test_one_county_leader_named_by_the_lead_unit_heads_a_group(
    rule: Any, heads: list[tuple[str, bool]], found: int
) -> None:
    members = [
        Member(
            f"{place}",
            facts=Facts(
                DAY, {"positions": frozenset({"协调组组长"}), "rank": rank}, declared={"由牵头单位确定": named}
            ),
        )
        for place, (rank, named) in enumerate(heads)
    ]
    ordinary = Member("组员", facts=Facts(DAY, {"positions": frozenset({"组员"}), "rank": "division"}))
    leader = rule("yulin", "sets.coordination_group_leader")
    assert tell(set_findings(leader, [*members, ordinary])) == [("kind_wrong", "block", "YL-8.1-9")] * found
