"""The end of a ledger's sheet: places to sign, the clauses, the hash."""

from __future__ import annotations

from typing import Any

from apps.reports.compile.ledger.paper import Paper, Place
from apps.reports.compile.words import date_words, safe
from apps.reports.compile.xlsx.look import Book, across


def place_words(place: Place) -> str:
    """One place to sign: who did it and when, or room for pen and seal."""
    who = f"{place.label}（{place.offices}）："
    if place.person:
        late = "　逾期" if place.late else ""
        done = f"{safe(place.person)}　{date_words(place.on) if place.on else ''}{late}"
    else:
        done = "　　　　　　　　　　　　年　　月　　日"
    return f"{who}{done}{'　　（盖章）' if place.seal else ''}"


def ending(book: Book, sheet: Any, paper: Paper, row: int, columns: int) -> int:
    """Write it from `row` (from 0) over so many columns; the row after it."""
    half = columns // 2
    for offset, place in enumerate(paper.places):
        left = (0, half - 1) if offset % 2 == 0 else (half, columns - 1)
        at = row + offset // 2
        sheet.set_row(at, 26)
        sheet.merge_range(at, left[0], at, left[1], place_words(place), book.style("sign"))
    row += (len(paper.places) + 1) // 2 + 1
    across(sheet, row, columns, "依据条款", book.style("heading"))
    for clause in paper.clauses:
        row += 1
        text = f"{clause.id}　《{clause.regulation}》{clause.article}：{clause.gist}"
        across(sheet, row, columns, text, book.style("line"))
    across(sheet, row + 2, columns, f"内容摘要（sha256）：{paper.hash}", book.style("line"))
    return row + 3
