"""Sheet 说明: which ledgers the figures come from, with version and hash, and the clauses behind them."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from apps.jurisdictions.models import Clause
from apps.reports.compile.quarter.case import QuarterCase
from apps.reports.compile.words import date_words, safe
from apps.reports.compile.xlsx.look import A4, Book, across, print_setup

NAME = "说明"
_WIDTHS = (6, 14, 16, 12, 8, 68, 16)
_LEDGERS = ("序号", "县（市、区）", "乡镇（街道）", "月份", "版本", "台账内容摘要（sha256）", "审核通过日期")
_CLAUSES = ("序号", "条款编号", "条款", "文件", "文件", "要旨", "要旨")
_TEXTS = (
    "一、数字全部来自已审核通过并反馈本单位的乡镇月度台账（见下表），台账更正后重新下载即为新版本；本表不另行统计。",
    "二、“未审核”表示该月还没有审核通过的台账，不是零；季度合计只含“含月份”一栏列出的月份。",
    "三、{running}按最近一个已审核月份的台账列出；“进行中”表示余下的天数仍可完成。",
)


def notes_sheet(book: Book, case: QuarterCase) -> None:
    """The whole sheet; it grows with the number of townships, not of people."""
    sheet = book.sheet(NAME)
    for place, width in enumerate(_WIDTHS):
        sheet.set_column(place, place, width)
    across(sheet, 0, len(_WIDTHS), f"{case.title}　说明", book.style("title"))
    sheet.set_row(0, 30)
    for offset, text in enumerate(_TEXTS, start=1):
        across(sheet, offset, len(_WIDTHS), text.format(running=case.running_word), book.style("line"))
    row = _ledgers(book, sheet, case, len(_TEXTS) + 2)
    row = _clauses(book, sheet, list(case.clauses.values()), row + 1)
    print_setup(sheet, paper=A4, head_rows=(0, 0), foot=case.title, columns=len(_WIDTHS), rows=row)


def _table(book: Book, sheet: Any, row: int, title: str, heads: tuple[str, ...]) -> int:
    sheet.write_string(row, 0, title, book.style("heading"))
    for place, head in enumerate(heads):
        sheet.write_string(row + 1, place, head, book.style("head"))
    return row + 2


def _ledgers(book: Book, sheet: Any, case: QuarterCase, row: int) -> int:
    row = _table(book, sheet, row, "数据来源：乡镇月度台账", _LEDGERS)
    for number, ledger in enumerate(case.ledgers, start=1):
        sheet.write_number(row, 0, number, book.style("centre"))
        sheet.write_string(row, 1, safe(ledger.county), book.style("text"))
        sheet.write_string(row, 2, safe(ledger.township), book.style("text"))
        sheet.write_string(row, 3, f"{ledger.month.year}年{ledger.month.month}月", book.style("centre"))
        sheet.write_string(row, 4, f"第{ledger.version}版", book.style("centre"))
        sheet.write_string(row, 5, ledger.hash, book.style("centre"))
        sheet.write_string(row, 6, date_words(timezone.localtime(ledger.at).date()), book.style("centre"))
        row += 1
    return row


def _clauses(book: Book, sheet: Any, clauses: list[Clause], row: int) -> int:
    row = _table(book, sheet, row, "依据条款", _CLAUSES)
    sheet.merge_range(row - 1, 3, row - 1, 4, "文件", book.style("head"))
    sheet.merge_range(row - 1, 5, row - 1, 6, "要旨", book.style("head"))
    for number, clause in enumerate(clauses, start=1):
        sheet.write_number(row, 0, number, book.style("centre"))
        sheet.write_string(row, 1, clause.pk, book.style("centre"))
        sheet.write_string(row, 2, clause.article, book.style("text"))
        sheet.merge_range(row, 3, row, 4, f"《{clause.body['title']}》", book.style("text"))
        sheet.merge_range(row, 5, row, 6, clause.gist, book.style("text"))
        sheet.set_row(row, 27)
        row += 1
    return row
