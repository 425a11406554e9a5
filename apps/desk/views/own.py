"""本人: what is held about oneself; nothing to enter."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from apps.accounts.access import require
from apps.accounts.middleware import ScopedRequest
from apps.core.errors import NotFound
from apps.desk.selectors.own import OwnMonth, own_months, own_postings, own_years, own_years_known
from apps.desk.views.unit import month_figures
from apps.rules.marks import CATEGORIES, LETTER_OF, MARKS, WORD_OF


@require_GET
def own(request: ScopedRequest) -> HttpResponse:
    """The person's postings, and one year of his months."""
    require(request.actor, "self.view")
    years = own_years_known(timezone.localdate())
    year = _year(request.GET.get("year", ""), years)
    months = own_months(year)
    used = [place for place in range(len(CATEGORIES)) if place == 0 or any(each.counts[place] for each in months)]
    return render(
        request,
        "desk/self.html",
        {
            "year": year,
            "years": years,
            "postings": own_postings(),
            "months": [{"own": each, "figures": _figures(each, used)} for each in months],
            "standing": own_years(year),
            "heads": ["派驻天数", *(WORD_OF[CATEGORIES[place]] for place in used)],
            "legend": [MARKS[LETTER_OF[CATEGORIES[place]]] for place in used],
            "dates": range(1, 32),
        },
    )


def _figures(month: OwnMonth, used: list[int]) -> list[dict[str, Any]]:
    """Days in post, then days by category."""
    found = month_figures(month.line, month.counts, used)
    return found if month.line else [{"value": month.posted, "url": "", "trace": False}, *found]


def _year(text: str, years: list[int]) -> int:
    if not text:
        return years[0]
    if not text.isdigit() or int(text) not in years:
        raise NotFound
    return int(text)
