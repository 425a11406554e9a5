"""Any rule of the language in plain Chinese, and the clauses it rests on.  Pure: plain values in, text out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pydantic import BaseModel

from apps.rules import said_nodes, said_parts  # noqa: F401  # they teach `told` the types of the language
from apps.rules.language.nodes import Formula
from apps.rules.language.procedures import Procedure, acts_of
from apps.rules.language.rule import Rule
from apps.rules.language.vocabularies import Vocabulary
from apps.rules.said import MODALITY_WORDS, Line, Names, lines
from apps.rules.said_words import DELEGATE_WORDS, FIELD_WORDS

__all__ = ["MODALITY_WORDS", "Line", "Names", "names_of", "notes_of", "open_points", "say", "sources_of"]


def say(rule: Rule, names: Names | None = None) -> tuple[Line, ...]:
    """What a rule says, line by line, without its label, modality, sources, readings and open points.

    Keys of a pack are said by `names`; one that nobody has named stays as it is written.
    """
    return tuple(lines(rule, (names or Names()).with_(_own(rule))))


def names_of(rules: Iterable[tuple[str, Rule]], bodies: Mapping[str, str] | None = None) -> Names:
    """The names of rules by key, of the words of their vocabularies, and of the bodies that the packs declare."""
    found: dict[str, str] = {}
    for key, rule in rules:
        found[key] = rule.label
        if isinstance(rule, Vocabulary):
            found |= {word.word: word.also[0] for word in rule.words if word.also and word.word.isascii()}
    return Names(found, bodies or {})


def _own(rule: Rule) -> Mapping[str, str]:
    if isinstance(rule, Formula):
        return {key: component.label for key, component in rule.components.items()}
    if isinstance(rule, Procedure):
        return {act.key: act.words for act in acts_of(rule.steps)}
    return {}


def sources_of(value: Any) -> tuple[str, ...]:
    """The clauses that a rule or a part of it cites, each once: its own first, then those of its parts."""
    return tuple(dict.fromkeys(_sources(value)))


def _sources(value: Any) -> Iterator[str]:
    if isinstance(value, BaseModel):
        clause = getattr(value, "clause", None)
        yield from (*([clause] if clause else []), *getattr(value, "see", ()))
        for name in type(value).model_fields:
            yield from _sources(getattr(value, name))
    elif isinstance(value, Mapping):
        if isinstance(value.get("clause"), str):
            yield value["clause"]
        for item in value.values():
            yield from _sources(item)
    elif isinstance(value, tuple):
        for item in value:
            yield from _sources(item)


def notes_of(rule: Rule) -> tuple[str, ...]:
    """The readings taken and the remarks of a rule and its parts, each once."""
    return tuple(dict.fromkeys([*rule.presets.values(), *_notes(rule)]))


def _notes(value: Any) -> Iterator[str]:
    if isinstance(value, BaseModel):
        if note := getattr(value, "note", ""):
            yield note
        for name in type(value).model_fields:
            yield from _notes(getattr(value, name))
    elif isinstance(value, Mapping | tuple):
        for item in value.values() if isinstance(value, Mapping) else value:
            yield from _notes(item)


def open_points(rule: Rule) -> tuple[str, ...]:
    """What the text leaves open, and to whom it leaves it."""
    told = [f"由{DELEGATE_WORDS[rule.delegated_to]}规定"] if rule.delegated_to else []
    told += [text or f"{FIELD_WORDS.get(field, '此项')}没有写明" for field, text in rule.left_open.items()]
    return tuple(told)
