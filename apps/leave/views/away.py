"""The calendar of who is away."""

from __future__ import annotations

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
from apps.leave.models import LeaveRequest
from apps.leave.selectors.away import AwayTeam, away_in
from apps.leave.selectors.standing import requests_in

WEEKDAYS = "一二三四五六日"


@require_GET
def away(request: ScopedRequest) -> HttpResponse:
    """People × days of a month, by team, with the days on which too few are present."""
    require(request.actor, "leave.view")
    if request.actor.scope.area is None:
        raise Forbidden("外出日历由工作队、乡镇和县级查看。")
    month = month_asked(request.GET.get("month", "")) or Month.of(timezone.localdate())
    teams = away_in(requests_in(request.actor), request.actor.scope.area, month)
    is_work = work_days()
    days = [{"date": day, "weekday": WEEKDAYS[day.weekday()], "rest": not is_work(day)} for day in month.dates()]
    context = {"month": month, "days": days, "teams": [_team(team, days) for team in teams]}
    return render(request, "leave/away.html", context)


def _team(team: AwayTeam, days: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "team": team,
        "short": [team.short.get(day["date"]) for day in days],
        "people": [
            {
                "posting": person.posting,
                "cells": [_cell(held, day) for held, day in zip(person.cells, days, strict=True)],
            }
            for person in team.people
        ],
    }


def _cell(held: LeaveRequest | None, day: dict[str, Any]) -> dict[str, Any]:
    return {
        "leave": held,
        "rest": day["rest"],
        "date": day["date"],
        "asked": held is not None and held.state == "asked",
    }
