"""The empty roster workbook that a county downloads: lists to choose from, hints, and what the system holds already."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from apps.cadres.models import PoliticalStatus, UnitLevel, UnitNature
from apps.jurisdictions.models import VillageClass
from apps.reports.compile.words import safe
from apps.reports.roster.cells import DATE_FORMS
from apps.reports.roster.layout import CHOICES, GUIDE, LAYOUTS, PEOPLE, UNITS, VILLAGES, Column, Layout
from apps.reports.uploads import MAX_ROWS
from apps.teams.models import PostRole

_READY_ROWS = 3_000  # rows that carry the lists
_RULES = (
    "1. 一共三张表：“村”“派出单位”“干部与派驻”。带 * 的列必填；表头、工作表名不要改，列的先后可以变。",
    "2. 系统按身份证号认人：同一人填几行时，姓名须一致。空着的非必填格不会清除系统里已有的内容。",
    "3. 导入只增加和更改，不删除：表里没有的村、人、派驻保持不变。调离的人在原来那一行填“离岗日”。",
    f"4. 日期可写成 {DATE_FORMS}。",
    "5. 岗位、村类别可以填多项，用顿号隔开，如：队长、第一书记。",
    "6. 单元格里只填数值，不要公式、合并单元格；从别的表粘贴时用“选择性粘贴→数值”。",
    f"7. 每张表最多 {MAX_ROWS:,} 行。上传后先看预览：有一处错误就一行也不导入，改好再传；同一个文件再传一次不会重复。",
    "8. 身份证号只用来核对是不是同一个人，加密保存，页面上只显示前六位和后四位。填好的文件请妥善保管，用完即删。",
)


@dataclass(frozen=True)
class Filled:
    """What the template already says: rows of the sheets 村 and 派出单位 in their layouts' order."""

    county: str
    townships: Sequence[str]
    villages: Sequence[Sequence[str]]
    units: Sequence[Sequence[str]]
    sources: Sequence[str] = ()


def roster_template(filled: Filled) -> bytes:
    """The workbook as .xlsx.  Everything is written as text, so nothing that a name begins with becomes a formula."""
    stream = BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    formats, layouts = _formats(book), _layouts(filled)
    _guide(book.add_worksheet(GUIDE), filled, layouts, formats)
    lists = _lists(filled)
    sheets = {layout.title: book.add_worksheet(layout.title) for layout in layouts}
    places = _choices(book.add_worksheet(CHOICES), lists, formats)
    for layout in layouts:
        rows = {VILLAGES.title: filled.villages, UNITS.title: filled.units}.get(layout.title, ())
        _sheet(sheets[layout.title], layout, rows, places, formats)
    sheets[PEOPLE.title].activate()
    book.close()
    return stream.getvalue()


def _layouts(filled: Filled) -> tuple[Layout, ...]:
    """The sheets; without the column of sources where the county's regulation names none."""
    columns = tuple(column for column in PEOPLE.columns if column.key != "source" or filled.sources)
    return tuple(replace(layout, columns=columns) if layout is PEOPLE else layout for layout in LAYOUTS)


def _formats(book: Workbook) -> dict[str, Format]:
    plain = {"font_name": "宋体", "font_size": 11, "valign": "vcenter"}
    return {
        "title": book.add_format({**plain, "bold": True, "font_size": 16}),
        "text": book.add_format({**plain, "num_format": "@"}),
        "date": book.add_format({**plain, "num_format": "yyyy-mm-dd", "align": "left"}),
        "wrap": book.add_format({**plain, "text_wrap": True, "valign": "top"}),
        "head": book.add_format({**plain, "bold": True, "bg_color": "#DDE7F0", "border": 1, "text_wrap": True}),
        "cell": book.add_format({**plain, "border": 1, "text_wrap": True}),
    }


