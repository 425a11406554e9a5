"""Township ledgers: lines, running totals, sums and hash of many ledgers of one book in three statements."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connection

from apps.core.sql import change
from apps.ledgers.compile.expressions import SIZE, Plan

_LINES = """
INSERT INTO ledgers_ledgerline (area, ledger_id, month, posting_id, person, unit_id, name, village, roles, classes,
    first, last, marks, nights, posted, counts, ytd, done, due, state)
SELECT s.area, g.id, s.month, p.id, p.person, p.unit_id, p.name, v.name, p.roles, v.classes,
    p.first, p.last, s.marks, s.nights,
    (least(coalesce(p.last, {last}), {last}) - greatest(p.first, {first}) + 1)::smallint,
    n.counts, y.ytd, d.done, d.due, e.state
FROM (SELECT id, area, chr_end FROM unnest(%(ids)s::bigint[], %(areas)s::text[], %(ends)s::text[])
      AS q(id, area, chr_end)) g
JOIN attendance_sheetline s ON s.area >= g.area AND s.area < g.chr_end AND s.month = {first}
JOIN teams_posting p ON p.id = s.posting_id
JOIN jurisdictions_village v ON v.area = s.area
LEFT JOIN ledgers_tally prev ON prev.posting_id = p.id AND prev.month = {previous} AND {has_previous}
{tail}
CROSS JOIN (SELECT %(work)s::int[] AS work) k
CROSS JOIN LATERAL (SELECT {work_text} AS work OFFSET 0) w
CROSS JOIN LATERAL (SELECT ARRAY[{counts}]::smallint[] AS counts OFFSET 0) n
CROSS JOIN LATERAL (SELECT {ytd} AS ytd OFFSET 0) y
CROSS JOIN LATERAL (SELECT greatest(p.first, {year_start}) AS pf,
    least(coalesce(p.last, {year_end}), {year_end}) AS pl OFFSET 0) b
CROSS JOIN LATERAL (SELECT {done} AS done, {due} AS due OFFSET 0) d
CROSS JOIN LATERAL (SELECT {state} AS state OFFSET 0) e
WHERE s.area >= %(from)s AND s.area < %(to)s
"""

_TAIL = """
LEFT JOIN attendance_sheetline pm ON pm.posting_id = p.id AND pm.month = {previous}
CROSS JOIN LATERAL (SELECT coalesce(right(pm.marks, 6), '??????') || s.marks AS tail OFFSET 0) x
"""

# What a ledger's hash is over: every value of every line, by posting, under the ledger's own identity.
_LINE_TEXT = (
    "row(l.posting_id, l.name, l.village, l.unit_id, l.roles, l.classes, l.first, l.last, l.marks, l.nights, "
    "l.posted, l.counts, l.ytd, l.done, l.due, l.state)::text"
)
_HASH = (
    "encode(sha256(convert_to(concat_ws('|', g.area, g.month, g.version, g.book_id) || E'\\n' || "
    f"string_agg({_LINE_TEXT}, E'\\n' ORDER BY l.posting_id), 'UTF8')), 'hex')"
)

# Materialised: planned against tables whose statistics are old, the sums would be made again for every ledger.
_FINISH = """
WITH a AS MATERIALIZED (
    SELECT g.id, count(*) AS people, {hash} AS hash,
        jsonb_build_object('counts', jsonb_build_array({sums}), 'posted', sum(l.posted),
            'nights', sum(length(l.nights) - length(replace(l.nights, '1', ''))),
            'states', jsonb_build_array({states})) AS totals
    FROM ledgers_ledger g JOIN ledgers_ledgerline l ON l.ledger_id = g.id
    WHERE g.id = ANY(%(ids)s)
    GROUP BY g.id
)
UPDATE ledgers_ledger t
SET people = a.people, totals = a.totals, hash = a.hash, state = %(state)s, changed_at = now()
FROM a WHERE t.id = a.id AND t.state = 'queued'
"""

_AGAIN = """
SELECT {hash} FROM ledgers_ledger g JOIN ledgers_ledgerline l ON l.ledger_id = g.id WHERE g.id = %s GROUP BY g.id
"""

_CORRECT = """
UPDATE ledgers_tally t
SET ytd = (SELECT array_agg(t.ytd[i] + l.counts[i] - o.counts[i] ORDER BY i) FROM generate_series(1, %(size)s) i)
FROM ledgers_ledgerline l
JOIN ledgers_tally o ON o.posting_id = l.posting_id AND o.month = l.month
WHERE l.ledger_id = ANY(%(ids)s) AND l.counts <> o.counts AND t.posting_id = l.posting_id
  AND t.month > l.month AND date_part('year', t.month) = date_part('year', l.month)
