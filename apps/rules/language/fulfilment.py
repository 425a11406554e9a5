"""When a duty falls due, and how far recorded acts fulfil it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Any, Literal, NamedTuple

from apps.core.findings import Finding
from apps.rules.language.actors import Actor
from apps.rules.language.conditions import Happened
from apps.rules.language.deadlines import IsWork, is_weekday, months_on
from apps.rules.language.duties import Duty, Share
from apps.rules.language.parts import clause_of, severity_of
from apps.rules.language.windows import Stretch, bounded, windows_between
from apps.rules.language.working import Working

_MONTHS = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}
State = Literal["met", "late", "open", "short", "exceeded", "information"]
STATE_WORDS: dict[str, str] = {
    "met": "已完成", "late": "逾期完成", "open": "未到期", "short": "未完成", "exceeded": "超过次数", "information": "仅供参考",
}  # fmt: skip


class Occurrence(NamedTuple):
    """One time that a duty is owed.  `due` is None where the text names no day: then the window's end is the limit.
    `judged` is False for a window that the post covers in part and that therefore only informs."""

    window: Stretch
    due: date | None
    at: str | None
    judged: bool
    event: str = ""

    @property
    def limit(self) -> date:
        return self.due or self.window.last


@dataclass(frozen=True, slots=True)
class Recorded:
    """One act done: its day, who did it, on whom or what, to whom it went, and with which evidence.

    `about` is a day of the window that it is meant for, where that is not the day on which it was done.
    """

    day: date
    by: str = ""
    subject: str = ""
    to: frozenset[str] = frozenset()
    evidence: frozenset[str] = frozenset()
    stood_in: bool = False
    about: date | None = None


class Fulfilled(NamedTuple):
    """How far: `done` of `due`, who or what is still missing, and the arithmetic."""

    state: State
    done: int
    due: int
    missing: tuple[str, ...]
    trace: dict[str, Any]
    findings: tuple[Finding, ...]


def occurrences(
    duty: Duty, span: Stretch, posted: Stretch | None = None, term: Stretch | None = None, is_work: IsWork = is_weekday
) -> tuple[Occurrence, ...]:
    """Every window of a span in which the duty is owed, for a post held from day to day (without one: always).

    None for a duty whose window is left open.  Outside the seasons of `applies` it is not owed.  ValueError where the
    window rests on the term and none is given, and for a span that `windows.bounded` refuses.
    """
    held = posted or span
    shared = Stretch(max(span.first, held.first), min(span.last, held.last))
    if duty.window is None or shared.last < shared.first:
        return ()
    bounded(shared)
    found = []
    for window in _windows(duty, shared, held, term):
        if duty.skip_without_workday and not any(is_work(day) for day in _days(window)):
            continue
        seasons = duty.applies.seasons
        if seasons and not any(season.holds(day) for season in seasons for day in (window.first, window.last)):
            continue
        whole = posted is None or (held.first <= window.first and window.last <= held.last)
        due = duty.due.on(window, is_work) if duty.due else None
        at = duty.due.at if duty.due else None
        found.append(Occurrence(window, due, at, whole or duty.partial == "judged"))
    return tuple(found)


def event_occurrences(duty: Duty, events: Iterable[Happened], is_work: IsWork = is_weekday) -> tuple[Occurrence, ...]:
    """One for every event that the duty names; without a due day it stays open until it is done."""
    found = []
    for event in events:
        if event.word in duty.on_events:
            due = duty.due.on(Stretch(event.day, event.day), is_work) if duty.due else None
            at = duty.due.at if duty.due else None
            found.append(Occurrence(Stretch(event.day, date.max), due, at, judged=True, event=event.word))
    return tuple(found)


def _windows(duty: Duty, span: Stretch, held: Stretch, term: Stretch | None) -> Iterator[Stretch]:
    if duty.window is None:
        return
    calendar = duty.anchor is None and duty.counted_from == "calendar"
    if calendar or duty.window.of not in (*_MONTHS, "week", "day"):
        yield from windows_between(duty.window, span, term)
        return
    start, of, every = duty.anchor or held.first, duty.window.of, duty.window.every
    number = max(0, _between(start, span.first, of) // every)
    first = _later(start, of, every * number)
    while first <= span.last:
        number += 1
        following = _later(start, of, every * number)
        if following > span.first:
            yield Stretch(first, following - timedelta(days=1))
        first = following


def _between(start: date, day: date, of: str) -> int:
    """So many windows of one are surely over between two days (negative: the first is the later)."""
    if of in _MONTHS:
        return ((day.year - start.year) * 12 + day.month - start.month - 1) // _MONTHS[of]
    return (day - start).days // (7 if of == "week" else 1)


def _later(day: date, of: str, count: int) -> date:
    if of in _MONTHS:
        return months_on(day, _MONTHS[of] * count)
    return day + timedelta(days=count * (7 if of == "week" else 1))


def _days(window: Stretch) -> Iterator[date]:
    return (window.first + timedelta(days=offset) for offset in range(window.days))


def share_due(share: Share, whole: int) -> int:
    """How many of a whole are asked for; never more than there are."""
    if share.percent is None:
        return whole if share.number is None else min(share.number, whole)
    part = Fraction(share.percent) * whole / 100
    below = part.numerator // part.denominator
    return below + (share.rounding == "up" and part != below)


def fulfilment(
    duty: Duty,
    occurrence: Occurrence,
    acts: Sequence[Recorded],
    *,
    on: date,
    subjects: Collection[str] = (),
    related: Mapping[tuple[str, str], str] | None = None,
) -> Fulfilled:
    """How far acts fulfil a duty in one window, looked at on a day.

    `subjects` is the set to be covered, as listed on the day that the rule names; acts on others do not count for it.
    Acts of a stand-in, and acts without evidence, count as the rule says.
    """
    counting = _counting(duty, occurrence, acts)
    names = _groups(duty, subjects, related or {})
    in_time = [act for act in counting if act.day <= occurrence.limit]
    done, due, missing, trace = _measure(duty, names, counting)
    reached, exceeded = done >= due, _exceeded(duty, names, counting)
    state: State
    if exceeded:
        state = "exceeded"
    elif reached:
        state = "met" if _measure(duty, names, in_time)[0] >= due else "late"
    elif not occurrence.judged:
        state = "information"
    else:
        state = "short" if on > occurrence.limit else "open"
    findings = _findings(duty, occurrence, state, done, due)
    return Fulfilled(state, done, due, missing, {**trace, "due": due, "state_text": STATE_WORDS[state]}, findings)


def _counting(duty: Duty, occurrence: Occurrence, acts: Sequence[Recorded]) -> list[Recorded]:
    stood_in, found = 0, []
    for act in sorted(acts, key=lambda act: act.day):
        if not occurrence.window.holds(act.about or act.day):
            continue
        if duty.without_evidence == "does_not_count" and not act.evidence.issuperset(duty.evidence):
            continue
        if act.stood_in:
            stood_in += 1
            if duty.stand_in is None or (duty.stand_in.up_to is not None and stood_in > duty.stand_in.up_to):
                continue
        found.append(act)
    return found


def credited(rules: Mapping[str, Duty], key: str, acts: Mapping[str, Sequence[Recorded]]) -> tuple[Recorded, ...]:
    """The acts that count for a duty: its own, and those of the duties that say they count for it."""
    givers = [name for name in rules if name == key or key in rules[name].counts_for]
    return tuple(act for name in givers for act in acts.get(name, ()))


Key = Callable[[Recorded], Collection[str]]


def _groups(duty: Duty, subjects: Collection[str], related: Mapping[tuple[str, str], str]) -> tuple[list[str], Key]:
    """What is counted one by one (subjects, recipients, those who owe it), and which of them an act is for."""
    if duty.covers is not None:
        return sorted(set(subjects)), lambda act: (act.subject,)
    if duty.to_each:
        return [_name(actor, related) for actor in duty.to], lambda act: act.to
    if duty.each:
        return [_name(actor, related) for actor in duty.who], lambda act: (act.by,)
    return [], lambda act: ()


def _name(actor: Actor, related: Mapping[tuple[str, str], str]) -> str:
    return actor.resolved(related) or f"{actor.relation}:{actor.of}"


def _least(duty: Duty) -> int:
    lower = duty.times.lower
    if lower is None:
        return 0
    below = int(lower.at)
    return below if duty.times.holds(below) else below + 1


def _measure(
    duty: Duty, groups: tuple[list[str], Key], acts: Sequence[Recorded]
) -> tuple[int, int, tuple[str, ...], dict[str, Any]]:
    names, key = groups
    working = Working()
    if duty.covers is None and not duty.to_each and not duty.each:
        working.put("次数", len(acts))
        working.done("次数", "已做 {value} 次")
        return len(acts), _least(duty), (), working.trace(duty)
    counts = Counter(name for act in acts for name in key(act) if name in names)
    times = duty.covers.times if duty.covers else _least(duty)
    put = [working.put(name, counts[name]) for name in names]
    done = int(working.done(working.take(f"满 {times} 次的有 {{value}} 个", "reached", [times, *put])))
    due = share_due(duty.covers, len(names)) if duty.covers else len(names)
    missing = tuple(name for name in names if counts[name] < times)
    return done, due, missing, working.trace(duty, of=len(names))


def _exceeded(duty: Duty, groups: tuple[list[str], Key], acts: Sequence[Recorded]) -> bool:
    """Only a rule with an upper end can be exceeded."""
    if duty.times.upper is None:
        return False
    names, key = groups
    if not names:
        return len(acts) > duty.times.upper.at
    counts = Counter(name for act in acts for name in key(act))
    return any(counts[name] > duty.times.upper.at for name in names)


def _findings(duty: Duty, occurrence: Occurrence, state: State, done: int, due: int) -> tuple[Finding, ...]:
    if state not in ("short", "late", "exceeded"):
        return ()
    told = f"“{duty.label}”应完成 {due}，已完成 {done}：{STATE_WORDS[state]}（期限 {occurrence.limit}）。"
    if state == "exceeded":
        told = f"“{duty.label}”已做的次数超过上限：{duty.times.words}。"
    clause = clause_of(duty.covers, duty)
    inputs = {"done": done, "due": due, "limit": occurrence.limit.isoformat()}
    return (Finding(f"duty_{state}", severity_of(duty.modality), told, clause, inputs=inputs),)
