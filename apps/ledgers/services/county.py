"""The county's month: queued when asked for, made from accepted township ledgers."""

from __future__ import annotations

from django.db import transaction

from apps.accounts.access import Actor, require
from apps.core.errors import Conflict
from apps.core.months import Month
from apps.jurisdictions.selectors import division_names
from apps.ledgers.compile.county import county_hash, county_parts, county_totals
from apps.ledgers.models import Ledger, LedgerKind, LedgerState
from apps.ledgers.selectors.months import current_ledger
from apps.ledgers.services.jobs import job_queue
from apps.ledgers.services.steps import ledger_move


@transaction.atomic
def county_ledger_queue(*, actor: Actor, area: str, month: Month) -> Ledger:
    """Queue the county's ledger of a month, or its next version when township ledgers changed since.

    Conflict while no township ledger is accepted, or when nothing changed.
    """
    require(actor, "ledger.compile_county", area)
    return county_queue(area=area, month=month, by=actor.name)


@transaction.atomic
def county_queue(*, area: str, month: Month, by: str) -> Ledger:
    """As above, on behalf of `by`: a named person, or the system on the pack's day."""
    parts = _accepted(area, month, lock=True)  # also what keeps two callers apart while there is no county ledger yet
    if not parts:
        raise Conflict("还没有审核通过的乡镇台账，暂不能编制县级台账。")
    before = current_ledger(area=area, kind=LedgerKind.COUNTY, month=month)
    if before is not None and before.parts == county_parts(parts):
        raise Conflict("乡镇台账没有变化，县级台账不需要重编。")
    if before is not None and before.state == LedgerState.QUEUED:
        return before
    if before is not None:
        ledger_move(before, LedgerState.SUPERSEDED)
    ledger = Ledger.objects.create(
        area=area,
        kind=LedgerKind.COUNTY,
        name=division_names([area])[area],
        month=month.first,
        version=before.version + 1 if before else 1,
        book_id=parts[0].book_id,
        attested_by=by,
    )
    job_queue(area=area, kind="county", by=by, month=month.first, subject=ledger.pk)
    return ledger


def _accepted(area: str, month: Month, *, lock: bool = False) -> list[Ledger]:
    rows = Ledger.objects.within(area).filter(kind=LedgerKind.TOWNSHIP, month=month.first, state=LedgerState.ACCEPTED)
    return list((rows.select_for_update() if lock else rows).order_by("area"))


@transaction.atomic
def county_ledger_fill(*, ledger: int) -> int:
    """Fill a queued county ledger from the accepted township ledgers; how many there were.  Run twice it fills once."""
    found = Ledger.objects.select_for_update().get(pk=ledger)
    if found.state != LedgerState.QUEUED:
        return 0
    month = Month.of(found.month)
    accepted = _accepted(found.area, month)
    found.parts = county_parts(accepted)
    found.totals = county_totals(accepted)
    found.people = sum(part.people for part in accepted)
    found.hash = county_hash(area=found.area, month=str(month), book=found.book_id, parts=found.parts)
    found.state = LedgerState.ACCEPTED
    found.save(update_fields=["parts", "totals", "people", "hash", "state", "changed_at"])
    return len(accepted)
