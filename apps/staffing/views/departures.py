"""调整轮换: who is to leave, whose term ends, one departure, and the forms that ask for or record one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from apps.accounts.access import require
from apps.accounts.middleware import ScopedRequest
from apps.accounts.reach import reaching
from apps.core.errors import ApplicationError, BadInput, Forbidden, NotFound
from apps.core.findings import Finding
from apps.staffing.forms_leaving import LeavingForm
from apps.staffing.models import CaseState, Departure, Handover
from apps.staffing.selectors.departures import NOTICE, departure_seen, departures_open, departures_over, term_ends
from apps.staffing.selectors.detail import detail_of
from apps.staffing.selectors.handover import role_words
from apps.staffing.selectors.ways import Way, standpoint, ways_of
from apps.staffing.services import departure_ask, departure_record, departure_resend
from apps.staffing.services.departures import posting_seen
from apps.staffing.views.tabs import tabs_of
from apps.teams.models import Posting
from apps.teams.selectors import open_postings

PAGE = 30


@require_GET
def departures(request: ScopedRequest) -> HttpResponse:
    """What is under way, whose term ends soon, what is settled."""
    actor, today = request.actor, timezone.localdate()
    require(actor, "departure.view")
    page = Paginator(departures_over(actor), PAGE).get_page(request.GET.get("page"))
    context = {
        "tabs": tabs_of(actor, "staffing:departures"),
        "open": departures_open(actor, today),
        "ends": term_ends(actor, today) if actor.may("departure.record") else [],
        "notice": NOTICE,
        "page": page,
        "may": {"ask": actor.may("departure.ask")},
        "today": today,
    }
    return render(request, "staffing/departures.html", context)


@require_GET
def departure(request: ScopedRequest, departure: int) -> HttpResponse:
    """One departure: what was asked, on which ground, what became of it, and what the reader may do."""
    found = departure_seen(request.actor, departure)
    require(request.actor, "departure.view")
    with reaching(request.actor, found):
        seen = detail_of(request.actor, found.case_id, timezone.localdate()) if found.case_id else None
        may_change = bool(seen and seen.case.state == CaseState.RETURNED and request.actor.may("departure.ask"))
        context = {
            "departure": found,
            "seen": seen,
            "case": seen.case if seen else None,
            "roles": role_words(found.roles),
            "may_change": may_change,
            "handover": Handover.objects.filter(posting=found.posting_id).first(),
            "may_opening": request.actor.may("candidate.view"),
            "typed": {},
        }
        return render(request, "staffing/departure.html", context)


@require_GET
def choose(request: ScopedRequest) -> HttpResponse:
    """Whom it is about: the people in post in scope, by village and name."""
    require(request.actor, "departure.ask")
    rows = open_postings(timezone.localdate())
    if request.actor.position.team is not None:
        rows = rows.filter(team=request.actor.position.team)
    text = request.GET.get("text", "").replace("\0", "").strip()[:40]
    rows = rows.filter(name__icontains=text) if text else rows
    if request.actor.scope.area:
        rows = rows.select_related("team__village", "unit")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    people = [{"posting": row, "roles": role_words(row.roles)} for row in page]
    context = {"page": page, "people": people, "text": text, "area": bool(request.actor.scope.area)}
    return render(request, "staffing/departure_choose.html", context)


@require_http_methods(["GET", "POST"])
def new(request: ScopedRequest, posting: int) -> HttpResponse:
    """The form about one posting: first the ways that the rules know, then what the chosen one asks for."""
    found = posting_seen(request.actor, posting)
    require(request.actor, "departure.ask")
    with reaching(request.actor, found):
        held = _full(posting)
        ways = [way for way in ways_of(standpoint(held, timezone.localdate())) if request.actor.offices & way.senders]
        way = next((way for way in ways if way.key == request.GET.get("way", "")), None)
        context: dict[str, Any] = {"posting": held, "roles": role_words(held.roles), "ways": ways, "way": way}
        if way is None:
            return render(request, "staffing/departure_new.html", context)
        form = LeavingForm(way, request.POST or None, initial={"last": timezone.localdate(), "successor": True})
        if request.method == "POST":
            made, findings = _sent(request, form, held, way)
            if made is not None:
                messages.success(request, f"{made.name}：{made.way}，已{'登记' if way.recorded else '送审'}。")
                return redirect("staffing:departure", departure=made.pk)
            context["findings"] = findings
        return render(request, "staffing/departure_new.html", context | {"form": form})


@require_http_methods(["GET", "POST"])
def change(request: ScopedRequest, departure: int) -> HttpResponse:
    """A departure that was returned for changes: the same form, to be sent again."""
    found = departure_seen(request.actor, departure)
    require(request.actor, "departure.ask")
    with reaching(request.actor, found):
        held = _full(found.posting_id)
        way = next((w for w in ways_of(standpoint(held, timezone.localdate())) if w.label == found.way), None)
        if way is None or found.case is None or found.case.state != CaseState.RETURNED:
            return redirect("staffing:departure", departure=departure)
        names = ("reason", "evidence", "helped_on", "helped", "promoted_on", "last", "successor", "forced", "due")
        initial = {name: getattr(found, name) for name in names}
        form = LeavingForm(way, request.POST or None, initial=initial)
        context: dict[str, Any] = {"posting": held, "roles": role_words(held.roles), "way": way, "held": found}
        if request.method == "POST":
            made, findings = _sent(request, form, held, way, again=found.pk)
            if made is not None:
                messages.success(request, "已重新送审。")
                return redirect("staffing:departure", departure=made.pk)
            context["findings"] = findings
        return render(request, "staffing/departure_new.html", context | {"form": form})


def _full(posting: int) -> Posting:
    return Posting.objects.select_related("team__village", "unit").get(pk=posting)


def _sent(
    request: ScopedRequest, form: LeavingForm, held: Posting, way: Way, again: int | None = None
) -> tuple[Departure | None, list[Finding]]:
    """The departure, or None with what the rules find wrong; what was typed stays in the form."""
    if not form.is_valid():
        return None, []
    actor, asked = request.actor, form.leaving()
    try:
        if again is not None:
            return departure_resend(actor=actor, departure=again, asked=asked), []
        if way.recorded and not actor.may("departure.record"):
            raise BadInput("这一事项由县级驻村办、组织部门登记。")
        service = departure_record if way.recorded else departure_ask
        return service(actor=actor, posting=held.pk, asked=asked), []
    except (NotFound, Forbidden):
        raise
    except ApplicationError as error:
        form.add_error(None, error.message)
        return None, getattr(error, "findings", [])
