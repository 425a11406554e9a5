"""Quotas: places by pool, who is inside, who is tied at the line."""

from __future__ import annotations

import json
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.rules.language.quotas import Candidate, Quota, allocate, faults, named_finding, places, ranks
from apps.rules.language.selectors import Case
from apps.rules.language.vocabularies import Vocabulary
from apps.rules.trace import recompute
from tests.rules.language.qinghe import rules, spoiled

QUOTAS = rules("quotas", Quota)
VOCABULARIES = rules("vocabularies", Vocabulary)


def people(employment: str, *scores: Any, start: str = "") -> list[Candidate]:
    case = Case(employment=employment)
    letter = start or employment[0]
    return [Candidate(f"{letter}{place}", score, case) for place, score in enumerate(scores, 1)]


@pytest.mark.parametrize(
    ("key", "pool", "population", "expected"),
    [
        ("excellent", "civil_servants", 12, 2),  # 2.4
        ("excellent", "civil_servants", 14, 2),  # 2.8
        ("excellent", "civil_servants", 15, 3),
        ("excellent", "civil_servants", 24, 4),  # 4.8
        ("excellent", "civil_servants", 4, 0),
        ("excellent", "institution_staff", 13, 1),  # 1.95
        ("excellent", "institution_staff", 20, 3),
        ("bottom_units", "area", 9, 2),
        ("bottom_units", "area", 1, 1),
        ("commended", "all", 7, 1),  # 0.875, but at least one
        ("commended", "all", 16, 2),
        ("commended", "all", 23, 2),  # 2.875
        ("commended", "all", 0, 0),
        ("festival", "all", 10, 3),
        ("festival", "all", 11, 4),  # 3.3, rounded up
    ],
)
def test_places_are_rounded_as_the_rule_says(key: str, pool: str, population: int, expected: int) -> None:
    trace = json.loads(json.dumps(places(QUOTAS[key], pool, population)))
    assert recompute(trace) == trace["value"] == expected


def test_each_pool_has_its_own_places_and_who_fits_none_has_no_share() -> None:
    found = allocate(
        QUOTAS["excellent"],
        [
            *people("civil_servant", 95, 99, 91, 97, 90),
            *people("institution_staff", 98, 98.5, 80, 70, 60, 50, 40),
            *people("enterprise_staff", 100),
        ],
    )
    assert [(pool.pool, pool.population, pool.places, pool.inside) for pool in found.pools] == [
        ("civil_servants", 5, 1, ("c2",)),
        ("institution_staff", 7, 1, ("i2",)),
    ]
    assert found.unpooled == ("e1",)
    assert (found.inside, found.tied) == (("c2", "i2"), ())


@pytest.mark.parametrize(
    ("ties", "inside", "tied", "open_places"),
    [
        ("body", ("c1",), ("c2", "c3"), 1),
        ("none", ("c1",), ("c2", "c3"), 1),
        ("all_in", ("c1", "c2", "c3"), ("c2", "c3"), 0),
    ],
)
def test_a_tie_across_the_line_is_told_and_never_broken(
    ties: str, inside: tuple[str, ...], tied: tuple[str, ...], open_places: int
) -> None:
    quota = spoiled("quotas", "excellent", Quota, ("ties",), ties)["excellent"]
    crowd = people("civil_servant", 99, Decimal("96.5"), Fraction(193, 2), 90, 89, 88, 87, 86, 85, 84)
    (pool, _) = allocate(quota, crowd).pools
    assert (pool.places, pool.inside, pool.tied, pool.open_places) == (2, inside, tied, open_places)


def test_equals_that_are_all_inside_or_all_outside_are_no_tie() -> None:
    (pool, _) = allocate(QUOTAS["excellent"], people("civil_servant", 99, 99, 90, 90, 90, 80, 80, 80, 80, 80)).pools
    assert (pool.inside, pool.tied) == (("c1", "c2"), ())


def test_the_last_two_are_taken_from_the_bottom_with_all_their_equals() -> None:
    units = [Candidate(key, score) for key, score in (("a", 70), ("b", 60), ("c", 62), ("d", 62), ("e", 90))]
    (pool,) = allocate(QUOTAS["bottom_units"], units).pools
    assert (pool.inside, pool.tied) == (("b", "c", "d"), ("c", "d"))


def test_each_township_has_its_own_ranking_and_places() -> None:
    teams = [
        Candidate(f"{group}{place}", score, group=group)
        for group, scores in (("a", [70, 80, 75]), ("b", [60, 65]), ("c", range(50, 79)))
        for place, score in enumerate(scores, 1)
    ]
    found = allocate(QUOTAS["township_best"], teams)
    assert [(pool.group, pool.population, pool.places, pool.inside) for pool in found.pools] == [
        ("a", 3, 1, ("a2",)),
        ("b", 2, 1, ("b2",)),
        ("c", 29, 2, ("c29", "c28")),
    ]


