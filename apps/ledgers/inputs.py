"""A stored ledger line as the presence rules want it, so that its figures can be worked out again and explained."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from apps.core.months import Month
from apps.ledgers.models import LedgerLine
from apps.rules.marks import CATEGORIES
from apps.rules.presence import Counts, Inputs
from apps.rules.stretches import STRETCHES, stretch_of
from apps.rules.vocabulary import Window

SIZE = len(CATEGORIES)


def line_inputs(line: LedgerLine, earlier: Sequence[LedgerLine] = ()) -> Inputs:
    """A stored line as the presence rules want it.  `earlier` are the posting's lines of the months before, from the
    first of the half-year and at least one."""
    month = Month.of(line.month)
    before = next((each for each in earlier if each.month == month.previous().first), None)
    ytd = _counts(line.ytd)
    return Inputs(
        roles=line.roles,
        classes=line.classes,
        first=line.first,
        last=line.last,
        month=month,
        month_all=line.counts[:SIZE],
        month_work=line.counts[SIZE : 2 * SIZE],
        ytd_all=ytd.all,
        ytd_work=ytd.work,
        marks=line.marks,
        previous_marks=before.marks if before else None,
        nights=line.nights,
        previous_nights=before.nights if before else None,
        ytd_nights=ytd.nights,
        stretches={window: _stretch(window, line, earlier) for window in STRETCHES},
    )


def _counts(stored: Sequence[int]) -> Counts:
    """The counts of a line; ledgers from before nights were counted have none of those."""
    return Counts(stored[:SIZE], stored[SIZE : 2 * SIZE], sum(stored[2 * SIZE :]))


def _stretch(window: Window, line: LedgerLine, earlier: Sequence[LedgerLine]) -> Counts:
    """What was counted from the first day of a stretch through the line's month."""
    first = stretch_of(window, Month.of(line.month)).first
    held = [line, *(each for each in earlier if first <= each.month < line.month)]
    return _counts([sum(column) for column in zip_longest(*(each.counts for each in held), fillvalue=0)])
