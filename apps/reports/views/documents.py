"""The PDF of a ledger: asked for, watched, fetched."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from apps.accounts.access import require
from apps.accounts.middleware import ScopedRequest
from apps.core.attachment import attachment
from apps.core.errors import NotFound
from apps.core.http import told
from apps.core.months import Month
from apps.ledgers.models import JobState, Ledger
from apps.reports.models import Document
from apps.reports.selectors.documents import document_of, is_current, printing_job
from apps.reports.services import document_queue


@require_http_methods(["GET", "POST"])
@told("/ledgers/")
def ledger_pdf(request: ScopedRequest, ledger: int) -> HttpResponse:
    """The page of a ledger's PDF; a POST has it made."""
    if request.method == "POST":
        found = document_queue(actor=request.actor, ledger=ledger)
        return redirect("reports:ledger_pdf", ledger=found.pk)
    return render(request, "reports/document.html", _shown(_ledger(request, ledger)))


@require_GET
def ledger_pdf_progress(request: ScopedRequest, ledger: int) -> HttpResponse:
    """What stands on that page now; polls itself while the PDF is being made."""
    return render(request, "reports/_document.html", _shown(_ledger(request, ledger)))


@require_GET
def document(request: ScopedRequest, document: int) -> HttpResponse:
    """The file itself, always as an attachment."""
    found = Document.objects.filter(pk=document).first()
    if found is None:
        raise NotFound
    require(request.actor, "ledger.download", found.area)
    return attachment(bytes(found.content), found.name, "application/pdf")


def _ledger(request: ScopedRequest, ledger: int) -> Ledger:
    found = Ledger.objects.filter(pk=ledger).first()
    if found is None:
        raise NotFound
    require(request.actor, "ledger.download", found.area)
    return found


def _shown(ledger: Ledger) -> dict[str, Any]:
    job, paper = printing_job(ledger), document_of(ledger)
    under_way = job is not None and job.state in (JobState.QUEUED, JobState.RUNNING)
    return {
        "ledger": ledger,
        "month": Month.of(ledger.month),
        "document": paper,
        "current": is_current(paper, ledger),
        "job": job if under_way else None,
        "text": f"PDF {JobState(job.state).label}" if job is not None else "",
        "failed": job.message if job is not None and job.state == JobState.FAILED else "",
        "progress_url": reverse("reports:ledger_pdf_progress", kwargs={"ledger": ledger.pk}),
    }
