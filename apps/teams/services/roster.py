"""Teams and postings as a roster brings them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from apps.accounts.access import Actor, require
from apps.core.errors import Refused
from apps.core.months import Month
from apps.core.sql import change, fetch, records
from apps.teams.compile.composition import roles_refused
from apps.teams.models import ONE_PERSON, Posting, PostRole, TeamMonth
from apps.teams.spans import Span, contains, months_touched, moved_days


@dataclass(frozen=True, slots=True)
class TeamEntry:
    """A team; `team` is its id when it exists, `village` the village's id, `area` its code."""

    team: int | None
    village: int
    area: str
    name: str


@dataclass(frozen=True, slots=True)
class PostingEntry:
    """A posting as it shall be; `posting` is its id when it exists.  Both days included, `last` None while in post."""

    posting: int | None
    area: str
    team: int
    cadre: int
    unit: int
    person: str
    name: str
    roles: tuple[str, ...]
    first: date
    last: date | None

    @property
    def span(self) -> Span:
        return self.first, self.last


_RENAME_TEAMS = """
UPDATE teams_team t SET name = x.name
FROM json_to_recordset(%s::json) AS x(team bigint, name text) WHERE t.id = x.team
"""
_ADD_TEAMS = """
INSERT INTO teams_team (area, village_id, name)
SELECT x.area, x.village, x.name FROM json_to_recordset(%s::json) AS x(area text, village bigint, name text)
ON CONFLICT (village_id, name) DO NOTHING
"""
_FIND_TEAMS = """
SELECT t.area, t.id FROM json_to_recordset(%s::json) AS x(village bigint, name text)
JOIN teams_team t ON t.village_id = x.village AND t.name = x.name
"""
_CHANGE_POSTINGS = """
UPDATE teams_posting p
SET unit_id = x.unit, name = x.name, roles = x.roles, first = x.first, last = x.last
FROM json_to_recordset(%s::json)
     AS x(posting bigint, unit bigint, name text, roles varchar[], first date, last date)
WHERE p.id = x.posting
"""
_ADD_POSTINGS = """
INSERT INTO teams_posting (area, team_id, cadre_id, unit_id, person, name, first, last, roles)
SELECT x.area, x.team, x.cadre, x.unit, x.person, x.name, x.first, x.last, x.roles
FROM json_to_recordset(%s::json)
     AS x(area text, team bigint, cadre bigint, unit bigint, person text, name text, roles varchar[],
          first date, last date)
"""


@transaction.atomic
def teams_write(*, actor: Actor, county: str, entries: Sequence[TeamEntry]) -> dict[str, int]:
    """Add teams and rename those that exist; {area: id} of all given.

    NotFound outside the actor's area, Forbidden without the right to import a roster.
    """
    require(actor, "roster.import", county)
    change(_RENAME_TEAMS, [records(_row(entry) for entry in entries if entry.team)])
    change(_ADD_TEAMS, [records(_row(entry) for entry in entries if not entry.team)])
    return dict(fetch(_FIND_TEAMS, [records(map(_row, entries))]))


def closed_months_hold(teams: Iterable[int]) -> dict[int, set[date]]:
    """The closed months of these teams; until the transaction ends none of their months can be closed.

    A close first makes its row for the month, for which it waits for the team's, or locks the one that is there.
    """
    wanted = sorted(set(teams))
    fetch("SELECT id FROM teams_team WHERE id = ANY(%s) ORDER BY id FOR UPDATE", [wanted])
    fetch(
        "SELECT id FROM teams_teammonth WHERE team_id = ANY(%s) AND NOT closed ORDER BY team_id, month FOR UPDATE",
        [wanted],
    )
    found: dict[int, set[date]] = defaultdict(set)
    rows = TeamMonth.objects.filter(team_id__in=wanted, closed=True).values_list("team_id", "month")
    for team, month in rows:
        found[team].add(month)
    return found


@transaction.atomic
def postings_write(
    *, actor: Actor, county: str, entries: Sequence[PostingEntry], entered: Mapping[int, Sequence[date]]
) -> None:
    """Add postings and change those that exist.  The only writer of Posting.

    `entered` is {posting: days on which something is entered}, which only the apps above know.  Refused when a span
    would leave such a day out, when it would add to or take from a closed month, when two postings of one person in one
    team overlap or two people would hold a one-person post of a team on one day, and when the rules in force forbid
    the roles that somebody who is or will be in post would hold.  NotFound outside the actor's area, Forbidden without the right to import a roster.
    """
    require(actor, "roster.import", county)
    _roles_allowed(county, entries)
    old = _spans_now([entry.posting for entry in entries if entry.posting])
    closed = closed_months_hold(entry.team for entry in entries)
    for entry in entries:
        before = old.get(entry.posting) if entry.posting else None
        if months := months_touched(moved_days(before, entry.span), closed.get(entry.team, ())):
            raise Refused(
                f"{entry.name}的派驻涉及已月结的{Month.of(months[0]).label}，不能改动；请先说明原因重新打开。"
            )
        if any(not contains(entry.span, day) for day in entered.get(entry.posting or 0, ())):
            raise Refused(f"{entry.name}在缩短后的派驻期以外已有登记，请先在考勤月表中清除。")
    try:
        with transaction.atomic():
            change(_CHANGE_POSTINGS, [records(_row(entry) for entry in entries if entry.posting)])
            change(_ADD_POSTINGS, [records(_row(entry) for entry in entries if not entry.posting)])
    except IntegrityError as error:
        raise Refused(_overlap_words(error)) from error


def _overlap_words(error: IntegrityError) -> str:
    """Which of the constraints on postings it was, in words."""
    for role in ONE_PERSON:
        if f"posting_one_{role}" in str(error):
            label = PostRole(role).label
            return f"一个队同一天只能有一名{label}；请先给原{label}填写离岗日或改岗位，再登记新的。"
    return "同一人在同一个队的派驻日期互相重叠，请核对到岗日和离岗日。"


def _roles_allowed(county: str, entries: Iterable[PostingEntry]) -> None:
    """Refused where the rules forbid roles to be held so by somebody who is or will be in post."""
    today = timezone.localdate()
    current = [entry for entry in entries if entry.last is None or entry.last >= today]
    found = [
        remark.finding
        for day in sorted({max(entry.first, today) for entry in current})
        for _, remark in roles_refused(county, [entry for entry in current if max(entry.first, today) == day], day)
    ]
    if found:
        raise Refused(found[0].message, found)


def _spans_now(postings: Sequence[int | None]) -> dict[int, Span]:
    rows = Posting.objects.filter(pk__in=postings).values_list("pk", "first", "last")
    return {key: (first, last) for key, first, last in rows}


def _row(entry: Any) -> dict[str, Any]:
    return {key: getattr(entry, key) for key in entry.__slots__}
