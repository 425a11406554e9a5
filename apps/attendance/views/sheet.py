"""The month sheet: page, data for the grid, saving, signing."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST
from pydantic_core import to_json

from apps.accounts.access import Actor, require
from apps.accounts.middleware import ScopedRequest
from apps.attendance.compile import sheet_payload, sheet_row_payload
from apps.attendance.forms import read_save
from apps.attendance.selectors import SheetContext, SheetStep, missing, sheet_context, sheet_rows, sheet_steps
from apps.attendance.selectors.places import default_month, earlier_month_open, place_name, townships_states
from apps.attendance.services import SaveResult, sheet_save, sheet_sign
from apps.core.errors import NotFound
from apps.core.findings import Finding, blocking
from apps.core.http import back, link_up, month_asked, told
from apps.core.months import Month
from apps.jurisdictions.days import due_day
from apps.jurisdictions.offices import Office
from apps.rules.language.procedures import ACT_WORDS

PLACES = (10, 13)  # a township, a village


@require_GET
def current(request: ScopedRequest) -> HttpResponse:
    """To one's own sheet; the county sees its townships first."""
    require(request.actor, "sheet.view")
    area = request.actor.scope.area or ""
    if len(area) in PLACES:
        return redirect("attendance:sheet", area=area, month=default_month(area=area, today=timezone.localdate()))
    month = month_asked(request.GET.get("month", "")) or Month.of(timezone.localdate()).previous()
    places = townships_states(area=area, month=month)
    return render(request, "attendance/townships.html", {"places": places, "month": month})


@require_GET
def sheet(request: ScopedRequest, area: str, month: Month) -> HttpResponse:
    """The page around the grid."""
    _require_place(request.actor, area)
    context = sheet_context(area, month)
    rows = sheet_rows(area=area, month=month, with_year=False)
    closed = bool(rows) and all(row.closed for row in rows)
    name = place_name(area, rows, context.township)
    today = timezone.localdate()
    open_items = [] if closed else [*_earlier(context), *missing(context, rows, today)]
    return render(
        request,
        "attendance/sheet.html",
        {
            "township": {"code": area, "name": name},
            "month": month,
            "prev_month": month.previous(),
            "next_month": month.next() if month < Month.of(today) else None,
            "state": "closed" if closed else "open",
            "state_text": "已月结" if closed else "未月结",
            "steps": step_lines(request.actor, context, sheet_steps(context, rows)),
            "missing": open_items,
            "blocked": bool(blocking(open_items)),
            **_links(request.actor, area, month, closed=closed),
        },
    )


def _earlier(context: SheetContext) -> list[Finding]:
    """Only a township closes months, so only its page says what keeps it from doing so."""
    return earlier_month_open(area=context.area, month=context.month) if len(context.area) == PLACES[0] else []


def _links(actor: Actor, area: str, month: Month, *, closed: bool) -> dict[str, str]:
    at = {"area": area, "month": month}
    links: dict[str, str] = {
        "data_url": reverse("attendance:data", kwargs=at),
        "save_url": reverse("attendance:save", kwargs=at),
        "spans_url": reverse("attendance:spans", kwargs=at),
        "export_url": link_up("reports:sheet_export", **at),
    }
    if actor.may("sheet.import") and not closed and len(area) == PLACES[0]:
        links["import_url"] = link_up("reports:sheet_import", **at)
    if actor.may("month.close") and not closed and len(area) == PLACES[0]:
        links["close_url"] = link_up("ledgers:close", **at)
    return links


def step_lines(actor: Actor, context: SheetContext, steps: list[SheetStep]) -> list[dict[str, Any]]:
    """The confirmations and signatures of the sheet, one line per step of the pack over all teams shown."""
    groups: dict[str, list[SheetStep]] = defaultdict(list)
    for step in steps:
        groups[step.step.key].append(step)
    return [_step_line(actor, context, found) for found in groups.values()]


