"""The yearly rest plan: the teams of an area with and without one, and one team's plan."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from apps.accounts.access import require
from apps.accounts.middleware import ScopedRequest
from apps.core.errors import ApplicationError, Forbidden, NotFound
from apps.core.http import number_asked
from apps.leave.forms import RestForm
from apps.leave.selectors.duty_month import team_reached, teams_in
from apps.leave.selectors.law import law_on
from apps.leave.selectors.rest import plan_asked, plan_of, planned_teams
from apps.leave.services import rest_add, rest_remove
from apps.teams.selectors import open_postings

PAGE = 50


@require_GET
def rest(request: ScopedRequest) -> HttpResponse:
    """The teams that have no plan of a year first; whoever has only one team goes straight to it."""
    require(request.actor, "rest.view")
    actor, today = request.actor, timezone.localdate()
    year = year_asked(request.GET.get("year", ""), today)
    if actor.scope.area is None:
        postings = list(open_postings(today))
        if not postings:
            return render(request, "leave/no_posting.html")
        return redirect("leave:rest_plan", team=postings[0].team_id, year=year)
    if actor.position.team is not None:
        return redirect("leave:rest_plan", team=actor.position.team, year=year)
    teams = list(teams_in(actor, today).order_by("area", "id"))
    planned = planned_teams([team.pk for team in teams], year)
    rows = sorted(((planned.get(team.pk, 0), team) for team in teams), key=lambda row: bool(row[0]))
    context = {
        "year": year,
        "asked": plan_asked(law_on(actor.scope.area, today)),
        "page": Paginator(rows, PAGE).get_page(request.GET.get("page")),
        "missing": sum(not number for number, _ in rows),
    }
    return render(request, "leave/rest_teams.html", context)


@require_http_methods(["GET", "POST"])
def rest_plan(request: ScopedRequest, team: int, year: int) -> HttpResponse:
    """One team's plan of a year beside what was taken; the leader adds to it."""
    today = timezone.localdate()
    _known(year, today)
    with team_reached(request.actor, team) as found:
        require(request.actor, "rest.view" if request.method == "GET" else "rest.edit")
        people = plan_of(found, year, today)
        asked = plan_asked(law_on(found.area, today))
        form = RestForm(request.POST or None)
        form.offer([(each.posting.pk, each.posting.name) for each in people], asked.ways if asked else ())
        if request.method == "POST" and form.is_valid() and _added(request, team, form):
            return redirect("leave:rest_plan", team=team, year=form.cleaned_data["first"].year)
        context: dict[str, Any] = {
            "team": found,
            "year": year,
            "people": people,
            "asked": asked,
            "form": form,
            "today": today,
            "may_edit": request.actor.may("rest.edit") and asked is not None,
            "years": [each for each in (year - 1, year + 1) if abs(each - today.year) <= 1],
        }
        return render(request, "leave/rest_plan.html", context)


def _added(request: ScopedRequest, team: int, form: RestForm) -> bool:
    try:
        made = rest_add(actor=request.actor, team=team, **form.cleaned_data)
    except (NotFound, Forbidden):
        raise
    except ApplicationError as error:
        form.add_error(None, error.message)
        return False
    messages.success(request, f"已列入{made.posting.name}的休假计划。")
    return True


@require_POST
def remove(request: ScopedRequest, line: int) -> HttpResponse:
    """Take a line out of the plan."""
    team = rest_remove(actor=request.actor, line=line)
    messages.success(request, "已从休假计划中删去。")
    year = number_asked(request.POST.get("year", "")) or timezone.localdate().year
    return redirect("leave:rest_plan", team=team, year=year)


def year_asked(text: str, today: date) -> int:
    """The year that a query asks for, this year without one."""
    return _known(number_asked(text) or today.year, today)


def _known(year: int, today: date) -> int:
    """A year that is planned or looked back on; NotFound for every other."""
    if not 2000 < year <= today.year + 1:
        raise NotFound
    return year
