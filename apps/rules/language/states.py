"""The state of a set (a team, a village, a unit) from the states of its members, window by window.

    states:
      - {state: red, when: {members: any, among: [absent], streak: 2}}
      - {state: red, when: {own: [yellow], streak: 3}}
      - {state: yellow, when: {any: [{number: {at_least: 2}, among: [short]}, {members: any, among: [absent]}]}}
      - {state: green, when: {percent: {at_least: 80}, among: [met]}}
    otherwise: blue

The first that holds gives the state.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any, Literal, NamedTuple

from pydantic import Field, StrictInt

from apps.rules.language.bands import Bounds, band_faults
from apps.rules.language.parts import Fault, Part, clause_of, part_faults
from apps.rules.language.rule import Rule
from apps.rules.language.sets import MadeOf, SetOf
from apps.rules.language.windows import When, Window
from apps.rules.language.working import Working
from apps.rules.problems import Place, suggestion
from apps.rules.terms import Frozen
from apps.rules.vocabulary import PostRole


class StateTest(Frozen):
    """Exactly one of `all`, `any`, `members`, `number`, `percent`, `own`.

    Members are those in one of the states `among` (of `roles`, if named).  `streak`: it holds in so many windows in a
    row up to the one judged, for the set as a whole or with `streak_of: member` for the same members.  `own` asks for
    the set's own state in those windows, as it is without any `own`.
    """

    all: tuple[StateTest, ...] | None = None
    any: tuple[StateTest, ...] | None = None
    members: Literal["any", "all", "none"] | None = None
    number: Bounds | None = None
    percent: Bounds | None = None
    own: tuple[str, ...] | None = Field(default=None, min_length=1)
    among: tuple[str, ...] = ()
    roles: tuple[PostRole, ...] | None = Field(default=None, min_length=1)
    streak: StrictInt = Field(default=1, ge=1)
    streak_of: Literal["set", "member"] = "set"

    @property
    def parts(self) -> tuple[StateTest, ...]:
        return self.all or self.any or ()


class StateWhen(Part):
    """A state and what gives it."""

    state: str = Field(min_length=1)
    label: str = ""
    when: StateTest


class SetState(Rule):
    """`otherwise` is the state where nothing holds; without it there is none then.  `base`: percentages and `all` are
    over all members, or over those whose state is known."""

    of: SetOf = "team"
    made_of: MadeOf = "person"
    window: When = Window(of="month")
    base: Literal["all", "known"] = "all"
    states: tuple[StateWhen, ...] = ()
    otherwise: str | None = None


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One window: its name, the members' states (None: not known yet), and their roles where rules ask for them."""

    name: str
    states: Mapping[str, str | None]
    roles: Mapping[str, frozenset[str]] = field(default_factory=dict)


class Found(NamedTuple):
    """The state and why.  One trace for each comparison of its rule; `provisional` while a member's state is unknown."""

    state: str | None
    label: str
    clause: str | None
    traces: tuple[dict[str, Any], ...]
    provisional: bool


def state_of(rule: SetState, windows: Sequence[Snapshot]) -> Found:
    """The state in the last of the windows, which stand in order, the oldest first.  ValueError without a window."""
    if not windows:
        raise ValueError("没有期间，无法判断状态。")
    provisional = None in windows[-1].states.values()
    for entry in rule.states:
        if _holds(rule, entry.when, windows):
            traces = tuple(_trace(rule, entry, test, windows) for test in _comparisons(entry.when))
            return Found(entry.state, entry.label or entry.state, clause_of(entry, rule), traces, provisional)
    return Found(rule.otherwise, rule.otherwise or "", rule.clause, (), provisional)


def _holds(rule: SetState, test: StateTest, windows: Sequence[Snapshot]) -> bool:
    if test.all is not None:
        return all(_holds(rule, part, windows) for part in test.all)
    if test.any is not None:
        return any(_holds(rule, part, windows) for part in test.any)
    if len(windows) < test.streak:
        return False
    if test.own is not None:
        return all(_base(rule, windows[:end]) in test.own for end in _ends(test, windows))
    if test.streak_of == "member":
        return _measured(test, *_lasting(rule, test, windows))
    return all(_measured(test, *_counted(rule, test, windows[end - 1])) for end in _ends(test, windows))


def _ends(test: StateTest, windows: Sequence[Snapshot]) -> range:
    return range(len(windows) - test.streak + 1, len(windows) + 1)


def _base(rule: SetState, windows: Sequence[Snapshot]) -> str | None:
    """The state without what rests on the set's own states."""
    for entry in rule.states:
        if not any(test.own for test in _comparisons(entry.when)) and _holds(rule, entry.when, windows):
            return entry.state
    return rule.otherwise


def _comparisons(test: StateTest) -> Iterator[StateTest]:
    if not test.parts:
        yield test
    for part in test.parts:
        yield from _comparisons(part)


def _those(rule: SetState, test: StateTest, window: Snapshot) -> dict[str, str | None]:
    return {
        name: state
        for name, state in window.states.items()
        if (state is not None or rule.base == "all")
        and (test.roles is None or not window.roles.get(name, frozenset()).isdisjoint(test.roles))
    }


