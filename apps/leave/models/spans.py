"""Spans of days as PostgreSQL compares them."""

from __future__ import annotations

from django.contrib.postgres.fields import DateRangeField
from django.db.models import Func


class DateRange(Func):
    """The range of two days, both included."""

    function = "daterange"
    output_field = DateRangeField()
