"""Short ways to say a posting's figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from apps.core.months import Month
from apps.rules.marks import CATEGORIES
from apps.rules.presence import Inputs


def numbers(days: Mapping[str, int]) -> tuple[int, ...]:
    """Days per category as the rules take them: 11 numbers, 0 where nothing is said."""
    assert set(days) <= set(CATEGORIES)
    return tuple(days.get(category, 0) for category in CATEGORIES)


def inputs(
    month: str,
    *,
    roles: Sequence[str] = ("member",),
    classes: Sequence[str] = ("poor",),
    first: date = date(2015, 1, 1),
    last: date | None = None,
    year: Mapping[str, int] | None = None,
    year_work: Mapping[str, int] | None = None,
    days: Mapping[str, int] | None = None,
    marks: str = "",
    previous: str | None = None,
) -> Inputs:
    """One posting at the end of a month.  Workday figures equal the others unless given."""
    of_year = numbers(year or {})
    of_month = numbers(days or {})
    return Inputs(
        roles=roles,
        classes=classes,
        first=first,
        last=last,
        month=Month.parse(month),
        month_all=of_month,
        month_work=of_month,
        ytd_all=of_year,
        ytd_work=of_year if year_work is None else numbers(year_work),
        marks=marks,
        previous_marks=previous,
    )
