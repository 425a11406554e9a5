"""What was filed with one's unit or office, and taking note of it."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from apps.accounts.access import require
from apps.accounts.middleware import ScopedRequest
from apps.leave.selectors.filings import filings_for
from apps.leave.services import filing_acknowledge

PAGE = 50


@require_GET
def filings(request: ScopedRequest) -> HttpResponse:
    """The filings, those that nobody has taken note of first."""
    require(request.actor, "leave.note")
    rows = filings_for(request.actor).order_by(F("seen_at").desc(nulls_first=True), "-at", "-pk")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    return render(request, "leave/filings.html", {"page": page})


@require_POST
def seen(request: ScopedRequest, filing: int) -> HttpResponse:
    """Take note of one filing."""
    found = filing_acknowledge(actor=request.actor, filing=filing)
    messages.success(request, f"已收悉{found.name}的请假备案。")
    return redirect("leave:filings")
