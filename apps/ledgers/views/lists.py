"""The list of ledgers."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from apps.accounts.access import require
from apps.accounts.middleware import ScopedRequest
from apps.core.errors import BadInput
from apps.core.months import Month
from apps.ledgers.models import Ledger, LedgerKind, LedgerState
from apps.ledgers.selectors.lists import ledgers_in

PAGE = 50


@require_GET
def ledgers(request: ScopedRequest) -> HttpResponse:
    """Ledgers in scope, filtered by month, state, kind and place; fifty a page, one query more than the page shows."""
    require(request.actor, "ledger.view")
    chosen = {key: request.GET.get(key, "") for key in ("month", "state", "kind", "area")}
    month = _month(chosen["month"])
    scope = request.actor.scope.area or ""
    area = chosen["area"] if chosen["area"].startswith(scope) else scope
    rows = ledgers_in(area=area, month=month, state=chosen["state"], kind=chosen["kind"])
    number = int(request.GET["page"]) if request.GET.get("page", "").isdigit() else 1
    start = (max(1, number) - 1) * PAGE
    found: list[Ledger] = list(rows[start : start + PAGE + 1])
    return render(
        request,
        "ledgers/list.html",
        {
            "ledgers": found[:PAGE],
            "number": number,
            "more": len(found) > PAGE,
            "query": urlencode({key: value for key, value in chosen.items() if value}),
            "chosen": chosen,
            "states": LedgerState.choices,
            "kinds": LedgerKind.choices,
            "county_month": month or Month.of(timezone.localdate()).previous(),
            "county_area": scope if len(scope) == 7 and request.actor.may("ledger.compile_county") else "",
        },
    )


def _month(text: str) -> Month | None:
    if not text:
        return None
    try:
        return Month.parse(text)
    except ValueError as error:
        raise BadInput(str(error)) from error
