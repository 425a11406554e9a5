"""Reads of the records that explain days."""

from __future__ import annotations

from django.db.models import QuerySet

from apps.attendance.models import DaySpan
from apps.core.months import Month


def spans_in(*, area: str, month: Month) -> QuerySet[DaySpan]:
    """Records of an area that touch a month, by date, with their people.  One query."""
    found = DaySpan.objects.within(area).filter(first__lte=month.last, last__gte=month.first)
    return found.select_related("posting__team__village").order_by("first", "id")
