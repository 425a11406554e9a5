"""What was done and what is due: the arithmetic of presence measures, without its explanation.

All numbers are whole days, dates are civil dates.  Fast enough for a nation's month: nothing is allocated per day.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple

from apps.core.months import Month
from apps.rules.book import Measure
from apps.rules.calendar import YearCalendar, days_in_year, unannounced
from apps.rules.marks import INDEX_OF, LETTER_OF


class State(IntEnum):
    """How a measure stands at the end of a month."""

    NOT_APPLICABLE = 0
    MET = 1
    ON_TRACK = 2
    OUT_OF_REACH = 3
    SHORT = 4
    SHOWN = 5


STATE_WORDS = {
    State.NOT_APPLICABLE: "不适用",
    State.MET: "已达到",
    State.ON_TRACK: "进行中",
    State.OUT_OF_REACH: "余下天数已不够",
    State.SHORT: "未达到",
    State.SHOWN: "只显示，不判定",
}
CEILING_WORDS = {State.MET: "未超过", State.SHORT: "已超过"}


def state_word(state: int, *, ceiling: bool) -> str:
    """The word for a measure's state; of a ceiling it says whether it was kept."""
    return CEILING_WORDS.get(State(state), STATE_WORDS[State(state)]) if ceiling else STATE_WORDS[State(state)]


@dataclass(frozen=True, slots=True)
class Inputs:
    """One posting's figures at the end of a month.

    The four tuples hold 11 numbers in the order of CATEGORIES: of this month and of the year through this
    month, of all dates and of workdays only.  `last` is None while the posting is open.  `marks` are this
    month's letters, `previous_marks` the month's before (None where there is no sheet).
    """

    roles: Sequence[str]
    classes: Sequence[str]
    first: date
    last: date | None
    month: Month
    month_all: Sequence[int]
    month_work: Sequence[int]
    ytd_all: Sequence[int]
    ytd_work: Sequence[int]
    marks: str = ""
    previous_marks: str | None = None


class Judgement(NamedTuple):
    """`done` against `due`: days, or weeks for a weekly measure."""

    done: int
    due: int
    state: State


class Span(NamedTuple):
    """The part of a year in which a posting is measured; `left` are the dates that can still count."""

    first: date
    last: date
    posted: int
    posted_work: int
    left: int
    whole: bool


class Week(NamedTuple):
    """A judged week by its Sunday: days that counted, workdays in it."""

    sunday: date
    counted: int
    workdays: int


NONE = Judgement(0, 0, State.NOT_APPLICABLE)


def judge(
    measure: Measure, inputs: Inputs, calendar: YearCalendar, previous_year: YearCalendar | None = None
) -> Judgement:
    """Where a posting stands.  `calendar` is that of the month's year.

    `previous_year` only serves a week that began in December; without it that week's workdays are its weekdays.
    ValueError where the calendar is another year's, or a weekly measure gets marks of another length than the month.
    """
    if calendar.year != inputs.month.year:
        raise ValueError(f"{inputs.month.label}要用 {inputs.month.year} 年的日历，给的是 {calendar.year} 年。")
    if not measure.applies(inputs.roles, inputs.classes):
        return NONE
    if measure.window == "year":
        return _year(measure, inputs, calendar)
    if inputs.first > inputs.month.last or (inputs.last is not None and inputs.last < inputs.month.first):
        return NONE
    if measure.window == "month":
        return _month(measure, inputs, calendar)
    weeks = list(judged_weeks(measure, inputs, calendar, previous_year))
    done = sum(week.counted >= (measure.at_least or 0) for week in weeks)
    return _outcome(measure, calendar, done, len(weeks), window_over=True)


class YearTerms(NamedTuple):
    """What a yearly measure asks of everyone posted over the same part of the year, at the end of one month."""

    part: Span
    due: int
    over: bool
    judged: bool


def year_terms(
    measure: Measure, first: date, last: date | None, month: Month, calendar: YearCalendar
) -> YearTerms | None:
    """The terms of a posting from `first` to `last`, or None where it does not touch the year.

    Does not depend on what was done, so a compile asks once for all postings of the same span.
    """
    start, end = date(month.year, 1, 1), date(month.year, 12, 31)
    first, last = max(first, start), min(last or end, end)
    if measure.start_year == "from_effective":
        first = max(first, measure.since)
    return _year_terms(measure, first, last, month, calendar) if first <= last else None


@lru_cache(maxsize=65536)
def _year_terms(measure: Measure, first: date, last: date, month: Month, calendar: YearCalendar) -> YearTerms:
    after = max(month.last + timedelta(days=1), first)
    left = max(0, (last - after).days + 1)
    if left and measure.days == "work":
        left = calendar.workdays(after, last)
    posted = (last - first).days + 1
    part = Span(first, last, posted, calendar.workdays(first, last), left, posted == days_in_year(month.year))
    return YearTerms(part, due_in_year(measure, part, calendar), month.last >= last, is_judged(measure, part))


