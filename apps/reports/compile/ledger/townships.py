"""The county's own sheet: one row per township ledger with its sums, version and hash."""

from __future__ import annotations

from typing import Any

from apps.reports.compile.ledger.ending import ending
from apps.reports.compile.ledger.paper import Paper, PartLine, Sums
from apps.reports.compile.words import safe
from apps.reports.compile.xlsx.look import Book, across, print_setup

HEAD = 3


def townships_sheet(book: Book, name: str, paper: Paper) -> None:
    """The whole sheet."""
    sheet, heads = book.sheet(name), _heads(paper)
    across(sheet, 0, len(heads), paper.title, book.style("title"))
    sheet.set_row(0, 32)
    across(sheet, 1, len(heads), paper.basis, book.style("line"))
    across(sheet, 2, len(heads), f"{paper.number}　　{paper.status}", book.style("line"))
    for place, (head, width) in enumerate(heads):
        sheet.write_string(HEAD, place, head, book.style("head"))
        sheet.set_column(place, place, width)
    sheet.set_row(HEAD, 30)
    row = HEAD + 1
    for number, part in enumerate(paper.parts, start=1):
        _row(book, sheet, row, [number, safe(part.name)], paper, part)
        row += 1
    _total(book, sheet, row, paper)
    sheet.freeze_panes(HEAD + 1, 2)
    rows = ending(book, sheet, paper, row + 2, len(heads))
    print_setup(sheet, head_rows=(HEAD, HEAD), foot=paper.foot, columns=len(heads), rows=rows)


def _heads(paper: Paper) -> list[tuple[str, float]]:
    kinds = [(kind.word, 7.0) for kind in paper.kinds]
    nights = [("住宿夜数", 8.0)] if paper.nights else []
    measures = [(f"{measure.short}（人数）", 30.0) for measure in paper.measures]
    first = [("序号", 5.0), ("乡镇（街道）", 14.0), ("人数", 6.0)]
    return [*first, *kinds, ("派驻天数", 8.0), *nights, *measures, ("版本", 7.0), ("台账内容摘要（sha256）", 62.0)]


def _figures(paper: Paper, sums: Sums) -> list[int | str]:
    nights = [sums.stayed] if paper.nights else []
    return [sums.people, *sums.counts, sums.posted, *nights, *sums.standings]


def _row(book: Book, sheet: Any, row: int, first: list[int | str], paper: Paper, part: PartLine) -> None:
    values = [*first, *_figures(paper, part.sums), f"第{part.version}版", part.hash]
    for place, value in enumerate(values):
        sheet.write(row, place, value, book.style("number" if isinstance(value, int) else "fit"))


def _total(book: Book, sheet: Any, row: int, paper: Paper) -> None:
    sheet.merge_range(row, 0, row, 1, "合　计", book.style("sum_text"))
    for place, value in enumerate([*_figures(paper, paper.sums), "", ""], start=2):
        sheet.write(row, place, value, book.style("sum" if isinstance(value, int) else "sum_text"))
