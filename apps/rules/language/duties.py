"""Periodic duties: who owes what how often, due when, to whom, over what share of which set, with which evidence.

    report: {matter: report, who: leader, window: month, due: {day: 30}, to: [dispatch_unit, county_office], to_each: true}
    visits: {matter: visit, who: first_secretary, window: month, covers: {of: household, number: 30}}
    weekly: {matter: meeting, who: team, window: week, due: {weekday: 5, at: "17:30"}, skip_without_workday: true}
    talks:  {matter: talk, who: unit_head, on_events: {ill: 生病住院, hardship: 家庭变故}, due: {days: 7}}

What the text leaves open (定期) has no window and is in `left_open`: it is recorded and never judged.
`occurrences` and `fulfilment` (in `fulfilment`) and `samples` read them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Literal

from pydantic import Field, StrictBool, StrictInt

from apps.rules.language.bands import Bounds, band_faults
from apps.rules.language.deadlines import Deadline, IsWork, deadline_faults, is_weekday, last_day, rolled
from apps.rules.language.parts import Fault, Part, Whos, part_faults
from apps.rules.language.rule import Rule
from apps.rules.language.values import Day, Number
from apps.rules.language.windows import Stretch, When
from apps.rules.problems import Place, suggestion
from apps.rules.terms import Frozen
from apps.rules.vocabulary import PostRole, Subject

DutyMatter = Literal[
    "meeting", "report", "visit", "training", "talk", "spot_check", "inspection", "ledger", "bulletin", "study", "lecture",
    "assessment", "award", "checkup", "insurance", "publication", "worklog", "service", "research", "summary", "other",
]  # fmt: skip
Covered = Literal[
    "household", "poor_household", "monitored_household", "villager", "person", "team", "village", "township", "unit",
    "leader", "first_secretary", "member", "worklog", "project", "other",
]  # fmt: skip
EVENTS = ("start", "period_first", "period_last")


class DutyDue(Deadline):
    """Counted from the window's last day (an event's own day) unless it says otherwise.

    `weekday` (1 Monday … 7 Sunday) is the last such day of the window, with `of: next_month` the first one after it.
    """

    weekday: StrictInt | None = Field(default=None, ge=1, le=7)

    def on(self, window: Stretch, is_work: IsWork = is_weekday) -> date | None:
        """The last day, included."""
        if self.weekday is None:
            days = {"start": window.last, "period_first": window.first, "period_last": window.last}
            return last_day(self, days, is_work)
        step = 1 if self.of == "next_month" else -1
        day = window.last + timedelta(days=max(step, 0))
        while day.isoweekday() != self.weekday:
            day += timedelta(days=step)
        return rolled(day, self.roll, is_work)


class Share(Frozen):
    """Exactly one of a number, a percentage of the whole (rounded up unless stated), and every one."""

    number: StrictInt | None = Field(default=None, ge=1)
    percent: Number | None = Field(default=None, gt=0, le=100)
    every: StrictBool = False
    rounding: Literal["up", "down"] = "up"


class Coverage(Share, Part):
    """How many different ones of a set must be reached in a window, each at least `times`; where there are fewer, all.

    `read_on`: whether the set is taken as on the window's first or last day; the caller gives that list.
    """

    of: Covered
    times: StrictInt = Field(default=1, ge=1)
    read_on: Literal["first", "last"] = "last"


class Strata(Part):
    """The sample takes from every group of `by` at least `each`, or a percentage of the group, rounded up."""

    by: Literal["township", "village", "village_class", "unit", "role", "team"]
    each: StrictInt | None = Field(default=None, ge=1)
    each_percent: Number | None = Field(default=None, gt=0, le=100)


class Sample(Share, Part):
    """What each round draws at least, of all `of`."""

    of: Covered
    strata: Strata | None = None


class StandIn(Part):
    """Who may act instead, and how often in a window it counts; without a number always."""

    by: Whos = Field(min_length=1)
    up_to: StrictInt | None = Field(default=None, ge=0)


class Duty(Rule):
    """`who`: any one of them, or with `each` every one of them; `roles` say it is owed by each person in such a post.
    `per`: for whom or what it is counted.  `to_each`: to every recipient separately.

    Windows run by the calendar or from the first day in post (`counted_from`), or from the day `anchor`; of a window that the post does not
    cover whole, `partial` says whether it is judged.  `counts_for` are duties that one act of this one also fulfils.
    """

    matter: DutyMatter
    who: Whos = ()
    each: StrictBool = False
    roles: tuple[PostRole, ...] | None = Field(default=None, min_length=1)
    per: Subject = "village"
    window: When | None = None
    times: Bounds = Bounds(at_least=Decimal(1))
    counted_from: Literal["calendar", "posting"] = "calendar"
    anchor: Day | None = None
    partial: Literal["judged", "information"] = "information"
    skip_without_workday: StrictBool = False
    on_events: dict[str, str] = {}
    due: DutyDue | None = None
    to: Whos = ()
    to_each: StrictBool = False
    covers: Coverage | None = None
    sample: Sample | None = None
    content: tuple[str, ...] = ()
    attendees: Whos = ()
    evidence: tuple[str, ...] = ()
    without_evidence: Literal["counts", "does_not_count"] = "counts"
    stand_in: StandIn | None = None
    counts_for: tuple[str, ...] = ()

    @property
    def judged(self) -> bool:
        """Whether there is anything to be late or short of."""
        return self.window is not None or bool(self.on_events)


def faults(rules: Mapping[str, Duty], path: Place = ("duties",)) -> Iterator[Fault]:
    """All faults of a pack's periodic duties."""
    for key, duty in rules.items():
        place = (*path, key)
        yield from part_faults(duty, place)
        yield from _own(duty, place)
        yield from _numbers(duty, place)
        for index, other in enumerate(duty.counts_for):
            if other not in rules or other == key:
                others = [name for name in rules if name != key]
                yield (*place, "counts_for", index), f"没有另一项叫“{other}”的职责。", suggestion(other, others)


