"""Rosters, rest plans and days due, where the rules ask for them; with a gap, a missing plan and an unknown number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby

from django.utils import timezone

from apps.core.months import Month
from apps.desk.demo.keys import Keys
from apps.jurisdictions.days import work_days
from apps.jurisdictions.offices import Office
from apps.leave.models import Counted, DutyDay, LeaveDue, RestPlan
from apps.leave.rota import rota_filled
from apps.leave.selectors.days import recorded_of
from apps.leave.selectors.due import days_rules
from apps.leave.selectors.duty import duty_rules, members_of
from apps.leave.selectors.law import LeaveLaw, case_of, law_on
from apps.leave.selectors.rest import plan_asked
from apps.rules.language.entitlements import rate_of
from apps.rules.language.windows import Stretch
from apps.teams.models import Posting, Team

BY, BASIS = "演示登记", "单位人事部门核定"
DAYS = (5, 10, 15)
GAP = timedelta(days=5)  # from today: a day of the shown teams without anybody


def load_watch(keys: Keys) -> None:
    """Write them for the teams of every county, by its own rules as of today."""
    today = max(timezone.localdate(), keys.world.as_of.first)
    shown = {each.target for each in keys.world.logins if each.listed and each.office == Office.TEAM_LEADER}
    teams = Team.objects.select_related("village").order_by("area")
    for county, rows in groupby(teams, key=lambda team: team.area[:7]):
        held, law = list(rows), law_on(county, today)
        _rosters(held, law, today, shown)
        people = list(
            Posting.objects.within(county)
            .filter(last__isnull=True, first__lte=today)
            .select_related("team__village", "unit")
            .order_by("team", "id")
        )
        if asked := plan_asked(law):
            RestPlan.objects.bulk_create(_plans(people, asked.ways, today.year, shown))
        LeaveDue.objects.bulk_create(_dues(people, law, today))


def _rosters(teams: Sequence[Team], law: LeaveLaw, today: date, shown: set[str]) -> None:
    month = Month.of(today)
    span, is_work = Stretch(month.first, month.last), work_days()
    bound = [(team, rules[0].present) for team in teams if (rules := duty_rules(law, team, month.last))]
    members = members_of([team.pk for team, _ in bound], span)
    out = recorded_of([int(member.name) for found in members.values() for member in found], span)
    for team, floor in bound:
        if floor is None:
            continue
        named = rota_filled(floor, members.get(team.pk, []), {}, span, is_work, out)
        if team.area in shown:
            named.pop(min(today + GAP, month.last), None)
        told = {"area": team.area, "team": team, "by": BY}
        rows = [DutyDay(**told, posting_id=pk, day=day) for day, found in named.items() for pk in found]
        DutyDay.objects.bulk_create(rows)


def _plans(people: Sequence[Posting], ways: Sequence[str], year: int, shown: set[str]) -> Iterator[RestPlan]:
    """A week for everybody, one after the other through the summer; every seventh team has none."""
    for place, person in enumerate(people):
        if person.team_id % 7 == 0 and person.area not in shown:
            continue
        first = date(year, 7, 6) + timedelta(days=5 * (place % 12))
        if person.first > first:
            continue
        told = {"area": person.area, "team_id": person.team_id, "posting": person, "year": year, "by": BY}
        yield RestPlan(**told, first=first, last=first + timedelta(days=6), way=ways[place % 2])


def _dues(people: Sequence[Posting], law: LeaveLaw, today: date) -> Iterator[LeaveDue]:
    """Of every entitlement without a number of its own; every fifth person's is not known yet."""
    for key, rule in days_rules(law).items():
        for place, person in enumerate(people):
            case = case_of(person, today)
            if place % 5 == 4 or rule.per != "year" or not rule.applies.matches(case) or rate_of(rule, case):
                continue
            told = {"area": person.area, "posting": person, "unit_id": person.unit_id, "person": person.person}
            days = {"days": DAYS[place % 3], "counted": Counted.WORKDAY, "basis": BASIS, "by": BY}
            yield LeaveDue(**told, **days, key=key, year=today.year)
