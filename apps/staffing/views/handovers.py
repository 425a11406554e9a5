"""交接: the list, one handover with its list, signatures and way, and what may be done with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from apps.accounts.access import require
from apps.accounts.middleware import ScopedRequest
from apps.accounts.reach import reaching
from apps.core.errors import ApplicationError, BadInput, Forbidden, NotFound
from apps.core.http import link_up
from apps.staffing.forms import faults
from apps.staffing.forms_leaving import ReceiverForm, SignForm, texts_in
from apps.staffing.models import Handover, Part
from apps.staffing.selectors.handings import (
    detail_of_handover,
    ended_without,
    handovers_open,
    handovers_over,
    parts_open,
)
from apps.staffing.selectors.handover import handover_paper, handover_row
from apps.staffing.services import (
    handover_begin,
    handover_receive,
    handover_send_back,
    handover_sign,
    handover_write,
)
from apps.staffing.views.tabs import tabs_of

PAGE = 30


@require_GET
def handovers(request: ScopedRequest) -> HttpResponse:
    """What is being handed over in scope, posts that ended without a handover, what is filed."""
    actor, today = request.actor, timezone.localdate()
    require(actor, "handover.view")
    page = Paginator(handovers_over(actor), PAGE).get_page(request.GET.get("page"))
    context = {
        "tabs": tabs_of(actor, "staffing:handovers"),
        "parts": parts_open(actor),
        "open": handovers_open(actor, today),
        "missing": ended_without(actor, today) if actor.may("handover.receive") else [],
        "page": page,
    }
    return render(request, "staffing/handovers.html", context)


@require_GET
def handover(request: ScopedRequest, handover: int) -> HttpResponse:
    """The page of one handover."""
    handover_row(request.actor, handover)
    require(request.actor, "handover.view")
    return _page(request, handover)


@require_GET
def paper(request: ScopedRequest, handover: int) -> HttpResponse:
    """The list as it is printed."""
    row = handover_row(request.actor, handover)
    require(request.actor, "handover.view")
    with reaching(request.actor, row):
        held = Handover.objects.select_related("case").get(pk=handover)
        pdf = link_up("reports:paper", kind="handover", subject=handover) if request.actor.may("handover.print") else ""
        context = {"paper": handover_paper(held.case), "handover": held, "pdf": pdf}
        return render(request, "staffing/handover_paper.html", context)


def _page(
    request: ScopedRequest,
    number: int,
    error: ApplicationError | None = None,
    typed: Mapping[str, str] | None = None,
) -> HttpResponse:
    with reaching(request.actor, handover_row(request.actor, number)):
        seen = detail_of_handover(request.actor, number, timezone.localdate())
        context = {
            "seen": seen,
            "handover": seen.held,
            "case": seen.held.case,
            "texts": texts_in(typed, len(seen.held.items)) if typed and "item-1" in typed else None,
            "today": timezone.localdate(),
            "error": error,
            "findings": getattr(error, "findings", []),
            "typed": typed or {},
            "joined": {},
        }
        return render(request, "staffing/handover.html", context, status=error.status if error else 200)


@require_POST
def begin(request: ScopedRequest, posting: int) -> HttpResponse:
    """Open the handover of a posting that ended without one."""
    held = handover_begin(actor=request.actor, posting=posting)
    messages.success(request, f"已开{held.case.name}的交接。")
    return redirect("staffing:handover", handover=held.pk)


@require_POST
def write(request: ScopedRequest, handover: int) -> HttpResponse:
    """Keep what was written under each item."""

    def do() -> str:
        number = len([key for key in request.POST if key.startswith("item-")])
        handover_write(actor=request.actor, handover=handover, texts=texts_in(_sent(request), number))
        return "已保存交接清单。"

    return _answer(request, handover, "handover.edit", do)


@require_POST
def receive(request: ScopedRequest, handover: int) -> HttpResponse:
    """Name who takes over."""

    def do() -> str:
        form = ReceiverForm(request.POST)
        form.fields["posting"] = forms.CharField(required=False)
        values = _values(form)
        party = handover_receive(actor=request.actor, handover=handover, **values)
        return f"接收人：{party.name}。"

    return _answer(request, handover, "handover.receive", do)


@require_POST
def sign(request: ScopedRequest, handover: int) -> HttpResponse:
    """Sign, or enter a signature that was given on paper."""

    def do() -> str:
        form = SignForm(request.POST)
        values = _values(form)
        handover_sign(actor=request.actor, handover=handover, part=values["part"], paper=form.paper())
        return f"{Part(values['part']).label}已签字。"

    return _answer(request, handover, "handover.sign", do)


@require_POST
def send_back(request: ScopedRequest, handover: int) -> HttpResponse:
    """Have the list written again."""

    def do() -> str:
        handover_send_back(actor=request.actor, handover=handover, reason=request.POST.get("reason", "")[:300])
        return "已退回重写，签字作废。"

    return _answer(request, handover, "handover.sign", do)


def _sent(request: ScopedRequest) -> dict[str, str]:
    return {key: str(value) for key, value in request.POST.items()}


def _values(form: forms.Form) -> dict[str, Any]:
    if not form.is_valid():
        raise BadInput("；".join(faults(form)))
    return form.cleaned_data


def _answer(request: ScopedRequest, number: int, action: str, do: Callable[[], str]) -> HttpResponse:
    handover_row(request.actor, number)
    require(request.actor, action)
    try:
        told = do()
    except (NotFound, Forbidden):
        raise
    except ApplicationError as error:
        return _page(request, number, error, _sent(request))
    messages.success(request, told)
    return redirect("staffing:handover", handover=number)
