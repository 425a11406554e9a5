"""Deadlines by a table of days worked out with a wall calendar."""

from __future__ import annotations

from datetime import date

import pytest
from pydantic import ValidationError

from apps.rules.language.deadlines import Deadline, deadline_faults, last_day, months_on, workdays_on, years_between

KNOWN = {
    "start": date(2026, 1, 31),  # a Saturday
    "submit": date(2026, 2, 27),  # a Friday
    "posting_first": date(2026, 3, 2),  # a Monday
}


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ({"days": 3, "after": "submit"}, "2026-03-02"),
        ({"workdays": 3, "after": "submit"}, "2026-03-04"),
        ({"workdays": 0, "after": "submit"}, "2026-02-27"),
        ({"months": 1}, "2026-02-28"),
        ({"months": 1, "before": "posting_first"}, "2026-02-02"),
        ({"days": 2, "before": "posting_first"}, "2026-02-28"),
        ({"workdays": 2, "before": "posting_first"}, "2026-02-26"),
        ({"before": "posting_first"}, "2026-03-02"),
        ({"day": 15, "of": "next_month"}, "2026-02-15"),
        ({"day": 15, "of": "next_month", "roll": "next_workday"}, "2026-02-16"),
        ({"day": 15, "of": "next_month", "roll": "previous_workday"}, "2026-02-13"),
        ({"day": 30, "of": "next_month"}, "2026-02-28"),
        ({"day": 31, "of": "quarter_end_month"}, "2026-03-31"),
        ({"day": 10, "of": "after_quarter", "after": "submit"}, "2026-04-10"),
        ({"day": 10, "of": "same_month", "after": "submit"}, "2026-02-10"),
        ({"month_day": "12-31"}, "2026-12-31"),
        ({"month_day": "02-29"}, "2026-02-28"),
        ({"days": 3, "after": "approve"}, None),
    ],
)
def test_the_last_day(written: dict[str, object], day: str | None) -> None:
    deadline = Deadline.model_validate(written)
    assert list(deadline_faults(deadline, ())) == []
    assert last_day(deadline, KNOWN) == (date.fromisoformat(day) if day else None)


def test_days_after_december_fall_in_the_new_year() -> None:
    known = {"start": date(2026, 12, 5)}
    assert last_day(Deadline(day=5, of="after_quarter"), known) == date(2027, 1, 5)
    assert months_on(date(2026, 11, 30), 3) == date(2027, 2, 28)
    assert months_on(date(2026, 1, 31), -2) == date(2025, 11, 30)


def test_make_up_workdays_count_and_holidays_do_not() -> None:
    def is_work(day: date) -> bool:  # 2 March is a holiday, Sunday 1 March is worked
        return day == date(2026, 3, 1) or (day.weekday() < 5 and day != date(2026, 3, 2))

    assert workdays_on(date(2026, 2, 27), 2, is_work) == date(2026, 3, 3)
    assert workdays_on(date(2026, 3, 3), -2, is_work) == date(2026, 2, 27)
    assert last_day(Deadline(day=2, roll="next_workday"), {"start": date(2026, 3, 9)}, is_work) == date(2026, 3, 3)


@pytest.mark.parametrize(
    ("first", "last", "years"),
    [
        ("1981-03-02", "2026-03-02", 45),
        ("1981-03-03", "2026-03-02", 44),
        ("2004-02-29", "2026-02-28", 21),
        ("2004-02-29", "2026-03-01", 22),
    ],
)
def test_completed_years(first: str, last: str, years: int) -> None:
    assert years_between(date.fromisoformat(first), date.fromisoformat(last)) == years


@pytest.mark.parametrize(
    ("written", "word"),
    [
        ({"days": 3, "day": 5}, "一种写法"),
        ({"after": "submit", "before": "start"}, "只能写一个"),
        ({"days": 3, "of": "next_month"}, "没有写哪一天"),
        ({}, "空的"),
    ],
)
def test_deadlines_that_say_two_things_or_none_are_faults(written: dict[str, object], word: str) -> None:
    assert [word in message for _, message, _ in deadline_faults(Deadline.model_validate(written), ())] == [True]


@pytest.mark.parametrize("clock", ["24:00", "9:00", "17:60", 1730, "中午"])
def test_what_is_no_clock_time_is_refused(clock: object) -> None:
    with pytest.raises(ValidationError, match="钟点"):
        Deadline.model_validate({"days": 1, "at": clock})
