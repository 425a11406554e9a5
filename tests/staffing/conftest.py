"""A village that waits for somebody in each pack's own area, its unit, and all who may have a hand in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest
import time_machine
from stdnum.cn import ric

from apps.accounts.access import Actor
from apps.cadres.models import DispatchUnit
from apps.core.tenancy import NATION, Scope, entered
from apps.staffing.models import Case, Opening
from apps.staffing.selectors.asked import demands_on
from apps.staffing.selectors.eligible import demands_of
from apps.staffing.selectors.gates import gates_at
from apps.staffing.selectors.law import law_on, matching
from apps.staffing.selectors.run import Run, hand_of, run_of
from apps.staffing.services import (
    About,
    Nominee,
    OpeningEntry,
    Paper,
    candidate_nominate,
    candidate_place,
    candidate_resend,
    case_act,
    case_open,
    opening_open,
)
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

    def opening(self, *roles: str) -> Opening:
        """The village waits for somebody of the unit."""
        entry = OpeningEntry(self.area, roles or ("member",), TODAY, "initial", self.unit.pk)
        return self._in("county_office", opening_open, entry=entry)

    def nominate(self, *roles: str, opening: Opening | None = None, **more: Any) -> Case:
        """Somebody whom every pack lets through, put forward by the unit's personnel department; `more` changes him."""
        held = opening or self.opening(*roles)
        return self._in("unit_personnel", candidate_nominate, opening=held.pk, nominee=nominee(self, held, **more))

    def resend(self, case: Case, **more: Any) -> Case:
        told = nominee(self, case.opening, **more)
        return self._in("unit_personnel", candidate_resend, case=case.pk, nominee=told)

    def place(self, case: Case, first: date = TODAY, office: str = "county_office") -> Case:
        return self._in(office, candidate_place, case=case.pk, first=first)

    def reviewed(self, *roles: str, **more: Any) -> Case:
        """Somebody who went the whole way of his pack up to the end."""
        case = self.nominate(*roles, **more)
        while case.state == "open":
            run = self.run(case)
            case = self.pass_on(case, run.open_steps[-1].key)
        return case

    def pass_on(self, case: Case, key: str, **more: Any) -> Case:
        """One step, done by the first office that may, with everybody heard and every gate passed."""
        run = self.run(case)
        entry = next(each for each in run.open_steps if each.key == key)
        for office, actor in self.offices.items():
            hand = hand_of(actor, run, entry)
            if hand:
                with entered(Scope(area=NATION)):
                    demands, _ = demands_of(Case.objects.select_related("unit").get(pk=case.pk), TODAY)
                told = {
                    "joined": dict.fromkeys(run.along(entry), "同意"),
                    "declared": dict.fromkeys(gates_at(run, demands, key, hand.body), True),
                    "paper": None if hand.own else paper(),
                }
                return self.act(office, case, key, **{**told, **more})
        raise AssertionError(f"nobody does {key}")

    def _in(self, office: str, service: Callable[..., Any], **more: Any) -> Any:
        actor = self.offices[office]
        with entered(actor.scope):
            return service(actor=actor, **more)

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


FACTS: dict[str, Any] = {
    "party": "full_member",
    "party_years": "2020-07-01",
    "work_years": "2015-07-01",
    "rank": "section",
    "reserve_rank": "none",
    "leading_post": True,
    "health": True,
    "retired": False,
    "statuses": ["优秀干部", "各级帮扶干部"],
}


def number(body: str = "62112119850101123") -> str:
    """An ID number with its right check digit."""
    return body + ric.calc_check_digit(body + "0")


def nominee(place: Place, opening: Opening, **more: Any) -> Nominee:
    """Somebody whom every pack lets through, changed by `more`: facts by their names, the rest by a nominee's."""
    with entered(Scope(area=NATION)):
        fitting = matching(place.unit, frozenset(opening.roles), frozenset(place.team.village.classes), TODAY)
        demands = demands_on(law_on(place.area, TODAY), fitting)
    facts = {name: more.pop(name, value) for name, value in FACTS.items()}
    offered = {each.name: {word for word, _ in each.options} for each in demands.facts}
    if "statuses" in offered:
        facts["statuses"] = [word for word in facts["statuses"] if word in offered["statuses"]]
    told: dict[str, Any] = {
        "name": "王新",
        "id_number": number(),
        "channels": frozenset({"recommended"}),
        "facts": facts,
        "declared": frozenset(each.word for each in demands.confirmations if each.by_unit),
        "health_on": TODAY,
        "form": {"专业": "农学", "经历": "在乡镇工作三年"},
    }
    return Nominee(**{**told, **more})


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