"""

_TALLY = """
INSERT INTO ledgers_tally (area, posting_id, month, counts, ytd)
SELECT l.area, l.posting_id, l.month, l.counts, l.ytd FROM ledgers_ledgerline l WHERE l.ledger_id = ANY(%(ids)s)
ON CONFLICT (posting_id, month) DO UPDATE SET counts = excluded.counts, ytd = excluded.ytd
"""


def ledgers_compile(plan: Plan, ledgers: Sequence[tuple[int, str, str]], *, state: str, corrections: bool) -> int:
    """Fill queued ledgers [(id, area, area end)] of one month and book; how many lines were made.

    Reads stored sheet lines only.  Each ledger ends in `state` with its people, sums and hash; running totals follow,
    and with `corrections` those of the later months of the year move by what changed.  Compiled twice the second run
    finds nothing queued (the caller claims them first); a failure leaves nothing behind.
    """
    ids = [ledger for ledger, _, _ in ledgers]
    lines = change(_lines_sql(plan), _lines_params(plan, ledgers))
    if corrections:
        change(_CORRECT, {"ids": ids, "size": 2 * SIZE})
    change(_TALLY, {"ids": ids})
    change(_finish_sql(plan), {"ids": ids, "state": state})
    return lines


def _lines_sql(plan: Plan) -> str:
    values = plan.values()
    previous = f"DATE '{plan.month.previous().first}'"
    return _LINES.format(
        first=f"DATE '{plan.month.first}'",
        last=f"DATE '{plan.month.last}'",
        previous=previous,
        has_previous="true" if plan.month.month > 1 else "false",
        year_start=f"DATE '{plan.year_start}'",
        year_end=f"DATE '{plan.year_end}'",
        tail=_TAIL.format(previous=previous) if plan.needs_tail else "",
        work_text=plan.work_text("s.marks"),
        counts=plan.counts(),
        ytd=plan.ytd(),
        done=_array(f"CASE WHEN {value.applies()} THEN {value.done()} END" for value in values),
        due=_array(f"CASE WHEN {value.applies()} THEN {value.due()} END" for value in values),
        state=_array(
            f"CASE WHEN d.done[{place}] IS NULL THEN 0 ELSE {value.state(place)} END"
            for place, value in enumerate(values, start=1)
        ),
    )


def _array(parts: Any) -> str:
    return f"ARRAY[{', '.join(parts)}]::smallint[]"


def _lines_params(plan: Plan, ledgers: Sequence[tuple[int, str, str]]) -> dict[str, Any]:
    return {
        "ids": [ledger for ledger, _, _ in ledgers],
        "areas": [area for _, area, _ in ledgers],
        "ends": [end for _, _, end in ledgers],
        "from": min(area for _, area, _ in ledgers),
        "to": max(end for _, _, end in ledgers),
        "work": plan.calendar.work_prefix(),
    }


def _finish_sql(plan: Plan) -> str:
    sums = ", ".join(f"sum(l.counts[{i}])" for i in range(1, 2 * SIZE + 1))
    states = ", ".join(
        "jsonb_build_array(" + ", ".join(f"count(*) FILTER (WHERE l.state[{i}] = {s})" for s in range(6)) + ")"
        for i in range(1, len(plan.book.presence) + 1)
    )
    return _FINISH.format(hash=_HASH, sums=sums, states=states)


def ledger_hash(ledger: int) -> str:
    """The hash of a ledger's stored lines, computed again: equal to `Ledger.hash` unless somebody tampered."""
    with connection.cursor() as cursor:
        cursor.execute(_AGAIN.format(hash=_HASH), [ledger])
        row = cursor.fetchone()
    return row[0] if row else ""
