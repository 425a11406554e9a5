"""Measures over half-months, quarters and half-years, by days and by nights, of a county that is not real.

The regulation is tests/rules/packs/qingya/regulation.txt; what is expected was worked out from it by hand.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from apps.core.months import Month
from apps.rules.book import RuleBook
from apps.rules.calendar import YearCalendar, unannounced
from apps.rules.presence import Counts, Inputs, State, evaluate
from apps.rules.trace import recompute, results
from tests.rules.cases import numbers

MET, ON_TRACK, OUT, SHORT, SHOWN = State.MET, State.ON_TRACK, State.OUT_OF_REACH, State.SHORT, State.SHOWN


Book = Callable[[str, date], RuleBook]


def rules_on(book: Book, month: Month) -> RuleBook:
    return book("qingya", month.last)


def case(month: str, role: str, *, window: str = "month", nights: int = 0, **changes: Any) -> Inputs:
    """One posting at the end of a month: `days` and `nights` are what was counted in `window`, nothing elsewhere."""
    days = numbers(changes.pop("days", {}))
    nothing = numbers({})
    held = Month.parse(month)
    in_month, in_year = window == "month", window == "year"
    plain: dict[str, Any] = {
        "roles": [role],
        "classes": ["poor"],
        "first": date(2020, 1, 1),
        "last": None,
        "month": held,
        "month_all": days if in_month else nothing,
        "month_work": days if in_month else nothing,
        "ytd_all": days if in_year else nothing,
        "ytd_work": days if in_year else nothing,
        "ytd_nights": nights if in_year else 0,
        "nights": ("1" * nights if in_month else "").ljust(held.days),
        "stretches": {name: Counts(nothing, nothing, 0) for name in ("quarter", "half_year")}
        | {window: Counts(days, days, nights)},
    }
    return Inputs(**{**plain, **changes})


def village(days: int) -> dict[str, int]:
    return {"in_village": days}


def quarter(month: str, nights: int, **changes: Any) -> Inputs:
    return case(month, "member", window="quarter", nights=nights, **changes)


def half_year(month: str, days: int, **changes: Any) -> Inputs:
    return case(month, "member", window="half_year", days={"in_village": days - 10, "official_trip": 10}, **changes)


def share(month: str, days: int, **changes: Any) -> Inputs:
    return case(month, "leader", window="quarter", days=village(days), **changes)


def marked(month: str, role: str, marks: str, nights: str = "", **changes: Any) -> Inputs:
    """A month by its letters; `1` in `nights` for every night stayed."""
    days = Month.parse(month).days
    return replace(case(month, role, **changes), marks=marks.ljust(days, "R"), nights=nights.ljust(days))


EXPECTED: list[tuple[str, Inputs, tuple[int, int, State]]] = [
    # 40 nights a quarter; the first quarter of 2026 has 31 + 28 + 31 = 90 days
    ("quarter_nights", quarter("2026-02", 26), (26, 40, ON_TRACK)),
    ("quarter_nights", quarter("2026-02", 9), (9, 40, ON_TRACK)),  # the 31 nights of March would do
    ("quarter_nights", quarter("2026-02", 8), (8, 40, OUT)),
    ("quarter_nights", quarter("2026-03", 40), (40, 40, MET)),
    ("quarter_nights", quarter("2026-03", 39), (39, 40, SHORT)),
    ("quarter_nights", quarter("2026-04", 10), (10, 40, ON_TRACK)),  # a new quarter
    # posted from 15 February: 14 + 31 = 45 of 90 days, half of 40
    ("quarter_nights", quarter("2026-03", 20, first=date(2026, 2, 15)), (20, 20, MET)),
    ("quarter_nights", quarter("2026-03", 19, first=date(2026, 2, 15)), (19, 20, SHORT)),
    # posted to 20 May: 30 + 20 = 50 of 91 days, 40 × 50 ÷ 91 = 21.98; over for him in May
    ("quarter_nights", quarter("2026-05", 21, last=date(2026, 5, 20)), (21, 22, SHORT)),
    ("quarter_nights", quarter("2026-04", 1, last=date(2026, 5, 20)), (1, 22, OUT)),  # 1 + 20 nights of May
    # the rule began on 10 February 2025: 19 + 31 = 50 of 90 days, 40 × 50 ÷ 90 = 22.2
    ("quarter_nights", quarter("2025-03", 23), (23, 23, MET)),
    ("quarter_nights", quarter("2025-03", 22), (22, 23, SHORT)),
    ("quarter_nights", quarter("2025-02", 9, last=date(2025, 2, 9)), (0, 0, State.NOT_APPLICABLE)),
    ("quarter_nights", quarter("2025-04", 12), (12, 40, ON_TRACK)),
    # 110 days a half-year, a part of one and the one in which the rule began only shown
    ("half_year_days", half_year("2026-06", 110), (110, 110, MET)),
    ("half_year_days", half_year("2026-06", 109), (109, 110, SHORT)),
    ("half_year_days", half_year("2026-05", 80), (80, 110, ON_TRACK)),  # 30 days of June
    ("half_year_days", half_year("2026-05", 79), (79, 110, OUT)),
    ("half_year_days", half_year("2026-07", 20), (20, 110, ON_TRACK)),
    ("half_year_days", half_year("2026-06", 100, first=date(2026, 3, 1)), (100, 110, SHOWN)),
    ("half_year_days", half_year("2026-06", 110, first=date(2026, 3, 1)), (110, 110, MET)),
    ("half_year_days", half_year("2025-06", 109), (109, 110, SHOWN)),
    ("half_year_days", half_year("2025-12", 109), (109, 110, SHORT)),
    # two thirds of the quarter's workdays: 21 + 16 + 22 = 59, of these 39.3
    ("quarter_share", share("2026-03", 40), (40, 40, MET)),
    ("quarter_share", share("2026-03", 39), (39, 40, SHORT)),
    ("quarter_share", share("2026-02", 18), (18, 40, ON_TRACK)),  # 22 workdays in March
    ("quarter_share", share("2026-02", 17), (17, 40, OUT)),
    # from 16 February: 24 to 28 February (the 28th made up) and March, 5 + 22 = 27
    ("quarter_share", share("2026-03", 18, first=date(2026, 2, 16)), (18, 18, MET)),
    ("quarter_share", share("2025-03", 0), (0, 40, SHOWN)),  # it began inside the quarter: 19 + 19 + 21 = 59 workdays
    ("quarter_share", share("2027-03", 60), (60, 43, SHOWN)),  # no notice for 2027 yet: 64 weekdays
    # half of the month's workdays: 16 in February, 21 in April
    ("month_share", case("2026-02", "leader", days=village(8)), (8, 8, MET)),
    ("month_share", case("2026-04", "leader", days=village(10)), (10, 11, SHORT)),
    ("month_share", case("2026-04", "leader", days=village(10), last=date(2026, 4, 29)), (10, 11, SHOWN)),
    ("month_share", case("2025-02", "leader", days=village(8)), (8, 10, SHOWN)),  # began on the 10th; 19 workdays
    # at most 15 days of leave in a half-year
    ("half_year_leave", case("2026-09", "leader", window="half_year", days={"leave": 15}), (15, 15, MET)),
    ("half_year_leave", case("2026-09", "leader", window="half_year", days={"leave": 16}), (16, 15, SHORT)),
    # 20 days and 10 nights a month
    ("month_days", case("2026-04", "member", days={"in_village": 15, "official_trip": 5}), (20, 20, MET)),
    ("month_nights", case("2026-04", "member", nights=9), (9, 10, SHORT)),
    ("month_nights", case("2026-04", "member", nights=10), (10, 10, MET)),
    ("month_nights", case("2026-04", "member", nights=3, first=date(2026, 4, 2)), (3, 10, SHOWN)),
    # halves of September 2026: 1 to 15, 16 to 30
    ("half_month_days", marked("2026-09", "first_secretary", "V" * 8 + "R" * 7 + "V" * 7), (1, 2, SHORT)),
    ("half_month_days", marked("2026-09", "first_secretary", "R" * 7 + "V" * 16), (2, 2, MET)),
    (
        "half_month_days",
        marked("2026-09", "first_secretary", "-VVVVVVVV" + "R" * 6 + "V" * 8, first=date(2026, 9, 2)),
        (1, 1, MET),
    ),
    ("half_month_days", marked("2026-09", "first_secretary", "V" * 14, last=date(2026, 9, 14)), (0, 0, MET)),
    ("half_month_days", marked("2025-02", "first_secretary", "V" * 7), (0, 1, SHORT)),  # from the 16th, not the 1st
    ("half_month_nights", marked("2026-02", "first_secretary", "V" * 28, "1" * 5 + "0" * 10 + "1" * 4), (1, 2, SHORT)),
    ("half_month_nights", marked("2026-02", "first_secretary", "V" * 28), (0, 2, SHORT)),
    # workdays of September: 1 to 4, 7 to 11, 14, 15; 16 to 18, the 20th made up, 21 to 24, 28 to 30
    ("half_month_workdays", marked("2026-09", "legal_adviser", "VVVRRVV" + "R" * 12 + "VVV"), (2, 2, MET)),
    ("half_month_workdays", marked("2026-09", "legal_adviser", "VVRRVVV" + "R" * 12 + "VVV"), (2, 2, MET)),
    ("half_month_workdays", marked("2026-09", "legal_adviser", "VRRRVVR" + "R" * 11 + "VVR"), (0, 2, SHORT)),
    # weeks that end in September 2026: 6th, 13th, 20th, 27th; the first began on 31 August
    (
        "week_nights",
        marked(
            "2026-09", "first_secretary", "V" * 30, "11" + "0" * 7 + "111" + "0" * 8 + "111",
            previous_marks="V" * 31, previous_nights="0" * 30 + "1",
        ),
        (3, 4, SHORT),  # 31 August to 2 September, 10 to 12, none, 21 to 23
    ),
    ("week_nights", marked("2026-09", "first_secretary", "V" * 30, "1" * 30, previous_marks="V" * 31), (3, 3, MET)),
    # 60 nights a year, by the days posted: 184 of 365 days from 1 July, 30.2
    ("year_nights", case("2026-12", "agri_technician", window="year", nights=60), (60, 60, MET)),
    ("year_nights", case("2026-11", "agri_technician", window="year", nights=29), (29, 60, ON_TRACK)),
    ("year_nights", case("2026-11", "agri_technician", window="year", nights=28), (28, 60, OUT)),
    ("year_nights", case("2026-12", "agri_technician", window="year", nights=30, first=date(2026, 7, 1)), (30, 31, SHORT)),
    # 12 days a quarter, 15 from August 2025: asked of the whole quarter in which it is raised
    ("quarter_days", case("2025-07", "agri_technician", window="quarter", days=village(12)), (12, 12, MET)),
    ("quarter_days", case("2025-09", "agri_technician", window="quarter", days=village(12)), (12, 15, SHORT)),
    # 30 nights a half-year: from 10 February 2025 141 of 181 days, 23.4
    ("half_year_nights", case("2025-06", "credit_officer", window="half_year", nights=23), (23, 24, SHORT)),
    ("half_year_nights", case("2025-12", "credit_officer", window="half_year", nights=30), (30, 30, MET)),
    ("month_absent", case("2026-04", "credit_officer", days={"absent": 1}), (1, 1, MET)),
    ("month_absent", case("2026-04", "credit_officer", days={"absent": 2}, first=date(2026, 4, 20)), (2, 1, SHORT)),
]  # fmt: skip


@pytest.mark.parametrize(("name", "inputs", "expected"), EXPECTED)
def test_a_measure_stands_as_worked_out_by_hand_and_its_trace_says_so(
    book: Book,
    calendars: dict[int, YearCalendar],
    name: str,
    inputs: Inputs,
    expected: tuple[int, int, State],
) -> None:
    calendar = calendars.get(inputs.month.year) or unannounced(inputs.month.year)
    found = evaluate(rules_on(book, inputs.month).measure(name), inputs, calendar)
    assert (found.done, found.due, found.state) == expected
    assert recompute(found.trace) == found.done
    if found.trace:
        assert results(found.trace)["due"] == found.due
        assert {step["name"]: step["value"] for step in found.trace["steps"]} == results(found.trace)


def test_every_measure_of_the_pack_is_in_the_table(book: Book) -> None:
    assert {name for name, _, _ in EXPECTED} == {measure.name for measure in rules_on(book, Month(2026, 12)).presence}


def test_two_measures_of_a_month_must_both_hold(book: Book, calendars: dict[int, YearCalendar]) -> None:
    inputs = case("2026-04", "member", days=village(22), nights=9)
    chosen = rules_on(book, Month(2026, 4)).chosen(["member"], ["poor"])
    found = {key: evaluate(chosen[key], inputs, calendars[2026]).state for key in ("month_days", "month_nights")}
    assert found == {"month_days": MET, "month_nights": SHORT}


TEXTS = [
    (
        "quarter_nights",
        quarter("2026-02", 18, first=date(2026, 2, 15)),
        "夜",
        [
            "本季度至本月底：住村 18 = 18",
            "应达 40 夜 × 派驻 45 天 ÷ 本季度 90 天，不足一夜进一夜 = 20",
            "应达数减已计数 = 2，即还差的夜数",
            "本月以后、3月31日以前（含）还有 31 夜",
        ],
    ),
    (
        "half_year_days",
        half_year("2026-06", 100, first=date(2026, 3, 1)),
        "天",
        [
            "本半年至本月底：在村工作 90 + 公差 10 = 100",
            "应达 110 天",
            "按派驻 122 天折算为 75，只作参考，不据此判定",
            "应达数减已计数 = 10，即还差的天数",
            "本月以后、6月30日以前（含）还有 0 天",
        ],
    ),
    (
        "month_share",
        case("2026-04", "leader", days=village(10)),
        "工作日",
        ["本月（只计工作日）：在村工作 10 = 10", "应达 本月工作日 21 × 1 ÷ 2，不足一天进一天 = 11"],
    ),
    (
        "half_month_nights",
        marked("2026-02", "first_secretary", "V" * 28, "1" * 6),
        "半月",
        [
            "每半月：1日至15日 6 夜、16日至28日 0 夜；达到 5 夜的有 1 个",
            "应检查的上半月、下半月共 2 个",
        ],
    ),
]


@pytest.mark.parametrize(("name", "inputs", "unit", "texts"), TEXTS)
def test_a_trace_says_its_window_and_unit_in_words(
    book: Book,
    calendars: dict[int, YearCalendar],
    name: str,
    inputs: Inputs,
    unit: str,
    texts: list[str],
) -> None:
    rules = rules_on(book, inputs.month)
    sheet = rules.sheet.model_copy(
        update={
            "marks": tuple(
                mark.model_copy(update={"word": "在村工作"}) if mark.category == "in_village" else mark
                for mark in rules.sheet.marks
            )
        }
    )
    trace = evaluate(rules.measure(name), inputs, calendars[inputs.month.year], sheet=sheet).trace
    assert trace["unit"] == unit
    assert [step["text"] for step in trace["steps"]] == texts
