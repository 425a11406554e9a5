"""Leave that was asked for and approved on paper, entered by the township and marked as such for ever."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from apps.accounts.access import Actor, require
from apps.core.errors import BadInput, Conflict, NotFound
from apps.jurisdictions.offices import Office
from apps.leave.models import LeaveAct, LeaveRequest, LeaveState, Outcome
from apps.leave.selectors.run import ASKING, RETURNING, Run, run_of
from apps.leave.services.acts import acts_of, applying, filings_write
from apps.leave.services.ask import (
    Asked,
    checked_plan,
    posting_lock,
    request_lock,
    request_values,
    require_not_extended,
)
from apps.leave.services.end import require_day, return_settle
from apps.leave.services.months import days_require_free
from apps.leave.services.proofs import Upload, proofs_write
from apps.rules.language.proceeding import Done
from apps.rules.language.windows import Stretch
from apps.teams.models import Posting


@dataclass(frozen=True)
class Approval:
    """Who did a step on paper, and when."""

    key: str
    name: str
    day: date


@transaction.atomic
def leave_paper(
    *, actor: Actor, posting: int, asked: Asked, approvals: Sequence[Approval], proofs: Sequence[Upload] = ()
) -> LeaveRequest:
    """Enter a leave that was approved on paper; it is granted at once.

    The same rules hold as for one sent here, and every step of the procedure must be named with who did it and when,
    in order; `asked.document` says where the paper lies.  Refused like `leave_ask`; nobody enters his own.
    """
    found = Posting.objects.filter(pk=posting).first()
    if found is None:
        raise NotFound
    require(actor, "leave.paper", found.area)
    _require_anothers(actor, found.person)
    if not asked.document.strip():
        raise BadInput("补登纸质请假须写明假条存放在哪里。")
    held = posting_lock(posting)
    plan = checked_plan(held, asked, proofs)
    days_require_free(held, Stretch(asked.first, asked.last))
    request = LeaveRequest.objects.create(
        area=held.area,
        posting=held,
        team_id=held.team_id,
        person=held.person,
        on_paper=True,
        by=actor.name,
        **request_values(asked, plan),
    )
    proofs_write(request, proofs, actor.name)
    _approved(actor, request, {approval.key: approval for approval in approvals})
    request.state = LeaveState.GRANTED
    request.save()
    filings_write(applying(request))
    return request


def _approved(actor: Actor, request: LeaveRequest, given: dict[str, Approval]) -> None:
    """Every step in order, as the paper says; BadInput for one that it does not name, or that comes too early."""
    run = applying(request)
    before = min((approval.day for approval in given.values()), default=timezone.localdate())
    while run.state == "open" and run.open_steps:
        entry = run.open_steps[0]
        if Office.CADRE in entry.by:
            approval = Approval(entry.key, request.posting.name, before)
        elif entry.key in given and given[entry.key].name.strip():
            approval = given[entry.key]
        else:
            raise BadInput(f"请填写“{entry.label}”的办理人和日期。")
        if not before <= approval.day <= timezone.localdate():
            raise BadInput(f"“{entry.label}”的日期不对：应在前一步之后、不晚于今天。")
        before = approval.day
        office = entry.by[0] if entry.by else ""
        paper_act(actor, request, ASKING, approval, entry.label, office, entry.clause)
        run = run.after(Done(entry.key, approval.day, office))
    if run.state != "complete":
        raise BadInput("按纸面日期，这份请假已超过办理期限而作罢，不能补登。")


def _require_anothers(actor: Actor, person: str) -> None:
    if person in actor.persons:
        raise BadInput("不能补登本人的请假，请由他人办理。")


def paper_act(
    actor: Actor, request: LeaveRequest, matter: str, approval: Approval, label: str, office: str, clause: str | None
) -> None:
    """One act that somebody did on paper, entered by the actor."""
    LeaveAct.objects.create(
        area=request.area,
        request=request,
        person=request.person,
        matter=matter,
        round=request.round,
        key=approval.key,
        label=label,
        outcome=Outcome.DONE,
        office=office,
        name=approval.name.strip(),
        paper=True,
        entered_by=actor.name,
        clause=clause or "",
        day=approval.day,
    )


@transaction.atomic
def leave_paper_return(*, actor: Actor, request: int, back: date, confirmed_by: str = "") -> LeaveRequest:
    """Enter that somebody came back, as reported on paper; `confirmed_by` is who confirmed it where the procedure asks
    for it.  BadInput without him, and on one's own; entered twice it stays as first entered."""
    held = request_lock(request)
    require(actor, "leave.paper", held.area)
    _require_anothers(actor, held.person)
    if held.back is not None:
        return held
    if held.state != LeaveState.GRANTED:
        raise Conflict(f"这份申请{LeaveState(held.state).label}，不能销假。")
    require_day(held, back)
    require_not_extended(held, "请在续假上登记销假。")
    held.back = back
    run = run_of(held, acts_of(held), timezone.localdate(), matter=RETURNING)
    _confirmed(actor, held, run, confirmed_by)
    return_settle(held, None, returned=False)
    return held


def _confirmed(actor: Actor, held: LeaveRequest, run: Run | None, confirmed_by: str) -> None:
    if run is None:
        approval = Approval("back", held.posting.name, timezone.localdate())
        paper_act(actor, held, RETURNING, approval, "销假", Office.CADRE, None)
        return
    while run.open_steps:
        entry = run.open_steps[0]
        own = Office.CADRE in entry.by
        if not own and not confirmed_by.strip():
            raise BadInput(f"请填写“{entry.label}”的办理人。")
        approval = Approval(entry.key, held.posting.name if own else confirmed_by, timezone.localdate())
        office = entry.by[0] if entry.by else ""
        paper_act(actor, held, RETURNING, approval, entry.label, office, entry.clause)
        run = run.after(Done(entry.key, approval.day, office))
