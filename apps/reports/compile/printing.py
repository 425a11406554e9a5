"""How each kind of paper is read and printed.  Loads pango: only a worker comes here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from apps.ledgers.models import Ledger
from apps.reports.compile.handover import handover_pdf, handover_read
from apps.reports.compile.ledger import ledger_paper
from apps.reports.compile.ledger.pages import Progress, ledger_pdf
from apps.reports.compile.ledger.paper import Paper
from apps.reports.compile.notice import notice_paper, notice_pdf
from apps.reports.compile.service import service_pdf, service_read
from apps.reports.models import DocumentKind
from apps.reports.selectors.snapshot import snapshot


@dataclass(frozen=True)
class Printer:
    """`read` gives plain values inside a transaction, `pdf` needs none: it may take minutes."""

    read: Callable[[int], Any]
    pdf: Callable[[Any, Progress], bytes]


def _ledger(pk: int) -> Paper:
    return ledger_paper(snapshot(Ledger.objects.get(pk=pk)))


PRINTERS: dict[str, Printer] = {
    DocumentKind.LEDGER: Printer(_ledger, ledger_pdf),
    DocumentKind.NOTICE: Printer(notice_paper, notice_pdf),
    DocumentKind.HANDOVER: Printer(handover_read, handover_pdf),
    DocumentKind.SERVICE: Printer(service_read, service_pdf),
}
