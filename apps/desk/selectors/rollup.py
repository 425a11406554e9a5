"""Months summed up by the areas below one: ledgers by state, days by category, how the measures stand.

Figures come from the sums of ledgers that are submitted or accepted and not replaced, never from live sheets.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from apps.core.months import Month
from apps.core.sql import fetch
from apps.core.tenancy import area_end
from apps.desk.selectors.sheets import passed, submit_due
from apps.jurisdictions.models import Division
from apps.jurisdictions.selectors import books_of
from apps.ledgers.models import LedgerState
from apps.ledgers.selectors.chain import book_by_hash
from apps.rules.book import Measure, RuleBook
from apps.rules.marks import CATEGORIES, INDEX_OF
from apps.rules.presence import State, state_word
from apps.rules.terms import Due

BELOW = {1: 3, 3: 5, 5: 7, 7: 10}  # length of an area's code → of those below it
WORKING = frozenset({LedgerState.QUEUED, LedgerState.DRAFT, LedgerState.SIGNED})
SENT = (LedgerState.SUBMITTED, LedgerState.ACCEPTED)
JUDGED = (State.MET, State.ON_TRACK, State.OUT_OF_REACH, State.SHORT, State.SHOWN)

_DAYS = ", ".join(
    f"coalesce(sum((l.totals -> 'counts' ->> {i})::int) FILTER (WHERE l.state IN ('submitted', 'accepted')), 0)"
    for i in range(len(CATEGORIES))
)
_LEDGERS = f"""
SELECT left(l.area, %(size)s), l.state, count(*), min(l.id),
       coalesce(sum(l.people) FILTER (WHERE l.state IN ('submitted', 'accepted')), 0),
       coalesce(sum((l.totals ->> 'posted')::int) FILTER (WHERE l.state IN ('submitted', 'accepted')), 0), {_DAYS}
FROM ledgers_ledger l
WHERE l.area >= %(area)s AND l.area < %(end)s AND l.kind = 'township' AND l.month = %(month)s
  AND l.state <> 'superseded'
GROUP BY 1, 2
"""  # noqa: S608  (numbers of our own)
_JUDGED = ", ".join(f"sum((m.states ->> {int(state)})::int)" for state in JUDGED)
_STATES = f"""
SELECT left(l.area, %(size)s), l.book_id, m.place - 1, {_JUDGED}
FROM ledgers_ledger l
CROSS JOIN LATERAL jsonb_array_elements(l.totals -> 'states') WITH ORDINALITY AS m(states, place)
WHERE l.area >= %(area)s AND l.area < %(end)s AND l.kind = 'township' AND l.month = %(month)s
  AND l.state IN ('submitted', 'accepted')
GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
"""  # noqa: S608  (numbers of our own)
_EXPECTED = """
SELECT x.township, l.id IS NOT NULL, coalesce(l.state IN ('submitted', 'accepted'), false),
       EXISTS (SELECT FROM ledgers_ledgerstep s WHERE s.ledger_id = l.id AND s.verb = 'submit' AND s.late)
FROM (SELECT DISTINCT left(p.area, 10) AS township FROM teams_posting p
      WHERE p.area >= %(area)s AND p.area < %(end)s AND p.first <= %(last)s
        AND (p.last IS NULL OR p.last >= %(month)s)) x
LEFT JOIN ledgers_ledger l ON l.area = x.township AND l.kind = 'township' AND l.month = %(month)s
    AND l.state <> 'superseded'
