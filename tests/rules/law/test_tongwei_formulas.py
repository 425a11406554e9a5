"""通办发〔2018〕35号, articles 27 and 28: scores, their weights, and the grades they lead to."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from apps.rules.exact import plain
from apps.rules.language.formulas import Outcome, evaluate
from apps.rules.language.ladders import effects_of
from apps.rules.language.vocabularies import at_or_below, counted_as, graded
from apps.rules.trace import recompute

QUARTERS = {"q1": 80, "q2": 90, "q3": 100, "q4": 70}
FORMULAS = ("routine_score", "yearly_score", "team_routine_score", "team_yearly_score", "month_days_due")


@pytest.fixture
def score(rule: Callable[[str, str], Any]) -> Callable[..., Outcome]:
    """The outcome of a formula; the formulas it draws on stand beside it, and its trace gives the result again."""
    formulas = {key: rule("tongwei", f"formulas.{key}") for key in FORMULAS}

    def of(key: str, values: dict[str, Any]) -> Outcome:
        found = evaluate(formulas[key], values, None, formulas)
        assert found.value is None or recompute(found.trace) == plain(found.value)
        return found

    return of


@pytest.mark.clause("TW-27-4")
@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({**QUARTERS, "annual_score": 90}, 88),  # the mean is 85: 34 + 54
        ({**QUARTERS, "annual_score": 0}, 34),
        ({**dict.fromkeys(QUARTERS, 0), "annual_score": 100}, 60),
        ({**dict.fromkeys(QUARTERS, 100), "annual_score": 0}, 40),
        ({"q3": 90, "q4": 80, "annual_score": 90}, 88),  # came in July: two quarters are scored
        ({"q2": 75, "annual_score": 85}, 81),
        ({**QUARTERS, "q4": Decimal("70.5"), "annual_score": Decimal("89.5")}, "87.75"),  # 34.05 + 53.7, not rounded
        ({**QUARTERS, "q4": 0, "annual_score": 90}, 81),  # a quarter scored nought is not one that was not served
    ],
)
def test_a_persons_year_is_forty_per_cent_quarters_and_sixty_per_cent_annual_score(
    score: Callable[..., Outcome], values: dict[str, Any], expected: Any
) -> None:
    found = score("yearly_score", values).value
    assert found is not None
    assert plain(found) == expected


@pytest.mark.clause("TW-27-4")
@pytest.mark.parametrize(
    ("members", "annual", "expected"),
    [
        ([90, 80, 85], 95, 91),  # 0.4 × 85 + 57
        ([100], 0, 40),
        ([0, 0, 0], 100, 60),
        ([88, 91], 90, "89.8"),  # 35.8 + 54
    ],
)
def test_a_teams_year_takes_forty_per_cent_from_its_own_cadres(
    score: Callable[..., Outcome], members: list[int], annual: int, expected: Any
) -> None:
    found = score("team_yearly_score", {"members": members, "team_annual_score": annual}).value
    assert found is not None
    assert plain(found) == expected
    handed_in = score("team_yearly_score", {"team_routine_score": 50, "members": members, "team_annual_score": 50})
    assert handed_in.value == 50  # the township's own score of the team goes before the mean


@pytest.mark.clause("TW-27-4")
@pytest.mark.parametrize(
    ("key", "values", "missing"),
    [
        ("yearly_score", QUARTERS, ("annual_score",)),
        ("yearly_score", {"annual_score": 90}, ("q1", "q2", "q3", "q4")),
        ("team_yearly_score", {"members": [90]}, ("team_annual_score",)),
        ("team_yearly_score", {"team_annual_score": 90}, ("members",)),
    ],
)
def test_neither_part_alone_makes_a_year(
    score: Callable[..., Outcome], key: str, values: dict[str, Any], missing: tuple[str, ...]
) -> None:
    found = score(key, values)
    assert (found.value, found.missing) == (None, missing)


@pytest.mark.clause("TW-28-1")
@pytest.mark.parametrize(
    ("given", "right"), [(0, True), (100, True), (Decimal("-0.01"), False), (Decimal("100.01"), False), (101, False)]
)
@pytest.mark.parametrize(
    ("key", "name", "others"),
    [("yearly_score", "annual_score", QUARTERS), ("team_yearly_score", "team_annual_score", {"members": [80]})],
)
def test_the_annual_score_is_out_of_a_hundred(
    score: Callable[..., Outcome], key: str, name: str, others: dict[str, Any], given: Any, right: bool
) -> None:
    found = score(key, {**others, name: given})
    assert (found.value is not None) == right
    assert [why for why in found.why if "不在" in why] == (
        []
        if right
        else [f"“{'工作队' if key[0] == 't' else ''}年度考核得分”{plain(given)} 不在 0以上（含）、100以下（含） 之内。"]
    )


@pytest.mark.clause("TW-27-4")
@pytest.mark.parametrize("quarter", list(QUARTERS))
@pytest.mark.parametrize(("given", "right"), [(0, True), (100, True), (-1, False), (101, False)])
def test_every_quarter_is_scored_out_of_a_hundred(
    score: Callable[..., Outcome], quarter: str, given: int, right: bool
) -> None:
    assert (score("routine_score", {**QUARTERS, quarter: given}).value is not None) == right


EDGES = [100, 90, Decimal("89.99"), Decimal("89.5"), 89, 80, Decimal("79.99"), 79, 60, Decimal("59.99"), 0, 101, -1]
BANDS = [0, 0, 1, 1, 1, 1, 2, 2, 2, 3, 3, None, None]


@pytest.mark.parametrize(("given", "band"), list(zip(EDGES, BANDS, strict=True)))
@pytest.mark.parametrize(
    ("vocabulary", "chosen", "words"),
    [
        pytest.param("quarter_grades", False, ["好", "较好", "一般", "差"], marks=pytest.mark.clause("TW-27-3")),
        pytest.param("team_grades", True, ["优秀", "良好", "一般", "较差"], marks=pytest.mark.clause("TW-28-3")),
        pytest.param("team_grades", False, ["良好", "良好", "一般", "较差"], marks=pytest.mark.clause("TW-28-3")),
        pytest.param(
            "yearly_grades", True, ["优秀", "称职", "基本称职", "不称职"], marks=pytest.mark.clause("TW-28-7")
        ),
        pytest.param(
            "yearly_grades", False, ["称职", "称职", "基本称职", "不称职"], marks=pytest.mark.clause("TW-28-7")
        ),
    ],
)
def test_scores_lead_to_grades_at_90_80_and_60_and_excellence_only_to_who_is_chosen(
    rule: Callable[[str, str], Any], vocabulary: str, chosen: bool, words: list[str], given: Any, band: int | None
) -> None:
    found = graded(rule("tongwei", f"vocabularies.{vocabulary}"), given, chosen=chosen)
    assert found == (None if band is None else words[band])


@pytest.mark.clause("TW-28-6")
@pytest.mark.parametrize(
    ("civil", "staff", "low"),
    [("优秀", "优秀", False), ("称职", "合格", False), ("基本称职", "基本合格", True), ("不称职", "不合格", True)],
)
def test_staff_of_institutions_and_enterprises_have_the_four_grades_by_their_own_names(
    rule: Callable[[str, str], Any], civil: str, staff: str, low: bool
) -> None:
    grades = rule("tongwei", "vocabularies.yearly_grades")
    assert [word.word for word in grades.words] == ["优秀", "称职", "基本称职", "不称职"]
    assert counted_as(grades, civil, "staff_grades") == staff
    assert grades.found(staff).word == civil
    assert rule("tongwei", "vocabularies.staff_grades").place(staff) == grades.place(civil)
    assert (staff in at_or_below(rule("tongwei", "vocabularies.staff_grades"), "基本合格")) == low
    assert bool(effects_of(rule("tongwei", "ladders.low_grade"), grades.found(staff).word)) == low


@pytest.mark.clause("TW-39-3")
@pytest.mark.parametrize(
    ("month", "year", "posted", "days", "expected"),
    [
        (22, 248, 30, 30, 19),  # 19.516…
        (18, 248, 31, 31, 15),  # 15.967…
        (17, 250, 28, 28, 14),  # 14.96
        (25, 250, 31, 31, 22),  # 22 exactly
        (23, 250, 31, 31, 20),  # 20.24
        (22, 248, 15, 30, 9),  # 9.758…
        (22, 248, 0, 30, 0),
        (20, 220, 31, 31, 20),
    ],
)
def test_a_month_owes_its_share_of_the_220_by_its_workdays_cut_to_whole_days(
    score: Callable[..., Outcome], month: int, year: int, posted: int, days: int, expected: int
) -> None:
    values = {"month_workdays": month, "year_workdays": year, "posted_days": posted, "month_days": days}
    assert score("month_days_due", values).value == expected
