"""A month's ledger as it was known on a day: which version was current then, and how far it had come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from apps.core.months import Month
from apps.core.sql import fetch
from apps.ledgers.models import Ledger, LedgerLine, LedgerState, LedgerStep
from apps.ledgers.selectors.chain import frozen_book
from apps.ledgers.selectors.lists import lines_of

# History keeps the row as it was before each change: the first one replaced afterwards is how it stood.
_STOOD = """
SELECT state FROM ledgers_ledgerevent WHERE pgh_obj_id = %s AND pgh_created_at > %s ORDER BY pgh_id LIMIT 1
"""


@dataclass(frozen=True)
class LedgerAsOf:
    """A version as it stood at `at`.  `ledger` is its row of today: content never changes, so only `state` and `acts`
    (in order) are told of that moment."""

    ledger: Ledger
    at: datetime
    state: LedgerState
    acts: tuple[LedgerStep, ...]

    def lines(self) -> list[LedgerLine]:
        """Its lines, as `lines_of`; none while it still waited to be compiled."""
        return [] if self.state == LedgerState.QUEUED else lines_of(self.ledger)


def ledger_as_of(*, area: str, kind: str, month: Month, at: datetime) -> LedgerAsOf | None:
    """The version of a place's month that was current at a moment, with its state at that moment; None before the
    first one was made, and for what the entered scope does not reach.

    A state that acts of named people brought about is taken from the acts, every other from the history of the row.
    At most three queries.
    """
    rows = Ledger.objects.filter(area=area, kind=kind, month=month.first, created_at__lte=at)
    ledger = rows.order_by("-version").first()
    if ledger is None:
        return None
    acts = tuple(LedgerStep.objects.filter(ledger=ledger, at__lte=at).order_by("at", "id"))
    return LedgerAsOf(ledger, at, _acted(ledger, acts) if acts else _stood(ledger, at), acts)


def _stood(ledger: Ledger, at: datetime) -> LedgerState:
    replaced = fetch(_STOOD, [ledger.pk, at])
    return LedgerState(replaced[0][0] if replaced else ledger.state)


def _acted(ledger: Ledger, acts: tuple[LedgerStep, ...]) -> LedgerState:
    """Where the acts brought a ledger: acceptance and return end its way, submission before them, signatures first."""
    rule, done = frozen_book(ledger).ledger, {act.step for act in acts}
    if rule.review.key in done:
        return LedgerState.ACCEPTED
    if "return" in done:
        return LedgerState.RETURNED
    missing = [step.verb for step in rule.steps if step.key not in done]
    if not missing:
        return LedgerState.SUBMITTED
    return LedgerState.SIGNED if missing == ["submit"] else LedgerState.DRAFT
