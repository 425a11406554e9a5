"""The papers that a pack asks of the township besides the ledger, as further sheets of its workbook.

Which ones there are is the rule book's `ledger.documents`; here stands only how each kind of paper is made.
"""

from __future__ import annotations

from collections.abc import Callable

from apps.jurisdictions.offices import AREA_OFFICES, Office
from apps.jurisdictions.selectors import clauses_of
from apps.reports.compile.ledger.bulletin import bulletin_sheet
from apps.reports.compile.ledger.paper import Paper
from apps.reports.compile.ledger.weekly import weekly_sheet
from apps.reports.compile.xlsx.look import Book
from apps.reports.selectors.snapshot import Snapshot
from apps.rules.terms import Document

Maker = Callable[[Book, str, Snapshot, Paper, str], None]

_MAKERS: dict[str, tuple[str, Maker]] = {
    "weekly_summary": ("驻村天数周汇总", weekly_sheet),
    "bulletin": ("考勤情况通报", bulletin_sheet),
}
_TOWNSHIP = {office for office in AREA_OFFICES if office.startswith("township_")}


def document_sheets(book: Book, found: Snapshot, paper: Paper) -> None:
    """One sheet per document of the book that the township makes and that comes from the ledger."""
    clauses = clauses_of(document.clause for document in found.book.ledger.documents if document.clause)
    for document in found.book.ledger.documents:
        made = _MAKERS.get(document.key)
        if made is None or document.office not in _TOWNSHIP:
            continue
        name, maker = made
        clause = clauses.get(document.clause or "")
        source = f"依据：《{clause.body['title']}》{clause.article}〔{clause.pk}〕{clause.gist}" if clause else ""
        maker(book, name, found, paper, _basis(document, source))


def _basis(document: Document, source: str) -> str:
    office = Office(document.office).label
    return f"{document.label}　制表：{office}　{source}{'　注：' + document.note if document.note else ''}"
