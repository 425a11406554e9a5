"""Asking for leave: the form, its live preview, sending again what was returned."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods
from django_htmx.http import HttpResponseClientRedirect

from apps.accounts.access import Actor, require
from apps.accounts.middleware import ScopedRequest
from apps.accounts.reach import reaching
from apps.core.errors import ApplicationError, BadInput, Forbidden, NotFound
from apps.core.findings import Finding
from apps.core.http import number_asked
from apps.jurisdictions.selectors import division_names
from apps.leave.forms import AskForm, PlanForm, faults
from apps.leave.models import LeaveRequest, LeaveState
from apps.leave.selectors.detail import request_seen
from apps.leave.selectors.law import law_on
from apps.leave.selectors.plan import Plan, leave_plan, require_span
from apps.leave.services import leave_ask, leave_resend
from apps.leave.services.ask import own_posting, own_request
from apps.teams.models import Posting, PostRole
from apps.teams.selectors import open_postings

Send = Callable[[AskForm], LeaveRequest]


@require_http_methods(["GET", "POST"])
def new(request: ScopedRequest) -> HttpResponseBase:
    """A new request, or with `extends` one that goes on from the end of a granted leave."""
    require(request.actor, "leave.ask")
    today = timezone.localdate()
    postings = list(open_postings(today))
    if not postings:
        return render(request, "leave/no_posting.html")
    parent = _parent(request)
    if parent:
        postings = [own_posting(request.actor, parent.posting_id)]
    form = AskForm(request.POST or None, request.FILES or None, initial=_initial(request, parent))
    form.offer(_people(postings), law_on(postings[0].area, today).kinds)

    def send(form: AskForm) -> LeaveRequest:
        return leave_ask(
            actor=request.actor,
            posting=form.cleaned_data["posting"],
            asked=form.asked(),
            proofs=form.cleaned_data["proofs"],
            extends=parent.pk if parent else None,
        )

    context = {"title": "续假" if parent else "请假", "parent": parent, "form": form, "alone": len(postings) == 1}
    return sent(request, form, send, ("leave/ask.html", context))


@require_http_methods(["GET", "POST"])
def change(request: ScopedRequest, leave: int) -> HttpResponseBase:
    """A request that was returned for changes: the same form, to be sent again."""
    request_seen(request.actor, leave)
    require(request.actor, "leave.ask")
    held = own_request(request.actor, leave)
    if held.state != LeaveState.RETURNED:
        return redirect("leave:detail", leave=leave)
    posting = own_posting(request.actor, held.posting_id)
    names = ("kind", "first", "last", "reason", "whereabouts", "exception", "document")
    initial = {"posting": posting.pk} | {name: getattr(held, name) for name in names}
    form = AskForm(request.POST or None, request.FILES or None, initial=initial)
    form.offer(_people([posting]), law_on(posting.area, timezone.localdate()).kinds)

    def send(form: AskForm) -> LeaveRequest:
        return leave_resend(actor=request.actor, request=leave, asked=form.asked(), proofs=form.cleaned_data["proofs"])

    return sent(
        request, form, send, ("leave/ask.html", {"title": "修改后重新送审", "held": held, "form": form, "alone": True})
    )


def sent(request: ScopedRequest, form: AskForm, send: Send, page: tuple[str, dict[str, Any]]) -> HttpResponseBase:
    """The answer to a form: on to the request once it is sent, else what is wrong, with everything typed still there."""
    told, findings = faults(form) if form.is_bound and not form.is_valid() else [], list[Finding]()
    if request.method == "POST" and not told:
        try:
            found = send(form)
        except (NotFound, Forbidden):
            raise
        except ApplicationError as error:
            told, findings = [error.message], getattr(error, "findings", [])
        else:
            messages.success(
                request, "已送审。" if found.state == "asked" else f"已登记，{found.get_state_display()}。"
            )
            url = reverse("leave:detail", args=[found.pk])
            return HttpResponseClientRedirect(url) if "HX-Request" in request.headers else redirect(url)
    template, context = page
    if request.method == "POST" and "HX-Request" in request.headers:
        template = "leave/_faults.html"
    return render(request, template, context | {"told": told, "findings": findings})


@require_GET
def plan(request: ScopedRequest) -> HttpResponse:
    """What a request would go through, while it is being written: days, steps, filings, warnings with their clauses."""
    return render(request, "leave/_plan.html", planned(request, "leave.ask"))


def planned(request: ScopedRequest, action: str) -> dict[str, Any]:
    """{posting, plan, fault}: the plan, or why there is none yet.  NotFound for a posting outside the scope."""
    form, today = PlanForm(request.GET), timezone.localdate()
    context: dict[str, Any] = {"posting": None, "plan": None, "fault": ""}
    posting = _posting(form) if form.is_valid() else None
    require(request.actor, action)
    values = form.cleaned_data
    if posting is None or not (values["kind"] and values["first"] and values["last"]):
        return context
    context["posting"] = posting
    try:
        require_span(values["first"], values["last"], today)
    except BadInput as error:
        return context | {"fault": error.message}
    return context | {"plan": _plan(request.actor, posting, values, today)}


def _posting(form: PlanForm) -> Posting:
    found = Posting.objects.filter(pk=form.cleaned_data["posting"]).first()
    if found is None:
        raise NotFound
    return found


def _plan(actor: Actor, posting: Posting, values: dict[str, Any], today: date) -> Plan:
    with reaching(actor, posting):
        held = Posting.objects.select_related("team__village", "unit").get(pk=posting.pk)
        return leave_plan(
            posting=held,
            kind=values["kind"],
            first=values["first"],
            last=values["last"],
            today=today,
            without=values["request"],
        )


def _parent(request: ScopedRequest) -> LeaveRequest | None:
    number = number_asked(request.GET.get("extends", ""))
    return own_request(request.actor, number) if number is not None else None


def _initial(request: ScopedRequest, parent: LeaveRequest | None) -> dict[str, Any]:
    if parent is None:
        number = number_asked(request.GET.get("posting", ""))
        return {} if number is None else {"posting": number}
    day = parent.until + timedelta(days=1)
    return {"posting": parent.posting_id, "kind": parent.kind, "first": day, "reason": parent.reason}


def _people(postings: list[Posting]) -> list[tuple[int, str]]:
    """The postings in words; a person's scope does not read villages."""
    names = division_names(code for each in postings for code in (each.area[:7], each.area[:10]))
    return [
        (each.pk, f"{names.get(each.area[:7], '')} {names.get(each.area[:10], '')} {_roles(each)}") for each in postings
    ]


def _roles(posting: Posting) -> str:
    return "、".join(str(PostRole(role).label) for role in posting.roles)
