"""通办发〔2018〕35号, articles 28 and 32: how many may be excellent, how many are commended."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from apps.rules.language.quotas import Candidate, allocate, named_finding, own_places, places
from apps.rules.language.selectors import Case
from apps.rules.language.vocabularies import graded
from apps.rules.trace import recompute

Rules = Callable[[str, str], Any]


def case(*roles: str) -> Case:
    return Case(roles=frozenset(roles))


@pytest.mark.parametrize(
    ("key", "pool", "population", "expected"),
    [
        *(
            pytest.param("excellent_teams", "teams", population, expected, marks=pytest.mark.clause("TW-28-4"))
            for population, expected in [(0, 0), (3, 0), (4, 1), (6, 1), (7, 2), (19, 5), (20, 6), (198, 59), (200, 60)]
        ),
        *(
            pytest.param("excellent_cadres", "cadres", population, expected, marks=pytest.mark.clause("TW-28-8"))
            for population, expected in [(0, 0), (4, 0), (5, 1), (9, 1), (10, 2), (594, 118), (595, 119), (600, 120)]
        ),
        *(
            pytest.param(key, pool, population, expected, marks=pytest.mark.clause("TW-32-2"))
            for key, pool in (("commended_teams", "teams"), ("commended_leaders", "leaders"))
            for population, expected in [(0, 0), (9, 9), (10, 10), (11, 10), (198, 10)]
        ),
    ],
)
def test_the_places_are_a_share_rounded_down_or_ten(
    rule: Rules, key: str, pool: str, population: int, expected: int
) -> None:
    trace = places(rule("tongwei", f"quotas.{key}"), pool, population)
    assert trace["value"] == recompute(trace) == expected


@pytest.mark.parametrize(
    ("key", "pool", "population", "named", "found"),
    [
        *(
            pytest.param("excellent_teams", "teams", population, named, found, marks=pytest.mark.clause("TW-28-4"))
            for population, named, found in [
                (200, 59, None),
                (200, 60, None),
                (200, 61, ("quota_exceeded", "warn", "TW-28-4")),
                (203, 61, ("quota_exceeded", "warn", "TW-28-4")),  # 60.9
                (3, 1, ("quota_exceeded", "warn", "TW-28-4")),
                (200, 0, None),
            ]
        ),
        *(
            pytest.param("excellent_cadres", "cadres", population, named, found, marks=pytest.mark.clause("TW-28-8"))
            for population, named, found in [
                (600, 119, None),
                (600, 120, None),
                (600, 121, ("quota_exceeded", "warn", "TW-28-8")),
                (604, 121, ("quota_exceeded", "warn", "TW-28-8")),  # 120.8
            ]
        ),
        *(
            pytest.param(key, pool, 198, named, found, marks=pytest.mark.clause("TW-32-2"))
            for key, pool in (("commended_teams", "teams"), ("commended_leaders", "leaders"))
            for named, found in [(9, None), (10, None), (11, ("quota_exceeded", "block", "TW-32-2"))]
        ),
    ],
)
def test_a_share_of_excellence_may_be_passed_with_a_warning_and_the_eleventh_honour_not_at_all(
    rule: Rules, key: str, pool: str, population: int, named: int, found: tuple[str, str, str] | None
) -> None:
    told = named_finding(rule("tongwei", f"quotas.{key}"), pool, population, named)
    assert (told and (told.code, told.severity, told.clause)) == found


@pytest.mark.clause("TW-28-8")
def test_leaders_first_secretaries_and_members_are_one_pool_of_the_county(rule: Rules) -> None:
    roles = [("leader", "first_secretary"), ("leader",), ("first_secretary",), ("member",), ("member",)]
    people = [Candidate(f"p{place}", 99 - place, case(*held)) for place, held in enumerate(roles * 2)]
    others = [Candidate("x", 100, case("pairing_cadre"))]
    found = allocate(rule("tongwei", "quotas.excellent_cadres"), [*people, *others])
    assert (found.inside, found.unpooled) == (("p0", "p1"), ("x",))
    assert [(pool.places, pool.population) for pool in found.pools] == [(2, 10)]


@pytest.mark.clause("TW-28-7", "TW-28-8")
def test_who_has_90_but_stands_outside_the_fifth_is_competent(rule: Rules) -> None:
    quota, grades = rule("tongwei", "quotas.excellent_cadres"), rule("tongwei", "vocabularies.yearly_grades")
    scores = {"a": 96, "b": 95, "c": 94, "d": 90, "e": 89, "f": 80, "g": 79, "h": 60, "i": 59, "j": 85}
    inside = allocate(quota, [Candidate(key, score, case("member")) for key, score in scores.items()]).inside
    grade = {key: graded(grades, score, chosen=key in inside) for key, score in scores.items()}
    assert [key for key, word in grade.items() if word == "优秀"] == ["a", "b"]
    assert [key for key, word in grade.items() if word == "称职"] == ["c", "d", "e", "f", "j"]
    assert (grade["g"], grade["h"], grade["i"]) == ("基本称职", "基本称职", "不称职")


@pytest.mark.clause("TW-28-3", "TW-28-4")
def test_a_place_inside_the_thirty_per_cent_makes_no_team_excellent_below_90(rule: Rules) -> None:
    quota, grades = rule("tongwei", "quotas.excellent_teams"), rule("tongwei", "vocabularies.team_grades")
    scores = {"a": 93, "b": 90, "c": 89, "d": 70, "e": 65, "f": 60, "g": 55, "h": 50, "i": 40, "j": 30}
    found = allocate(quota, [Candidate(key, score) for key, score in scores.items()])
    assert found.inside == ("a", "b", "c")
    assert [graded(grades, scores[key], chosen=True) for key in found.inside] == ["优秀", "优秀", "良好"]


@pytest.mark.clause("TW-28-4")
def test_teams_that_stand_equal_at_the_line_are_left_to_people(rule: Rules) -> None:
    scores = [95, 94, 92, 92, 91, 90, 80, 70, 60, 50]
    found = allocate(rule("tongwei", "quotas.excellent_teams"), [Candidate(f"t{n}", s) for n, s in enumerate(scores)])
    assert (found.inside, found.tied, found.pools[0].open_places) == (("t0", "t1"), ("t2", "t3"), 1)


@pytest.mark.clause("TW-28-9")
def test_excellent_cadres_take_up_no_place_of_their_unit(rule: Rules) -> None:
    quota = rule("tongwei", "quotas.excellent_cadres")
    assert quota.grade == "优秀"
    assert own_places(quota, {"甲": "县住建局", "乙": "县住建局", "丙": "县文旅局"}) == {"县住建局": 0, "县文旅局": 0}


@pytest.mark.clause("TW-32-3")
def test_no_number_is_invented_for_the_places_in_other_honours(rule: Rules) -> None:
    quota = rule("tongwei", "quotas.other_honours")
    assert (quota.modality, quota.bound, quota.left_open["pools"]) == (
        "encouraged",
        "at_least",
        "条文只写适当增加，没有写多少",
    )
    for population in (0, 600):
        with pytest.raises(ValueError, match="没有规定名额"):
            places(quota, "pools", population)


@pytest.mark.clause("TW-32-2")
def test_the_ten_commended_are_leaders_or_first_secretaries(rule: Rules) -> None:
    people = [Candidate(f"p{place:02}", 100 - place, case("leader")) for place in range(11)]
    people += [Candidate("s", 89, case("first_secretary")), Candidate("m", 100, case("member"))]
    found = allocate(rule("tongwei", "quotas.commended_leaders"), people)
    assert (found.inside, found.unpooled) == (tuple(f"p{place:02}" for place in range(10)), ("m",))
    assert found.pools[0].population == 12
