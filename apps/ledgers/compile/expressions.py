"""SQL expressions for one month under one rule book; the twin of `apps.rules.presence`, checked against it by test.

Names in the expressions: `first`, `last`, `roles` of the posting, `classes` of the village, `marks` and `nights` of the
sheet line and `work`, the marks of its workdays; `c1` to `c23` the 23 counts of the month, `before` the year-to-date of
last month, and, where a book asks for them, `quarter` and `half_year` that of the month before the stretch began; `pf`,
`pl` the posting's first and last day within the year; `tail` (and `night_tail`) the last six marks (nights) of the month
before followed by this month's; `passed` the workdays among the first days of the year; `done1`, `due1`, `state1` and so
on what is known of each measure so far.  What is computed stands in columns of its own until a line is stored: to look
into an array costs more than most of the arithmetic.  Only numbers, dates and fixed letters of the rule book go into the
text, never input.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from apps.core.months import Month
from apps.rules.book import Measure, RuleBook
from apps.rules.calendar import YearCalendar
from apps.rules.figures import due_in_month, rests_on_workdays
from apps.rules.language.windows import Stretch
from apps.rules.marks import CATEGORIES, INDEX_OF, LETTER_OF, LETTERS, STAYED
from apps.rules.pieces import pieces_of
from apps.rules.stretches import stretch_of
from apps.rules.vocabulary import PIECES, Window

SIZE = len(CATEGORIES)
NIGHTS = 2 * SIZE + 1  # the place of the nights in the counts, as SQL counts places


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
    def needs(self) -> frozenset[str]:
        """Which columns the book's measures want beside those that every book does: `tail`, `night_tail`, and a stretch
        (`quarter`, `half_year`) that began in an earlier month than this one, but not with the year."""
        tails = {"night_tail" if measure.unit == "night" else "tail" for measure in self._weekly}
        return frozenset(tails | {m.window for m in self.book.presence if m.runs and self.opening(m.window)})

    @property
    def tailed(self) -> frozenset[str]:
        """The roles whose weeks are measured: only theirs may have begun in the month before."""
        return frozenset(role for measure in self._weekly for role in measure.binds)

    @property
    def _weekly(self) -> list[Measure]:
        return [measure for measure in self.book.presence if measure.window == "week"]

    def opening(self, window: Window) -> Month | None:
        """The month before a stretch, whose running totals its figures leave out; None where the counts of the year or
        of this month alone are those of the stretch."""
        start = Month.of(stretch_of(window, self.month).first)
        return None if start.month == 1 or start == self.month else start.previous()

    def work_text(self, column: str) -> str:
        """`column` with only the marks of workdays left: the runs of workdays put together."""
        runs = work_runs(self.calendar.month_mask(self.month.first))
        return " || ".join(f"substr({column}, {start}, {length})" for start, length in runs) or "''"

    def counts(self) -> list[str]:
        """The 23 counts: 11 categories over all dates, then over workdays, then the nights."""
        days = [_count(column, letter) for column in ("marks", "work") for letter in LETTERS]
        return [*days, _count("nights", STAYED)]

    def ytd(self, place: int) -> str:
        """One of this month's counts on top of the running total of the month before."""
        return f"c{place}" if self.month.month == 1 else f"c{place} + coalesce(before[{place}], 0::smallint)"

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


