"""Deadlines: the last day, included, on which something may be done, from an event or in the month after it.

{workdays: 3, after: submit}       three workdays after the step `submit`, its own day not counted
{days: 5, before: leave_first}     five days before the leave begins; without a number: on the day itself
{day: 15, of: next_month}          the 15th of the month after the start
{month_day: 12-31}                 that day of the year of the start
"""

from __future__ import annotations

import calendar
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, StrictInt
from pydantic_core import PydanticCustomError

from apps.rules.language.parts import Fault, Part
from apps.rules.language.values import MonthDay
from apps.rules.problems import Place

IsWork = Callable[[date], bool]
DueMonth = Literal["same_month", "next_month", "quarter_end_month", "after_quarter"]
Roll = Literal["none", "next_workday", "previous_workday"]


def is_weekday(day: date) -> bool:
    """Monday to Friday: what is known of a year whose holidays are not announced."""
    return day.weekday() < 5


def _clock(value: object) -> str:
    if isinstance(value, str) and len(value) == 5 and value[2] == ":" and (value[:2] + value[3:]).isdigit():
        hours, minutes = int(value[:2]), int(value[3:])
        if hours < 24 and minutes < 60:
            return value
    raise PydanticCustomError("clock", "不是钟点，应写成 17:30 这样，并加引号")


Clock = Annotated[str, BeforeValidator(_clock)]


class Deadline(Part):
    """At most one of `days`, `workdays`, `months`, counted from `after` or back from `before`; or a day of a month or year.

    `roll` says what happens when the day is no workday; a text that does not say so leaves it (`none`).
    """

    days: StrictInt | None = Field(default=None, ge=0, le=3660)
    workdays: StrictInt | None = Field(default=None, ge=0, le=2500)
    months: StrictInt | None = Field(default=None, ge=0, le=120)
    after: str | None = None
    before: str | None = None
    day: StrictInt | None = Field(default=None, ge=1, le=31)
    of: DueMonth = "same_month"
    month_day: MonthDay | None = None
    at: Clock | None = None
    roll: Roll = "none"

    @property
    def event(self) -> str:
        """What it is counted from; `start` where nothing is written."""
        return self.before or self.after or "start"


def last_day(deadline: Deadline, known: Mapping[str, date], is_work: IsWork = is_weekday) -> date | None:
    """The last day, included; None as long as the day of its event is not known."""
    event = known.get(deadline.event)
    if event is None:
        return None
    if deadline.month_day is not None:
        month, day = map(int, deadline.month_day.split("-"))
        return rolled(in_month(event.year, month, day), deadline.roll, is_work)
    if deadline.day is not None:
        return rolled(day_of(deadline.of, deadline.day, event), deadline.roll, is_work)
    sign = -1 if deadline.before else 1
    if deadline.workdays is not None:
        return workdays_on(event, sign * deadline.workdays, is_work)
    if deadline.months is not None:
        return rolled(months_on(event, sign * deadline.months), deadline.roll, is_work)
    return rolled(event + timedelta(days=sign * (deadline.days or 0)), deadline.roll, is_work)


def day_of(of: DueMonth, day: int, event: date) -> date:
    """Day `day` of the month that stands so to `event`; a day that a short month lacks is its last."""
    months = event.year * 12 + event.month - 1
    if of in ("quarter_end_month", "after_quarter"):
        months += 2 - (event.month - 1) % 3
    if of in ("next_month", "after_quarter"):
        months += 1
    return in_month(months // 12, months % 12 + 1, day)


def in_month(year: int, month: int, day: int) -> date:
    """A day of a month; one that a short month lacks is its last."""
    return date(year, month, min(day, calendar.monthrange(year, month)[1]))


def months_on(day: date, months: int) -> date:
    """The same day so many months later or (negative) earlier; the last of a month that lacks it."""
    number = day.year * 12 + day.month - 1 + months
    return in_month(number // 12, number % 12 + 1, day.day)


def years_between(first: date, last: date) -> int:
    """Completed years from day to day; someone born on 29 February completes one on 1 March of a common year."""
    return last.year - first.year - ((last.month, last.day) < (first.month, first.day))


def workdays_on(day: date, count: int, is_work: IsWork) -> date:
    """The `count`-th workday after (negative: before) a day, which itself does not count; 0 is the day itself.

    ValueError where a whole year has none.
    """
    for _ in range(abs(count)):
        day = _next_work(day, 1 if count > 0 else -1, is_work)
    return day


def rolled(day: date, roll: Roll, is_work: IsWork) -> date:
    """The day itself, or the nearest workday after or before it.  ValueError where a whole year has none."""
    if roll == "none" or is_work(day):
        return day
    return _next_work(day, 1 if roll == "next_workday" else -1, is_work)


def _next_work(day: date, step: int, is_work: IsWork) -> date:
    for ahead in range(1, 367):
        if is_work(found := day + timedelta(days=step * ahead)):
            return found
    raise ValueError(f"{day} 前后一年里没有工作日，请核对工作日历。")


def deadline_faults(deadline: Deadline, path: Place) -> Iterator[Fault]:
    """Deadlines that say two things at once, or a month without a day."""
    written = [
        name for name in ("days", "workdays", "months", "day", "month_day") if getattr(deadline, name) is not None
    ]
    if len(written) > 1:
        yield path, f"期限只能有一种写法，现在写了：{'、'.join(written)}。", "请只留一个。"
    if deadline.after is not None and deadline.before is not None:
        yield path, "after 和 before 只能写一个。", "“之后几天内”写 after，“之前几天”写 before。"
    if "of" in deadline.model_fields_set and deadline.day is None:
        yield (*path, "of"), "写了哪个月，没有写哪一天。", "请补上 day: 日期，或删去 of。"
    if not written and deadline.event == "start" and deadline.at is None and deadline.after is None:
        yield path, "期限是空的。", "请写 days、workdays、months、day 或 month_day 之一；条文没有说期限的，删去这一项。"
