"""Township ledgers: lines, sums and hash of many ledgers of one book in one statement."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from django.db import connection

from apps.core.sql import fetch
from apps.ledgers.compile.expressions import NIGHTS, SIZE, Plan
from apps.ledgers.compile.lines import COUNTS, KEPT, facts_sql, judged_sql, lines_params

# One statement over all ledgers of a batch: the lines are worked out once, kept in memory, stored and summed from there;
# they are summed before anything is joined to the sums, since no statistics tell how many they are.
_COMPILE = """
WITH lines AS MATERIALIZED (
    {lines}
), stored AS (
    INSERT INTO ledgers_ledgerline ({stored}) SELECT {stored} FROM lines
), {corrected} sums AS MATERIALIZED (
    SELECT l.ledger_id, count(*) AS people, {texts} AS texts,
        jsonb_build_object('counts', jsonb_build_array({sums}), 'posted', sum(l.posted),
            'nights', sum(l.c{nights}),
            'states', jsonb_build_array({states})) AS totals
    FROM lines l GROUP BY l.ledger_id
)
UPDATE ledgers_ledger g
SET people = coalesce(sums.people, 0), totals = coalesce(sums.totals, %(nothing)s), hash = {hash}, state = %(state)s,
    changed_at = now()
FROM unnest(%(ids)s::bigint[]) q(id) LEFT JOIN sums ON sums.ledger_id = q.id
WHERE g.id = q.id AND g.state = 'queued'
RETURNING g.people
"""

# What a ledger's hash is over: every value of every line, by posting, under the ledger's own identity.
_TEXTS = (
    "string_agg(row(l.posting_id, l.name, l.village, l.unit_id, l.roles, l.classes, l.first, l.last, l.marks, "
    "l.nights, l.posted, l.counts, l.ytd, l.done, l.due, l.state)::text, E'\\n' ORDER BY l.posting_id)"
)
_HASH = (
    "encode(sha256(convert_to(concat_ws('|', g.area, g.month, g.version, g.book_id) || E'\\n' || "
    "coalesce({texts}, ''), 'UTF8')), 'hex')"
)

# The months from a corrected one on move by what changed; a statement sees the tables as they were before it.
_CORRECTED = """corrected AS (
    INSERT INTO ledgers_tally (area, posting_id, month, ytd)
    SELECT area, posting_id, later, (
        SELECT array_agg(coalesce(known[i], 0) + ytd[i] - coalesce(was[i], 0) ORDER BY i)
        FROM generate_series(1, {size}) i)
    FROM (SELECT l.area, l.posting_id, l.ytd, t.month AS later, t.ytd AS known,
              min(t.ytd) FILTER (WHERE t.month = l.month) OVER (PARTITION BY l.posting_id) AS was
          FROM lines l CROSS JOIN LATERAL (
              SELECT DISTINCT ON (o.month) o.month, coalesce(k.ytd, o.ytd) AS ytd
              FROM ledgers_ledgerline o LEFT JOIN ledgers_tally k ON k.posting_id = o.posting_id AND k.month = o.month
              WHERE o.posting_id = l.posting_id AND o.month >= l.month AND o.month <= {year_end}
              ORDER BY o.month, o.ledger_id DESC) t) moved
    WHERE ytd IS DISTINCT FROM was
    ON CONFLICT (posting_id, month) DO UPDATE SET ytd = excluded.ytd
),"""

_AGAIN = """
SELECT {hash} FROM ledgers_ledger g LEFT JOIN ledgers_ledgerline l ON l.ledger_id = g.id WHERE g.id = %s GROUP BY g.id
"""


def ledgers_compile(plan: Plan, ledgers: Sequence[tuple[int, str, str]], *, state: str, corrections: bool) -> int:
    """Fill queued ledgers [(id, area, area end)] of one month and book; how many lines were made.

    Reads stored sheet lines only.  Each ledger ends in `state` with its people, sums and hash (also one without
    people); with `corrections` the running totals of the later months of the year move by what changed.
    Compiled twice the second run finds nothing queued (the caller claims them first); a failure leaves nothing behind.
    """
    people = fetch(_compile_sql(plan, corrections=corrections), _params(plan, ledgers, state))
    return sum(count for (count,) in people)


def _compile_sql(plan: Plan, *, corrections: bool) -> str:
    return _COMPILE.format(
        lines=judged_sql(plan, facts_sql([plan]), _columns(plan)),
        stored=f"{KEPT}, counts, ytd, done, due, state",
        corrected=_CORRECTED.format(size=NIGHTS, year_end=f"DATE '{plan.year_end}'") if corrections else "",
        texts=_TEXTS,
        hash=_HASH.format(texts="sums.texts"),
        nights=NIGHTS,
        sums=", ".join(f"sum(l.c{i})" for i in range(1, 2 * SIZE + 1)),
        states=", ".join(_states(place) for place in range(1, len(plan.book.presence) + 1)),
    )


def _columns(plan: Plan) -> str:
    """What is kept of a line, and what its ledger's sums are made of; who is new in the year has nothing to add to."""
    added = ", ".join(plan.ytd(place) for place in range(1, NIGHTS + 1))
    ytd = f"CASE WHEN before IS NULL THEN ARRAY[{COUNTS}] ELSE ARRAY[{added}] END"
    states = "".join(f", state{place}" for place in range(1, len(plan.book.presence) + 1))
    return f"{KEPT}, {COUNTS}, ARRAY[{COUNTS}] AS counts, {ytd} AS ytd{states}"


def _states(place: int) -> str:
    """How many people stand in each state of one measure."""
    counted = (f"count(*) FILTER (WHERE l.state{place} = {state})" for state in range(6))
    return f"jsonb_build_array({', '.join(counted)})"


def _params(plan: Plan, ledgers: Sequence[tuple[int, str, str]], state: str) -> dict[str, Any]:
    measures = len(plan.book.presence)
    nothing = {"counts": [0] * 2 * SIZE, "posted": 0, "nights": 0, "states": [[0] * 6] * measures}
    return lines_params(plan, ledgers) | {
        "nothing": json.dumps(nothing),
        "state": state,
    }


def ledger_hash(ledger: int) -> str:
    """The hash of a ledger's stored lines, computed again: equal to `Ledger.hash` unless somebody tampered."""
    with connection.cursor() as cursor:
        cursor.execute(_AGAIN.format(hash=_HASH.format(texts=_TEXTS)), [ledger])
        row = cursor.fetchone()
    return row[0] if row else ""
