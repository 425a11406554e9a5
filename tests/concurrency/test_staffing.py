"""Two things done to a selection at the same moment: one of them stands."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine

from apps.core.errors import ApplicationError
from apps.core.tenancy import NATION, Scope, entered
from apps.staffing.models import Case, CaseAct, Opening
from apps.staffing.services import candidate_nominate, candidate_place, case_act
from apps.teams.models import Posting
from tests.concurrency.together import together
from tests.factories import actor_of, team_of, unit_of
from tests.staffing.conftest import NOW, TODAY, Place, nominee, number

COUNTY, TIMES = "C621121", 3


@pytest.fixture
def town(committed_db: None) -> Iterator[Callable[[int], Place]]:
    """Villages of a county, each its own time."""

    def make(time: int) -> Place:
        with entered(Scope(area=NATION)):
            area = f"{COUNTY}10020{time}"
            unit = unit_of("县派出单位", COUNTY)
            place = Place(area, team_of(area), unit)
            place.offices |= {"county_office": actor_of("county_office", COUNTY)}
            place.offices |= {"unit_personnel": actor_of("unit_personnel", unit)}
        return place

    with time_machine.travel(NOW, tick=True):
        yield make


def acting(place: Place, service: Callable[..., Any], case: Case, **more: Any) -> Callable[[], Any]:
    actor = place.offices["county_office"]
    return lambda: service(actor=actor, case=case.pk, **more)


def run(acts: list[Callable[[], Any]]) -> list[str]:
    found = together(Scope(area=COUNTY), acts)
    return sorted(type(one).__name__ for one in found)


def test_a_step_done_twice_at_once_is_done_once(town: Callable[[int], Place]) -> None:
    for time in range(1, TIMES + 1):
        place = town(time)
        with entered(Scope(area=NATION)):
            case = place.nominate("member")
        found = run([acting(place, case_act, case, key="plain")] * 3)
        assert found == ["Case", "Conflict", "Conflict"]
        with entered(Scope(area=NATION)):
            assert CaseAct.objects.filter(case=case, key="plain").count() == 1


def test_two_candidates_posted_at_once_fill_one_opening(town: Callable[[int], Place]) -> None:
    for time in range(1, TIMES + 1):
        place, cases = town(time), list[Case]()
        with entered(Scope(area=NATION)):
            opening = place.opening("member")
            for year in (85, 86):
                told = {"name": f"人选{year}", "id_number": number(f"62112119{year}0101123")}
                case = place.nominate(opening=opening, **told)
                cases.append(place.act("county_office", case, "plain"))
        found = run([acting(place, candidate_place, case, first=TODAY) for case in cases])
        assert found == ["Case", "Conflict"]
        with entered(Scope(area=NATION)):
            assert Posting.objects.filter(area=place.area).count() == 1
            assert Opening.objects.get(pk=opening.pk).state == "filled"


def test_one_person_put_forward_twice_at_once_is_put_forward_once(town: Callable[[int], Place]) -> None:
    place = town(1)
    with entered(Scope(area=NATION)):
        opening = place.opening("member")
        told = nominee(place, opening)
    unit = place.offices["unit_personnel"]

    def put() -> Case:
        with entered(unit.scope):
            return candidate_nominate(actor=unit, opening=opening.pk, nominee=told)

    found = together(Scope(area=COUNTY), [put, put])
    kinds = sorted(type(one).__name__ for one in found)
    assert kinds == ["Case", "Conflict"], [one.message for one in found if isinstance(one, ApplicationError)]
