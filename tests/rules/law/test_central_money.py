"""What the nation's guidance grants: allowances, funds, care; its silence about sums stays a silence."""

from __future__ import annotations

from typing import Any

import pytest

from apps.rules.language.entitlements import Claim, due, paid_finding, quantity
from apps.rules.language.spending import Books, Spent, spending_findings
from tests.rules.law.telling import tell

SHEET = {"in_village": 20, "official_trip": 3, "meeting": 2, "leave": 1, "rest": 5}


def offices(rule: Any) -> set[str | None]:
    return {actor.office for actor in rule.paid_by}


GRANTS = [
    pytest.param(
        "work_fund",
        "block",
        {"county_finance", "city_finance", "hierarchy"},
        "CN-6.1-3",
        marks=pytest.mark.clause("CN-6.1-3"),
    ),
    pytest.param("living_allowance", "notice", {"dispatch_unit"}, "CN-6.4-3", marks=pytest.mark.clause("CN-6.4-3")),
    pytest.param(
        "communication_allowance", "notice", {"dispatch_unit"}, "CN-6.4-5", marks=pytest.mark.clause("CN-6.4-5")
    ),
    pytest.param("medical_expenses", "block", {"dispatch_unit"}, "CN-6.4-9", marks=pytest.mark.clause("CN-6.4-9")),
]


@pytest.mark.parametrize(("key", "severity", "payers", "clause"), GRANTS)
def test_no_sum_is_invented_and_the_locality_s_sum_is_what_is_due(
    rule: Any, key: str, severity: str, payers: set[str], clause: str
) -> None:
    grant = rule("central", f"entitlements.{key}")
    assert due(grant, Claim(3)).amount is None
    owed = due(grant, Claim(3), rate=100).amount
    assert owed == 30000
    assert paid_finding(grant, owed, 30000) is None
    short = paid_finding(grant, owed, 29999)
    assert short is not None
    assert (short.code, short.severity, short.clause) == ("entitlement_short", severity, clause)
    assert offices(grant) == payers


@pytest.mark.clause("CN-6.4-3")
def test_the_living_allowance_is_paid_for_each_day_in_the_village_and_no_other(rule: Any) -> None:
    grant = rule("central", "entitlements.living_allowance")
    assert quantity(grant, SHEET) == 20
    assert quantity(grant, {"leave": 30}) == 0
    assert due(grant, Claim(quantity(grant, SHEET)), rate=100).amount == 200000
    assert grant.rate_of == "差旅费中伙食补助费标准"


@pytest.mark.clause("CN-6.4-5")
def test_the_communication_allowance_is_paid_by_the_month(rule: Any) -> None:
    grant = rule("central", "entitlements.communication_allowance")
    assert quantity(grant, SHEET) == 1
    assert due(grant, Claim(12), rate=50).trace["steps"][0]["text"] == "50 × 12 个月 = 600"


@pytest.mark.clause("CN-6.1-3")
def test_the_work_fund_is_for_each_team_and_year(rule: Any) -> None:
    fund = rule("central", "entitlements.work_fund")
    assert due(fund, Claim(1), rate=20000).trace["steps"][0]["text"] == "20000 × 1 年 = 20000"
    assert (fund.subject, fund.delegated_to) == ("team", "county")


@pytest.mark.clause("CN-6.4-4")
@pytest.mark.parametrize(
    ("use", "found"),
    [
        ("living_allowance", []),
        ("communication_allowance", []),
        ("insurance", [("use_not_listed", "notice", "CN-6.4-4")]),
        ("travel", [("use_not_listed", "notice", "CN-6.4-4")]),
    ],
)
def test_the_unit_s_operating_funds_may_pay_the_two_allowances(rule: Any, use: str, found: list[Any]) -> None:
    fund = rule("central", "funds.allowances")
    told = spending_findings(fund, Spent(use, 50000), Books(given=100000))
    assert tell(told) == found
    assert (offices(fund), fund.sources, fund.subject) == ({"dispatch_unit"}, ("派出单位公用经费",), "unit")


ALL_THREE = {"county_party_committee", "county_government", "township_party_committee", "dispatch_unit"}


@pytest.mark.parametrize(
    ("key", "payers", "items"),
    [
        pytest.param("working_conditions", ALL_THREE, (), marks=pytest.mark.clause("CN-6.4-1")),
        pytest.param("living_conditions", ALL_THREE, (), marks=pytest.mark.clause("CN-6.4-1")),
        pytest.param("status_kept", {"dispatch_unit"}, ("人事关系", "各项待遇"), marks=pytest.mark.clause("CN-6.4-2")),
        pytest.param("duty_injury_care", {"dispatch_unit"}, ("救治", "康复"), marks=pytest.mark.clause("CN-6.4-7")),
        pytest.param("survivors_care", {"dispatch_unit"}, ("亲属优抚",), marks=pytest.mark.clause("CN-6.4-8")),
    ],
)
def test_what_is_not_money_is_owed_in_kind_by_those_named(
    rule: Any, key: str, payers: set[str], items: tuple[str, ...]
) -> None:
    grant = rule("central", f"entitlements.{key}")
    assert due(grant, Claim(1)).amount is None
    assert (offices(grant), grant.items, grant.modality) == (payers, items, "must")
