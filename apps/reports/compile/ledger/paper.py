"""What stands on a ledger's paper, as plain values; the workbook and the PDF print the same."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from apps.core.months import Month


class Day(NamedTuple):
    """A column of the month: rest days are grey."""

    number: int
    weekday: str
    rest: bool


class Kind(NamedTuple):
    """A kind of day kept here: its place among the 11 categories, letter, word and one-character sign."""

    place: int
    letter: str
    word: str
    sign: str


class MeasureHead(NamedTuple):
    """A measure that binds somebody on this paper; variants for different people share one."""

    key: str
    short: str
    unit: str
    ceiling: bool


class Standing(NamedTuple):
    """Where one person stands; `state` as in `apps.rules.figures.State`."""

    done: int
    due: int
    state: int
    word: str


@dataclass(slots=True)
class Row:
    """One person's line.  `counts` follow the paper's kinds, `standings` its measures."""

    number: int
    township: str
    village: str
    name: str
    roles: str
    unit: str
    marks: str
    signs: list[str]
    counts: list[int]
    posted: int
    equation: str
    stayed: int
    standings: list[Standing | None]
    note: str


@dataclass(frozen=True)
class Sums:
    """The last line: days per kind, days in post, nights, and per measure how many people stand how."""

    people: int
    counts: list[int]
    posted: int
    stayed: int
    standings: list[str]


class Place(NamedTuple):
    """A place to sign: filled with who did it and when, or empty."""

    label: str
    offices: str
    person: str
    on: date | None
    seal: bool
    late: bool
    clause: str


class Cited(NamedTuple):
    """A clause behind the paper."""

    id: str
    regulation: str
    article: str
    gist: str


class PartLine(NamedTuple):
    """A township on a county's paper."""

    name: str
    version: int
    hash: str
    sums: Sums


@dataclass(frozen=True)
class Paper:
    """A ledger ready to print."""

    title: str
    month: Month
    basis: str
    number: str
    status: str
    days: list[Day]
    kinds: list[Kind]
    nights: str
    measures: list[MeasureHead]
    rows: list[Row]
    sums: Sums
    parts: list[PartLine]
    places: list[Place]
    clauses: list[Cited]
    hash: str
    foot: str

    @property
    def is_county(self) -> bool:
        return bool(self.parts)

    @property
    def legend(self) -> str:
        """What the signs of the days mean."""
        signs = [f"{kind.sign} {kind.word}" for kind in self.kinds]
        return "图例：" + "　".join([*signs, *([self.nights] if self.nights else []), "— 不在派驻期"])
