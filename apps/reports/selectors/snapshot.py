"""A ledger as it was frozen: its lines, the rules it was made under, the acts on it.  No live sheet is read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from apps.core.errors import Conflict
from apps.core.months import Month
from apps.core.sql import fetch
from apps.jurisdictions.selectors import division_names
from apps.ledgers.models import Ledger, LedgerKind, LedgerState
from apps.ledgers.selectors.chain import Link, book_by_hash, chain_of, county_links, frozen_book
from apps.rules.book import RuleBook

_LINES = """
SELECT l.ledger_id, l.posting_id, l.area, l.village, l.name, l.roles, l.classes, u.name, l.first, l.last, l.marks,
    l.nights, l.posted, l.counts[1:11], l.done, l.due, l.state
FROM ledgers_ledgerline l JOIN cadres_dispatchunit u ON u.id = l.unit_id
WHERE l.ledger_id = ANY(%s)
ORDER BY l.area, (l.roles && ARRAY['leader', 'first_secretary']::varchar[]) DESC, l.posting_id
"""


@dataclass(slots=True)
class Line:
    """One person's month; `counts` are the 11 categories, `done`, `due`, `state` follow the book of `ledger`."""

    ledger: int
    posting: int
    area: str
    village: str
    name: str
    roles: list[str]
    classes: list[str]
    unit: str
    first: date
    last: date | None
    marks: str
    nights: str
    posted: int
    counts: list[int]
    done: list[int | None]
    due: list[int | None]
    state: list[int]


@dataclass(frozen=True)
class Part:
    """A township ledger that a county ledger was made from."""

    ledger: int
    area: str
    name: str
    version: int
    people: int
    hash: str


@dataclass(frozen=True)
class Snapshot:
    """Everything that a ledger's papers show.  `parts` is empty for a township's."""

    ledger: Ledger
    book: RuleBook
    books: dict[int, RuleBook]
    lines: list[Line]
    chain: list[Link]
    parts: list[Part]
    county: str

    @property
    def month(self) -> Month:
        return Month.of(self.ledger.month)

    @property
    def is_county(self) -> bool:
        return self.ledger.kind == LedgerKind.COUNTY


def snapshot(ledger: Ledger) -> Snapshot:
    """The frozen content of a ledger in scope.  Conflict while it is not compiled yet."""
    if ledger.state == LedgerState.QUEUED:
        raise Conflict("台账还没有编成，请稍后再下载。")
    parts = [
        Part(*(part[key] for key in ("ledger", "area", "name", "version", "people", "hash"))) for part in ledger.parts
    ]
    ids = [part.ledger for part in parts] or [ledger.pk]
    hashes = dict(Ledger.objects.filter(pk__in=ids).values_list("pk", "book_id"))
    steps = ([] if parts else chain_of(ledger)) + county_links(ledger)
    return Snapshot(
        ledger=ledger,
        book=frozen_book(ledger),
        books={pk: book_by_hash(hash_) for pk, hash_ in hashes.items()},
        lines=[Line(*row) for row in fetch(_LINES, [ids])],
        chain=[link for link in steps if link.step.verb != "feedback"],
        parts=parts,
        county=division_names([ledger.area[:7]]).get(ledger.area[:7], ""),
    )