def due_in_year(measure: Measure, part: Span, calendar: YearCalendar) -> int:
    """The days due for the measured part; a fraction of a day is a day."""
    number, days, work = measure.at_least or 0, len(calendar.days), calendar.work_total
    if measure.share is not None:
        base = part.posted_work if measure.prorate in ("posted_days", "posted_workdays") else work
        return -(-measure.share[0] * base // measure.share[1])
    if measure.prorate == "posted_days":
        return -(-number * part.posted // days)
    if measure.prorate == "posted_workdays":
        return -(-number * part.posted_work // work)
    return number


def rests_on_workdays(measure: Measure) -> bool:
    """Whether the figures change with the year's notice of holidays."""
    return (
        measure.days == "work"
        or measure.share is not None
        or measure.skip_short_weeks
        or measure.prorate == "posted_workdays"
    )


def is_judged(measure: Measure, part: Span) -> bool:
    """False for a part year that the text has no rule for, and for a rule's first year where it says nothing of it."""
    if measure.prorate == "information" and not part.whole:
        return False
    return not (measure.start_year == "not_judged" and measure.since > date(part.first.year, 1, 1))


def summed(measure: Measure, numbers: Sequence[int]) -> int:
    """Those of 11 numbers per category that the measure counts."""
    return sum(numbers[INDEX_OF[category]] for category in measure.counts)


def _year(measure: Measure, inputs: Inputs, calendar: YearCalendar) -> Judgement:
    terms = year_terms(measure, inputs.first, inputs.last, inputs.month, calendar)
    if terms is None:
        return NONE
    done = summed(measure, inputs.ytd_work if measure.days == "work" else inputs.ytd_all)
    if measure.at_most is not None:
        return Judgement(done, measure.at_most, State.SHORT if done > measure.at_most else State.MET)
    if done < terms.due and not terms.judged:
        return Judgement(done, terms.due, State.SHOWN)
    return _outcome(measure, calendar, done, terms.due, window_over=terms.over, left=terms.part.left)


def _month(measure: Measure, inputs: Inputs, calendar: YearCalendar) -> Judgement:
    done = summed(measure, inputs.month_work if measure.days == "work" else inputs.month_all)
    due = measure.at_least or 0
    if inputs.first > inputs.month.first or (inputs.last is not None and inputs.last < inputs.month.last):
        return Judgement(done, due, State.SHOWN)
    return _outcome(measure, calendar, done, due, window_over=True)


def _outcome(
    measure: Measure, calendar: YearCalendar, done: int, due: int, *, window_over: bool, left: int = 0
) -> Judgement:
    """A year without its notice has no certain workdays, so nothing that rests on them is judged."""
    if not calendar.announced and rests_on_workdays(measure):
        return Judgement(done, due, State.SHOWN)
    if done >= due:
        return Judgement(done, due, State.MET)
    if window_over:
        return Judgement(done, due, State.SHORT)
    return Judgement(done, due, State.OUT_OF_REACH if done + left < due else State.ON_TRACK)


def judged_weeks(
    measure: Measure, inputs: Inputs, calendar: YearCalendar, previous_year: YearCalendar | None = None
) -> Iterator[Week]:
    """Weeks from Monday to Sunday that end in the month and lie wholly inside the posting.

    Left out are weeks that began in a month without a sheet and, where the measure says so, weeks with fewer
    workdays than are asked for.
    """
    _require_marks(inputs)
    letters = {LETTER_OF[category] for category in measure.counts}
    for sunday in (day for day in inputs.month.dates() if day.weekday() == 6):
        days = [sunday - timedelta(days=back) for back in range(6, -1, -1)]
        if inputs.first > days[0] or (inputs.last is not None and inputs.last < sunday):
            continue
        if days[0] < inputs.month.first and inputs.previous_marks is None:
            continue
        work = [_is_work(day, calendar, previous_year) for day in days]
        if measure.skip_short_weeks and sum(work) < (measure.at_least or 0):
            continue
        marked = [_mark_on(day, inputs) in letters for day in days]
        if measure.days == "work":
            marked = [hit and working for hit, working in zip(marked, work, strict=True)]
        yield Week(sunday, sum(marked), sum(work))


def _require_marks(inputs: Inputs) -> None:
    """A mark for every day of the month, and of the month before where that one has a sheet."""
    before = inputs.month.previous()
    if len(inputs.marks) != inputs.month.days:
        raise ValueError(f"{inputs.month.label}应有 {inputs.month.days} 个标记，收到 {len(inputs.marks)} 个。")
    if inputs.previous_marks is not None and len(inputs.previous_marks) != before.days:
        raise ValueError(f"{before.label}应有 {before.days} 个标记，收到 {len(inputs.previous_marks)} 个。")


def _is_work(day: date, calendar: YearCalendar, previous_year: YearCalendar | None) -> bool:
    if day.year == calendar.year:
        return calendar.is_work(day)
    return (previous_year or unannounced(day.year)).is_work(day)


def _mark_on(day: date, inputs: Inputs) -> str:
    marks = inputs.marks if day >= inputs.month.first else inputs.previous_marks or ""
    return marks[day.day - 1]
