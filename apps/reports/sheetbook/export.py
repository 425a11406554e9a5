"""The workbook that a township takes offline: its month as it stands, with lists, locks and what the way back needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from apps.attendance.compile import locks
from apps.attendance.selectors import SheetContext, SheetRow
from apps.reports.compile.words import safe
from apps.reports.sheetbook.layout import FIRST_ROW, FORM, GUIDE, HEAD_ROW, SHEET, SYSTEM, WHO, day_heads
from apps.rules.marks import OUT
from apps.rules.sheet import AWAY, words
from apps.teams.models import PostRole

_SHADE = {"W": "", "M": "#FFF4D6", "R": "#EEF0F2", "H": "#FBE9E9"}
_WIDTHS = (8, 14, 10, 18, 26)
_RULES = (
    "1. 只改“考勤月表”里白色的日期格，每格填一个字母或词；其余单元格已锁定。",
    "2. 斜线灰格已由公务记录确定或不在派驻期内，不能在这里改；原因见批注。",
    "3. 不要增删、移动行和列，不要合并单元格，不要写公式；从别的表粘贴时用“选择性粘贴→数值”。",
    "4. 改好后回到网上的考勤月表，点“导入离线表”：先看逐格对照，确认后才保存。",
    "5. 导出以后别人在网上改过的格，对照时会单独列出，由您选用哪一个，不会被悄悄覆盖。",
)


def sheet_workbook(context: SheetContext, rows: Sequence[SheetRow], name: str) -> bytes:
    """The month of a place as .xlsx: the sheet, the instructions, and a hidden sheet with what was exported.

    Text only, no formulas, no macros.  `name` is the place's.
    """
    stream = BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    formats = _formats(book)
    sheet = book.add_worksheet(SHEET)
    _head(sheet, context, f"{name}{context.month.label}考勤月表", formats)
    for place, row in enumerate(rows, start=FIRST_ROW - 1):
        _row(sheet, place, context, row, formats)
    _page(sheet, context, len(rows))
    _guide(book.add_worksheet(GUIDE), context, formats)
    _system(book.add_worksheet(SYSTEM), context, rows)
    book.close()
    return stream.getvalue()


def _formats(book: Workbook) -> dict[str, Format]:
    plain = {"font_name": "宋体", "font_size": 10, "valign": "vcenter", "border": 1}
    day = {**plain, "align": "center", "num_format": "@"}
    found = {
        "title": book.add_format({"font_name": "宋体", "bold": True, "font_size": 16, "align": "center"}),
        "legend": book.add_format({"font_name": "宋体", "font_size": 10}),
        "head": book.add_format({**plain, "bold": True, "align": "center", "text_wrap": True, "bg_color": "#DDE7F0"}),
        "text": book.add_format({**plain, "num_format": "@"}),
        "locked": book.add_format({**day, "pattern": 14, "fg_color": "#C9CED4", "bg_color": "#FFFFFF"}),
        "wrap": book.add_format({"font_name": "宋体", "font_size": 11, "text_wrap": True, "valign": "top"}),
    }
    for kind, colour in _SHADE.items():
        found[kind] = book.add_format({**day, "locked": False, **({"bg_color": colour} if colour else {})})
    return found


def _head(sheet: Worksheet, context: SheetContext, title: str, formats: Mapping[str, Format]) -> None:
    last = len(WHO) + context.month.days - 1
    sheet.merge_range(0, 1, 0, last, title, formats["title"])
    sheet.write_string(1, 1, _legend(context), formats["legend"])
    for column, head in enumerate([*WHO, *day_heads(context.month)]):
        sheet.write_string(HEAD_ROW - 1, column, head, formats["head"])
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width, None, {"hidden": column == 0})
    sheet.set_column(len(WHO), last, 3.6)
    sheet.set_row(HEAD_ROW - 1, 30)


def _legend(context: SheetContext) -> str:
    known = words(context.book.sheet)
    parts = [f"{letter} {context.book.sheet.word(c)}" for c, letter in _offered(context)]
    return "　".join([*parts, *([f"{AWAY} 在村未住"] if AWAY in known else [])])


def _offered(context: SheetContext) -> list[tuple[str, str]]:
    known = words(context.book.sheet)
    return [(category, known[context.book.sheet.word(category)]) for category in context.book.sheet.categories]


def _row(sheet: Worksheet, place: int, context: SheetContext, row: SheetRow, formats: Mapping[str, Format]) -> None:
    roles = "、".join(PostRole(role).label for role in row.roles)
    for column, text in enumerate((str(row.posting), row.village, row.name, roles, row.unit)):
        sheet.write_string(place, column, safe(text), formats["text"])
    reasons = {day: reason for first, last, reason, _ in locks(context, row) for day in range(first, last + 1)}
    for day, (cell, kind) in enumerate(zip(context.cells(row), context.mask, strict=True), start=1):
        column = len(WHO) + day - 1
        held = cell == OUT or day in reasons or row.closed
        sheet.write_string(place, column, cell if cell != "." else "", formats["locked" if held else kind])
        if day in reasons:
            sheet.write_comment(place, column, reasons[day])


def _page(sheet: Worksheet, context: SheetContext, people: int) -> None:
    last = len(WHO) + context.month.days - 1
    bottom = FIRST_ROW - 2 + max(1, people)
    choices = [letter for _, letter in _offered(context)]
    if AWAY in words(context.book.sheet):
        choices.append(AWAY)
    sheet.data_validation(
        FIRST_ROW - 1,
        len(WHO),
        bottom,
        last,
        {
            "validate": "list",
            "source": choices,
            "error_type": "warning",
            "error_title": "看不懂的登记",
            "error_message": "请填列表里的字母，或“填写说明”里的词。",
        },
    )
    sheet.freeze_panes(HEAD_ROW, 3)
    sheet.protect("", {"format_columns": True, "format_rows": True, "select_locked_cells": True})
    sheet.set_landscape()
    sheet.set_paper(8)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEAD_ROW - 1)
    sheet.print_area(0, 1, bottom, last)
    sheet.set_footer("&C第 &P 页，共 &N 页")


def _guide(sheet: Worksheet, context: SheetContext, formats: Mapping[str, Format]) -> None:
    sheet.set_column(0, 0, 90)
    lines = [*_RULES, f"本表可填：{_legend(context)}", f"依据：{context.book.title}{context.book.number}"]
    for place, line in enumerate(lines):
        sheet.write_string(place, 0, line, formats["wrap"])


def _system(sheet: Worksheet, context: SheetContext, rows: Sequence[SheetRow]) -> None:
    for column, text in enumerate((str(FORM), context.area, str(context.month))):
        sheet.write_string(0, column, text)
    for place, row in enumerate(rows, start=1):
        for column, text in enumerate((str(row.posting), str(row.version), context.cells(row))):
            sheet.write_string(place, column, text)
    sheet.very_hidden()
