"""The lines of township ledgers as a SELECT: what was entered counted, added up over the year and judged by a book.

Each level adds what the next one needs; OFFSET 0 keeps the planner from pulling it up and working it out again wherever
it is named.  Nothing here may hang on statistics: a month just entered is in none.  So every township is read by its
range of the index, and every person's rows by their keys.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from apps.ledgers.compile.expressions import Plan

# What is known of a person's month before any book judges it: as stored in a ledger line, and what measures ask for.
KEPT = (
    "area, ledger_id, month, posting_id, person, unit_id, name, village, roles, classes, "
    "first, last, marks, nights, posted, counts, ytd"
)
ASKED = "pf, pl, tail, passed"

_FACTS = """SELECT q.*, {ytd} AS ytd
    FROM (SELECT q.*, ARRAY[{counts}]::smallint[] AS counts
    FROM (SELECT s.area, g.id AS ledger_id, s.month, s.posting_id, p.person, p.unit_id, p.name, v.name AS village,
              p.roles, v.classes, p.first, p.last, s.marks, s.nights, {work_text} AS work, {before} AS before,
              (least(coalesce(p.last, {last}), {last}) - greatest(p.first, {first}) + 1)::smallint AS posted,
              greatest(p.first, {year_start}) AS pf, least(coalesce(p.last, {year_end}), {year_end}) AS pl,
              {tail} AS tail, passed
          FROM unnest(%(ids)s::bigint[], %(areas)s::text[], %(ends)s::text[]) AS g(id, area, area_end)
          CROSS JOIN LATERAL (SELECT * FROM attendance_sheetline l
              WHERE l.area >= g.area AND l.area < g.area_end AND l.month = {first} OFFSET 0) s
          CROSS JOIN LATERAL (SELECT * FROM teams_posting t WHERE t.id = s.posting_id OFFSET 0) p
          CROSS JOIN LATERAL (SELECT * FROM jurisdictions_village t WHERE t.area = s.area OFFSET 0) v
          {joins}
          CROSS JOIN (SELECT %(passed)s::int[] AS passed) k
          OFFSET 0) q
    OFFSET 0) q"""

_JUDGED = """SELECT {columns}, done, due, {state} AS state
    FROM (SELECT q.*, {done} AS done, {due} AS due
    FROM ({facts}
    OFFSET 0) q
    OFFSET 0) q"""

# The year before this month, as the ledgers compiled so far have carried it.
CARRIED = (
    "LEFT JOIN LATERAL (SELECT t.ytd FROM ledgers_tally t "
    "WHERE t.posting_id = s.posting_id AND t.month = {previous} OFFSET 0) prev ON true"
)
_TAIL = (
    "LEFT JOIN LATERAL (SELECT l.marks FROM attendance_sheetline l "
    "WHERE l.posting_id = s.posting_id AND l.month = {previous} OFFSET 0) pm ON true"
)


def facts_sql(plan: Plan, *, tail: bool, earlier: str = CARRIED) -> str:
    """A SELECT of KEPT and ASKED for everybody with a stored sheet line of the plan's month in the areas of
    `lines_params`; it rests on the month and its calendar only, not on the plan's book.

    `tail` brings the end of the month before, for weekly measures of any book.  `earlier` is the join that gives
    `prev.ytd`, the 22 counts of the year before this month.
    """
    begun = plan.month.month > 1
    joins = [earlier] * begun + [_TAIL] * tail
    return _FACTS.format(
        first=f"DATE '{plan.month.first}'",
        last=f"DATE '{plan.month.last}'",
        year_start=f"DATE '{plan.year_start}'",
        year_end=f"DATE '{plan.year_end}'",
        joins=" ".join(joins).format(previous=f"DATE '{plan.month.previous().first}'"),
        before="prev.ytd" if begun else "NULL",
        tail="coalesce(right(pm.marks, 6), '??????') || s.marks" if tail else "''",
        work_text=plan.work_text("s.marks"),
        counts=plan.counts(),
        ytd=plan.ytd(),
    )


def judged_sql(plan: Plan, facts: str, columns: str) -> str:
    """`columns` of `facts` with `done`, `due` and `state`: one entry per measure of the plan's book."""
    values = plan.values()
    return _JUDGED.format(
        columns=columns,
        facts=facts,
        done=_array(f"CASE WHEN {value.applies()} THEN {value.done()} END" for value in values),
        due=_array(f"CASE WHEN {value.applies()} THEN {value.due()} END" for value in values),
        state=_array(
            f"CASE WHEN done[{place}] IS NULL THEN 0 ELSE {value.state(place)} END"
            for place, value in enumerate(values, start=1)
        ),
    )


def _array(parts: Iterable[str]) -> str:
    return f"ARRAY[{', '.join(parts)}]::smallint[]"


def lines_params(plan: Plan, ledgers: Sequence[tuple[int, str, str]]) -> dict[str, Any]:
    """What the facts are asked with: [(ledger id, area, area end)] and the plan's calendar."""
    return {
        "ids": [ledger for ledger, _, _ in ledgers],
        "areas": [area for _, area, _ in ledgers],
        "ends": [end for _, _, end in ledgers],
        "passed": plan.calendar.work_prefix(),
    }
