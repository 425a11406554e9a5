"""The floors of workbooks: the libraries on the same cells and files, with nothing around them."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

import openpyxl
import xlsxwriter
from python_calamine import CalamineWorkbook

from bench.ground import owner, sql

Sheets = dict[str, list[list[Any]]]


def cells(content: bytes) -> Sheets:
    """What stands in a workbook."""
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}


def written(sheets: Sheets, *, constant_memory: bool) -> bytes:
    """The same cells with borders by XlsxWriter."""
    stream = BytesIO()
    options = {"constant_memory": True} if constant_memory else {"in_memory": True}
    book = xlsxwriter.Workbook(stream, options)
    look = book.add_format({"border": 1, "font_name": "宋体", "font_size": 10})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                if value == "":
                    sheet.write_blank(number, column, None, look)
                elif isinstance(value, str):
                    sheet.write_string(number, column, value, look)
                else:
                    sheet.write_number(number, column, value, look)
    book.close()
    return stream.getvalue()


def walked(content: bytes) -> int:
    """Every cell read by openpyxl's quickest way."""
    book = openpyxl.load_workbook(BytesIO(content), read_only=True, data_only=True)
    return sum(len(row) for sheet in book.worksheets for row in sheet.iter_rows(values_only=True))


def edited(content: bytes, sheet: str, first: tuple[int, int], letters: Sequence[str]) -> bytes:
    """The workbook with a letter put into every cell from `first` (row, column, from 1), in turn by column."""
    book = openpyxl.load_workbook(BytesIO(content))
    page = book[sheet]
    for row in page.iter_rows(min_row=first[0], min_col=first[1]):
        for place, cell in enumerate(row):
            cell.value = letters[place % len(letters)]
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def imported(content: bytes, sheet: str) -> None:
    """One sheet read by calamine and its rows inserted at once."""
    rows = [tuple(map(str, row)) for row in cells(content)[sheet][1:]]
    opened = owner()
    with opened.cursor() as cursor:
        places = ", ".join(["%s"] * len(rows[0]))
        values = b",".join(cursor.mogrify(f"({places})", row) for row in rows)
        cursor.execute(b"INSERT INTO bench_roster VALUES " + values)
    opened.close()


def roster_table(columns: int) -> None:
    sql("DROP TABLE IF EXISTS bench_roster")
    sql(f"CREATE TABLE bench_roster ({', '.join(f'c{n} text' for n in range(columns))})")
