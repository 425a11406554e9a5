"""What a dispatch unit may know of a quarter: its people's lines in the ledgers that were accepted and fed back.

Everything but the list of who is posted comes from frozen ledgers; a month without an accepted ledger has no figures.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.db import connection

from apps.core import tenancy
from apps.core.errors import NoScope
from apps.core.months import Month
from apps.core.sql import fetch
from apps.jurisdictions.selectors import division_names
from apps.ledgers.models import UnitFeedback

_CHUNK = 2000

_PEOPLE = """
SELECT coalesce(l.area, p.area), coalesce(l.posting_id, p.id), coalesce(p.first, l.first),
    CASE WHEN p.id IS NULL THEN l.last ELSE p.last END, coalesce(l.name, p.name), coalesce(l.roles, p.roles),
    CASE WHEN l.village IS NOT NULL THEN l.village ELSE (SELECT e.village FROM ledgers_ledgerline e
        WHERE e.posting_id = p.id AND e.unit_id = %(unit)s ORDER BY e.month DESC LIMIT 1) END,
    extract(month FROM l.month)::int, l.ledger_id, l.marks, l.nights, l.posted, l.counts[1:11], l.done, l.due, l.state
FROM (SELECT id, area, first, last, name, roles FROM teams_posting
      WHERE unit_id = %(unit)s AND first <= %(last)s AND (last IS NULL OR last >= %(first)s)) p
FULL JOIN (
    SELECT l.* FROM ledgers_unitfeedback f
    JOIN ledgers_ledgerline l ON l.ledger_id = f.ledger_id AND l.unit_id = f.unit_id AND l.month = f.month
    WHERE f.unit_id = %(unit)s AND f.current AND f.month >= %(first)s AND f.month <= %(last)s
) l ON l.posting_id = p.id
ORDER BY 1, 2, l.month
"""

_COUNT = """
SELECT count(*) FROM (
    SELECT id FROM teams_posting WHERE unit_id = %(unit)s AND first <= %(last)s AND (last IS NULL OR last >= %(first)s)
    UNION
    SELECT l.posting_id FROM ledgers_unitfeedback f
    JOIN ledgers_ledgerline l ON l.ledger_id = f.ledger_id AND l.unit_id = f.unit_id AND l.month = f.month
    WHERE f.unit_id = %(unit)s AND f.current AND f.month >= %(first)s AND f.month <= %(last)s
) q
"""


@dataclass(slots=True)
class LineMonth:
    """One person's month in an accepted ledger; `counts` are the 11 categories, the rest as in LedgerLine."""

    ledger: int
    marks: str
    nights: str
    posted: int
    counts: list[int]
    done: list[int | None]
    due: list[int | None]
    state: list[int]


@dataclass(slots=True)
class UnitPerson:
    """One posting of one of the unit's people; `months` holds the accepted ones by number."""

    area: str
    posting: int
    first: date
    last: date | None
    name: str
    roles: list[str]
    village: str
    months: dict[int, LineMonth] = field(default_factory=dict)

    def posted_in(self, month: Month) -> bool:
        return self.first <= month.last and (self.last is None or self.last >= month.first)


def unit_people(unit: int, months: Sequence[Month]) -> Iterator[UnitPerson]:
    """The unit's people posted in these consecutive months, by place, each once per posting.

    Read through a cursor of the server, so that a province's unit does not have to fit into memory; the transaction
    must stay open meanwhile.  Raises NoScope outside a scope.
    """
    for _, rows in groupby(_stream(_PEOPLE, unit, months), key=itemgetter(0, 1)):
        person: UnitPerson | None = None
        for area, posting, first, last, name, roles, village, number, *line in rows:
            if person is None:
                person = UnitPerson(area, posting, first, last, name, roles, village or "")
            if number is not None:
                person.name, person.roles, person.village = name, roles, village
                person.months[number] = LineMonth(*line)
        if person is not None:
            yield person


def unit_people_count(unit: int, months: Sequence[Month]) -> int:
    """How many `unit_people` will give."""
    return int(fetch(_COUNT, _params(unit, months))[0][0])


def _params(unit: int, months: Sequence[Month]) -> dict[str, Any]:
    return {"unit": unit, "first": months[0].first, "last": months[-1].last}


def _stream(sql: str, unit: int, months: Sequence[Month]) -> Iterator[tuple[Any, ...]]:
    if tenancy.current() is None:
        raise NoScope("rows read outside a scope")
    with connection.chunked_cursor() as cursor:
        cursor.execute(sql, _params(unit, months))
        while rows := cursor.fetchmany(_CHUNK):
            yield from rows


def unit_ledgers(unit: int, months: Sequence[Month]) -> list[UnitFeedback]:
    """The accepted ledgers of these months in which the unit has people, by place and month.  One query."""
    rows = UnitFeedback.objects.filter(unit_id=unit, current=True, month__in=[month.first for month in months])
    return list(rows.order_by("area", "month"))


def unit_places(unit: int, months: Sequence[Month], ledgers: Sequence[UnitFeedback]) -> dict[str, tuple[str, str]]:
    """{township code: (county, township)}: as the ledgers say, from the register where there is no ledger yet."""
    found = {row.area: (row.county, row.township) for row in ledgers}
    posted = fetch(
        "SELECT DISTINCT left(area, 10) FROM teams_posting "
        "WHERE unit_id = %(unit)s AND first <= %(last)s AND (last IS NULL OR last >= %(first)s)",
        _params(unit, months),
    )
    missing = [area for (area,) in posted if area not in found]
    names = division_names([code for area in missing for code in (area, area[:7])])
    return {**{area: (names.get(area[:7], ""), names.get(area, "")) for area in missing}, **found}
