"""Ranges of days in constraints."""

from __future__ import annotations

from django.contrib.postgres.fields import DateRangeField
from django.db.models import Func


class DateRange(Func):
    """The range of two days: `DateRange("first", "last", Value("[]"))` with both of them, an open end where null."""

    function = "daterange"
    output_field = DateRangeField()
