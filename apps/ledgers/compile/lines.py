"""The lines of township ledgers as a SELECT: what was entered counted, added up over the year and judged by a book.

Each level adds what the next one needs; OFFSET 0 keeps the planner from pulling it up and working it out again wherever
it is named.  Nothing here may hang on statistics: a month just entered is in none.  So every township is read by its
range of the index, and every person's rows by their keys.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence, Set
from typing import Any

from apps.core.months import Month
from apps.ledgers.compile.expressions import NIGHTS, SIZE, Plan, array_of
from apps.rules.stretches import STRETCHES

# What is known of a person's month before any book judges it: as stored in a ledger line, and what measures ask for.
KEPT = (
    "area, ledger_id, month, posting_id, person, unit_id, name, village, roles, classes, "
    "first, last, marks, nights, posted"
)
COUNTS = ", ".join(f"c{place}" for place in range(1, NIGHTS + 1))
ASKED = f"pf, pl, tail, passed, before, {COUNTS}"

_FACTS = """SELECT s.area, s.ledger_id, s.month, s.posting_id, p.person, p.unit_id, p.name, v.name AS village,
              p.roles, v.classes, p.first, p.last, s.marks, s.nights, {before} AS before, {counted},
              (least(coalesce(p.last, {last}), {last}) - greatest(p.first, {first}) + 1)::smallint AS posted,
              greatest(p.first, {year_start}) AS pf, least(coalesce(p.last, {year_end}), {year_end}) AS pl,
              {tail} AS tail, passed{extra}
          FROM (SELECT g.id AS ledger_id, l.*
              FROM unnest(%(ids)s::bigint[], %(areas)s::text[], %(ends)s::text[]) AS g(id, area, area_end)
              CROSS JOIN LATERAL (SELECT * FROM attendance_sheetline l
                  WHERE l.area >= g.area AND l.area < g.area_end AND l.month = {first} OFFSET 0) l
              ORDER BY g.id, l.posting_id OFFSET 0) s
          CROSS JOIN LATERAL (SELECT * FROM teams_posting t WHERE t.id = s.posting_id OFFSET 0) p
          CROSS JOIN LATERAL (SELECT * FROM jurisdictions_village t WHERE t.area = s.area OFFSET 0) v
          {joins}
          CROSS JOIN LATERAL ({counts}) c
          CROSS JOIN (SELECT %(passed)s::int[] AS passed) k"""

# Asked of nothing but the line, so PostgreSQL remembers it: most lines of a month are alike, for a normal day needs no
# entry.
_COUNTS = """SELECT {days}, {work_days}
              FROM (SELECT m.work, {counts}
              FROM (SELECT s.marks, s.nights, {work_text} AS work OFFSET 0) m OFFSET 0) m OFFSET 0"""

_JUDGED = """SELECT {columns}, ARRAY[{dones}]::smallint[] AS done, ARRAY[{dues}]::smallint[] AS due,
        ARRAY[{states}]::smallint[] AS state
    FROM (SELECT q.*{state}
    FROM (SELECT q.*{due}
    FROM (SELECT q.*{done}
    FROM ({facts}
    OFFSET 0) q
    OFFSET 0) q
    OFFSET 0) q
    OFFSET 0) q"""

# A column more for measures that ask for it: how the facts get it.
_EXTRA = {
    "night_tail": "coalesce(nullif(right(pm.nights, 6), ''), '??????') || s.nights",
    "quarter": "CASE WHEN prev.ytd IS NOT NULL THEN quarter.ytd END",
    "half_year": "CASE WHEN prev.ytd IS NOT NULL THEN half_year.ytd END",
}
# The newest line of a month says its sums, unless a correction of an earlier month has moved them since.
_CARRIED = """LEFT JOIN LATERAL (
    SELECT coalesce((SELECT t.ytd FROM ledgers_tally t WHERE t.posting_id = l.posting_id AND t.month = l.month), l.ytd)
        AS ytd
    FROM ledgers_ledgerline l WHERE l.posting_id = s.posting_id AND l.month = DATE '{through}'
    ORDER BY l.ledger_id DESC LIMIT 1) {name} ON true"""
_TAIL = (
    "LEFT JOIN LATERAL (SELECT {columns} FROM attendance_sheetline l "
    "WHERE l.posting_id = s.posting_id AND l.month = DATE '{month}' AND p.roles && {roles} OFFSET 0) pm ON true"
)


def carried(name: str, through: Month) -> str:
    """The join that gives `<name>.ytd`, the counts of the year through a month, as the ledgers compiled so far have
    carried them."""
    return _CARRIED.format(name=name, through=through.first)


def asked_of(plans: Sequence[Plan]) -> str:
    """ASKED with the columns of `facts_sql` that some of the plans' books need."""
    return ", ".join([ASKED, *_extra(_needs(plans))])


