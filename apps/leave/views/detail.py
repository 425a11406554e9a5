"""One request: its way, what was filed, the proof, what may be done."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from apps.accounts.access import require
from apps.accounts.middleware import ScopedRequest
from apps.accounts.reach import reaching
from apps.core.attachment import attachment
from apps.core.errors import ApplicationError, NotFound
from apps.leave.models import Judgement, LeaveProof, LeaveRequest
from apps.leave.selectors.detail import detail_of, proofs_seen, request_seen
from apps.leave.selectors.filings import filed_with
from apps.leave.views.words import act_words


@require_GET
def detail(request: ScopedRequest, leave: int) -> HttpResponse:
    """The page of one request."""
    found = request_seen(request.actor, leave)
    require(request.actor, "leave.view")
    return detail_page(request, found)


def detail_page(
    request: ScopedRequest,
    found: LeaveRequest,
    error: ApplicationError | None = None,
    typed: Mapping[str, str] | None = None,
) -> HttpResponse:
    """The page, with an error and what was typed when an act was refused."""
    actor, today = request.actor, timezone.localdate()
    with reaching(actor, found):
        seen = detail_of(actor, found.pk, today)
        context = {
            "seen": seen,
            "leave": seen.request,
            "posting": seen.request.posting,
            "filings": [
                (each, filed_with(each), actor.may("leave.note") and each.to in actor.offices) for each in seen.filings
            ],
            "act": act_words(seen.standing, seen.entry) if seen.entry else None,
            "own": bool(actor.user.person) and actor.user.person == found.person,
            "judgements": Judgement.choices,
            "today": today,
            "error": error,
            "findings": getattr(error, "findings", []),
            "typed": typed or {},
        }
        return render(request, "leave/detail.html", context, status=error.status if error else 200)


@require_GET
def proof(request: ScopedRequest, proof: int) -> HttpResponse:
    """One file of proof, to be kept and not shown; NotFound for everybody whom it does not concern."""
    held = LeaveProof.objects.filter(pk=proof).select_related("request").defer("content").first()
    if held is None:
        raise NotFound
    require(request.actor, "leave.view")
    found = request_seen(request.actor, held.request_id)
    if held.pk not in {each.pk for each in proofs_seen(request.actor, found)}:
        raise NotFound
    return attachment(bytes(held.content), held.name, held.type)
