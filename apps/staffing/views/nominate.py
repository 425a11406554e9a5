"""Putting somebody forward: the form asks what the rules in force ask, and says at once what they say of him."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from apps.accounts.access import require
from apps.accounts.middleware import ScopedRequest
from apps.accounts.reach import reaching
from apps.cadres.identity import birth_date, id_normalise, id_problem, person_key
from apps.core.errors import ApplicationError, BadInput, Conflict, Forbidden, NotFound
from apps.core.findings import Finding
from apps.staffing.forms import FACT, TEXT, WORD, NomineeForm, faults
from apps.staffing.models import Candidate, Case, CaseState, Declaration, Opening, OpeningState
from apps.staffing.selectors.detail import roles_words
from apps.staffing.selectors.eligible import Check, Person, check_of, postings_of
from apps.staffing.selectors.openings import Sheet, opening_seen, sheet_of
from apps.staffing.selectors.standing import case_seen
from apps.staffing.services import Nominee, candidate_nominate, candidate_resend


@require_http_methods(["GET", "POST"])
def nominate(request: ScopedRequest, opening: int) -> HttpResponse:
    """A new candidate for an opening of the unit's own."""
    found = opening_seen(request.actor, opening)
    require(request.actor, "candidate.nominate")
    if found.state != OpeningState.OPEN:
        raise Conflict(f"这项选派任务{OpeningState(found.state).label}。")
    with reaching(request.actor, found):
        form = NomineeForm(_sheet(found), request.POST or None)
    return _page(request, found, form, None)


@require_http_methods(["GET", "POST"])
def change(request: ScopedRequest, case: int) -> HttpResponse:
    """A returned candidate, to be put forward again."""
    held = case_seen(request.actor, case)
    require(request.actor, "candidate.nominate")
    if held.state != CaseState.RETURNED or held.opening_id is None:
        return redirect("staffing:case", case=case)
    found = opening_seen(request.actor, held.opening_id)
    with reaching(request.actor, found):
        sheet = _sheet(found)
        form = NomineeForm(sheet, request.POST or None, initial=_initial(sheet, held), kept=True)
    return _page(request, found, form, held)


def _sheet(opening: Opening) -> Sheet:
    if opening.unit is None:
        raise NotFound
    return sheet_of(opening, opening.unit, timezone.localdate())


def _page(request: ScopedRequest, opening: Opening, form: NomineeForm, held: Case | None) -> HttpResponse:
    told, findings, check = list[str](), list[Finding](), None
    if request.method == "POST" and not form.is_valid():
        told = faults(form)
    elif request.method == "POST":
        try:
            if request.POST.get("do") == "check":
                check = _check(request, opening, form, held)
            else:
                return _sent(request, opening, form.nominee(), held)
        except (NotFound, Forbidden):
            raise
        except ApplicationError as error:
            told, findings = [error.message], getattr(error, "findings", [])
    context: dict[str, Any] = {
        "opening": opening,
        "roles": roles_words(opening.roles),
        "form": form,
        "held": held,
        "told": told,
        "findings": findings,
        "check": check,
    }
    return render(request, "staffing/nominate.html", context)


def _sent(request: ScopedRequest, opening: Opening, nominee: Nominee, held: Case | None) -> HttpResponse:
    if held is None:
        case = candidate_nominate(actor=request.actor, opening=opening.pk, nominee=nominee)
    else:
        case = candidate_resend(actor=request.actor, case=held.pk, nominee=nominee)
    if case.state == CaseState.RETURNED:
        messages.error(request, f"{case.name}不符合规定的条件，已退回；更正后可以重新提名。")
    else:
        messages.success(request, f"已提名{case.name}。")
    return redirect("staffing:case", case=case.pk)


def _check(request: ScopedRequest, opening: Opening, form: NomineeForm, held: Case | None) -> Check:
    """What the rules say of what is typed; nothing is kept."""
    today, nominee = timezone.localdate(), form.nominee()
    number = id_normalise(nominee.id_number)
    if number:
        if problem := id_problem(number, on=today):
            raise BadInput(f"{problem}。")
        birth, person = birth_date(number) or today, person_key(number)
    else:
        kept = Candidate.objects.get(case=held)
        birth, person = kept.birth, kept.person
    declared = dict.fromkeys(nominee.declared, True)
    with reaching(request.actor, opening):
        found = Person(birth, nominee.facts, declared, postings_of(person))
        return check_of(form.sheet.demands, form.sheet.case, found, today, nominating=True)


def _initial(sheet: Sheet, case: Case) -> dict[str, Any]:
    """What was said of a returned candidate, but for his number."""
    held = Candidate.objects.get(case=case)
    rows = Declaration.objects.filter(candidate=held, round=case.round, holds=True)
    confirmed = set(rows.values_list("word", flat=True))
    words = [each.word for each in sheet.demands.confirmations if each.by_unit]
    columns = ("name", "position", "phone", "channels", "exception", "health_on")
    return {
        **{name: getattr(held, name) for name in columns},
        **{FACT + name: value for name, value in held.facts.items()},
        **{f"{WORD}{index}": word in confirmed for index, word in enumerate(words)},
        **{f"{TEXT}{index}": held.form.get(label, "") for index, label in enumerate(sheet.texts)},
    }
