"""Openings: the county writes one down, names the unit, takes it back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from apps.accounts.access import require
from apps.accounts.middleware import ScopedRequest
from apps.core.errors import ApplicationError, Forbidden, NotFound
from apps.jurisdictions.models import Village
from apps.jurisdictions.selectors import division_names
from apps.staffing.forms import AssignForm, OpeningForm, faults
from apps.staffing.selectors.detail import roles_words
from apps.staffing.selectors.openings import opening_seen, units_near
from apps.staffing.selectors.standing import cases_in
from apps.staffing.services import OpeningEntry, opening_assign, opening_cancel, opening_open


@require_http_methods(["GET", "POST"])
def new(request: ScopedRequest) -> HttpResponse:
    """A new opening of a village of the county."""
    require(request.actor, "opening.edit")
    area = request.actor.scope.area or ""
    form = OpeningForm(
        request.POST or None, initial={"since": timezone.localdate(), "area": request.GET.get("area", "")}
    )
    form.offer(_villages(area), [(str(unit.pk), unit.name) for unit in units_near(area)])
    told: list[str] = []
    if request.method == "POST" and form.is_valid():
        given = {**form.cleaned_data, "roles": tuple(form.cleaned_data["roles"])}
        try:
            opening = opening_open(actor=request.actor, entry=OpeningEntry(**given))
        except (NotFound, Forbidden):
            raise
        except ApplicationError as error:
            told = [error.message]
        else:
            messages.success(request, f"已登记{opening.place}的选派任务。")
            return redirect("staffing:opening", opening=opening.pk)
    return render(request, "staffing/opening_new.html", {"form": form, "told": told})


def _villages(area: str) -> list[tuple[str, str]]:
    rows = list(Village.objects.within(area))
    names = division_names(row.area[:10] for row in rows)
    return [(row.area, f"{names.get(row.area[:10], '')} {row.name}") for row in rows]


@require_http_methods(["GET", "POST"])
def opening(request: ScopedRequest, opening: int) -> HttpResponse:
    """One opening with those put forward; the county names the unit."""
    found = opening_seen(request.actor, opening)
    require(request.actor, "staffing.view" if request.method == "GET" else "opening.edit")
    edit = request.actor.may("opening.edit") and found.state == "open"
    form = AssignForm(request.POST or None, initial={"unit": found.unit_id, "due": found.due})
    form.offer([(str(unit.pk), unit.name) for unit in units_near(found.area)] if edit else [])
    told = faults(form) if form.is_bound and not form.is_valid() else []
    if request.method == "POST" and not told:
        try:
            opening_assign(actor=request.actor, opening=opening, **form.cleaned_data)
        except (NotFound, Forbidden):
            raise
        except ApplicationError as error:
            told = [error.message]
        else:
            messages.success(request, "已登记由哪个单位选派。")
            return redirect("staffing:opening", opening=opening)
    context: dict[str, Any] = {
        "opening": found,
        "roles": roles_words(found.roles),
        "cases": cases_in(request.actor).filter(opening=found).defer("rule").order_by("at", "pk"),
        "form": form if edit else None,
        "told": told,
        "nominate": found.state == "open" and request.actor.may("candidate.nominate"),
    }
    return render(request, "staffing/opening.html", context)


@require_POST
def cancel(request: ScopedRequest, opening: int) -> HttpResponse:
    """Nobody is to be sent after all."""
    opening_seen(request.actor, opening)
    require(request.actor, "opening.edit")
    try:
        opening_cancel(actor=request.actor, opening=opening, reason=request.POST.get("reason", "")[:200])
    except (NotFound, Forbidden):
        raise
    except ApplicationError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, "已取消这项选派任务。")
    return redirect("staffing:opening", opening=opening)
