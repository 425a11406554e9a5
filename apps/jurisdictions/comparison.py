"""Jurisdictions side by side: the same rule of each, and in which words they differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from apps.jurisdictions.law import NOTHING, LawEntry
from apps.rules.said import Line

SAME, DIFFERENT, PARTLY = "same", "different", "partly"
STATE_WORDS = {SAME: "一致", DIFFERENT: "不同", PARTLY: "有的没有"}


@dataclass(frozen=True)
class Cell:
    """What one jurisdiction says; `entry` is None where it has no such rule.

    Of each line: whether some jurisdiction that has the rule does not say the same.
    """

    entry: LawEntry | None
    lines: tuple[tuple[Line, bool], ...]


@dataclass(frozen=True)
class Row:
    """One rule in every jurisdiction asked for, in their order."""

    label: str
    kind: str
    state: str
    cells: tuple[Cell, ...]

    @property
    def word(self) -> str:
        return STATE_WORDS[self.state]


def compared(laws: Sequence[Sequence[LawEntry]]) -> list[tuple[LawEntry, Row]]:
    """A row for every rule that any of the jurisdictions has, in the order met, with the entry that it was met in.

    Rules are one where their construct and key are the same, or else their construct and label.
    """
    found: list[dict[int, LawEntry]] = []
    by_name: dict[tuple[str, str, str], dict[int, LawEntry]] = {}
    for place, entries in enumerate(laws):
        for entry in entries:
            names = (("key", entry.construct, entry.key), ("label", entry.construct, entry.label))
            row = next((by_name[name] for name in names if place not in by_name.get(name, {place: entry})), None)
            if row is None:
                row = {}
                found.append(row)
            row[place] = entry
            for name in names:
                by_name.setdefault(name, row)
    return [(next(iter(row.values())), _row(row, len(laws))) for row in found]


def _row(held: Mapping[int, LawEntry], places: int) -> Row:
    first = next(iter(held.values()))
    said = [set(told_lines(entry)) for entry in held.values()]
    common = set.intersection(*said)
    different = any(lines != said[0] for lines in said)
    state = DIFFERENT if different else SAME if len(held) == places else PARTLY
    cells = [_cell(held.get(place), common) for place in range(places)]
    return Row(first.label, first.kind, state, tuple(cells))


def _cell(entry: LawEntry | None, common: set[Line]) -> Cell:
    if entry is None:
        return Cell(None, ())
    return Cell(entry, tuple((line, line not in common) for line in told_lines(entry)))


def told_lines(entry: LawEntry) -> list[Line]:
    """What is compared: modality, content, and what is left open; or that there is a name and nothing else."""
    lines = [Line("要求", entry.modality)] if entry.modality and entry.modality != "应当" else []
    lines += [Line("对谁、由谁", entry.who)] if entry.who else []
    lines += [*entry.lines, *(Line("条文未定", text) for text in entry.open)]
    return lines or [Line("", NOTHING)]
