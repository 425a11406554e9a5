"""Signing a handover list, sending it back, and what a handover adds to the steps of its case."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from apps.accounts.access import Actor, require
from apps.accounts.reach import reaching
from apps.core.errors import BadInput, Conflict, Forbidden, Refused
from apps.core.findings import Finding, blocking
from apps.jurisdictions.days import work_days
from apps.jurisdictions.offices import Office
from apps.rules.language.procedures import acts_of
from apps.rules.language.proceeding import Done, Open
from apps.staffing.bodies import PREDECESSOR, SUCCESSOR
from apps.staffing.models import Case, CaseState, Handover, HandoverParty, Outcome, Part
from apps.staffing.selectors.handing import VILLAGE, handover_findings, handover_law
from apps.staffing.selectors.handover import handover_row, parties_of
from apps.staffing.selectors.run import Run, run_of
from apps.staffing.services.act import Paper
from apps.staffing.services.acts import Deed, act_write, case_lock
from apps.staffing.services.acts import acts_of as acts_done
from apps.staffing.services.handovers import handover_lock, handover_require_open, party_outgoing
from apps.staffing.services.leaving import departure_end, successor_takes_over
from apps.staffing.services.matters import MATTERS, Matter

HANDING = "hand_over"


@transaction.atomic
def handover_sign(*, actor: Actor, handover: int, part: str, paper: Paper | None = None) -> Handover:
    """Sign the list as one of both sides, or enter from `paper` that he did; with the second signature the step of
    handing over is done.

    Refused while an item is empty (what there is nothing of is written as such); Conflict while another step comes
    first; Forbidden for whom it does not concern.  Signed twice the first stands.
    """
    row = handover_row(actor, handover)
    require(actor, "handover.sign")
    with reaching(actor, row):
        held = handover_lock(handover)
        handover_require_open(held)
        party = held.parties.select_for_update().filter(round=held.round, part=part).first()
        if party is None:
            raise BadInput("还没有确定接收人，请先由乡镇确定。")
        if party.signed_on is not None:
            return held
        run = run_of(case_lock(held.case_id), acts_done(held.case), timezone.localdate())
        entry = _handing(run, party)
        _require_full(held)
        _sign(actor, held, party, paper)
        if all(each.signed_on for each in parties_of(held)) and held.parties.filter(round=held.round).count() == 2:
            _handed(actor, held, run, entry)
    return held


def _handing(run: Run, party: HandoverParty) -> Open:
    """The open step of handing over that fits who takes over."""
    keys = {step.key for step in acts_of(run.procedure.steps) if step.verb == HANDING}
    entries = [entry for entry in run.open_steps if entry.key in keys]
    if not entries:
        now = "、".join(entry.label for entry in run.open_steps)
        raise Conflict(f"还没有轮到交接签字，现在是：{now}。")
    village = party.part == Part.INCOMING and party.posting_id is None
    fitting = [entry for entry in entries if (VILLAGE in run.along(entry)) == village]
    return (fitting or entries)[0]


def _require_full(held: Handover) -> None:
    empty = [item["label"] for item in held.items if not item["text"].strip()]
    if not empty:
        return
    clause = _clause(held)
    told = f"还没有填写：{'、'.join(empty)}。没有内容的请写“无”。"
    raise Refused(told, [Finding("item_empty", "block", told, clause)])


def _clause(held: Handover) -> str | None:
    posting = held.posting
    record = handover_law(posting, timezone.localdate(held.at)).record
    return record.clause if record else None


def _sign(actor: Actor, held: Handover, party: HandoverParty, paper: Paper | None) -> None:
    if not held.sealed:
        held.sealed = True
        held.save()
    himself = bool(party.person) and actor.user.person == party.person
    if not himself:
        if not actor.offices & {Office.TOWNSHIP_CLERK, Office.COUNTY_OFFICE}:
            raise Forbidden("请由交接双方本人签字，或由乡镇补登纸质签字。")
        if paper is None or paper.day is None or not paper.document.strip():
            raise BadInput("补登纸质签字，请填写签字日期和清单存放处。")
        if paper.day > timezone.localdate():
            raise BadInput("签字日期不能晚于今天。")
        party.paper, party.entered_by, party.note = True, actor.name, (party.note or paper.document.strip())[:300]
    party.signed_on = paper.day if paper and not himself else timezone.localdate()
    party.user = actor.user
    party.save()


def _handed(actor: Actor, held: Handover, run: Run, entry: Open) -> None:
    """Both have signed: the step is done, by the one who leaves, together with whoever takes over."""
    outgoing, incoming = parties_of(held)
    entry = _handing(run, incoming)
    told = dict.fromkeys(run.along(entry), incoming.name)
    if incoming.posting_id is None and Office.COUNTY_OFFICE.value in told:
        told[Office.COUNTY_OFFICE.value] = incoming.note
    own = actor.user.person == held.person
    days = [each.signed_on for each in (outgoing, incoming) if each.signed_on]
    deed = Deed(
        entry.key,
        entry.label,
        PREDECESSOR,
        Office.CADRE.value if own else actor.office_for([o for o in actor.offices if o != Office.CADRE]) or SUCCESSOR,
        name=outgoing.name,
        day=max([*days, *([run.last_day] if run.last_day else [])]),
        paper=not own,
        document="交接清单",
        joined=told,
        clause=entry.clause,
    )
    act_write(actor, run.case, deed)
    if (
        run.after(Done(entry.key, deed.day or timezone.localdate(), PREDECESSOR, "done", frozenset(told))).state
        == "complete"
    ):
        run.case.state = CaseState.DONE
        run.case.save()


@transaction.atomic
def handover_send_back(*, actor: Actor, handover: int, reason: str) -> Handover:
    """Have a list written again on which somebody has signed: signatures and steps so far no longer count.

    By either side or the township, with a reason; Conflict once the case is over.
    """
    row = handover_row(actor, handover)
    require(actor, "handover.sign")
    with reaching(actor, row):
        held = handover_lock(handover)
        handover_require_open(held)
        if not reason.strip():
            raise BadInput("请写明退回的原因。")
        if not held.sealed:
            raise Conflict("清单还没有人签字，可以直接修改。")
        _anew(actor, held, case_lock(held.case_id), reason)
    return held


def _anew(actor: Actor, held: Handover, case: Case, reason: str) -> None:
    own = actor.user.person == held.person
    office = (
        Office.CADRE.value if own else actor.office_for([o for o in actor.offices if o != Office.CADRE]) or SUCCESSOR
    )
    act_write(actor, case, Deed("send_back", "退回重写", "", office, Outcome.RETURNED, remark=reason))
    case.state = CaseState.RETURNED
    case.save()
    _list_anew(held, case)


def _list_anew(held: Handover, case: Case) -> None:
    """A new list with the same words, and the case at its first step."""
    before = {each.part: each for each in parties_of(held)}
    held.parties.filter(round=held.round, signed_on__isnull=True).update(void=True)
    case.state, case.round = CaseState.OPEN, case.round + 1
    case.save()
    held.round, held.sealed = held.round + 1, False
    held.save()
    party_outgoing(held, held.posting)
    if (old := before.get(Part.INCOMING)) is not None:
        kept = ("posting_id", "unit_id", "person", "name", "provisional")
        values = {name: getattr(old, name) for name in kept}
        note = old.note if old.posting_id is None else ""
        HandoverParty.objects.create(
            area=held.area, handover=held, round=held.round, part=Part.INCOMING, note=note, **values
        )


def _check(actor: Actor, run: Run, deed: Deed, after: Run) -> None:
    """Nobody hands over but by signing; signing off wants the days that the rules ask for, or a reason."""
    verb = next((step.verb for step in acts_of(run.procedure.steps) if step.key == deed.key), None)
    if verb == HANDING:
        raise Refused("请由双方在交接清单上签字，签齐以后这一步即完成。")
    if deed.outcome == Outcome.REFUSED:
        raise BadInput("交接只能确认或退回重办。")
    if deed.outcome == Outcome.DONE and verb == "confirm":
        _require_days(run.case, deed)


def _require_days(case: Case, deed: Deed) -> None:
    held = Handover.objects.select_related("posting__team__village", "posting__unit").get(case=case)
    today = timezone.localdate()
    rule = handover_law(held.posting, today).bound
    if rule is None:
        return
    found = handover_findings(rule, held, deed.day or today, work_days())
    if wrong := blocking(found):
        raise Refused(wrong[0].message, wrong)
    short = [each for each in found if each.severity == "warn"]
    if short and not deed.remark.strip():
        raise Refused(f"{short[0].message}确需提前完成交接的，请在意见中写明理由。", short)


def _follow(actor: Actor, case: Case, deed: Deed) -> None:
    """A returned handover begins anew; one that is done lets go whoever waited for it."""
    held = Handover.objects.select_for_update().select_related("posting").get(case=case)
    if case.state == CaseState.RETURNED:
        _list_anew(held, case)
    if case.state != CaseState.DONE:
        return
    departure = held.departure
    if departure is not None and not departure.over:
        last = deed.day or timezone.localdate()
        departure_end(actor, departure, last)
        successor_takes_over(actor, held, last)


MATTERS["handover"] = Matter(_check, _follow)
