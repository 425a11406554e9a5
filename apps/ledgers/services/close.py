"""Closing and reopening a township's month."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from django.db import transaction
from django.utils import timezone

from apps.accounts.access import Actor, require
from apps.attendance.selectors import SheetContext, SheetRow, missing, sheet_context, sheet_rows
from apps.attendance.selectors.places import earlier_month_open
from apps.attendance.services import lines_settle
from apps.core.errors import BadInput, Conflict, Forbidden, Refused
from apps.core.findings import Finding, blocking
from apps.core.months import Month
from apps.jurisdictions.selectors import division_names
from apps.ledgers.models import Ledger, LedgerKind, LedgerState
from apps.ledgers.selectors.months import current_ledger
from apps.ledgers.services.books import book_freeze
from apps.ledgers.services.jobs import job_queue
from apps.ledgers.services.steps import ledger_move
from apps.teams.selectors import reopening_reasons
from apps.teams.services import team_months_close, team_months_lock, team_months_reopen

OWN_STATES = frozenset({LedgerState.DRAFT, LedgerState.SIGNED, LedgerState.RETURNED})
COUNTY_STATES = frozenset({LedgerState.SUBMITTED, LedgerState.ACCEPTED})


def _missing(context: SheetContext, rows: Sequence[SheetRow], today: date) -> list[Finding]:
    """What stands between a township and the close of its month; see `attendance.selectors.missing`."""
    found = [] if rows else [Finding("nobody", "block", "本月没有在岗人员，无须月结。")]
    found += earlier_month_open(area=context.area, month=context.month)
    return found + missing(context, rows, today)


@transaction.atomic
def month_close(*, actor: Actor, area: str, month: Month) -> Ledger:
    """Close a township's month: the actor attests it by name, and its ledger is queued.

    Refused with the list of what is missing.  Closing again after a reopening makes the next version; the version
    before stays as it was.  Two people closing at once: the second gets a Conflict.
    """
    require(actor, "month.close", area)
    _require_township(area)
    context = sheet_context(area, month)
    teams = {row.team for row in sheet_rows(area=area, month=month, with_year=False)}
    states = team_months_lock(teams=teams, month=month.first)
    rows = sheet_rows(area=area, month=month, with_year=False)
    still_open = [team for team, closed in states.items() if not closed]
    if teams and not still_open:
        raise Conflict(f"{month.label}已经月结。")
    if problems := blocking(_missing(context, rows, timezone.localdate())):
        raise Refused(f"{month.label}还不能月结：{problems[0].message}", problems)
    lines_settle(context=context, rows=rows, by=actor.name)
    reasons = reopening_reasons(area=area, month=month.first)
    team_months_close(teams=still_open, month=month.first, by=actor.name)
    return _queue(actor, context, "；".join(reasons))


def _require_township(area: str) -> None:
    if len(area) != 10:
        raise BadInput("月结以乡镇为单位办理。")


def _queue(actor: Actor, context: SheetContext, reason: str) -> Ledger:
    before = current_ledger(area=context.area, kind=LedgerKind.TOWNSHIP, month=context.month)
    if before is not None and before.state == LedgerState.QUEUED:
        return _queue_again(actor, context, before, reason)
    if before is not None:
        ledger_move(before, LedgerState.SUPERSEDED)
    ledger = Ledger.objects.create(
        area=context.area,
        kind=LedgerKind.TOWNSHIP,
        name=division_names([context.area])[context.area],
        month=context.month.first,
        version=before.version + 1 if before else 1,
        book=book_freeze(context.book),
        attested_by=actor.name,
        reason=reason,
    )
    job_queue(area=context.area, kind="ledgers", by=actor.name, month=context.month.first, subject=ledger.pk)
    return ledger


def _queue_again(actor: Actor, context: SheetContext, waiting: Ledger, reason: str) -> Ledger:
    """A version that waits to be compiled holds nothing yet: it is made from what was closed now."""
    waiting.book, waiting.attested_by, waiting.reason = book_freeze(context.book), actor.name, reason
    waiting.save(update_fields=["book", "attested_by", "reason", "changed_at"])
    job_queue(area=context.area, kind="ledgers", by=actor.name, month=context.month.first, subject=waiting.pk)
    return waiting


@transaction.atomic
def month_reopen(*, actor: Actor, area: str, month: Month, teams: Iterable[int], reason: str) -> int:
    """Open teams of a closed month again, with a reason that everybody will see; how many were opened.

    Before submission and after a return the township does it itself; a submitted or accepted month only the county
    can open.  The ledger stays as it is until the month is closed again.
    """
    require(actor, "ledger.view", area)
    if len(reason.strip()) < 4:
        raise BadInput("请写明重新打开的原因（至少四个字）。")
    wanted = set(teams) & {row.team for row in sheet_rows(area=area, month=month, with_year=False)}
    # The teams' months before the ledger, as a close locks them: the other way round the two could deadlock.
    team_months_lock(teams=wanted, month=month.first)
    ledger = current_ledger(area=area, kind=LedgerKind.TOWNSHIP, month=month)
    if ledger is None or ledger.state == LedgerState.QUEUED:
        raise Conflict("本月还没有编成台账，请稍后再试。")
    _require_may_reopen(actor, area, ledger)
    if not wanted:
        raise BadInput("请选择要重新打开的工作队。")
    return team_months_reopen(teams=wanted, month=month.first, by=actor.name, reason=reason.strip())


def _require_may_reopen(actor: Actor, area: str, ledger: Ledger) -> None:
    if ledger.state in OWN_STATES and actor.may("month.reopen"):
        require(actor, "month.reopen", area)
    elif ledger.state in COUNTY_STATES and not actor.may("ledger.reopen"):
        require(actor, "ledger.view", area)
        raise Forbidden("台账已报送，只有县级可以重新打开；请联系县级审核人员。")
    else:
        require(actor, "ledger.reopen", area)
