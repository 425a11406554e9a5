"""通办发〔2018〕35号, articles 5, 33, 34 and 36: money and experience, worked out to the fen and to the day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from apps.rules.language.bans import barred
from apps.rules.language.deadlines import last_day
from apps.rules.language.entitlements import Claim, due, paid_finding, qualifies, quantity
from apps.rules.language.ladders import effects_of, proposals
from apps.rules.language.parts import severity_of
from apps.rules.language.proposals import Occasion
from apps.rules.language.selectors import Case
from apps.rules.language.windows import Stretch
from apps.rules.trace import recompute

Rules = Callable[[str, str], Any]
ROLES = ["leader", "first_secretary", "member"]


def names(actors: Any) -> list[str | None]:
    return [actor.resolved({}) for actor in actors]


@pytest.mark.clause("TW-5-4")
@pytest.mark.parametrize(
    ("first", "last", "counts"),
    [
        ("2026-03-01", "2027-02-27", False),
        ("2026-03-01", "2027-02-28", True),  # exactly a year
        ("2026-03-01", "2028-03-01", True),
        ("2024-02-29", "2025-02-27", True),
        ("2024-02-29", "2025-02-26", False),
        ("2026-03-01", "2026-08-31", False),
    ],
)
@pytest.mark.parametrize("role", ROLES)
def test_a_full_year_in_the_village_is_experience_at_the_grass_roots(
    rule: Rules, first: str, last: str, counts: bool, role: str
) -> None:
    experience = rule("tongwei", "entitlements.grassroots_experience")
    assert experience.applies.matches(Case(roles=frozenset({role})))
    assert not experience.applies.matches(Case(roles=frozenset({"pairing_cadre"})))
    assert experience.items == ("基层工作经历",)
    assert qualifies(experience, Stretch(date.fromisoformat(first), date.fromisoformat(last))) is counts


@pytest.mark.clause("TW-39-6")
def test_a_recall_takes_the_experience_away_even_after_a_full_year(rule: Rules) -> None:
    experience = rule("tongwei", "entitlements.grassroots_experience")
    assert qualifies(experience, Stretch(date(2024, 3, 1), date(2026, 5, 10)))
    found = [one.effect for one in effects_of(rule("tongwei", "ladders.recalled"), 1)]
    (lost,) = [effect for effect in found if effect.do == "service_not_counted"]
    assert (lost.modality, lost.clause, lost.whom.subject) == ("forbidden", "TW-39-6", "person")
    assert effects_of(rule("tongwei", "ladders.recalled"), 0) == ()


@pytest.mark.parametrize(
    ("key", "claim", "rate", "fen"),
    [
        *(
            pytest.param("living_allowance", days, rate, fen, marks=pytest.mark.clause("TW-34-1"))
            for days, rate, fen in [(22, 30, 66000), (0, 30, 0), (1, Decimal("33.335"), 3334), (22, None, None)]
        ),
        *(
            pytest.param("travel", trips, rate, fen, marks=pytest.mark.clause("TW-34-2"))
            for trips, rate, fen in [(1, Decimal("86.5"), 8650), (3, Decimal("86.5"), 25950), (3, None, None)]
        ),
        *(
            pytest.param("township_work_subsidy", months, rate, fen, marks=pytest.mark.clause("TW-34-5"))
            for months, rate, fen in [(6, 300, 180000), (12, 300, 360000), (0, 300, 0), (6, None, None)]
        ),
        *(
            pytest.param("medical_expenses", events, rate, fen, marks=pytest.mark.clause("TW-36-5"))
            for events, rate, fen in [(1, Decimal("1234.56"), 123456), (1, None, None)]
        ),
        *(
            pytest.param(key, years, rate, fen, marks=pytest.mark.clause("TW-33-1"))
            for key in ("work_fund", "first_secretary_work_fund")
            for years, rate, fen in [(1, 20000, 2000000), (2, 20000, 4000000), (1, None, None)]
        ),
    ],
)
def test_money_is_so_many_times_a_rate_that_another_document_gives_and_none_is_invented(
    rule: Rules, key: str, claim: int, rate: Any, fen: int | None
) -> None:
    found = due(rule("tongwei", f"entitlements.{key}"), Claim(claim), rate)
    assert found.amount == fen
    if fen is not None:
        assert recompute(found.trace) == fen


UNITS = {
    "living_allowance": "天",
    "travel": "趟",
    "township_work_subsidy": "个月",
    "medical_expenses": "次",
    "work_fund": "年",
    "first_secretary_work_fund": "年",
}
PAYERS = {
    "living_allowance": ["dispatch_unit"],
    "travel": ["dispatch_unit"],
    "township_work_subsidy": ["county_finance"],
    "medical_expenses": ["dispatch_unit"],
    "work_fund": [],  # the text does not say who
    "first_secretary_work_fund": [],
}
CLAUSES = {
    "living_allowance": "TW-34-1",
    "travel": "TW-34-2",
    "township_work_subsidy": "TW-34-5",
    "medical_expenses": "TW-36-5",
    "work_fund": "TW-33-1",
    "first_secretary_work_fund": "TW-33-1",
}


@pytest.mark.parametrize(
    "key", [pytest.param(key, marks=pytest.mark.clause(clause)) for key, clause in CLAUSES.items()]
)
def test_a_fen_too_little_is_refused_and_told_of_who_pays(rule: Rules, key: str) -> None:
    entitlement = rule("tongwei", f"entitlements.{key}")
    owed = due(entitlement, Claim(2), 100)
    assert owed.trace["steps"][0]["text"] == f"100 × 2 {UNITS[key]} = 200"
    assert paid_finding(entitlement, 20000, 20000) is None
    short = paid_finding(entitlement, 20000, 19999)
    assert short is not None
    assert (short.code, short.severity, short.clause) == ("entitlement_short", "block", CLAUSES[key])
    assert names(entitlement.paid_by) == PAYERS[key]


@pytest.mark.clause("TW-34-1")
def test_board_is_counted_by_days_in_the_village_alone(rule: Rules) -> None:
    days = {"in_village": 19, "official_trip": 2, "meeting": 1, "training": 3, "leave": 2, "rest": 4}
    assert quantity(rule("tongwei", "entitlements.living_allowance"), days) == 19


@pytest.mark.clause("TW-34-5")
def test_the_subsidy_is_paid_by_the_end_of_its_year_and_certified_by_personnel(rule: Rules) -> None:
    subsidy = rule("tongwei", "entitlements.township_work_subsidy")
    assert [last_day(subsidy.due, {"start": date(year, 3, 1)}) for year in (2026, 2027)] == [
        date(2026, 12, 31),
        date(2027, 12, 31),
    ]
    assert names(subsidy.certified_by) == ["county_personnel"]


@pytest.mark.clause("TW-33-1")
@pytest.mark.parametrize(
    ("key", "role", "fits"),
    [("work_fund", "member", True), ("first_secretary_work_fund", "first_secretary", True), ("first_secretary_work_fund", "leader", False)],
)  # fmt: skip
def test_teams_and_first_secretaries_have_a_fund_each(rule: Rules, key: str, role: str, fits: bool) -> None:
    assert rule("tongwei", f"entitlements.{key}").applies.matches(Case(roles=frozenset({role}))) == fits


@pytest.mark.clause("TW-36-6")
@pytest.mark.parametrize("days", [5, 10, 15])
def test_paid_leave_is_so_many_days_a_year_as_are_typed_in(rule: Rules, days: int) -> None:
    leave = rule("tongwei", "entitlements.paid_leave")
    found = due(leave, Claim(1), days)
    assert (found.amount, found.trace["unit"]) == (days, "天")
    assert found.trace["steps"][0]["text"] == f"{days} × 1 年 = {days}"
    assert due(leave, Claim(1)).amount is None
    assert (severity_of(leave.modality), found.trace["clause"]) == ("block", "TW-36-6")


@pytest.mark.clause("TW-31-3")
@pytest.mark.parametrize(
    ("ladder", "at", "clause", "last"),
    [
        ("recalled", 1, "TW-39-5", date(2027, 5, 12)),
        ("accountability_results", "诫勉谈话", "TW-40-7", date(2027, 5, 12)),
        ("accountability_results", "组织处理", "TW-40-10", date(2028, 5, 12)),
    ],
)
def test_nobody_is_recommended_directly_while_a_ban_runs(
    rule: Rules, ladder: str, at: Any, clause: str, last: date
) -> None:
    direct = rule("tongwei", "entitlements.direct_recommendation")
    assert direct.judged == "年度考核为“优秀”等次、实绩特别突出"
    assert direct.items == ("不唯资历", "不唯票数", "直接推荐提拔使用")
    assert all(direct.applies.matches(Case(roles=frozenset({role}))) for role in ROLES)
    occasion = Occasion(event=date(2026, 5, 1), decided=date(2026, 5, 12), subjects={"person": "甲"})
    decided = proposals(rule("tongwei", f"ladders.{ladder}"), at, occasion)
    for day, barring in [(date(2026, 5, 11), []), (date(2026, 5, 12), [clause]), (last, [clause])]:
        assert [(one.clause, one.severity) for one in barred(decided, "promotion", day)] == [
            (each, "block") for each in barring
        ]
    assert barred(decided, "promotion", last + timedelta(days=1)) == []
