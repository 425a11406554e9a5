"""达川委办〔2017〕96号 四4: what is due to whom, in fen, from when, and what the money is for."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from apps.rules.language.entitlements import Claim, due, paid_finding
from apps.rules.language.parts import severity_of
from apps.rules.language.selectors import Case
from apps.rules.language.spending import Books, Spent, carried, spending_findings
from apps.rules.law import rules_of
from apps.rules.trace import recompute
from tests.rules.conftest import shipped
from tests.rules.law.dachuan_case import Find
from tests.rules.law.telling import tell


def case(role: str, *classes: str) -> Case:
    return Case(roles=frozenset({role}), village_classes=frozenset(classes))


def payers(text: Any) -> list[str | None]:
    return [actor.resolved({}) for actor in text.paid_by]


@pytest.mark.parametrize(
    ("key", "role", "village", "clause", "subject", "years", "fen"),
    [
        pytest.param(key, role, village, clause, subject, years, years * yuan * 100, marks=pytest.mark.clause(clause))
        for key, role, village, clause, subject, yuan in (
            ("work_fund", "first_secretary", "poor", "DC-4.4-3", "post", 20000),
            ("work_fund", "first_secretary", "non_poor", "DC-4.4-4", "post", 5000),
            ("technician_fund", "agri_technician", "poor", "DC-4.4-6", "person", 8000),
        )
        for years in (1, 2)
    ],
)
def test_the_districts_finance_gives_so_much_a_year(
    rule: Find, key: str, role: str, village: str, clause: str, subject: str, years: int, fen: int
) -> None:
    text = rule("dachuan", f"entitlements.{key}")
    found = due(text, Claim(years, case(role, village)))
    assert (found.amount, recompute(found.trace)) == (fen, fen)
    assert (text.per, text.subject, payers(text)) == ("year", subject, ["county_finance"])
    assert text.applies.matches(case(role, village))
    assert not text.applies.matches(case("member", village))
    assert clause in {text.clause, *(part.clause for part in text.rates if part.applies.matches(case(role, village)))}


@pytest.mark.parametrize(
    ("paid", "code"), [(2000000, None), (1999999, "entitlement_short"), (2000001, "entitlement_over")]
)
@pytest.mark.clause("DC-4.4-3")
def test_the_work_fund_is_a_fixed_sum(rule: Find, paid: int, code: str | None) -> None:
    text = rule("dachuan", "entitlements.work_fund")
    owed = due(text, Claim(1, case("first_secretary", "poor"))).amount
    found = paid_finding(text, owed, paid)  # type: ignore[arg-type]
    assert (found and (found.code, found.severity)) == (code and (code, "block"))


@pytest.mark.parametrize(("day", "held"), [("2017-07-31", False), ("2017-08-01", True), ("2026-05-12", True)])
@pytest.mark.parametrize(
    "key",
    [
        pytest.param("living_allowance", marks=pytest.mark.clause("DC-4.4-1")),
        pytest.param("township_work_subsidy", marks=pytest.mark.clause("DC-4.4-2")),
    ],
)
def test_the_units_allowances_run_from_august_2017_before_the_notice_itself(key: str, day: str, held: bool) -> None:
    packs = shipped()
    found = rules_of([packs["dachuan"]], "entitlements", date.fromisoformat(day))
    assert (key in found) is held


@pytest.mark.parametrize(
    ("key", "others"),
    [
        pytest.param("living_allowance", True, marks=pytest.mark.clause("DC-4.4-1")),
        pytest.param("township_work_subsidy", False, marks=pytest.mark.clause("DC-4.4-2")),
    ],
)
def test_their_rate_is_handed_in_and_paid_by_the_dispatch_unit(rule: Find, key: str, others: bool) -> None:
    text = rule("dachuan", f"entitlements.{key}")
    assert due(text, Claim(3)).amount is None  # nothing is invented
    assert due(text, Claim(3), rate=80).amount == 24000
    assert (payers(text), "达川财行〔2017〕22号" in text.rate_of) == (["dispatch_unit"], others)
    roles = ("first_secretary", "leader", "member", "agri_technician", "legal_adviser", "credit_officer")
    assert [text.applies.matches(case(role, "poor")) for role in roles] == [True, True, True, False, False, False]


@pytest.mark.clause("DC-4.4-2")
def test_an_absence_takes_the_stationing_allowance_and_never_the_township_one(rule: Find) -> None:
    ladder = rule("dachuan", "ladders.absence")
    taken = {effect.allowance for rung in ladder.rungs for effect in rung.effects if effect.do == "allowance_withheld"}
    assert taken == {"living_allowance"}


@pytest.mark.clause("DC-4.4-7")
def test_legal_advisers_and_credit_officers_get_funds_of_no_stated_sum(rule: Find) -> None:
    text = rule("dachuan", "entitlements.service_fund")
    roles = ("legal_adviser", "credit_officer", "agri_technician", "first_secretary")
    assert [text.applies.matches(case(role)) for role in roles] == [True, True, False, False]
    assert due(text, Claim(1)).amount is None
    assert due(text, Claim(1), rate=3000).amount == 300000
    assert payers(text) == []


@pytest.mark.clause("DC-4.3-4")
def test_days_of_paid_leave_are_entered_per_person_and_year(rule: Find) -> None:
    text = rule("dachuan", "entitlements.paid_leave")
    assert due(text, Claim(1)).amount is None
    assert (due(text, Claim(1), rate=10).amount, text.per, text.gives) == (10, "year", "days")
    assert [actor.resolved({}) for actor in text.certified_by] == ["dispatch_unit"]
    roles = ("first_secretary", "leader", "member", "credit_officer")
    assert [text.applies.matches(case(role)) for role in roles] == [True, True, True, False]


@pytest.mark.parametrize(
    ("expense", "expected"),
    [
        *((Spent(use, 1), []) for use in ("rent", "office", "papers", "help_work", "visits")),
        (Spent("other", 1, other="宴请"), [("use_needs_reason", "block", "DC-4.4-5")]),
        (Spent("other", 1, "村委会来函", "打井"), [("use_other", "notice", "DC-4.4-5")]),
    ],
)
@pytest.mark.clause("DC-4.4-5")
def test_the_work_fund_has_five_uses_and_others_with_a_reason(
    rule: Find, expense: Spent, expected: list[tuple[str, str, str]]
) -> None:
    fund = rule("dachuan", "funds.work_fund")
    found = spending_findings(fund, expense, Books(2000000))
    assert tell(found) == expected
    labels = {use.label for use in fund.uses.values()}
    assert labels == {"租用农房", "购置日常办公用品", "订阅报刊", "开展帮扶工作", "慰问困难群众"}
    assert {actor.resolved({}) for actor in fund.used_by} == {"first_secretary", "work_group"}
    assert carried(fund, 2000000, 1500000) is None  # what becomes of the rest is not said


@pytest.mark.parametrize(
    ("expense", "code"),
    [(Spent("work", 800000), None), (Spent("training", 800000), None), (Spent("rent", 1), "use_not_listed")],
)
@pytest.mark.clause("DC-4.4-6")
def test_the_technicians_money_is_for_work_and_training_together(rule: Find, expense: Spent, code: str | None) -> None:
    found = spending_findings(rule("dachuan", "funds.technician_fund"), expense, Books(800000), case("agri_technician"))
    assert [one.code for one in found] == ([code] if code else [])


@pytest.mark.parametrize(
    ("key", "per", "by", "stationed", "severity"),
    [
        pytest.param("batch_promotion", "year", [], False, "block", marks=pytest.mark.clause("DC-4.1-2")),
        pytest.param("training_plan", None, [], False, "block", marks=pytest.mark.clause("DC-4.1-3")),
        pytest.param("reappointed_priority", None, [], False, "block", marks=pytest.mark.clause("DC-4.1-4")),
        pytest.param("accident_insurance", "year", ["dispatch_unit"], True, "block", marks=pytest.mark.clause("DC-4.3-2")),
        pytest.param("checkup", "year", ["dispatch_unit"], True, "block", marks=pytest.mark.clause("DC-4.3-3")),
        pytest.param("paid_leave", "year", [], True, "block", marks=pytest.mark.clause("DC-4.3-4")),
    ],
)  # fmt: skip
def test_what_is_not_money_is_owed_to_whom_how_often_and_by_whom(
    rule: Find, key: str, per: str | None, by: list[str], stationed: bool, severity: str
) -> None:
    text = rule("dachuan", f"entitlements.{key}")
    assert (text.per, payers(text), severity_of(text.modality)) == (per, by, severity)
    roles = ("first_secretary", "leader", "member", "agri_technician")
    assert [text.applies.matches(case(role, "poor")) for role in roles] == [True, True, True, not stationed]
