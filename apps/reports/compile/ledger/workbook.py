"""A ledger's workbook: the official table, what the pack asks for beside it, places to sign, clauses, hash."""

from __future__ import annotations

from apps.reports.compile.ledger.build import ledger_paper
from apps.reports.compile.ledger.documents import document_sheets
from apps.reports.compile.ledger.ending import ending
from apps.reports.compile.ledger.lines import lines_body, lines_sheet
from apps.reports.compile.ledger.townships import townships_sheet
from apps.reports.compile.xlsx.bulk import filled
from apps.reports.compile.xlsx.look import Book, print_setup
from apps.reports.selectors.snapshot import Snapshot

TOWNSHIP_SHEET = "月度台账"
COUNTY_SHEETS = ("乡镇汇总", "人员明细")


def ledger_workbook(found: Snapshot) -> bytes:
    """The .xlsx of a township's or county's ledger, from its snapshot alone; the same snapshot gives the same cells.

    A township's gets a sheet for each paper that its rules ask of the township besides (see `documents`).
    """
    paper = ledger_paper(found)
    book = Book(paper.title)
    if paper.is_county:
        townships_sheet(book, COUNTY_SHEETS[0], paper)
        table = lines_sheet(book, COUNTY_SHEETS[1], paper)
        print_setup(table.sheet, head_rows=table.head, foot=paper.foot, columns=table.columns, rows=table.end)
        return filled(book.close(), {2: lines_body(table, paper)})
    table = lines_sheet(book, TOWNSHIP_SHEET, paper)
    rows = ending(book, table.sheet, paper, table.end + 1, table.columns)
    print_setup(table.sheet, head_rows=table.head, foot=paper.foot, columns=table.columns, rows=rows)
    document_sheets(book, found, paper)
    return filled(book.close(), {1: lines_body(table, paper)})
