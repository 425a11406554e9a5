"""Which of the twenty-one things of the language (rules.md §2) a pack uses, found by looking through what was read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel

from apps.rules.language.bands import Bounds
from apps.rules.language.effects import Base
from apps.rules.language.rule import Rule
from apps.rules.language.selectors import Selector
from apps.rules.language.windows import Window
from apps.rules.pack import Pack

NAMED = {
    "measures": "presence", "procedures": "procedures", "counters": "counters", "ladders": "ladders",
    "point accounts": "accounts", "formulas": "formulas", "vocabularies": "vocabularies", "quotas": "quotas",
    "states": "states", "set constraints": "sets", "eligibility": "eligibility", "periodic duties": "duties",
}  # fmt: skip
ALL = (
    "windows", "measures", "selectors", "bands", "procedures", "counters", "ladders", "effects", "point accounts",
    "formulas", "vocabularies", "quotas", "states", "set constraints", "eligibility", "periodic duties", "money",
    "time", "layers", "modality and judgement", "provenance",
)  # fmt: skip


def used(pack: Pack) -> list[str]:
    """The names of `ALL` that the pack uses, in that order."""
    models = list(_written(pack))
    found = {name for name, part in NAMED.items() if getattr(pack, part)}
    found |= {name for name, holds in _asked(pack, models).items() if holds}
    return [name for name in ALL if name in found]


def _asked(pack: Pack, models: list[BaseModel]) -> dict[str, bool]:
    rules = [model for model in models if isinstance(model, Rule)]
    return {
        "windows": any(isinstance(model, Window) for model in models),
        "selectors": any(isinstance(model, Selector) and bool(model.model_fields_set) for model in models),
        "bands": any(isinstance(model, Bounds) and bool(model.lower or model.upper) for model in models),
        "effects": any(isinstance(model, Base) for model in models),
        "money": bool(pack.entitlements or pack.funds),
        "time": bool(pack.regimes) or any(rule.since or rule.until or rule.changes for rule in rules),
        "layers": pack.inherits is not None or bool(pack.overrides) or any(rule.delegated_to for rule in rules),
        "modality and judgement": any(_asks_people(model) for model in models),
        "provenance": bool(rules) and all(rule.clause or rule.note for rule in rules),
    }


def _asks_people(model: BaseModel) -> bool:
    """Says more than “must”, or leaves a fact to the judgement of a body."""
    said = model.model_fields_set
    return ("modality" in said and getattr(model, "modality", None) != "must") or "judged" in said


def _written(value: Any) -> Iterator[BaseModel]:
    """Every model that the pack's files say something of, at any depth."""
    if isinstance(value, BaseModel):
        yield value
        for name in value.model_fields_set:
            yield from _written(getattr(value, name))
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _written(item)
    elif isinstance(value, tuple):
        for item in value:
            yield from _written(item)
