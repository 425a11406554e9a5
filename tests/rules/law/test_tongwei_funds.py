"""通办发〔2018〕35号, article 33: what the two work funds may pay, what stays with them, and what the unit pays."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from apps.rules.language.selectors import Case
from apps.rules.language.spending import Books, Spent, booking_finding, carried, conversion_finding, spending_findings
from apps.rules.trace import recompute
from tests.rules.law.telling import tell

Rules = Callable[[str, str], Any]
FUNDS = ["work_fund", "first_secretary_work_fund"]
NEEDS_REASON = ("use_needs_reason", "block", "TW-33-4")


def found(rule: Rules, fund: str, expense: Spent, case: Case | None = None) -> list[tuple[str, str, str | None]]:
    told = spending_findings(rule("tongwei", f"funds.{fund}"), expense, Books(1000000), case)
    return tell(told)


@pytest.mark.clause("TW-33-4")
@pytest.mark.parametrize("fund", FUNDS)
@pytest.mark.parametrize(
    ("expense", "expected"),
    [
        *((Spent(use, 100000), []) for use in ("rent", "utilities", "heating", "office", "printing", "newspapers")),
        (Spent("other", 100000, other="被褥"), [NEEDS_REASON]),
        (Spent("other", 100000, "  ", "被褥"), [NEEDS_REASON]),
        (Spent("other", 100000, "新队员到村", "被褥"), [("use_other", "notice", "TW-33-4")]),
    ],
)
def test_six_uses_are_free_and_another_one_of_work_or_living_needs_its_reason(
    rule: Rules, fund: str, expense: Spent, expected: list[tuple[str, str, str]]
) -> None:
    assert found(rule, fund, expense) == expected


@pytest.mark.clause("TW-33-5")
@pytest.mark.parametrize("fund", FUNDS)
@pytest.mark.parametrize("use", ["diversion", "gifts", "projects"])
def test_neither_fund_may_be_diverted_whatever_the_reason(rule: Rules, fund: str, use: str) -> None:
    assert found(rule, fund, Spent(use, 1, "村民要求")) == [("use_forbidden", "block", "TW-33-5")]


@pytest.mark.clause("TW-33-3")
@pytest.mark.parametrize("fund", FUNDS)
@pytest.mark.parametrize(
    ("given", "spent", "rest"), [(1000000, 640050, 359950), (1000000, 1000000, 0), (500000, 0, 500000), (100, 130, 0)]
)
def test_an_unspent_rest_stays_to_the_last_fen(rule: Rules, fund: str, given: int, spent: int, rest: int) -> None:
    trace = carried(rule("tongwei", f"funds.{fund}"), given, spent)
    assert trace is not None
    assert trace["value"] == recompute(trace) == rest


@pytest.mark.clause("TW-33-3")
@pytest.mark.parametrize(("fund", "other"), [FUNDS, FUNDS[::-1]])
def test_neither_work_fund_is_turned_into_the_other(rule: Rules, fund: str, other: str) -> None:
    told = conversion_finding(rule("tongwei", f"funds.{fund}"), other)
    assert told is not None
    assert (told.code, told.severity, told.inputs) == ("fund_converted", "block", {"into": other})
    assert conversion_finding(rule("tongwei", f"funds.{fund}"), fund) is None


@pytest.mark.clause("TW-33-6")
@pytest.mark.parametrize(
    ("expense", "expected"),
    [
        (Spent("help", 100000), []),
        (Spent("consolation", 100000), []),
        (Spent("rent", 100000, "急用"), [("use_not_listed", "notice", "TW-33-6")]),
    ],
)
def test_help_and_consolation_may_be_paid_out_of_the_units_own_budgets(
    rule: Rules, expense: Spent, expected: list[tuple[str, str, str]]
) -> None:
    assert found(rule, "help_fund", expense) == expected
    fund = rule("tongwei", "funds.help_fund")
    assert [payer.resolved({}) for payer in fund.paid_by] == ["dispatch_unit"]
    assert set(fund.sources) == {"派出单位机关工作经费", "派出单位业务费"}
    assert "use_forbidden" in {code for code, *_ in found(rule, "work_fund", Spent("gifts", 1))}


def test_the_first_secretarys_fund_is_for_first_secretaries(rule: Rules) -> None:
    roles = {role: Case(roles=frozenset({role})) for role in ("first_secretary", "member")}
    assert found(rule, "first_secretary_work_fund", Spent("rent", 1), roles["first_secretary"]) == []
    assert found(rule, "first_secretary_work_fund", Spent("rent", 1), roles["member"]) == [
        ("fund_not_for_this", "block", "TW-33-4")
    ]


@pytest.mark.clause("TW-33-2")
@pytest.mark.parametrize("fund", FUNDS)
@pytest.mark.parametrize(
    ("doing", "by", "refused"),
    [
        ("pay", "township_finance", False),
        ("pay", "team", True),
        ("pay", "first_secretary", True),
        ("pay", "dispatch_unit", True),
        ("claim", "team", False),
        ("claim", "township_finance", True),
        ("claim", "dispatch_unit", True),
    ],
)
def test_the_township_pays_and_the_team_claims(rule: Rules, fund: str, doing: Any, by: str, refused: bool) -> None:
    told = booking_finding(rule("tongwei", f"funds.{fund}"), doing, by)
    assert (told is not None) is refused
    if told is not None:
        assert (told.code, told.severity) == ("fund_not_yours", "block")