def _counted(rule: SetState, test: StateTest, window: Snapshot) -> tuple[int, int]:
    """How many are in the states asked for, and of how many."""
    those = _those(rule, test, window)
    return sum(state in test.among for state in those.values()), len(those)


def _lasting(rule: SetState, test: StateTest, windows: Sequence[Snapshot]) -> tuple[int, int]:
    """How many have been in them in every window of the streak, of those of the last window."""
    last = windows[-test.streak :]
    those = _those(rule, test, windows[-1])
    return sum(all(window.states.get(name) in test.among for window in last) for name in those), len(those)


def _measured(test: StateTest, count: int, of: int) -> bool:
    if test.number is not None:
        return test.number.holds(count)
    if test.percent is not None:
        return of > 0 and test.percent.holds(Fraction(count * 100, of))
    match test.members:
        case "all":
            return 0 < of == count
        case "none":
            return count == 0
        case _:
            return count > 0


def _trace(rule: SetState, entry: StateWhen, test: StateTest, windows: Sequence[Snapshot]) -> dict[str, Any]:
    """The members counted one by one; earlier windows of a streak are counted before the one that is shown."""
    working, shown = Working(), windows[-test.streak :]
    if test.own is not None:
        flags = [
            working.put(f"{window.name}：{'、'.join(test.own)}", int(_base(rule, windows[:end]) in test.own))
            for end, window in zip(_ends(test, windows), shown, strict=True)
        ]
        working.done(working.take("连续期数 = {value}", "sum", flags))
        return working.trace(rule, state=entry.state, due=test.streak)
    if test.streak_of == "member":
        lasting = [
            working.put(name, int(all(window.states.get(name) in test.among for window in shown)))
            for name in _those(rule, test, windows[-1])
        ]
        working.done(working.take(f"连续 {test.streak} 期都是的人数 = {{value}}", "sum", lasting))
        return working.trace(rule, state=entry.state, of=len(lasting))
    for window in shown:
        those = _those(rule, test, window)
        flags = [working.put(f"{window.name} {name}", int(state in test.among)) for name, state in those.items()]
        count = working.take(f"{window.name}：{{value}} 人", "sum", flags)
    if test.percent is not None:
        count = working.take(
            "百分比 = {value}", "quotient", [working.take("人数 × 100", "product", [count, 100]), len(those)]
        )
    working.done(count)
    return working.trace(rule, state=entry.state, of=len(those))


def faults(rules: Mapping[str, SetState], path: Place = ("states",)) -> Iterator[Fault]:
    """All faults of a pack's states of sets."""
    for key, rule in rules.items():
        place = (*path, key)
        yield from part_faults(rule, place)
        if not rule.states and not rule.delegated_to and not rule.left_open:
            yield place, "没有写任何状态。", "请写 states。"
        if rule.window.of == "event":
            yield (*place, "window"), "状态要按期间判断。", "请改写成 month、quarter、year 等。"
        for index, entry in enumerate(rule.states):
            if entry.when in [earlier.when for earlier in rule.states[:index]]:
                yield (
                    (*place, "states", index),
                    f"“{entry.state}”的条件前面已经写过，轮不到这一条。",
                    "请删去或改写条件。",
                )
        words = {each.state for each in rule.states} | {rule.otherwise or ""}
        for index, entry in enumerate(rule.states):
            yield from _test_faults(entry.when, words, (*place, "states", index, "when"))


def _test_faults(test: StateTest, words: set[str], path: Place) -> Iterator[Fault]:
    kinds = ("all", "any", "members", "number", "percent", "own")
    written = [name for name in kinds if getattr(test, name) is not None]
    if len(written) != 1:
        yield path, f"只能写 {'、'.join(kinds)} 之一，现在写了：{'、'.join(written) or '一个也没有'}。", "请只留一个。"
        return
    if test.all == () or test.any == ():
        yield (*path, written[0]), "里面没有条件。", "请写至少一个条件。"
    for index, part in enumerate(test.parts):
        yield from _test_faults(part, words, (*path, written[0], index))
    if test.all is None and test.any is None and test.own is None and not test.among:
        yield path, "没有写数哪几种状态。", "请写 among: [状态]。"
    for index, word in enumerate(test.own or ()):
        if word not in words:
            yield (*path, "own", index), f"这里没有“{word}”这种状态。", suggestion(word, sorted(words - {""}))
    for name in ("number", "percent"):
        bounds: Bounds | None = getattr(test, name)
        if bounds is None:
            continue
        yield from (((*path, name), message, instead) for _, message, instead in band_faults((bounds,)))
        edge = bounds.lower or bounds.upper
        if edge is None:
            yield (*path, name), "没有写界限。", "请写 at_least、over、up_to 或 under。"
        elif name == "percent" and edge.at > Decimal(100):
            yield (*path, name), f"百分比不能超过 100，现在是 {edge.at}。", "请核对。"
