"""A last day as a page shows it: the day, and the address where its clause and arithmetic stand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache

from apps.core.http import link_up
from apps.core.months import Month
from apps.jurisdictions.selectors import calendar_of
from apps.rules.book import RuleBook
from apps.rules.due_days import due_part
from apps.rules.terms import Due


@dataclass(frozen=True)
class DueDay:
    """The last day for a month, included."""

    day: date
    url: str

    @property
    def text(self) -> str:
        return f"{self.day.month}月{self.day.day}日前"


def due_day(book: RuleBook, due: Due | None, month: Month, *, source: str) -> DueDay | None:
    """The last day that a book names, if it names one.

    `source` is where the book can be read again: the area where it is in force, or the hash of a frozen one.
    """
    if due is None:
        return None
    at = link_up("ledgers:trace_due", source=source, month=month, part=due_part(book, due))
    return DueDay(due.due_on(month), at)


def work_days() -> Callable[[date], bool]:
    """Whether a day is a workday, by the calendars as published; each year is read once."""

    year = cache(calendar_of)
    return lambda day: year(day.year).is_work(day)


def day_kinds() -> Callable[[date], str]:
    """W, R, H or M of a day, likewise."""

    year = cache(calendar_of)
    return lambda day: year(day.year).kind(day)
