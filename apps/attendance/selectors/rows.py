"""The rows of a month's sheet as plain values: who is posted, what is entered, what is explained, the year so far."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from apps.core.months import Month
from apps.core.sql import fetch
from apps.core.tenancy import area_end
from apps.rules.sheet import Explained, PostedMonth, join_cells

# The parts are put together from the people outwards, each table read once: row-level security is planned per mention.
_ROWS = """
WITH people AS MATERIALIZED (
    SELECT p.id, p.team_id, p.area, v.name AS village, t.name AS team, p.name, p.person, u.name AS unit, p.roles,
           v.classes, p.first, p.last
    FROM teams_posting p
    JOIN teams_team t ON t.id = p.team_id
    JOIN jurisdictions_village v ON v.id = t.village_id
    JOIN cadres_dispatchunit u ON u.id = p.unit_id
    WHERE p.area >= %(area)s AND p.area < %(area_end)s AND p.first <= %(last)s
      AND (p.last IS NULL OR p.last >= %(month)s) AND (%(team)s::bigint IS NULL OR p.team_id = %(team)s::bigint)
      AND (%(postings)s::bigint[] IS NULL OR p.id = ANY(%(postings)s::bigint[]))
), year AS MATERIALIZED (
    SELECT e.posting_id, array_agg(extract(month FROM e.month)::int) AS months, array_agg(e.marks) AS marks,
           array_agg(e.nights) AS nights
    FROM attendance_sheetline e
    WHERE e.posting_id = ANY(ARRAY(SELECT id FROM people)) AND e.month >= %(year)s AND e.month < %(month)s
      AND %(with_year)s
    GROUP BY e.posting_id
), explained AS MATERIALIZED (
    SELECT d.posting_id, json_agg(json_build_array(d.first, d.last, d.kind, d.reason, d.leave) ORDER BY d.first) AS spans
    FROM (
        SELECT posting_id, first, last, kind, reason, NULL AS leave FROM attendance_dayspan
        UNION ALL
        SELECT posting_id, first, until, 'leave', kind, id FROM leave_leaverequest WHERE state IN ('granted', 'ended')
        UNION ALL
        SELECT posting_id, first, last, 'absent', reason, request_id FROM leave_leaveoverrun WHERE judgement = 'absent'
    ) d
    WHERE d.posting_id = ANY(ARRAY(SELECT id FROM people)) AND d.first <= %(last)s AND d.last >= %(month)s
    GROUP BY d.posting_id
)
SELECT p.*, l.marks, l.nights, coalesce(l.version, 0), l.by, l.at, coalesce(tm.closed, false),
       y.months, y.marks, y.nights, s.spans
FROM people p
LEFT JOIN attendance_sheetline l ON l.posting_id = p.id AND l.month = %(month)s
LEFT JOIN teams_teammonth tm ON tm.team_id = p.team_id AND tm.month = %(month)s
LEFT JOIN year y ON y.posting_id = p.id
LEFT JOIN explained s ON s.posting_id = p.id
ORDER BY p.area, p.team_id, (p.roles && ARRAY['leader', 'first_secretary']::varchar[]) DESC, p.id
"""


@dataclass(frozen=True)
class SheetRow:
    """One posted person's month.  `cells` is one cell per day as typed (`v` for a day without the night), None when
    nothing has been saved yet; `earlier` maps the months 1…n of the year before this one to their marks and
    `earlier_nights` to their nights (empty where none were kept)."""

    posting: int
    team: int
    area: str
    village: str
    team_name: str
    name: str
    person: str
    unit: str
    roles: tuple[str, ...]
    classes: tuple[str, ...]
    first: date
    last: date | None
    cells: str | None
    version: int
    by: str
    at: datetime | None
    closed: bool
    earlier: dict[int, str]
    earlier_nights: dict[int, str]
    explained: tuple[Explained, ...]

    @cached_property
    def township(self) -> str:
        return self.area[:10]

    def case(self, month: Month, mask: str, *, occasional: bool) -> PostedMonth:
        """What the sheet's rules need to know of this row."""
        return PostedMonth(month, self.first, self.last, mask, occasional, self.explained)


def sheet_rows(
    *,
    area: str,
    month: Month,
    team: int | None = None,
    postings: Collection[int] | None = None,
    with_year: bool = True,
) -> list[SheetRow]:
    """Everybody posted in `area` during `month`, or those of a team or of some postings, by village, leaders first.
    One query, whatever the number."""
    found = fetch(
        _ROWS,
        {
            "area": area,
            "area_end": area_end(area),
            "month": month.first,
            "last": month.last,
            "year": date(month.year, 1, 1),
            "team": team,
            "postings": None if postings is None else list(postings),
            "with_year": with_year,
        },
    )
    return [_row(values) for values in found]


def _row(values: tuple[Any, ...]) -> SheetRow:
    who, (roles, classes, first, last) = values[:8], values[8:12]
    marks, nights, version, by, at, closed, months, earlier, stayed, spans = values[12:]
    posting, team, area, village, team_name, name, person, unit = who
    return SheetRow(
        posting=posting,
        team=team,
        area=area,
        village=village,
        team_name=team_name,
        name=name,
        person=person,
        unit=unit,
        roles=tuple(roles),
        classes=tuple(classes),
        first=first,
        last=last,
        cells=None if marks is None else join_cells(marks, nights),
        version=version,
        by=by or "",
        at=at,
        closed=closed,
        earlier=dict(zip(months or (), earlier or (), strict=True)),
        earlier_nights=dict(zip(months or (), stayed or (), strict=True)),
        explained=tuple(
            Explained(date.fromisoformat(a), date.fromisoformat(b), kind, reason, leave is not None, leave)
            for a, b, kind, reason, leave in spans or ()
        ),
    )
