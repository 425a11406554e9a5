"""One ledger: its lines beside last month's or the version before, its chain, and what can be done with it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from apps.accounts.access import Actor, require
from apps.accounts.middleware import ScopedRequest
from apps.core.errors import BadInput, NotFound
from apps.core.http import back, number_asked, told
from apps.core.months import Month
from apps.jurisdictions.days import due_day
from apps.ledgers.models import Ledger, LedgerKind, LedgerState, LedgerStep
from apps.ledgers.selectors.chain import Link, chain_of, county_links, frozen_book
from apps.ledgers.selectors.lists import counterparts, lines_of, open_job, remarks_of, versions_of
from apps.ledgers.selectors.table import LedgerTable, ledger_table
from apps.ledgers.services import ledger_accept, ledger_file, ledger_return, ledger_step
from apps.ledgers.services.close import COUNTY_STATES, OWN_STATES


@require_GET
def detail(request: ScopedRequest, ledger: int) -> HttpResponse:
    """The page of one version of a ledger."""
    found = _found(request.actor, ledger)
    if found.state == LedgerState.QUEUED:
        return render(request, "ledgers/waiting.html", {"ledger": found, "job": open_job(ledger=found)})
    compared = request.GET.get("beside", "month")
    return render(
        request,
        "ledgers/detail.html",
        {
            "ledger": found,
            "month": Month.of(found.month),
            "book": frozen_book(found),
            "table": _table(found, compared),
            "beside": compared,
            "chain": _chain(request.actor, found),
            "versions": list(versions_of(found)),
            "remarks": remarks_of(found),
            "may": _may(request.actor, found),
        },
    )


def _table(ledger: Ledger, compared: str) -> LedgerTable:
    other = (
        counterparts(ledger, version=ledger.version - 1)
        if compared == "version"
        else counterparts(ledger, month=Month.of(ledger.month).previous())
    )
    return ledger_table(frozen_book(ledger), lines_of(ledger), other)


def _found(actor: Actor, ledger: int) -> Ledger:
    found = Ledger.objects.filter(pk=ledger).first()
    if found is None:
        raise NotFound
    require(actor, "ledger.view", found.area)
    return found


def _may(actor: Actor, ledger: Ledger) -> dict[str, bool]:
    review = ledger.kind == LedgerKind.TOWNSHIP and actor.office_for(list(frozen_book(ledger).ledger.review.offices))
    own = ledger.state in OWN_STATES and actor.may("month.reopen")
    county = ledger.state in COUNTY_STATES and actor.may("ledger.reopen")
    return {
        "review": bool(review) and ledger.state == LedgerState.SUBMITTED,
        "reopen": ledger.kind == LedgerKind.TOWNSHIP and (own or county),
        "download": actor.may("ledger.download"),
    }


def _chain(actor: Actor, ledger: Ledger) -> list[dict[str, Any]]:
    if ledger.kind == LedgerKind.COUNTY:
        return []
    township = _lines(actor, ledger, chain_of(ledger), in_turn=ledger.state in OWN_STATES)
    sent, done = ledger.state == LedgerState.SUBMITTED, ledger.state == LedgerState.ACCEPTED
    return township + _lines(actor, ledger, county_links(ledger), in_turn=sent, filing=done)


def _lines(
    actor: Actor, ledger: Ledger, links: Sequence[Link], *, in_turn: bool, filing: bool = False
) -> list[dict[str, Any]]:
    turn = next((link for link in links if link.act is None), None)
    return [
        _line(actor, ledger, link, now=(in_turn and link is turn) or (filing and link.step.verb == "file"))
        for link in links
    ]


def _line(actor: Actor, ledger: Ledger, link: Link, *, now: bool) -> dict[str, Any]:
    act, step = link.act, link.step
    name = "file" if step.verb == "file" else "step"
    book = frozen_book(ledger)
    due = due_day(book, step.due, Month.of(ledger.month), source=ledger.book_id)
    returned = ledger.state == LedgerState.RETURNED
    open_now = now and act is None and not returned
    return {
        "label": step.label,
        "clause": step.clause,
        "tone": "done" if act else ("now" if open_now else "wait"),
        "state": _done(act) if act else link.offices,
        "due": None if act else due,
        "can_act": open_now and step.verb != "accept" and actor.office_for(list(step.offices)) is not None,
        "url": reverse(f"ledgers:{name}", kwargs={"ledger": ledger.pk, "step": step.key}),
        "action": step.label,
        "confirm": f"以您的姓名办理“{step.label}”：{ledger.name}{Month.of(ledger.month).label}台账第{ledger.version}版，"
        f"{ledger.people}人。",
    }


def _done(act: LedgerStep) -> str:
    at = timezone.localtime(act.at)
    return f"{act.person} {at.month}月{at.day}日{'，逾期' if act.late else ''}"


@require_POST
@told("/ledgers/")
def step(request: ScopedRequest, ledger: int, step: str) -> HttpResponse:
    """Sign, review or submit."""
    act = ledger_step(actor=request.actor, ledger=ledger, step=step, note=request.POST.get("note", ""))
    messages.success(request, f"已办理“{act.label}”。")
    return back(request, reverse("ledgers:detail", kwargs={"ledger": ledger}))


@require_POST
@told("/ledgers/")
def file(request: ScopedRequest, ledger: int, step: str) -> HttpResponse:
    """Mark as filed."""
    act = ledger_file(actor=request.actor, ledger=ledger, step=step)
    messages.success(request, f"已办理“{act.label}”。")
    return back(request, reverse("ledgers:detail", kwargs={"ledger": ledger}))


@require_POST
@told("/ledgers/")
def review(request: ScopedRequest, ledger: int) -> HttpResponse:
    """Accept, or return with the remarks typed beside the lines."""
    note = request.POST.get("note", "")
    decision = request.POST.get("decision")
    if decision == "accept":
        found = ledger_accept(actor=request.actor, ledger=ledger, note=note)
        messages.success(request, f"{found.name}台账已审核通过，并反馈派出单位。")
    elif decision == "return":
        remarks = {
            line: request.POST.get(key, "")
            for key in request.POST
            if key.startswith("remark-") and (line := number_asked(key.removeprefix("remark-"))) is not None
        }
        found = ledger_return(actor=request.actor, ledger=ledger, remarks=remarks, note=note)
        messages.success(request, f"{found.name}台账已退回，乡镇将看到您的意见。")
    else:
        raise BadInput("请选择“通过”或“退回”。")
    return back(request, reverse("ledgers:detail", kwargs={"ledger": ledger}))
