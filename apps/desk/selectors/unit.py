"""A dispatch unit's own people across counties, month by month, from what was fed back to it.

Read in a unit's scope: other units' people do not exist there.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from apps.core.months import Month, quarter_months
from apps.core.sql import fetch
from apps.jurisdictions.selectors import division_names
from apps.ledgers.models import LedgerLine, UnitFeedback
from apps.ledgers.selectors.chain import book_by_hash
from apps.ledgers.selectors.figures import quarter_lines
from apps.ledgers.selectors.table import Standing, standings
from apps.rules.marks import CATEGORIES, INDEX_OF
from apps.teams.models import Posting, PostRole

# Row-level security keeps both halves to the scope's unit.
_PEOPLE = """
SELECT p.area, p.id FROM teams_posting p WHERE p.first <= %(last)s AND (p.last IS NULL OR p.last >= %(first)s)
UNION
SELECT l.area, l.posting_id FROM ledgers_unitfeedback f
JOIN ledgers_ledgerline l ON l.ledger_id = f.ledger_id AND l.unit_id = f.unit_id
WHERE f.current AND f.month = ANY(%(months)s)
ORDER BY 1, 2
"""


@dataclass(frozen=True, order=True)
class Quarter:
    """One quarter of a year; its string form is `2026-Q3`."""

    year: int
    number: int

    @classmethod
    def parse(cls, text: str) -> Quarter:
        """`2026-Q3` → Quarter.  ValueError on every other form."""
        year, _, number = text.partition("-Q")
        if not (re.fullmatch("20[0-9]{2}", year) and number in ("1", "2", "3", "4")):
            raise ValueError("季度应写成 2026-Q3 的形式。")
        return cls(int(year), int(number))

    @classmethod
    def of(cls, day: date) -> Quarter:
        return cls(day.year, Month.of(day).quarter)

    @property
    def months(self) -> tuple[Month, Month, Month]:
        return quarter_months(self.year, self.number)

    @property
    def label(self) -> str:
        return f"{self.year}年第{'一二三四'[self.number - 1]}季度"

    def previous(self) -> Quarter:
        return Quarter.of(self.months[0].previous().first)

    def next(self) -> Quarter:
        return Quarter.of(self.months[2].next().first)

    def __str__(self) -> str:
        return f"{self.year:04d}-Q{self.number}"


@dataclass(frozen=True)
class Fed:
    """What one township owes or has given for one month: the feedback, or None while it is awaited."""

    county: str
    township: str
    month: Month
    people: int
    feedback: UnitFeedback | None


@dataclass(frozen=True)
class PersonMonth:
    """One month of a person: his line, or None where none was fed back."""

    month: Month
    line: LedgerLine | None
    counts: tuple[int, ...]


@dataclass(frozen=True)
class PersonQuarter:
    """One posting's quarter: the months, their sums in the order of the columns, where he stands at the end of it."""

    posting: int
    name: str
    place: str
    roles: str
    first: date
    last: date | None
    months: tuple[PersonMonth, ...]
    posted: int
    sums: tuple[int, ...]
    latest: LedgerLine | None
    standings: tuple[Standing, ...]

    def in_post(self, month: Month) -> bool:
        return self.first <= month.last and (self.last is None or self.last >= month.first)


def own_people(quarter: Quarter) -> list[int]:
    """The postings of the unit's people in a quarter, by place: whoever is posted for it then, and whoever was when a
    ledger was made.  One query."""
    months = [month.first for month in quarter.months]
    rows = fetch(_PEOPLE, {"months": months, "first": months[0], "last": quarter.months[2].last})
    return [posting for _, posting in rows]


def own_postings(quarter: Quarter) -> QuerySet[Posting]:
    """The unit's postings that touch a quarter, by place."""
    first, last = quarter.months[0].first, quarter.months[2].last
    touching = Q(last__isnull=True) | Q(last__gte=first)
    return Posting.objects.filter(touching, first__lte=last).order_by("area", "team_id", "id")


def feedback_states(quarter: Quarter, today: date) -> list[Fed]:
    """Every township and month that is over and in which the unit has people, with its feedback.  Three queries."""
    months = [month for month in quarter.months if month.last < today]
    waiting: dict[tuple[str, Month], int] = defaultdict(int)
    for area, first, last in own_postings(quarter).values_list("area", "first", "last"):
        for month in months:
            if first <= month.last and (last is None or last >= month.first):
                waiting[area[:10], month] += 1
    given = {
        (row.area, Month.of(row.month)): row
        for row in UnitFeedback.objects.filter(month__in=[month.first for month in months], current=True)
    }
    names = division_names(code for area, _ in waiting for code in (area, area[:7]))
    return [
        Fed(names.get(area[:7], ""), names.get(area, area), month, people, given.get((area, month)))
        for (area, month), people in sorted(waiting.items(), key=lambda found: (found[0][0], found[0][1]))
    ]


def people_quarter(quarter: Quarter, postings: Sequence[int]) -> list[PersonQuarter]:
    """The quarter of these postings, in their order.  Four queries and the frozen rules they were made under."""
    lines: dict[int, dict[Month, LedgerLine]] = defaultdict(dict)
    for line in quarter_lines(months=[month.first for month in quarter.months], postings=postings):
        lines[line.posting_id][Month.of(line.month)] = line
    used = {line.ledger_id for found in lines.values() for line in found.values()}
    books = dict(UnitFeedback.objects.filter(ledger_id__in=used).values_list("ledger_id", "book_id"))
    known = Posting.objects.in_bulk(list(postings))
    sources = [known.get(posting) or max(lines[posting].values(), key=lambda line: line.month) for posting in postings]
    names = division_names(code for source in sources for code in (source.area[:7], source.area[:10]))
    return [
        _person(quarter, posting, source, lines[posting], books, names)
        for posting, source in zip(postings, sources, strict=True)
    ]


def _person(
    quarter: Quarter,
    posting: int,
    source: Posting | LedgerLine,
    lines: Mapping[Month, LedgerLine],
    books: Mapping[int, str],
    names: Mapping[str, str],
) -> PersonQuarter:
    months = tuple(_month(month, lines.get(month)) for month in quarter.months)
    latest = next((each.line for each in reversed(months) if each.line), None)
    village = latest.village if latest else ""
    return PersonQuarter(
        posting=posting,
        name=source.name,
        place=f"{names.get(source.area[:7], '')} {names.get(source.area[:10], '')} {village}".strip(),
        roles="、".join(str(PostRole(role).label) for role in source.roles),
        first=source.first,
        last=source.last,
        months=months,
        posted=sum(line.posted for line in lines.values()),
        sums=tuple(sum(column) for column in zip(*(each.counts for each in months), strict=True)),
        latest=latest,
        standings=standings(book_by_hash(books[latest.ledger_id]), latest) if latest else (),
    )


def _month(month: Month, line: LedgerLine | None) -> PersonMonth:
    counts = tuple(line.counts[INDEX_OF[category]] if line else 0 for category in CATEGORIES)
    return PersonMonth(month, line, counts)
