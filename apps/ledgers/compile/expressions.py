"""SQL expressions for one month under one rule book; the twin of `apps.rules.presence`, checked against it by test.

Names in the expressions: `first`, `last`, `roles` of the posting, `classes` of the village, `marks` of the sheet line
and `work`, those of its workdays; `counts` and `ytd` the 22 counts, `before` the `ytd` of last month; `pf`, `pl` the
posting's first and last day within the year; `tail` the last six marks of the month before followed by this month's;
`passed` the workdays among the first days of the year.  Only numbers, dates and fixed letters of the rule book go into
the text, never input.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from apps.core.months import Month
from apps.rules.book import Measure, RuleBook
from apps.rules.calendar import YearCalendar
from apps.rules.figures import rests_on_workdays
from apps.rules.marks import CATEGORIES, INDEX_OF, LETTER_OF, LETTERS

SIZE = len(CATEGORIES)


@dataclass(frozen=True)
class Plan:
    """One month under one book."""

    book: RuleBook
    month: Month
    calendar: YearCalendar

    @property
    def year_start(self) -> date:
        return date(self.month.year, 1, 1)

    @property
    def year_end(self) -> date:
        return date(self.month.year, 12, 31)

    @property
    def needs_tail(self) -> bool:
        return any(measure.window == "week" for measure in self.book.presence)

    def work_text(self, column: str) -> str:
        """`column` with only the marks of workdays left: the runs of workdays put together."""
        runs = work_runs(self.calendar.month_mask(self.month.first))
        return " || ".join(f"substr({column}, {start}, {length})" for start, length in runs) or "''"

    def counts(self) -> str:
        """The 22 counts: 11 categories over all dates, then over workdays."""
        return ", ".join(_count(column, letter) for column in ("marks", "work") for letter in LETTERS)

    def ytd(self) -> str:
        """This month's counts on top of the running totals of the month before."""
        if self.month.month == 1:
            return "counts"
        added = (f"counts[{i}] + coalesce(before[{i}], 0)" for i in range(1, 2 * SIZE + 1))
        return f"ARRAY[{', '.join(added)}]::smallint[]"

    def values(self) -> list[MeasureSql]:
        return [MeasureSql(self, index) for index in range(len(self.book.presence))]


def work_runs(mask: str) -> list[tuple[int, int]]:
    """The runs of workdays in a month's mask as (first day, length)."""
    runs: list[tuple[int, int]] = []
    for day, kind in enumerate(mask, start=1):
        if kind not in "WM":
            continue
        if runs and sum(runs[-1]) == day:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        else:
            runs.append((day, 1))
    return runs


def _count(column: str, letter: str) -> str:
    return f"(octet_length({column}) - octet_length(replace({column}, '{letter}', '')))::smallint"


def _array(values: Iterable[str]) -> str:
    return "ARRAY[" + ", ".join(f"'{value}'" for value in values) + "]::varchar[]"


