"""派出单位: one's own people across counties for a quarter."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from apps.accounts.access import require
from apps.accounts.middleware import ScopedRequest
from apps.core.errors import BadInput
from apps.core.http import link_up
from apps.core.months import Month
from apps.desk.selectors.unit import PersonQuarter, Quarter, feedback_states, own_people, people_quarter
from apps.ledgers.models import LedgerLine
from apps.ledgers.selectors.table import days_url
from apps.ledgers.traces import POSTED
from apps.rules.marks import CATEGORIES, WORD_OF

PAGE = 30  # people on a page
OFFERED = 8  # quarters to choose from


@require_GET
def unit(request: ScopedRequest) -> HttpResponse:
    """A quarter of the unit's people, what was fed back for it, and the workbook."""
    require(request.actor, "unit.view")
    today = timezone.localdate()
    quarter = _quarter(request.GET.get("quarter", ""), Quarter.of(today).previous())
    page = Paginator(own_people(quarter), PAGE).get_page(request.GET.get("page"))
    states = feedback_states(quarter, today)
    people = people_quarter(quarter, list(page.object_list))
    used = [place for place in range(len(CATEGORIES)) if place == 0 or any(each.sums[place] for each in people)]
    given = sum(state.feedback is not None for state in states)
    return render(
        request,
        "desk/unit.html",
        {
            "unit": request.actor.position.label,
            "quarter": quarter,
            "quarters": _offered(Quarter.of(today)),
            "states": states,
            "given": given,
            "waiting": len(states) - given,
            "page": page,
            "people": [_person(person, quarter, used, today) for person in people],
            "heads": [WORD_OF[CATEGORIES[place]] for place in used],
            "download": link_up("reports:unit_quarter", year=quarter.year, quarter=quarter.number),
            "query": urlencode({"quarter": str(quarter)}),
        },
    )


def _quarter(text: str, otherwise: Quarter) -> Quarter:
    try:
        return Quarter.parse(text) if text else otherwise
    except ValueError as error:
        raise BadInput(str(error)) from error


def _offered(newest: Quarter) -> list[Quarter]:
    found = [newest]
    while len(found) < OFFERED:
        found.append(found[-1].previous())
    return found


def _person(person: PersonQuarter, quarter: Quarter, used: list[int], today: date) -> dict[str, Any]:
    """A person's months and sums, each figure with the address of its trace."""
    at = {"posting": person.posting, "year": quarter.year, "quarter": quarter.number}
    sums = [(POSTED, person.posted), *((CATEGORIES[place], person.sums[place]) for place in used)]
    months = [each for each in person.months if person.in_post(each.month) or each.line]
    return {
        "of": person,
        "height": len(months) + (person.latest is not None),
        "figures": [
            {"value": value, "url": reverse("ledgers:trace_quarter", kwargs={**at, "category": what})}
            for what, value in sums
        ],
        "months": [
            {
                "month": each.month,
                "line": each.line,
                "why": "" if each.line else _why_none(each.month, today),
                "figures": _month_figures(each.line, each.counts, used),
            }
            for each in months
        ],
    }


def _month_figures(line: LedgerLine | None, counts: tuple[int, ...], used: list[int]) -> list[dict[str, Any]]:
    """A month's days in post, then of the categories in use, each with the address of its trace; none without a line."""
    if line is None:
        return []
    numbers = [(POSTED, line.posted), *((CATEGORIES[place], counts[place]) for place in used)]
    return [{"value": value, "url": days_url(line, what)} for what, value in numbers]


def _why_none(month: Month, today: date) -> str:
    if month.last < today:
        return "尚未反馈"
    return "本月未结束" if month.first <= today else "未到"
