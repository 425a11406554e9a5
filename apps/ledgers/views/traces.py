"""Where a figure comes from: a fragment for the dialog, or a page of its own without script."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from apps.accounts.middleware import ScopedRequest
from apps.core.months import Month
from apps.ledgers.selectors import figures
from apps.ledgers.traces import Figure


@require_GET
def line(request: ScopedRequest, line: int, measure: int) -> HttpResponse:
    """A measure of a ledger line."""
    return _shown(request, figures.line_figure(actor=request.actor, line=line, measure=measure))


@require_GET
def days(request: ScopedRequest, line: int, category: str) -> HttpResponse:
    """The days of a category in a ledger line."""
    return _shown(request, figures.days_figure(actor=request.actor, line=line, category=category))


@require_GET
def sheet(request: ScopedRequest, posting: int, month: Month, measure: int) -> HttpResponse:
    """A measure of a line of the month sheet."""
    return _shown(request, figures.sheet_figure(actor=request.actor, posting=posting, month=month, measure=measure))


@require_GET
def total(request: ScopedRequest, ledger: int, what: str) -> HttpResponse:
    """A sum of a ledger."""
    return _shown(request, figures.total_figure(actor=request.actor, ledger=ledger, what=what))


@require_GET
def quarter(request: ScopedRequest, posting: int, year: int, quarter: int, category: str) -> HttpResponse:
    """A person's quarter, for his unit."""
    found = figures.quarter_figure(actor=request.actor, posting=posting, year=year, quarter=quarter, category=category)
    return _shown(request, found)


def _shown(request: ScopedRequest, figure: Figure) -> HttpResponse:
    in_dialog = request.headers.get("HX-Request") == "true"
    template = "traces/_trace.html" if in_dialog else "traces/trace.html"
    response = render(request, template, {"figure": figure, "trace": figure.trace})
    response["Vary"] = "HX-Request"
    return response
