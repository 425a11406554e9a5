"""Terms: whose ends within the next months."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from apps.accounts.access import require
from apps.accounts.middleware import ScopedRequest
from apps.core.tenancy import area_contains
from apps.jurisdictions.selectors import townships
from apps.rules.language.deadlines import months_on
from apps.teams.compile.ending import term_lines
from apps.teams.selectors import village_names

PAGE = 50
AHEAD = ("3", "6", "12", "24")


@require_GET
def terms(request: ScopedRequest) -> HttpResponse:
    """People in post whose term is over or ends within the chosen months, the earliest first, fifty a page."""
    require(request.actor, "village.view")
    scope, today = request.actor.scope.area or "", timezone.localdate()
    chosen = {key: request.GET.get(key, "").strip() for key in ("township", "months")}
    area = chosen["township"] if area_contains(scope, chosen["township"]) else scope
    months = chosen["months"] if chosen["months"] in AHEAD else AHEAD[1]
    until = months_on(today, int(months)) - timedelta(days=1)
    found = [line for line in term_lines(area, today) if line.planned and line.planned <= until]
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    names, places = village_names(area), list(townships(scope))
    towns = {place.code: place.name for place in places}
    return render(
        request,
        "teams/terms.html",
        {
            "page": page,
            "rows": [(line, towns.get(line.area[:10], ""), names.get(line.area, "")) for line in page],
            "townships": places,
            "chosen": {"township": chosen["township"], "months": months},
            "ahead": AHEAD,
            "until": until,
            "query": urlencode({"township": chosen["township"], "months": months}),
        },
    )
