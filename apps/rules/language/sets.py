"""What a set must be like as a whole: how many are present, how many it has, of which kinds, in which places.

present: {at_least: 1}                       every day somebody is on duty
present: {percent: 50, days: work}           on workdays half of those posted, a fraction counting as one
size: {at_least: 3, up_to: 6}
having: [{number: {at_least: 3}, who: {fact: party, one_of: [full_member]}}]
slots: [{roles: [first_secretary, leader], number: {at_least: 1, up_to: 1}}, {roles: [member], number: {at_least: 2}}]
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Literal

from pydantic import Field, StrictInt

from apps.rules.language.bands import Bounds, band_faults
from apps.rules.language.conditions import Condition
from apps.rules.language.eligibility import condition_faults
from apps.rules.language.parts import Fault, Part, part_faults
from apps.rules.language.rule import Rule
from apps.rules.language.values import Number
from apps.rules.problems import Place
from apps.rules.vocabulary import Modality, PostRole

SetOf = Literal["team", "village", "township", "county", "unit", "group"]
MadeOf = Literal["person", "team", "village", "household", "unit"]


class Floor(Part):
    """How many must be present at each instant: a number, or a percentage of those posted then, rounded up unless
    stated; of both the greater.  `roles` are those who count, all without them; `days` on which it is asked for."""

    at_least: StrictInt | None = Field(default=None, ge=0)
    percent: Number | None = Field(default=None, gt=0, le=100)
    rounding: Literal["up", "down"] = "up"
    roles: tuple[PostRole, ...] | None = Field(default=None, min_length=1)
    days: Literal["all", "work", "rest"] = "all"
    modality: Modality | None = None


class Size(Bounds, Part):
    """How many members; `roles` are those who count.  `not_below` names a strength kept elsewhere (that at the exit)."""

    roles: tuple[PostRole, ...] | None = Field(default=None, min_length=1)
    not_below: str | None = None
    modality: Modality | None = None


class Having(Part):
    """How many, or what percentage, of the members must be such; who is not known to be does not count."""

    label: str = ""
    who: Condition
    number: Bounds | None = None
    percent: Bounds | None = None
    modality: Modality | None = None


class Slot(Part):
    """So many places, each for one person who holds all of `roles` (兼任) and meets `who`; a person fills one place."""

    label: str = ""
    roles: tuple[PostRole, ...] = Field(min_length=1)
    number: Bounds
    who: Condition | None = None
    modality: Modality | None = None


class SetRule(Rule):
    """What holds of every set of a kind; which of them `applies` says (a village class, say)."""

    of: SetOf = "team"
    made_of: MadeOf = "person"
    present: Floor | None = None
    size: Size | None = None
    having: tuple[Having, ...] = ()
    slots: tuple[Slot, ...] = ()


def faults(rules: Mapping[str, SetRule], path: Place = ("sets",)) -> Iterator[Fault]:
    """All faults of a pack's demands on sets."""
    for key, rule in rules.items():
        place = (*path, key)
        yield from part_faults(rule, place)
        if not (rule.present or rule.size or rule.having or rule.slots or rule.delegated_to or rule.left_open):
            yield place, "没有写要求什么。", "请写 present、size、having 或 slots。"
        if rule.present and rule.present.at_least is None and rule.present.percent is None:
            yield (*place, "present"), "没有写至少多少人在岗。", "请写 at_least: 人数，或 percent: 百分比。"
        if rule.size is not None:
            yield from _bounds(rule.size, (*place, "size"), open_ended=rule.size.not_below is not None)
        for index, having in enumerate(rule.having):
            yield from _having_faults(having, (*place, "having", index))
        for index, slot in enumerate(rule.slots):
            yield from _bounds(slot.number, (*place, "slots", index, "number"))
            if slot.who is not None:
                yield from condition_faults(slot.who, (*place, "slots", index, "who"))


def _having_faults(having: Having, path: Place) -> Iterator[Fault]:
    yield from condition_faults(having.who, (*path, "who"))
    if (having.number is None) == (having.percent is None):
        yield path, "多少人要写 number 或 percent 其中一个。", "如 number: {at_least: 3}，或 percent: {at_least: 50}。"
    for name in ("number", "percent"):
        bounds = getattr(having, name)
        if bounds is not None:
            yield from _bounds(bounds, (*path, name))
    top = having.percent and (having.percent.upper or having.percent.lower)
    if top and top.at > Decimal(100):
        yield (*path, "percent"), f"百分比不能超过 100，现在是 {top.at}。", "请核对。"


def _bounds(bounds: Bounds, path: Place, *, open_ended: bool = False) -> Iterator[Fault]:
    for _, message, instead in band_faults((bounds,)):
        yield path, message, instead
    if bounds.lower is None and bounds.upper is None and not open_ended:
        yield path, "没有写多少。", "请写 at_least、over、up_to 或 under。"
