"""A cadre's own months: what is held about him, in his own scope, where nothing is to be entered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from apps.attendance.models import SheetLine
from apps.core.errors import NotFound
from apps.core.months import Month
from apps.jurisdictions.law import book_key
from apps.jurisdictions.origin import value_url
from apps.jurisdictions.selectors import calendar_of, division_names
from apps.jurisdictions.wording import Entry, measure_entry
from apps.ledgers.models import LedgerLine
from apps.ledgers.selectors.figures import earlier_lines, own_book
from apps.ledgers.selectors.own import own_rows
from apps.ledgers.selectors.table import Standing, days_url, standings
from apps.ledgers.traces import line_result, stored_result
from apps.rules.book import RuleBook
from apps.rules.marks import CATEGORIES, INDEX_OF, OUT, counts
from apps.teams.models import Posting, PostRole

WEEKDAYS = "一二三四五六日"


@dataclass(frozen=True)
class OwnPosting:
    """Where somebody is or was posted."""

    posting: Posting
    place: str
    roles: str


@dataclass(frozen=True)
class OwnMonth:
    """One posting's month: the line of its newest ledger, or what the sheet holds so far.

    `counts` are days per category in the order of CATEGORIES; `days` one (day, weekday, letter) per date.
    """

    posting: int
    month: Month
    area: str
    place: str
    line: LedgerLine | None
    marks: str
    counts: tuple[int, ...]
    by: str

    @property
    def posted(self) -> int:
        """Days in post."""
        return len(self.marks) - self.marks.count(OUT)

    def days_url(self, what: str) -> str:
        """The address of the trace of its days of a category, or in post."""
        if self.line is not None:
            return days_url(self.line, what)
        return reverse("ledgers:trace_sheet_days", args=[self.posting, self.month, what])

    @property
    def days(self) -> list[tuple[int, str, str]]:
        found = zip(self.month.dates(), self.marks, strict=True)
        return [(day.day, WEEKDAYS[day.weekday()], mark) for day, mark in found]


@dataclass(frozen=True)
class OwnYear:
    """Where one posting stands at the end of its latest ledger of a year: each measure with its value in words and the
    address where that comes from."""

    line: LedgerLine
    place: str
    month: Month
    standings: tuple[tuple[Standing, Entry, str], ...]
    rules: str


def own_postings() -> list[OwnPosting]:
    """All postings of the person, the latest first, with the village as his ledgers name it.  Three queries."""
    rows = list(Posting.objects.select_related("unit").order_by("-first", "-id"))
    villages = dict(own_rows().order_by("month", "ledger_id").values_list("posting_id", "village"))
    names = division_names(code for row in rows for code in (row.area[:7], row.area[:10]))
    return [
        OwnPosting(
            row,
            f"{_place(row.area, names)} {villages.get(row.pk, '')}".strip(),
            "、".join(str(PostRole(role).label) for role in row.roles),
        )
        for row in rows
    ]


def own_months(year: int) -> list[OwnMonth]:
    """The person's months of a year, the latest first.  Three queries."""
    lines = {(line.posting_id, line.month): line for line in _lines(year)}
    sheet = SheetLine.objects.filter(month__year=year).order_by("month", "posting_id")
    typed = {(row.posting_id, row.month): row for row in sheet}
    rows = {**typed, **lines}
    names = division_names(code for row in rows.values() for code in (row.area[:7], row.area[:10]))
    found = [
        OwnMonth(
            posting=row.posting_id,
            month=Month.of(row.month),
            area=row.area,
            place=_place(row.area, names),
            line=lines.get(key),
            marks=row.marks,
            counts=tuple(counts(row.marks)[INDEX_OF[category]] for category in CATEGORIES),
            by=typed[key].by if key in typed else "",
        )
        for key, row in rows.items()
    ]
    return sorted(found, key=lambda each: each.month, reverse=True)


def _lines(year: int) -> list[LedgerLine]:
    """The newest ledger's line of every posting and month, later versions after earlier ones."""
    return list(own_rows().filter(month__year=year).order_by("month", "ledger_id"))


def own_years(year: int) -> list[OwnYear]:
    """Where the person's postings stand in a year, under the rules in force in their latest month."""
    latest = {line.posting_id: line for line in _lines(year)}
    names = division_names(code for line in latest.values() for code in (line.area[:7], line.area[:10]))
    found = []
    for line in latest.values():
        if book := _same_book(line):
            month, place = Month.of(line.month), f"{_place(line.area, names)} {line.village}"
            entries = [(each, measure_entry(book.presence[each.index], book.sheet)) for each in standings(book, line)]
            stood = tuple(
                (each, entry, value_url(line.area[:10], "book", book_key("presence", entry.label), month.last))
                for each, entry in entries
            )
            found.append(OwnYear(line, place, month, stood, f"{book.title}{book.number}"))
    return found


def _same_book(line: LedgerLine) -> RuleBook | None:
    """The rules of the line's month if they still give the numbers that the ledger froze; else None."""
    try:
        book = own_book(line)
    except NotFound:
        return None
    calendar, before = calendar_of(line.month.year), earlier_lines(line)
    for measure in range(len(book.presence)):
        result = line_result(book, line, measure, calendar, before)
        if result is not None and (result.trace.get("outdated") or result.done != stored_result(line, measure).done):
            return None
    return book


def own_years_known(today: date) -> list[int]:
    """The years in which the person has lines, the latest first; this year in any case.  One query."""
    found = {month.year for month in SheetLine.objects.values_list("month", flat=True)}
    return sorted(found | {today.year}, reverse=True)


def _place(area: str, names: dict[str, str]) -> str:
    return f"{names.get(area[:7], '')} {names.get(area[:10], '')}".strip()
