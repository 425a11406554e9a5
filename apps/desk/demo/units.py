"""Dispatch units of every level and nature, and who sends whom."""

from __future__ import annotations

from random import Random

from apps.desk.demo.plan import Jurisdiction, Plan, UnitPlan
from apps.desk.demo.world import DemoUnit

NATION = "C"


class Units:
    """The catalogue of units; a unit that nobody asks for does not appear in the world."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._made: dict[str, DemoUnit] = {}
        self._looked_after = {
            (county, place): key
            for key, counties in plan.world.central.items()
            for county, places in counties.items()
            for place in places
        }

    def all(self) -> list[DemoUnit]:
        return list(self._made.values())

    def central(self, key: str) -> DemoUnit:
        """A unit of the centre by its key.  StopIteration when the plan has none."""
        return self._unit("central", next(unit for unit in self._plan.units.central if unit.key == key), NATION, "")

    def lead(self, rng: Random, place: Jurisdiction, county: str, number: int) -> DemoUnit:
        """The unit that looks after the county's `number`th village."""
        if key := self._looked_after.get((county, number)):
            return self.central(key)
        level = rng.choices(list(place.lead_levels), list(place.lead_levels.values()))[0]
        return self._general(rng, place, level, county)

    def source(self, rng: Random, place: Jurisdiction, *, wanted: str, lead: DemoUnit, township: str) -> DemoUnit:
        """The unit of a seat: the lead unit, another of the county, the township, or one with special people."""
        county = township[:7]
        if wanted == "lead":
            return lead
        if wanted == "township":
            return self._township(place, township)
        if wanted == "county":
            return self._general(rng, place, "county", county)
        special = [unit for unit in self._plan.units.county if unit.only == wanted]
        return self._unit("county", rng.choice(special), county, place.counties[county])

    def _general(self, rng: Random, place: Jurisdiction, level: str, county: str) -> DemoUnit:
        homes = {"provincial": place.province, "city": place.city, "county": {county: place.counties[county]}}
        [(home, name)] = homes[level].items()
        choices: list[UnitPlan] = getattr(self._plan.units, level)
        return self._unit(level, rng.choice([unit for unit in choices if not unit.only]), home, name)

    def _township(self, place: Jurisdiction, township: str) -> DemoUnit:
        name = place.counties[township[:7]] + self._plan.townships[township]
        return self._unit("township", self._plan.units.township[0], township, name)

    def _unit(self, level: str, plan: UnitPlan, home: str, place: str) -> DemoUnit:
        key = plan.key if level == "central" else f"{home}-{plan.key}"
        if key not in self._made:
            name = plan.name.format(place=place)
            self._made[key] = DemoUnit(key, name, level, plan.nature, plan.vertical, home, plan.only)
        return self._made[key]
