"""A dispatch unit's own people across counties, month by month, from what was fed back to it.

Read in a unit's scope: other units' people do not exist there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from apps.core.months import Month, quarter_months
from apps.jurisdictions.selectors import division_names
from apps.ledgers.models import LedgerLine, UnitFeedback
from apps.ledgers.selectors.chain import book_by_hash
from apps.ledgers.selectors.figures import quarter_lines
from apps.ledgers.selectors.table import Standing, standings
from apps.rules.marks import CATEGORIES, INDEX_OF
from apps.teams.models import Posting, PostRole


@dataclass(frozen=True, order=True)
class Quarter:
    """One quarter of a year; its string form is `2026-Q3`."""

    year: int
    number: int

    @classmethod
    def parse(cls, text: str) -> Quarter:
        """`2026-Q3` → Quarter.  ValueError on every other form."""
        year, _, number = text.partition("-Q")
        if not (len(year) == 4 and year.isascii() and year.isdigit() and number in ("1", "2", "3", "4")):
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
    """One posting's quarter: the months, their sums in the order of the heads, where he stands at the end of it."""

    posting: Posting
    place: str
    roles: str
    months: tuple[PersonMonth, ...]
    posted: int
    sums: tuple[int, ...]
    last: LedgerLine | None
    standings: tuple[Standing, ...]


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


def people_quarter(quarter: Quarter, postings: Sequence[Posting]) -> list[PersonQuarter]:
    """The quarter of these postings.  Three queries and the frozen rules they were made under."""
    lines: dict[int, dict[Month, LedgerLine]] = defaultdict(dict)
    months = [month.first for month in quarter.months]
    for line in quarter_lines(months=months, postings=[posting.pk for posting in postings]):
        lines[line.posting_id][Month.of(line.month)] = line
    used = {line.ledger_id for found in lines.values() for line in found.values()}
    books = dict(UnitFeedback.objects.filter(ledger_id__in=used).values_list("ledger_id", "book_id"))
    names = division_names(code for posting in postings for code in (posting.area[:7], posting.area[:10]))
    return [_person(quarter, posting, lines[posting.pk], books, names) for posting in postings]


def _person(
    quarter: Quarter,
    posting: Posting,
    lines: Mapping[Month, LedgerLine],
    books: Mapping[int, str],
    names: Mapping[str, str],
) -> PersonQuarter:
    months = tuple(_month(month, lines.get(month)) for month in quarter.months)
    last = next((each.line for each in reversed(months) if each.line), None)
    village = last.village if last else ""
    return PersonQuarter(
        posting=posting,
        place=f"{names.get(posting.area[:7], '')} {names.get(posting.area[:10], '')} {village}".strip(),
        roles="、".join(str(PostRole(role).label) for role in posting.roles),
        months=months,
        posted=sum(line.posted for line in lines.values()),
        sums=tuple(sum(column) for column in zip(*(each.counts for each in months), strict=True)),
        last=last,
        standings=standings(book_by_hash(books[last.ledger_id]), last) if last else (),
    )


def _month(month: Month, line: LedgerLine | None) -> PersonMonth:
    counts = tuple(line.counts[INDEX_OF[category]] if line else 0 for category in CATEGORIES)
    return PersonMonth(month, line, counts)
