"""Who is away in a month, day by day, whether each team keeps its presence floor and its watch, who rests together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from apps.core.months import Month
from apps.jurisdictions.days import work_days
from apps.leave.models import VALID, LeaveRequest, LeaveState, RestPlan
from apps.leave.selectors.duty import duty_findings, duty_rules, members_of, rotas_of
from apps.leave.selectors.law import law_on
from apps.rules.language.on_duty import Short, short_days
from apps.rules.language.windows import Stretch
from apps.teams.models import Posting, Team


@dataclass(frozen=True)
class AwayCell:
    """One person on one day: the request that it is of, or that he means to rest."""

    leave: LeaveRequest | None = None
    planned: bool = False


@dataclass(frozen=True)
class AwayPerson:
    """A person with leave or a planned rest in the month: one cell per day."""

    posting: Posting
    cells: list[AwayCell]


@dataclass(frozen=True)
class AwayTeam:
    """A team with somebody away: its township for whoever sees several, its people, how many of it are posted in the
    month; the days on which too few are present, those whose named watch is not there, and those on which several rest
    (how many), with the clause."""

    team: Team
    town: str
    people: list[AwayPerson]
    posted: int
    short: Mapping[date, Short]
    unwatched: frozenset[date]
    together: Mapping[date, int]
    clause: str | None


def away_in(rows: QuerySet[LeaveRequest], plans: QuerySet[RestPlan], area: str, month: Month) -> list[AwayTeam]:
    """The teams with somebody on leave in a month, granted, asked for or planned, by village.

    Only leave counts: who is out on a trip is on the month's sheet.  What is only asked for or planned does not make a
    day short.  Nine queries at most, whatever the number of people.
    """
    requests, planned = _leaves(rows, month), _planned(plans, month)
    towns = {each.team_id: getattr(each, "town", "") for each in requests}
    by_team: dict[int, list[AwayPerson]] = defaultdict(list)
    for person in _people(requests, planned, month):
        by_team[person.posting.team_id].append(person)
    if not by_team:
        return []
    span, is_work, law = Stretch(month.first, month.last), work_days(), law_on(area, month.last)
    members, rotas = members_of(by_team, span), rotas_of(by_team, span)
    teams = []
    for number, people in by_team.items():
        team, posted, rota = people[0].posting.team, members[number], rotas.get(number, {})
        rules = duty_rules(law, team, month.last)
        floor = rules[0].present if rules else None
        short = short_days(floor, posted, span, None, is_work) if floor else ()
        teams.append(
            AwayTeam(
                team=team,
                town=towns.get(number, ""),
                people=people,
                posted=len(posted),
                short={each.day: each for each in short},
                unwatched=frozenset(day for day in duty_findings(rules, posted, rota, span, is_work) if rota.get(day)),
                together=_together(people, month),
                clause=(floor.clause or rules[0].clause) if floor else None,
            )
        )
    return teams


def _leaves(rows: QuerySet[LeaveRequest], month: Month) -> list[LeaveRequest]:
    states = (*VALID, LeaveState.ASKED)
    touching = rows.filter(state__in=states, first__lte=month.last, until__gte=month.first).defer("rule", "returning")
    return list(touching.order_by("area", "team_id", "posting_id", "first"))


def _planned(rows: QuerySet[RestPlan], month: Month) -> list[RestPlan]:
    touching = rows.filter(first__lte=month.last, last__gte=month.first)
    return list(touching.select_related("posting__team__village"))


def _people(requests: Iterable[LeaveRequest], planned: Iterable[RestPlan], month: Month) -> list[AwayPerson]:
    """Everybody with one of them, by village."""
    leaves, plans = defaultdict[int, list[LeaveRequest]](list), defaultdict[int, list[RestPlan]](list)
    postings: dict[int, Posting] = {}
    for plan in planned:
        plans[plan.posting_id].append(plan)
        postings[plan.posting_id] = plan.posting
    for request in requests:
        leaves[request.posting_id].append(request)
        postings[request.posting_id] = request.posting
    ordered = sorted(postings.values(), key=lambda each: (each.area, each.team_id, each.pk))
    return [
        AwayPerson(posting, [_cell(leaves[posting.pk], plans[posting.pk], day) for day in month.dates()])
        for posting in ordered
    ]


def _cell(leaves: Iterable[LeaveRequest], plans: Iterable[RestPlan], day: date) -> AwayCell:
    return AwayCell(
        next((each for each in leaves if each.first <= day <= each.until), None),
        any(each.first <= day <= each.last for each in plans),
    )


def _together(people: Iterable[AwayPerson], month: Month) -> dict[date, int]:
    """{day: how many of a team rest or mean to} on days with more than one."""
    found = {}
    for place, day in enumerate(month.dates()):
        number = sum(bool(person.cells[place].leave or person.cells[place].planned) for person in people)
        if number > 1:
            found[day] = number
    return found
