"""A village that waits for somebody in each pack's own area, its unit, and all who may have a hand in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest
import time_machine

from apps.accounts.access import Actor
from apps.cadres.models import DispatchUnit
from apps.core.tenancy import NATION, Scope, entered
from apps.staffing.models import Case
from apps.staffing.selectors.run import Run, run_of
from apps.staffing.services import About, Paper, case_act, case_open
from apps.staffing.services.acts import acts_of
from apps.teams.models import Team
from tests.factories import actor_of, person_key, team_of, unit_of

NOW = "2026-09-02 09:00:00+08:00"
TODAY = date(2026, 9, 2)
TOWNSHIPS = {"tongwei": "C621121100", "kunming": "C530113102", "yulin": "C610822100", "dachuan": "C511703100"}
AREA = ("county_office", "county_org_dept", "county_poverty_office")
CITY = ("city_office", "city_org_dept")
TOWN = ("township_clerk", "township_secretary", "township_discipline")
UNIT = ("unit_personnel", "unit_head", "unit_liaison")


@dataclass
class Place:
    """A village of a pack, its team and unit, and the offices around it by name."""

    area: str
    team: Team
    unit: DispatchUnit
    offices: dict[str, Actor] = field(default_factory=dict)

    def about(self, matter: str, *roles: str, name: str = "王新", **more: Any) -> About:
        return About(
            area=self.area,
            matter=matter,
            person=person_key(name),
            name=name,
            place=self.team.village.name,
            roles=frozenset(roles or ("member",)),
            classes=frozenset(self.team.village.classes),
            unit=self.unit,
            **more,
        )

    def open(self, matter: str, *roles: str, by: str = "county_office", **more: Any) -> Case:
        """A case as a matter's own service would begin it: inside the village's area."""
        with entered(Scope(area=self.area)):
            return case_open(actor=self.offices[by], action="staffing.act", about=self.about(matter, *roles, **more))

    def act(self, office: str, case: Case, key: str, **more: Any) -> Case:
        """A step in the office's own scope."""
        actor = self.offices[office]
        with entered(actor.scope):
            return case_act(actor=actor, case=case.pk, key=key, **more)

    def run(self, case: Case) -> Run:
        with entered(Scope(area=NATION)):
            held = Case.objects.select_related("unit", "posting").get(pk=case.pk)
            return run_of(held, acts_of(held), TODAY)

    def keys(self, case: Case) -> list[str]:
        """The steps that are open now."""
        return [entry.key for entry in self.run(case).open_steps]


def paper(day: date = TODAY, name: str = "张主任", document: str = "会议纪要〔2026〕3号") -> Paper:
    return Paper(name, day, document)


@pytest.fixture
def clock() -> Iterator[Callable[[str], None]]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller.move_to


@pytest.fixture
def place_of(reference: None, clock: Callable[[str], None]) -> Iterator[Callable[..., Place]]:
    """Places by their pack; the unit's level may be chosen."""

    def make(pack: str, level: str = "county", village: str = "201", **unit: Any) -> Place:
        town = TOWNSHIPS[pack]
        area = town + village
        sender = unit_of(f"{level}{''.join(map(str, unit.values()))}派出单位", town[:7], level=level, **unit)
        place = Place(area, team_of(area), sender)
        for offices, on in ((AREA, town[:7]), (CITY, town[:5]), (TOWN, town), (UNIT, sender)):
            place.offices |= {office: actor_of(office, on) for office in offices}
        place.offices["team_leader"] = actor_of("team_leader", place.team)
        return place

    with entered(Scope(area=NATION)):
        yield make
