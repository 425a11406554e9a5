"""What the county already has, as plain values to compare a roster with.  Ten queries, whatever the number of rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from apps.cadres.models import Cadre, DispatchUnit
from apps.core.errors import NotFound
from apps.jurisdictions.models import Village
from apps.jurisdictions.selectors import book_of, townships
from apps.rules.book import SheetRule
from apps.teams.models import Posting, Team, TeamMonth
from apps.teams.spans import Span


@dataclass(frozen=True, slots=True)
class KnownVillage:
    """A village that exists, with its team if it has one."""

    village: int
    name: str
    classes: tuple[str, ...]
    team: int | None
    team_name: str


@dataclass(frozen=True, slots=True)
class KnownUnit:
    """A dispatch unit that exists."""

    unit: int
    name: str
    home: str
    level: str
    nature: str
    vertical: bool


@dataclass(frozen=True, slots=True)
class KnownCadre:
    """A person whom the county has a row of."""

    cadre: int
    name: str
    unit: int
    political_status: str
    rank: str
    phone: str


@dataclass(frozen=True, slots=True)
class KnownPosting:
    """A posting that exists."""

    posting: int
    village: str
    team: int
    unit: int
    person: str
    name: str
    roles: tuple[str, ...]
    first: date
    last: date | None
    phone: str
    source: str
    end_reason: str

    @property
    def span(self) -> Span:
        return self.first, self.last


@dataclass(frozen=True)
class Known:
    """A county as it stands.  `townships` is {code: name}; `units` {name: those of that name}; `postings` {person: his};
    `closed` {team: first days of its closed months}; `sheet` the county's rules for sheets, None without rules."""

    county: str
    townships: Mapping[str, str]
    villages: Mapping[str, KnownVillage]
    units: Mapping[str, list[KnownUnit]]
    cadres: Mapping[str, KnownCadre]
    postings: Mapping[str, list[KnownPosting]]
    closed: Mapping[int, set[date]]
    sheet: SheetRule | None


def known_of(county: str, *, units: Iterable[str], on: date) -> Known:
    """The county as it stands, and the units of these names wherever they are.  NotFound for no county's code."""
    places = dict(townships(county).values_list("code", "name"))
    if not places:
        raise NotFound
    return Known(
        county=county,
        townships=places,
        villages=_villages(county),
        units=_units(units),
        cadres=_cadres(county),
        postings=_postings(county),
        closed=_closed(county),
        sheet=_sheet(county, on),
    )


def _villages(county: str) -> dict[str, KnownVillage]:
    teams: dict[str, tuple[int, str]] = {}
    for area, team, name in Team.objects.within(county).order_by("area", "id").values_list("area", "pk", "name"):
        teams.setdefault(area, (team, name))
    rows = Village.objects.within(county).values_list("area", "pk", "name", "classes")
    return {
        area: KnownVillage(key, name, tuple(classes), *teams.get(area, (None, ""))) for area, key, name, classes in rows
    }


def _units(names: Iterable[str]) -> dict[str, list[KnownUnit]]:
    found: dict[str, list[KnownUnit]] = defaultdict(list)
    rows = DispatchUnit.objects.filter(name__in=set(names))
    for row in rows.values_list("pk", "name", "home_id", "level", "nature", "vertical"):
        found[row[1]].append(KnownUnit(*row))
    return found


def _cadres(county: str) -> dict[str, KnownCadre]:
    rows = Cadre.objects.filter(area=county)
    columns = ("person", "pk", "name", "unit_id", "political_status", "rank", "phone")
    return {person: KnownCadre(*values) for person, *values in rows.values_list(*columns)}


def _postings(county: str) -> dict[str, list[KnownPosting]]:
    found: dict[str, list[KnownPosting]] = defaultdict(list)
    columns = ("pk", "area", "team_id", "unit_id", "person", "name", "roles", "first", "last")
    more = ("phone", "source", "end_reason")
    rows = Posting.objects.within(county).order_by("first", "id").values_list(*columns, *more)
    for posting, area, team, unit, person, name, roles, *rest in rows:
        found[person].append(KnownPosting(posting, area, team, unit, person, name, tuple(roles), *rest))
    return found


def _closed(county: str) -> dict[int, set[date]]:
    found: dict[int, set[date]] = defaultdict(set)
    for team, month in TeamMonth.objects.within(county).filter(closed=True).values_list("team_id", "month"):
        found[team].add(month)
    return found


def _sheet(county: str, on: date) -> SheetRule | None:
    try:
        return book_of(county, on).sheet
    except LookupError:
        return None
