"""How long a leave is: calendar days and workdays, alone and together with the leaves that it adjoins.

Pure arithmetic of civil days.  Source: the readings of the clauses on length (both ends count; leaves without a day on
duty between them are added up).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta

from apps.rules.language.chains import Length
from apps.rules.language.windows import Stretch

IsWork = Callable[[date], bool]


def days_of(span: Stretch) -> Iterator[date]:
    """Every day of a span."""
    return (span.first + timedelta(days=offset) for offset in range(span.days))


def length_of(spans: Iterable[Stretch], is_work: IsWork) -> Length:
    """Calendar days of some spans and the workdays among them."""
    days = [day for span in spans for day in days_of(span)]
    return Length(len(days), sum(map(is_work, days)))


def adjoining(span: Stretch, others: Iterable[Stretch], is_work: IsWork) -> list[Stretch]:
    """The span with all that hang together with it, in order: between two of them lies no workday.

    A weekend or holiday between two leaves is no day on duty, so it does not part them; it is not counted either.
    """
    ordered = sorted([*others, span])
    place = ordered.index(span)
    first = place
    while first and _adjoin(ordered[first - 1], ordered[first], is_work):
        first -= 1
    last = place
    while last + 1 < len(ordered) and _adjoin(ordered[last], ordered[last + 1], is_work):
        last += 1
    return ordered[first : last + 1]


def _adjoin(earlier: Stretch, later: Stretch, is_work: IsWork) -> bool:
    return not any(
        is_work(day) for day in days_of(Stretch(earlier.last + timedelta(days=1), later.first - timedelta(days=1)))
    )


def in_year(spans: Iterable[Stretch], year: int) -> int:
    """How many calendar days of some spans lie in a year."""
    start, end = date(year, 1, 1), date(year, 12, 31)
    inside = (Stretch(max(span.first, start), min(span.last, end)) for span in spans)
    return sum(span.days for span in inside if span.first <= span.last)
