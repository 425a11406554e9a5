"""The roster: who is posted where."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from apps.accounts.access import require
from apps.accounts.middleware import ScopedRequest
from apps.core.http import link_up
from apps.core.tenancy import COUNTY, area_contains
from apps.jurisdictions.models import Division
from apps.jurisdictions.selectors import townships
from apps.teams.models import Posting, PostRole
from apps.teams.selectors import roster

PAGE = 50
_ROLES = dict(PostRole.choices)


@require_GET
def postings(request: ScopedRequest) -> HttpResponse:
    """The postings in scope, fifty a page: by township, by a part of the name or unit, in post today or all.

    A county sees the masked number beside each name; a township sees who is posted with it and no register of persons.
    """
    require(request.actor, "roster.view")
    scope = request.actor.scope.area or ""
    chosen = {key: request.GET.get(key, "").replace("\0", "").strip() for key in ("township", "text", "all")}
    area = chosen["township"] if area_contains(scope, chosen["township"]) else scope
    persons = len(scope) <= COUNTY
    today = None if chosen["all"] else timezone.localdate()
    found = roster(area, text=chosen["text"][:40], on=today, persons=persons)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    places = list(townships(scope))
    return render(
        request,
        "teams/roster.html",
        {
            "page": page,
            "rows": [_row(posting, places, persons=persons) for posting in page],
            "persons": persons,
            "certificates": persons and request.actor.may("service.view"),
            "townships": places,
            "chosen": chosen,
            "query": urlencode({key: value for key, value in chosen.items() if value}),
            "may_import": request.actor.may("roster.import"),
        },
    )


def _row(posting: Posting, places: list[Division], *, persons: bool) -> dict[str, Any]:
    township = next((place.name for place in places if place.code == posting.area[:10]), "")
    return {
        "posting": posting,
        "roles": "、".join(str(_ROLES[role]) for role in posting.roles),
        "village": posting.team.village.name,
        "township": township,
        "unit": posting.unit.name,
        "masked": posting.cadre.id_masked if persons else "",
        "certificate": link_up("reports:paper", kind="service", subject=posting.cadre_id),
    }
