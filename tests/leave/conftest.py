"""A team of the pack's own county: a leader who is first secretary, a member, their accounts and those who decide."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

import pytest
import time_machine

from apps.accounts.access import Actor
from apps.accounts.selectors import positions
from apps.core.tenancy import NATION, Scope, entered
from apps.leave.models import LeaveRequest
from apps.leave.services import Asked, leave_act, leave_ask
from apps.teams.models import Posting, Team
from tests.factories import actor_of, posting_of, team_of, unit_of, user_of

NOW = "2026-09-02 09:00:00+08:00"
TOWNSHIPS = {"tongwei": "C621121100", "kunming": "C530113102", "yulin": "C610822100", "dachuan": "C511703100"}
VILLAGE = "201"


@dataclass
class Place:
    """Somewhere leave is asked for: the people by name, the offices by key."""

    area: str
    team: Team
    people: dict[str, Posting]
    selves: dict[str, Actor]
    offices: dict[str, Actor] = field(default_factory=dict)

    def ask(self, who: str, first: date, last: date, kind: str = "事假", **more: object) -> LeaveRequest:
        """A request of one of the people, sent in his own narrow scope."""
        asked = Asked(kind, first, last, "家中有事", **more)  # type: ignore[arg-type]
        actor = self.selves[who]
        with entered(actor.scope):
            return leave_ask(actor=actor, posting=self.people[who].pk, asked=asked)

    def act(self, office: str, request: LeaveRequest, key: str, **more: object) -> LeaveRequest:
        actor = self.offices[office]
        with entered(actor.scope):
            return leave_act(actor=actor, request=request.pk, key=key, **more)  # type: ignore[arg-type]

    def again(self, request: LeaveRequest) -> LeaveRequest:
        """The request as it now stands."""
        with entered(Scope(area=NATION)):
            return LeaveRequest.objects.get(pk=request.pk)


def place_build(area: str) -> Place:
    team = team_of(area + VILLAGE, "甲村", ("poor",))
    unit = unit_of(home=area[:7])
    people = {
        "leader": posting_of(team, f"队长{area}", "leader", "first_secretary", unit=unit),
        "member": posting_of(team, f"队员{area}", "member", unit=unit),
        "other": posting_of(team, f"另一队员{area}", "member", unit=unit),
    }
    selves = {name: self_of(posting) for name, posting in people.items()}
    place = Place(area, team, people, selves)
    for office, on in (
        ("township_clerk", area),
        ("township_leader", area),
        ("township_secretary", area),
        ("county_office", area[:7]),
        ("county_org_dept", area[:7]),
    ):
        place.offices[office] = actor_of(office, on, f"{office}{area}")
    leader = selves["leader"].user
    place.offices["team_leader"] = actor_of("team_leader", team, leader.name)
    place.offices["unit_liaison"] = actor_of("unit_liaison", unit, f"联络员{area}")
    return place


def self_of(posting: Posting) -> Actor:
    user = user_of(posting.name, person=posting.person)
    return Actor(user, next(held for held in positions(user) if held.scope.person))


@pytest.fixture
def places(db: None) -> Iterator[dict[str, Place]]:
    """The four counties' own townships on 2 September 2026."""
    with time_machine.travel(NOW, tick=False):
        with entered(Scope(area=NATION)):
            built = {name: place_build(area) for name, area in TOWNSHIPS.items()}
        yield built


@pytest.fixture
def tongwei(places: dict[str, Place]) -> Place:
    return places["tongwei"]


@pytest.fixture
def kunming(places: dict[str, Place]) -> Place:
    return places["kunming"]
