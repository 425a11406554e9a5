"""汇总: a month summed up by the areas below one's own."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from apps.accounts.access import require
from apps.accounts.middleware import ScopedRequest
from apps.core.errors import BadInput, NotFound
from apps.core.figures import figure_answer
from apps.core.months import Month
from apps.core.tenancy import AREA_FORM
from apps.desk.selectors.rollup import BELOW, JUDGED, SENT, RollupRow, area_path, rollup_rows, rollup_total
from apps.desk.selectors.rollup_trace import LATE, Asked, figure_url, rollup_figure, value_of
from apps.desk.selectors.sheets import close_due
from apps.desk.selectors.words import category_words, local_book
from apps.jurisdictions.days import due_day
from apps.ledgers.models import LedgerState
from apps.rules.marks import CATEGORIES
from apps.rules.presence import STATE_WORDS, State

OFFERED = 14  # months to choose from
LISTED = (LedgerState.RETURNED, *SENT)


@require_GET
def rollup(request: ScopedRequest) -> HttpResponse:
    """By the areas below: ledgers by state, days by category, how the measures stand.  In the order of their codes."""
    today = timezone.localdate()
    area = _area(request)
    month = _month(request.GET.get("month", ""), Month.of(today).previous())
    rows = rollup_rows(area=area, month=month, today=today)
    total = rollup_total(rows)
    used = [place for place in range(len(CATEGORIES)) if place == 0 or total.days[place]]
    book = local_book(area, month.last)
    words = category_words(book)
    return render(
        request,
        "desk/rollup.html",
        {
            "month": month,
            "months": [Month.of(today).shifted(-back) for back in range(OFFERED)],
            "area": area,
            "path": area_path(area, request.actor.scope.area or ""),
            "lowest": BELOW[len(area)] == BELOW[7],
            "rows": [_shown(row, area, month, used) | {"sheet": _sheet(request, row, month)} for row in rows],
            "total": _shown(total, area, month, used),
            "judged": any(row.measures for row in rows),
            "heads": [words[CATEGORIES[place]] for place in used],
            "due": due_day(book, close_due(book), month, source=area) if book else None,
            "states": _heads(rows),
        },
    )


@require_GET
def rollup_trace(request: ScopedRequest) -> HttpResponse:
    """Where one figure of a roll-up comes from."""
    month = _month(request.GET.get("month", ""), Month.of(timezone.localdate()).previous())
    named = (request.GET.get(name, "") for name in ("what", "measure", "clause"))
    return figure_answer(request, rollup_figure(Asked(_area(request), month, *named), timezone.localdate()))


def _heads(rows: list[RollupRow]) -> list[str]:
    """The words for the states, also fitting a ceiling where there is one."""
    words = [STATE_WORDS[state] for state in JUDGED]
    if any(measure.ceiling for row in rows for measure in row.measures.values()):
        words[JUDGED.index(State.MET)] += "（未超过）"
        words[JUDGED.index(State.SHORT)] += "（已超过）"
    return words


def _area(request: ScopedRequest) -> str:
    asked = request.GET.get("area", "")
    if not asked:
        require(request.actor, "rollup.view")
    area = asked or request.actor.scope.area or ""
    if not AREA_FORM.fullmatch(area):
        raise NotFound
    require(request.actor, "rollup.view", area)
    if len(area) not in BELOW:
        raise NotFound
    return area


def _month(text: str, otherwise: Month) -> Month:
    if text and not re.fullmatch("20[0-9]{2}-(0[1-9]|1[0-2])", text):
        raise BadInput("月份应写成 2026-10 的形式。")
    return Month.parse(text) if text else otherwise


def _shown(row: RollupRow, area: str, month: Month, used: list[int]) -> dict[str, Any]:
    """A row with the address of every figure's trace; counts of ledgers lead to their list."""
    below = _below(row, month)

    def figure(what: str, measure: str = "", clause: str = "") -> dict[str, Any]:
        asked = Asked(area, month, what, measure, clause)
        return {"value": value_of(row, asked), "url": figure_url(row, asked) if row.area else asked.url}

    return {
        "row": row,
        "url": reverse("ledgers:detail", args=[row.ledger]) if row.ledger else below,
        "state": LedgerState(row.state).label if row.state else "",
        "ledgers": [
            {"label": "未编", "value": row.none, "url": below},
            {"label": "签批中", "value": row.working, "url": below},
            *[
                {
                    "label": LedgerState(state).label,
                    "value": row.states.get(state, 0),
                    "url": _list(row.area or area, month, state),
                }
                for state in LISTED
            ],
        ],
        "late": figure(LATE),
        "people": figure("people"),
        "posted": figure("posted"),
        "days": [figure(CATEGORIES[place]) for place in used],
        "measures": [
            {
                "sum": measure,
                "people": figure("bound", measure.label, measure.clause),
                "states": [figure(f"state-{int(state)}", measure.label, measure.clause) for state in JUDGED],
            }
            for measure in row.measures.values()
        ],
    }


def _sheet(request: ScopedRequest, row: RollupRow, month: Month) -> str:
    """The sheet of a township that has no ledger yet, for those who may see it."""
    if row.ledger or len(row.area) in BELOW or not request.actor.may("sheet.view"):
        return ""
    return reverse("attendance:sheet", kwargs={"area": row.area, "month": month})


def _below(row: RollupRow, month: Month) -> str:
    """The same page one level down; a township has none."""
    if len(row.area) not in BELOW:
        return ""
    return f"{reverse('desk:rollup')}?{urlencode({'area': row.area, 'month': str(month)})}"


def _list(area: str, month: Month, state: str) -> str:
    query = {"area": area, "month": str(month), "state": state, "kind": "township"}
    return f"{reverse('ledgers:list')}?{urlencode(query)}"
