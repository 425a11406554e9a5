"""The whole law in force in words: the values of the month's book and the rules of the constructs, by topic of their clause."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from apps.jurisdictions.wording import MODALITY_WORDS, Entry, Topic, topics_of
from apps.rules.book import resolve
from apps.rules.language.layers import InForce
from apps.rules.law import rules_of
from apps.rules.pack import CONSTRUCTS, Pack
from apps.rules.say import Line, Names, names_of, notes_of, open_points, say, sources_of
from apps.rules.vocabulary import TOPIC_WORDS

OTHER = "other"
NOTHING = "只有名称，没有写明内容"
CONSTRUCT_WORDS = {
    "vocabularies": "词表", "eligibility": "条件", "sets": "队伍要求", "states": "状态", "procedures": "程序",
    "duties": "定期工作", "records": "材料", "counters": "计数", "ladders": "后果", "accounts": "分数账户", "formulas": "计算",
    "quotas": "名额", "entitlements": "待遇", "funds": "经费", "book": "考勤和台账",
}  # fmt: skip


@dataclass(frozen=True)
class LawEntry:
    """One rule in force: `lines` are what it says, `open` what its text leaves open or to a lower level.

    `construct` and `key` name it in the packs; a value of the month's book has the construct `book` and its label.
    """

    construct: str
    key: str
    label: str
    modality: str
    lines: tuple[Line, ...]
    notes: tuple[str, ...]
    open: tuple[str, ...]
    cited: tuple[str, ...]
    preset: bool
    pack: str
    changed: tuple[str, ...] = ()
    who: str = ""

    @property
    def kind(self) -> str:
        return CONSTRUCT_WORDS[self.construct]

    @property
    def value(self) -> str:
        """All that it says in one text."""
        return "；".join(f"{line.word}：{line.text}" if line.word else line.text for line in self.lines)

    def holds(self, words: Sequence[str]) -> bool:
        """Whether all words stand in its name, its content, its notes or its clause ids."""
        text = " ".join((self.label, self.kind, self.value, self.who, *self.notes, *self.open, *self.cited)).casefold()
        return all(word.casefold() in text for word in words)


@lru_cache(maxsize=64)
def law_entries(packs: tuple[Pack, ...], on: date) -> tuple[LawEntry, ...]:
    """The rules of all constructs from the packs of an area, nearest first, in the order of the constructs."""
    law = {construct: rules_of(packs, construct, on) for construct in CONSTRUCTS}
    named = ((key, held.rule) for rules in law.values() for key, held in rules.items())
    names = names_of(named, bodies_of(packs))
    return tuple(law_entry(construct, held, names) for construct, rules in law.items() for held in rules.values())


def bodies_of(packs: Sequence[Pack]) -> dict[str, str]:
    """{body: its name} of what the packs declare, the nearest pack's word standing; packs nearest first."""
    return {key: name for pack in reversed(packs) for key, name in pack.bodies.items()}


def law_entry(construct: str, held: InForce[Any], names: Names) -> LawEntry:
    """One rule in force in words."""
    rule = held.rule
    return LawEntry(
        construct=construct,
        key=held.key,
        label=rule.label,
        modality=MODALITY_WORDS[rule.modality],
        lines=say(rule, names),
        notes=notes_of(rule),
        open=open_points(rule),
        cited=tuple(dict.fromkeys([*sources_of(rule), *(clause for *_, clause in held.changed_by if clause)])),
        preset=rule.preset or bool(rule.presets),
        pack=held.pack,
        changed=tuple(what for _, what, _ in held.changed_by),
    )


def book_entries(topics: Iterable[Topic]) -> list[LawEntry]:
    """The values of the month's book in the form of the rest of the law; of those with one label in a topic the key
    says for whom each is."""
    found = []
    for topic in topics:
        labels = Counter(entry.label for entry in topic.entries)
        found += [_of_book(topic, entry, alone=labels[entry.label] == 1) for entry in topic.entries]
    return found


def book_key(topic: str, label: str) -> str:
    """The key of a value of the month's book; presence measures have the topic `presence`."""
    return f"{topic}.{label}"


def _of_book(topic: Topic, entry: Entry, *, alone: bool) -> LawEntry:
    lines = (Line("", entry.value),) if entry.value else ()
    key = book_key(topic.key, entry.label if alone else f"{entry.label}.{entry.who}")
    return LawEntry(
        "book",
        key,
        entry.label,
        "",
        lines,
        entry.notes,
        (),
        entry.cited,
        entry.preset,
        "",
        who=entry.who,
    )


def whole_law(packs: tuple[Pack, ...], on: date) -> list[LawEntry]:
    """The values of the month's book and the rules of all constructs."""
    return [*book_entries(topics_of(resolve(list(packs), on))), *law_entries(packs, on)]


def by_topic(entries: Iterable[LawEntry], topic_of: Mapping[str, str]) -> dict[str, list[LawEntry]]:
    """{topic: its rules} in the order of `TOPIC_WORDS`; what rests on no known clause comes last under `other`."""
    found: dict[str, list[LawEntry]] = {}
    for entry in entries:
        topic = next((topic_of[clause] for clause in entry.cited if clause in topic_of), OTHER)
        found.setdefault(topic, []).append(entry)
    return {topic: found[topic] for topic in topic_order(found)}


def topic_order(topics: Iterable[str]) -> list[str]:
    """Topics in the order of `TOPIC_WORDS`, unknown ones last."""
    order = list(TOPIC_WORDS)
    return sorted(topics, key=lambda topic: order.index(topic) if topic in order else len(order))


def topic_word(topic: str) -> str:
    """A topic of the catalogue in Chinese; one that an outside pack brings along as it is written."""
    return "其他" if topic == OTHER else TOPIC_WORDS.get(topic, topic)
