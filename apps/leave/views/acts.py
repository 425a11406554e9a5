"""Acts on a request; what is refused is told on the request's page, with what was typed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from apps.accounts.access import require
from apps.accounts.middleware import ScopedRequest
from apps.core.errors import ApplicationError, BadInput, Forbidden, NotFound
from apps.leave.forms import ActForm, BackForm, JudgeForm, faults
from apps.leave.models import Judgement, LeaveRequest, Outcome
from apps.leave.selectors.detail import request_seen
from apps.leave.services import (
    leave_act,
    leave_paper_return,
    leave_return,
    leave_untaken,
    leave_withdraw,
    overrun_judge,
)
from apps.leave.views.detail import detail_page

Do = Callable[[], str]


@require_POST
def act(request: ScopedRequest, leave: int) -> HttpResponse:
    """Do, return or refuse the open step."""
    found = _found(request, leave, "leave.decide")

    def do() -> str:
        values = _values(ActForm(request.POST))
        outcome = values["outcome"] or Outcome.DONE
        done = leave_act(
            actor=request.actor,
            request=leave,
            key=values["key"],
            outcome=outcome,
            remark=values["remark"],
            matter=values["matter"],
        )
        return f"{done.posting.name}的申请已{Outcome(outcome).label}，现在{done.get_state_display()}。"

    return _answer(request, found, do)


@require_POST
def withdraw(request: ScopedRequest, leave: int) -> HttpResponse:
    """Take one's own request back."""
    found = _found(request, leave, "leave.ask")

    def do() -> str:
        leave_withdraw(actor=request.actor, request=leave, reason=request.POST.get("remark", "")[:300])
        return "已撤回申请。"

    return _answer(request, found, do)


@require_POST
def back(request: ScopedRequest, leave: int) -> HttpResponse:
    """Report that one is back."""
    found = _found(request, leave, "leave.ask")

    def do() -> str:
        values = _values(BackForm(request.POST))
        done = leave_return(actor=request.actor, request=leave, back=values["back"], remark=values["remark"])
        return "已销假。" if done.state == "ended" else "已报告返岗，等待确认销假。"

    return _answer(request, found, do)


@require_POST
def untaken(request: ScopedRequest, leave: int) -> HttpResponse:
    """Report that a granted leave was not taken at all."""
    found = _found(request, leave, "leave.ask")

    def do() -> str:
        done = leave_untaken(actor=request.actor, request=leave, remark=request.POST.get("remark", "")[:300])
        return "已更正为没有休。" if done.state == "untaken" else "已报告没有休，等待确认。"

    return _answer(request, found, do)


@require_POST
def judge(request: ScopedRequest, leave: int) -> HttpResponse:
    """Decide what the days after the end of a leave were."""
    found = _found(request, leave, "leave.judge")

    def do() -> str:
        values = _values(JudgeForm(request.POST))
        made = overrun_judge(actor=request.actor, request=leave, **values)
        return f"已认定：{Judgement(made.judgement).label}。"

    return _answer(request, found, do)


@require_POST
def paper_return(request: ScopedRequest, leave: int) -> HttpResponse:
    """Enter a return that was reported on paper."""
    found = _found(request, leave, "leave.paper")

    def do() -> str:
        values = _values(BackForm(request.POST))
        leave_paper_return(actor=request.actor, request=leave, back=values["back"], confirmed_by=values["confirmed_by"])
        return "已补登销假。"

    return _answer(request, found, do)


def _found(request: ScopedRequest, leave: int, action: str) -> LeaveRequest:
    found = request_seen(request.actor, leave)
    require(request.actor, action)
    return found


def _values(form: forms.Form) -> dict[str, Any]:
    if not form.is_valid():
        raise BadInput("；".join(faults(form)))
    return form.cleaned_data


def _answer(request: ScopedRequest, found: LeaveRequest, do: Do) -> HttpResponse:
    """Back to where the form was; what is refused is told on the request's own page."""
    try:
        told = do()
    except (NotFound, Forbidden):
        raise
    except ApplicationError as error:
        return detail_page(request, found, error, {key: str(value) for key, value in request.POST.items()})
    messages.success(request, told)
    if request.POST.get("then") == "list":
        return redirect("leave:list")
    return redirect("leave:detail", leave=found.pk)