def _own(duty: Duty, path: Place) -> Iterator[Fault]:
    if not duty.judged and not duty.left_open and not duty.delegated_to:
        yield (
            path,
            "没有写多久一次。",
            "请写 window（或 on_events）；条文只说“定期”的，写 left_open: {window: 条文原话}。",
        )
    if duty.window is not None and duty.on_events:
        yield (*path, "on_events"), "window 和 on_events 只能写一个。", "按期的写 window，遇事才做的写 on_events。"
    if duty.window is not None and duty.window.of == "event":
        yield (*path, "window"), "遇事才做的职责没有期间。", "请删去 window，用 on_events: 写明哪些情形。"
    if duty.window is not None and duty.window.of == "fixed" and duty.window.last is None:
        yield (*path, "window"), "没有写到哪天为止，就没有到期的一天。", "请补上 last。"
    if duty.anchor is not None and duty.counted_from == "posting":
        yield (*path, "anchor"), "从到任之日起算的，不能再写起算日。", "请删去 anchor 或 counted_from。"
    if not duty.who and not duty.roles and "who" not in duty.left_open:
        yield path, "没有写由谁做。", "请写 who 或 roles；条文没有说的，写 left_open: {who: 条文原话}。"
    if duty.each and len(duty.who) < 2:
        yield (*path, "each"), "只有一个人，写不上“各”。", "请在 who 里写几个，或删去 each。"
    if duty.to_each and not duty.to:
        yield (*path, "to_each"), "没有写送给谁。", "请补上 to。"
    if duty.without_evidence == "does_not_count" and not duty.evidence:
        yield (*path, "without_evidence"), "没有写要什么凭据。", "请补上 evidence。"
    if duty.due is not None:
        yield from _due(duty.due, (*path, "due"))


def _due(due: DutyDue, path: Place) -> Iterator[Fault]:
    if due.weekday is None:
        yield from deadline_faults(due, path)
    elif any(getattr(due, name) is not None for name in ("days", "workdays", "months", "day", "month_day")):
        yield path, "写了星期几，就不能再写别的日期。", "请只留一个。"
    if due.event not in EVENTS:
        yield path, f"没有叫“{due.event}”的时点。", suggestion(due.event, EVENTS)


def _numbers(duty: Duty, path: Place) -> Iterator[Fault]:
    yield from (((*path, "times"), message, instead) for _, message, instead in band_faults((duty.times,)))
    if duty.times == Bounds():
        yield (*path, "times"), "没有写几次。", "请写 at_least: 次数。"
    shares: tuple[tuple[str, Any], ...] = (("covers", duty.covers), ("sample", duty.sample))
    for name, share in shares:
        if share is None:
            continue
        written = [word for word in ("number", "percent", "every") if getattr(share, word)]
        if len(written) != 1:
            told = "、".join(written) or "一个也没有"
            yield (*path, name), f"number、percent、every 只能写一个，现在写了：{told}。", "请只留一个。"
    strata = duty.sample.strata if duty.sample else None
    if strata is not None and (strata.each is None) == (strata.each_percent is None):
        yield (*path, "sample", "strata"), "每组抽多少要写 each 或 each_percent 其中一个。", "请只留一个。"
