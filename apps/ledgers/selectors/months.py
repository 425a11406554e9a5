"""Which ledger of a month is the current one, and whether the months before it are closed."""

from __future__ import annotations

from apps.core.months import Month
from apps.core.sql import fetch
from apps.core.tenancy import area_end
from apps.ledgers.models import Ledger, LedgerState


def current_ledger(*, area: str, kind: str, month: Month) -> Ledger | None:
    """The newest version that is not superseded, locked until the transaction ends; None when there is none."""
    return (
        Ledger.objects.select_for_update()
        .filter(area=area, kind=kind, month=month.first)
        .exclude(state=LedgerState.SUPERSEDED)
        .first()
    )


def earlier_month_open(*, area: str, month: Month) -> Month | None:
    """The latest month of the same year before `month` that has saved lines but is not closed, or None."""
    rows = fetch(
        "SELECT max(l.month) FROM attendance_sheetline l "
        "LEFT JOIN teams_teammonth m ON m.team_id = l.team_id AND m.month = l.month "
        "WHERE l.area >= %s AND l.area < %s AND l.month >= %s AND l.month < %s AND NOT coalesce(m.closed, false)",
        [area, area_end(area), Month(month.year, 1).first, month.first],
    )
    return Month.of(rows[0][0]) if rows[0][0] else None
