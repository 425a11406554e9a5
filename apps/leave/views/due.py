"""Days of leave due, taken and left: a list by person and year, and entering what is due."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from apps.accounts.access import Actor, require
from apps.accounts.middleware import ScopedRequest
from apps.core.errors import ApplicationError, BadInput, Forbidden, NotFound
from apps.leave.forms import DueForm
from apps.leave.selectors.due import Balance
from apps.leave.selectors.due_list import balances_seen, due_postings
from apps.leave.services import due_enter
from apps.leave.services.due import Entered
from apps.leave.views.rest import year_asked
from apps.teams.models import Posting

PAGE = 30


@require_GET
def due(request: ScopedRequest) -> HttpResponse:
    """The people of the scope with what is due to them in a year."""
    require(request.actor, "due.view")
    today = timezone.localdate()
    year = year_asked(request.GET.get("year", ""), today)
    page: Page[Posting] = Paginator(due_postings(year), PAGE).get_page(request.GET.get("page"))
    context = {
        "year": year,
        "page": page,
        "rows": balances_seen(request.actor, list(page), year, today),
        "may_enter": request.actor.may("due.enter") and abs(year - today.year) <= 1,
    }
    return render(request, "leave/due.html", context)


@require_http_methods(["GET", "POST"])
def due_entry(request: ScopedRequest, posting: int, year: int, key: str) -> HttpResponse:
    """Enter what is due to one person."""
    found = Posting.objects.filter(pk=posting).first()
    if found is None:
        raise NotFound
    require(request.actor, "due.enter")
    balance = _balance(request.actor, found, year, key, timezone.localdate())
    form = DueForm(request.POST or None, initial=_initial(balance))
    if balance.known_by_rule:
        del form.fields["days"]
    if request.method == "POST" and form.is_valid() and _entered(request, balance, posting, form):
        return redirect(f"{reverse('leave:due')}?year={year}")
    return render(request, "leave/due_entry.html", {"posting": found, "balance": balance, "form": form})


def _balance(actor: Actor, posting: Posting, year: int, key: str, today: date) -> Balance:
    [seen] = balances_seen(actor, [posting], year, today)
    found = next((each for each in seen.of if each.key == key), None)
    if found is None:
        raise BadInput(f"{posting.name}{year}年没有这项应休天数，请从列表进入。")
    return found


def _initial(balance: Balance) -> dict[str, Any]:
    row = balance.entered
    if row is None:
        return {}
    return {name: getattr(row, name) for name in ("days", "counted", "elsewhere", "basis")}


def _entered(request: ScopedRequest, balance: Balance, posting: int, form: DueForm) -> bool:
    values = {"days": None} | form.cleaned_data
    try:
        due_enter(actor=request.actor, posting=posting, year=balance.year, key=balance.key, entered=Entered(**values))
    except (NotFound, Forbidden):
        raise
    except ApplicationError as error:
        form.add_error(None, error.message)
        return False
    messages.success(request, "已填写应休天数。")
    return True
