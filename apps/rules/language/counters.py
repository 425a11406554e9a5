"""Counters: how often something happened, or for how many days, to whom, in which window, altogether or in a row.

What is counted are `Event`s: days of the attendance sheet by their category, and dated facts by their kind (a pack's
own words, listed in its vocabulary `events`).  A counter only counts; what follows from the number says a ladder.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Literal

from pydantic import Field, StrictBool, StrictInt

from apps.rules.language.deadlines import months_on
from apps.rules.language.rule import Rule
from apps.rules.language.runs import (
    DAYS_OFF,
    Counted,
    DayKind,
    Rows,
    Run,
    chosen_run,
    day_runs,
    days_of,
    event_runs,
    joined,
    window_runs,
)
from apps.rules.language.vocabularies import Key
from apps.rules.language.windows import Stretch, When, window_at
from apps.rules.language.working import Working
from apps.rules.marks import GAP, MARKS, OUT, WORD_OF
from apps.rules.vocabulary import Category, Subject, Unit


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened on a day or from day to day (both included).

    `excused`: a good reason was accepted.  `amount` is a number of its own (hours, nights, households).  `subjects`
    says who it concerns, by kind of subject: the person, their team, village, township, unit, unit head.
    """

    kind: str
    first: date
    last: date | None = None
    excused: bool = False
    amount: int | None = None
    subjects: Mapping[str, str] = field(default_factory=dict)

    @property
    def span(self) -> Stretch:
        return Stretch(self.first, self.last or self.first)


@dataclass(frozen=True, slots=True)
class Count:
    """How many, which events made it up, and the arithmetic.

    `days` are those of a run of days in their order: the 16th day of an absence is `days[15]`.
    """

    number: int
    events: tuple[Event, ...]
    trace: dict[str, Any]
    days: tuple[date, ...] = ()


class Counter(Rule):
    """Counts `marks` and `events` of one `subject` in a `window`, or in the `back_months` up to the day of counting.

    `add` what: each event as one, its days (all, or workdays only: `unit`), its own amounts, or how many different
    persons, posts … (`distinct`) it concerns.  `once_a_day` takes several on one day for one.  With `without_reason`
    only what was not excused counts.  After an event of `reset_by` the counting begins anew.  With a `run`, only what
    came in a row.
    """

    marks: tuple[Category, ...] = ()
    events: tuple[Key, ...] = ()
    window: When | None = None
    back_months: StrictInt | None = Field(default=None, ge=1, le=1200)
    subject: Subject = "person"
    add: Literal["events", "days", "amounts", "distinct"] = "events"
    unit: Unit = "day"
    distinct: Subject | None = None
    once_a_day: StrictBool = False
    without_reason: StrictBool = False
    reset_by: tuple[Key, ...] = ()
    run: Run | None = None

    @property
    def kinds(self) -> tuple[str, ...]:
        return (*self.marks, *self.events)


def mark_events(marks: str, first: date, subjects: Mapping[str, str]) -> list[Event]:
    """The days of a sheet line from its first day on; gaps and days outside the posting are nothing."""
    return [
        Event(MARKS[mark].category, first + timedelta(days=ahead), subjects=subjects)
        for ahead, mark in enumerate(marks)
        if mark not in GAP + OUT
    ]


def count(
    counter: Counter,
    events: Sequence[Event],
    on: date,
    who: str,
    *,
    term: Stretch | None = None,
    kind_of_day: DayKind | None = None,
    words: Mapping[str, str] | None = None,
) -> Count:
    """How many of `who`'s events fall into the window that holds `on`; nothing after that day counts.

    `kind_of_day` gives W, R, H or M as the calendar does; ValueError when the counter needs it, or the term, and it
    is missing.  `words` are the pack's Chinese words for its kinds of event (`vocabularies.labels`).  In the window `event` each event stands for itself and the greatest of that day is taken.
    """
    mine = [event for event in events if event.subjects.get(counter.subject) == who and event.first <= on]
    stretch = _stretch(counter, mine, on, term)
    work = Working()
    if stretch is None:
        return _closed(counter, work, [], {}, on)
    found = _relevant(counter, mine, stretch)
    told = {**WORD_OF, **(words or {})}
    named = {
        f"{place}. {event.first} {told.get(event.kind, event.kind)}": event for place, event in enumerate(found, 1)
    }
    counted = [item for name, event in named.items() for item in _items(counter, name, event, stretch, kind_of_day)]
    if counter.run is not None:
        counted = chosen_run(_rows(counter, counter.run, counted, mine, stretch, kind_of_day), counter.run.take)
    return _closed(counter, work, _once(counter, counted, named), named, on, stretch)


def _stretch(counter: Counter, mine: Sequence[Event], on: date, term: Stretch | None) -> Stretch | None:
    """The days that are looked at: the window up to `on`, after the last event that begins the counting anew."""
    if counter.back_months is not None:
        held: Stretch | None = Stretch(months_on(on, -counter.back_months) + timedelta(days=1), on)
    elif counter.window is None or counter.window.of == "event":
        held = Stretch(date.min, on)
    else:
        held = window_at(counter.window, on, term)
    if held is None:
        return None
    resets = [event.span.last for event in mine if event.kind in counter.reset_by and event.span.last <= on]
    first = max([held.first, *(day + timedelta(days=1) for day in resets)])
    return Stretch(first, min(held.last, on))


