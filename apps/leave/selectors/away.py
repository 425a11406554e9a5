"""Who is away in a month, day by day, and whether each team keeps its presence floor."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from apps.core.months import Month
from apps.jurisdictions.days import work_days
from apps.leave.models import VALID, LeaveRequest, LeaveState
from apps.leave.selectors.law import LeaveLaw, case_of, law_on
from apps.rules.language.on_duty import Member, Short, short_days
from apps.rules.language.sets import SetRule
from apps.rules.language.windows import Stretch
from apps.teams.models import Posting, Team


@dataclass(frozen=True)
class AwayPerson:
    """A person with leave in the month: one cell per day, the request that it is of or None."""

    posting: Posting
    cells: list[LeaveRequest | None]


@dataclass(frozen=True)
class AwayTeam:
    """A team with somebody away: its township for whoever sees several, its people, how many of it are posted in the month, and the days on which too few
    are present, with the clause."""

    team: Team
    town: str
    people: list[AwayPerson]
    posted: int
    short: Mapping[date, Short]
    clause: str | None


def away_in(rows: QuerySet[LeaveRequest], area: str, month: Month) -> list[AwayTeam]:
    """The teams with somebody on leave in a month, granted or asked for, by village.

    Only leave counts: who is out on a trip is on the month's sheet.  What is only asked for does not make a day short.
    Five queries at most, whatever the number of people.
    """
    states = (*VALID, LeaveState.ASKED)
    touching = rows.filter(state__in=states, first__lte=month.last, until__gte=month.first).defer("rule", "returning")
    by_team: dict[int, list[LeaveRequest]] = defaultdict(list)
    for request in touching.order_by("area", "team_id", "posting_id", "first"):
        by_team[request.team_id].append(request)
    if not by_team:
        return []
    law, is_work = law_on(area, month.last), work_days()
    members = _members(by_team, month)
    teams = []
    for number, requests in by_team.items():
        rule = _floor(law, requests[0].posting, month)
        away = _away(requests)
        counted = [_member(posting, away) for posting in members[number]]
        span = Stretch(month.first, month.last)
        short = short_days(rule.present, counted, span, None, is_work) if rule and rule.present else ()
        clause = (rule.present and rule.present.clause) or rule.clause if rule else None
        people = _people(requests, month)
        found = {each.day: each for each in short}
        town = getattr(requests[0], "town", "")
        teams.append(AwayTeam(requests[0].posting.team, town, people, len(counted), found, clause))
    return teams


def _floor(law: LeaveLaw, posting: Posting, month: Month) -> SetRule | None:
    """The presence floor that binds a team."""
    case = case_of(posting, month.last)
    return next((rule for rule in law.sets.values() if rule.present and rule.applies.matches(case)), None)


def _members(teams: Iterable[int], month: Month) -> dict[int, list[Posting]]:
    rows = Posting.objects.filter(team__in=list(teams), first__lte=month.last).exclude(last__lt=month.first)
    found: dict[int, list[Posting]] = defaultdict(list)
    for row in rows:
        found[row.team_id].append(row)
    return found


def _away(requests: Iterable[LeaveRequest]) -> dict[int, list[Stretch]]:
    found: dict[int, list[Stretch]] = defaultdict(list)
    for request in requests:
        if request.state in VALID:
            found[request.posting_id].append(Stretch(request.first, request.until))
    return found


def _member(posting: Posting, away: Mapping[int, list[Stretch]]) -> Member:
    posted = (Stretch(posting.first, posting.last or date.max),)
    return Member(str(posting.pk), frozenset(posting.roles), posted=posted, away=tuple(away.get(posting.pk, ())))


def _people(requests: Iterable[LeaveRequest], month: Month) -> list[AwayPerson]:
    found: dict[int, AwayPerson] = {}
    for request in requests:
        person = found.setdefault(request.posting_id, AwayPerson(request.posting, [None] * month.days))
        for place, day in enumerate(month.dates()):
            if request.first <= day <= request.until:
                person.cells[place] = request
    return list(found.values())
