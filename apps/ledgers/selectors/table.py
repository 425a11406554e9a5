"""A ledger as a table for people: one row per line with its figures, beside the same person's other ledger."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse

from apps.ledgers.models import LedgerLine
from apps.ledgers.traces import NIGHTS, POSTED, day_count
from apps.rules.book import RuleBook
from apps.rules.figures import State, state_word
from apps.rules.marks import CATEGORIES, INDEX_OF
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
    """The days of a category and the same elsewhere, each with the address of its trace; `was` is None where there is
    nothing to compare."""

    value: int
    url: str
    was: int | None = None
    was_url: str = ""

    @property
    def changed(self) -> bool:
        return self.was is not None and self.was != self.value


@dataclass(frozen=True)
class Standing:
    """A measure of a person: done, due, how it stands; `due` of a ceiling is what may not be exceeded; `url` is the
    address of its trace."""

    index: int
    url: str
    label: str
    done: int
    due: int
    word: str
    tone: str
    clause: str
    ceiling: bool

    @property
    def figures(self) -> str:
        """Both numbers as tables show them."""
        return f"{self.done}/{self.due}"

    @property
    def bound(self) -> str:
        """What is due, with its sign."""
        return f"{'≤' if self.ceiling else '≥'}{self.due}"


@dataclass(frozen=True)
class TableRow:
    """A line as shown."""

    line: LedgerLine
    roles: str
    posted: Figure
    counts: tuple[Figure, ...]
    nights: Figure
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
    return TableRow(
        line=line,
        roles="、".join(PostRole(role).label for role in line.roles),
        posted=_figure(line, POSTED),
        counts=tuple(_figure(line, name, other) for name in used),
        nights=_figure(line, NIGHTS),
        standings=standings(book, line),
        marks_were=other.marks if other and other.month == line.month and other.marks != line.marks else "",
    )


def _figure(line: LedgerLine, what: str, other: LedgerLine | None = None) -> Figure:
    was = (day_count(other, what), days_url(other, what)) if other else (None, "")
    return Figure(day_count(line, what), days_url(line, what), *was)


def days_url(line: LedgerLine, what: str) -> str:
    """The address of the trace of a line's days of a category, or of what `DAY_WORDS` names."""
    return reverse("ledgers:trace_days", args=[line.pk, what])


def standings(book: RuleBook, line: LedgerLine) -> tuple[Standing, ...]:
    """The measures that bind a line's person, in the order of the book."""
    return tuple(
        Standing(
            index,
            reverse("ledgers:trace_line", args=[line.pk, index]),
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