def _relevant(counter: Counter, mine: Sequence[Event], stretch: Stretch) -> list[Event]:
    """What counts, by day; in the window `event` only what touches the day of counting."""
    single = counter.window is not None and counter.window.of == "event"
    found = [
        event
        for event in mine
        if event.kind in counter.kinds
        and not (counter.without_reason and event.excused)
        and event.span.last >= (stretch.last if single else stretch.first)
        and event.first <= stretch.last
    ]
    return sorted(found, key=lambda event: (event.first, event.kind))


def _items(
    counter: Counter, name: str, event: Event, stretch: Stretch, kind_of_day: DayKind | None
) -> Iterator[Counted]:
    """An event as it is counted: one entry, or one per day where days are added or must follow each other."""
    first, last = max(event.first, stretch.first), min(event.span.last, stretch.last)
    if counter.add == "days" or (counter.run is not None and counter.run.by == "day"):
        for ahead in range((last - first).days + 1):
            day = first + timedelta(days=ahead)
            yield Counted(Stretch(day, day), int(_is_counted(counter, day, kind_of_day)), name)
    else:
        adds = 1 if counter.add != "amounts" else event.amount or 0
        yield Counted(Stretch(first, last), adds, name)


def _is_counted(counter: Counter, day: date, kind_of_day: DayKind | None) -> bool:
    return counter.unit == "day" or _kind(day, kind_of_day) in "WM"


def _kind(day: date, kind_of_day: DayKind | None) -> str:
    if kind_of_day is None:
        raise ValueError("这个计数要分工作日和休息日，却没有给出日历。")
    return kind_of_day(day)


def _rows(
    counter: Counter,
    run: Run,
    counted: Sequence[Counted],
    mine: Sequence[Event],
    stretch: Stretch,
    kind_of_day: DayKind | None,
) -> Rows:
    if run.by == "event":
        breaks = [event.first for event in mine if event.kind in run.broken_by and stretch.holds(event.first)]
        return event_runs(counted, breaks)
    if run.by != "day":
        passed = [event.first for event in mine if event.kind in run.not_broken_by]
        return window_runs(counted, run.by, passed, stretch.last)
    passing = _among((*run.not_broken_by, *run.joined_by), mine, kind_of_day)
    joins = _among(run.joined_by, mine, kind_of_day)
    return [joined(row, joins) for row in day_runs(_daily(counted), passing, stretch.last)]


def _among(names: Collection[str], mine: Sequence[Event], kind_of_day: DayKind | None) -> Callable[[date], bool]:
    """Whether a day is one of these: days off, or days of a mark category."""
    off = {DAYS_OFF[name] for name in names if name in DAYS_OFF}
    spans = [event.span for event in mine if event.kind in names]
    return lambda day: (bool(off) and _kind(day, kind_of_day) in off) or any(span.holds(day) for span in spans)


def _daily(counted: Sequence[Counted]) -> list[Counted]:
    """One entry per day, whatever else falls on it."""
    return list({item.span: item for item in sorted(counted, reverse=True)}.values())


def _once(counter: Counter, counted: Sequence[Counted], named: Mapping[str, Event]) -> list[Counted]:
    """Without what the counter takes for one: further events of a day, further events of the same person, post …"""
    found = sorted(counted)
    if counter.add == "distinct":
        found = _firsts(found, lambda item: named[item.name].subjects.get(str(counter.distinct)))
    return _firsts(found, lambda item: item.span.first) if counter.once_a_day else found


def _firsts(counted: Sequence[Counted], of: Callable[[Counted], Any]) -> list[Counted]:
    found: dict[Any, Counted] = {}
    for item in counted:
        if of(item) is not None:
            found.setdefault(of(item), item)
    return list(found.values())


def _closed(
    counter: Counter,
    work: Working,
    counted: Sequence[Counted],
    named: Mapping[str, Event],
    on: date,
    stretch: Stretch | None = None,
) -> Count:
    """The sum (in the window `event` the greatest), written down."""
    sums: dict[str, int] = {}
    for item in counted:
        sums[item.name] = sums.get(item.name, 0) + item.adds
    also = {item.name: f"（连其后 {len(item.joined)} 天）" for item in counted if item.joined}
    names = [work.put(name + also.get(name, ""), number) for name, number in sums.items()]
    single = counter.window is not None and counter.window.of == "event"
    text = f"{counter.label}：{'、'.join(names) or '没有'}，{'最多' if single else '共'} {{value}}"
    work.take(text, "max" if single and names else "sum", names, "done")
    if stretch is not None and stretch.first > date.min:
        window = {"from": stretch.first.isoformat(), "to": stretch.last.isoformat()}
    else:
        window = {"to": on.isoformat()}
    found = tuple(named[name] for name in sums)
    days = days_of(counted) if counter.run is not None and counter.run.by == "day" else ()
    return Count(int(work.value("done")), found, work.trace(counter, window=window), days)
