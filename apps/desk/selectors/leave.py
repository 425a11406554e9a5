"""Leave that waits: requests to decide, people not back in time, one's own request that came back."""

from __future__ import annotations

from datetime import date

from django.urls import reverse

from apps.accounts.access import Actor
from apps.desk.selectors.items import Desk, WorkItem
from apps.jurisdictions.days import DueDay
from apps.leave.models import LeaveRequest
from apps.leave.selectors.filings import filings_unseen
from apps.leave.selectors.run import RETURNING
from apps.leave.selectors.standing import late_in, own_requests, waiting_for


def leave_desk(*, actor: Actor, today: date) -> Desk:
    """For an area or a team: a line for each request to decide and, for who may judge it, each overdue return.

    A fixed number of queries, whatever the number of requests.
    """
    desk = Desk()
    for standing, entry in waiting_for(actor, today) if actor.may("leave.decide") else ():
        request = standing.request
        about = "销假" if standing.run and standing.run.matter == RETURNING else request.kind
        where = f"{request.posting.team.village.name} · {_days(request)} · {request.reason}"
        item = WorkItem(
            f"{request.posting.name}{about}：{entry.label}",
            where,
            _at(request),
            "去办理",
            _due(entry.due),
            entry.clause,
        )
        desk.must.append(item)
    for late in late_in(actor, today) if actor.may("leave.judge") else ():
        request, span = late.request, late.overrun.span
        said = "没有返岗" if request.back else "没有销假"
        text = f"{request.posting.team.village.name} · {_days(request)}，之后{span.days}天{said}；是否脱岗由您认定。"
        what = f"{request.posting.name}假满未销假"
        desk.must.append(WorkItem(what, text, f"{_at(request)}#judge", "去认定", clause=late.overrun.clause))
    return desk


def own_leave_desk(*, actor: Actor, today: date) -> Desk:
    """For the person himself: what was returned for changes, and a leave that is over without a return."""
    desk = Desk()
    for own in own_requests(actor, today):
        request = own.standing.request
        if "change" in own.may:
            url = reverse("leave:change", args=[request.pk])
            desk.must.append(
                WorkItem(f"{request.kind}申请已退回", f"{_days(request)}，请修改后重新送审。", url, "去修改")
            )
        elif own.overrun and "back" in own.may:
            clause, url = own.overrun.clause, f"{_at(request)}#back"
            text = f"{_days(request)}，已期满；返岗后请马上销假。"
            desk.must.append(WorkItem(f"{request.kind}还没有销假", text, url, "去销假", _due(request.until), clause))
    return desk


def filed_desk(*, actor: Actor) -> Desk:
    """For a dispatch unit: filings that nobody has taken note of."""
    number = filings_unseen(actor)
    item = WorkItem(f"{number}件请假备案", "派出干部的请假，收悉即可。", reverse("leave:filings"), "查看")
    return Desk(ready=[item] if number else [])


def _at(request: LeaveRequest) -> str:
    return reverse("leave:detail", args=[request.pk])


def _days(request: LeaveRequest) -> str:
    first, last = request.first, request.until
    start = f"{first.month}月{first.day}日"
    return start if first == last else f"{start}至{last.month}月{last.day}日"


def _due(day: date | None) -> DueDay | None:
    """A last day of one request: its page says where it comes from."""
    return DueDay(day, "") if day else None
