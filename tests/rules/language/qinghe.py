"""The rules of a county that does not exist, by construct, read from their YAML."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import yaml

from apps.rules.language.rule import Rule

FOLDER = Path(__file__).parent.parent / "packs" / "qinghe"
Kind = TypeVar("Kind", bound=Rule)


def text(file: str) -> dict[str, Any]:
    """One topic file as plain values, fresh for every caller to spoil."""
    return yaml.safe_load((FOLDER / f"{file}.yaml").read_text("utf-8"))[file]


@cache
def rules(file: str, kind: type[Kind]) -> dict[str, Kind]:
    return {key: kind.model_validate(raw) for key, raw in text(file).items()}


def spoiled(file: str, key: str, kind: type[Kind], at: tuple[str | int, ...], value: Any) -> dict[str, Kind]:
    """A file's rules with one value replaced; a value `...` takes the entry away."""
    raw = text(file)
    held: Any = raw[key]
    for part in at[:-1]:
        held = held[part]
    if value is ...:
        del held[at[-1]]
    else:
        held[at[-1]] = value
    return {name: kind.model_validate(entry) for name, entry in raw.items()}
