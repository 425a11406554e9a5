"""What falls due by the packs' own days."""

from __future__ import annotations

from datetime import date

from apps.core.months import Month
from apps.core.sql import fetch
from apps.jurisdictions.selectors import book_of
from apps.ledgers.models import LedgerKind

_COUNTIES = """
SELECT DISTINCT left(area, 7) FROM ledgers_ledger
WHERE month = %s AND kind = %s AND (state = 'queued' OR (state = 'accepted' AND NOT EXISTS (
    SELECT FROM ledgers_ledger c WHERE c.area = left(ledgers_ledger.area, 7) AND c.kind = %s
        AND c.month = ledgers_ledger.month AND c.state <> 'superseded')))
  AND NOT EXISTS (SELECT FROM ledgers_job j WHERE j.month = ledgers_ledger.month
        AND j.area = left(ledgers_ledger.area, 7) AND j.state IN ('queued', 'running'))
ORDER BY 1
"""


def ledgers_due(*, today: date) -> list[tuple[str, Month]]:
    """(county, last month) of the counties whose pack's compile day has come and where a township ledger still waits
    to be filled, or accepted ones wait to be put together; counties with an open job are left out."""
    month = Month.of(today).previous()
    counties = [row[0] for row in fetch(_COUNTIES, [month.first, LedgerKind.TOWNSHIP, LedgerKind.COUNTY])]
    return [(county, month) for county in counties if _day_has_come(county, month, today)]


def _day_has_come(county: str, month: Month, today: date) -> bool:
    due = book_of(county, month.last).ledger.compile_due
    return due is not None and today >= due.due_on(month)
