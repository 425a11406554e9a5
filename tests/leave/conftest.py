"""A team of the pack's own county: a leader who is first secretary, a member, their accounts and those who decide."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest
import time_machine

from apps.accounts.access import Actor
from apps.accounts.selectors import positions
from apps.attendance.selectors import sheet_context, sheet_rows
from apps.attendance.services import LineEdit, SaveResult, sheet_save
from apps.core.months import Month
from apps.core.tenancy import NATION, Scope, entered
from apps.leave.models import LeaveRequest
from apps.leave.services import Asked, leave_act, leave_ask, leave_resend, leave_return, leave_untaken, leave_withdraw
from apps.leave.services.acts import applying
from apps.teams.models import Posting, Team
from tests.factories import actor_of, posting_of, team_of, unit_of, user_of

NOW = "2026-09-02 09:00:00+08:00"
TOWNSHIPS = {"tongwei": "C621121100", "kunming": "C530113102", "yulin": "C610822100", "dachuan": "C511703100"}
AREAS = TOWNSHIPS | {"central": "C620102001"}  # and one whose county has the nation's rules alone
VILLAGE = "201"
Clock = Callable[[str], None]


@dataclass
class Place:
    """Somewhere leave is asked for: the people by name, the offices by key."""

    area: str
    team: Team
    people: dict[str, Posting]
    selves: dict[str, Actor]
    offices: dict[str, Actor] = field(default_factory=dict)

    def ask(
        self, who: str, first: date, last: date, kind: str = "事假", extends: LeaveRequest | None = None, **more: object
    ) -> LeaveRequest:
        """A request of one of the people, sent in his own narrow scope."""
        asked = Asked(kind, first, last, "家中有事", **more)  # type: ignore[arg-type]
        actor = self.selves[who]
        with entered(actor.scope):
            return leave_ask(
                actor=actor, posting=self.people[who].pk, asked=asked, extends=extends.pk if extends else None
            )

    def act(self, office: str, request: LeaveRequest, key: str, **more: object) -> LeaveRequest:
        actor = self.offices[office]
        with entered(actor.scope):
            return leave_act(actor=actor, request=request.pk, key=key, **more)  # type: ignore[arg-type]

    def resend(self, who: str, request: LeaveRequest, first: date, last: date, **more: object) -> LeaveRequest:
        asked = Asked("事假", first, last, "改过的事由", **more)  # type: ignore[arg-type]
        return self._own(who, leave_resend, request, asked=asked)

    def withdraw(self, who: str, request: LeaveRequest) -> LeaveRequest:
        return self._own(who, leave_withdraw, request)

    def back(self, who: str, request: LeaveRequest, day: date) -> LeaveRequest:
        return self._own(who, leave_return, request, back=day)

    def untaken(self, who: str, request: LeaveRequest) -> LeaveRequest:
        return self._own(who, leave_untaken, request, remark="留村防汛，没有走")

    def _own(self, who: str, service: Callable[..., LeaveRequest], request: LeaveRequest, **more: Any) -> LeaveRequest:
        actor = self.selves[who]
        with entered(actor.scope):
            return service(actor=actor, request=request.pk, **more)

    def granted(self, who: str, first: date, last: date, **more: object) -> LeaveRequest:
        """A leave that went its whole way, whichever that is."""
        request = self.ask(who, first, last, **more)  # type: ignore[arg-type]
        while request.state == "asked":
            with entered(Scope(area=NATION)):
                entry = applying(request).open_steps[0]
            office = next(office for office in entry.by if office in self.offices)
            request = self.act(office, request, entry.key, remark="有人值守")
        return request

    def confirmed(self, who: str, request: LeaveRequest, day: date) -> LeaveRequest:
        """A return that was confirmed by whoever has to."""
        request = self.back(who, request, day)
        office = "township_secretary" if who == "leader" else "team_leader"
        return self.act(office, request, "confirm", matter="return_from_leave")

    def cells(self, who: str, month: Month) -> str:
        """What the sheet shows of one of the people."""
        with entered(Scope(area=self.area)):
            context = sheet_context(self.area, month)
            rows = sheet_rows(area=self.area, month=month)
            return next(context.cells(row) for row in rows if row.posting == self.people[who].pk)

    def type(self, who: str, month: Month, cells: dict[int, str]) -> SaveResult:
        """What came of the clerk's typing {day: mark} over what the sheet shows."""
        clerk, posting, shown = self.offices["township_clerk"], self.people[who].pk, self.cells(who, month)
        with entered(clerk.scope):
            row = next(row for row in sheet_rows(area=self.area, month=month) if row.posting == posting)
            edit = LineEdit(posting, row.version, {day: (shown[day - 1], mark) for day, mark in cells.items()})
            return sheet_save(actor=clerk, area=self.area, month=month, edits=[edit])

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
def places(clock: Clock) -> dict[str, Place]:
    """The four counties' own townships on 2 September 2026."""
    with entered(Scope(area=NATION)):
        return {name: place_build(area) for name, area in TOWNSHIPS.items()}


@pytest.fixture
def clock(db: None) -> Iterator[Callable[[str], None]]:
    """It is 2 September 2026, nine in the morning, until the test says `clock("2026-09-10")`."""
    with time_machine.travel(NOW, tick=False) as traveller:
        yield lambda day: traveller.move_to(f"{day} 09:00+08:00")


def _one(pack: str) -> Place:
    with entered(Scope(area=NATION)):
        return place_build(TOWNSHIPS[pack])


@pytest.fixture
def tongwei(clock: Clock) -> Place:
    return _one("tongwei")


@pytest.fixture
def kunming(clock: Clock) -> Place:
    return _one("kunming")
