"""The list of ledgers."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from apps.accounts.access import require
from apps.accounts.middleware import ScopedRequest
from apps.core.http import month_asked, number_asked
from apps.core.months import Month
from apps.core.tenancy import COUNTY
from apps.ledgers.models import Ledger, LedgerKind, LedgerState
from apps.ledgers.selectors.lists import county_lacks, ledgers_in

PAGE = 50
LAST = 20_000  # pages; a million ledgers
# As templates/ledgers/_tone.html has it.
_TONES = {
    LedgerState.ACCEPTED: "is-done",
    LedgerState.RETURNED: "is-bad",
    LedgerState.SUPERSEDED: "is-off",
    LedgerState.SUBMITTED: "is-wait",
}


@dataclass(frozen=True, slots=True)
class Row:
    """A ledger as the list shows it.  Its texts are made here: fifty rows of template filters take twice as long."""

    url: str
    name: str
    month: str
    kind: str
    people: str
    version: str
    state: str
    tone: str
    changed: str


def _row(ledger: Ledger, place: str) -> Row:
    changed = timezone.localtime(ledger.changed_at)
    return Row(
        f"{place}{ledger.pk}/",
        ledger.name,
        f"{ledger.month.year}年{ledger.month.month}月",
        LedgerKind(ledger.kind).label,
        str(ledger.people),
        f"第{ledger.version}版",
        LedgerState(ledger.state).label,
        _TONES.get(LedgerState(ledger.state), "is-open"),
        f"{changed.year}年{changed.month}月{changed.day}日 {changed:%H:%M}",
    )


@require_GET
def ledgers(request: ScopedRequest) -> HttpResponse:
    """Ledgers in scope, filtered by month, state, kind and place; fifty a page.  Who may make the county's ledger also sees
    whether it can be made."""
    require(request.actor, "ledger.view")
    chosen = {key: request.GET.get(key, "") for key in ("month", "state", "kind", "area")}
    month = month_asked(chosen["month"])
    scope = request.actor.scope.area or ""
    area = chosen["area"] if chosen["area"].startswith(scope) else scope
    rows = ledgers_in(area=area, month=month, state=chosen["state"], kind=chosen["kind"])
    number = min(max(1, number_asked(request.GET.get("page", "")) or 1), LAST)
    start = (number - 1) * PAGE
    found: list[Ledger] = list(rows[start : start + PAGE + 1])
    place = reverse("ledgers:detail", kwargs={"ledger": 1}).removesuffix("1/")
    county_month = month or Month.of(timezone.localdate()).previous()
    county_area = scope if len(scope) == COUNTY and request.actor.may("ledger.compile_county") else ""
    return render(
        request,
        "ledgers/list.html",
        {
            "ledgers": [_row(ledger, place) for ledger in found[:PAGE]],
            "number": number,
            "more": len(found) > PAGE,
            "query": urlencode({key: value for key, value in chosen.items() if value}),
            "chosen": chosen,
            "states": LedgerState.choices,
            "kinds": LedgerKind.choices,
            "county_month": county_month,
            "county_area": county_area,
            "county_lacks": county_lacks(area=county_area, month=county_month) if county_area else "",
        },
    )
