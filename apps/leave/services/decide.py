"""Deciding on a request: agree, approve, return for changes, refuse; and judging what came after its end."""

from __future__ import annotations

from typing import cast

from django.db import transaction
from django.utils import timezone

from apps.accounts.access import Actor, require
from apps.accounts.reach import reaching
from apps.core.errors import BadInput, Conflict, Forbidden, NotFound, Refused
from apps.jurisdictions.days import work_days
from apps.leave.models import Judgement, LeaveFiling, LeaveOverrun, LeaveRequest, LeaveState, Outcome
from apps.leave.selectors.filings import filings_for
from apps.leave.selectors.law import law_on
from apps.leave.selectors.overruns import Overrun, overrun_of
from apps.leave.selectors.plan import presence_findings
from apps.leave.selectors.run import ASKING, RETURNING, Run, may_act, run_of
from apps.leave.services.acts import act_write, acts_of, filings_follow, filings_write
from apps.leave.services.ask import request_lock
from apps.leave.services.end import return_settle
from apps.leave.services.months import days_require_free, months_require_open
from apps.rules.language.proceeding import Done, Ending, Open
from apps.rules.language.windows import Stretch


@transaction.atomic
def leave_act(
    *, actor: Actor, request: int, key: str, outcome: str = Outcome.DONE, remark: str = "", matter: str = ASKING
) -> LeaveRequest:
    """Do the open step `key` of a request (or of its return, by `matter`), or return or refuse it with a remark.

    NotFound outside the scope; Forbidden for whom the step does not name, for the person concerned, and for another
    team's leader; Conflict when the step is not open (any more).  The last step grants the leave: then no month of it
    may be closed, a written reason must be there where one is asked for, and a remark where the team would fall below
    its presence floor.
    """
    held = request_lock(request)
    require(actor, "leave.decide", held.area)
    run = _run(held, matter)
    entry, office = _open(actor, run, key)
    _require_outcome(run, key, outcome, remark)
    after = run.after(Done(key, timezone.localdate(), office, cast(Ending, outcome)))
    if matter == ASKING and after.state == "complete":
        _require_grantable(held, remark)
    act_write(actor, held, entry, office=office, outcome=outcome, remark=remark, matter=matter)
    if matter == RETURNING:
        return_settle(held, after, returned=outcome == Outcome.RETURNED)
        return held
    held.state = _state(after, outcome)
    held.save()
    filings_write(after)
    filings_follow(held)
    return held


def _run(held: LeaveRequest, matter: str) -> Run:
    fitting = held.state == LeaveState.ASKED if matter == ASKING else held.state == LeaveState.GRANTED and held.back
    run = run_of(held, acts_of(held), timezone.localdate(), matter=matter) if fitting else None
    if run is None:
        raise Conflict(f"这份申请{LeaveState(held.state).label}，不用再办，请刷新页面。")
    return run


def _open(actor: Actor, run: Run, key: str) -> tuple[Open, str]:
    """The open step and the office in which the actor may do it."""
    entry = next((entry for entry in run.open_steps if entry.key == key), None)
    if entry is None:
        raise Conflict("这一步已经办过或还没有轮到，请刷新页面。")
    office = may_act(actor, run.request, entry)
    if not office:
        raise Forbidden(_why_not(actor, run.request, entry))
    return entry, office


def _why_not(actor: Actor, held: LeaveRequest, entry: Open) -> str:
    if held.person in actor.persons:
        return (
            "不能审批本人（被代理人）的请假，请由他人办理。"
            if actor.position.principal
            else "不能审批本人的请假，请由他人办理。"
        )
    return f"“{entry.label}”不由您办理。"


def _require_outcome(run: Run, key: str, outcome: str, remark: str) -> None:
    if outcome not in Outcome.values:
        raise BadInput("请选择办理结果。")
    if outcome == Outcome.DONE:
        return
    if not run.judges(key):
        raise BadInput("这一步只能办理，不能退回或不同意。")
    if outcome == Outcome.REFUSED and run.matter == RETURNING:
        raise BadInput("销假只能确认或退回核对。")
    if not remark.strip():
        raise BadInput("退回或不同意须写明理由。")


def _state(after: Run, outcome: str) -> str:
    if outcome == Outcome.RETURNED:
        return LeaveState.RETURNED
    if after.state == "refused":
        return LeaveState.REFUSED
    return LeaveState.GRANTED if after.state == "complete" else LeaveState.ASKED


def _require_grantable(held: LeaveRequest, remark: str) -> None:
    span = Stretch(held.first, held.until)
    days_require_free(held.posting, span)
    short = presence_findings(law_on(held.area, timezone.localdate()), held.posting, span, is_work=work_days())
    blocking = [finding for finding in short if finding.severity == "block"]
    if blocking and not remark.strip():
        text = f"批准后{blocking[0].message}请在意见中写明值守安排，再批准。"
        raise Refused(text, blocking)


@transaction.atomic
def overrun_judge(*, actor: Actor, request: int, judgement: str, reason: str) -> LeaveOverrun:
    """Decide what the days after the end of a leave were on which the person was not back: absence, or excused.

    Covers all such days that nobody has judged yet, up to yesterday.  Refused without a reason, on one's own, and
    when there is nothing to judge.
    """
    held = request_lock(request)
    require(actor, "leave.judge", held.area)
    if actor.user.person and actor.user.person == held.person:
        raise Forbidden("不能认定本人的超假，请由他人办理。")
    if judgement not in Judgement.values:
        raise BadInput("请选择认定结果。")
    if not reason.strip():
        raise BadInput("请写明认定的理由。")
    over = _locked_overrun(held)
    return LeaveOverrun.objects.create(
        area=held.area,
        request=held,
        posting=held.posting,
        person=held.person,
        first=over.span.first,
        last=over.span.last,
        judgement=judgement,
        reason=reason.strip(),
        clause=over.clause or "",
        office=actor.office_for(list(actor.offices)) or "",
        by=actor.name,
        user=actor.user,
    )


def _locked_overrun(held: LeaveRequest) -> Overrun:
    """The days to judge, read again behind the lock of their months: a grant may have taken some of them meanwhile."""
    over = overrun_of(held, timezone.localdate())
    if over is not None:
        months_require_open(held.team_id, over.span.first, over.span.last)
    if over is None or overrun_of(held, timezone.localdate()) != over:
        raise Conflict("没有需要认定的超假天数，请刷新页面。")
    return over


@transaction.atomic
def filing_acknowledge(*, actor: Actor, filing: int) -> LeaveFiling:
    """A body has taken note of what was handed to it; the first who did stands.  It decides nothing."""
    found = filings_for(actor).filter(pk=filing).first()
    if found is None:
        raise NotFound
    require(actor, "leave.note")
    with reaching(actor, found):
        held = LeaveFiling.objects.select_for_update().get(pk=filing)
        if held.seen_at is None:
            held.seen_by, held.seen_at = actor.name, timezone.now()
            held.save()
    return held
