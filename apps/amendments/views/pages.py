"""What is proposed: the list, one proposal with what it would change, its rehearsal."""

from __future__ import annotations

from itertools import chain
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from apps.accounts.access import Actor, require
from apps.accounts.middleware import ScopedRequest
from apps.amendments.models import Amendment
from apps.amendments.selectors import (
    amendment_of,
    amendments_in,
    changes_by,
    published_since,
    rehearsal_counts,
    sources_for,
    stricter,
)
from apps.amendments.telling import by_month, counted, summary, table
from apps.core.attachment import attachment
from apps.core.http import number_asked
from apps.jurisdictions.history import Change
from apps.jurisdictions.law import CONSTRUCT_WORDS
from apps.jurisdictions.selectors import division_names
from apps.ledgers.services.rehearse import Rehearsal
from apps.ledgers.services.rehearse import rehearse as rehearsed

PAGE = 30
SHOWN = 200  # changes of rules on one page
ROWS = 100  # rows of a rehearsal on one page


@require_GET
def listing(request: ScopedRequest) -> HttpResponse:
    """The proposals in one's own area, thirty a page."""
    require(request.actor, "rules.propose")
    area = request.actor.scope.area or ""
    page = Paginator(amendments_in(area), PAGE).get_page(number_asked(request.GET.get("page", "")) or 1)
    place = division_names([area[:10]]).get(area[:10], "")
    return render(request, "amendments/list.html", {"page": page, "place": place})


@require_GET
def detail(request: ScopedRequest, amendment: int) -> HttpResponse:
    """One proposal: what it changes, old beside new, where it is stricter than above, its rehearsal, what to do."""
    found = amendment_of(amendment)
    require(request.actor, "rules.propose", found.area)
    pack, changes, warnings = found.pack, changes_by(found), stricter(found)
    cited = chain(
        (id_ for _, _, change in changes[:SHOWN] for id_ in change.cited),
        (id_ for each in warnings for id_ in (each.clause, each.clause_above) if id_),
    )
    sources = sources_for(found, cited)
    current = found.open and rehearsal_counts(found)
    context = {
        "amendment": found,
        "pack": pack,
        "changes": [_row(found, *each, sources) for each in changes[:SHOWN]],
        "number": len(changes),
        "own": found.own,
        "warnings": [
            {"each": each, "clause": sources.get(each.clause or ""), "above": sources.get(each.clause_above or "")}
            for each in warnings
        ],
        "summary": summary(found.rehearsal) if found.rehearsed_at else [],
        "current": current,
        "overtaken": found.open and published_since(found),
        "may": _may(request.actor, found, current=current),
    }
    return render(request, "amendments/detail.html", context)


def _row(found: Amendment, part: str, key: str, change: Change, sources: dict[str, dict[str, Any]]) -> dict[str, Any]:
    query = urlencode({"area": found.area, "part": part, "key": key})
    return {
        "change": change,
        "kind": CONSTRUCT_WORDS[part],
        "cited": [sources[id_] for id_ in change.cited if id_ in sources],
        "history": f"{reverse('jurisdictions:history')}?{query}",
    }


def _may(actor: Actor, found: Amendment, *, current: bool) -> dict[str, bool]:
    """Which buttons there are; the services ask again."""
    mine = found.is_of(actor.user.pk, actor.name)
    return {
        "rehearse": found.open,
        "decide": found.open and not mine and actor.may("rules.decide"),
        "publish": current,
        "withdraw": found.open and found.proposed_by_id == actor.user.pk,
        "mine": mine,
    }


@require_GET
def rehearsal(request: ScopedRequest, amendment: int) -> HttpResponse:
    """The first hundred figures that would be others, by month and person, worked out anew; nothing is stored."""
    found, result = _rehearsed(request, amendment)
    context = {
        "amendment": found,
        "summary": summary(counted(result)),
        "months": by_month(result.changes[:ROWS]),
        "number": len(result.changes),
        "shown": ROWS,
    }
    part = "_rehearsal" if request.headers.get("HX-Request") == "true" else "rehearsal"
    response = render(request, f"amendments/{part}.html", context)
    response["Vary"] = "HX-Request"
    return response


@require_GET
def rehearsal_table(request: ScopedRequest, amendment: int) -> HttpResponse:
    """All of them as a table file."""
    found, result = _rehearsed(request, amendment)
    name = f"{found.title}试算{timezone.localdate():%Y%m%d}.csv"
    return attachment(table(result).encode(), name, "text/csv; charset=utf-8")


def _rehearsed(request: ScopedRequest, amendment: int) -> tuple[Amendment, Rehearsal]:
    found = amendment_of(amendment)
    require(request.actor, "rules.propose", found.area)
    return found, rehearsed(pack=found.pack, today=timezone.localdate())
