"""Money and treatment in Yulin: work funds shared 5:3:2, allowances, what the dispatch unit bears."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from apps.rules.language.entitlements import Claim, due, paid_finding, quantity
from apps.rules.language.selectors import Case
from apps.rules.language.spending import Books, Spent, spending_findings, split
from apps.rules.law import rules_of
from apps.rules.pack import Pack
from apps.rules.trace import recompute
from tests.rules.law.telling import bound, tell

DAY = date(2023, 6, 1)


def owed(entitlement: Any, number: int, rate: Decimal | int | None = None, case: Case | None = None) -> Any:
    """Fen for so many days, months, trips …; the trace recomputes to it."""
    found = due(entitlement, Claim(number, case or Case()), rate)
    assert found.amount is None or recompute(found.trace) == found.amount
    return found.amount


def told(entitlement: Any, owed_fen: int, paid: int) -> tuple[str, str, str | None] | None:
    found = paid_finding(entitlement, owed_fen, paid)
    return found and (found.code, found.severity, found.clause)


WORK_FUNDS = [("first_secretary_work_fund", "post"), ("work_fund", "team")]


@pytest.mark.clause("YL-8.2.1-1")
@pytest.mark.parametrize(("key", "subject"), WORK_FUNDS)
@pytest.mark.parametrize(
    ("paid", "short"), [(9999_99, True), (10000_00, False), (10000_01, False), (20000_00, False), (0, True)]
)
def test_first_secretary_and_team_each_get_at_least_ten_thousand_yuan_a_year(
    rule: Any, key: str, subject: str, paid: int, short: bool
) -> None:
    fund = rule("yulin", f"entitlements.{key}")
    assert owed(fund, 1) == 1_000_000
    assert owed(fund, 2) == 2_000_000
    assert told(fund, 1_000_000, paid) == (("entitlement_short", "block", "YL-8.2.1-1") if short else None)
    assert (fund.subject, fund.per) == (subject, "year")


@pytest.mark.clause("YL-8.2.1-2")
@pytest.mark.parametrize(("key", "subject"), WORK_FUNDS)
@pytest.mark.parametrize(
    ("base", "shares"),
    [
        (10000_00, (5000_00, 3000_00, 2000_00)),
        (20000_00, (10000_00, 6000_00, 4000_00)),
        (10000_10, (5000_05, 3000_03, 2000_02)),
        (10000_01, (5000_01, 3000_00, 2000_00)),  # 500000.5, 300000.3, 200000.2: the fen left over goes to the province
        (10000_09, (5000_04, 3000_03, 2000_02)),  # 500004.5, 300002.7, 200001.8: two left over, to county and city
        (7, (4, 2, 1)),  # 3.5, 2.1, 1.4
        (0, (0, 0, 0)),
    ],
)
def test_province_city_and_county_bear_five_three_and_two_parts_to_the_last_fen(
    rule: Any, key: str, subject: str, base: int, shares: tuple[int, int, int]
) -> None:
    fund = rule("yulin", f"entitlements.{key}")
    found = split(fund, fund.shares, base)
    assert found["shares"] == dict(zip(("province", "city", "county"), shares, strict=True))
    assert (recompute(found["trace"]), found["increase"], fund.shares.clause) == (base, 0, "YL-8.2.1-2")


@pytest.mark.clause("YL-8.2.1-3")
@pytest.mark.parametrize("increase", [1, 2000_00])
def test_what_a_county_adds_of_its_own_will_it_bears_alone(rule: Any, increase: int) -> None:
    fund, more = rule("yulin", "entitlements.work_fund"), rule("yulin", "entitlements.work_fund_increase")
    found = split(fund, fund.shares, 10000_00, increase)
    assert (found["shares"]["county"], found["increase"]) == (2000_00, increase)
    assert [actor.resolved({}) for actor in more.paid_by] == ["county_finance"]
    assert owed(more, 1) is None
    assert told(more, increase, 0) == ("entitlement_short", "notice", "YL-8.2.1-3")


@pytest.mark.clause("YL-8.2.1-5", "YL-8.2.1-6")
@pytest.mark.parametrize(
    ("expense", "spent", "found"),
    [
        (Spent("village_work", 10000_00), {}, []),
        (Spent("village_work", 10000_01), {}, [("fund_overspent", "block", "YL-8.2.1-6")]),
        (Spent("village_work", 1), {"village_work": 10000_00}, [("fund_overspent", "block", "YL-8.2.1-6")]),
        (Spent("conditions", 1), {}, [("use_not_listed", "block", "YL-8.2.1-6")]),
        (Spent("other", 1, "急用", "单位办公"), {}, [("use_not_listed", "block", "YL-8.2.1-6")]),
    ],
)
def test_work_funds_serve_village_work_alone_within_what_was_given(
    rule: Any, expense: Spent, spent: Mapping[str, int], found: list[Any]
) -> None:
    fund = rule("yulin", "funds.work_fund")
    told_of = spending_findings(fund, expense, Books(10000_00, spent))
    assert tell(told_of) == found
    assert ([actor.resolved({}) for actor in fund.managed_by], fund.method) == (["township_finance"], "核报核销")


@pytest.mark.clause("YL-8.2.2-11")
@pytest.mark.parametrize(("months", "fen"), [(1, 100_00), (12, 1200_00), (0, 0)])
def test_each_gets_a_hundred_yuan_a_month_for_the_telephone(rule: Any, months: int, fen: int) -> None:
    allowance = rule("yulin", "entitlements.communication_allowance")
    assert owed(allowance, months) == fen
    assert quantity(allowance, {"leave": 1}) == 1
    assert bound(allowance) == ["first_secretary", "member"]
    assert [actor.resolved({}) for actor in allowance.paid_by] == ["dispatch_unit"]


@pytest.mark.clause("YL-8.2.2-11")
@pytest.mark.parametrize(("paid", "code"), [(99_99, "entitlement_short"), (100_00, None), (100_01, "entitlement_over")])
def test_not_a_fen_less_and_not_a_fen_more(rule: Any, paid: int, code: str | None) -> None:
    found = told(rule("yulin", "entitlements.communication_allowance"), 100_00, paid)
    assert found == (code and (code, "block", "YL-8.2.2-11"))


@pytest.mark.clause("YL-8.2.2-3")
@pytest.mark.parametrize(
    ("days", "rate", "fen"),
    [
        ({"in_village": 20}, 80, 1600_00),
        ({"in_village": 20, "meeting": 2, "training": 3, "leave": 4}, 80, 1600_00),
        ({"meeting": 5}, 80, 0),
        ({"in_village": 20}, None, None),
    ],
)
def test_the_living_allowance_is_the_units_travel_meal_rate_for_each_day_in_the_village(
    rule: Any, days: dict[str, int], rate: int | None, fen: int | None
) -> None:
    allowance = rule("yulin", "entitlements.living_allowance")
    assert owed(allowance, quantity(allowance, days), rate) == fen
    assert allowance.rate_of == "派出单位本级差旅费中的伙食补助费标准"
    assert [actor.resolved({}) for actor in allowance.paid_by] == ["dispatch_unit"]


@pytest.mark.parametrize(
    ("key", "levels", "severity", "clause"),
    [
        pytest.param("travel_by_distance", ["city", "county"], "notice", "YL-8.2.2-4", marks=pytest.mark.clause("YL-8.2.2-4")),
        pytest.param("travel_county_sent", ["county"], "block", "YL-8.2.2-5", marks=pytest.mark.clause("YL-8.2.2-5")),
        pytest.param("travel_county_sent_raise", ["county"], "notice", "YL-8.2.2-6", marks=pytest.mark.clause("YL-8.2.2-6")),
    ],
)  # fmt: skip
def test_no_travel_subsidy_is_reckoned_before_the_county_sets_its_bands(
    rule: Any, packs: dict[str, Pack], key: str, levels: list[str], severity: str, clause: str
) -> None:
    subsidy = rule("yulin", f"entitlements.{key}")
    assert owed(subsidy, 1) is None
    assert [each for each in ("city", "county") if subsidy.applies.matches(Case(unit_level=each))] == levels
    assert told(subsidy, 100, 0) == ("entitlement_short", severity, clause)
    bands = [{"applies": {"area_classes": [name]}, "rate": rate} for name, rate in (("近", 100), ("远", 300))]
    override = {"rule": f"entitlements.{key}", "values": {"per": "month", "rates": bands}, "since": "2023-01-01"}
    head = {"code": "local", "title": "某县规定", "issuer": "某县", "level": "county", "area": "C610899"}
    county = Pack.load(
        {**head, "effective": "2023-01-01", "inherits": "yulin", "overrides": [{**override, "note": "县定"}]}
    )
    settled = rules_of([county, packs["yulin"], packs["central"]], "entitlements", DAY)[key].rule
    amounts = [owed(settled, 2, case=Case(unit_level="county", area_class=name)) for name in ("近", "远")]
    assert amounts == [200_00, 600_00]


@pytest.mark.clause("YL-8.2.2-7")
def test_city_people_get_the_travel_subsidy_and_the_public_fare_for_each_return(rule: Any) -> None:
    subsidy, fare = (rule("yulin", f"entitlements.travel_city_sent{tail}") for tail in ("", "_return"))
    for each in (subsidy, fare):
        assert [level for level in ("city", "county") if each.applies.matches(Case(unit_level=level))] == ["city"]
        assert (owed(each, 3), told(each, 100, 99)) == (None, ("entitlement_short", "block", "YL-8.2.2-7"))
    assert (fare.per, owed(fare, 3, Decimal("85.50"))) == ("trip", 256_50)
    assert (subsidy.rate_of, fare.rate_of) == ("差旅费中交通补贴标准", "市区到所驻县市区基本公共交通费标准")


@pytest.mark.parametrize(
    ("key", "clause", "payers", "judged", "rate", "amount"),
    [
        pytest.param(key, clause, payers, judged, rate, amount, id=key, marks=pytest.mark.clause(clause))
        for key, clause, payers, judged, rate, amount in (
            ("paid_leave", "YL-8.2.2-12", [], "", 10, 10),
            ("medical_expenses", "YL-8.2.2-10", ["dispatch_unit"], "", 250, 250_00),
            ("survivors_care", "YL-8.2.2-14", [], "在驻村工作中因公牺牲", 900000, 900000_00),
            ("injury_consolation", "YL-8.2.2-17", ["dispatch_unit"], "符合《工伤保险条例》并认定为工伤", 5000, 5000_00),
        )
    ],
)
def test_an_amount_that_stands_elsewhere_is_entered_never_invented_and_given_in_full(
    rule: Any, key: str, clause: str, payers: list[str], judged: str, rate: int, amount: int
) -> None:
    entitlement = rule("yulin", f"entitlements.{key}")
    assert (owed(entitlement, 1), owed(entitlement, 1, rate)) == (None, amount)
    assert told(entitlement, amount, amount - 1) == ("entitlement_short", "block", clause)
    assert told(entitlement, amount, amount) is None
    assert ([actor.resolved({}) for actor in entitlement.paid_by], entitlement.judged) == (payers, judged)


@pytest.mark.clause("YL-8.2.2-13")
def test_unused_leave_is_paid_for_only_with_both_conditions_and_the_units_word(rule: Any) -> None:
    pay = rule("yulin", "entitlements.unused_leave_pay")
    assert (owed(pay, 1), owed(pay, 1, Decimal("3210.99"))) == (None, 3210_99)
    assert told(pay, 3210_99, 3210_98) == ("entitlement_short", "block", "YL-8.2.2-13")
    assert pay.judged.split("，且") == ["确因工作需要未能休年假", "次年无法安排补休"]
    assert [actor.resolved({}) for actor in pay.certified_by] == ["dispatch_unit"]


ITEMS = {
    "conditions": ("working_conditions", "living_conditions"),
    "living_allowance": ("living_allowance",),
    "travel": (
        "travel_by_distance",
        "travel_county_sent",
        "travel_county_sent_raise",
        "travel_city_sent",
        "travel_city_sent_return",
    ),
    "health": ("accident_insurance", "medical_expenses"),
    "communication_allowance": ("communication_allowance",),
    "leave": ("unused_leave_pay",),
    "bereaved": ("survivors_care", "survivors_visits"),
    "injury": ("injury_benefits", "injury_consolation"),
}


@pytest.mark.clause("YL-8.2.2-18")
@pytest.mark.parametrize("use", ITEMS)
def test_the_units_yearly_budget_carries_all_eight_items(rule: Any, use: str) -> None:
    fund = rule("yulin", "funds.allowances")
    assert spending_findings(fund, Spent(use, 1), Books(1)) == []
    budgets = {rule("yulin", f"entitlements.{key}").budget for key in ITEMS[use]}
    assert budgets == set(fund.sources) == {"派出单位年度经费预算"}
    assert (fund.subject, fund.window.of) == ("unit", "year")


@pytest.mark.clause("YL-8.2.2-18")
def test_it_carries_no_work_funds_and_the_treasury_of_the_units_level_stands_behind_it(rule: Any) -> None:
    fund = rule("yulin", "funds.allowances")
    (found,) = spending_findings(fund, Spent("village_work", 1), Books(1))
    assert (found.code, found.severity, found.clause) == ("use_not_listed", "block", "YL-8.2.2-18")
    assert [actor.resolved({("finance_at_level", "unit"): "市财政局"}) for actor in fund.paid_by] == ["市财政局"]
    assert rule("yulin", "entitlements.work_fund").budget == ""


@pytest.mark.clause("YL-8.2.2-2")
@pytest.mark.parametrize("key", ["working_conditions", "living_conditions"])
def test_conditions_in_the_village_are_paid_by_the_unit_and_not_from_the_work_funds(rule: Any, key: str) -> None:
    given = rule("yulin", f"entitlements.{key}")
    assert [actor.resolved({}) for actor in given.paid_by] == ["dispatch_unit"]
    (refused,) = spending_findings(rule("yulin", "funds.work_fund"), Spent("conditions", 1), Books(1))
    assert refused.code == "use_not_listed"
    assert spending_findings(rule("yulin", "funds.allowances"), Spent("conditions", 1), Books(1)) == []
