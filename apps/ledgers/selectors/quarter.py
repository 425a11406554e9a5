"""A dispatch unit's quarter: its people wherever they are posted, from the accepted ledgers fed back to it.

Read inside the unit's own scope, which shows nothing else.  Drafts, returned and superseded ledgers are not in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from apps.core.errors import NotFound
from apps.core.findings import Finding
from apps.core.months import Month, quarter_months
from apps.core.sql import fetch
from apps.jurisdictions.offices import Office
from apps.jurisdictions.selectors import division_names
from apps.ledgers.selectors.chain import book_by_hash
from apps.ledgers.selectors.quarter_findings import line_findings
from apps.ledgers.selectors.table import Standing, standings_of
from apps.rules.book import RuleBook
from apps.rules.marks import CATEGORIES, GAP
from apps.teams.models import PostRole

OTHER_RECIPIENTS = {"org_dept_same_level": "同级组织部门"}
_LINES = """
SELECT l.posting_id, l.area, f.county, f.township, l.village, l.name, l.roles, l.first, l.last,
       f.month, l.id, l.ledger_id, l.posted, l.marks, l.nights, l.counts[1:11], l.done, l.due, l.state, f.book_id
FROM ledgers_unitfeedback f
JOIN ledgers_ledgerline l ON l.ledger_id = f.ledger_id AND l.unit_id = f.unit_id AND l.month = f.month
WHERE f.unit_id = %(unit)s AND f.current AND f.month BETWEEN %(first)s AND %(last)s
ORDER BY l.area, l.posting_id, f.month
"""
_SOURCES = """
SELECT f.county, f.township, f.month, f.version, f.hash, f.book_id
FROM ledgers_unitfeedback f
WHERE f.unit_id = %(unit)s AND f.current AND f.month BETWEEN %(first)s AND %(last)s
ORDER BY f.area, f.month
"""
_WAITING = """
SELECT left(p.area, 7), left(p.area, 10), m.month::date, count(*)
FROM unnest(%(months)s::date[]) AS m (month)
JOIN teams_posting p ON p.unit_id = %(unit)s AND p.first < m.month + interval '1 month'
    AND (p.last IS NULL OR p.last >= m.month)
WHERE NOT EXISTS (SELECT FROM ledgers_unitfeedback f
    WHERE f.unit_id = p.unit_id AND f.current AND f.month = m.month AND f.area = left(p.area, 10))
GROUP BY 1, 2, 3 ORDER BY 2, 3
"""


@dataclass(frozen=True, slots=True)
class QuarterMonth:
    """One accepted month of one posting.  `counts` are days per category (11, in the order of CATEGORIES); `nights`
    is None where the county's rules count none; `findings` are what this month falls short of."""

    month: Month
    line: int
    ledger: int
    posted: int
    counts: tuple[int, ...]
    nights: int | None
    gaps: int
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class QuarterRow:
    """One posting in the quarter.  `months` has three entries, None where nothing was accepted; `standings` are the
    floors with the year to date at the end of `as_of`, the last accepted month."""

    posting: int
    area: str
    county: str
    township: str
    village: str
    name: str
    roles: str
    first: date
    last: date | None
    months: tuple[QuarterMonth | None, ...]
    as_of: Month
    standings: tuple[Standing, ...]
    findings: tuple[Finding, ...]

    @property
    def counts(self) -> tuple[int, ...]:
        """Days per category over the accepted months."""
        return tuple(map(sum, zip(*(month.counts for month in self.months if month), strict=True)))

    @property
    def posted(self) -> int:
        """Days in post over the accepted months."""
        return sum(month.posted for month in self.months if month)


@dataclass(frozen=True, slots=True)
class Source:
    """An accepted township ledger that figures of the quarter come from."""

    county: str
    township: str
    month: Month
    version: int
    hash: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """A township's month that is not accepted yet, with the number of the unit's people in it."""

    county: str
    township: str
    month: Month
    people: int


@dataclass(frozen=True, slots=True)
class Obligation:
    """What a county's regulation asks of the unit itself for the quarter: who signs, who receives it, by when."""

    county: str
    label: str
    signer: str
    recipient: str
    due: date | None
    clause: str | None


