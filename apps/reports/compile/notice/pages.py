"""A notice on A3 landscape, to be hung on a board: large letters, as many pages as its people need."""

from __future__ import annotations

from apps.reports.compile.ledger.pages import Progress
from apps.reports.compile.notice.paper import NoticePaper
from apps.reports.compile.sheets import sheet_pdf


def notice_pdf(paper: NoticePaper, progress: Progress | None = None) -> bytes:
    """The PDF of a notice; `progress(1, 1)` is told when it is set."""
    content = sheet_pdf("reports/pdf/notice", {"paper": paper}, title=paper.title)
    if progress is not None:
        progress(1, 1)
    return content
