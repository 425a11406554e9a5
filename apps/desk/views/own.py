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
from apps.desk.selectors.words import local_book, mark_words
from apps.leave.selectors.due_list import own_balances
from apps.ledgers.traces import POSTED
from apps.rules.marks import CATEGORIES, LETTER_OF, MARKS, OUT, short_word

LONGEST = 31  # days of a month


@require_GET
def own(request: ScopedRequest) -> HttpResponse:
    """The person's postings, and one year of his months."""
    require(request.actor, "self.view")
    years = own_years_known(timezone.localdate())
    year = _year(request.GET.get("year", ""), years)
    months = own_months(year)
    words = mark_words(local_book(months[0].area, months[0].month.last) if months else None)
    used = [place for place in range(len(CATEGORIES)) if place == 0 or any(each.counts[place] for each in months)]
    return render(
        request,
        "desk/self.html",
        {
            "year": year,
            "years": years,
            "postings": own_postings(),
            "months": [_shown(each, used, words) for each in months],
            "standing": own_years(year),
            "balances": own_balances(request.actor, year, timezone.localdate()),
            "heads": ["派驻天数", *(words[LETTER_OF[CATEGORIES[place]]] for place in used)],
            "legend": [(_sign(letter, words), words[letter]) for letter in (LETTER_OF[CATEGORIES[p]] for p in used)],
            "dates": range(1, LONGEST + 1),
        },
    )


def _shown(month: OwnMonth, used: list[int], words: dict[str, str]) -> dict[str, Any]:
    """A month with its figures, and its days with their words."""
    days = [
        {
            "day": day,
            "weekday": weekday,
            "mark": mark,
            "word": words[mark],
            "sign": _sign(mark, words),
        }
        for day, weekday, mark in month.days
    ]
    return {"own": month, "figures": _figures(month, used), "days": days, "beyond": LONGEST - len(days)}


def _sign(mark: str, words: dict[str, str]) -> str:
    """The one character that stands for a day, as on the printed ledger."""
    if mark in MARKS:
        return short_word(MARKS[mark].category, words[mark])
    return "" if mark == OUT else words[mark][0]


def _figures(month: OwnMonth, used: list[int]) -> list[dict[str, Any]]:
    """Days in post, then days by category, each with the address of its trace."""
    numbers = [(POSTED, month.posted), *((CATEGORIES[place], month.counts[place]) for place in used)]
    return [{"value": value, "url": month.days_url(what)} for what, value in numbers]


def _year(text: str, years: list[int]) -> int:
    if not text:
        return years[0]
    if not text.isdecimal() or int(text) not in years:
        raise NotFound
    return int(text)
