"""Where the notices of an area stand, those of one village with what they would say now, and one as published."""

from __future__ import annotations

from collections import Counter
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from apps.accounts.access import require
from apps.accounts.middleware import ScopedRequest
from apps.core.errors import NotFound
from apps.core.http import link_up
from apps.core.tenancy import area_contains
from apps.jurisdictions.models import Village
from apps.jurisdictions.selectors import division_names, townships
from apps.notices.models import Notice
from apps.notices.selectors.draft import COUNTY, TOWNSHIP
from apps.notices.selectors.sheet import sheet_of
from apps.notices.selectors.standing import TONES, WORDS, Standing, newest_notices, notice_of, standings
from apps.notices.services.publish import draft_digest
from apps.teams.models import Team

PAGE = 50


@require_GET
def board(request: ScopedRequest) -> HttpResponse:
    """The notices due in scope, those not published or out of date first: by township, state or a part of the name."""
    actor = request.actor
    require(actor, "notice.view")
    scope = actor.scope.area or ""
    if len(scope) > TOWNSHIP:
        return _village_page(request, scope)
    chosen = {key: request.GET.get(key, "").replace("\0", "").strip()[:40] for key in ("township", "state", "text")}
    today = timezone.localdate()
    found = standings(scope, today)
    places = list(townships(scope))
    page = Paginator([each for each in found if _wanted(each, chosen)], PAGE).get_page(request.GET.get("page"))
    counts = Counter(each.state for each in found)
    context = {
        "page": page,
        "due": bool(found),
        "counts": [(word, TONES[state], counts[state]) for state, word in WORDS.items()],
        "names": {place.code: place.name for place in places},
        "townships": places,
        "states": WORDS.items(),
        "chosen": chosen,
        "query": urlencode({key: value for key, value in chosen.items() if value}),
        "may_values": actor.may("notice.values") and len(scope) in (TOWNSHIP, COUNTY),
        "teams": list(Team.objects.within(scope).select_related("village")) if len(scope) == TOWNSHIP else [],
    }
    return render(request, "notices/list.html", context)


def _wanted(each: Standing, chosen: dict[str, str]) -> bool:
    return (
        (not chosen["township"] or area_contains(chosen["township"], each.draft.village.area))
        and (not chosen["state"] or chosen["state"] == each.state)
        and chosen["text"] in each.draft.village.name
    )


@require_GET
def village(request: ScopedRequest, area: str) -> HttpResponse:
    """The notices of one village: what each would say now, what is published, what may be done."""
    return _village_page(request, area)


def _village_page(request: ScopedRequest, area: str) -> HttpResponse:
    found = Village.objects.filter(area=area).first()
    if found is None:
        raise NotFound
    actor = request.actor
    require(actor, "notice.view", area)
    today = timezone.localdate()
    context: dict[str, Any] = {
        "village": found,
        "township": division_names([area[:TOWNSHIP]]).get(area[:TOWNSHIP], ""),
        "today": today,
        "teams": list(Team.objects.within(area)),
        "may": {"publish": actor.may("notice.publish"), "record": actor.may("notice.record")},
    }
    # Below a township the township's own fields are not read, so nothing is compared there.
    if len(actor.scope.area or "") > TOWNSHIP:
        context["published"] = [(each, sheet_of(each.content)) for each in newest_notices(area).values()]
        return render(request, "notices/village_read.html", context)
    context["shown"] = [
        (each, sheet_of(each.draft.content), draft_digest(each.draft)) for each in standings(area, today)
    ]
    return render(request, "notices/village.html", context)


@require_GET
def notice(request: ScopedRequest, notice: int) -> HttpResponse:
    """One published version as it was, and the other versions of it."""
    found = notice_of(notice)
    require(request.actor, "notice.view", found.area)
    rows = Notice.objects.filter(village=found.village_id, record=found.record, team=found.team_id)
    versions = list(rows.order_by("-version").select_related("display"))
    return render(
        request,
        "notices/notice.html",
        {
            "notice": found,
            "print_url": link_up("reports:paper", kind="notice", subject=found.pk),
            "sheet": sheet_of(found.content),
            "versions": versions,
            "current": versions[0].pk == found.pk,
            "may": {"publish": request.actor.may("notice.publish")},
            "today": timezone.localdate(),
        },
    )
