"""One value of the law in force set otherwise: the pack of a county with one more dated entry.

A rule that stands above the county gets an entry in `overrides`; one of the county's own a dated value of its own.  Pure:
packs in, plain values of a pack out; whether they make a pack is for the linter to say.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from apps.rules.book import Measure, resolve
from apps.rules.language.rule import Rule
from apps.rules.law import rules_of
from apps.rules.pack import CONSTRUCTS, Pack
from apps.rules.said import Names
from apps.rules.said_words import FIELD_WORDS

PRESENCE = "presence"
MORE_WORDS = {
    "at_least": "不少于", "at_most": "不超过", "share": "占工作日的份额（几分之几）", "binds": "对谁", "over": "超过", "under": "不到",
    "day": "日", "month": "月", "weekday": "星期", "within_days": "天数内", "within_workdays": "工作日内", "whom": "对谁",
    "length": "期限", "amount": "数额", "score": "分数",
}  # fmt: skip
_NUMBERS = ("at_least", "at_most", "share", "modality")
_FIXED = frozenset((
    "label", "short", "key", "clause", "see", "note", "preset", "presets", "left_open", "changes", "checked", "since",
    "until", "delegated_to", "subset_of",
    # What a rule is, not how much of it.
    "kind", "type", "do", "op", "form", "matter", "gives", "per", "add", "subject", "mode",
))  # fmt: skip

Plain = dict[str, Any]
Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Field:
    """One value of a rule that may be set otherwise: where it stands, what that is called, and its plain value."""

    path: Path
    label: str
    value: Any

    @property
    def name(self) -> str:
        """The place as one text, for addresses and forms: `covers.number`, `steps.0.office`."""
        return ".".join(map(str, self.path))

    @property
    def text(self) -> str:
        """The value as a person types it."""
        return "、".join(map(_typed, self.value)) if isinstance(self.value, list) else _typed(self.value)


@dataclass(frozen=True, slots=True)
class Standing:
    """A rule in force on a day: `name` is construct and key, `pack` the code of the pack whose text it is."""

    name: str
    label: str
    pack: str
    clause: str | None
    raw: Plain

    def fields(self, names: Names, *, own: bool) -> list[Field]:
        """What may be set otherwise: of an own floor or ceiling only what its text dates."""
        if not self.name.startswith(f"{PRESENCE}."):
            return list(_leaves(self.raw, (), names))
        kept = _NUMBERS if own else (*_NUMBERS, "counts", "binds", "days")
        return list(_leaves({key: self.raw[key] for key in kept if self.raw.get(key) is not None}, (), names))


def standing(packs: Sequence[Pack], on: date) -> dict[str, Standing]:
    """{name: rule} of everything in force on a day that one value may be changed of; packs nearest first.

    ValueError where the packs make no book on that day.
    """
    found = {f"{PRESENCE}.{measure.name}": _measure(measure) for measure in resolve(packs, on).presence}
    for construct in CONSTRUCTS:
        for key, held in rules_of(packs, construct, on).items():
            found[f"{construct}.{key}"] = _rule(f"{construct}.{key}", held.rule, held.pack)
    return found


def _measure(measure: Measure) -> Standing:
    raw = measure.model_dump(mode="json")
    return Standing(f"{PRESENCE}.{measure.name}", measure.label, measure.pack, measure.clause, raw)


def _rule(name: str, rule: Rule, pack: str) -> Standing:
    return Standing(name, rule.label, pack, rule.clause, rule.model_dump(mode="json", exclude_unset=True))


def _leaves(value: Any, path: Path, names: Names) -> Iterator[Field]:
    if isinstance(value, Mapping):
        for key, item in value.items():
            if key not in _FIXED:
                yield from _leaves(item, (*path, key), names)
    elif isinstance(value, list) and not all(_plain(item) for item in value):
        for place, item in enumerate(value):
            yield from _leaves(item, (*path, place), names)
    elif value is not None:
        yield Field(path, _called(path, names), value)


def _called(path: Path, names: Names) -> str:
    if path[-2:] == ("window", "of"):
        path = path[:-1]
    words = [
        f"第{part + 1}项"
        if isinstance(part, int)
        else MORE_WORDS.get(part) or FIELD_WORDS.get(part) or names.known(part)
        for part in path
    ]
    return " › ".join(word or str(part) for word, part in zip(words, path, strict=True))


def _plain(value: Any) -> bool:
    return not isinstance(value, dict | list)


def _typed(value: Any) -> str:
    return ("是" if value else "否") if isinstance(value, bool) else str(value)


def value_of(text: str, like: Any, words: Mapping[str, str]) -> Any:
    """What somebody typed, of the kind of the value that stands there; text that is not of it stays text, for the linter
    to refuse.  `words` gives the word of the language for its Chinese one."""
    text = words.get(text.strip(), text.strip())
    if isinstance(like, list):
        return [value_of(part, like[0] if like else "", words) for part in re.split(r"[、,，;；/\s]+", text) if part]
    if isinstance(like, bool):
        return {"是": True, "否": False}.get(text, text)
    if isinstance(like, int) and re.fullmatch(r"-?[0-9]{1,9}", text):
        return int(text)
    return text


@dataclass(frozen=True, slots=True)
class Entry:
    """What is to hold: a rule's value, from a day on, by a clause of the catalogue or by a decision said in `note`."""

    rule: str
    path: Path
    value: Any
    since: date
    clause: str
    note: str

    @property
    def source(self) -> Plain:
        return {name: text for name, text in (("clause", self.clause), ("note", self.note)) if text}


def changed(found: Standing, entry: Entry) -> Plain:
    """{field of the rule: its whole new value}; `found` is the rule as it stands on the entry's day."""
    field = str(entry.path[0])
    return {field: _replaced(found.raw[field], entry.path[1:], entry.value)}


def amended(pack: Pack, found: Standing, entry: Entry) -> Plain:
    """The plain values of `pack` with the entry; `found` as above."""
    content = copy.deepcopy(pack.dump())
    construct, key = entry.rule.split(".")
    values = changed(found, entry)
    if found.pack != pack.code:
        override = {"rule": entry.rule, "values": values, "since": entry.since.isoformat()}
        content["overrides"] = [*content.get("overrides", ()), override | entry.source]
        return content
    rule = content[construct][key]
    if construct == PRESENCE:
        numbers = {name: found.raw[name] for name in _NUMBERS if found.raw.get(name) is not None}
        dated = numbers | values | {"clause": entry.clause or found.clause} | entry.source
        rule["values"] = _dated(rule["values"], entry.since, dated)
    else:
        known = rule.get("changes", {})
        same_day = known.get(entry.since.isoformat(), {})
        rule["changes"] = _dated(known, entry.since, same_day | values | entry.source)
    return content


def _dated(known: Plain, since: date, value: Plain) -> Plain:
    return dict(sorted((known | {since.isoformat(): value}).items()))


def _replaced(value: Any, path: Path, new: Any) -> Any:
    """A copy of a nested value with the part at `path` set otherwise."""
    if not path:
        return new
    found = copy.deepcopy(value)
    inner = found
    for part in path[:-1]:
        inner = inner[part]
    inner[path[-1]] = new
    return found
