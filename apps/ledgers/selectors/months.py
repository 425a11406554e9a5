"""Which ledger of a month is the current one."""

from __future__ import annotations

from apps.core.months import Month
from apps.ledgers.models import Ledger, LedgerState


def current_ledger(*, area: str, kind: str, month: Month) -> Ledger | None:
    """The newest version that is not superseded, locked until the transaction ends; None when there is none."""
    return (
        Ledger.objects.select_for_update()
        .filter(area=area, kind=kind, month=month.first)
        .exclude(state=LedgerState.SUPERSEDED)
        .first()
    )
