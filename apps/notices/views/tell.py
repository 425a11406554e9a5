"""What a team told its village: the page and its two forms."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from apps.accounts.middleware import ScopedRequest
from apps.core.errors import ApplicationError, Forbidden, NotFound, Refused
from apps.leave.services.duty import team_owned
from apps.notices.forms import DisclosureForm, PublicationForm
from apps.notices.selectors.law import disclosure_kinds, disclosure_rule
from apps.notices.selectors.records import told_by
from apps.notices.services import disclosure_record, publication_record
from apps.teams.models import Team


@require_GET
def team(request: ScopedRequest, team: int) -> HttpResponse:
    """The publications of a team and the disclosures of its village."""
    return _page(request, team_owned(request.actor, team, "notice.view"))


def _page(request: ScopedRequest, team: Team, form: forms.Form | None = None) -> HttpResponse:
    """The page, with the form that could not be taken where it stands."""
    today = timezone.localdate()
    told = told_by(team, today)
    context: dict[str, Any] = {"told": told, "team": team, "today": today}
    if request.actor.may("notice.record"):
        initial = {"on": today}
        if told.publication:
            context["publication"] = form if isinstance(form, PublicationForm) else PublicationForm(initial=initial)
        if told.disclosure:
            kinds = disclosure_kinds(told.disclosure)
            kept = form if isinstance(form, DisclosureForm) else None
            context["disclosure"] = kept or DisclosureForm(initial=initial, kinds=kinds)
    return render(request, "notices/team.html", context, status=200 if form is None else 422)


@require_POST
def publications(request: ScopedRequest, team: int) -> HttpResponse:
    """Write down a publication of the plan."""
    found = team_owned(request.actor, team, "notice.record")
    form = PublicationForm(request.POST)
    return _saved(request, found, form, publication_record, "已登记这次公布。")


@require_POST
def disclosures(request: ScopedRequest, team: int) -> HttpResponse:
    """Write down a matter laid open."""
    found = team_owned(request.actor, team, "notice.record")
    rule = disclosure_rule(found.area, timezone.localdate())
    if rule is None:
        raise Refused("本地现行规定没有写督促村里公开的事项，不用登记。")
    form = DisclosureForm(request.POST, kinds=disclosure_kinds(rule))
    return _saved(request, found, form, disclosure_record, "已登记这次公开。")


def _saved(
    request: ScopedRequest, team: Team, form: forms.Form, save: Callable[..., object], words: str
) -> HttpResponse:
    if form.is_valid():
        try:
            save(actor=request.actor, team=team.pk, **form.cleaned_data)
        except (NotFound, Forbidden):
            raise
        except ApplicationError as error:
            form.add_error(None, error.message)
        else:
            messages.success(request, words)
            return redirect("notices:team", team=team.pk)
    return _page(request, team, form)
