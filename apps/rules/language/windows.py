"""Windows: the stretch of days over which something is counted or within which it falls due."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Annotated, Any, NamedTuple

from pydantic import BeforeValidator, Field, StrictInt

from apps.rules.language.values import Day
from apps.rules.problems import Place
from apps.rules.terms import Frozen
from apps.rules.vocabulary import WindowName

# The most of a window that may be put together, so that it stays within a year (years and terms: within a working life).
MOST = {"day": 366, "week": 52, "half_month": 1, "month": 12, "quarter": 4, "half_year": 2, "year": 10}
LONGEST = 36_600  # days, a hundred years: no rule is worked out over a longer stretch


class Stretch(NamedTuple):
    """From day to day, both included."""

    first: date
    last: date

    def holds(self, day: date) -> bool:
        return self.first <= day <= self.last

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


class Window(Frozen):
    """`every` so many of `of`.  Months, quarters and half-years are grouped from January (every 2 months: January
    and February, and so on), weeks run from Monday and are grouped from the year's first Monday, years and terms from
    the start of the term.  `of: fixed` is the one stretch `first`–`last`; `of: event` has no length: each event counts
    for itself.
    """

    of: WindowName
    every: StrictInt = Field(default=1, ge=1, le=366)
    first: Day | None = None
    last: Day | None = None


def _short(value: object) -> Any:
    return {"of": value} if isinstance(value, str) else value


When = Annotated[Window, BeforeValidator(_short)]

_MONTHS = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}


def window_at(window: Window, day: date, term: Stretch | None = None) -> Stretch | None:
    """The window that holds a day; None outside a fixed stretch or the term, and for `event`.

    ValueError when a window rests on the term (`term`, or several years) and none is given.
    """
    match window.of:
        case "event":
            return None
        case "fixed":
            return _fixed(window, day)
        case "term":
            held = _term(term)
            return held if held.holds(day) else None
        case "day":
            return _grouped_days(window.every, day)
        case "week":
            return _weeks(window.every, day)
        case "half_month":
            return _half_month(window.every, day)
        case "year" if window.every > 1:
            return _term_years(window.every, day, _term(term))
        case _:
            return _months(_MONTHS[window.of] * window.every, day)


def windows_between(window: Window, span: Stretch, term: Stretch | None = None) -> Iterator[Stretch]:
    """All windows that touch a span, in order, whole even where they stand out of it.

    ValueError for a span that `bounded` refuses, except where the window is one stretch anyway.
    """
    if window.of in ("fixed", "term"):
        whole = _term(term) if window.of == "term" else Stretch(window.first or date.min, window.last or date.max)
        if whole.first <= span.last and whole.last >= span.first:
            yield whole
        return
    day = bounded(span).first
    while day <= span.last:
        found = window_at(window, day, term)
        if found is None:
            return
        yield found
        day = found.last + timedelta(days=1)


def bounded(span: Stretch) -> Stretch:
    """The span itself.  ValueError (Chinese) where it is longer than a hundred years or reaches the calendar's ends."""
    if span.days > LONGEST or span.first.year < 1900 or span.last.year > 2200:
        raise ValueError(
            f"{span.first} 至 {span.last} 不能逐期计算，最长一百年（1900 年至 2200 年之间），请核对起止日期。"
        )
    return span


def window_faults(window: Window, path: Place) -> Iterator[tuple[Place, str, str]]:
    """Windows that make no sense: too many put together, a fixed stretch without its days, days where none belong."""
    most = MOST.get(window.of, 1)
    if window.every > most:
        instead = f"请写不大于 {most} 的数，或换一种期间。" if most > 1 else "请删去 every。"
        yield (*path, "every"), f"“{window.of}”不能每 {window.every} 个算一期。", instead
    if (window.of == "fixed") != (window.first is not None):
        yield (*path, "first"), "固定的一段要写从哪天起，别的期间不写。", "如 window: {of: fixed, first: 2026-01-01}。"
    if window.last is not None and (window.first is None or window.last < window.first):
        yield (*path, "last"), f"{window.last} 不在起始日之后。", "请核对 first 和 last。"


def _fixed(window: Window, day: date) -> Stretch | None:
    whole = Stretch(window.first or date.min, window.last or date.max)
    return whole if whole.holds(day) else None


def _term(term: Stretch | None) -> Stretch:
    if term is None:
        raise ValueError("这个期间要从任期算起，却没有给出任期。")
    return term


def _months(size: int, day: date) -> Stretch:
    """A group of months; a size that does not divide the year starts anew every January."""
    start = (day.month - 1) // size * size
    end = min(start + size, 12)
    return Stretch(date(day.year, start + 1, 1), _month_start(day.year, end) - timedelta(days=1))


def _month_start(year: int, months: int) -> date:
    """The first day after so many months of a year."""
    return date(year + months // 12, months % 12 + 1, 1)


def _weeks(every: int, day: date) -> Stretch:
    monday = day - timedelta(days=day.weekday())
    first = date(monday.year, 1, 1)
    first += timedelta(days=-first.weekday() % 7)
    start = first + timedelta(weeks=(monday - first).days // 7 // every * every)
    end = min(start + timedelta(weeks=every), _first_monday(start.year + 1))
    return Stretch(start, end - timedelta(days=1))


def _first_monday(year: int) -> date:
    first = date(year, 1, 1)
    return first + timedelta(days=-first.weekday() % 7)


def _half_month(every: int, day: date) -> Stretch:
    if every != 1:
        raise ValueError("半个月的期间不能再合并，请改写成按月。")
    if day.day <= 15:
        return Stretch(day.replace(day=1), day.replace(day=15))
    return Stretch(day.replace(day=16), _month_start(day.year, day.month) - timedelta(days=1))


def _grouped_days(every: int, day: date) -> Stretch:
    start = date(day.year, 1, 1)
    first = start + timedelta(days=(day - start).days // every * every)
    return Stretch(first, min(first + timedelta(days=every - 1), date(day.year, 12, 31)))


def _term_years(every: int, day: date, term: Stretch) -> Stretch | None:
    if not term.holds(day):
        return None
    start = term.first
    while (following := _years_later(start, every)) <= day:
        start = following
    return Stretch(start, min(following - timedelta(days=1), term.last))


def _years_later(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return date(day.year + years, 3, 1)
