"""A value of the language as Chinese text: the general way, which `said_parts` and `said_nodes` refine by type.

Fields and closed words come from `said_words`; names that a pack gives itself (keys of rules, kinds of event) from
`Names`.  Defaults are not said, except where leaving them out would leave the sentence open (`ALWAYS`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import singledispatch
from typing import Any, NamedTuple

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from apps.rules.exact import plain
from apps.rules.language.actors import Actor
from apps.rules.said_words import (
    BODY_WORDS,
    FIELD_VALUES,
    FIELD_WORDS,
    RELATION_WORDS,
    SUBJECT_WORDS,
    UNITS,
    VALUE_WORDS,
)

MODALITY_WORDS = {"must": "应当", "in_principle": "原则上", "encouraged": "鼓励", "may": "可以", "forbidden": "不得"}
# Said elsewhere on the page (source, reading, what is open) or of no meaning to a reader.
SILENT = frozenset((
    "label", "key", "modality", "clause", "see", "preset", "note", "presets", "left_open", "changes", "checked",
    "delegated_to",
))  # fmt: skip
ALWAYS = frozenset(("bound", "window", "mode", "ties", "per"))
# Fields that are called otherwise in one kind of part.
OWN_WORDS = {
    ("Having", "who"): "条件",
    ("Slot", "who"): "条件",
    ("SetRule", "of"): "每个",
    ("SetState", "of"): "每个",
    ("Run", "by"): "方式",
}
KEYED = frozenset((
    "climbs", "score", "allowance", "vocabulary", "into", "not_into", "counts_for", "basis", "events", "reset_by",
    "broken_by", "unless", "if_failed", "source", "name", "event", "measured", "declared", "waived", "subset_of",
))  # fmt: skip


@dataclass(frozen=True)
class Names:
    """What keys of a pack are called.  `of` is {key: its Chinese name}, `bodies` those of the bodies it declares."""

    of: Mapping[str, str] = field(default_factory=dict)
    bodies: Mapping[str, str] = field(default_factory=dict)

    def with_(self, more: Mapping[str, str]) -> Names:
        return Names({**self.of, **more}, self.bodies) if more else self

    def body(self, key: str) -> str:
        """What a body is called: by the pack that declares it, else by the software; empty where by nobody."""
        return self.bodies.get(key) or BODY_WORDS.get(key, "")

    def word(self, name: str, value: str) -> str:
        """The word for a value that stands in a field; the value itself where nobody has named it."""
        if name == "like":
            key = value.partition(".")[2]
            return f"“{self.of.get(key, key)}”执行"
        if name in KEYED and value in self.of:
            return self.of[value]
        found = FIELD_VALUES.get((name, value)) or VALUE_WORDS.get(value) or self.of.get(value)
        return found or self.body(value) or value

    def known(self, value: str) -> str:
        """The name of a key, or the value where it is Chinese already; empty for a key that nobody has named."""
        return self.of.get(value) or VALUE_WORDS.get(value) or ("" if value.isascii() else value)


class Line(NamedTuple):
    """One thing that a rule says: what it is about, and what."""

    word: str
    text: str


@singledispatch
def told(value: Any, name: str, names: Names) -> str:
    """A value that stands in the field `name` as Chinese text."""
    return str(value)


@told.register
def _(value: bool, name: str, names: Names) -> str:  # a value, not a switch
    return "是" if value else "否"


@told.register(int)
@told.register(Decimal)
def _(value: int | Decimal, name: str, names: Names) -> str:
    return f"{plain(value)}{UNITS.get(name, '')}"


@told.register
def _(value: str, name: str, names: Names) -> str:
    return names.word(name, value)


@told.register
def _(value: date, name: str, names: Names) -> str:
    return f"{value.year}年{value.month}月{value.day}日"


@told.register(tuple)
def _(value: tuple[Any, ...], name: str, names: Names) -> str:
    plain_items = all(isinstance(item, str | int | Decimal | Actor) for item in value)
    return ("、" if plain_items else "；").join(filter(None, (told(item, name, names) for item in value)))


@told.register(dict)
def _(value: dict[str, Any], name: str, names: Names) -> str:
    return "；".join(_entry(key, item, name, names) for key, item in value.items())


@told.register
def _(value: BaseModel, name: str, names: Names) -> str:
    return model_text(value, names)


def _entry(key: str, item: Any, name: str, names: Names) -> str:
    """An entry of a mapping: what has a label goes by it, events by their text, the rest by the key's word."""
    if getattr(item, "label", ""):
        return told(item, name, names)
    text = told(item, name, names)
    if name == "on_events":
        return text
    word = names.known(key)
    return f"{word}：{text}" if word else text


def model_text(value: BaseModel, names: Names, without: frozenset[str] = frozenset()) -> str:
    """A part: its label, then what it says besides, in brackets."""
    label, said = (
        str(getattr(value, "label", "") or ""),
        "，".join(_inline(line) for line in lines(value, names, without)),
    )
    body = f"{label}（{said}）" if label and said else label or said
    return body + modality_text(value)


def modality_text(value: BaseModel) -> str:
    """The modality of a part that has its own, in brackets."""
    own = getattr(value, "modality", None)
    return f"（{MODALITY_WORDS[own]}）" if own and "modality" in value.model_fields_set else ""


def lines(value: BaseModel, names: Names, without: frozenset[str] = frozenset()) -> Iterator[Line]:
    """What the fields of a model say, in their order."""
    for name, about in type(value).model_fields.items():
        item = getattr(value, name)
        if name in SILENT or name in without or not _worth(name, item, about):
            continue
        text = told(item, name, names)
        if text:
            yield Line(OWN_WORDS.get((type(value).__name__, name)) or FIELD_WORDS.get(name, "其他"), text)


def _worth(name: str, item: Any, about: FieldInfo) -> bool:
    return item not in (None, "", (), {}) and (name in ALWAYS or item != about.get_default(call_default_factory=True))


def _inline(line: Line) -> str:
    return line.word if line.text == "是" else f"{line.word} {line.text}"


def body_text(office: str | None, relation: str | None, of: str | None, names: Names) -> str:
    """A body by its name, or by its relation to the case."""
    if relation is None:
        return names.body(office or "") or SUBJECT_WORDS.get(office or "", office or "")
    whose = SUBJECT_WORDS.get(of or "") or names.body(of or "")
    return f"{whose}{'的' if whose else ''}{RELATION_WORDS[relation]}"
