"""Whose term ends when: since when somebody is stationed, how long his term is, and the day it is over."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from apps.core.tenancy import COUNTY
from apps.teams.compile.terms import Kept, Term, terms_of
from apps.teams.models import Posting, PostRole
from apps.teams.spans import contains, months_in


@dataclass(frozen=True, slots=True)
class TermLine:
    """Somebody in post with his term; `planned` is the last day that is written down, else the first that may be it."""

    posting: int
    area: str
    name: str
    roles: str
    since: date
    months: int
    term: Term | None
    last: date | None
    day: date

    @property
    def planned(self) -> date | None:
        return self.last or (self.term.earliest if self.term else None)

    @property
    def served(self) -> bool:
        """Whether the term is over already."""
        return self.term is not None and self.term.earliest < self.day

    @property
    def short(self) -> bool:
        """Whether the day that is written down comes before the end of the term."""
        return self.term is not None and self.last is not None and self.last < self.term.earliest


def term_lines(area: str, day: date) -> list[TermLine]:
    """Everybody in post in an area on a day who has a term or a last day, the earliest end first.

    A county's postings count together as far as the entered scope reads them.  Queries grow with the counties only.
    """
    rows = list(Posting.objects.within(area).order_by("area", "team_id", "first", "id"))
    present = [row for row in rows if contains((row.first, row.last), day)]
    persons = {row.person for row in present}
    wider = Posting.objects.within(area[:COUNTY]) if len(area) > COUNTY else Posting.objects.within(area)
    known = [_kept(row) for row in wider.filter(person__in=persons)]
    lines: list[TermLine] = []
    for county in sorted({row.area[:COUNTY] for row in present}):
        terms = terms_of([each for each in known if each.area.startswith(county)], county, day)
        lines += _lines((row for row in present if row.area.startswith(county)), terms, day)
    return sorted(lines, key=lambda line: (line.planned or date.max, line.area, line.posting))


def _lines(rows: Iterable[Posting], terms: dict[int, tuple[date, Term | None]], day: date) -> Iterable[TermLine]:
    for row in rows:
        since, term = terms.get(row.pk, (row.first, None))
        if term is not None or row.last is not None:
            roles = "、".join(str(label) for role, label in PostRole.choices if role in row.roles)
            months = months_in((since, day))
            yield TermLine(row.pk, row.area, row.name, roles, since, months, term, row.last, day)


def _kept(row: Posting) -> Kept:
    return Kept(row.pk, row.area, row.team_id, row.person, row.name, frozenset(row.roles), row.first, row.last)
