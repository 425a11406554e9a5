"""One case: its way, the candidate, and what may be done; what is refused is told on the same page."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from apps.accounts.access import require
from apps.accounts.middleware import ScopedRequest
from apps.accounts.reach import reaching
from apps.core.errors import ApplicationError, BadInput, Forbidden, NotFound
from apps.staffing.forms import ActForm, PlaceForm, faults, gates_in, joined_in
from apps.staffing.models import Case, CaseState, Outcome
from apps.staffing.selectors.detail import detail_of, roles_words
from apps.staffing.selectors.standing import case_seen
from apps.staffing.selectors.words import matter_word
from apps.staffing.services import candidate_place, case_act, case_withdraw


@require_GET
def case(request: ScopedRequest, case: int) -> HttpResponse:
    """The page of a case; a departure and a handover have pages of their own."""
    found = case_seen(request.actor, case)
    require(request.actor, "staffing.view")
    if (departure := getattr(found, "departure", None)) is not None:
        return redirect("staffing:departure", departure=departure.pk)
    if (handover := getattr(found, "handover", None)) is not None:
        return redirect("staffing:handover", handover=handover.pk)
    return _page(request, found)


def _page(
    request: ScopedRequest, found: Case, error: ApplicationError | None = None, typed: Mapping[str, str] | None = None
) -> HttpResponse:
    with reaching(request.actor, found):
        seen = detail_of(request.actor, found.pk, timezone.localdate())
        context = {
            "seen": seen,
            "case": seen.case,
            "word": matter_word(seen.case),
            "roles": roles_words(seen.case.roles),
            "today": timezone.localdate(),
            "error": error,
            "findings": getattr(error, "findings", []),
            "typed": typed or {},
            "joined": joined_in(typed or {}),
            "gates": gates_in(typed or {}),
        }
        return render(request, "staffing/case.html", context, status=error.status if error else 200)


@require_POST
def act(request: ScopedRequest, case: int) -> HttpResponse:
    """Do, return or refuse an open step."""

    def do() -> str:
        form = ActForm(request.POST)
        if not form.is_valid():
            raise BadInput("；".join(faults(form)))
        outcome = form.cleaned_data["outcome"] or Outcome.DONE
        done = case_act(
            actor=request.actor,
            case=case,
            key=form.cleaned_data["key"],
            outcome=outcome,
            remark=form.cleaned_data["remark"],
            joined=joined_in(_sent(request)),
            declared=gates_in(_sent(request)),
            paper=form.paper(),
        )
        return f"{done.name}：已{Outcome(outcome).label}，现在{CaseState(done.state).label}。"

    return _answer(request, case, "staffing.act", do)


@require_POST
def withdraw(request: ScopedRequest, case: int) -> HttpResponse:
    """Take a case back."""

    def do() -> str:
        case_withdraw(actor=request.actor, case=case, reason=request.POST.get("reason", "")[:300])
        return "已撤回。"

    return _answer(request, case, "staffing.withdraw", do)


@require_POST
def place(request: ScopedRequest, case: int) -> HttpResponse:
    """Post a candidate who was decided on."""

    def do() -> str:
        form = PlaceForm(request.POST)
        if not form.is_valid():
            raise BadInput("；".join(faults(form)))
        done = candidate_place(actor=request.actor, case=case, **form.cleaned_data)
        return f"{done.name}已登记到岗，列入花名册。"

    return _answer(request, case, "candidate.place", do)


def _sent(request: ScopedRequest) -> dict[str, str]:
    return {key: str(value) for key, value in request.POST.items()}


def _answer(request: ScopedRequest, case: int, action: str, do: Callable[[], str]) -> HttpResponse:
    found = case_seen(request.actor, case)
    require(request.actor, action)
    try:
        told = do()
    except (NotFound, Forbidden):
        raise
    except ApplicationError as error:
        return _page(request, found, error, _sent(request))
    messages.success(request, told)
    return redirect("staffing:case", case=case)
