"""Reads of teams, postings and the teams' months."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from apps.teams.models import Posting, TeamMonth


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


def open_postings(on: date) -> QuerySet[Posting]:
    """The postings in the entered scope that are not over on a day, by village and name."""
    rows = Posting.objects.filter(Q(last__isnull=True) | Q(last__gte=on))
    return rows.select_related("unit").order_by("area", "team_id", "name", "id")
