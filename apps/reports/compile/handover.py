"""A handover list on A4: its items, places to sign, the clause and a digest of what stands on it."""

from __future__ import annotations

from apps.reports.compile.ledger.pages import Progress
from apps.reports.compile.sheets import sheet_pdf
from apps.reports.selectors.papers import HandoverSheet, handover_sheet
from apps.staffing.models import Handover


def handover_read(pk: int) -> HandoverSheet:
    """The list of a handover."""
    return handover_sheet(Handover.objects.select_related("case").get(pk=pk))


def handover_pdf(sheet: HandoverSheet, progress: Progress | None = None) -> bytes:
    """The PDF of a handover list."""
    context = {"paper": sheet.paper, "hash": sheet.hash, "foot": sheet.basis}
    content = sheet_pdf("reports/pdf/handover", context, title=sheet.paper.label)
    if progress is not None:
        progress(1, 1)
    return content
