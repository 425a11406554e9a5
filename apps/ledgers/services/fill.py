"""Filling queued township ledgers in batches, each batch one transaction of its caller."""

from __future__ import annotations

from typing import NamedTuple

from apps.core.months import Month
from apps.core.sql import fetch
from apps.core.tenancy import area_end
from apps.jurisdictions.selectors import calendar_of
from apps.ledgers.compile import ledgers_compile
from apps.ledgers.compile.expressions import Plan
from apps.ledgers.models import LedgerKind
from apps.ledgers.selectors.chain import book_by_hash
from apps.ledgers.services.steps import opening_state

BATCH = 200  # ledgers in one statement: some ten thousand people


def ledgers_waiting(*, area: str, month: Month) -> int:
    """How many township ledgers of an area's month are still to be filled."""
    rows = fetch(
        "SELECT count(*) FROM ledgers_ledger "
        "WHERE area >= %s AND area < %s AND month = %s AND kind = %s AND state = 'queued'",
        [area, area_end(area), month.first, LedgerKind.TOWNSHIP],
    )
    return int(rows[0][0])


class Filled(NamedTuple):
    """How many ledgers a batch filled, and whether others were left for the next one."""

    ledgers: int
    more: bool


def ledgers_fill(*, area: str, month: Month) -> Filled:
    """Fill up to BATCH queued township ledgers that share one rule book.

    They are locked (those another worker holds are skipped), so no ledger is filled twice.
    """
    rows = fetch(
        "SELECT id, area, version, book_id FROM ledgers_ledger "
        "WHERE area >= %s AND area < %s AND month = %s AND kind = %s AND state = 'queued' "
        "ORDER BY area FOR UPDATE SKIP LOCKED LIMIT %s",
        [area, area_end(area), month.first, LedgerKind.TOWNSHIP, BATCH],
    )
    if not rows:
        return Filled(0, more=False)
    book_hash = rows[0][3]
    chosen = [(ledger, where, version) for ledger, where, version, book in rows if book == book_hash]
    plan = Plan(book_by_hash(book_hash), month, calendar_of(month.year))
    ledgers_compile(
        plan,
        [(ledger, where, area_end(where)) for ledger, where, _ in chosen],
        state=opening_state(plan.book),
        corrections=any(version > 1 for _, _, version in chosen),
    )
    return Filled(len(chosen), more=len(rows) == BATCH or len(chosen) < len(rows))
