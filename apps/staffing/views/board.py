"""The list: what waits for somebody, which villages wait, who is to be posted, what is over."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from apps.accounts.access import require
from apps.accounts.middleware import ScopedRequest
from apps.staffing.selectors.detail import roles_words
from apps.staffing.selectors.openings import openings_in
from apps.staffing.selectors.standing import board_of, settled_in, to_place
from apps.staffing.selectors.words import matter_word
from apps.staffing.views.tabs import tabs_of

PAGE = 30


@require_GET
def board(request: ScopedRequest) -> HttpResponse:
    """Cases by whose turn it is, and the openings in scope."""
    actor = request.actor
    require(actor, "staffing.view")
    today = timezone.localdate()
    found = board_of(actor, today)
    page = Paginator(settled_in(actor), PAGE).get_page(request.GET.get("page"))
    context = {
        "tabs": tabs_of(actor, "staffing:list"),
        "mine": [{"case": each.case, "word": matter_word(each.case), "entry": entry} for each, entry in found.mine],
        "others": [
            {"case": each.case, "word": matter_word(each.case), "awaited": each.awaited} for each in found.others
        ],
        "placing": [{"case": case, "roles": roles_words(case.roles)} for case in to_place(actor)],
        "openings": [{"row": row, "roles": roles_words(row.opening.roles)} for row in openings_in(actor, today)],
        "page": page,
        "settled": [{"case": case, "word": matter_word(case)} for case in page],
        "may": {
            name: actor.may(f"{kind}.{name}")
            for kind, name in (("opening", "edit"), ("candidate", "nominate"), ("candidate", "place"))
        },
    }
    return render(request, "staffing/board.html", context)
