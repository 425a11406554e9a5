"""A team's month of duty as its page shows it, and the teams of an area with what is missing."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from apps.accounts.access import Actor
from apps.accounts.reach import reaching
from apps.core.errors import NotFound
from apps.core.months import Month
from apps.jurisdictions.days import work_days
from apps.leave.models import LeaveRequest, LeaveState
from apps.leave.selectors.days import recorded_of
from apps.leave.selectors.duty import (
    Rota,
    duty_findings,
    duty_members,
    duty_rules,
    members_of,
    rota_digest,
    rota_of,
    rotas_of,
)
from apps.leave.selectors.law import law_on
from apps.rules.language.on_duty import Member
from apps.rules.language.sets import SetRule
from apps.rules.language.windows import Stretch
from apps.teams.models import Posting, Team, TeamMonth


@dataclass(frozen=True)
class DutyCell:
    """One person on one day: on duty or not, `here` whether he may be, `away` why he cannot keep watch (or asks not to)."""

    posting: Posting
    on: bool
    here: bool
    away: str


@dataclass(frozen=True)
class DutyRow:
    """One day; `fault` says why its watch does not stand, with the clause."""

    day: date
    work: bool
    cells: list[DutyCell]
    fault: str
    clause: str | None


@dataclass(frozen=True)
class DutyMonth:
    """A team's month.  `rules` are the floors that ask for it, none where nothing does; `seen` marks what was read."""

    team: Team
    month: Month
    rules: list[SetRule]
    closed: bool
    people: list[Posting]
    members: list[Member]
    rota: Rota
    rows: list[DutyRow]
    seen: str

    @property
    def span(self) -> Stretch:
        return Stretch(self.month.first, self.month.last)

    @property
    def faults(self) -> list[DutyRow]:
        return [row for row in self.rows if row.fault]


@contextmanager
def team_reached(actor: Actor, team: int) -> Iterator[Team]:
    """A team that the actor may see, with its village's area entered: one of his area, his own, or where he is posted.

    NotFound for every other.
    """
    if actor.scope.area is None:
        posting = Posting.objects.filter(team=team).first()
        if posting is None:
            raise NotFound
        with reaching(actor, posting):
            yield Team.objects.select_related("village").get(pk=team)
        return
    found = Team.objects.select_related("village").filter(pk=team).first()
    if found is None or (actor.position.team is not None and actor.position.team != team):
        raise NotFound
    yield found


def duty_month(team: Team, month: Month, named: Rota | None = None) -> DutyMonth:
    """The month of a team, with `named` in place of what is saved when somebody is still writing it.

    Read inside the village's area.  About eight queries.
    """
    span, is_work = Stretch(month.first, month.last), work_days()
    rules = duty_rules(law_on(team.area, month.last), team, month.last)
    held = rota_of(team.pk, span)
    rota = held if named is None else named
    people = list(
        Posting.objects.filter(
            Q(last__isnull=True) | Q(last__gte=span.first), team=team, first__lte=span.last
        ).order_by("id")
    )
    members = duty_members(team.pk, span)
    findings = duty_findings(rules, members, rota, span, is_work)
    away = _away(people, span, members)
    rows = []
    for day in month.dates():
        cells = [_cell(person, day, rota, away) for person in people]
        fault = _fault(cells, findings[day][0].inputs) if findings.get(day) else ""
        rows.append(DutyRow(day, is_work(day), cells, fault, findings[day][0].clause if fault else None))
    closed = TeamMonth.objects.filter(team=team, month=month.first, closed=True).exists()
    return DutyMonth(team, month, rules, closed, people, members, rota, rows, rota_digest(held))


def out_of(people: Sequence[Posting], span: Stretch) -> Mapping[int, list[Stretch]]:
    """{posting: its official records in a span}: whoever is out is not proposed for duty.  One query."""
    return recorded_of([person.pk for person in people], span)


def _away(people: Sequence[Posting], span: Stretch, members: Sequence[Member]) -> list[tuple[int, Stretch, str]]:
    """Everything that keeps somebody away, the strongest word first."""
    found = [(int(member.name), each, "假") for member in members for each in member.away]
    asked = LeaveRequest.objects.filter(
        posting__in=people, state=LeaveState.ASKED, first__lte=span.last, until__gte=span.first
    )
    found += [
        (pk, Stretch(first, until), "待批") for pk, first, until in asked.values_list("posting", "first", "until")
    ]
    found += [(pk, each, "公务") for pk, spans in out_of(people, span).items() for each in spans]
    return found


def _cell(person: Posting, day: date, rota: Rota, away: list[tuple[int, Stretch, str]]) -> DutyCell:
    here = person.first <= day and (person.last is None or day <= person.last)
    word = next((word for posting, span, word in away if posting == person.pk and span.holds(day)), "")
    return DutyCell(person, person.pk in rota.get(day, ()), here, word if here else "")


def _fault(cells: list[DutyCell], inputs: Mapping[str, object]) -> str:
    named = [cell for cell in cells if cell.on]
    if not named:
        return "没有安排人"
    told = [
        f"{cell.posting.name}{'请假或不在岗' if cell.here else '未派驻'}"
        for cell in named
        if cell.away == "假" or not cell.here
    ]
    return "、".join(told) or f"安排{inputs['present']}人，应不少于{inputs['due']}人"


@dataclass(frozen=True)
class DutyTeam:
    """A team in a list: how many days of the month have nobody who can keep watch; `named` whether any has a name."""

    team: Team
    gaps: int
    named: bool
    clause: str | None


def duty_teams(area: str, teams: Collection[Team], month: Month) -> list[DutyTeam]:
    """Those of some teams that a floor binds, with their gaps in a month.  Six queries, whatever the number."""
    span, is_work, law = Stretch(month.first, month.last), work_days(), law_on(area, month.last)
    bound = [(team, rules) for team in teams if (rules := duty_rules(law, team, month.last))]
    numbers = [team.pk for team, _ in bound]
    rotas, members = rotas_of(numbers, span), members_of(numbers, span)
    found = []
    for team, rules in bound:
        rota = rotas.get(team.pk, {})
        gaps = duty_findings(rules, members.get(team.pk, []), rota, span, is_work)
        clause = (rules[0].present and rules[0].present.clause) or rules[0].clause
        found.append(DutyTeam(team, len(gaps), bool(rota), clause))
    return found


def teams_in(actor: Actor, on: date) -> QuerySet[Team]:
    """The teams of an actor's area with somebody posted on a day, or his own one, by village."""
    posted = Posting.objects.filter(Q(last__isnull=True) | Q(last__gte=on), first__lte=on)
    rows = Team.objects.select_related("village").filter(pk__in=posted.values("team"))
    return rows.filter(pk=actor.position.team) if actor.position.team is not None else rows
