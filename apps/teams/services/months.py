"""Writes of the teams' months: the fact that a month is closed lives here and is written by name from above."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db.models.functions import Now

from apps.core.errors import Conflict
from apps.core.sql import change, fetch
from apps.teams.models import TeamMonth


def team_months_lock(*, teams: Iterable[int], month: date) -> dict[int, bool]:
    """Lock the teams' months until the transaction ends; {team: closed}.

    Marks are written and months closed only behind this lock: without it a mark slips in behind a close.  Rows are
    made when missing and locked in order, so two callers cannot deadlock.  A month is only made while nobody holds
    its team (`closed_months_hold`): the foreign key alone would not look before the commit.
    """
    wanted = sorted(set(teams))
    change(
        "INSERT INTO teams_teammonth (area, team_id, month, closed, attested_by, changed_at, reason) "
        "SELECT t.area, t.id, %s, false, '', now(), '' FROM teams_team t WHERE t.id = ANY(%s) "
        "AND NOT EXISTS (SELECT FROM teams_teammonth m WHERE m.team_id = t.id AND m.month = %s) "
        "ORDER BY t.id FOR KEY SHARE OF t ON CONFLICT (team_id, month) DO NOTHING",
        [month, wanted, month],
    )
    rows = TeamMonth.objects.select_for_update().filter(team_id__in=wanted, month=month).order_by("team_id")
    return dict(rows.values_list("team_id", "closed"))


def team_months_close(*, teams: Iterable[int], month: date, by: str) -> None:
    """Close the months of these teams; Conflict when one was closed in the meantime.  Lock them first."""
    wanted = set(teams)
    done = TeamMonth.objects.filter(team_id__in=wanted, month=month, closed=False).update(
        closed=True, attested_by=by, reason="", changed_at=Now()
    )
    if done != len(wanted):
        raise Conflict("本月已由他人月结，请刷新页面查看。")


def team_months_reopen(*, teams: Iterable[int], month: date, by: str, reason: str) -> int:
    """Open closed months again, with the reason; how many were opened."""
    return TeamMonth.objects.filter(team_id__in=set(teams), month=month, closed=True).update(
        closed=False, attested_by=by, reason=reason, changed_at=Now()
    )


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
