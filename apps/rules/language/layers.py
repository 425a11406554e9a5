"""Layers and time: which rule holds where several packs speak, what a county changed of it, and special regimes.

Packs are asked nearest first.  A rule of the nearest pack hides those of the same key further up; an `Override` changes
single values of an inherited rule and leaves the rest to follow the pack above; a `Regime` replaces rules for a period.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Generic, TypeVar

from pydantic import Field

from apps.rules.language.likes import referred
from apps.rules.language.rule import Rule
from apps.rules.language.values import Day
from apps.rules.terms import Cited

AnyRule = TypeVar("AnyRule", bound=Rule)


class Override(Cited):
    """Single values of an inherited rule set otherwise by this pack from a day on.

    `rule` is the construct and key (`duties.village_meeting`), `values` the fields and what they become.  `clause` or
    `note` says on what authority.
    """

    rule: str = Field(pattern=r"^[a-z_]+\.[a-z][a-z0-9_]*$")
    values: dict[str, Any] = Field(min_length=1)
    since: Day

    @property
    def part(self) -> str:
        return self.rule.split(".")[0]

    @property
    def key(self) -> str:
        return self.rule.split(".")[1]


class Regime(Cited):
    """A period in which some rules are suspended or replaced (a campaign, a flood season, an epidemic).

    `suspends` names rules that do not hold meanwhile (`construct.key`), `values` gives fields of rules other values.
    Overlapping regimes are refused by the linter unless they touch different rules.
    """

    label: str = Field(min_length=1)
    first: Day
    last: Day | None = None
    suspends: tuple[str, ...] = ()
    values: dict[str, dict[str, Any]] = {}

    def holds(self, day: date) -> bool:
        return self.first <= day and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True)
class Layer:
    """One pack's part in the law: what `in_force` needs of it.  `rules` are those of one construct."""

    code: str
    version: str
    effective: date
    rules: Mapping[str, Rule]
    overrides: Sequence[Override] = ()
    regimes: Mapping[str, Regime] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class InForce(Generic[AnyRule]):
    """A rule as it stands on a day, and where it comes from.

    `pack` and `version` are those of the pack whose text it is; `changed_by` the overrides and regimes that touched it,
    as (pack, what, clause or None), in the order in which they were laid on.
    """

    key: str
    rule: AnyRule
    pack: str
    version: str
    changed_by: tuple[tuple[str, str, str | None], ...] = ()


def in_force(construct: str, layers: Sequence[Layer], on: date) -> dict[str, InForce[Any]]:
    """The rules of one construct on a day, by key, from the packs of an area, nearest first and the nation's last.

    A rule begins on its `since`, which may lie before the pack's own day (a retroactive start), else on the pack's
    day; until then what stands above it holds.  After its `until` or suspended by a regime it does not exist.
    Overrides of a pack touch only what stands above it; the nearest one is laid on last.  A rule by reference takes what
    the other one has become by then.
    """
    found: dict[str, InForce[Any]] = {}
    for layer in reversed(layers):
        for key, rule in layer.rules.items():
            if on < (rule.since or layer.effective):
                continue
            above = found.pop(key, None)
            if (standing := rule.on(on)) is not None:
                found[key] = InForce(key, standing.on_top_of(above.rule if above else None), layer.code, layer.version)
        _override(construct, layer, found, on)
        _regimes(construct, layer, found, on)
    return dict(_referred(construct, found))


def _referred(construct: str, found: Mapping[str, InForce[Any]]) -> Iterator[tuple[str, InForce[Any]]]:
    """The rules by reference with what they refer to, as all of it stands on the day."""
    written = {f"{construct}.{key}": held.rule for key, held in found.items()}
    for key, held in found.items():
        rule = referred(f"{construct}.{key}", written)
        if rule is not None:
            yield key, held if rule is held.rule else replace(held, rule=rule)


def _override(construct: str, layer: Layer, found: dict[str, InForce[Any]], on: date) -> None:
    for override in sorted(layer.overrides, key=lambda each: each.since):
        held = found.get(override.key)
        if override.part == construct and held is not None and override.since <= on and held.pack != layer.code:
            cited = {"clause": override.clause} if override.clause else {}
            told = (layer.code, f"{override.since.isoformat()} 起改动", override.clause)
            found[override.key] = _changed(held, override.values | cited, told)


def _regimes(construct: str, layer: Layer, found: dict[str, InForce[Any]], on: date) -> None:
    for regime in (regime for regime in layer.regimes.values() if regime.holds(on)):
        for name in regime.suspends:
            if name.split(".")[0] == construct:
                found.pop(name.split(".")[1], None)
        for name, values in regime.values.items():
            of, key = name.split(".")
            if of == construct and key in found:
                found[key] = _changed(found[key], values, (layer.code, regime.label, regime.clause))


def _changed(held: InForce[Any], values: Mapping[str, Any], told: tuple[str, str, str | None]) -> InForce[Any]:
    raw = held.rule.model_dump(mode="json", exclude_unset=True) | dict(values)
    rule = type(held.rule).model_validate(raw)
    return InForce(held.key, rule, held.pack, held.version, (*held.changed_by, told))
