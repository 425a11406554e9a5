"""One month under two rule books at once: whose figures differ.  Reads only; the arithmetic is the ledgers' own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import NamedTuple

from apps.core.months import Month
from apps.core.sql import fetch
from apps.core.tenancy import area_end
from apps.ledgers.compile.expressions import NIGHTS, Plan
from apps.ledgers.compile.lines import KEPT, asked_of, facts_sql, judged_sql, lines_params

# The year through a month from the sheets themselves: a month that nobody has closed yet is in no running total.
_EARLIER = """LEFT JOIN LATERAL (
    SELECT ARRAY[{sums}]::smallint[] AS ytd
    FROM (SELECT {counts}
    FROM (SELECT l.marks, l.nights, CASE l.month {works} END AS work
          FROM attendance_sheetline l
          WHERE l.posting_id = s.posting_id AND l.month >= {start} AND l.month <= {through} OFFSET 0) m
    OFFSET 0) y) {name} ON true"""

_DIFFERENT = """
SELECT q.posting_id, q.person, q.name, q.area, q.village,
    EXISTS (SELECT FROM teams_posting p JOIN teams_teammonth m ON m.team_id = p.team_id
            WHERE p.id = q.posting_id AND m.month = q.month AND m.closed),
    was_done, was_due, was_state, done, due, state
FROM ({lines}) q
WHERE {differs}
ORDER BY q.area, q.posting_id
"""
_WAS = "SELECT {kept}, {asked}, done AS was_done, due AS was_due, state AS was_state FROM ({judged}) q"


class Judged(NamedTuple):
    """One measure of one person: as stored in a ledger line."""

    done: int
    due: int
    state: int


class Differing(NamedTuple):
    """A person whose figures differ: {measure's place in the book: figures}, of the measures that bind him."""

    posting: int
    person: str
    name: str
    area: str
    village: str
    closed: bool
    old: dict[int, Judged]
    new: dict[int, Judged]


def differing(old: Plan, new: Plan, townships: Sequence[str]) -> list[Differing]:
    """Everybody in these townships whose stored month stands otherwise under the new plan's book, by village.

    Both plans are of one month and calendar.  One statement; year-to-date is that of the sheets as they stand now.
    """
    facts, asked = facts_sql([old, new], partial(_earlier, old)), asked_of([old, new])
    was = _WAS.format(kept=KEPT, asked=asked, judged=judged_sql(old, facts, f"{KEPT}, {asked}"))
    lines = judged_sql(new, was, f"{KEPT}, was_done, was_due, was_state")
    areas = [(0, township, area_end(township)) for township in townships]
    rows = fetch(_DIFFERENT.format(lines=lines, differs=_differs(old, new)), lines_params(old, areas))
    return [_differing(*row) for row in rows]


def _differing(
    posting: int, person: str, name: str, area: str, village: str, closed: bool, *figures: list[int]
) -> Differing:
    return Differing(posting, person, name, area, village, closed, _judged(*figures[:3]), _judged(*figures[3:]))


def _judged(done: list[int], due: list[int], state: list[int]) -> dict[int, Judged]:
    figures = enumerate(zip(done, due, state, strict=True))
    return {place: Judged(*judged) for place, judged in figures if judged[2]}


def _differs(old: Plan, new: Plan) -> str:
    """Whether any measure of either book, matched by its name, stands otherwise."""
    return " OR ".join(_differences(old, new)) or "false"


def _differences(old: Plan, new: Plan) -> Iterator[str]:
    before = {measure.name: place for place, measure in enumerate(old.book.presence, start=1)}
    for place, measure in enumerate(new.book.presence, start=1):
        was = before.pop(measure.name, None)
        if was is None:
            yield f"state[{place}] <> 0"
        else:
            now = f"(done[{place}], due[{place}], state[{place}])"
            yield f"(was_done[{was}], was_due[{was}], was_state[{was}]) IS DISTINCT FROM {now}"
    for was in before.values():
        yield f"was_state[{was}] <> 0"


def _earlier(plan: Plan, name: str, through: Month) -> str:
    """The join that adds up the months of the year through one, each with its own workdays."""
    months = [Month(through.year, number) for number in range(1, through.month + 1)]
    works = (
        f"WHEN DATE '{month.first}' THEN {Plan(plan.book, month, plan.calendar).work_text('l.marks')}"
        for month in months
    )
    return _EARLIER.format(
        sums=", ".join(f"sum(c{place})" for place in range(1, NIGHTS + 1)),
        counts=", ".join(f"{count} AS c{place}" for place, count in enumerate(plan.counts(), start=1)),
        works=" ".join(works),
        start=f"DATE '{plan.year_start}'",
        through=f"DATE '{through.first}'",
        name=name,
    )
