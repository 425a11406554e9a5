"""What was done and what is due: the arithmetic of presence measures, without its explanation.

All numbers are whole days or nights, dates are civil dates.  Fast enough for a nation's month: nothing is allocated per day.
"""

from __future__ import annotations

from datetime import date, timedelta
from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple

from apps.core.months import Month
from apps.rules.calendar import YearCalendar
from apps.rules.inputs import Inputs, numbers
from apps.rules.language.windows import Stretch
from apps.rules.measure import Measure
from apps.rules.pieces import judged_pieces
from apps.rules.stretches import stretch_of


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


class Judgement(NamedTuple):
    """`done` against `due`: days or nights, of a weekly measure weeks, of one by the half-month halves."""

    done: int
    due: int
    state: State


class Span(NamedTuple):
    """The part of a running window in which a posting is measured; `left` are the dates that can still count."""

    first: date
    last: date
    posted: int
    posted_work: int
    left: int
    whole: bool


NONE = Judgement(0, 0, State.NOT_APPLICABLE)


def judge(
    measure: Measure, inputs: Inputs, calendar: YearCalendar, previous_year: YearCalendar | None = None
) -> Judgement:
    """Where a posting stands.  `calendar` is that of the month's year; `previous_year` as in `judged_pieces`.

    ValueError where the calendar is another year's, or a weekly measure gets marks of another length than the month.
    """
    if calendar.year != inputs.month.year:
        raise ValueError(f"{inputs.month.label}要用 {inputs.month.year} 年的日历，给的是 {calendar.year} 年。")
    if not measure.applies(inputs.roles, inputs.classes):
        return NONE
    if measure.runs:
        return _running(measure, inputs, calendar)
    if inputs.first > inputs.month.last or (inputs.last is not None and inputs.last < inputs.month.first):
        return NONE
    if measure.window == "month":
        return _month(measure, inputs, calendar)
    pieces = list(judged_pieces(measure, inputs, calendar, previous_year))
    done = sum(piece.counted >= (measure.at_least or 0) for piece in pieces)
    return _outcome(measure, calendar, done, len(pieces), window_over=True)


class Terms(NamedTuple):
    """What a running measure asks of everyone posted over the same part of its window, at the end of one month."""

    part: Span
    due: int
    over: bool
    judged: bool


def terms_of(measure: Measure, first: date, last: date | None, month: Month, calendar: YearCalendar) -> Terms | None:
    """The terms of a posting from `first` to `last`, or None where it does not touch the month's window.

    Does not depend on what was done, so a compile asks once for all postings of the same span.
    """
    window = stretch_of(measure.window, month)
    first, last = max(first, window.first), min(last or window.last, window.last)
    if measure.start_year == "from_effective":
        first = max(first, measure.since)
    return _terms(measure, first, last, month, calendar) if first <= last else None


@lru_cache(maxsize=65536)
def _terms(measure: Measure, first: date, last: date, month: Month, calendar: YearCalendar) -> Terms:
    window = stretch_of(measure.window, month)
    after = max(month.last + timedelta(days=1), first)
    left = max(0, (last - after).days + 1)
    if left and measure.days == "work":
        left = calendar.workdays(after, last)
    posted = (last - first).days + 1
    part = Span(first, last, posted, calendar.workdays(first, last), left, posted == window.days)
    return Terms(part, _due(measure, part, window, calendar), month.last >= last, _judged(measure, part, window))


def _due(measure: Measure, part: Span, window: Stretch, calendar: YearCalendar) -> int:
    """What is due for the measured part; a fraction of a day is a day."""
    number, work = measure.at_least or 0, calendar.workdays(*window)
    if measure.share is not None:
        base = part.posted_work if measure.prorate in ("posted_days", "posted_workdays") else work
        return -(-measure.share[0] * base // measure.share[1])
    if measure.prorate == "posted_days":
        return -(-number * part.posted // window.days)
    if measure.prorate == "posted_workdays":
        return -(-number * part.posted_work // work)
    return number


def due_in_month(measure: Measure, month: Month, calendar: YearCalendar) -> int:
    """What a measure of the month asks for: its floor, or its share of the month's workdays, a fraction being a day."""
    if measure.share is None:
        return measure.at_least or 0
    return -(-measure.share[0] * calendar.workdays(month.first, month.last) // measure.share[1])


def rests_on_workdays(measure: Measure) -> bool:
    """Whether the figures change with the year's notice of holidays."""
    return (
        measure.days == "work"
        or measure.share is not None
        or measure.skip_short_weeks
        or measure.prorate == "posted_workdays"
    )


def _judged(measure: Measure, part: Span, window: Stretch) -> bool:
    """False for a part that the text has no rule for, and for the window in which a rule begins if it says nothing of it."""
    if measure.prorate == "information" and not part.whole:
        return False
    return not (measure.start_year == "not_judged" and measure.since > window.first)


def _running(measure: Measure, inputs: Inputs, calendar: YearCalendar) -> Judgement:
    terms = terms_of(measure, inputs.first, inputs.last, inputs.month, calendar)
    if terms is None:
        return NONE
    done = sum(numbers(measure, inputs).values())
    if measure.at_most is not None:
        return _kept(done, measure.at_most)
    if done < terms.due and not terms.judged:
        return Judgement(done, terms.due, State.SHOWN)
    return _outcome(measure, calendar, done, terms.due, window_over=terms.over, left=terms.part.left)


def _month(measure: Measure, inputs: Inputs, calendar: YearCalendar) -> Judgement:
    done = sum(numbers(measure, inputs).values())
    if measure.at_most is not None:
        return _kept(done, measure.at_most)
    due = due_in_month(measure, inputs.month, calendar)
    if done < due and measure.start_year == "not_judged" and measure.since > inputs.month.first:
        return Judgement(done, due, State.SHOWN)
    if inputs.first > inputs.month.first or (inputs.last is not None and inputs.last < inputs.month.last):
        return Judgement(done, due, State.SHOWN)
    return _outcome(measure, calendar, done, due, window_over=True)


def _kept(done: int, limit: int) -> Judgement:
    """A ceiling binds whole and at once, however long the posting."""
    return Judgement(done, limit, State.SHORT if done > limit else State.MET)


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
