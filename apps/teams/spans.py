"""Spans of days in post.  Pure: dates in, dates out."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

Span = tuple[date, date | None]  # both days included; open while the second is None

_DAY = timedelta(days=1)


def contains(span: Span, day: date) -> bool:
    """Is the day in the span?"""
    first, last = span
    return first <= day and (last is None or day <= last)


def overlap(one: Span, other: Span) -> bool:
    """Do two spans share a day?"""
    return contains(one, other[0]) or contains(other, one[0])


def joined(spans: Iterable[Span]) -> list[Span]:
    """The spans in order, those that share a day or follow each other without a gap as one."""
    found: list[Span] = []
    for first, last in sorted(spans, key=lambda span: span[0]):
        if found and (found[-1][1] is None or first <= found[-1][1] + _DAY):
            ends = (found[-1][1], last)
            found[-1] = found[-1][0], None if None in ends else max(end for end in ends if end)
        else:
            found.append((first, last))
    return found


def months_in(span: tuple[date, date]) -> int:
    """Completed months of a span whose both ends count: 1 January to 30 June are six."""
    first, after = span[0], span[1] + _DAY
    return (after.year - first.year) * 12 + after.month - first.month - (after.day < first.day)


def moved_days(old: Span | None, new: Span) -> list[Span]:
    """The spans of days that are in exactly one of two overlapping spans; the whole of `new` without an old one."""
    if old is None:
        return [new]
    found: list[Span] = []
    if old[0] != new[0]:
        early, late = sorted((old[0], new[0]))
        found.append((early, late - _DAY))
    if old[1] != new[1]:
        ends = [end for end in (old[1], new[1]) if end is not None]
        found.append((min(ends) + _DAY, max(ends) if len(ends) == 2 else None))
    return found


def months_touched(spans: Iterable[Span], months: Iterable[date]) -> list[date]:
    """Those of the `months` (first days) that share a day with one of the spans, in order."""
    known = sorted(months)
    return [month for month in known if any(overlap(span, (month, _month_end(month))) for span in spans)]


def _month_end(month: date) -> date:
    return (month.replace(day=28) + timedelta(days=4)).replace(day=1) - _DAY
