"""Who keeps watch in a team on which day, from the teams' rosters."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from apps.core.months import Month
from apps.leave.models import DutyDay
from apps.teams.models import Team

LEAST = 7  # days that a notice should still say who keeps watch


def duty_span(first: date) -> tuple[date, date]:
    """The days whose watch a notice of `first` shows: to the end of the month, near its end to that of the next."""
    last = Month.of(first).last
    if (last - first) < timedelta(days=LEAST):
        last = Month.of(first).next().last
    return first, last


def duty_days(teams: Iterable[Team], first: date, last: date) -> dict[int, Mapping[date, str]]:
    """{team: {day: who keeps watch}}; days without anybody are left out.  One query."""
    rows = DutyDay.objects.filter(team__in=[team.pk for team in teams], day__gte=first, day__lte=last)
    named: dict[int, dict[date, list[str]]] = defaultdict(lambda: defaultdict(list))
    for team, day, name in rows.order_by("day", "id").values_list("team", "day", "posting__name"):
        named[team][day].append(name)
    return {team: {day: "、".join(names) for day, names in days.items()} for team, days in named.items()}
