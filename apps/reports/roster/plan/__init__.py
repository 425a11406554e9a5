"""What importing a roster would do, without doing it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from apps.reports.roster.entries import Problem, Roster
from apps.reports.roster.plan.known import known_of
from apps.reports.roster.plan.outcome import KINDS, Plan
from apps.reports.roster.plan.people import by_person, place_people, plan_people
from apps.reports.roster.plan.postings import plan_postings
from apps.reports.roster.plan.units import plan_units, unit_names
from apps.reports.roster.plan.villages import plan_teams, plan_villages

__all__ = ["KINDS", "Plan", "roster_plan"]


def roster_plan(*, county: str, roster: Roster, on: date, problems: Iterable[Problem] = ()) -> Plan:
    """Compare a roster with what the county has; `problems` are those that reading found already.

    Reads only, inside the county's scope, a number of queries that does not grow with the rows.  `on` is today.
    NotFound for an area that is no county.
    """
    known = known_of(county, units=unit_names(roster.units, roster.people), on=on)
    plan = Plan(known, problems=list(problems))
    villages = plan_villages(roster.villages, known, plan)
    units = plan_units(roster.units, known, plan)
    people = by_person(place_people(roster.people, units, villages, plan))
    plan_people(people, known, plan)
    plan_teams(villages, known, plan)
    plan_postings(people, known, villages, plan, on)
    return plan
