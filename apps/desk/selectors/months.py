"""Which months of a place still stand open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from apps.core.months import Month
from apps.core.sql import fetch
from apps.core.tenancy import area_end

BACK = 12  # months before the last one that are looked at

_OPEN = """
SELECT g.month::date, count(DISTINCT p.team_id), coalesce(max(nullif(tm.reason, '')), '')
FROM generate_series(%(from)s::timestamp, %(last)s::timestamp, interval '1 month') AS g(month)
JOIN teams_posting p ON p.area >= %(area)s AND p.area < %(end)s
    AND p.first < (g.month + interval '1 month')::date AND (p.last IS NULL OR p.last >= g.month::date)
LEFT JOIN teams_teammonth tm ON tm.team_id = p.team_id AND tm.month = g.month::date
WHERE NOT coalesce(tm.closed, false) AND (%(team)s::bigint IS NULL OR p.team_id = %(team)s::bigint)
  AND g.month::date >= least(%(last)s::date, (SELECT min(l.month) FROM attendance_sheetline l
      WHERE l.area >= %(area)s AND l.area < %(end)s AND l.month >= %(from)s))
GROUP BY 1 ORDER BY 1
"""

# Asked town by town and month by month: each question is answered by the first row of an index, where a join would
# read a year of everybody's lines.
_UNSENT = """
WITH towns AS MATERIALIZED (
    SELECT DISTINCT left(p.area, 10) AS area FROM teams_posting p
    WHERE p.area >= %(area)s AND p.area < %(end)s AND (p.last IS NULL OR p.last >= %(from)s)
)
SELECT g.month::date, t.area
FROM towns t CROSS JOIN generate_series(%(from)s::timestamp, %(last)s::timestamp, interval '1 month') AS g(month)
WHERE EXISTS (SELECT FROM teams_posting p WHERE p.area >= t.area AND p.area < t.area || '~'
        AND p.first < (g.month + interval '1 month')::date AND (p.last IS NULL OR p.last >= g.month::date))
    AND (g.month::date = %(last)s OR EXISTS (SELECT FROM attendance_sheetline l
        WHERE l.area >= t.area AND l.area < t.area || '~' AND l.month BETWEEN %(from)s AND g.month::date))
    AND NOT EXISTS (SELECT FROM ledgers_ledger d WHERE d.area = t.area AND d.kind = 'township'
        AND d.month = g.month::date AND d.state IN ('submitted', 'accepted'))
ORDER BY 1, 2
"""


@dataclass(frozen=True)
class OpenMonth:
    """A month that is over and not closed: how many teams, and why it was opened again, if it was."""

    month: Month
    teams: int
    reason: str


def horizon(today: date) -> tuple[Month, Month]:
    """The months a worklist looks at: from, and the last one that is over."""
    last = Month.of(today).previous()
    return last.shifted(-BACK), last


def _span(area: str, today: date) -> dict[str, object]:
    first, last = horizon(today)
    return {
        "area": area,
        "end": area_end(area),
        "from": first.first,
        "last": last.first,
    }


def open_months(*, area: str, today: date, team: int | None = None) -> list[OpenMonth]:
    """The months of a place that are over and not closed, where anybody is posted, earliest first: from the first that
    was begun there, in any case the last one.  One query."""
    rows = fetch(_OPEN, {**_span(area, today), "team": team})
    return [OpenMonth(Month.of(month), teams, reason) for month, teams, reason in rows]


def unsent_months(*, area: str, today: date) -> list[tuple[Month, str]]:
    """(month, township) where people were posted and no ledger has been submitted, by month: from the first month that
    the township has begun, in any case the last one.  One query."""
    return [(Month.of(month), township) for month, township in fetch(_UNSENT, _span(area, today))]