def _step_line(actor: Actor, context: SheetContext, steps: list[SheetStep]) -> dict[str, Any]:
    rule, open_steps = steps[0].step, [step for step in steps if not step.done]
    mine = actor.office_for(list(rule.offices)) is not None
    if not open_steps:
        signers = "、".join(sorted({step.signature.signer for step in steps if step.signature}))
        state, tone = (f"{signers} 已办理" if len(signers) < 30 else f"{len(steps)}队全部办理"), "done"
    else:
        stale = sum(step.stale for step in open_steps)
        state = f"{len(steps) - len(open_steps)}/{len(steps)}队" + (f"，{stale}队内容有改动须重办" if stale else "")
        tone = "now"
    offices = "或".join(Office(office).label for office in rule.offices)
    where = {"area": context.area, "month": context.month, "step": rule.key}
    return {
        "label": rule.label,
        "state": f"{state}（{offices}）",
        "due": due_day(context.book, rule.due, context.month, source=context.area[:10]) if open_steps else None,
        "tone": tone,
        "clause": rule.clause,
        "can_act": bool(open_steps) and mine and not steps[0].rows[0].closed and context.is_over(timezone.localdate()),
        "url": reverse("attendance:sign", kwargs=where),
        "action": ACT_WORDS[rule.verb] + (f"（{len(open_steps)}队）" if len(open_steps) > 1 else ""),
        "confirm": f"以您的姓名办理“{rule.label}”，共{len(open_steps)}队。内容再有改动时须重新办理。",
    }


@transaction.non_atomic_requests  # reads only: no savepoint of its own inside the middleware's transaction
@require_GET
def data(request: ScopedRequest, area: str, month: Month) -> HttpResponse:
    """The grid's rows.  Fixed number of queries, whatever the number of people."""
    _require_place(request.actor, area)
    context = sheet_context(area, month)
    rows = sheet_rows(area=area, month=month)
    open_items = len(blocking(missing(context, rows, timezone.localdate())))
    name = place_name(area, rows, context.township)
    return _json(sheet_payload(context, rows, request.actor, name=name, missing=open_items))


@require_POST
def save(request: ScopedRequest, area: str, month: Month) -> HttpResponse:
    """Save cells; answers the fresh rows, the cells refused and the cells in conflict."""
    edits = read_save(request.body)
    result = sheet_save(actor=request.actor, area=area, month=month, edits=edits)
    return _json(_answer(request.actor, result))


def _json(content: dict[str, Any]) -> HttpResponse:
    return HttpResponse(to_json(content), content_type="application/json")


def _answer(actor: Actor, result: SaveResult) -> dict[str, Any]:
    return {
        "rows": [sheet_row_payload(result.context, row, actor) for row in result.rows],
        "errors": [
            {
                "p": error.posting,
                "day": error.day,
                "mark": error.text,
                "message": error.message,
                "clause": error.clause,
                "kept": error.kept,
            }
            for error in result.errors
        ],
        "conflicts": [
            {
                "p": conflict.posting,
                "day": conflict.day,
                "mine": conflict.mine,
                "theirs": conflict.theirs,
                "by": conflict.by,
                "at": timezone.localtime(conflict.at).strftime("%H:%M") if conflict.at else "",
            }
            for conflict in result.conflicts
        ],
    }


@require_POST
@told("/")
def sign(request: ScopedRequest, area: str, month: Month, step: str) -> HttpResponse:
    """Do one step for every team of the place that still needs it."""
    _require_place(request.actor, area)
    context = sheet_context(area, month)
    steps = sheet_steps(context, sheet_rows(area=area, month=month, with_year=False))
    waiting = [found for found in steps if found.step.key == step and not found.done]
    if not waiting:
        messages.info(request, "这一步已经办理。")
    for found in waiting:
        sheet_sign(actor=request.actor, area=area, team=found.team, month=month, step=step)
    if waiting:
        messages.success(request, f"已办理“{waiting[0].step.label}”，共{len(waiting)}队。")
    return back(request, reverse("attendance:sheet", kwargs={"area": area, "month": month}))


def _require_place(actor: Actor, area: str) -> None:
    require(actor, "sheet.view", area)
    if len(area) not in PLACES:
        raise NotFound