@dataclass(frozen=True, slots=True)
class Quarter:
    """A unit's quarter.  `heads` are (category, word) of the categories in use; `waiting` names the months that are
    missing, so that an absent figure is never taken for a nought."""

    unit: int
    year: int
    quarter: int
    months: tuple[Month, Month, Month]
    heads: tuple[tuple[str, str], ...]
    rows: tuple[QuarterRow, ...]
    waiting: tuple[Waiting, ...]
    sources: tuple[Source, ...]
    obligations: tuple[Obligation, ...]

    @property
    def label(self) -> str:
        return f"{self.year}年第{self.quarter}季度"


def quarter_of(*, unit: int, year: int, quarter: int) -> Quarter:
    """The quarter of one unit, rows by village.  Four queries whatever the number of people, and one per rule book
    not seen before.  NotFound for a quarter that does not exist."""
    if quarter not in (1, 2, 3, 4) or not 2000 <= year <= 2999:
        raise NotFound("没有这个季度，请按“年份-Q季度”填写，如 2026-Q3。")
    months = quarter_months(year, quarter)
    days = [month.first for month in months]
    values = {"unit": unit, "first": days[0], "last": days[2], "months": days}
    rows = tuple(_row(months, list(found)) for _, found in groupby(fetch(_LINES, values), key=lambda line: line[0]))
    sources = fetch(_SOURCES, values)
    books = {county: book_by_hash(hash_) for county, *_, hash_ in sources}
    return Quarter(
        unit=unit,
        year=year,
        quarter=quarter,
        months=months,
        heads=_heads(list(books.values()), rows),
        rows=rows,
        waiting=tuple(_waiting(values)),
        sources=tuple(Source(county, town, Month.of(at), *rest) for county, town, at, *rest, _ in sources),
        obligations=tuple(_obligations(months[2], books)),
    )


def _row(months: Sequence[Month], lines: Sequence[tuple[Any, ...]]) -> QuarterRow:
    known = {line[9]: _month(line, newest=line is lines[-1]) for line in lines}
    posting, area, county, township, village, name, roles, first, last, as_of = lines[-1][:10]
    done, due, state, book = lines[-1][16:]
    return QuarterRow(
        posting=posting,
        area=area,
        county=county,
        township=township,
        village=village,
        name=name,
        roles="、".join(PostRole(role).label for role in roles),
        first=first,
        last=last,
        months=tuple(known.get(month.first) for month in months),
        as_of=Month.of(as_of),
        standings=standings_of(book_by_hash(book), done, due, state),
        findings=tuple(finding for month in known.values() for finding in month.findings),
    )


def _month(line: tuple[Any, ...], *, newest: bool) -> QuarterMonth:
    at, pk, ledger, posted, marks, nights, counts, done, due, state, book_hash = line[9:]
    book, month = book_by_hash(book_hash), Month.of(at)
    return QuarterMonth(
        month=month,
        line=pk,
        ledger=ledger,
        posted=posted,
        counts=tuple(counts),
        nights=nights.count("1") if book.sheet.nights else None,
        gaps=marks.count(GAP),
        findings=tuple(line_findings(book, month, counts=counts, done=done, due=due, state=state, newest=newest)),
    )


def _heads(books: Sequence[RuleBook], rows: Sequence[QuarterRow]) -> tuple[tuple[str, str], ...]:
    """Categories that a county offers or that occur, in the words of the first county that offers them."""
    present = [any(column) for column in zip(*(row.counts for row in rows), strict=True)] or [False] * len(CATEGORIES)
    offered = {category: book for book in reversed(books) for category in book.sheet.categories}
    return tuple(
        (category, (offered.get(category) or books[0]).sheet.word(category))
        for category, used in zip(CATEGORIES, present, strict=True)
        if used or category in offered
    )


def _waiting(values: dict[str, Any]) -> Iterator[Waiting]:
    found = fetch(_WAITING, values)
    names = division_names(code for county, township, *_ in found for code in (county, township))
    for county, township, month, people in found:
        yield Waiting(names.get(county, county), names.get(township, township), Month.of(month), people)


def _obligations(last: Month, books: dict[str, RuleBook]) -> Iterator[Obligation]:
    for county, book in books.items():
        rule = book.ledger.unit_quarter
        if rule is not None:
            due = rule.due.due_on(last) if rule.due else None
            recipient = OTHER_RECIPIENTS.get(rule.recipient) or str(Office(rule.recipient).label)
            yield Obligation(county, rule.label, str(Office(rule.signer).label), recipient, due, rule.clause)
