"""Entitlements: rate × quantity within caps, days off at the end of a term, shares to the fen."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.rules.language.entitlements import (
    Claim,
    Entitlement,
    accrued,
    due,
    faults,
    paid_finding,
    qualifies,
    quantity,
    rate_of,
)
from apps.rules.language.money import Shares, divided, fen, yuan_text
from apps.rules.language.selectors import Case
from apps.rules.language.windows import Stretch
from apps.rules.trace import recompute, results
from tests.rules.language.qinghe import rules, spoiled

ENTITLEMENTS = rules("entitlements", Entitlement)
NEAR, MIDDLE = Case(area_class="近"), Case(area_class="中")
FAR, FAR_CITY = Case(area_class="远"), Case(area_class="远", unit_level="city")


@pytest.mark.parametrize(
    ("key", "claim", "expected"),
    [
        ("board", Claim(1), 90000),
        ("board", Claim(12), 1080000),
        ("board", Claim(Fraction(17, 31)), 49355),  # 493.548… yuan
        ("travel", Claim(3, NEAR), 3750),
        ("travel", Claim(3, MIDDLE), 9000),
        ("travel", Claim(3, FAR), 13500),
        ("travel", Claim(3, FAR_CITY), 19980),
        ("travel", Claim(5, FAR), 20000),  # 225 yuan, 200 a month
        ("travel", Claim(3, FAR, (15000, 15000)), 5000),  # 50 left of the month
        ("travel", Claim(3, FAR, (0, 170000)), 10000),  # 100 left of the year
        ("travel", Claim(3, FAR, (20000, 0)), 0),
        ("travel", Claim(3, FAR, (25000, 0)), 0),
        ("travel", Claim(3, Case(area_class="别处")), None),
        ("meals", Claim(20), None),  # the rate stands elsewhere
        ("work_fund", Claim(1, Case(village_classes=frozenset({"poor"}))), 2000000),
        ("work_fund", Claim(1, Case(village_classes=frozenset({"non_poor"}))), 500000),
    ],
)
def test_what_is_due_in_whole_fen(key: str, claim: Claim, expected: int | None) -> None:
    found = due(ENTITLEMENTS[key], claim)
    assert found.amount == expected
    if expected is not None:
        assert recompute(json.loads(json.dumps(found.trace))) == expected


def test_a_rate_of_another_document_is_handed_in() -> None:
    found = due(ENTITLEMENTS["meals"], Claim(22), rate=Decimal("80.5"))
    assert found.amount == 177100 == recompute(found.trace)
    assert rate_of(ENTITLEMENTS["meals"], Case()) is None


@pytest.mark.parametrize(
    ("key", "days", "expected"),
    [
        ("board", {"in_village": 8, "meeting": 2}, 1),
        ("board", {"in_village": 8, "meeting": 1, "leave": 20}, 0),
        ("meals", {"in_village": 20, "training": 2, "meeting": 5}, 22),
        ("travel", {}, 1),
    ],
)
def test_a_sheet_gives_the_days_or_months_that_count(key: str, days: dict[str, int], expected: int) -> None:
    assert quantity(ENTITLEMENTS[key], days) == expected


TERMS = [
    Stretch(date(2021, 3, 1), date(2023, 2, 28)),
    Stretch(date(2023, 3, 1), date(2025, 2, 27)),  # one day short of two years
    Stretch(date(2025, 3, 1), date(2027, 3, 1)),
]


@pytest.mark.parametrize(
    ("on", "taken", "expected"),
    [
        ("2023-02-27", 0, 0),
        ("2023-02-28", 0, 15),
        ("2026-12-31", 0, 15),
        ("2027-03-01", 0, 30),
        ("2027-03-01", 4, 26),
        ("2027-03-01", Decimal("4.5"), Decimal("25.5")),
        ("2023-02-28", 20, 0),
    ],
)
def test_days_off_accrue_at_the_end_of_a_full_term(on: str, taken: Any, expected: Any) -> None:
    found = accrued(ENTITLEMENTS["rest"], TERMS, date.fromisoformat(on), taken)
    assert found.amount == expected
    assert found.trace["value"] == recompute(found.trace)


@pytest.mark.parametrize(("last", "enough"), [("2023-02-27", False), ("2023-02-28", True), ("2024-01-01", True)])
def test_a_term_qualifies_when_it_is_served_so_long(last: str, enough: bool) -> None:
    assert qualifies(ENTITLEMENTS["rest"], Stretch(date(2021, 3, 1), date.fromisoformat(last))) is enough


def test_what_is_given_once_is_given_once() -> None:
    once = spoiled("entitlements", "rest", Entitlement, ("per",), "once")["rest"]
    assert accrued(once, TERMS, date(2027, 3, 1)).amount == 15


@pytest.mark.parametrize(
    ("key", "owed", "paid", "code", "severity"),
    [
        ("board", 90000, 90000, None, None),
        ("board", 90000, 89999, "entitlement_short", "warn"),
        ("board", 90000, 90001, "entitlement_over", "warn"),
        ("work_fund", 2000000, 2500000, None, None),  # a minimum
        ("work_fund", 2000000, 1999999, "entitlement_short", "block"),
    ],
)
def test_too_little_or_too_much_paid_is_a_finding(key: str, owed: int, paid: int, code: str, severity: str) -> None:
    found = paid_finding(ENTITLEMENTS[key], owed, paid)
    assert (found and (found.code, found.severity)) == (code and (code, severity))
    if code == "entitlement_short" and key == "board":
        assert found is not None
        assert found.message == "“食宿补助”应为 900.00 元，实发 899.99 元，少发 0.01 元。"


THREE = {"province": 5, "city": 3, "county": 2}


@pytest.mark.parametrize(
    ("parts", "rest", "amount", "expected"),
    [
        (THREE, None, 1000000, [500000, 300000, 200000]),
        (THREE, None, 1, [1, 0, 0]),
        (THREE, None, 3, [1, 1, 1]),  # 1.5, 0.9, 0.6: to 0.9 and 0.6
        (THREE, None, 7, [4, 2, 1]),  # 3.5, 2.1, 1.4: to 0.5
        (THREE, "county", 7, [3, 2, 2]),
        (THREE, "county", 3, [1, 0, 2]),
        ({"one": 1, "two": 1, "three": 1}, None, 100, [34, 33, 33]),  # equals: in the order written
        ({"one": 1, "two": 1, "three": 1}, None, 101, [34, 34, 33]),
        ({"unit": 0.7, "county": 0.3}, None, 33333, [23333, 10000]),
        (THREE, None, 0, [0, 0, 0]),
    ],
)
def test_shares_divide_to_the_last_fen(parts: dict[str, Any], rest: str, amount: int, expected: list[int]) -> None:
    found, work = divided(Shares.model_validate({"parts": parts, "rest": rest}), amount)
    assert list(found.values()) == expected
    stored = json.loads(json.dumps(work.trace(ENTITLEMENTS["work_fund"])))
    assert recompute(stored) == amount
    assert [results(stored)[payer] for payer in parts] == expected


@settings(deadline=None)
@given(
    st.dictionaries(st.sampled_from("abcdef"), st.decimals("0.01", 50, places=2), min_size=1),
    st.integers(0, 10**9),
)
def test_shares_add_up_and_nobody_is_off_by_a_fen(parts: dict[str, Decimal], amount: int) -> None:
    found, _ = divided(Shares.model_validate({"parts": parts}), amount)
    assert sum(found.values()) == amount
    whole = sum(map(Fraction, parts.values()))
    assert all(abs(found[payer] - amount * Fraction(parts[payer]) / whole) < 1 for payer in parts)


def test_money_is_whole_fen_or_refused() -> None:
    assert (fen(Decimal("12.5")), yuan_text(-123450), yuan_text(5)) == (1250, "-1234.50 元", "0.05 元")
    with pytest.raises(ValueError, match="不是整分"):
        fen(Decimal("0.005"))
    with pytest.raises(ValueError, match="不能小于 0"):
        divided(Shares.model_validate({"parts": THREE}), -1)


@pytest.mark.parametrize(
    ("key", "at", "value", "place", "says"),
    [
        ("board", ("rate",), ..., ("rate",), "没有写标准"),
        ("board", ("rate",), -1, ("rate",), "不大于 0"),
        ("board", ("per",), ..., ("per",), "没有写按什么计"),
        ("board", ("counts",), [], ("least_days",), "没有写哪些天"),
        ("travel", ("counts",), ["in_village"], ("counts",), "只有按天"),
        ("travel", ("rates", 1, "applies"), {"area_classes": ["近"]}, ("rates", 1, "applies"), "同时适用"),
        ("board", ("paid_by",), [{"relation": "principal"}], ("paid_by", 0), "没有说是谁的"),
        ("board", ("due",), {"day": 5, "days": 3}, ("due",), "只能有一种写法"),
        ("rest", ("per",), "year", ("after_months",), "按任期"),
        ("rest", ("items",), ["假条"], ("items",), "没有清单"),
        ("board", ("taken_as",), ["年休假"], ("taken_as",), "只有天数"),
        ("office", ("items",), ..., ("items",), "没有写给什么"),
        ("office", ("items",), ["桌椅", "电脑", "桌椅"], ("items", 2), "写了两次"),
        ("office", ("rate",), 100, ("rate",), "只有钱和天数"),
        ("work_fund", ("shares", "rest"), "town", ("shares", "rest"), "“town”没有份"),
        ("work_fund", ("shares", "parts", "city"), 0, ("shares", "parts", "city"), "不大于 0"),
    ],
)
def test_what_is_wrong_with_an_entitlement_is_told_at_its_place(
    key: str, at: tuple[Any, ...], value: Any, place: tuple[Any, ...], says: str
) -> None:
    found = list(faults(spoiled("entitlements", key, Entitlement, at, value)))
    (path, message, instead) = found[0]
    assert path == (key, *place)
    assert says in message
    assert instead


def test_a_rate_that_is_left_open_is_no_fault() -> None:
    opened = spoiled("entitlements", "board", Entitlement, ("left_open",), {"rate": "条文没有写标准"})
    raw = opened["board"].model_dump(mode="json", exclude_unset=True)
    del raw["rate"]
    assert list(faults({"board": Entitlement.model_validate(raw)})) == []


def test_the_shipped_example_has_no_faults() -> None:
    assert list(faults(ENTITLEMENTS)) == []
