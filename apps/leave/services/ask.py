"""Asking for leave, sending it again after a return for changes, taking it back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from apps.accounts.access import Actor, require
from apps.accounts.reach import reaching
from apps.core.errors import BadInput, Conflict, NotFound, Refused
from apps.jurisdictions.offices import Office
from apps.leave.models import LeaveRequest, LeaveState
from apps.leave.selectors.law import law_on
from apps.leave.selectors.plan import Plan, leave_plan, require_span
from apps.leave.services.acts import What, act_write, applying, filings_follow, filings_write
from apps.leave.services.months import days_require_free
from apps.leave.services.proofs import Upload, proofs_check, proofs_write
from apps.rules.language.windows import Stretch
from apps.teams.models import Posting


@dataclass(frozen=True)
class Asked:
    """What somebody asks for: the kind, the days (both included), why, where he will be; `exception` is the written
    reason for going beyond what is allowed in principle, `document` says where a paper proof lies."""

    kind: str
    first: date
    last: date
    reason: str
    whereabouts: str = ""
    exception: str = ""
    document: str = ""


@transaction.atomic
def leave_ask(
    *, actor: Actor, posting: int, asked: Asked, proofs: Sequence[Upload] = (), extends: int | None = None
) -> LeaveRequest:
    """Send a request on its way, as the person himself.  The procedure in force is frozen with it.

    Refused outside the posting, over another leave, in a closed month, where no procedure is set, without the papers
    that the procedure asks for.  With `extends` it must begin the day after that leave and be sent before it ends.
    Sent twice the second one overlaps the first and is refused.
    """
    require(actor, "leave.ask")
    found = own_posting(actor, posting)
    with reaching(actor, found):
        held = posting_lock(posting)
        parent = _extended(held, asked, extends) if extends is not None else None
        plan = checked_plan(held, asked, proofs)
        request = LeaveRequest.objects.create(
            area=held.area,
            posting=held,
            team_id=held.team_id,
            person=held.person,
            extends=parent,
            by=actor.name,
            **request_values(asked, plan),
        )
        proofs_write(request, proofs, actor.name)
        _sent(actor, request)
    return request


@transaction.atomic
def leave_resend(*, actor: Actor, request: int, asked: Asked, proofs: Sequence[Upload] = ()) -> LeaveRequest:
    """Send a request again that was returned for changes; it starts at the first step, under the rules of today."""
    require(actor, "leave.ask")
    found = own_request(actor, request)
    with reaching(actor, found):
        posting_lock(found.posting_id)
        held = request_lock(request)
        if held.state != LeaveState.RETURNED:
            raise Conflict("这份申请不在退回修改状态，请刷新页面。")
        if held.extends_id is not None:
            _require_continued(_parent_lock(held.posting, held.extends_id), asked)
        plan = checked_plan(held.posting, asked, proofs, held=held)
        for name, value in request_values(asked, plan).items():
            setattr(held, name, value)
        held.state, held.round = LeaveState.ASKED, held.round + 1
        held.save()
        proofs_write(held, proofs, actor.name)
        _sent(actor, held)
    return held


@transaction.atomic
def leave_withdraw(*, actor: Actor, request: int, reason: str = "") -> LeaveRequest:
    """Take a request back: any that is not decided, a granted one before its first day.  Twice it stays withdrawn."""
    require(actor, "leave.ask")
    found = own_request(actor, request)
    with reaching(actor, found):
        held = request_lock(request)
        if held.state == LeaveState.WITHDRAWN:
            return held
        if held.state == LeaveState.GRANTED and held.first <= timezone.localdate():
            raise Refused("假期已经开始，不能撤回；提前返岗请办理销假。")
        if held.state not in (LeaveState.ASKED, LeaveState.RETURNED, LeaveState.GRANTED):
            raise Conflict(f"这份申请{LeaveState(held.state).label}，不能撤回。")
        if held.state == LeaveState.GRANTED:
            require_not_extended(held, "请先撤回续假。")
        held.state = LeaveState.WITHDRAWN
        held.save()
        act_write(actor, held, What("withdraw", "撤回申请"), office=Office.CADRE, remark=reason)
        filings_follow(held)
    return held


def own_posting(actor: Actor, posting: int) -> Posting:
    """The actor's own posting; NotFound for another's."""
    found = Posting.objects.filter(pk=posting, person=actor.user.person).first() if actor.user.person else None
    if found is None:
        raise NotFound
    return found


def own_request(actor: Actor, request: int) -> LeaveRequest:
    """The actor's own request; NotFound for another's."""
    found = LeaveRequest.objects.filter(pk=request, person=actor.user.person).first() if actor.user.person else None
    if found is None:
        raise NotFound
    return found


def posting_lock(posting: int) -> Posting:
    """A posting with its village and unit, locked: whatever is asked or decided for one person comes one by one."""
    rows = Posting.objects.select_for_update(of=("self",), no_key=True).select_related("team__village", "unit")
    return rows.get(pk=posting)


def request_lock(request: int) -> LeaveRequest:
    """A request with its posting, locked until the transaction ends."""
    rows = LeaveRequest.objects.select_for_update(of=("self",)).select_related(
        "posting__team__village", "posting__unit"
    )
    found = rows.filter(pk=request).first()
    if found is None:
        raise NotFound
    return found


def require_not_extended(held: LeaveRequest, instead: str) -> None:
    """Conflict while an extension of it is asked for or granted: a chain of leaves ends with the last one."""
    if held.extensions.filter(state__in=(LeaveState.ASKED, LeaveState.GRANTED)).exists():
        raise Conflict(f"这份请假已续假，{instead}")


def checked_plan(posting: Posting, asked: Asked, proofs: Sequence[Upload], held: LeaveRequest | None = None) -> Plan:
    """The plan of what is asked; BadInput or Refused with what is wrong."""
    today = timezone.localdate()
    _require_words(posting, asked, today)
    already = held.proofs.count() if held else 0
    proofs_check(proofs, already)
    plan = leave_plan(
        posting=posting,
        kind=asked.kind,
        first=asked.first,
        last=asked.last,
        today=today,
        without=held.pk if held else None,
    )
    refused = [finding for finding in plan.refused if finding.code != "presence_short"]
    if refused:
        raise Refused(refused[0].message, refused)
    if plan.proof and not (proofs or already or asked.document.strip()):
        raise BadInput("按规定请假须附证明材料：请上传文件，或写明纸质材料存放在哪里。")
    if plan.statement and not asked.exception.strip():
        beyond = [finding for finding in plan.findings if finding.code == "beyond"]
        raise Refused("请写明超出一般规定的理由。", beyond)
    return plan


def _require_words(posting: Posting, asked: Asked, today: date) -> None:
    require_span(asked.first, asked.last, today)
    if not asked.reason.strip():
        raise BadInput("请写明请假事由。")
    kinds = law_on(posting.area, today).kinds
    if asked.kind not in kinds:
        raise BadInput(f"请选择假别：{'、'.join(kinds)}。")


def _extended(posting: Posting, asked: Asked, extends: int) -> LeaveRequest:
    parent = _parent_lock(posting, extends)
    _require_continued(parent, asked)
    if timezone.localdate() > parent.until:
        raise Refused("原请假已经期满，不能再续假；请先销假，超出的天数由乡镇认定。")
    return parent


def _parent_lock(posting: Posting, extends: int) -> LeaveRequest:
    """The leave that is extended, locked: nobody returns from it meanwhile."""
    parent = LeaveRequest.objects.select_for_update().filter(pk=extends, posting=posting).first()
    if parent is None:
        raise NotFound
    return parent


def _require_continued(parent: LeaveRequest, asked: Asked) -> None:
    if parent.state != LeaveState.GRANTED or parent.back is not None:
        raise Conflict("原请假没有批准或已经销假，不能续假，请另行申请。")
    if asked.first != parent.until + timedelta(days=1):
        raise BadInput(f"续假应从原请假止日的次日（{parent.until + timedelta(days=1)}）开始。")


def request_values(asked: Asked, plan: Plan) -> dict[str, Any]:
    """The columns of a request that follow from what is asked and planned."""
    return {
        "kind": asked.kind,
        "first": asked.first,
        "last": asked.last,
        "until": asked.last,
        "days": int(plan.together.days),
        "workdays": int(plan.together.workdays),
        "reason": asked.reason.strip(),
        "whereabouts": asked.whereabouts.strip(),
        "exception": asked.exception.strip(),
        "document": asked.document.strip(),
        "rule": plan.rule,
        "returning": plan.returning,
    }


def _sent(actor: Actor, request: LeaveRequest) -> None:
    """The act of asking itself, if the procedure has one, and what is handed on at the start.

    A procedure that only has somebody report it, with nobody to decide, grants it in the same moment.
    """
    run = applying(request)
    entry = next((entry for entry in run.open_steps if Office.CADRE in entry.by), None)
    if entry is not None:
        act_write(actor, request, entry, office=Office.CADRE)
    run = applying(request)
    if run.state == "complete":
        days_require_free(request.posting, Stretch(request.first, request.until))
        request.state = LeaveState.GRANTED
        request.save()
    filings_write(run)
    filings_follow(request)
