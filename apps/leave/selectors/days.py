"""Which days of a posting are leave."""

from __future__ import annotations

from datetime import date

from apps.leave.models import VALID, LeaveRequest


def leaves_over(posting: int, first: date, last: date) -> bool:
    """Whether a granted leave touches the days from `first` to `last`.  One query."""
    return LeaveRequest.objects.filter(posting=posting, state__in=VALID, first__lte=last, until__gte=first).exists()