def test_who_has_no_score_or_is_not_eligible_counts_in_the_whole_but_is_not_named() -> None:
    crowd = people("civil_servant", 99, None, 90, None, 80)
    crowd[0] = Candidate("c1", 99, crowd[0].case, eligible=False)
    (pool, _) = allocate(QUOTAS["excellent"], crowd).pools
    assert (pool.population, pool.places, pool.inside) == (5, 1, ("c3",))


def test_equals_share_a_rank_and_the_next_is_skipped() -> None:
    crowd = [Candidate(key, score) for key, score in (("a", 70), ("b", 90), ("c", 70), ("d", 60), ("e", None))]
    assert ranks(crowd) == {"b": 1, "a": 2, "c": 2, "d": 4}
    assert ranks(crowd, pick="bottom") == {"d": 1, "a": 2, "c": 2, "b": 4}


@pytest.mark.parametrize(
    ("key", "pool", "population", "named", "code", "severity", "clause"),
    [
        ("excellent", "civil_servants", 15, 3, None, None, None),
        ("excellent", "civil_servants", 15, 4, "quota_exceeded", "warn", "SX-36-1"),
        ("excellent", "institution_staff", 15, 3, "quota_exceeded", "warn", "SX-36-2"),
        ("festival", "all", 11, 4, None, None, None),
        ("festival", "all", 11, 9, None, None, None),
        ("festival", "all", 11, 3, "quota_not_met", "block", "SX-36-5"),
        ("bottom_units", "area", 9, 1, "quota_not_met", "block", "SX-36-3"),
        ("bottom_units", "area", 9, 3, "quota_exceeded", "block", "SX-36-3"),
    ],
)
def test_too_many_or_too_few_named_is_a_finding_by_modality(
    key: str, pool: str, population: int, named: int, code: str, severity: str, clause: str
) -> None:
    found = named_finding(QUOTAS[key], pool, population, named)
    assert (found and (found.code, found.severity, found.clause)) == (code and (code, severity, clause))


def test_a_share_that_the_text_leaves_open_is_not_invented() -> None:
    quota = spoiled("quotas", "commended", Quota, ("pools", "all", "percent"), ...)["commended"]
    with pytest.raises(ValueError, match="没有规定名额"):
        places(quota, "all", 10)


@settings(deadline=None)
@given(st.lists(st.integers(80, 90), max_size=30), st.sampled_from(["body", "none", "all_in"]))
def test_nobody_inside_scores_less_than_anybody_outside(scores: list[int], ties: str) -> None:
    quota = spoiled("quotas", "excellent", Quota, ("ties",), ties)["excellent"]
    crowd = people("civil_servant", *scores)
    (pool, _) = allocate(quota, crowd).pools
    by_key = {one.key: one.score for one in crowd}
    out = [score for key, score in by_key.items() if key not in pool.inside and key not in pool.tied]
    assert all(by_key[key] >= score for key in pool.inside for score in out)
    assert ties == "all_in" or len(pool.inside) + pool.open_places == pool.places == len(scores) // 5
    assert len({by_key[key] for key in pool.tied}) <= 1


@pytest.mark.parametrize(
    ("key", "at", "value", "place", "says"),
    [
        ("commended", ("pools", "all", "percent"), 0, ("pools", "all", "percent"), "比例 0"),
        ("commended", ("pools", "all", "percent"), 120, ("pools", "all", "percent"), "比例 120"),
        ("commended", ("pools", "all", "number"), 3, ("pools", "all"), "其中一个"),
        ("commended", ("pools", "all", "percent"), ..., ("pools", "all"), "其中一个"),
        (
            "excellent",
            ("pools", "institution_staff", "applies"),
            {},
            ("pools", "institution_staff", "applies"),
            "同一个人",
        ),
        ("excellent", ("left_open",), {}, ("ties_by",), "同分由谁定没有写"),
        ("commended", ("ties_by",), "county_office", ("ties_by",), "用不上"),
        ("festival", ("ties_by",), {"relation": "superior"}, ("ties_by",), "没有说是谁的"),
        ("excellent", ("vocabulary",), "grades", ("vocabulary",), "没有叫“grades”"),
        ("excellent", ("grade",), "良好", ("grade",), "没有“良好”"),
        ("excellent", ("grade",), ..., ("grade",), "没有“”"),
    ],
)
def test_what_is_wrong_with_a_quota_is_told_at_its_place(
    key: str, at: tuple[Any, ...], value: Any, place: tuple[Any, ...], says: str
) -> None:
    ((path, message, instead),) = faults(spoiled("quotas", key, Quota, at, value), VOCABULARIES)
    assert path == (key, *place)
    assert says in message
    assert instead


def test_the_shipped_example_has_no_faults() -> None:
    assert list(faults(QUOTAS, VOCABULARIES)) == []
