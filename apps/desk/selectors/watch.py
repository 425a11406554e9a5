"""Watch and rest: rosters with gaps, rest plans that are missing, days due that are to be looked at before the year ends."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlencode

from django.urls import reverse

from apps.accounts.access import Actor
from apps.core.months import Month
from apps.desk.selectors.items import Desk, WorkItem
from apps.leave.selectors.duty_month import DutyTeam, duty_teams, teams_in
from apps.leave.selectors.law import law_on
from apps.leave.selectors.rest import plan_asked, planned_teams
from apps.teams.models import Team

NEXT_FROM, YEAR_END, NEXT_YEAR_FROM = 20, 11, 12  # the day from which next month is asked for; months


def watch_desk(*, actor: Actor, today: date) -> Desk:
    """For a team's leader what he is to write; for the township, which may write it too, where it is missing.  A fixed number of queries, whatever the number of teams.

    The current month is asked for at once, the next one from its eve on; likewise the plan of next year.
    """
    desk = Desk()
    if not (actor.may("duty.edit") or actor.may("rest.edit")):
        return desk
    area, month = actor.scope.area or "", Month.of(today)
    teams = list(teams_in(actor, today))
    for asked in (month, month.next()) if today.day >= NEXT_FROM else (month,):
        lacking = [each for each in duty_teams(area, teams, asked) if each.gaps]
        if lacking and actor.may("duty.edit"):
            kind = desk.must if actor.position.team is not None else desk.ready
            kind.append(_roster(actor, asked, lacking))
    if actor.may("rest.edit"):
        desk.must += _plans(actor, teams, today)
    return desk


def due_desk(*, actor: Actor, today: date) -> Desk:
    """In the last two months: the list of days due, taken and left.  No query."""
    if today.month < YEAR_END or not actor.may("due.view"):
        return Desk()
    text = "年底前看一看谁还没有休完、谁的应休天数还没有填写。"
    url = f"{reverse('leave:due')}?{urlencode({'year': today.year})}"
    return Desk(ready=[WorkItem(f"{today.year}年应休和已休", text, url, "打开")])


def _roster(actor: Actor, month: Month, lacking: list[DutyTeam]) -> WorkItem:
    first = lacking[0]
    if actor.position.team is not None:
        what = f"{first.gaps}天没有人值守" if first.named else "还没有排"
        url = reverse("leave:duty_month", args=[first.team.pk, month])
        return WorkItem(
            f"{month.label}值班表", f"{first.team.village.name}{what}。", url, "去排班", clause=first.clause
        )
    names = "、".join(each.team.village.name for each in lacking[:4]) + ("等" if len(lacking) > 4 else "")
    text = f"{names}，{len(lacking)}支工作队有的日子没有人值守。"
    url = f"{reverse('leave:duty')}?{urlencode({'month': str(month)})}"
    return WorkItem(f"{month.label}值班表", text, url, "查看", clause=first.clause)


def _plans(actor: Actor, teams: list[Team], today: date) -> list[WorkItem]:
    asked = plan_asked(law_on(actor.scope.area or "", today)) if teams else None
    if asked is None:
        return []
    found = []
    for year in (today.year, today.year + 1) if today.month >= NEXT_YEAR_FROM else (today.year,):
        planned = planned_teams([team.pk for team in teams], year)
        found += [
            WorkItem(
                f"{year}年休假计划",
                f"{team.village.name}还没有编制；计划不代替审批。",
                reverse("leave:rest_plan", args=[team.pk, year]),
                "去编制",
                clause=asked.record.clause,
            )
            for team in teams
            if team.pk not in planned
        ]
    return found
