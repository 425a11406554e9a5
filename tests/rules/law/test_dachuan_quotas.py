"""达川委办〔2017〕96号 二2、三（一）2、四: the areas' score, its last two places, and the shares of honours."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest

from apps.rules.language.formulas import evaluate
from apps.rules.language.quotas import Candidate, allocate, named_finding, places, ranks
from apps.rules.language.selectors import Case
from apps.rules.trace import recompute
from tests.rules.law.dachuan_case import Find

RATES = ("presence_rate", "effect_rate", "precision_rate", "files_rate", "pairing_rate")
SECRETARY = frozenset({"first_secretary"})


def secretary(key: str, score: Any, employment: str, role: frozenset[str] = SECRETARY) -> Candidate:
    return Candidate(key, score, Case(roles=role, employment=employment))


@pytest.mark.parametrize(
    ("rates", "expected"),
    [
        ([100, 100, 100, 100, 100], 100),
        ([0, 0, 0, 0, 0], 0),
        ([100, 0, 0, 0, 0], 20),  # each of the five weighs the same
        ([0, 100, 0, 0, 0], 20),
        ([0, 0, 100, 0, 0], 20),
        ([0, 0, 0, 100, 0], 20),
        ([0, 0, 0, 0, 100], 20),
        ([90, Decimal("85.5"), 80, 77, 60], Decimal("78.5")),
    ],
)
@pytest.mark.clause("DC-2.2-2")
def test_five_rates_weigh_the_same_in_a_units_score(rule: Find, rates: list[Any], expected: Any) -> None:
    found = evaluate(rule("dachuan", "formulas.area_score"), dict(zip(RATES, rates, strict=True)))
    assert found.value == expected
    assert recompute(json.loads(json.dumps(found.trace))) == found.trace["value"]


@pytest.mark.parametrize("rate", RATES)
@pytest.mark.clause("DC-2.2-2")
def test_each_rate_lies_between_0_and_100_and_none_may_be_missing(rule: Find, rate: str) -> None:
    formula = rule("dachuan", "formulas.area_score")
    full = dict.fromkeys(RATES, 50)
    assert evaluate(formula, full | {rate: 0}).value == 40
    assert evaluate(formula, full | {rate: 100}).value == 60
    assert evaluate(formula, full | {rate: 101}).why
    assert evaluate(formula, full | {rate: -1}).why
    assert evaluate(formula, {name: 50 for name in RATES if name != rate}).missing == (rate,)


@pytest.mark.clause("DC-2.2-1", "DC-2.2-2")
def test_units_with_equal_scores_share_a_place(rule: Find) -> None:
    formula = rule("dachuan", "formulas.area_score")
    assert formula.subject == "unit"
    scores = {"甲": 80, "乙": 90, "丙": 80, "丁": 70}
    units = [Candidate(key, evaluate(formula, dict.fromkeys(RATES, score)).value) for key, score in scores.items()]
    assert ranks(units) == {"乙": 1, "甲": 2, "丙": 2, "丁": 4}


@pytest.mark.clause("DC-3.1.2-1", "DC-2.2-1")
def test_the_last_two_of_each_area_are_found_with_all_equals_at_the_line(rule: Find) -> None:
    scores = {
        "东": {"甲": 60, "乙": 70, "丙": 80},
        "西": {"丁": 90, "戊": 91, "己": 91, "庚": 95},  # the second-last place is shared
        "南": {"辛": 50},
    }
    units = [Candidate(key, score, group=area) for area, held in scores.items() for key, score in held.items()]
    found = allocate(rule("dachuan", "quotas.area_bottom"), units)
    assert {pool.group: (pool.places, pool.inside) for pool in found.pools} == {
        "东": (2, ("甲", "乙")),
        "西": (2, ("丁", "己", "戊")),
        "南": (1, ("辛",)),
    }


@pytest.mark.parametrize(("named", "code"), [(2, None), (1, "quota_not_met"), (3, "quota_exceeded")])
@pytest.mark.clause("DC-3.1.2-1")
def test_the_last_two_units_of_an_area_are_two(rule: Find, named: int, code: str | None) -> None:
    quota = rule("dachuan", "quotas.area_bottom")
    assert (quota.subject, quota.each) == ("unit", "area")
    found = named_finding(quota, "units", 9, named)
    assert (found and (found.code, found.severity, found.clause)) == (code and (code, "block", "DC-3.1.2-1"))


@pytest.mark.parametrize(("whole", "least"), [(10, 3), (11, 4), (9, 3), (100, 30), (101, 31), (1, 1), (0, 0)])
@pytest.mark.clause("DC-4.2-2")
def test_at_least_thirty_percent_of_the_july_first_places_go_to_helpers(rule: Find, whole: int, least: int) -> None:
    quota = rule("dachuan", "quotas.july_first")
    assert recompute(places(quota, "winners", whole)) == least
    assert named_finding(quota, "winners", whole, least) is None
    assert named_finding(quota, "winners", whole, least + 1) is None  # 以上: more is allowed
    if least:
        found = named_finding(quota, "winners", whole, least - 1)
        assert found is not None
        assert (found.code, found.severity, found.clause) == ("quota_not_met", "block", "DC-4.2-2")


@pytest.mark.parametrize(
    ("pool", "whole", "most", "clause"),
    [
        pytest.param(pool, whole, most, clause, marks=pytest.mark.clause(clause))
        for pool, clause, table in (
            ("civil_servants", "DC-4.2-3", [(5, 1), (4, 0), (9, 1), (10, 2), (100, 20)]),
            ("institution_staff", "DC-4.2-4", [(20, 3), (19, 2), (6, 0), (7, 1), (13, 1), (14, 2), (100, 15)]),
        )
        for whole, most in table
    ],
)
def test_the_share_of_excellent_first_secretaries_is_a_cap_by_employment(
    rule: Find, pool: str, whole: int, most: int, clause: str
) -> None:
    quota = rule("dachuan", "quotas.excellent_first_secretaries")
    assert recompute(places(quota, pool, whole)) == most
    assert named_finding(quota, pool, whole, most) is None
    assert named_finding(quota, pool, whole, 0) is None
    found = named_finding(quota, pool, whole, most + 1)
    assert found is not None
    assert (found.code, found.severity, found.clause) == ("quota_exceeded", "block", clause)


@pytest.mark.clause("DC-4.2-3", "DC-4.2-4", "DC-4.2-5")
def test_each_employment_has_its_own_places_over_the_district_and_not_its_units(rule: Find) -> None:
    quota = rule("dachuan", "quotas.excellent_first_secretaries")
    crowd = [
        *(secretary(f"公{place}", 100 - place, "civil_servant") for place in range(10)),
        *(secretary(f"事{place}", 100 - place, "institution_staff") for place in range(7)),
        secretary("企1", 100, "enterprise_staff"),
        secretary("队员", 100, "civil_servant", frozenset({"member"})),
    ]
    found = allocate(quota, crowd)
    assert [(pool.pool, pool.population, pool.inside) for pool in found.pools] == [
        ("civil_servants", 10, ("公0", "公1")),  # both may be of one unit: its own places are not touched
        ("institution_staff", 7, ("事0",)),
    ]
    assert found.unpooled == ("企1", "队员")
    assert (quota.own_places, quota.each) == (False, None)
    assert rule("dachuan", "vocabularies.first_secretary_grades").place(quota.grade) == 0


@pytest.mark.clause("DC-4.1-5")
def test_how_far_the_share_of_the_reappointed_is_raised_is_not_invented(rule: Find) -> None:
    quota = rule("dachuan", "quotas.reappointed_promotion")
    for number in (1, 100):
        with pytest.raises(ValueError, match="连任的帮扶干部”没有规定名额"):
            places(quota, "pools", number)