@dataclass(frozen=True)
class MeasureSql:
    """One measure of the plan's book as SQL."""

    plan: Plan
    index: int

    @property
    def measure(self) -> Measure:
        return self.plan.book.presence[self.index]

    def applies(self) -> str:
        """Binds this person, and no other variant of the same key goes before it."""
        before = [
            other
            for place, other in enumerate(self.plan.book.presence)
            if other.key == self.measure.key and place != self.index and self._goes_before(place, other)
        ]
        excluded = "".join(f" AND NOT ({_selector(other)})" for other in before)
        since = self.measure.since
        begun = f" AND pl >= {_day(since)}" if self.measure.window == "year" and self.first != "pf" else ""
        return f"({_selector(self.measure)}{excluded}{begun})"

    def _goes_before(self, place: int, other: Measure) -> bool:
        mine, theirs = self.measure.village_classes is not None, other.village_classes is not None
        return (theirs and not mine) or (theirs == mine and place < self.index)

    def done(self) -> str:
        if self.measure.window == "week":
            return f"({self._weeks('met')})"
        source = "counts" if self.measure.window == "month" else "ytd"
        shift = 1 + (SIZE if self.measure.days == "work" else 0)
        return "(" + " + ".join(f"{source}[{INDEX_OF[c] + shift}]" for c in self.measure.counts) + ")"

    @property
    def first(self) -> str:
        """The first measured day of the year."""
        since = self.measure.since
        if self.measure.start_year == "from_effective" and since > self.plan.year_start:
            return f"greatest(pf, {_day(since)})"
        return "pf"

    def due(self) -> str:
        measure, days = self.measure, len(self.plan.calendar.days)
        if measure.window == "week":
            return f"({self._weeks('judged')})"
        if measure.at_most is not None or measure.window == "month":
            return str(measure.at_most if measure.at_most is not None else measure.at_least)
        work = self._work_between(self.first, "pl")
        if measure.share is not None:
            over, under = measure.share
            base = work if measure.prorate in ("posted_days", "posted_workdays") else str(self.plan.calendar.work_total)
            return _ceil(f"{over} * {base}", under)
        if measure.prorate == "posted_days":
            return _ceil(f"{measure.at_least} * (pl - {self.first} + 1)", days)
        if measure.prorate == "posted_workdays":
            return _ceil(f"{measure.at_least} * {work}", self.plan.calendar.work_total)
        return str(measure.at_least)

    def state(self, place: int) -> str:
        """The state from `done[place]` and `due[place]`; numbers as in `apps.rules.figures.State`."""
        done, due, measure = f"done[{place}]", f"due[{place}]", self.measure
        if measure.at_most is not None:
            return f"CASE WHEN {done} > {due} THEN 4 ELSE 1 END"
        shown = "true" if rests_on_workdays(measure) and not self.plan.calendar.announced else "false"
        if measure.window == "week":
            return f"CASE WHEN {shown} THEN 5 WHEN {done} >= {due} THEN 1 ELSE 4 END"
        if measure.window == "month":
            first, last = _day(self.plan.month.first), _day(self.plan.month.last)
            part = f"first > {first} OR coalesce(last, {last}) < {last}"
            return f"CASE WHEN {part} OR {shown} THEN 5 WHEN {done} >= {due} THEN 1 ELSE 4 END"
        end = _day(self.plan.month.last)
        return (
            f"CASE WHEN {done} < {due} AND ({self._unjudged()}) THEN 5 WHEN {shown} THEN 5 WHEN {done} >= {due} THEN 1 "
            f"WHEN {end} >= pl THEN 4 WHEN {done} + {self._left()} < {due} THEN 3 ELSE 2 END"
        )

    def _unjudged(self) -> str:
        measure, start = self.measure, self.plan.year_start
        if measure.start_year == "not_judged" and measure.since > start:
            return "true"
        if measure.prorate != "information":
            return "false"
        return f"{self.first} > {_day(start)} OR pl < {_day(self.plan.year_end)}"

    def _left(self) -> str:
        after = f"greatest({_day(self.plan.month.last)} + 1, {self.first})"
        if self.measure.days == "work":
            return f"(CASE WHEN pl >= {after} THEN {self._work_between(after, 'pl')} ELSE 0 END)"
        return f"greatest(pl - {after} + 1, 0)"

    def _work_between(self, first: str, last: str) -> str:
        start = _day(self.plan.year_start)
        return f"(passed[{last} - {start} + 2] - passed[{first} - {start} + 1])"

    def _weeks(self, what: str) -> str:
        measure = self.measure
        parts = []
        for sunday in (day for day in self.plan.month.dates() if day.weekday() == 6):
            monday = sunday - timedelta(days=6)
            if measure.skip_short_weeks and self._workdays(monday, sunday) < (measure.at_least or 0):
                continue
            inside = f"first <= {_day(monday)} AND coalesce(last, {_day(sunday)}) >= {_day(sunday)}"
            week = f"substr(tail, {sunday.day}, 7)"
            known = f"{inside} AND position('?' in {week}) = 0"
            enough = f" AND {self._counted(week, monday)} >= {measure.at_least}" if what == "met" else ""
            parts.append(f"CASE WHEN {known}{enough} THEN 1 ELSE 0 END")
        return " + ".join(parts) or "0"

    def _counted(self, week: str, monday: date) -> str:
        if self.measure.days == "work":
            days = (monday + timedelta(days=place) for place in range(7))
            picked = [place for place, day in enumerate(days, start=1) if self._workdays(day, day)]
            week = " || ".join(f"substr({week}, {place}, 1)" for place in picked) or "''"
        letters = "".join(LETTER_OF[category] for category in self.measure.counts)
        return f"(length({week}) - length(translate({week}, '{letters}', '')))"

    def _workdays(self, first: date, last: date) -> int:
        """Workdays of a week that may begin in December: days of another year count by weekday."""
        year = self.plan.month.year
        days = (first + timedelta(days=offset) for offset in range((last - first).days + 1))
        return sum(self.plan.calendar.is_work(d) if d.year == year else d.weekday() < 5 for d in days)


def _ceil(number: str, under: int) -> str:
    return f"(({number} + {under - 1}) / {under})"


def _selector(measure: Measure) -> str:
    text = f"roles && {_array(measure.binds)}"
    if measure.village_classes is not None:
        text += f" AND classes && {_array(measure.village_classes)}"
    return f"({text})"


def _day(day: date) -> str:
    return f"DATE '{day.isoformat()}'"
