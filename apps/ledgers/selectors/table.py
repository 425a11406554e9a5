"""A ledger as a table for people: one row per line with its figures, beside the same person's other ledger."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from apps.ledgers.models import LedgerLine
from apps.rules.book import RuleBook
from apps.rules.figures import State, state_word
from apps.rules.marks import CATEGORIES, GAP, INDEX_OF
from apps.teams.models import PostRole

TONES = {
    State.MET: "is-done",
    State.ON_TRACK: "is-open",
    State.OUT_OF_REACH: "is-warn",
    State.SHORT: "is-bad",
    State.SHOWN: "is-off",
}


@dataclass(frozen=True)
class Figure:
    """The days of a category and the same elsewhere; `was` is None where there is nothing to compare."""

    category: str
    value: int
    was: int | None

    @property
    def changed(self) -> bool:
        return self.was is not None and self.was != self.value


@dataclass(frozen=True)
class Standing:
    """A measure of a person: done, due, how it stands; `due` of a ceiling is what may not be exceeded."""

    index: int
    label: str
    done: int
    due: int
    word: str
    tone: str
    clause: str
    ceiling: bool


@dataclass(frozen=True)
class TableRow:
    """A line as shown."""

    line: LedgerLine
    roles: str
    counts: tuple[Figure, ...]
    nights: int | None
    gaps: int
    standings: tuple[Standing, ...]
    marks_were: str

    @property
    def changed(self) -> bool:
        return any(figure.changed for figure in self.counts)


@dataclass(frozen=True)
class LedgerTable:
    """Heads (category code, word) of the categories in use, rows, and sums as (category, days) in the same order."""

    heads: tuple[tuple[str, str], ...]
    rows: tuple[TableRow, ...]
    sums: tuple[tuple[str, int], ...]
    nights: bool


def ledger_table(book: RuleBook, lines: Sequence[LedgerLine], other: Mapping[int, LedgerLine]) -> LedgerTable:
    """The table of a ledger's lines; `other` {posting: line} is what they are shown beside."""
    used = [c for c in CATEGORIES if c in book.sheet.categories or any(line.counts[INDEX_OF[c]] for line in lines)]
    rows = tuple(_row(book, line, other.get(line.posting_id), used) for line in lines)
    sums = tuple((name, sum(line.counts[INDEX_OF[name]] for line in lines)) for name in used)
    heads = tuple((category, book.sheet.word(category)) for category in used)
    return LedgerTable(heads, rows, sums, book.sheet.nights)


def _row(book: RuleBook, line: LedgerLine, other: LedgerLine | None, used: Sequence[str]) -> TableRow:
    places = [(category, INDEX_OF[category]) for category in used]
    return TableRow(
        line=line,
        roles="、".join(PostRole(role).label for role in line.roles),
        counts=tuple(Figure(name, line.counts[i], other.counts[i] if other else None) for name, i in places),
        nights=line.nights.count("1") if book.sheet.nights else None,
        gaps=line.marks.count(GAP),
        standings=standings(book, line),
        marks_were=other.marks if other and other.month == line.month and other.marks != line.marks else "",
    )


def standings(book: RuleBook, line: LedgerLine) -> tuple[Standing, ...]:
    """The measures that bind a line's person, in the order of the book."""
    return tuple(
        Standing(
            index,
            measure.short,
            line.done[index],
            line.due[index],
            state_word(line.state[index], ceiling=measure.at_most is not None),
            TONES[State(line.state[index])],
            measure.clause,
            measure.at_most is not None,
        )
        for index, measure in enumerate(book.presence)
        if line.state[index]
    )
