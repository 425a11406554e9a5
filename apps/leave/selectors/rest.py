"""The yearly rest plan of a team beside what was taken, and the teams that have none."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from apps.leave.models import VALID, LeaveRequest, RestPlan
from apps.leave.selectors.due import kinds_of_days
from apps.leave.selectors.law import LeaveLaw, law_on
from apps.rules.language.records import Record
from apps.teams.models import Posting, Team

PLAN = "leave_plan"  # the record that asks for one


@dataclass(frozen=True)
class Asked:
    """What the regulation asks for: the record, the ways to rest with their clause, the kinds of leave that are rest."""

    record: Record
    ways: tuple[str, ...]
    ways_clause: str | None
    kinds: frozenset[str]


@dataclass(frozen=True)
class PlanLine:
    """One planned rest, and the names of those who mean to rest on some of its days."""

    line: RestPlan
    together: tuple[str, ...]


@dataclass(frozen=True)
class PlanPerson:
    """One person of a team: what he plans, what he took or was granted."""

    posting: Posting
    planned: list[PlanLine]
    taken: list[LeaveRequest]


def plan_asked(law: LeaveLaw) -> Asked | None:
    """What an area's regulation asks of a rest plan; None where it asks for none."""
    record = law.record(PLAN)
    if record is None:
        return None
    field = next((field for field in record.fields if field.type == "choice"), None)
    ways = field.choices if field else ()
    clause = (field and field.clause) or record.clause
    return Asked(record, ways, clause, frozenset(law.kinds) & {*ways, *kinds_of_days(law)})


def plan_of(team: Team, year: int, on: date) -> list[PlanPerson]:
    """Everybody posted in a team in a year, by who came first.  Five queries; read inside the village's area."""
    asked = plan_asked(law_on(team.area, on))
    first, last = date(year, 1, 1), date(year, 12, 31)
    posted = Posting.objects.filter(Q(last__isnull=True) | Q(last__gte=first), team=team, first__lte=last)
    lines = list(RestPlan.objects.filter(team=team, year=year).select_related("posting").order_by("first", "id"))
    rests = LeaveRequest.objects.filter(team=team, state__in=VALID, first__lte=last, until__gte=first)
    taken = list(rests.filter(kind__in=asked.kinds if asked else ()).defer("rule", "returning").order_by("first"))
    return [
        PlanPerson(
            posting,
            [PlanLine(line, _together(line, lines)) for line in lines if line.posting_id == posting.pk],
            [leave for leave in taken if leave.posting_id == posting.pk],
        )
        for posting in posted.order_by("id")
    ]


def _together(line: RestPlan, lines: Sequence[RestPlan]) -> tuple[str, ...]:
    others = (
        other
        for other in lines
        if other.posting_id != line.posting_id and other.first <= line.last and other.last >= line.first
    )
    return tuple(dict.fromkeys(other.posting.name for other in others))


def planned_teams(teams: Collection[int], year: int) -> dict[int, int]:
    """{team: how many people have a line in its plan of a year}; teams without a plan left out.  One query."""
    rows = RestPlan.objects.filter(team__in=teams, year=year).values_list("team", "posting").distinct().order_by()
    found: dict[int, int] = {}
    for team, _ in rows:
        found[team] = found.get(team, 0) + 1
    return found
