"""The look of our workbooks, after the paper forms: Song type, thin grid, grey rest days; and how a sheet prints."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

import xlsxwriter

from apps.rules.marks import LETTER_OF, OUT

A3, A4 = 8, 9
INK, GRID, HEAD, REST, GREY, RED = "#000000", "#7F7F7F", "#EDEDED", "#E3E6EA", "#8A8A8A", "#C00000"

_BASE = {"font_name": "宋体", "font_size": 9, "valign": "vcenter"}
_CELL = {**_BASE, "border": 1, "border_color": GRID}
_CENTRE = {**_CELL, "align": "center"}

STYLES: dict[str, dict[str, Any]] = {
    "title": {**_BASE, "font_name": "黑体", "font_size": 16, "align": "center"},
    "title_left": {**_BASE, "font_name": "黑体", "font_size": 16, "align": "left"},
    "line": {**_BASE, "align": "left"},
    "centre_line": {**_BASE, "align": "center"},
    "right": {**_BASE, "align": "right", "font_size": 10.5},
    "paragraph": {**_BASE, "align": "left", "text_wrap": True, "font_size": 10.5},
    "note": {**_BASE, "align": "left", "text_wrap": True, "valign": "top"},
    "heading": {**_BASE, "font_name": "黑体", "font_size": 11, "align": "left"},
    "head": {**_CENTRE, "bold": True, "bg_color": HEAD, "text_wrap": True},
    "head_rest": {**_CENTRE, "bold": True, "bg_color": "#D3D8DF", "text_wrap": True},
    "text": {**_CELL, "align": "left", "text_wrap": True},
    "fit": {**_CELL, "align": "left", "shrink": True},
    "centre": _CENTRE,
    "shrink": {**_CENTRE, "shrink": True},
    "number": {**_CENTRE, "num_format": "0"},
    "sum": {**_CENTRE, "bold": True, "num_format": "0", "bg_color": "#F6F6F6"},
    "sum_text": {**_CENTRE, "bold": True, "bg_color": "#F6F6F6", "shrink": True},
    "day": _CENTRE,
    "day_rest": {**_CENTRE, "bg_color": REST},
    "day_rest_grey": {**_CENTRE, "bg_color": REST, "font_color": GREY},
    "day_out": {**_CENTRE, "font_color": GREY},
    "day_absent": {**_CENTRE, "font_color": RED, "bold": True},
    "day_absent_rest": {**_CENTRE, "font_color": RED, "bold": True, "bg_color": REST},
    "bad": {**_CENTRE, "font_color": RED, "bold": True},
    "waiting": {**_CENTRE, "font_color": GREY, "shrink": True},
    "waiting_line": {**_BASE, "top": 1, "bottom": 1, "border_color": GRID, "font_color": GREY},
    "bad_text": {**_CELL, "align": "left", "text_wrap": True, "font_color": RED},
    "sign": {**_BASE, "align": "left", "font_size": 10, "bottom": 1, "bottom_color": GRID},
    "mono": {**_BASE, "font_name": "Consolas", "font_size": 8, "align": "left"},
}


# The styles of a day's cell, for tables with a column per day.
DAY_STYLES = ["day", "day_rest", "day_rest_grey", "day_out", "day_absent", "day_absent_rest"]
_ABSENT, _REST = LETTER_OF["absent"], LETTER_OF["rest"]


def day_style(mark: str, *, rest: bool) -> str:
    """Which of them a mark takes: rest days are grey, absence is red."""
    if mark == OUT:
        return "day_out"
    if mark == _ABSENT:
        return "day_absent_rest" if rest else "day_absent"
    if not rest:
        return "day"
    return "day_rest_grey" if mark == _REST else "day_rest"


class Book:
    """An XlsxWriter workbook in memory with our styles by name, each made when it is first asked for."""

    def __init__(self, title: str) -> None:
        self._bytes = BytesIO()
        self.workbook = xlsxwriter.Workbook(
            self._bytes,
            {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False},
        )
        self.workbook.set_properties({"title": title, "author": "驻村工作台"})
        self._styles: dict[str, Any] = {}

    def style(self, name: str) -> Any:
        """The format of this name.  KeyError when there is none."""
        if name not in self._styles:
            self._styles[name] = self.workbook.add_format(STYLES[name])
        return self._styles[name]

    def styles(self, names: list[str]) -> list[Any]:
        return [self.style(name) for name in names]

    def sheet(self, name: str) -> Any:
        """A new sheet at the end, its name cut to what Excel allows."""
        return self.workbook.add_worksheet(name[:31])

    def close(self) -> bytes:
        """The finished file; nothing may be written afterwards."""
        self.workbook.close()
        return self._bytes.getvalue()


def print_setup(
    sheet: Any, *, head_rows: tuple[int, int], foot: str, columns: int, rows: int | None = None, paper: int = A3
) -> None:
    """Landscape, as wide as one page, heads repeated, everything inside the print area, page numbers in the foot.

    `head_rows` are the first and last row to repeat (from 0), `columns` and `rows` the size of what is printed
    (without `rows` everything is); `foot` stands left of the page number.
    """
    sheet.set_landscape()
    sheet.set_paper(paper)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.repeat_rows(*head_rows)
    if rows is not None:
        sheet.print_area(0, 0, rows - 1, columns - 1)
    left = foot.replace("&", "＆")
    sheet.set_footer(f"&L&7 {left}&R&8 第 &P 页　共 &N 页")


def print_over_two_pages(sheet: Any, widths: Sequence[float], *, fixed: int, at: int) -> None:
    """Two A3 pages beside each other, cut before column `at`, the first `fixed` columns on both."""
    page = 300 / 25.4 * 96  # pixels between the margins, with room for programs that draw columns wider
    pixels = [7 * width + 5 for width in widths]
    widest = max(sum(pixels[:at]), sum(pixels[:fixed]) + sum(pixels[at:]))
    sheet.repeat_columns(0, fixed - 1)
    sheet.set_print_scale(max(10, min(100, int(100 * page / widest))))
    sheet.set_v_pagebreaks([at])


def across(sheet: Any, row: int, columns: int, text: str, style: Any) -> None:
    """One text over a whole line."""
    if columns > 1:
        sheet.merge_range(row, 0, row, columns - 1, text, style)
    else:
        sheet.write_string(row, 0, text, style)
