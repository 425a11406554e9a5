"""Leave that was approved on paper, entered by the township."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_GET, require_http_methods

from apps.accounts.access import require
from apps.accounts.middleware import ScopedRequest
from apps.core.errors import BadInput
from apps.jurisdictions.offices import Office
from apps.jurisdictions.procedures import names_in, planned_step
from apps.leave.forms import AskForm
from apps.leave.models import LeaveRequest
from apps.leave.selectors.law import law_on
from apps.leave.selectors.plan import Plan
from apps.leave.services import Approval, leave_paper
from apps.leave.views.ask import planned, sent
from apps.rules.language.procedures import Procedure, acts_of
from apps.teams.selectors import open_postings

BY, ON = "by-", "on-"


@require_http_methods(["GET", "POST"])
def paper(request: ScopedRequest) -> HttpResponseBase:
    """The form: the person, the leave, who approved each step and when, where the paper lies."""
    require(request.actor, "leave.paper")
    today = timezone.localdate()
    people = [
        (each.pk, f"{each.team.village.name} {each.name}")
        for each in open_postings(today).select_related("team__village")
    ]
    form = AskForm(request.POST or None, request.FILES or None)
    form.offer(people, law_on(request.actor.scope.area or "", today).kinds, choose=True)
    form.fields["posting"].label = "人员"
    form.fields["document"].required = True

    def send(form: AskForm) -> LeaveRequest:
        return leave_paper(
            actor=request.actor,
            posting=form.cleaned_data["posting"],
            asked=form.asked(),
            approvals=_approvals(request.POST),
            proofs=form.cleaned_data["proofs"],
        )

    context: dict[str, Any] = {"title": "补登纸质请假", "form": form, "paper": True, "alone": False}
    return sent(request, form, send, ("leave/ask.html", context))


@require_GET
def plan(request: ScopedRequest) -> HttpResponse:
    """The procedure of a leave on paper, with a name and a day to fill in for each step."""
    context = planned(request, "leave.paper")
    steps = _steps(context["plan"], request.GET) if context["plan"] else []
    return render(request, "leave/_plan.html", context | {"approvals": steps, "paper": True})


def _steps(plan: Plan, typed: Mapping[str, str]) -> list[dict[str, str]]:
    """The steps that others did, with what was typed for each so far."""
    if plan.rule is None:
        return []
    procedure, names = Procedure.model_validate(plan.rule["procedure"]), names_in(plan.rule)
    return [
        {
            "key": step.key,
            "label": planned_step(step, procedure, names).label,
            "who": planned_step(step, procedure, names).by,
            "by": typed.get(BY + step.key, ""),
            "on": typed.get(ON + step.key, ""),
        }
        for step in acts_of(procedure.steps)
        if Office.CADRE not in {actor.office for actor in step.by}
    ]


def _approvals(typed: Mapping[str, str]) -> list[Approval]:
    """Who did each step and when.  BadInput where a name has no day."""
    found = []
    for name, value in typed.items():
        if not name.startswith(BY) or not value.strip():
            continue
        key = name.removeprefix(BY)
        day = _day(typed.get(ON + key, ""))
        if day is None:
            raise BadInput(f"请填写{value.strip()[:40]}办理的日期。")
        found.append(Approval(key, value.replace("\0", "")[:60], day))
    return found


def _day(text: str) -> date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None
