"""Parts of a rule: each has its own source where the text gives it one; otherwise the rule's stands for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, StrictBool

from apps.core.findings import Severity
from apps.rules.language.actors import Actor, Who, actor_fault
from apps.rules.language.rule import Rule
from apps.rules.language.windows import Window, window_faults
from apps.rules.problems import Place
from apps.rules.terms import Frozen
from apps.rules.vocabulary import MODALITY_SEVERITY, Modality

Fault = tuple[Place, str, str]


class Part(Frozen):
    """`clause` is left out where the rule's own clause says it; `preset` marks a reading and `note` tells it."""

    clause: str | None = None
    see: tuple[str, ...] = ()
    preset: StrictBool = False
    note: str = ""


def _listed(value: object) -> Any:
    return [value] if isinstance(value, str | dict | Actor) else value


Whos = Annotated[tuple[Who, ...], BeforeValidator(_listed)]


def severity_of(modality: Modality) -> Severity:
    """What a breach of a rule of this modality does: refuse, warn, or inform."""
    match MODALITY_SEVERITY[modality]:
        case "block":
            return "block"
        case "warn":
            return "warn"
        case _:
            return "notice"


def clause_of(part: Part | None, rule: Rule) -> str | None:
    """The clause that a finding about a part names."""
    return rule.clause if part is None or part.clause is None else part.clause


def part_faults(value: Any, path: Place) -> Iterator[Fault]:
    """Everywhere below a value: actors that say too little or too much, senseless windows, and readings that do not say
    what they read."""
    if isinstance(value, Actor):
        fault = actor_fault(value)
        if fault is not None:
            yield path, *fault
    elif isinstance(value, BaseModel):
        if isinstance(value, Window):
            yield from window_faults(value, path)
        if isinstance(value, Part) and value.preset and not value.note:
            yield path, "标了 preset: true，却没有说明取哪种理解。", "请用 note: 写明条文没说清什么、这里怎么取。"
        for name in type(value).model_fields:
            yield from part_faults(getattr(value, name), (*path, name))
    elif isinstance(value, dict):
        for name, item in value.items():
            yield from part_faults(item, (*path, str(name)))
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from part_faults(item, (*path, index))


def repeated(words: Sequence[str], path: Place) -> Iterator[Fault]:
    """A fault for every word that stands a second time in a list."""
    for index, word in enumerate(words):
        if word in words[:index]:
            yield (*path, index), f"“{word}”写了两次。", "请只留一个。"
