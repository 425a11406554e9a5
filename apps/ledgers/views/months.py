"""Closing and reopening a month, and the progress of its ledger."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from apps.accounts.access import require
from apps.accounts.middleware import ScopedRequest
from apps.attendance.selectors import sheet_rows
from apps.core.errors import ApplicationError, Forbidden, NotFound, Refused
from apps.core.http import number_asked, told
from apps.core.months import Month
from apps.ledgers.models import JobState, Ledger, LedgerKind
from apps.ledgers.selectors.lists import open_job
from apps.ledgers.services import county_ledger_queue, month_close, month_reopen


@require_POST
def close(request: ScopedRequest, area: str, month: Month) -> HttpResponse:
    """Close the month and go to its ledger; when something is missing, back to the sheet with the list."""
    try:
        ledger = month_close(actor=request.actor, area=area, month=month)
    except (NotFound, Forbidden):
        raise
    except ApplicationError as error:
        messages.error(request, error.message)
        findings = error.findings[1:6] if isinstance(error, Refused) else []
        for finding in findings:
            messages.warning(request, finding.message)
        return redirect("attendance:sheet", area=area, month=month)
    messages.success(request, f"{month.label}已月结，正在编制台账。")
    return redirect("ledgers:detail", ledger=ledger.pk)


@require_POST
@told("/ledgers/")
def reopen(request: ScopedRequest, ledger: int) -> HttpResponse:
    """Open chosen teams of a ledger's month again, or all of them, with a reason."""
    found = _ledger(request, ledger)
    month = Month.of(found.month)
    chosen = [team for text in request.POST.getlist("team") if (team := number_asked(text)) is not None]
    if request.POST.get("all"):
        chosen = [row.team for row in sheet_rows(area=found.area, month=month, with_year=False)]
    reason = request.POST.get("reason", "")
    opened = month_reopen(actor=request.actor, area=found.area, month=month, teams=chosen, reason=reason)
    messages.success(request, f"已重新打开{opened}个工作队的{month.label}考勤，更正后请再次月结。")
    if request.actor.may("sheet.enter"):
        return redirect("attendance:sheet", area=found.area, month=month)
    return redirect("ledgers:detail", ledger=found.pk)


@require_POST
@told("/ledgers/")
def county(request: ScopedRequest, area: str, month: Month) -> HttpResponse:
    """Queue the county's ledger and go to it."""
    ledger = county_ledger_queue(actor=request.actor, area=area, month=month)
    messages.success(request, f"正在编制{ledger.name}{month.label}县级台账。")
    return redirect("ledgers:detail", ledger=ledger.pk)


@require_GET
def progress(request: ScopedRequest, ledger: int) -> HttpResponse:
    """The progress line while a ledger is being made; tells the page to reload when it is."""
    found = _ledger(request, ledger)
    job = open_job(ledger=found)
    if found.state != "queued" or job is None:
        response = HttpResponse("")
        response["HX-Refresh"] = "true"
        return response
    bad = job.state == JobState.FAILED
    return render(
        request,
        "parts/_progress.html",
        {
            "done": job.done,
            "total": job.total or 1,
            "text": job.message if bad else f"台账{JobState(job.state).label}",
            "bad": bad,
            "url": "" if bad else reverse("ledgers:progress", kwargs={"ledger": found.pk}),
        },
    )


def _ledger(request: ScopedRequest, ledger: int) -> Ledger:
    found = Ledger.objects.filter(pk=ledger, kind__in=LedgerKind.values).first()
    if found is None:
        raise NotFound
    require(request.actor, "ledger.view", found.area)
    return found
