"""Departures as lists and pages show them, and whose term ends soon."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet

from apps.accounts.access import Actor
from apps.core.errors import NotFound
from apps.core.tenancy import COUNTY
from apps.staffing.models import LIVE, Case, Departure
from apps.staffing.selectors.handover import role_words
from apps.staffing.selectors.standing import Standing, standings
from apps.teams.compile.terms import Kept, Term, terms_of
from apps.teams.models import Posting
from apps.teams.selectors import open_postings

NOTICE = 60  # days before the end of a term on which the list names it; no text sets a number
SHOWN = 200  # rows of one list


@dataclass(frozen=True)
class DepartureRow:
    """A departure with where its case stands, if it has one under way; `awaited` says for whom or what it waits."""

    departure: Departure
    standing: Standing | None

    @property
    def roles(self) -> str:
        return role_words(self.departure.roles)

    @property
    def awaited(self) -> str:
        if self.standing is not None:
            return self.standing.awaited
        return "" if self.departure.over else "交接完成"


@dataclass(frozen=True)
class TermEnd:
    """Somebody whose term is over soon or already."""

    posting: Posting
    term: Term
    over: bool

    @property
    def roles(self) -> str:
        return role_words(self.posting.roles)


def departure_seen(actor: Actor, number: int) -> Departure:
    """A departure in the actor's own scope; NotFound outside it, also for another team of the village."""
    found = Departure.objects.select_related("opening", "unit").filter(pk=number).first()
    if found is None or actor.position.team not in (None, found.team_id):
        raise NotFound
    return found


def departures_in(actor: Actor) -> QuerySet[Departure]:
    """The departures that an actor may see, the latest first."""
    rows = Departure.objects.select_related("unit")
    return rows.filter(team=actor.position.team) if actor.position.team is not None else rows


def departures_open(actor: Actor, today: date) -> list[DepartureRow]:
    """What is under way in an actor's scope, the longest first.  Four queries at most."""
    rows = list(departures_in(actor).filter(over=False).order_by("at", "pk")[:SHOWN])
    cases = Case.objects.select_related("unit", "posting").filter(
        pk__in=[row.case_id for row in rows if row.case_id], state__in=LIVE
    )
    held = {each.case.pk: each for each in standings(cases, today)}
    return [DepartureRow(row, held.get(row.case_id or 0)) for row in rows if row.case_id is None or row.case_id in held]


def departures_over(actor: Actor) -> QuerySet[Departure]:
    """What is settled in an actor's scope, the latest change first."""
    return departures_in(actor).filter(over=True).order_by("-changed_at", "-pk")


def term_ends(actor: Actor, today: date) -> list[TermEnd]:
    """Whose term in an actor's area is over or ends within the notice, and who is not leaving yet, the first first.

    Eight queries and six for each county.
    """
    rows = list(open_postings(today).select_related("team__village"))
    leaving = set(Departure.objects.filter(over=False).values_list("posting_id", flat=True))
    by_county: dict[str, list[Posting]] = {}
    for row in rows:
        by_county.setdefault(row.area[:COUNTY], []).append(row)
    found = [end for county, held in by_county.items() for end in _ends(county, held, today)]
    wanted = [end for end in found if end.posting.pk not in leaving and end.posting.last is None]
    return sorted(wanted, key=lambda end: (end.term.earliest, end.posting.pk))[:SHOWN]


def _ends(county: str, rows: Iterable[Posting], today: date) -> list[TermEnd]:
    held = list(rows)
    persons = {each.person for each in held}
    past = Posting.objects.filter(area__startswith=county, person__in=persons).exclude(pk__in=[row.pk for row in held])
    terms = terms_of([_kept(each) for each in (*held, *past)], county, today)
    known = ((row, terms[row.pk][1]) for row in held if row.pk in terms)
    return [
        TermEnd(row, term, term.earliest <= today)
        for row, term in known
        if term is not None and term.earliest <= today + timedelta(days=NOTICE)
    ]


def _kept(row: Posting) -> Kept:
    return Kept(row.pk, row.area, row.team_id, row.person, row.name, frozenset(row.roles), row.first, row.last)
