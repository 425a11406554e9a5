"""Kunming's numbers: a fifth excellent, five days of training, 900 a month, 15 days off, 10000 and 5000 a head."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from apps.rules.language.entitlements import Claim, accrued, due, paid_finding, quantity, rate_of
from apps.rules.language.formulas import evaluate
from apps.rules.language.quotas import Candidate, allocate, named_finding, own_places, places
from apps.rules.language.selectors import Case
from apps.rules.language.vocabularies import admission, at_or_below, counted_as
from apps.rules.language.windows import Stretch


@pytest.mark.clause("KM-12-5")
@pytest.mark.parametrize(
    ("assessed", "most"), [(0, 0), (4, 0), (5, 1), (9, 1), (10, 2), (99, 19), (100, 20), (104, 20), (105, 21)]
)
def test_at_most_a_fifth_of_all_assessed_are_excellent(rule: Any, assessed: int, most: int) -> None:
    quota = rule("kunming", "quotas.excellent")
    assert places(quota, "assessed", assessed)["value"] == most
    assert named_finding(quota, "assessed", assessed, most) is None
    if most:
        assert named_finding(quota, "assessed", assessed, most - 1) is None
    over = named_finding(quota, "assessed", assessed, most + 1)
    assert over is not None
    assert (over.code, over.severity, over.clause) == ("quota_exceeded", "block", "KM-12-5")


@pytest.mark.clause("KM-12-5")
def test_the_fifth_is_taken_of_the_county_not_of_the_township(rule: Any) -> None:
    population = [Candidate(f"甲{place}", Decimal(place), group="甲县") for place in range(14)]
    population += [Candidate(f"乙{place}", Decimal(place), group="乙县") for place in range(6)]
    found = allocate(rule("kunming", "quotas.excellent"), population)
    assert [(pool.group, pool.population, pool.places) for pool in found.pools] == [("甲县", 14, 2), ("乙县", 6, 1)]
    assert found.inside == ("甲13", "甲12", "乙5")


@pytest.mark.clause("KM-18-1")
@pytest.mark.parametrize(
    ("key", "pool", "number"),
    [("special_subsidy_counties", "counties", 4), ("special_subsidy_townships", "townships", 18)],
)
def test_four_counties_and_18_townships_are_listed_for_the_subsidy(rule: Any, key: str, pool: str, number: int) -> None:
    quota = rule("kunming", f"quotas.{key}")
    assert named_finding(quota, pool, 100, number) is None
    for named, code in ((number - 1, "quota_not_met"), (number + 1, "quota_exceeded")):
        found = named_finding(quota, pool, 100, named)
        assert found is not None
        assert (found.code, found.severity, found.clause) == (code, "block", "KM-18-1")


@pytest.mark.clause("KM-18-1")
def test_the_city_gives_each_of_the_22_a_hundred_thousand_yuan_a_year(rule: Any) -> None:
    counties, townships = (
        rule("kunming", f"entitlements.special_subsidy_{kind}") for kind in ("counties", "townships")
    )
    assert due(counties, Claim(1)).amount == 10_000_000
    assert due(counties, Claim(4)).amount + due(townships, Claim(18)).amount == 220_000_000  # type: ignore[operator]
    assert paid_finding(townships, 10_000_000, 10_000_000) is None
    for paid, code in ((9_999_999, "entitlement_short"), (10_000_001, "entitlement_over")):
        found = paid_finding(townships, 10_000_000, paid)
        assert found is not None
        assert (found.code, found.severity, found.clause) == (code, "block", "KM-18-1")
    for grant, subject in ((counties, "county"), (townships, "township")):
        assert (grant.subject, grant.per, [payer.office for payer in grant.paid_by]) == (
            subject,
            "year",
            ["city_finance"],
        )


@pytest.mark.parametrize(
    ("key", "payer"),
    [
        pytest.param("poor_village_subsidy", "city_finance", marks=pytest.mark.clause("KM-18-2")),
        pytest.param("county_special_subsidy", "county_finance", marks=pytest.mark.clause("KM-18-3")),
    ],
)
def test_a_subsidy_without_a_sum_has_none_until_it_is_entered(rule: Any, key: str, payer: str) -> None:
    grant = rule("kunming", f"entitlements.{key}")
    assert due(grant, Claim(1)).amount is None
    assert due(grant, Claim(2), rate=30000).amount == 6_000_000
    missing = paid_finding(grant, 3_000_000, 0)
    assert missing is not None
    assert (missing.severity, missing.clause) == ("block", grant.clause)
    assert [one.office for one in grant.paid_by] == [payer]
    poor = Case(village_classes=frozenset({"poor"}))
    other = Case(village_classes=frozenset({"non_poor"}))
    assert grant.applies.matches(poor)
    assert grant.applies.matches(other) is (key == "county_special_subsidy")


UNIT_FUNDS = [
    pytest.param("city", 1, 1_000_000, "KM-18-5", marks=pytest.mark.clause("KM-18-5")),
    pytest.param("city", 3, 3_000_000, "KM-18-5", marks=pytest.mark.clause("KM-18-5")),
    pytest.param("county", 1, 500_000, "KM-18-6", marks=pytest.mark.clause("KM-18-6")),
    pytest.param("county", 3, 1_500_000, "KM-18-6", marks=pytest.mark.clause("KM-18-6")),
]


@pytest.mark.parametrize(("level", "posts", "owed", "clause"), UNIT_FUNDS)
def test_a_unit_gives_at_least_so_much_a_year_for_each_of_its_people(
    rule: Any, level: str, posts: int, owed: int, clause: str
) -> None:
    fund = rule("kunming", "entitlements.work_fund")
    assert due(fund, Claim(posts, Case(unit_level=level))).amount == owed
    assert (paid_finding(fund, owed, owed), paid_finding(fund, owed, owed + 1)) == (None, None)
    short = paid_finding(fund, owed, owed - 1)
    assert short is not None
    assert (short.code, short.severity) == ("entitlement_short", "block")
    (rate,) = [each for each in fund.rates if each.applies.matches(Case(unit_level=level))]
    assert rate.clause == clause
    assert (fund.per, [payer.office for payer in fund.paid_by]) == ("year", ["dispatch_unit"])


@pytest.mark.clause("KM-18-5", "KM-18-6")
@pytest.mark.parametrize("level", ["central", "provincial", "township", ""])
def test_other_units_have_no_minimum(rule: Any, level: str) -> None:
    fund, case = rule("kunming", "entitlements.work_fund"), Case(unit_level=level)
    assert (rate_of(fund, case), due(fund, Claim(2, case)).amount) == (None, None)


@pytest.mark.clause("KM-17-1")
def test_board_and_lodging_are_900_yuan_a_month_from_one_day_in_post(rule: Any) -> None:
    grant = rule("kunming", "entitlements.living_allowance")
    assert [quantity(grant, days) for days in ({"in_village": 22}, {"in_village": 1}, {"leave": 31})] == [1, 1, 1]
    assert [due(grant, Claim(months)).amount for months in (1, 12)] == [90_000, 1_080_000]
    assert paid_finding(grant, 90_000, 90_000) is None
    for paid, code in ((89_900, "entitlement_short"), (90_100, "entitlement_over")):
        found = paid_finding(grant, 90_000, paid)
        assert found is not None
        assert (found.code, found.severity, found.clause) == (code, "warn", "KM-17-1")
    assert [payer.office for payer in grant.paid_by] == ["dispatch_unit"]


ONE = Stretch(date(2024, 1, 1), date(2025, 12, 31))
TWO = Stretch(date(2026, 1, 1), date(2027, 12, 31))


@pytest.mark.clause("KM-9-16")
@pytest.mark.parametrize(
    ("terms", "on", "taken", "left"),
    [
        ([ONE], date(2025, 12, 30), 0, 0),
        ([ONE], date(2025, 12, 31), 0, 15),
        ([ONE], date(2026, 6, 1), 4, 11),
        ([ONE], date(2026, 6, 1), 15, 0),
        ([ONE], date(2026, 6, 1), 16, 0),
        ([ONE, TWO], date(2026, 6, 1), 0, 15),
        ([ONE, TWO], date(2027, 12, 31), 15, 15),
    ],
)
def test_a_term_that_is_over_gives_15_days_off_once(
    rule: Any, terms: list[Stretch], on: date, taken: int, left: int
) -> None:
    grant = rule("kunming", "entitlements.compensatory_leave")
    assert accrued(grant, terms, on, taken).amount == left
    assert (grant.modality, [who.office for who in grant.certified_by]) == ("must", ["dispatch_unit"])


@pytest.mark.clause("KM-11-3")
@pytest.mark.parametrize(
    ("days", "reached"),
    [
        ([], 0),
        ([1, 1, 2], 0),
        ([2, 2, Decimal("0.5")], 0),
        ([2, 2, Decimal("0.5"), Decimal("0.5")], 1),
        ([5], 1),
        ([3, 3], 1),
    ],
)
def test_training_adds_up_to_five_days(rule: Any, days: list[Any], reached: int) -> None:
    formula = rule("kunming", "formulas.training_reached")
    assert evaluate(formula, {"sessions": days}).value == reached
    assert (formula.clause, formula.modality) == ("KM-11-3", "must")


@pytest.mark.clause("KM-20-1")
@pytest.mark.parametrize(("poor", "total", "percent"), [(800, 1000, 80), (1000, 1000, 100), (0, 1000, 0)])
def test_the_share_that_goes_to_poor_villages_is_shown(rule: Any, poor: int, total: int, percent: int) -> None:
    found = evaluate(rule("kunming", "formulas.poor_village_share"), {"poor_villages": poor, "total": total})
    assert found.value is not None
    assert found.value * 100 == percent


@pytest.mark.clause("KM-12-3")
@pytest.mark.parametrize(
    ("word", "known"),
    [
        ("优秀", True),
        ("称职", True),
        ("基本称职", True),
        ("不称职", True),
        ("不合格", True),
        ("合格", False),
        ("良好", False),
    ],
)
def test_there_are_four_grades_and_failing_is_the_worst_of_them(rule: Any, word: str, known: bool) -> None:
    grades = rule("kunming", "vocabularies.yearly_grades")
    found = admission(grades, word)
    assert (found is None) is known
    if found is not None:
        assert (found.severity, found.clause) == ("block", "KM-12-3")
    assert at_or_below(grades, "优秀") == ("优秀", "称职", "基本称职", "不称职")
    assert at_or_below(grades, "不合格") == ("不称职",)


@pytest.mark.clause("KM-12-4")
@pytest.mark.parametrize("grade", ["优秀", "称职", "基本称职", "不称职"])
def test_the_grade_in_the_village_is_the_grade_at_the_unit(rule: Any, grade: str) -> None:
    grades = rule("kunming", "vocabularies.yearly_grades")
    assert counted_as(grades, grade, "unit_grades") == grade
    assert counted_as(grades, "不合格", "unit_grades") == "不称职"
    assert grades.counts_as["unit_grades"].clause == "KM-12-4"


@pytest.mark.clause("KM-12-9")
def test_the_excellent_take_up_no_place_of_their_unit(rule: Any) -> None:
    quota = rule("kunming", "quotas.excellent")
    assert quota.grade == "优秀"
    assert own_places(quota, {"甲": "市农业局", "乙": "市农业局", "丙": "市财政局"}) == {"市农业局": 0, "市财政局": 0}
