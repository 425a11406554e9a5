"""Chains: which of several procedures a request goes through, by who asks, for how long, and for what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from apps.rules.language.bands import Bounds, band_faults
from apps.rules.language.deadlines import Deadline, deadline_faults
from apps.rules.language.parts import Fault, part_faults, repeated
from apps.rules.language.procedures import EVENTS, JUDGING, Message, Procedure, Step, acts_of
from apps.rules.language.selectors import Case, may_meet
from apps.rules.problems import Place, suggestion

POST_OFFICES = {"leader": "team_leader"}


class Chain(NamedTuple):
    """A procedure that was chosen: its key in the pack, itself, and the clause that gives it."""

    key: str
    procedure: Procedure
    clause: str | None


class Length(NamedTuple):
    """How long a request is: calendar days and the workdays among them; halves are Decimals."""

    days: Decimal | int
    workdays: Decimal | int


def chain_for(
    rules: Mapping[str, Procedure],
    case: Case,
    days: Decimal | int | Length = 0,
    accumulated: Decimal | int = 0,
    kind: str = "",
    *,
    matter: str = "leave",
) -> Chain | None:
    """The procedure for a request: of those of the matter whose kinds, bands and selector take it in, the most special
    one (one with steps before one that delegates them, then a named kind, then the selector).  None where no rule speaks of it: then nothing is invented.

    A bare number of days stands for calendar days and workdays alike; `accumulated` counts the request with the year.
    """
    length = days if isinstance(days, Length) else Length(days, days)
    fitting = [
        (key, rule)
        for key, rule in rules.items()
        if rule.matter == matter and _takes(rule, length, accumulated, kind) and rule.applies.matches(case)
    ]
    if not fitting:
        return None
    key, rule = max(fitting, key=lambda entry: _specificity(entry[1]))
    return Chain(key, rule, rule.clause)


def _takes(rule: Procedure, length: Length, accumulated: Decimal | int, kind: str) -> bool:
    asked = length.workdays if rule.counted == "workday" else length.days
    return (rule.kinds is None or kind in rule.kinds) and rule.days.holds(asked) and rule.accumulated.holds(accumulated)


def _specificity(rule: Procedure) -> tuple[bool, bool, tuple[int, int], bool]:
    return bool(rule.steps), rule.kinds is not None, rule.applies.specificity, rule.applies.roles is not None


def faults(rules: Mapping[str, Procedure], path: Place = ("procedures",)) -> Iterator[Fault]:
    """All faults of a pack's procedures, each by itself and against each other."""
    for key, rule in rules.items():
        place = (*path, key)
        yield from part_faults(rule, place)
        for field in ("days", "accumulated"):
            yield from (
                ((*place, field), message, instead) for _, message, instead in band_faults((getattr(rule, field),))
            )
        yield from _own(rule, place)
    yield from _overlaps(rules, path)
    yield from _gaps(rules, path)


def _own(rule: Procedure, path: Place) -> Iterator[Fault]:
    if not rule.steps and not rule.delegated_to and not rule.left_open and not rule.filings and not rule.notices:
        yield path, "这项程序一步也没有。", "请写 steps；由下级规定的写 delegated_to，条文没有说的写 left_open。"
    for index, step in enumerate(rule.steps):
        yield from _step(rule, step, (*path, "steps", index))
    yield from repeated([act.key for act in acts_of(rule.steps)], (*path, "steps"))
    keys = {act.key for act in acts_of(rule.steps)}
    for field in ("filings", "notices"):
        for index, message in enumerate(getattr(rule, field)):
            yield from _message(message, keys, (*path, field, index))


def _step(rule: Procedure, step: Step, path: Place) -> Iterator[Fault]:
    written = [name for name in ("verb", "together", "one_of") if getattr(step, name)]
    if len(written) != 1:
        yield (
            path,
            "一步要么是一件事，要么是 together（并行），要么是 one_of（任选其一）。",
            "如 {approve: county_office}。",
        )
        return
    if not may_meet(rule.applies, step.applies):
        yield (*path, "applies"), "这一步永远走不到：它的对象不在这项程序之内。", "请核对 applies。"
    for name, inner in (("together", step.together), *((("one_of", branch)) for branch in step.one_of)):
        for index, child in enumerate(inner):
            yield from _step(rule, child, (*path, name, index))
    if len(step.together) == 1 or len(step.one_of) == 1:
        yield path, f"{written[0]} 里只有一项。", "请补上其余的，或改写成单独的一步。"
    if step.at_least is not None and not 0 < step.at_least <= len(step.together):
        yield (*path, "at_least"), f"并行的只有 {len(step.together)} 项，不能要求 {step.at_least} 项。", "请核对。"
    yield from _act(rule, step, path)


def _act(rule: Procedure, step: Step, path: Place) -> Iterator[Fault]:
    earlier = {act.key for act in acts_of(rule.steps)}
    if step.missing != "blocks" and step.missing != "goes_on" and step.within is None:
        yield (*path, "missing"), "写了到期怎么办，没有写期限。", "请补上 within。"
    if step.returns_to and step.returns_to not in earlier:
        yield (*path, "returns_to"), f"没有叫“{step.returns_to}”的一步。", suggestion(step.returns_to, sorted(earlier))
    if step.within is not None:
        yield from _deadline(step.within, earlier - {step.key}, (*path, "within"))
    if step.verb in JUDGING and rule.self_approval == "excluded" and not step.instead:
        own = {POST_OFFICES[role] for role in rule.applies.roles or () if role in POST_OFFICES}
        others = [actor for actor in step.by if actor.office not in own]
        if own and step.by and not others and len(rule.applies.roles or ()) == len(own):
            yield path, "这一步只能由本人给自己审批。", "请另写审批人，或用 instead: 写明由谁代为审批。"


