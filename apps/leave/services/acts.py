"""Acts on a request and what follows from each: the next step, the grant, what is handed on for the record."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from django.utils import timezone

from apps.accounts.access import Actor
from apps.jurisdictions.procedures import names_in
from apps.leave.models import LeaveAct, LeaveFiling, LeaveRequest, Outcome
from apps.leave.selectors.run import ASKING, Run, run_of
from apps.rules.language.proceeding import Open
from apps.rules.said import body_text

UNIT = "dispatch_unit"


class What(NamedTuple):
    """What is done, where no step of a procedure says it."""

    key: str
    label: str
    clause: str | None = None


def act_write(
    actor: Actor,
    request: LeaveRequest,
    what: What | Open,
    *,
    office: str,
    outcome: str = Outcome.DONE,
    remark: str = "",
    matter: str = ASKING,
) -> LeaveAct:
    """Record what a named person did today; for a deputy also whose place he took."""
    return LeaveAct.objects.create(
        area=request.area,
        request=request,
        person=request.person,
        matter=matter,
        round=request.round,
        key=what.key,
        label=what.label,
        outcome=outcome,
        office=office,
        name=actor.name,
        principal=actor.position.principal,
        user=actor.user,
        remark=remark.strip(),
        clause=what.clause or "",
        day=timezone.localdate(),
    )


def acts_of(request: LeaveRequest) -> list[LeaveAct]:
    """Everything done on a request, in order.  One query."""
    return list(LeaveAct.objects.filter(request=request).order_by("id"))


def applying(request: LeaveRequest, today: date | None = None) -> Run:
    """The run of the request's own procedure as its acts now stand."""
    run = run_of(request, acts_of(request), today or timezone.localdate())
    if run is None:
        raise ValueError(f"request {request.pk} has no procedure")
    return run


def filings_write(run: Run) -> None:
    """Hand a request on to those for whom the moment has come; once each."""
    request = run.request
    told = set(LeaveFiling.objects.filter(request=request).values_list("key", "to"))
    posting, names = request.posting, names_in(request.rule)
    for message in run.filings:
        named = tuple(names.bodies.get(to, to) for to in message.to)
        for to in named or tuple(body_text(None, actor.relation, actor.of, names) for actor in message.unknown):
            if (message.key, to) in told:
                continue
            LeaveFiling.objects.create(
                area=request.area,
                request=request,
                person=request.person,
                unit_id=posting.unit_id if to == UNIT else None,
                key=message.key,
                label=message.label,
                to=to,
                name=posting.name,
                place=posting.team.place,
                kind=request.kind,
                first=request.first,
                last=request.last,
                until=request.until,
                state=request.state,
                clause=message.clause or "",
            )


def filings_follow(request: LeaveRequest) -> None:
    """What was handed on says how the request stands now."""
    LeaveFiling.objects.filter(request=request).update(
        state=request.state, first=request.first, last=request.last, until=request.until
    )
