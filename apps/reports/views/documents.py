"""A PDF: asked for, watched, fetched."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from apps.accounts.access import require
from apps.accounts.middleware import ScopedRequest
from apps.core.attachment import attachment
from apps.core.errors import NotFound
from apps.core.http import told
from apps.ledgers.models import JobState
from apps.reports.models import Document
from apps.reports.selectors.documents import document_of, is_current, printing_job
from apps.reports.selectors.subjects import Subject, subject_of
from apps.reports.services import document_queue


@require_http_methods(["GET", "POST"])
@told("/")
def paper(request: ScopedRequest, kind: str, subject: int) -> HttpResponse:
    """The page of a thing's PDF; a POST has it made."""
    if request.method == "POST":
        return redirect(document_queue(actor=request.actor, kind=kind, subject=subject).url)
    return render(request, "reports/document.html", _shown(_found(request, kind, subject)))


@require_GET
def paper_progress(request: ScopedRequest, kind: str, subject: int) -> HttpResponse:
    """What stands on that page now; polls itself while the PDF is being made."""
    return render(request, "reports/_document.html", _shown(_found(request, kind, subject)))


@require_GET
def document(request: ScopedRequest, document: int) -> HttpResponse:
    """The file itself, always as an attachment."""
    found = Document.objects.filter(pk=document).first()
    if found is None:
        raise NotFound
    require(request.actor, subject_of(found.kind, found.subject).action, found.area)
    return attachment(bytes(found.content), found.name, "application/pdf")


def _found(request: ScopedRequest, kind: str, subject: int) -> Subject:
    found = subject_of(kind, subject)
    require(request.actor, found.action, found.area)
    return found


def _shown(subject: Subject) -> dict[str, Any]:
    job, paper = printing_job(subject), document_of(subject)
    under_way = job is not None and job.state in (JobState.QUEUED, JobState.RUNNING)
    return {
        "subject": subject,
        "document": paper,
        "current": is_current(paper, subject),
        "job": job if under_way else None,
        "text": f"PDF {JobState(job.state).label}" if job is not None else "",
        "failed": job.message if job is not None and job.state == JobState.FAILED else "",
    }
