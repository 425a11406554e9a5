"""The sign chain of a township ledger, step by step as the pack says, up to its submission."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from apps.accounts.access import Actor, require
from apps.core.errors import Conflict, Forbidden, NotFound
from apps.core.months import Month
from apps.ledgers.models import Ledger, LedgerState, LedgerStep
from apps.ledgers.models.ledger import TRANSITIONS
from apps.ledgers.selectors.chain import chain_of, frozen_book
from apps.rules.book import RuleBook
from apps.rules.terms import Due, Step
from apps.teams.selectors import reopening_reasons


def ledger_locked(*, actor: Actor, ledger: int, action: str) -> Ledger:
    """The ledger, locked until the transaction ends.  NotFound out of scope, Forbidden without the right."""
    found = Ledger.objects.select_for_update().filter(pk=ledger).first()
    if found is None:
        raise NotFound
    require(actor, action, found.area)
    return found


def ledger_move(ledger: Ledger, state: str) -> None:
    """Move a locked ledger along the table of allowed transitions.  Conflict for any other move.

    Out of the queue only a compile leads.
    """
    if state not in TRANSITIONS[ledger.state] or ledger.state == LedgerState.QUEUED:
        now = LedgerState(ledger.state).label
        raise Conflict(f"台账现在的状态是“{now}”，不能办理这一步；请刷新页面。")
    ledger.state = state
    ledger.save(update_fields=["state", "changed_at"])


def settled_require(ledger: Ledger) -> None:
    """Conflict when the month behind a ledger stands open again: what is signed must be what was closed last."""
    if reopening_reasons(area=ledger.area, month=ledger.month):
        raise Conflict("本月考勤已重新打开：更正后请再次月结，办理新的一版；这一版不再办理。")


def opening_state(book: RuleBook) -> str:
    """The state of a freshly compiled ledger: to be signed where the pack has steps before the submission."""
    return LedgerState.SIGNED if book.ledger.steps[0].verb == "submit" else LedgerState.DRAFT


@transaction.atomic
def ledger_step(*, actor: Actor, ledger: int, step: str, note: str = "") -> LedgerStep:
    """Do the next step of the chain: sign, review or submit.

    Only the offices named by the step, only in the order of the pack, only while the month stays closed.  Done a
    second time it stays the first one; out of turn it is a Conflict that names the step whose turn it is.
    """
    found = Ledger.objects.select_for_update().filter(pk=ledger).first()
    if found is None:
        raise NotFound
    require(actor, "ledger.view", found.area)
    chain = chain_of(found)
    wanted = next((link for link in chain if link.step.key == step), None)
    if wanted is None:
        raise NotFound("这份台账没有这一步。")
    if wanted.act is not None:
        return wanted.act
    turn = next(link for link in chain if link.act is None)
    if turn.step.key != step:
        raise Conflict(f"现在应先办理“{turn.step.label}”。")
    office = actor.office_for(list(wanted.step.offices))
    if office is None:
        raise Forbidden(f"“{wanted.step.label}”不由您办理。")
    settled_require(found)
    last_signature = wanted.step.verb != "submit" and _next_is_submit(frozen_book(found), step)
    if wanted.step.verb == "submit":
        ledger_move(found, LedgerState.SUBMITTED)
    elif found.state != LedgerState.DRAFT:
        raise Conflict("台账还没有编成，请稍候。")
    elif last_signature:
        ledger_move(found, LedgerState.SIGNED)
    return step_record(actor=actor, ledger=found, step=wanted.step, office=office, note=note)


def _next_is_submit(book: RuleBook, key: str) -> bool:
    steps = book.ledger.steps
    place = next(index for index, step in enumerate(steps) if step.key == key)
    return place + 1 < len(steps) and steps[place + 1].verb == "submit"


def step_record(*, actor: Actor, ledger: Ledger, step: Step, office: str, note: str = "") -> LedgerStep:
    """Write down that a named person did a step on exactly this content."""
    return LedgerStep.objects.create(
        area=ledger.area,
        ledger=ledger,
        step=step.key,
        verb=step.verb,
        label=step.label,
        office=office,
        person=actor.name,
        user=actor.user,
        note=note.strip()[:500],
        clause=step.clause or "",
        late=_late(step.due, ledger.month, timezone.localdate()),
        hash=ledger.hash,
    )


def _late(due: Due | None, month: date, today: date) -> bool:
    return due is not None and today > due.due_on(Month.of(month))
