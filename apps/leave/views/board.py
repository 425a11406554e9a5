"""The list of leave: one's own, or what waits for one's decision and who is away."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from apps.accounts.access import require
from apps.accounts.middleware import ScopedRequest
from apps.leave.models import LeaveState
from apps.leave.selectors.due_list import own_balances
from apps.leave.selectors.duty import watch_days
from apps.leave.selectors.filings import filings_unseen
from apps.leave.selectors.standing import board_of, own_requests, settled_in
from apps.leave.views.words import act_words

PAGE = 30


@require_GET
def board(request: ScopedRequest) -> HttpResponse:
    """A person's own requests; for an area or a team what waits first, then who is away, then what is over."""
    require(request.actor, "leave.view")
    today = timezone.localdate()
    if request.actor.scope.person is not None:
        context = {
            "requests": own_requests(request.actor, today),
            "balances": own_balances(request.actor, today.year, today),
            "year": today.year,
            "today": today,
        }
        return render(request, "leave/own.html", context)
    return _board(request, today)


def _board(request: ScopedRequest, today: date) -> HttpResponse:
    actor = request.actor
    found = board_of(actor, today)
    watch = watch_days(each.request for each, _ in found.mine if each.request.state == LeaveState.ASKED)
    own = next((held.key for held in request.positions if held.scope.person), "")
    return render(
        request,
        "leave/board.html",
        {
            "others": _page(request, found.others, "others"),
            "late": _page(request, found.late, "late"),
            "current": _page(request, found.current, "current"),
            "mine": [
                {
                    "standing": each,
                    "entry": entry,
                    "watch": watch.get(each.request.pk),
                    "judges": each.run and each.run.judges(entry.key),
                }
                | act_words(each, entry)
                for each, entry in found.mine
            ],
            "settled": _page(request, settled_in(actor, today), "settled"),
            "today": today,
            "own": own,
            "unseen": filings_unseen(actor) if actor.may("leave.note") else 0,
            "may": {name: actor.may(f"leave.{name}") for name in ("paper", "note", "judge")}
            | {
                "deputy": actor.may("deputy.set"),
                "duty": actor.may("duty.view"),
                "rest": actor.may("rest.view"),
                "due": actor.may("due.view"),
            },
        },
    )


def _page(request: ScopedRequest, rows: Any, name: str) -> Page[Any]:
    """One page of a list of the board; `name` is its parameter in the address."""
    return Paginator(rows, PAGE).get_page(request.GET.get(name))
