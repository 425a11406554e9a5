"""How a ledger is laid out on A3: widths of its columns, rows per page, and type small enough for long texts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import floor
from typing import NamedTuple

from apps.reports.compile.ledger.paper import Paper, Row, Standing
from apps.reports.compile.words import GAP_SIGN
from apps.rules.figures import State
from apps.rules.marks import LETTER_OF

WIDTH = 400.0  # millimetres between the margins
ROW = 6.2  # height of a row
HEADS = (4.6, 8.0)  # heights of the two rows of heads
FIRST_PAGE, PAGE = 37, 40  # rows that surely fit under title and heads, and under heads alone
_PAGES = 3  # set in one piece
_ABSENT = LETTER_OF["absent"]
_SIZES = ((7.5, 2), (6.0, 2), (4.8, 3), (3.8, 4))  # points, and lines that fit into a row
_POINT = 25.4 / 72
# Weights; scaled so that all columns fill the width.
_COLUMNS = {
    "number": 7.0,
    "township": 17.0,
    "village": 17.0,
    "name": 14.0,
    "roles": 23.0,
    "unit": 34.0,
    "day": 4.3,
    "count": 6.7,
    "equation": 26.0,
    "figure": 8.5,
    "state": 14.0,
    "note": 24.0,
}


class Printed(NamedTuple):
    """A row as the page shows it.

    Figures that stand beside each other are one cell with tabs, not a cell each: `counts` are the days per kind, in
    post and of nights, each of `standings` is (done and due, state, whether that is bad).  `runs` are the days as
    (signs, whether these are absences), `fit` the sizes of type of the texts ('' is normal).
    """

    row: Row
    runs: list[tuple[str, bool]]
    counts: str
    standings: list[tuple[str, str, bool]]
    fit: dict[str, str]


class Grid(NamedTuple):
    """Lines at these millimetres from the left and the top; `rest` are (left, width) of grey columns."""

    width: float
    height: float
    rest: list[tuple[float, float]]
    lines: list[float]
    rows: list[float]


@dataclass(frozen=True)
class Layout:
    """The columns of one paper by kind, in order, and their widths in millimetres."""

    columns: list[str]
    widths: dict[str, float]
    rest: list[bool]
    nights: bool

    @property
    def before(self) -> int:
        """Columns left of the sums."""
        return self.columns.index("day") + len(self.rest)

    @property
    def grid(self) -> Grid:
        """The lines behind the table and the grey rest days, as far down as a page can go."""
        rest, grey, lines, end = iter(self.rest), [], [], 0.0
        for column in self.columns:
            start, end = end, end + self.widths[column]
            lines.append(round(end, 2))
            if column == "day" and next(rest):
                grey.append((round(start, 2), round(end - start, 2)))
        heads = sum(HEADS)
        rows = [round(heads + ROW * number, 2) for number in range(PAGE + 5)]
        return Grid(WIDTH, rows[-1], grey, lines, rows)

    def printed(self, row: Row) -> Printed:
        """A row as the page shows it."""
        texts = {"township": row.township, "village": row.village, "name": row.name, "roles": row.roles}
        texts |= {"unit": row.unit, "note": row.note}
        fit = {name: _size(text, self.widths[name]) for name, text in texts.items() if name in self.widths}
        counts = [*(count or None for count in row.counts), row.posted, *([row.stayed] if self.nights else [])]
        return Printed(row, list(_runs(row)), tabbed(counts, 2), [_standing(each) for each in row.standings], fit)


def layout_of(paper: Paper) -> Layout:
    """The layout of a paper."""
    place = ["number", *(["township"] if paper.is_county else []), "village", "name", "roles", "unit"]
    days = ["day"] * len(paper.days)
    counts = ["count"] * (len(paper.kinds) + (2 if paper.nights else 1))
    columns = [*place, *days, *counts, "equation", *["figure", "figure", "state"] * len(paper.measures), "note"]
    scale = WIDTH / sum(_COLUMNS[column] for column in columns)
    widths = {column: round(_COLUMNS[column] * scale, 3) for column in dict.fromkeys(columns)}
    return Layout(columns, widths, [day.rest for day in paper.days], bool(paper.nights))


def stretches_of(rows: Sequence[Row]) -> list[Sequence[Row]]:
    """The rows in stretches that fill whole pages, but for the last; at least one."""
    ends = [FIRST_PAGE + PAGE * (_PAGES - 1)]
    while ends[-1] < len(rows):
        ends.append(ends[-1] + PAGE * _PAGES)
    return [rows[start:end] for start, end in zip([0, *ends], ends, strict=False)]


def _runs(row: Row) -> Iterator[tuple[str, bool]]:
    signs = zip(row.marks, row.signs, strict=True)
    for absent, run in groupby(signs, key=lambda pair: pair[0] == _ABSENT):
        yield "".join(sign or GAP_SIGN for _, sign in run), absent


def tabbed(numbers: Sequence[int | None], digits: int) -> str:
    """Numbers with tabs between them, units below each other: two spaces are as wide as a digit of our face."""
    texts = ["" if number is None else str(number) for number in numbers]
    return "\t".join("\u00a0\u00a0" * (digits - len(text)) + text if text else "" for text in texts)


def _standing(standing: Standing | None) -> tuple[str, str, bool]:
    if standing is None:
        return "\u00a0—\t\u00a0—", "—", False
    bad = standing.state in (State.OUT_OF_REACH, State.SHORT)
    return tabbed([standing.done, standing.due], 3), standing.word, bad


def _size(text: str, width: float) -> str:
    """'' where a text fits at the normal size, else '1' or '2' for the smaller ones."""
    length = sum(0.55 if ord(letter) < 0x2000 else 1 for letter in text)
    for place, (points, lines) in enumerate(_SIZES):
        if length <= lines * floor((width - 0.9) / (points * _POINT)):
            return str(place or "")
    return str(len(_SIZES) - 1)
