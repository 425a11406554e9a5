"""层层加码: values of a pack that ask more than the level above and name no source of their own for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from pydantic import BaseModel

from apps.rules.pack import MeasureText, Pack

# Which way a number gets harder on the people it is asked of, by the field that holds it.
MORE = frozenset({"at_least", "times", "min_times", "count", "percent", "at_least_percent", "households", "years"})
LESS = frozenset({"at_most", "up_to", "under", "within_days", "day"})
_UNSAID = frozenset({"clause", "see", "note", "presets", "left_open", "label", "short", "checked", "changes"})

Leaf = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tightening:
    """One value: where it stands, what it says, what the level above says, and both clauses (None: not named)."""

    where: str
    here: str
    above: str
    clause: str | None
    clause_above: str | None

    def __str__(self) -> str:
        mine, theirs = self.clause or "没有写依据", self.clause_above or "没有写依据"
        return f"{self.where}：本级 {self.here}（{mine}），上一级 {self.above}（{theirs}），严于上级而没有自己的依据。"


def tightenings(pack: Pack, above: Pack) -> Iterator[Tightening]:
    """Every stricter value of the rules that both packs have under one key, or that an override sets, and whose clause
    is not the pack's own.

    A clause is a pack's own unless the pack above cites it for the same rule.
    """
    for construct, mine in _constructs(pack).items():
        theirs = _constructs(above).get(construct, {})
        for key in mine.keys() & theirs.keys():
            clause, clause_above = _clause(mine[key]), _clause(theirs[key])
            if clause is None or clause == clause_above:
                told = (f"{construct} › {key}", clause, clause_above)
                yield from _stricter(_raw(mine[key]), _raw(theirs[key]), told)
    for override in pack.overrides:
        theirs = _constructs(above).get(override.part, {})
        if override.key in theirs and override.clause in (None, _clause(theirs[override.key])):
            inherited = _raw(theirs[override.key])
            told = (override.rule.replace(".", " › "), override.clause, _clause(theirs[override.key]))
            yield from _stricter(inherited | override.values, inherited, told)


def _constructs(pack: Pack) -> dict[str, Mapping[str, BaseModel]]:
    """The pack's rules by construct: every field that maps keys to models."""
    found: dict[str, Mapping[str, BaseModel]] = {}
    for name in type(pack).model_fields:
        value = getattr(pack, name)
        if isinstance(value, dict) and value and all(isinstance(rule, BaseModel) for rule in value.values()):
            found[name] = value
    return found


def _stricter(
    mine: Mapping[str, Any], theirs: Mapping[str, Any], told: tuple[str, str | None, str | None]
) -> Iterator[Tightening]:
    """The numbers of a rule that are harder here than above; `told` is where, the clause here and the one above."""
    where, clause, clause_above = told
    here, above = dict(_walk(mine, ())), dict(_walk(theirs, ()))
    for leaf in sorted(here.keys() & above.keys()):
        if _harder(leaf[-1], here[leaf], above[leaf]):
            yield Tightening(" › ".join((where, *leaf)), str(here[leaf]), str(above[leaf]), clause, clause_above)


def _clause(rule: BaseModel) -> str | None:
    if isinstance(rule, MeasureText):
        return rule.values[max(rule.values)].clause
    return getattr(rule, "clause", None)


def _harder(name: str, here: Decimal, above: Decimal) -> bool:
    return (name in MORE and here > above) or (name in LESS and here < above)


def _raw(rule: BaseModel) -> dict[str, Any]:
    """A rule as plain values; of dated values the last ones."""
    raw = rule.model_dump(mode="json", exclude_none=True)
    if isinstance(rule, MeasureText):
        last = max(raw.pop("values").items())[1]
        raw |= {name: value for name, value in last.items() if name in ("at_least", "at_most", "share")}
    return raw


def _walk(value: Any, leaf: Leaf) -> Iterator[tuple[Leaf, Decimal]]:
    """The numbers in plain values, each by its place."""
    if isinstance(value, dict):
        for name, item in value.items():
            if name == "share" and isinstance(item, list):
                yield (*leaf, "at_least_percent"), Decimal(item[0] * 100) / item[1]
            elif name not in _UNSAID:
                yield from _walk(item, (*leaf, name))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _walk(item, (*leaf, str(index)))
    elif _is_number(value) or (isinstance(value, str) and leaf and leaf[-1] in MORE | LESS):
        yield leaf, Decimal(value)


def _is_number(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)
