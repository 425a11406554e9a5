"""党组织关系: who has moved his, who has not, and first secretaries who lead the village's party organisation."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from apps.accounts.access import require
from apps.accounts.middleware import ScopedRequest
from apps.core.errors import ApplicationError, Forbidden, NotFound
from apps.core.tenancy import COUNTY
from apps.staffing.forms_leaving import LastDayForm, RelationForm, SecretaryForm
from apps.staffing.models import PartyRelation, VillageSecretary
from apps.staffing.selectors.handover import role_words
from apps.staffing.selectors.party import SECRETARY, party_law, party_standings
from apps.staffing.services import party_relation_record, village_secretary_end, village_secretary_record
from apps.staffing.views.tabs import tabs_of
from apps.teams.models import Posting

PAGE = 50


@require_GET
def party(request: ScopedRequest) -> HttpResponse:
    """Party members in post, those whose relation is missing first."""
    require(request.actor, "party.view")
    rows = party_standings(request.actor, timezone.localdate())
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {
        "tabs": tabs_of(request.actor, "staffing:party"),
        "page": page,
        "missing": sum(row.finding is not None for row in rows),
        "may_enter": request.actor.may("party.enter"),
        "area": bool(request.actor.scope.area),
    }
    return render(request, "staffing/party.html", context)


@require_http_methods(["GET", "POST"])
def person(request: ScopedRequest, posting: int) -> HttpResponse:
    """What is recorded of one person in post, and the forms to record it."""
    held = _posting(request, posting)
    form = RelationForm(request.POST or None, initial=_initial(held))

    def save(given: dict[str, Any]) -> str:
        party_relation_record(actor=request.actor, posting=posting, **given)
        return "已登记党组织关系转接。"

    return _saved(request, held, "relation", form, save)


@require_POST
def secretary(request: ScopedRequest, posting: int) -> HttpResponse:
    """That he leads the village's party organisation too."""
    held = _posting(request, posting)

    def save(given: dict[str, Any]) -> str:
        village_secretary_record(actor=request.actor, posting=posting, **given)
        return "已登记兼任村党组织书记。"

    return _saved(request, held, "secretary", SecretaryForm(request.POST), save)


@require_POST
def secretary_end(request: ScopedRequest, secretary: int) -> HttpResponse:
    """The last day on which he did."""
    row = VillageSecretary.objects.filter(pk=secretary).first()
    if row is None:
        raise NotFound
    held = _posting(request, row.posting_id)

    def save(given: dict[str, Any]) -> str:
        village_secretary_end(actor=request.actor, secretary=secretary, **given)
        return "已登记兼任结束。"

    return _saved(request, held, "end", LastDayForm(request.POST), save)


def _posting(request: ScopedRequest, posting: int) -> Posting:
    held = Posting.objects.filter(pk=posting).first()
    if held is None:
        raise NotFound
    require(request.actor, "party.enter")
    return Posting.objects.select_related("team__village", "unit", "cadre").get(pk=posting)


def _initial(held: Posting) -> dict[str, Any]:
    known = PartyRelation.objects.filter(posting=held).first()
    return {"moved_on": known.moved_on, "branch": known.branch} if known else {}


def _saved(
    request: ScopedRequest, held: Posting, name: str, form: forms.Form, save: Callable[[dict[str, Any]], str]
) -> HttpResponse:
    """The page after a form: saved, or with what is wrong beside it and everything typed still there."""
    if request.method == "POST" and form.is_valid():
        try:
            told = save(form.cleaned_data)
        except (NotFound, Forbidden):
            raise
        except ApplicationError as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, told)
            return redirect("staffing:party_person", posting=held.pk)
    law = party_law([held.area[:COUNTY]], timezone.localdate()).get(held.area[:COUNTY])
    context = {
        "posting": held,
        "roles": role_words(held.roles),
        "relation": RelationForm(initial=_initial(held)),
        "secretary": SecretaryForm(),
        "end": LastDayForm(),
        "law": law,
        "held": VillageSecretary.objects.filter(posting=held),
        "clause": law.secretary.clause if law and law.secretary else "",
        "known": SECRETARY,
        name: form,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "staffing/party_person.html", context, status=status)