def _guide(sheet: Worksheet, filled: Filled, layouts: Sequence[Layout], formats: Mapping[str, Format]) -> None:
    sheet.set_column(0, 0, 16)
    sheet.set_column(1, 1, 12)
    sheet.set_column(2, 2, 62)
    sheet.set_column(3, 3, 28)
    sheet.write_string(0, 0, f"{filled.county}驻村干部花名册", formats["title"])
    row = 2
    for text in _RULES:
        sheet.merge_range(row, 0, row, 3, "", formats["wrap"])
        sheet.write_string(row, 0, text, formats["wrap"])
        sheet.set_row(row, 32)
        row += 1
    for layout in layouts:
        row = _guide_table(sheet, row + 1, layout, formats)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _guide_table(sheet: Worksheet, row: int, layout: Layout, formats: Mapping[str, Format]) -> int:
    sheet.write_string(row, 0, f"“{layout.title}”：{layout.about}", formats["text"])
    for place, head in enumerate(("列", "是否必填", "怎么填", "示例")):
        sheet.write_string(row + 1, place, head, formats["head"])
    for number, column in enumerate(layout.columns, row + 2):
        required = "必填" if column.required else "可空"
        for place, text in enumerate((column.head, required, column.hint, column.example)):
            sheet.write_string(number, place, text, formats["cell"])
    return row + 2 + len(layout.columns)


def _lists(filled: Filled) -> dict[tuple[str, str], list[str]]:
    """{(sheet title, column key): words to choose from}."""
    return {
        (VILLAGES.title, "township"): list(filled.townships),
        (VILLAGES.title, "classes"): [str(label) for label in VillageClass.labels],
        (UNITS.title, "level"): [str(label) for label in UnitLevel.labels],
        (UNITS.title, "nature"): [str(label) for label in UnitNature.labels],
        (UNITS.title, "vertical"): ["是", "否"],
        (PEOPLE.title, "political_status"): [str(label) for label in PoliticalStatus.labels],
        (PEOPLE.title, "roles"): [str(label) for label in PostRole.labels],
        **({(PEOPLE.title, "source"): list(filled.sources)} if filled.sources else {}),
    }


def _choices(
    sheet: Worksheet, lists: Mapping[tuple[str, str], Sequence[str]], formats: Mapping[str, Format]
) -> dict[tuple[str, str], str]:
    """Write the lists side by side; where each stands, as a formula of a validation list."""
    places = {}
    heads = {layout.title: layout for layout in LAYOUTS}
    for column, ((title, key), words) in enumerate(lists.items()):
        sheet.write_string(0, column, heads[title].column(key).head, formats["head"])
        for row, word in enumerate(words, 1):
            sheet.write_string(row, column, word, formats["text"])
        letter = chr(65 + column)
        places[title, key] = f"='{CHOICES}'!${letter}$2:${letter}${max(len(words), 1) + 1}"
    sheet.set_column(0, len(lists) - 1, 18)
    places[PEOPLE.title, "village"] = f"='{VILLAGES.title}'!$B$2:$B${_READY_ROWS}"
    places[PEOPLE.title, "unit"] = f"='{UNITS.title}'!$A$2:$A${_READY_ROWS}"
    return places


def _sheet(
    sheet: Worksheet,
    layout: Layout,
    rows: Sequence[Sequence[str]],
    places: Mapping[tuple[str, str], str],
    formats: Mapping[str, Format],
) -> None:
    for place, column in enumerate(layout.columns):
        sheet.set_column(place, place, column.width, formats["date" if column.kind == "date" else "text"])
        sheet.write_string(0, place, column.head + ("*" if column.required else ""), formats["head"])
        rule = _validation(column, places.get((layout.title, column.key)))
        sheet.data_validation(1, place, _READY_ROWS, place, rule)
    for number, row in enumerate(rows, 1):
        for place, text in enumerate(row):
            sheet.write_string(number, place, safe(text), formats["text"])
    sheet.freeze_panes(1, 2 if layout.title == PEOPLE.title else 1)
    sheet.autofilter(0, 0, max(len(rows), 1), len(layout.columns) - 1)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _validation(column: Column, source: str | None) -> dict[str, Any]:
    """A hint on every cell; a list where there is one.  Lists only advise: several items may stand in one cell, and the
    import itself checks and says why."""
    hint: dict[str, Any] = {"input_title": column.head, "input_message": column.hint[:255], "ignore_blank": True}
    if source is None:
        return {"validate": "any", **hint}
    strict = column.kind == "choice" and source.startswith(f"='{CHOICES}'")
    advice = {"error_title": column.head, "error_message": "请从下拉列表选择。"}
    return {"validate": "list", "source": source, "error_type": "stop" if strict else "information", **advice, **hint}
