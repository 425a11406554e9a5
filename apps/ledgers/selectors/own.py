"""What a cadre reads of himself: his lines as last compiled."""

from __future__ import annotations

from django.db.models import QuerySet

from apps.ledgers.models import LedgerLine
from apps.teams.models import Posting


def own_rows() -> QuerySet[LedgerLine]:
    """All lines of the person in whose scope this is read, whatever their ledger's version; found by his postings."""
    return LedgerLine.objects.filter(posting__in=Posting.objects.values("pk"))


def own_lines(*, year: int) -> QuerySet[LedgerLine]:
    """The scope's own lines of a year, newest month first, each month as its newest ledger has it; with the unit.

    Read inside a person's scope it is that person's, in every county he was posted to.
    """
    newest = (
        own_rows()
        .filter(month__year=year)
        .order_by("posting_id", "month", "-ledger_id")
        .distinct("posting_id", "month")
    )
    return own_rows().filter(pk__in=newest.values("pk")).select_related("unit").order_by("-month", "area", "posting_id")