"""


@dataclass
class MeasureSum:
    """How many people stand how under one measure; `index` is its place in the rules of the ledger, `ceiling` says that
    it must not be exceeded."""

    label: str
    clause: str
    index: int
    ceiling: bool
    name: str
    pack: str
    version: str
    states: dict[int, int] = field(default_factory=lambda: dict.fromkeys(map(int, JUDGED), 0))

    @property
    def people(self) -> int:
        return sum(self.states.values())

    def word(self, state: int) -> str:
        """A state in words, fitting a ceiling."""
        return state_word(state, ceiling=self.ceiling)


@dataclass
class RollupRow:
    """One area below: townships due (with people), sent, late, with a ledger in each state; people, days, measures.

    `ledger` is the township's own current ledger, 0 for larger areas; `passed` the day by which a single township was
    late, with the book that names it.
    """

    area: str
    name: str
    zone: str = ""
    due: int = 0
    none: int = 0
    sent: int = 0
    late: int = 0
    states: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    ledger: int = 0
    passed: tuple[RuleBook, Due] | None = None
    people: int = 0
    posted: int = 0
    days: list[int] = field(default_factory=lambda: [0] * len(CATEGORIES))
    measures: dict[tuple[str, str], MeasureSum] = field(default_factory=dict)

    def day_count(self, category: str) -> int:
        """Days of a category."""
        return self.days[INDEX_OF[category]]

    @property
    def working(self) -> int:
        """Ledgers that are being made or signed."""
        return sum(count for state, count in self.states.items() if state in WORKING)

    @property
    def state(self) -> str:
        """A single township's ledger state; '' where there is none."""
        return next(iter(self.states), "")

    def take(self, other: RollupRow) -> None:
        """Add another row's figures to this one's."""
        self.due, self.none = self.due + other.due, self.none + other.none
        self.sent, self.late = self.sent + other.sent, self.late + other.late
        self.people, self.posted = self.people + other.people, self.posted + other.posted
        self.days = [sum(pair) for pair in zip(self.days, other.days, strict=True)]
        for state, count in other.states.items():
            self.states[state] += count
        for key, theirs in other.measures.items():
            mine = self.measures.setdefault(key, replace(theirs, states=dict.fromkeys(theirs.states, 0)))
            for judged, people in theirs.states.items():
                mine.states[judged] += people


def rollup_rows(*, area: str, month: Month, today: date) -> list[RollupRow]:
    """The areas directly below `area`, by code, in a month.  Five queries and the rules not read before, whatever the
    number of ledgers."""
    size = BELOW[len(area)]
    where = {"area": area, "end": area_end(area), "month": month.first, "last": month.last, "size": size}
    rows: dict[str, RollupRow] = {}
    _townships(rows, size, fetch(_EXPECTED, where), month, today)
    for code, state, count, ledger, people, posted, *days in fetch(_LEDGERS, where):
        row = _row(rows, code)
        row.states[state] += count
        row.ledger = ledger if len(code) == BELOW[7] else 0
        row.people, row.posted = row.people + people, row.posted + posted
        row.days = [old + new for old, new in zip(row.days, days, strict=True)]
    for code, book, index, *people in fetch(_STATES, where):
        rule = book_by_hash(book).presence[index]
        measure = _measure_sum(rule, index)
        measure = rows[code].measures.setdefault((rule.label, rule.clause), measure)
        for state, number in zip(JUDGED, people, strict=True):
            measure.states[state] += number
    for code, name, zone in Division.objects.filter(code__in=list(rows)).values_list("code", "name", "zone"):
        rows[code].name, rows[code].zone = name, zone
    return [rows[code] for code in sorted(rows)]


def _measure_sum(rule: Measure, index: int) -> MeasureSum:
    return MeasureSum(rule.label, rule.clause, index, rule.at_most is not None, rule.name, rule.pack, rule.version)


def _row(rows: dict[str, RollupRow], code: str) -> RollupRow:
    return rows.setdefault(code, RollupRow(code, code))


def _townships(
    rows: dict[str, RollupRow],
    size: int,
    found: Iterable[tuple[Any, ...]],
    month: Month,
    today: date,
) -> None:
    """Townships that owe a ledger, have none, or are late: submitted late, or not submitted and the day is past."""
    townships = list(found)
    books = books_of({township[:7] for township, _, sent, was_late in townships if was_late or not sent}, month.last)
    for township, made, sent, was_late in townships:
        row = _row(rows, township[:size])
        row.due += 1
        row.none += not made
        row.sent += sent
        book = books.get(township[:7])
        due = None if book is None else submit_due(book) if sent else passed(book, month, today, made=made)
        row.late += was_late if sent else due is not None
        row.passed = (book, due) if book and due else None


def rollup_total(rows: Sequence[RollupRow]) -> RollupRow:
    """The sum of all rows; a measure that only one of them knows is not repeated."""
    total = RollupRow("", "合计")
    for row in rows:
        total.take(row)
    for key in list(total.measures):
        if sum(key in row.measures for row in rows) < 2:
            del total.measures[key]
    return total


def area_path(area: str, top: str) -> list[tuple[str, str]]:
    """(code, name) of the areas from `top` down to `area`.  One query."""
    codes = [area[:length] for length in (1, 3, 5, 7, 10) if len(top) <= length <= len(area)]
    names = dict(Division.objects.filter(code__in=codes).values_list("code", "name"))
    return [(code, names[code]) for code in codes if code in names]
