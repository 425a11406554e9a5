"""The duty roster: the teams of an area, and one team's month."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_GET, require_http_methods

from apps.accounts.access import require
from apps.accounts.middleware import ScopedRequest
from apps.core.errors import ApplicationError, BadInput, Forbidden, NotFound
from apps.core.http import month_asked, number_asked
from apps.core.months import Month
from apps.jurisdictions.days import work_days
from apps.leave.rota import rota_copied, rota_filled
from apps.leave.selectors.duty import Rota, rota_of
from apps.leave.selectors.duty_month import DutyMonth, duty_month, duty_teams, out_of, team_reached, teams_in
from apps.leave.services import duty_save
from apps.leave.views.away import WEEKDAYS
from apps.rules.language.windows import Stretch
from apps.teams.selectors import open_postings

PAGE = 50


@require_GET
def duty(request: ScopedRequest) -> HttpResponse:
    """The teams with what is missing in a month; whoever has only one goes straight to it."""
    require(request.actor, "duty.view")
    actor, today = request.actor, timezone.localdate()
    month = month_asked(request.GET.get("month", "")) or Month.of(today)
    if actor.scope.area is None:
        return _own(request, month, today)
    if actor.position.team is not None:
        return redirect("leave:duty_month", team=actor.position.team, month=month)
    page = Paginator(teams_in(actor, month.last).order_by("area", "id"), PAGE).get_page(request.GET.get("page"))
    rows = duty_teams(actor.scope.area, list(page), month)
    return render(
        request, "leave/duty_teams.html", {"month": month, "month_text": str(month), "page": page, "rows": rows}
    )


def _own(request: ScopedRequest, month: Month, today: date) -> HttpResponse:
    postings = list(open_postings(today))
    if not postings:
        return render(request, "leave/no_posting.html")
    return redirect("leave:duty_month", team=postings[0].team_id, month=month)


@require_http_methods(["GET", "POST"])
def duty_page(request: ScopedRequest, team: int, month: Month) -> HttpResponse:
    """One team's month: to look at, to write, to have its empty days proposed."""
    with team_reached(request.actor, team):
        require(request.actor, "duty.view" if request.method == "GET" else "duty.edit")
        if request.method == "GET":
            return _page(request, team, month)
        named = _named(request.POST.getlist("on"))
        wish = request.POST.get("do", "save")
        if wish in ("fill", "copy"):
            return _page(request, team, month, _proposed(request, team, month, named, wish), proposed=True)
        return _saved(request, team, month, named)


def _saved(request: ScopedRequest, team: int, month: Month, named: Rota) -> HttpResponse:
    try:
        done = duty_save(actor=request.actor, team=team, month=month, rota=named, seen=request.POST.get("seen", ""))
    except (NotFound, Forbidden):
        raise
    except ApplicationError as error:
        return _page(request, team, month, named, error=error)
    messages.success(request, f"已保存{month.label}值班表：新排{done['added']}人次，撤下{done['removed']}人次。")
    return redirect("leave:duty_month", team=team, month=month)


def _proposed(request: ScopedRequest, team: int, month: Month, named: Rota, wish: str) -> Rota:
    with team_reached(request.actor, team) as found:
        shown = duty_month(found, month, named)
        if wish == "copy":
            before = month.previous()
            return rota_copied(named, rota_of(team, Stretch(before.first, before.last)), shown.members, shown.span)
        out = out_of(shown.people, shown.span)
        for rule in shown.rules:
            if rule.present:
                named = rota_filled(rule.present, shown.members, named, shown.span, work_days(), out)
        return named


def _page(
    request: ScopedRequest,
    team: int,
    month: Month,
    named: Rota | None = None,
    *,
    proposed: bool = False,
    error: ApplicationError | None = None,
) -> HttpResponse:
    with team_reached(request.actor, team) as found:
        shown = duty_month(found, month, named)
        may_edit = request.actor.may("duty.edit") and bool(shown.rules) and not shown.closed
        context: dict[str, Any] = {
            "shown": shown,
            "rows": [(row, WEEKDAYS[row.day.weekday()]) for row in shown.rows],
            "totals": _totals(shown),
            "may_edit": may_edit,
            "proposed": proposed,
            "error": error,
            "seen": request.POST.get("seen", "") or shown.seen,
            "today": timezone.localdate(),
        }
        return render(request, "leave/duty_month.html", context, status=error.status if error else 200)


def _totals(shown: DutyMonth) -> list[int]:
    return [sum(person.pk in named for named in shown.rota.values()) for person in shown.people]


def _named(values: Iterable[str]) -> Rota:
    """{day: postings} of the ticked boxes, `2026-09-07:12` each.  BadInput for anything else."""
    found: Rota = {}
    for value in values:
        text, _, number = value.partition(":")
        day, posting = _day(text), number_asked(number)
        if day is None or posting is None:
            raise BadInput("值班表的内容不对，请刷新页面再试。")
        if posting not in found.setdefault(day, []):
            found[day].append(posting)
    return found


def _day(text: str) -> date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None
