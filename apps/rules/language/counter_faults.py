"""What is wrong with counters, for the linter."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from apps.rules.language.counters import Counter
from apps.rules.language.parts import Fault
from apps.rules.language.runs import DAYS_OFF
from apps.rules.marks import CATEGORIES
from apps.rules.problems import suggestion


def faults(counters: Mapping[str, Counter], kinds: Collection[str] | None = None) -> Iterator[Fault]:
    """Faults of a pack's counters; `kinds` are the pack's kinds of event, None when it does not list them."""
    for key, counter in counters.items():
        for path, what, instead in (*_own(counter), *_kinds(counter, kinds), *_runs(counter)):
            yield (key, *path), what, instead


def _own(counter: Counter) -> Iterator[Fault]:
    if not counter.kinds:
        yield (), "没有写数什么。", "请写 marks: [absent] 或 events: [事由]。"
    if (counter.window is None) == (counter.back_months is None) and "window" not in counter.left_open:
        yield (
            ("window",),
            "在多长时间里数，要写 window 或 back_months 其中一个。",
            "如 window: year；条文没有写的，用 left_open 说明。",
        )
    if (counter.add == "distinct") != (counter.distinct is not None):
        yield ("distinct",), "add: distinct 和 distinct: 要一起写。", "如 add: distinct 加 distinct: person。"
    if counter.unit == "workday" and counter.add != "days" and (counter.run is None or counter.run.by != "day"):
        yield ("unit",), "按次数计时，写不上工作日。", "请写 add: days，或删去 unit。"


def _kinds(counter: Counter, kinds: Collection[str] | None) -> Iterator[Fault]:
    if kinds is None:
        return
    for name in ("events", "reset_by"):
        for index, kind in enumerate(getattr(counter, name)):
            if kind not in kinds:
                yield (name, index), f"事项表里没有“{kind}”。", suggestion(kind, sorted(kinds))


def _runs(counter: Counter) -> Iterator[Fault]:
    run = counter.run
    if run is None:
        return
    if run.by != "event" and run.broken_by:
        yield ("run", "broken_by"), "只有逐次相连（by: event）才写 broken_by。", "请删去，或改写 by: event。"
    if run.by == "event" and run.not_broken_by:
        yield ("run", "not_broken_by"), "逐次相连时，没写进 broken_by 的都不打断。", "请删去 not_broken_by。"
    if run.by not in ("day", "event") and counter.add != "events":
        yield ("add",), "按期间连续的，数的是期间。", "请删去 add。"
    if run.joined_by and run.by != "day":
        yield ("run", "joined_by"), "只有逐日相连（by: day）才写 joined_by。", "请删去，或改写 by: day。"
    listed = [
        (field, place, name)
        for field in ("not_broken_by", "joined_by")
        for place, name in enumerate(getattr(run, field))
    ]
    for field, place, name in listed:
        if run.by == "day" and name not in (*DAYS_OFF, *CATEGORIES):
            yield ("run", field, place), f"不认识“{name}”。", suggestion(name, (*DAYS_OFF, *CATEGORIES))
        if name in counter.kinds:
            yield ("run", field, place), f"“{name}”正是要数的。", "请从一处删去。"
