"""A handover list on A4: five items, places to sign, the clause and a digest of what stands on it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import date

from apps.reports.compile.ledger.pages import Progress
from apps.reports.compile.sheets import sheet_pdf
from apps.reports.compile.words import cited
from apps.staffing.models import Handover
from apps.staffing.selectors.handover import HandoverPaper, handover_paper


@dataclass(frozen=True)
class HandoverSheet:
    """A handover list ready to print; `basis` is where its clause stands."""

    paper: HandoverPaper
    basis: str
    hash: str


def handover_sheet(pk: int) -> HandoverSheet:
    """The list of a handover, read in its village's area."""
    paper = handover_paper(Handover.objects.select_related("case").get(pk=pk).case)
    return HandoverSheet(paper, cited(paper.clause), handover_digest(paper))


def handover_digest(paper: HandoverPaper) -> str:
    """The sha256 of all that a list shows."""
    text = json.dumps(asdict(paper), ensure_ascii=False, sort_keys=True, default=date.isoformat)
    return hashlib.sha256(text.encode()).hexdigest()


def handover_pdf(sheet: HandoverSheet, progress: Progress | None = None) -> bytes:
    """The PDF of a handover list."""
    context = {"sheet": sheet, "paper": sheet.paper, "hash": sheet.hash, "foot": sheet.basis}
    content = sheet_pdf("reports/pdf/handover", context, title=sheet.paper.label)
    if progress is not None:
        progress(1, 1)
    return content