def array_of(values: Iterable[str]) -> str:
    """An SQL array of words of our own; never of what a person typed."""
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
        since = _day(self.measure.since)
        begun = f" AND {self._until} >= {since}" if self.measure.runs and self._from != self._posted_from else ""
        return f"({_selector(self.measure)}{excluded}{begun})"

    def _goes_before(self, place: int, other: Measure) -> bool:
        mine, theirs = self.measure.village_classes is not None, other.village_classes is not None
        return (theirs and not mine) or (theirs == mine and place < self.index)

    def done(self) -> str:
        measure = self.measure
        if measure.window in PIECES:
            return f"({self._pieces('met')})"
        shift = 1 + (SIZE if measure.days == "work" else 0)
        places = [INDEX_OF[c] + shift for c in measure.counts] if measure.unit != "night" else [NIGHTS]
        if self.window.first == self.plan.month.first:
            return "(" + " + ".join(f"c{i}" for i in places) + ")"
        done = " + ".join(self.plan.ytd(i) for i in places)
        if self.plan.opening(measure.window):
            done += "".join(f" - coalesce({measure.window}[{i}], 0)" for i in places)
        return f"({done})"

    @property
    def window(self) -> Stretch:
        """The days of the month's or the running window that the plan's month lies in."""
        return stretch_of(self.measure.window, self.plan.month)

    @property
    def _posted_from(self) -> str:
        """The posting's first day within the window."""
        return "pf" if self.measure.window == "year" else f"greatest(first, {_day(self.window.first)})"

    @property
    def _until(self) -> str:
        """The posting's last day within the window."""
        last = _day(self.window.last)
        return "pl" if self.measure.window == "year" else f"least(coalesce(last, {last}), {last})"

    @property
    def _from(self) -> str:
        """The first measured day of the window."""
        since = self.measure.since
        if self.measure.start_year == "from_effective" and since > self.window.first:
            return f"greatest({self._posted_from}, {_day(since)})"
        return self._posted_from

    def due(self) -> str:
        measure = self.measure
        if measure.window in PIECES:
            return f"({self._pieces('judged')})"
        if measure.at_most is not None:
            return str(measure.at_most)
        if measure.window == "month":
            return str(due_in_month(measure, self.plan.month, self.plan.calendar))
        work, whole_work = self._work_between(self._from, self._until), self.plan.calendar.workdays(*self.window)
        if measure.share is not None:
            over, under = measure.share
            base = work if measure.prorate in ("posted_days", "posted_workdays") else str(whole_work)
            return _ceil(f"{over} * {base}", under)
        if measure.prorate == "posted_days":
            return _ceil(f"{measure.at_least} * ({self._until} - {self._from} + 1)", self.window.days)
        if measure.prorate == "posted_workdays":
            return _ceil(f"{measure.at_least} * {work}", whole_work)
        return str(measure.at_least)

    def state(self, place: int) -> str:
        """The state from what is done and due; numbers as in `apps.rules.figures.State`."""
        done, due, measure = f"done{place}", f"due{place}", self.measure
        if measure.at_most is not None:
            return f"CASE WHEN {done} > {due} THEN 4 ELSE 1 END"
        shown = "true" if rests_on_workdays(measure) and not self.plan.calendar.announced else "false"
        if measure.window in PIECES:
            return f"CASE WHEN {shown} THEN 5 WHEN {done} >= {due} THEN 1 ELSE 4 END"
        if measure.window == "month":
            first, last = _day(self.plan.month.first), _day(self.plan.month.last)
            part = f"first > {first} OR coalesce(last, {last}) < {last}"
            if self._begins_inside:
                part += f" OR {done} < {due}"
            return f"CASE WHEN {part} OR {shown} THEN 5 WHEN {done} >= {due} THEN 1 ELSE 4 END"
        end = _day(self.plan.month.last)
        return (
            f"CASE WHEN {done} < {due} AND ({self._unjudged()}) THEN 5 WHEN {shown} THEN 5 WHEN {done} >= {due} THEN 1 "
            f"WHEN {end} >= {self._until} THEN 4 WHEN {done} + {self._left()} < {due} THEN 3 ELSE 2 END"
        )

    @property
    def _begins_inside(self) -> bool:
        """Whether the rule begins inside the window and says nothing of that one."""
        return self.measure.start_year == "not_judged" and self.measure.since > self.window.first

    def _unjudged(self) -> str:
        if self._begins_inside:
            return "true"
        if self.measure.prorate != "information":
            return "false"
        return f"{self._from} > {_day(self.window.first)} OR {self._until} < {_day(self.window.last)}"

    def _left(self) -> str:
        after, last = f"greatest({_day(self.plan.month.last)} + 1, {self._from})", self._until
        if self.measure.days == "work":
            return f"(CASE WHEN {last} >= {after} THEN {self._work_between(after, last)} ELSE 0 END)"
        return f"greatest({last} - {after} + 1, 0)"

    def _work_between(self, first: str, last: str) -> str:
        start = _day(self.plan.year_start)
        return f"(passed[{last} - {start} + 2] - passed[{first} - {start} + 1])"

    def _pieces(self, what: str) -> str:
        measure, parts = self.measure, []
        for first, last in pieces_of(measure.window, self.plan.month):
            if measure.since > first:
                continue
            if measure.skip_short_weeks and self._workdays(first, last) < (measure.at_least or 0):
                continue
            known = f"first <= {_day(first)} AND coalesce(last, {_day(last)}) >= {_day(last)}"
            signs = self._signs(first, last)
            if measure.window == "week":
                known += f" AND position('?' in {signs}) = 0"
            enough = f" AND {self._counted(signs, first, last)} >= {measure.at_least}" if what == "met" else ""
            parts.append(f"CASE WHEN {known}{enough} THEN 1 ELSE 0 END")
        return " + ".join(parts) or "0"

    def _signs(self, first: date, last: date) -> str:
        """The marks or nights of a piece; a week is found by its last day in what began six days before the month."""
        night = self.measure.unit == "night"
        if self.measure.window == "week":
            return f"substr({'night_tail' if night else 'tail'}, {last.day}, 7)"
        return f"substr({'nights' if night else 'marks'}, {first.day}, {last.day - first.day + 1})"

    def _counted(self, signs: str, first: date, last: date) -> str:
        if self.measure.days == "work":
            days = (first + timedelta(days=place) for place in range((last - first).days + 1))
            picked = [place for place, day in enumerate(days, start=1) if self._workdays(day, day)]
            signs = " || ".join(f"substr({signs}, {place}, 1)" for place in picked) or "''"
        letters = "".join(LETTER_OF[category] for category in self.measure.counts)
        if self.measure.unit == "night":
            letters = STAYED
        return f"(length({signs}) - length(translate({signs}, '{letters}', '')))"

    def _workdays(self, first: date, last: date) -> int:
        """Workdays of a week that may begin in December: days of another year count by weekday."""
        year = self.plan.month.year
        days = (first + timedelta(days=offset) for offset in range((last - first).days + 1))
        return sum(self.plan.calendar.is_work(d) if d.year == year else d.weekday() < 5 for d in days)


def _ceil(number: str, under: int) -> str:
    return f"(({number} + {under - 1}) / {under})"


def _selector(measure: Measure) -> str:
    text = f"roles && {array_of(measure.binds)}"
    if measure.village_classes is not None:
        text += f" AND classes && {array_of(measure.village_classes)}"
    return f"({text})"


def _day(day: date) -> str:
    return f"DATE '{day.isoformat()}'"
