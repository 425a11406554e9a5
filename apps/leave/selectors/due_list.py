"""Whose days are looked at: the people of a scope in a year, and one's own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import Q, QuerySet

from apps.accounts.access import Actor
from apps.accounts.reach import reaching
from apps.core.errors import NotFound
from apps.jurisdictions.days import work_days
from apps.leave.selectors.due import Balances, balances_of
from apps.leave.selectors.law import law_on
from apps.teams.models import Posting
from apps.teams.selectors import open_postings


def due_postings(year: int) -> QuerySet[Posting]:
    """The postings of the entered scope in a year, by village and name."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    rows = Posting.objects.filter(Q(last__isnull=True) | Q(last__gte=first), first__lte=last)
    return rows.select_related("unit").order_by("area", "team_id", "name", "id")


def balances_seen(actor: Actor, postings: Sequence[Posting], year: int, on: date) -> list[Balances]:
    """What is due to some people that the actor's scope shows, in their order.

    An area reads them together, one set of queries for each county; a unit and a person read each in its village's
    area, a set for each posting.
    """
    if actor.scope.area is None:
        return [_reached(actor, posting, year, on) for posting in postings]
    held = Posting.objects.select_related("team__village", "unit").in_bulk([posting.pk for posting in postings])
    by_county: dict[str, list[Posting]] = {}
    for posting in postings:
        by_county.setdefault(posting.area[:7], []).append(held[posting.pk])
    is_work, found = work_days(), dict[int, Balances]()
    for rows in by_county.values():
        for each in balances_of(rows, year, law_on(rows[0].area, on), is_work, on):
            found[each.posting.pk] = each
    return [found[posting.pk] for posting in postings]


def _reached(actor: Actor, posting: Posting, year: int, on: date) -> Balances:
    with reaching(actor, posting):
        held = Posting.objects.select_related("team__village", "unit").get(pk=posting.pk)
        [found] = balances_of([held], year, law_on(held.area, on), work_days(), on)
    return found


def own_balances(actor: Actor, year: int, on: date) -> list[Balances]:
    """One's own days of a year in every posting that is not over, or ended this year; none where no rules are published."""
    postings = [*open_postings(on), *Posting.objects.filter(last__lt=on, last__year=year)]
    found = []
    for posting in postings:
        try:
            found.append(_reached(actor, posting, year, on))
        except NotFound:
            continue
    return [each for each in found if each.of]
