"""The only writer of SheetLine: many lines in one statement, each guarded by the version it was read at."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from apps.attendance.selectors.context import SheetContext
from apps.attendance.selectors.rows import SheetRow
from apps.core.errors import Conflict
from apps.core.sql import fetch
from apps.rules.sheet import marks_of, nights_of

_UPSERT = """
INSERT INTO attendance_sheetline (area, posting_id, team_id, person, month, marks, nights, version, by, at)
SELECT x.area, x.posting, x.team, x.person, %(month)s, x.marks, x.nights, 1, %(by)s, now()
FROM unnest(%(areas)s::text[], %(postings)s::bigint[], %(teams)s::bigint[], %(persons)s::text[],
            %(marks)s::text[], %(nights)s::text[])
     AS x(area, posting, team, person, marks, nights)
ON CONFLICT (posting_id, month) DO UPDATE
SET marks = excluded.marks, nights = excluded.nights, version = attendance_sheetline.version + 1,
    by = excluded.by, at = excluded.at
WHERE attendance_sheetline.version = (%(guard)s::jsonb ->> attendance_sheetline.posting_id::text)::int
RETURNING at
"""


def lines_write(
    *, context: SheetContext, cells: Mapping[int, str], rows: Iterable[SheetRow], by: str
) -> datetime | None:
    """Write `cells` {posting: cells} of these rows; the time that they now carry, None for no rows.  Conflict when any of them was saved since it was read: then
    nothing is written.  The teams' months must be locked (`teams.services.team_months_lock`)."""
    chosen = [row for row in rows if row.posting in cells]
    if not chosen:
        return None
    nights = context.book.sheet.nights
    written = fetch(
        _UPSERT,
        {
            "month": context.month.first,
            "by": by,
            "areas": [row.area for row in chosen],
            "postings": [row.posting for row in chosen],
            "teams": [row.team for row in chosen],
            "persons": [row.person for row in chosen],
            "marks": [marks_of(cells[row.posting]) for row in chosen],
            "nights": [nights_of(cells[row.posting]) if nights else "" for row in chosen],
            "guard": json.dumps({str(row.posting): row.version for row in chosen}),
        },
    )
    if len(written) != len(chosen):
        raise Conflict("有人刚刚保存了同一行，请刷新后再试；您填写的内容仍在页面上。")
    return written[0][0]


def lines_settle(*, context: SheetContext, rows: Sequence[SheetRow], by: str) -> int:
    """Write the lines that do not yet hold what they show (the ordinary pattern, a leave); how many there were.

    A close and a signature are about stored lines, never about a pattern that a later calendar could move.
    """
    untouched = {row.posting: context.cells(row) for row in rows if row.cells != context.cells(row)}
    lines_write(context=context, cells=untouched, rows=rows, by=by)
    return len(untouched)
