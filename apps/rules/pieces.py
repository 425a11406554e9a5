"""Windows of which a month has several, week by week and half by half: which of them are judged, and what counted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from apps.core.months import Month
from apps.rules.calendar import YearCalendar, unannounced
from apps.rules.inputs import Inputs
from apps.rules.marks import LETTER_OF
from apps.rules.measure import Measure


class Piece(NamedTuple):
    """A judged week or half of a month, first and last day included: days or nights that counted."""

    first: date
    last: date
    counted: int


def pieces_of(window: str, month: Month) -> list[tuple[date, date]]:
    """(first, last) of the weeks, Monday to Sunday, that end in a month, or of its halves: to the 15th and from the 16th."""
    if window == "half_month":
        middle = month.first.replace(day=15)
        return [(month.first, middle), (middle + timedelta(days=1), month.last)]
    return [(day - timedelta(days=6), day) for day in month.dates() if day.weekday() == 6]


def judged_pieces(
    measure: Measure, inputs: Inputs, calendar: YearCalendar, previous_year: YearCalendar | None = None
) -> Iterator[Piece]:
    """The weeks or halves of the month that lie wholly inside the posting.

    Left out are those that began before the rule did, weeks that began in a month without a sheet (of nights: whose sheet kept none) and, where the measure
    says so, weeks with fewer workdays than are asked for.  `previous_year` only serves a week that began in December;
    without it that week's workdays are its weekdays.  ValueError where marks have another length than their month.
    """
    _require_days(inputs)
    known = inputs.previous_nights if measure.unit == "night" else inputs.previous_marks
    for first, last in pieces_of(measure.window, inputs.month):
        if max(inputs.first, measure.since) > first or (inputs.last is not None and inputs.last < last):
            continue
        if first < inputs.month.first and not known:
            continue
        days = [first + timedelta(days=place) for place in range((last - first).days + 1)]
        work = [_is_work(day, calendar, previous_year) for day in days]
        if measure.skip_short_weeks and sum(work) < (measure.at_least or 0):
            continue
        yield Piece(first, last, _counted(measure, inputs, days, work))


def _counted(measure: Measure, inputs: Inputs, days: list[date], work: list[bool]) -> int:
    if measure.unit == "night":
        return sum(_sign_on(day, inputs.month, inputs.nights, inputs.previous_nights) == "1" for day in days)
    letters = {LETTER_OF[category] for category in measure.counts}
    hits = [_sign_on(day, inputs.month, inputs.marks, inputs.previous_marks) in letters for day in days]
    if measure.days == "work":
        hits = [hit and working for hit, working in zip(hits, work, strict=True)]
    return sum(hits)


def _sign_on(day: date, month: Month, signs: str, previous: str | None) -> str:
    """The letter or night of a day of this month or the one before, '' where none is kept."""
    return ((signs if day >= month.first else previous) or "")[day.day - 1 : day.day]


def _require_days(inputs: Inputs) -> None:
    """A mark for every day of the month, and of the month before where that one has a sheet; so too of nights."""
    month, before = inputs.month, inputs.month.previous()
    _require_length(month, inputs.marks)
    _require_length(before, inputs.previous_marks)
    _require_length(month, inputs.nights or None)
    _require_length(before, inputs.previous_nights or None)


def _require_length(month: Month, signs: str | None) -> None:
    if signs is not None and len(signs) != month.days:
        raise ValueError(f"{month.label}应有 {month.days} 个标记，收到 {len(signs)} 个。")


def _is_work(day: date, calendar: YearCalendar, previous_year: YearCalendar | None) -> bool:
    if day.year == calendar.year:
        return calendar.is_work(day)
    return (previous_year or unannounced(day.year)).is_work(day)