def _message(message: Message, keys: set[str], path: Place) -> Iterator[Fault]:
    if message.after not in keys and message.after not in EVENTS:
        yield (*path, "after"), f"没有叫“{message.after}”的一步。", suggestion(message.after, sorted((*keys, *EVENTS)))
    if message.within is not None:
        yield from _deadline(message.within, keys, (*path, "within"))


def _deadline(deadline: Deadline, keys: set[str], path: Place) -> Iterator[Fault]:
    yield from deadline_faults(deadline, path)
    if deadline.event not in keys and deadline.event not in EVENTS:
        field = "before" if deadline.before else "after"
        yield (
            (*path, field),
            f"没有叫“{deadline.event}”的一步或时点。",
            suggestion(deadline.event, sorted((*keys, *EVENTS))),
        )


def _overlaps(rules: Mapping[str, Procedure], path: Place) -> Iterator[Fault]:
    """Two equally special chains that could both take one request."""
    entries = list(rules.items())
    for index, (key, rule) in enumerate(entries):
        for other, earlier in entries[:index]:
            if rule.matter == earlier.matter and _banded(rule, earlier) and _both(rule, earlier):
                yield (
                    (*path, key),
                    f"与“{other}”重叠：同一个申请两条都适用。",
                    "请让天数、累计天数、类别或对象互不重叠。",
                )


def _banded(one: Procedure, other: Procedure) -> bool:
    """Only rules that are chosen by number compete; others of one matter are parts of its way that stand side by side."""
    free = (Bounds(), Bounds())
    return (one.days, one.accumulated) != free or (other.days, other.accumulated) != free


def _both(one: Procedure, other: Procedure) -> bool:
    kinds = one.kinds is None or other.kinds is None or not set(one.kinds).isdisjoint(other.kinds)
    same = _specificity(one) == _specificity(other)
    meet = _meets(one.days, other.days) and _meets(one.accumulated, other.accumulated)
    return kinds and same and meet and may_meet(one.applies, other.applies)


def _meets(one: Bounds, other: Bounds) -> bool:
    return any(one.holds(point) and other.holds(point) for point in _points((one, other)))


def _points(bounds: Sequence[Bounds]) -> list[Decimal]:
    """Every end and a number between each two of them, and one beyond both sides."""
    ends = sorted({edge.at for each in bounds for edge in (each.lower, each.upper) if edge is not None})
    if not ends:
        return [Decimal(0)]
    return sorted([*ends, *((low + high) / 2 for low, high in pairwise(ends)), ends[0] - 1, ends[-1] + 1])


def _gaps(rules: Mapping[str, Procedure], path: Place) -> Iterator[Fault]:
    """Requests between the shortest and the longest of a role's chains that none of them takes."""
    banded = [(key, rule) for key, rule in rules.items() if _banded(rule, rule)]
    for matter, role in sorted({(rule.matter, role) for _, rule in banded for role in rule.applies.roles or ("",)}):
        mine = [(key, rule) for key, rule in banded if rule.matter == matter and _binds(rule, role)]
        general = [(key, rule) for key, rule in mine if rule.kinds is None]
        named = sorted({kind for _, rule in mine for kind in rule.kinds or ()})
        for kind in ([""] if general else []) + named:
            fitting = [(key, rule) for key, rule in mine if rule.kinds is None or kind in rule.kinds]
            gap = _gap([rule for _, rule in fitting])
            if gap is not None:
                who = f"{role} " if role else ""
                yield (
                    (*path, fitting[-1][0]),
                    f"{who}请求 {gap} 时没有着落。",
                    "请让相邻两条的天数首尾相接，如 up_to: 3 接 over: 3。",
                )


def _binds(rule: Procedure, role: str) -> bool:
    return rule.applies.roles is None or role in rule.applies.roles


def _gap(rules: Sequence[Procedure]) -> str | None:
    """A pair of numbers inside the chains' own ends that none holds, in words."""
    for days in _inner([rule.days for rule in rules]):
        for accumulated in _inner([rule.accumulated for rule in rules]):
            if not any(rule.days.holds(days) and rule.accumulated.holds(accumulated) for rule in rules):
                return f"{days.normalize():f} 天" + (f"、累计 {accumulated.normalize():f} 天" if accumulated else "")
    return None


def _inner(bounds: Sequence[Bounds]) -> list[Decimal]:
    """Points that lie between the outermost ends; an open side reaches without end."""
    points = _points(bounds)
    lowest = None if any(each.lower is None for each in bounds) else min(e.lower.at for e in bounds if e.lower)
    highest = None if any(each.upper is None for each in bounds) else max(e.upper.at for e in bounds if e.upper)
    return [
        point
        for point in points
        if point >= 0 and (lowest is None or point > lowest) and (highest is None or point < highest)
    ] or points[:1]
