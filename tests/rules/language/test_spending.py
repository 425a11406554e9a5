"""Funds: what they may be spent on, ceilings, carry-over, conversions, who bears them."""

from __future__ import annotations

import json
from typing import Any

import pytest
from pydantic import ValidationError

from apps.rules.language.entitlements import Entitlement
from apps.rules.language.money import Shares
from apps.rules.language.selectors import Case
from apps.rules.language.spending import (
    Books,
    Fund,
    Spent,
    carried,
    ceiling,
    conversion_finding,
    faults,
    spending_findings,
    split,
)
from apps.rules.trace import recompute
from tests.rules.language.qinghe import rules, spoiled

FUNDS = rules("funds", Fund)
ENTITLEMENTS = rules("entitlements", Entitlement)


@pytest.mark.parametrize(
    ("expense", "spent", "expected"),
    [
        (Spent("rent", 300000), {}, []),
        (Spent("rent", 300001), {}, [("use_over_ceiling", "block", "SX-38-2")]),
        (Spent("rent", 100001), {"rent": 200000}, [("use_over_ceiling", "block", "SX-38-2")]),
        (Spent("rent", 300000), {"office": 200000}, []),
        (Spent("visits", 333000), {}, []),
        (Spent("visits", 333001), {}, [("use_over_ceiling", "block", "SX-38-3")]),
        (Spent("office", 1000000), {}, []),
        (Spent("office", 1000001), {}, [("fund_overspent", "block", "SX-38-1")]),
        (Spent("office", 1), {"rent": 300000, "office": 700000}, [("fund_overspent", "block", "SX-38-1")]),
        (Spent("banquet", 1), {}, [("use_forbidden", "block", "SX-38-4")]),
        (Spent("other", 100, other="打井"), {}, [("use_needs_reason", "block", "SX-38-1")]),
        (Spent("other", 100, "村民要求", "打井"), {}, [("use_other", "notice", "SX-38-1")]),
    ],
)
def test_all_that_stands_against_an_expense_is_told(
    expense: Spent, spent: dict[str, int], expected: list[tuple[str, str, str]]
) -> None:
    found = spending_findings(FUNDS["work_fund"], expense, Books(1000000, spent))
    assert [(one.code, one.severity, one.clause) for one in found] == expected


def test_a_closed_list_takes_no_other_use_even_with_a_reason() -> None:
    (found,) = spending_findings(FUNDS["aid_fund"], Spent("office", 100, "急用", "办公"), Books(0))
    assert (found.code, found.severity, found.clause) == ("use_not_listed", "warn", "SX-38-5")


def test_a_fund_for_some_villages_is_not_spent_in_others() -> None:
    fund = spoiled("funds", "aid_fund", Fund, ("applies",), {"village_classes": ["poor"]})["aid_fund"]
    poor, other = (Case(village_classes=frozenset({name})) for name in ("poor", "non_poor"))
    assert spending_findings(fund, Spent("roads", 1), Books(1), poor) == []
    (found,) = spending_findings(fund, Spent("roads", 1), Books(1), other)
    assert (found.code, found.severity, found.clause) == ("fund_not_for_this", "warn", "SX-38-5")


@pytest.mark.parametrize(
    ("key", "use", "given", "expected"),
    [
        ("work_fund", "rent", 1000000, 300000),
        ("work_fund", "visits", 1000001, 333000),  # 333000.333 is cut
        ("work_fund", "office", 1000000, None),
        ("work_fund", "banquet", 1000000, None),
    ],
)
def test_ceilings_of_a_use(key: str, use: str, given: int, expected: int | None) -> None:
    trace = ceiling(FUNDS[key], use, given)
    assert (trace and recompute(json.loads(json.dumps(trace)))) == expected


def test_the_lower_of_two_ceilings_holds() -> None:
    fund = spoiled("funds", "work_fund", Fund, ("uses", "visits", "yuan"), 2000)["work_fund"]
    assert [(ceiling(fund, "visits", given) or {})["value"] for given in (1000000, 500000)] == [200000, 166500]


@pytest.mark.parametrize(
    ("key", "given", "spent", "expected"),
    [("work_fund", 1000000, 640050, 359950), ("work_fund", 100, 130, 0), ("aid_fund", 1000000, 640050, 0)],
)
def test_an_unspent_rest_is_kept_or_goes_back(key: str, given: int, spent: int, expected: int) -> None:
    trace = carried(FUNDS[key], given, spent)
    assert trace is not None
    assert trace["value"] == recompute(trace) == expected


def test_where_the_text_says_nothing_of_a_rest_nothing_is_said() -> None:
    assert carried(spoiled("funds", "work_fund", Fund, ("carry_over",), ...)["work_fund"], 100, 50) is None


def test_one_fund_must_not_be_turned_into_the_other() -> None:
    forth, back = conversion_finding(FUNDS["work_fund"], "aid_fund"), conversion_finding(FUNDS["aid_fund"], "work_fund")
    assert forth is not None and (forth.code, forth.severity, forth.clause) == ("fund_converted", "block", "SX-38-1")
    assert back is not None and back.severity == "warn"
    assert conversion_finding(FUNDS["work_fund"], "travel") is None


@pytest.mark.parametrize(
    ("base_only", "expected", "alone"),
    [(True, {"province": 500000, "city": 300000, "county": 200000}, 200000), (False, {"province": 600000, "city": 360000, "county": 240000}, 0)],
)  # fmt: skip
def test_an_increase_is_shared_or_borne_by_who_decides_on_it(
    base_only: bool, expected: dict[str, int], alone: int
) -> None:
    rule = ENTITLEMENTS["work_fund"]
    assert rule.shares is not None
    shares = Shares.model_validate(rule.shares.model_dump() | {"base_only": base_only})
    found = split(rule, shares, 1000000, 200000)
    assert (found["shares"], found["increase"]) == (expected, alone)
    assert recompute(found["trace"]) == 1200000 - alone


@pytest.mark.parametrize(
    ("key", "at", "value", "place", "says"),
    [
        ("work_fund", ("forbidden", "rent"), {"label": "租房"}, ("forbidden", "rent"), "既准用又不准用"),
        ("work_fund", ("uses", "visits", "percent"), 130, ("uses", "visits", "percent"), "比例 130"),
        ("work_fund", ("used_by",), {"relation": "leader_of"}, ("used_by", 0), "没有说是谁的"),
        ("work_fund", ("uses",), {}, ("open_list",), "没有列用途"),
        ("work_fund", ("not_into",), ["aid"], ("not_into", 0), "没有另一笔叫“aid”"),
        ("work_fund", ("not_into",), ["work_fund"], ("not_into", 0), "没有另一笔"),
        ("work_fund", ("shares",), {"parts": {"a": 1}, "rest": "b"}, ("shares", "rest"), "“b”没有份"),
    ],
)
def test_what_is_wrong_with_a_fund_is_told_at_its_place(
    key: str, at: tuple[Any, ...], value: Any, place: tuple[Any, ...], says: str
) -> None:
    ((path, message, instead),) = faults(spoiled("funds", key, Fund, at, value))
    assert path == (key, *place)
    assert says in message
    assert instead


@pytest.mark.parametrize("yuan", [-1, 0.001, "三百"])
def test_a_ceiling_is_an_amount_of_money(yuan: Any) -> None:
    with pytest.raises(ValidationError):
        spoiled("funds", "work_fund", Fund, ("uses", "rent", "yuan"), yuan)


def test_the_shipped_example_has_no_faults() -> None:
    assert list(faults(FUNDS)) == []
