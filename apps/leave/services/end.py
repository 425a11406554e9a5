"""Coming back from leave: in time, early, late."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from apps.accounts.access import Actor, require
from apps.accounts.reach import reaching
from apps.core.errors import BadInput, Conflict, Refused
from apps.jurisdictions.offices import Office
from apps.leave.models import LIVE, LeaveRequest, LeaveState
from apps.leave.selectors.run import RETURNING, Run, run_of
from apps.leave.services.acts import What, act_write, acts_of, filings_follow
from apps.leave.services.ask import own_request, request_lock, require_not_extended
from apps.leave.services.months import months_require_open


@transaction.atomic
def leave_return(*, actor: Actor, request: int, back: date, remark: str = "") -> LeaveRequest:
    """Report that one is back in the village since the day `back`.

    A return before the end shortens the leave from that day on, once it is confirmed where the procedure has somebody
    confirm it.  A return after the end leaves the days between for a named person to judge.  Reported twice it stays
    as first reported.
    """
    return _report(actor, request, back, remark, What("back", "销假"))


@transaction.atomic
def leave_untaken(*, actor: Actor, request: int, remark: str) -> LeaveRequest:
    """Report after its first day that a granted leave was not taken at all: BadInput without a word on why.

    Whoever confirms a return confirms it; then none of its days is leave any more.  Where a day of it lies in a
    closed month, that waits until the month is opened again.  Conflict once days after its end were judged.
    """
    if not remark.strip():
        raise BadInput("请写明没有休假的情况，如当天留村参加防汛。")
    return _report(actor, request, None, remark, What("untaken", "报告没有休假"))


def _report(actor: Actor, request: int, back: date | None, remark: str, what: What) -> LeaveRequest:
    """The person's own word, as the first step of the return where its procedure has one; `back` is None of a leave
    that was not taken."""
    require(actor, "leave.ask")
    found = own_request(actor, request)
    with reaching(actor, found):
        held = request_lock(request)
        if held.back is not None:
            return held
        if held.state != LeaveState.GRANTED:
            raise Conflict(f"这份申请{LeaveState(held.state).label}，不能销假。")
        require_untaken(held) if back is None else require_day(held, back)
        require_not_extended(held, "请在续假上销假；不再续假的，请先撤回续假。")
        held.back = held.first if back is None else back
        run = run_of(held, acts_of(held), timezone.localdate(), matter=RETURNING)
        entry = next((step for step in run.open_steps if Office.CADRE in step.by), None) if run else None
        if entry is not None:
            what = What(entry.key, what.label if back is None else entry.label, entry.clause)
        act_write(actor, held, what, office=Office.CADRE, remark=remark, matter=RETURNING)
        return_settle(held, run_of(held, acts_of(held), timezone.localdate(), matter=RETURNING), returned=False)
    return held


def return_settle(held: LeaveRequest, run: Run | None, *, returned: bool) -> None:
    """What follows from an act on the return: once nothing is left to do, the leave ends on the day before, or was
    never one."""
    if returned:
        held.back = None
    elif held.back is not None and (run is None or not run.open_steps):
        if held.back <= held.first:
            months_require_open(held.team_id, held.first, held.until)
            held.state = LeaveState.UNTAKEN
        else:
            _end(held, held.back)
    held.save()
    filings_follow(held)


def _end(held: LeaveRequest, back: date) -> None:
    shorter = min(held.last, back - timedelta(days=1))
    if shorter != held.until:
        months_require_open(held.team_id, shorter + timedelta(days=1), held.until)
    held.until, held.state = shorter, LeaveState.ENDED
    _end_extended(held)


def require_untaken(held: LeaveRequest) -> None:
    """Refused before the first day, when it can still be withdrawn; Conflict once days after its end were judged."""
    if held.first > timezone.localdate():
        raise Refused("假期还没有开始，不休的请直接撤回申请。")
    if held.overruns.exists():
        raise Conflict("这份假之后的天数已经认定，不能再报告没有休；有出入的请向乡镇提出。")


def require_day(held: LeaveRequest, back: date) -> None:
    """BadInput for a day of return that has not come, or before anything of the leave was taken; Conflict for a leave
    that goes on in another one."""
    if LeaveRequest.objects.filter(extends=held, state__in=LIVE).exists():
        raise Conflict("这份假已经续假，请在续假的申请上销假；还没有批准的续假，请先撤回。")
    if back > timezone.localdate():
        raise BadInput("返岗日还没有到，请在返岗当天或以后销假。")
    if back <= held.first:
        raise BadInput(f"返岗日应在请假起日（{held.first}）之后；没有休这次假的，请报告“没有休”。")

    judged = held.overruns.aggregate(last=Max("last"))["last"]
    if judged is not None and back <= judged:
        raise BadInput(f"到{judged}为止的超假天数已经认定，返岗日应在其后。")


def _end_extended(held: LeaveRequest) -> None:
    """With an extension the leave that it extended is over too."""
    parent = held.extends
    while parent is not None and parent.state == LeaveState.GRANTED:
        parent.state, parent.back = LeaveState.ENDED, parent.until + timedelta(days=1)
        parent.save()
        filings_follow(parent)
        parent = parent.extends
