"""Runs: what happened in a row, and what does not break the row."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date, timedelta
from itertools import zip_longest
from typing import Literal, NamedTuple

from apps.rules.language.vocabularies import Key
from apps.rules.language.windows import Stretch, Window, window_at
from apps.rules.terms import Frozen

DayKind = Callable[[date], str]
DAYS_OFF = {"rest_day": "R", "holiday": "H"}


class Run(Frozen):
    """What follows upon what: days of the calendar, events of a series (one check after another), or windows (two
    months running).

    `not_broken_by` passes over days off (`rest_day`, `holiday`), days of a mark category, and windows in which an
    event of a kind lies; `joined_by` are such days that count themselves where they lie between two days of the run;
    `broken_by` are the kinds of event that end a series of events.  `take` the longest run of the window or the one
    that still goes on on the day of counting.
    """

    by: Literal["day", "event", "week", "half_month", "month", "quarter", "half_year", "year"]
    broken_by: tuple[Key, ...] = ()
    not_broken_by: tuple[Key, ...] = ()
    joined_by: tuple[Key, ...] = ()
    take: Literal["longest", "current"] = "longest"


class Counted(NamedTuple):
    """One counted thing: its stretch, what it adds, its name in the trace, and the days after it that `joined` it."""

    span: Stretch
    adds: int
    name: str
    joined: tuple[date, ...] = ()


Rows = list[list[Counted]]


def event_runs(counted: Iterable[Counted], breaks: Collection[date]) -> Rows:
    """Events one after the other; a break on the day of an event comes after it."""
    rows: Rows = [[]]
    ends = sorted(breaks)
    for item in sorted(counted):
        if rows[-1] and any(rows[-1][-1].span.first <= end < item.span.first for end in ends):
            rows.append([])
        rows[-1].append(item)
    if rows[-1] and any(end >= rows[-1][-1].span.first for end in ends):
        rows.append([])
    return rows


def day_runs(counted: Iterable[Counted], passing: Callable[[date], bool], until: date) -> Rows:
    """Single days in calendar order.  The last row is the one that still goes on on `until`, empty if it is broken."""
    rows: Rows = [[]]
    for item in sorted(counted):
        if rows[-1] and not _passed(rows[-1][-1].span.last, item.span.first, passing):
            rows.append([])
        rows[-1].append(item)
    if rows[-1] and not _passed(rows[-1][-1].span.last, until + timedelta(days=1), passing):
        rows.append([])
    return rows


def joined(row: Sequence[Counted], joins: Callable[[date], bool]) -> list[Counted]:
    """A row of days with those between two of them that count themselves, each laid on the day before it."""
    found = []
    for item, after in zip_longest(row, row[1:]):
        gap = (after.span.first - item.span.last).days if after is not None else 0
        between = (item.span.last + timedelta(days=ahead) for ahead in range(1, gap))
        days = tuple(day for day in between if joins(day))
        found.append(item._replace(adds=item.adds + len(days), joined=days))
    return found


def days_of(row: Iterable[Counted]) -> tuple[date, ...]:
    """The days that count in a row of days, in their order."""
    return tuple(
        sorted({day for item in row for day in (item.span.first, *item.joined)[item.adds == len(item.joined) :]})
    )


def window_runs(counted: Iterable[Counted], of: str, passing: Collection[date], until: date) -> Rows:
    """One entry per window with something counted.  The window of `until` may still be empty without breaking."""
    window = Window.model_validate({"of": of})
    rows: Rows = [[]]
    for item in _by_window(counted, window):
        if rows[-1] and not _windows_passed(rows[-1][-1].span, item.span.first, window, passing):
            rows.append([])
        rows[-1].append(item)
    now = window_at(window, until)
    if now is not None and rows[-1] and not _windows_passed(rows[-1][-1].span, now.first, window, passing):
        rows.append([])
    return rows


def _passed(before: date, after: date, passing: Callable[[date], bool]) -> bool:
    """Whether only passing days lie between two days."""
    return all(passing(before + timedelta(days=ahead)) for ahead in range(1, (after - before).days))


def _by_window(counted: Iterable[Counted], window: Window) -> list[Counted]:
    found: dict[Stretch, Counted] = {}
    for item in sorted(counted):
        held = window_at(window, item.span.first)
        if held is not None and held not in found:
            found[held] = Counted(held, 1, item.name)
    return list(found.values())


def _windows_passed(before: Stretch, next_first: date, window: Window, passing: Collection[date]) -> bool:
    """Whether the windows between one and the one that begins on a day all hold a passing event (or there is none)."""
    day = before.last + timedelta(days=1)
    while day < next_first:
        held = window_at(window, day)
        if held is None or not any(held.holds(at) for at in passing):
            return False
        day = held.last + timedelta(days=1)
    return True


def chosen_run(rows: Sequence[list[Counted]], take: str) -> list[Counted]:
    """The longest (of equals the latest) or the last row."""
    if take == "current":
        return rows[-1]
    return max(reversed(rows), key=lambda row: sum(item.adds for item in row))
