"""Many rows at little cost: XlsxWriter makes a small template, the rows go as XML strings straight into its zip.

In the template one row per bulk sheet stands in for all its rows: it holds one blank cell per style, so that the style
numbers are read from the template and no private part of the library is used.  Rows below it must already stand where
they will end up.  No row is held in memory.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from html import escape
from io import BytesIO
from itertools import islice
from typing import IO, Any, NamedTuple

Cell = str | int | None

_STYLE = re.compile(rb'<c r="[A-Z]+\d+"(?: s="(\d+)")?')
_CODED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_CHUNK = 400  # rows written at once
_EFFORT = 5  # of zlib's levels: a quarter smaller than the quickest, for a tenth of the time that rows take


class Body(NamedTuple):
    """The rows of one sheet: where they stand in (from 0), and what gives their XML from the style numbers."""

    row: int
    rows: Callable[[Sequence[int]], Iterator[str]]


class _Suffixes(dict[tuple[int, Cell], str]):
    """The end of a cell, `" s="…">…</c>`, by style and value.  Values repeat, so each is made once."""

    def __missing__(self, key: tuple[int, Cell]) -> str:
        style, value = key
        if value is None or value == "":
            made = f'" s="{style}"/>'
        elif isinstance(value, int):
            made = f'" s="{style}"><v>{value}</v></c>'
        else:
            made = f'" s="{style}" t="inlineStr"><is>{_text(value)}</is></c>'
        if len(self) < 100_000:  # names of a nation need not stay
            self[key] = made
        return made


def _text(value: str) -> str:
    """`<t>` with everything kept: signs of XML, spaces at the ends, and `_x0041_`, which programs would decode."""
    kept = ' xml:space="preserve"' if value != value.strip() or "\n" in value else ""
    return f"<t{kept}>{escape(_CODED.sub('_x005F_', value), quote=False)}</t>"


class RowWriter:
    """Rows of values as XML.  Texts must be harmless already (`words.safe`)."""

    def __init__(self, columns: int, *, height: float | None = None) -> None:
        self._starts = [f'<c r="{column_name(column)}' for column in range(columns)]
        self._ends = _Suffixes()
        self._height = "" if height is None else f' ht="{height}" customHeight="1"'

    def row(self, number: int, styles: Sequence[int], values: Sequence[Cell]) -> str:
        """One `<row>`; `number` counts from 1, `styles` and `values` go column by column from A."""
        ends = self._ends
        cells = [
            f"{start}{number}{ends[style, value]}"
            for start, style, value in zip(self._starts, styles, values, strict=False)
        ]
        return f'<row r="{number}"{self._height}>{"".join(cells)}</row>'


def column_name(place: int) -> str:
    """The letters of a column, 0 being A."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def stand_in(sheet: Any, row: int, styles: Sequence[Any]) -> None:
    """Let `row` (from 0) of a template's XlsxWriter sheet stand in for rows that use these formats, in this order."""
    for column, style in enumerate(styles):
        sheet.write_blank(row, column, None, style)


def filled(template: bytes, bodies: Mapping[int, Body]) -> bytes:
    """The template with the stand-in rows of its sheets {number from 1: body} replaced.

    KeyError when the template has no such row: it was made for another sheet.
    """
    out = BytesIO()
    parts = {f"xl/worksheets/sheet{number}.xml": body for number, body in bodies.items()}
    with (
        zipfile.ZipFile(BytesIO(template)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=_EFFORT) as target,
    ):
        for name in source.namelist():
            with target.open(name, "w") as stream:
                if name in parts:
                    _fill(source.read(name), parts[name], stream)
                else:
                    stream.write(source.read(name))
    return out.getvalue()


def _fill(xml: bytes, body: Body, stream: IO[bytes]) -> None:
    mark = f'<row r="{body.row + 1}"'.encode()
    start = xml.find(mark)
    if start < 0:
        raise KeyError(f"no stand-in row {body.row + 1}")
    end = xml.index(b"</row>", start) + len(b"</row>")
    styles = [int(number or 0) for number in _STYLE.findall(xml, start, end)]
    stream.write(xml[:start])
    rows = body.rows(styles)
    while chunk := list(islice(rows, _CHUNK)):
        stream.write("".join(chunk).encode())
    stream.write(xml[end:])
