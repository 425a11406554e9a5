"""What was handed to a body for the record (备案)."""

from __future__ import annotations

from django.db.models import QuerySet

from apps.accounts.access import Actor
from apps.leave.models import LeaveFiling
from apps.rules.said import Names, body_text


def filings_for(actor: Actor) -> QuerySet[LeaveFiling]:
    """What was filed with the actor's own unit or office, the latest first."""
    if actor.scope.unit is not None:
        return LeaveFiling.objects.all()
    return LeaveFiling.objects.filter(unit__isnull=True, to__in=actor.offices)


def filings_unseen(actor: Actor) -> int:
    """How many of them nobody has taken note of.  One query."""
    return filings_for(actor).filter(seen_at__isnull=True).count()


def filed_with(filing: LeaveFiling) -> str:
    """The body that a request was filed with, in words; a unit by its name."""
    return filing.unit.name if filing.unit else body_text(filing.to, None, None, Names())
