"""Teams and who is posted in them, from when to when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from apps.core.months import Month
from apps.desk.demo.dice import dice
from apps.desk.demo.people import Registry
from apps.desk.demo.plan import Cast, Jurisdiction, Plan, Seat, VillagePlan, Visits
from apps.desk.demo.units import Units
from apps.desk.demo.world import DemoCadre, DemoPosting, DemoTeam, DemoUnit


@dataclass(frozen=True, slots=True)
class Seated:
    """A posting with what the months need to know about it."""

    posting: DemoPosting
    jurisdiction: Jurisdiction
    visits: Visits | None
    cast: Cast | None


@dataclass(slots=True)
class Roster:
    """Teams, people and postings under construction."""

    plan: Plan
    as_of: Month
    units: Units
    registry: Registry
    teams: list[DemoTeam] = field(default_factory=list)
    cadres: list[DemoCadre] = field(default_factory=list)
    seated: list[Seated] = field(default_factory=list)
    by_village: dict[str, list[DemoPosting]] = field(default_factory=dict)


def fill(roster: Roster) -> None:
    """All teams of all jurisdictions, in the order of the plan."""
    for place in roster.plan.jurisdictions:
        numbers = dict.fromkeys(place.counties, 0)
        villages = [village for village in roster.plan.villages if village.code[:7] in place.counties]
        for number, village in enumerate(villages):
            county = village.code[:7]
            _team(roster, place, village, number, numbers[county])
            numbers[county] += 1


def _team(roster: Roster, place: Jurisdiction, village: VillagePlan, number: int, in_county: int) -> None:
    rng = dice(roster.plan.world.seed, village.code)
    name = place.team_name.format(village=village.name)
    roster.teams.append(DemoTeam(village.code, village.name, tuple(village.classes), name, place.slug))
    lead = roster.units.lead(rng, place, village.code[:7], in_county)
    casts = {cast.seat: cast for cast in place.cast if cast.village == number}
    seats = list(_seats(rng, place, village, casts))
    turns = sum(seat.visits is None for seat in seats)
    began = roster.as_of.shifted(-rng.randint(15, 34)).first + timedelta(days=rng.choice((0, 0, 0, 9, 14)))
    turn = 0
    for position, seat in enumerate(seats):
        spans = [(began, None)] if position in casts else list(_spans(rng, roster.as_of, began, seat))
        unit = roster.units.source(rng, place, wanted=seat.source, lead=lead, township=village.code[:10])
        for term, (first, last) in enumerate(spans):
            key = f"{village.code}-{position}{'ab'[term]}"
            cadre = _person(roster, rng, place, unit, key, lead=seat.rank == "lead")
            resident = seat.visits is None
            posting = DemoPosting(
                cadre.key, village.code, tuple(seat.roles), first, last, position, turn, turns if resident else 0
            )
            visits = _visits(seat, casts.get(position))
            roster.seated.append(Seated(posting, place, visits, casts.get(position)))
            roster.by_village.setdefault(village.code, []).append(posting)
        turn += seat.visits is None


def _person(roster: Roster, rng: Random, place: Jurisdiction, unit: DemoUnit, key: str, *, lead: bool) -> DemoCadre:
    county = key[:7]
    cadre = roster.registry.person(rng, key=key, county=county, unit=unit, lead=lead, places=place.birthplaces)
    roster.cadres.append(cadre)
    return cadre


def _seats(rng: Random, place: Jurisdiction, village: VillagePlan, casts: dict[int, Cast]) -> Iterator[Seat]:
    """The seats of the first shape that fits the village; now and then leader and first secretary are two people."""
    shape = next(shape for shape in place.shapes if set(shape.classes) & set(village.classes))
    for position, seat in enumerate(shape.seats):
        if rng.random() >= seat.chance and position not in casts:
            continue
        if len(seat.roles) > 1 and "first_secretary" in seat.roles and rng.random() < place.split_leader:
            yield from (seat.model_copy(update={"roles": [role]}) for role in seat.roles)
        else:
            yield seat


def _spans(rng: Random, as_of: Month, began: date, seat: Seat) -> Iterator[tuple[date, date | None]]:
    """Mostly one open term since the team began; some came later, some were replaced, a few left.

    A team is never without its head: heads are replaced on the day they go.
    """
    head = seat.rank == "lead" or "leader" in seat.roles
    fate = rng.random()
    change = as_of.shifted(-rng.randint(2, 13)).first + timedelta(days=rng.randint(0, 27))
    if fate < 0.07:
        yield began, change - timedelta(days=1)
        yield change, None
    elif fate < 0.10 and not head:
        yield change, None
    elif fate < 0.12 and not head:
        yield began, change
    else:
        yield began, None


def _visits(seat: Seat, cast: Cast | None) -> Visits | None:
    if cast and cast.kind == "steady" and seat.visits:
        return seat.visits.model_copy(update={"days": cast.days})
    return seat.visits
