"""The calendar of who is away."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from apps.accounts.access import require
from apps.accounts.middleware import ScopedRequest
from apps.core.errors import Forbidden
from apps.core.http import month_asked
from apps.core.months import Month
from apps.jurisdictions.days import work_days
from apps.leave.models import RestPlan
from apps.leave.selectors.away import AwayCell, AwayTeam, away_in
from apps.leave.selectors.standing import requests_in

WEEKDAYS = "一二三四五六日"


@require_GET
def away(request: ScopedRequest) -> HttpResponse:
    """People × days of a month, by team, with the days on which too few are present."""
    require(request.actor, "leave.view")
    actor = request.actor
    if actor.scope.area is None:
        raise Forbidden("外出日历由工作队、乡镇和县级查看。")
    month = month_asked(request.GET.get("month", "")) or Month.of(timezone.localdate())
    plans = RestPlan.objects.all()
    if actor.position.team is not None:
        plans = plans.filter(team=actor.position.team)
    teams = away_in(requests_in(actor), plans, actor.scope.area, month)
    is_work = work_days()
    days = [{"date": day, "weekday": WEEKDAYS[day.weekday()], "rest": not is_work(day)} for day in month.dates()]
    context = {"month": month, "days": days, "teams": [_team(team, days) for team in teams]}
    return render(request, "leave/away.html", context)


def _team(team: AwayTeam, days: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "team": team,
        "days": [_team_cell(team, day["date"]) for day in days],
        "people": [
            {
                "posting": person.posting,
                "cells": [_cell(held, day) for held, day in zip(person.cells, days, strict=True)],
            }
            for person in team.people
        ],
    }


def _team_cell(team: AwayTeam, day: date) -> dict[str, str]:
    """The strongest that is to be said of a team's day: too few present, no watch, several resting."""
    said = f"{day.month}月{day.day}日"
    if short := team.short.get(day):
        return {"tone": "is-short", "sign": "缺", "title": f"{said}在岗{short.present}人，应不少于{short.due}人"}
    if day in team.unwatched:
        return {"tone": "is-unwatched", "sign": "值", "title": f"{said}值班的人不在岗，须换人"}
    if number := team.together.get(day):
        return {"tone": "is-together", "sign": str(number), "title": f"{said}{number}人同时休"}
    return {}


def _cell(held: AwayCell, day: dict[str, Any]) -> dict[str, Any]:
    return {
        "leave": held.leave,
        "planned": held.planned,
        "rest": day["rest"],
        "asked": held.leave is not None and held.leave.state == "asked",
    }