def facts_sql(plans: Sequence[Plan], through: Callable[[str, Month], str] = carried) -> str:
    """A SELECT of KEPT and `asked_of(plans)` for everybody with a stored sheet line of the plans' one month in the areas
    of `lines_params`, by ledger and posting; what is asked beside the month and its calendar is what the books need
    that will judge.

    `through` makes the join that gives, under a name, the counts of the year through a month.
    """
    plan, needs = plans[0], _needs(plans)
    begun = plan.month.month > 1
    joins = [through("prev", plan.month.previous())] if begun else []
    joins += [through(window, month) for window in STRETCHES if window in needs and (month := plan.opening(window))]
    tails = [column for column, need in (("l.marks", "tail"), ("l.nights", "night_tail")) if need in needs]
    if tails:
        roles = array_of(sorted(frozenset().union(*(each.tailed for each in plans))))
        joins.append(_TAIL.format(columns=", ".join(tails), month=plan.month.previous().first, roles=roles))
    return _FACTS.format(
        first=f"DATE '{plan.month.first}'",
        last=f"DATE '{plan.month.last}'",
        year_start=f"DATE '{plan.year_start}'",
        year_end=f"DATE '{plan.year_end}'",
        joins=" ".join(joins),
        before=f"prev.ytd[1:{NIGHTS}]" if begun else "NULL",
        tail="coalesce(right(pm.marks, 6), '??????') || s.marks" if "tail" in needs else "''",
        extra="".join(f", {_EXTRA[need]} AS {need}" for need in _extra(needs)),
        counted=COUNTS,
        counts=_counts(plan),
    )


def _counts(plan: Plan) -> str:
    """The 23 counts of a line; most categories stand on no day of the month and need not be looked for on workdays."""
    counts = dict(enumerate(plan.counts(), start=1))
    days = [place for place in counts if place <= SIZE or place == NIGHTS]
    work = [place for place in counts if place not in days]
    return _COUNTS.format(
        days=", ".join(f"c{place}" for place in days),
        counts=", ".join(f"{counts[place]} AS c{place}" for place in days),
        work_days=", ".join(
            f"(CASE WHEN c{place - SIZE} = 0 THEN 0::smallint ELSE {counts[place]} END) AS c{place}" for place in work
        ),
        work_text=plan.work_text("s.marks"),
    )


def _needs(plans: Sequence[Plan]) -> frozenset[str]:
    return frozenset().union(*(plan.needs for plan in plans))


def _extra(needs: Set[str]) -> list[str]:
    return sorted(needs & _EXTRA.keys())


def judged_sql(plan: Plan, facts: str, columns: str) -> str:
    """`columns` of `facts` with `done`, `due` and `state`: one entry per measure of the plan's book."""
    values = plan.values()
    places = range(1, len(values) + 1)
    done = [f"CASE WHEN {value.applies()} THEN {value.done()} END" for value in values]
    due = [f"CASE WHEN done{place} IS NOT NULL THEN {value.due()} END" for place, value in enumerate(values, 1)]
    state = [
        f"CASE WHEN done{place} IS NULL THEN 0 ELSE {value.state(place)} END" for place, value in enumerate(values, 1)
    ]
    return _JUDGED.format(
        columns=columns,
        facts=facts,
        done=_more("done", done),
        due=_more("due", due),
        state=_more("state", state),
        dones=", ".join(f"done{place}" for place in places),
        dues=", ".join(f"due{place}" for place in places),
        states=", ".join(f"state{place}" for place in places),
    )


def _more(name: str, values: Sequence[str]) -> str:
    return "".join(f", ({value})::smallint AS {name}{place}" for place, value in enumerate(values, start=1))


def lines_params(plan: Plan, ledgers: Sequence[tuple[int, str, str]]) -> dict[str, Any]:
    """What the facts are asked with: [(ledger id, area, area end)] and the plan's calendar."""
    return {
        "ids": [ledger for ledger, _, _ in ledgers],
        "areas": [area for _, area, _ in ledgers],
        "ends": [end for _, _, end in ledgers],
        "passed": plan.calendar.work_prefix(),
    }
