"""Places that have a sheet: their names, the month one most likely wants, and where each township stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from apps.attendance.selectors.rows import SheetRow
from apps.core.findings import Finding
from apps.core.months import Month
from apps.core.sql import fetch
from apps.core.tenancy import area_end
from apps.jurisdictions.selectors import division_names

_STATES = """
SELECT left(p.area, 10), count(DISTINCT p.id), count(DISTINCT p.team_id),
       count(DISTINCT p.team_id) FILTER (WHERE m.closed)
FROM teams_posting p LEFT JOIN teams_teammonth m ON m.team_id = p.team_id AND m.month = %(month)s
WHERE p.area >= %(area)s AND p.area < %(end)s AND p.first <= %(last)s AND (p.last IS NULL OR p.last >= %(month)s)
GROUP BY 1 ORDER BY 1
"""

# From the first month that was begun there; asked month by month, so that the first row of an index answers.
_EARLIER = """
SELECT max(g.month)::date
FROM generate_series(%(january)s::timestamp, %(before)s::timestamp, interval '1 month') AS g(month)
WHERE EXISTS (SELECT FROM attendance_sheetline l
        WHERE l.area >= %(area)s AND l.area < %(end)s AND l.month <= g.month::date)
    AND EXISTS (SELECT FROM teams_posting p LEFT JOIN teams_teammonth m ON m.team_id = p.team_id AND m.month = g.month::date
        WHERE p.area >= %(area)s AND p.area < %(end)s AND p.first < (g.month + interval '1 month')::date
            AND (p.last IS NULL OR p.last >= g.month::date) AND NOT coalesce(m.closed, false))
"""


@dataclass(frozen=True)
class PlaceState:
    """A township in a month: people, teams, teams whose month is closed."""

    area: str
    name: str
    people: int
    teams: int
    closed: int

    @property
    def done(self) -> bool:
        return self.closed == self.teams


def place_name(area: str, rows: Sequence[SheetRow], township: str | None = None) -> str:
    """A township's name; for a village the township's and its own.  One query where the `township` is not known."""
    name = division_names([area[:10]]).get(area[:10], "") if township is None else township
    if len(area) > 10 and rows:
        name += rows[0].village
    return name


def townships_states(*, area: str, month: Month) -> list[PlaceState]:
    """The townships of an area that have people in a month, by code.  Two queries."""
    found = fetch(_STATES, {"area": area, "end": area_end(area), "month": month.first, "last": month.last})
    names = division_names(row[0] for row in found)
    return [PlaceState(code, names.get(code, code), *numbers) for code, *numbers in found]


def default_month(*, area: str, today: date) -> Month:
    """The month before this one until it is closed, then this one."""
    month = Month.of(today).previous()
    states = townships_states(area=area, month=month)
    return month.next() if states and all(state.done for state in states) else month


def earlier_month_open(*, area: str, month: Month) -> list[Finding]:
    """Blocking where an earlier month of the year, since the first that was begun there, stands open; else nothing.

    A month that was skipped stands open too: without it the year's sums have a hole.  One query.
    """
    if month.month == 1:
        return []
    span = {"january": Month(month.year, 1).first, "before": month.previous().first}
    ((first,),) = fetch(_EARLIER, {"area": area, "end": area_end(area), **span})
    if first is None:
        return []
    text = f"{Month.of(first).label}还没有月结；请先办结上月，年累计才能接上。"
    return [Finding("earlier_open", "block", text)]
