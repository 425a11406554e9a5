"""Kunming's money for teams: what each kind may be spent on, never turned into another, never overspent, kept over."""

from __future__ import annotations

from typing import Any

import pytest

from apps.rules.language.spending import Books, Spent, booking_finding, carried, conversion_finding, spending_findings
from tests.rules.law.telling import Told, tell

BOOKS = Books(given=10_000_000)


def told(rule: Any, fund: str, use: str, amount: int = 100, reason: str = "", books: Books = BOOKS) -> Told:
    found = spending_findings(rule("kunming", f"funds.{fund}"), Spent(use, amount, reason), books)
    return tell(found)


SPECIAL = pytest.mark.clause("KM-19-5")
WORK = pytest.mark.clause("KM-19-6")
USES = [
    *(
        pytest.param("special_subsidy", use, "", [], marks=SPECIAL)
        for use in ("industry", "infrastructure", "environment", "social")
    ),
    pytest.param("special_subsidy", "flood", "", [("use_needs_reason", "block", "KM-19-1")], marks=SPECIAL),
    pytest.param("special_subsidy", "flood", "村道塌方", [("use_other", "notice", "KM-19-1")], marks=SPECIAL),
    pytest.param("special_subsidy", "running_costs", "", [("use_forbidden", "warn", "KM-19-5")], marks=SPECIAL),
    *(pytest.param("work_fund", use, "", [], marks=WORK) for use in ("good_deeds", "office", "training", "travel")),
    pytest.param("work_fund", "books", "", [("use_needs_reason", "block", "KM-19-1")], marks=WORK),
    pytest.param("work_fund", "books", "农家书屋", [("use_other", "notice", "KM-19-1")], marks=WORK),
    *(
        pytest.param(
            fund,
            "diversion",
            "有理由",
            [("use_forbidden", "block", "KM-19-7")],
            marks=pytest.mark.clause("KM-19-7"),
        )
        for fund in ("special_subsidy", "work_fund")
    ),
    pytest.param(
        "aid_fund",
        "replacing",
        "",
        [("use_forbidden", "block", "KM-18-7")],
        marks=pytest.mark.clause("KM-18-7"),
    ),
    pytest.param(
        "aid_fund",
        "work_costs",
        "",
        [("use_forbidden", "block", "KM-18-8")],
        marks=pytest.mark.clause("KM-18-8"),
    ),
    pytest.param("poverty_fund", "poor_villages", "", [], marks=pytest.mark.clause("KM-20-1")),
    pytest.param(
        "poverty_fund",
        "other_village",
        "",
        [("use_needs_reason", "block", "KM-20-1")],
        marks=pytest.mark.clause("KM-20-1"),
    ),
]


@pytest.mark.parametrize(("fund", "use", "reason", "found"), USES)
def test_what_money_may_be_spent_on(rule: Any, fund: str, use: str, reason: str, found: Told) -> None:
    assert told(rule, fund, use, reason=reason) == found


@pytest.mark.parametrize(
    ("fund", "into", "clause"),
    [
        pytest.param("aid_fund", "work_fund", "KM-18-7", marks=pytest.mark.clause("KM-18-7", "KM-18-8")),
        *(
            pytest.param("work_fund", into, "KM-19-1", marks=pytest.mark.clause("KM-19-7"))
            for into in ("special_subsidy", "aid_fund", "poverty_fund", "other_village_fund")
        ),
        *(
            pytest.param("special_subsidy", into, "KM-19-1", marks=pytest.mark.clause("KM-19-1"))
            for into in ("work_fund", "aid_fund", "poverty_fund", "other_village_fund")
        ),
    ],
)
def test_no_money_is_turned_into_another_kind(rule: Any, fund: str, into: str, clause: str) -> None:
    found = conversion_finding(rule("kunming", f"funds.{fund}"), into)
    assert found is not None
    assert (found.code, found.severity, found.clause) == ("fund_converted", "block", clause)
    assert conversion_finding(rule("kunming", f"funds.{fund}"), fund) is None


FUNDS = [("special_subsidy", "industry"), ("work_fund", "office")]


@pytest.mark.clause("KM-19-1")
@pytest.mark.parametrize(("fund", "use"), FUNDS)
@pytest.mark.parametrize(("amount", "over"), [(4_000_000, False), (4_000_001, True)])
def test_nothing_is_covered_beyond_what_was_given(rule: Any, fund: str, use: str, amount: int, over: bool) -> None:
    books = Books(given=10_000_000, spent={use: 6_000_000})
    assert told(rule, fund, use, amount, books=books) == ([("fund_overspent", "block", "KM-19-1")] if over else [])


@pytest.mark.clause("KM-19-1")
@pytest.mark.parametrize(("fund", "use"), FUNDS)
@pytest.mark.parametrize(("spent", "rest"), [(0, 10_000_000), (9_999_999, 1), (10_000_000, 0), (10_000_001, 0)])
def test_the_rest_is_kept_for_the_next_year(rule: Any, fund: str, use: str, spent: int, rest: int) -> None:
    found = carried(rule("kunming", f"funds.{fund}"), 10_000_000, spent)
    assert found is not None
    assert found["value"] == rest


@pytest.mark.clause("KM-19-2")
@pytest.mark.parametrize("fund", ["special_subsidy", "work_fund"])
def test_only_the_townships_finance_office_pays(rule: Any, fund: str) -> None:
    text = rule("kunming", f"funds.{fund}")
    assert booking_finding(text, "pay", "township_finance") is None
    for other in ("team", "dispatch_unit", "county_finance", "village_committee"):
        told = booking_finding(text, "pay", other)
        assert told is not None
        assert (told.code, told.severity, told.inputs["allowed"]) == ("fund_not_yours", "block", ["township_finance"])
