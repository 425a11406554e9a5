"""Where a figure comes from: a fragment for the dialog, or a page of its own without script."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from apps.accounts.middleware import ScopedRequest
from apps.core.figures import figure_answer
from apps.core.months import Month
from apps.ledgers.selectors import figures


@require_GET
def line(request: ScopedRequest, line: figures.LineKey, measure: int) -> HttpResponse:
    """A measure of a ledger line."""
    return figure_answer(request, figures.line_figure(actor=request.actor, line=line, measure=measure))


@require_GET
def days(request: ScopedRequest, line: figures.LineKey, category: str) -> HttpResponse:
    """The days of a category in a ledger line."""
    return figure_answer(request, figures.days_figure(actor=request.actor, line=line, category=category))


@require_GET
def sheet(request: ScopedRequest, posting: int, month: Month, measure: int) -> HttpResponse:
    """A measure of a line of the month sheet."""
    return figure_answer(
        request, figures.sheet_figure(actor=request.actor, posting=posting, month=month, measure=measure)
    )


@require_GET
def sheet_days(request: ScopedRequest, posting: int, month: Month, category: str) -> HttpResponse:
    """The days of a category in a line of the month sheet."""
    found = figures.sheet_days_figure(actor=request.actor, posting=posting, month=month, category=category)
    return figure_answer(request, found)


@require_GET
def due(request: ScopedRequest, source: str, month: Month, part: str) -> HttpResponse:
    """A last day: the rule's day and the month."""
    found = figures.due_figure(source=source, month=month, part=part, today=timezone.localdate())
    return figure_answer(request, found)


@require_GET
def total(request: ScopedRequest, ledger: int, what: str) -> HttpResponse:
    """A sum of a ledger."""
    return figure_answer(request, figures.total_figure(actor=request.actor, ledger=ledger, what=what))


@require_GET
def quarter(request: ScopedRequest, posting: int, year: int, quarter: int, category: str) -> HttpResponse:
    """A person's quarter, for his unit."""
    found = figures.quarter_figure(actor=request.actor, posting=posting, year=year, quarter=quarter, category=category)
    return figure_answer(request, found)
