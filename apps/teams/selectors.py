"""Reads of teams, postings and the teams' months."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from apps.cadres.models import DispatchUnit
from apps.core.sql import fetch
from apps.jurisdictions.models import Village
from apps.rules.marks import GAP, OUT
from apps.teams.models import HelpingUnit, Posting, TeamMonth

# Tables of the apps above: what is entered there stays where it is, whoever changes the posting below.
_OUTSIDE = """
SELECT l.posting_id, l.month, l.marks
FROM unnest(%(ids)s::bigint[], %(firsts)s::date[], %(lasts)s::date[]) AS x(id, first, last)
JOIN attendance_sheetline l ON l.posting_id = x.id
WHERE l.month < x.first OR l.month + interval '1 month' > x.last + 1
UNION ALL
SELECT s.posting_id, s.first, repeat('s', s.last - s.first + 1)
FROM unnest(%(ids)s::bigint[], %(firsts)s::date[], %(lasts)s::date[]) AS x(id, first, last)
JOIN attendance_dayspan s ON s.posting_id = x.id
WHERE s.first < x.first OR s.last > x.last
"""


def reopening_reasons(*, area: str, month: date) -> list[str]:
    """Why months of an area stand open again after a close: the reasons last given, each once.

    Read before the close clears them; see TeamMonth's history for all of them.
    """
    rows = TeamMonth.objects.within(area).filter(month=month).exclude(reason="")
    return sorted(set(rows.values_list("reason", flat=True)))


def roster(area: str, *, text: str = "", on: date | None = None, persons: bool = False) -> QuerySet[Posting]:
    """Postings of an area by village and name: those in post `on` that day, or all; those whose name or unit holds
    `text`.  With `persons` each comes with the county's row of the person, which only a county's scope reads: below it
    a posting would be missing."""
    rows = Posting.objects.within(area).select_related("team__village", "unit", *(["cadre"] if persons else []))
    if text:
        rows = rows.filter(Q(name__icontains=text) | Q(unit__name__icontains=text))
    if on is not None:
        rows = rows.filter(Q(last__isnull=True) | Q(last__gte=on), first__lte=on)
    return rows.order_by("area", "team_id", "first", "id")


def county_units(area: str) -> list[tuple[int, str]]:
    """The units that send people to an area or help a village there, by name.  One query."""
    sends, helps = Q(postings__in=Posting.objects.within(area)), Q(helped__in=HelpingUnit.objects.within(area))
    rows = DispatchUnit.objects.filter(sends | helps).distinct().order_by("name")
    return list(rows.values_list("pk", "name"))


def village_names(area: str) -> dict[str, str]:
    """{code: name} of the villages in an area.  One query."""
    return dict(Village.objects.within(area).values_list("area", "name"))


def open_postings(on: date) -> QuerySet[Posting]:
    """The postings in the entered scope that are not over on a day, by village and name."""
    rows = Posting.objects.filter(Q(last__isnull=True) | Q(last__gte=on))
    return rows.select_related("unit").order_by("area", "team_id", "name", "id")


def days_entered_outside(spans: Mapping[int, tuple[date, date | None]]) -> dict[int, list[date]]:
    """{posting: days outside its span here that carry a mark or lie in a record}, in order; one query.

    `spans` is {posting: (first, last day or None)}, as somebody would like them to be.
    """
    found: dict[int, set[date]] = defaultdict(set)
    columns = {
        "ids": list(spans),
        "firsts": [first for first, _ in spans.values()],
        "lasts": [last for _, last in spans.values()],
    }
    for posting, begin, marks in fetch(_OUTSIDE, columns):
        first, last = spans[posting]
        for offset, mark in enumerate(marks):
            day = begin + timedelta(days=offset)
            if mark not in (GAP, OUT) and (day < first or (last is not None and day > last)):
                found[posting].add(day)
    return {posting: sorted(days) for posting, days in found.items()}
