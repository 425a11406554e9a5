"""Which days of a posting already carry something."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, timedelta

from apps.core.sql import fetch
from apps.rules.marks import GAP, OUT

_OUTSIDE = """
SELECT l.posting_id, l.month, l.marks
FROM unnest(%(ids)s::bigint[], %(firsts)s::date[], %(lasts)s::date[]) AS x(id, first, last)
JOIN attendance_sheetline l ON l.posting_id = x.id
WHERE l.month < x.first OR l.month + interval '1 month' > x.last + 1
UNION ALL
SELECT s.posting_id, s.first, repeat('s', s.last - s.first + 1)
FROM unnest(%(ids)s::bigint[], %(firsts)s::date[], %(lasts)s::date[]) AS x(id, first, last)
JOIN attendance_dayspan s ON s.posting_id = x.id
WHERE s.first < x.first OR s.last > x.last
"""


def days_entered_outside(spans: Mapping[int, tuple[date, date | None]]) -> dict[int, list[date]]:
    """{posting: days outside its span here that carry a mark or lie in a record}, in order; one query.

    `spans` is {posting: (first, last day or None)}, as somebody would like them to be.
    """
    found: dict[int, set[date]] = defaultdict(set)
    columns = {
        "ids": list(spans),
        "firsts": [first for first, _ in spans.values()],
        "lasts": [last for _, last in spans.values()],
    }
    for posting, begin, marks in fetch(_OUTSIDE, columns):
        first, last = spans[posting]
        for offset, mark in enumerate(marks):
            day = begin + timedelta(days=offset)
            if mark not in (GAP, OUT) and (day < first or (last is not None and day > last)):
                found[posting].add(day)
    return {posting: sorted(days) for posting, days in found.items()}
