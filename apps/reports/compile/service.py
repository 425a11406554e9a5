"""The certificate of somebody's service in a county's villages (驻村工作经历证明), on A4."""

from __future__ import annotations

from apps.cadres.models import Cadre
from apps.reports.compile.ledger.pages import Progress
from apps.reports.compile.sheets import sheet_pdf
from apps.reports.selectors.papers import ServiceSheet, service_sheet


def service_read(pk: int) -> ServiceSheet:
    """The certificate of a person of a county."""
    return service_sheet(Cadre.objects.get(pk=pk))


def service_pdf(sheet: ServiceSheet, progress: Progress | None = None) -> bytes:
    """The PDF of a certificate."""
    context = {"sheet": sheet, "record": sheet.record, "hash": sheet.hash, "foot": sheet.basis}
    content = sheet_pdf("reports/pdf/service", context, title=f"{sheet.record.name}驻村工作经历证明")
    if progress is not None:
        progress(1, 1)
    return content
