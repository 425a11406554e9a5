"""What presence measures are judged from: one posting's figures at the end of a month."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from apps.core.months import Month
from apps.rules.marks import INDEX_OF, STAYED
from apps.rules.measure import Measure


class Counts(NamedTuple):
    """Days per category, 11 numbers each in the order of CATEGORIES, of all dates and of workdays only; nights stayed."""

    all: Sequence[int]
    work: Sequence[int]
    nights: int


@dataclass(frozen=True, slots=True)
class Inputs:
    """One posting's figures at the end of a month.

    The four tuples hold 11 numbers in the order of CATEGORIES: of this month and of the year through this
    month, of all dates and of workdays only.  `last` is None while the posting is open.  `marks` are this
    month's letters, `previous_marks` the month's before (None where there is no sheet); `nights` and
    `previous_nights` likewise, empty where the sheet keeps no nights.  `stretches` holds what was counted from
    the first day of the quarter and of the half-year through this month, for the windows that a measure has.
    """

    roles: Sequence[str]
    classes: Sequence[str]
    first: date
    last: date | None
    month: Month
    month_all: Sequence[int]
    month_work: Sequence[int]
    ytd_all: Sequence[int]
    ytd_work: Sequence[int]
    marks: str = ""
    previous_marks: str | None = None
    nights: str = ""
    previous_nights: str | None = None
    ytd_nights: int = 0
    stretches: Mapping[str, Counts] = field(default_factory=dict)

    def counts(self, window: str) -> Counts:
        """What was counted in the month or in a running window so far.  KeyError for a stretch that was not given."""
        if window == "year":
            return Counts(self.ytd_all, self.ytd_work, self.ytd_nights)
        if window == "month":
            return Counts(self.month_all, self.month_work, self.nights.count(STAYED))
        return self.stretches[window]


def numbers(measure: Measure, inputs: Inputs) -> dict[str, int]:
    """{category: days} that a measure of the month or of a running window counts so far, or {"nights": nights}."""
    counts = inputs.counts(measure.window)
    if measure.unit == "night":
        return {"nights": counts.nights}
    days = counts.work if measure.days == "work" else counts.all
    return {category: int(days[INDEX_OF[category]]) for category in measure.counts}
