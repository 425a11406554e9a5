"""People in post in each pack's own area who are to leave, and everybody who has a hand in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from apps.accounts.access import Actor
from apps.accounts.selectors import positions
from apps.core.tenancy import NATION, Scope, entered
from apps.staffing.models import Departure, Handover
from apps.staffing.services import (
    Leaving,
    Paper,
    case_act,
    departure_ask,
    departure_record,
    handover_receive,
    handover_sign,
    handover_write,
)
from apps.teams.models import Posting
from tests.factories import posting_of, user_of
from tests.staffing.conftest import TODAY, Place

FIVE = ("抓党建促脱贫", "村情已熟悉", "危房改造未验收", "台账12册", "经费余额3200元，电脑1台")


@dataclass
class Post:
    """A place with people in it: by name the postings, and their own logins."""

    place: Place
    people: dict[str, Posting] = field(default_factory=dict)
    selves: dict[str, Actor] = field(default_factory=dict)

    def add(self, name: str, *roles: str, first: date = date(2025, 1, 1), last: date | None = None) -> Posting:
        self.people[name] = posting_of(
            self.place.team, f"{name}{self.place.area}", *roles, unit=self.place.unit, first=first, last=last
        )
        held = self.people[name]
        user = user_of(held.name, person=held.person)
        self.selves[name] = Actor(user, next(each for each in positions(user) if each.scope.person))
        return held

    def office(self, name: str) -> Actor:
        return self.selves.get(name) or self.place.offices[name]

    def ask(self, office: str, who: str, way: str, **more: Any) -> Departure:
        """A request in the office's own scope."""
        return self._leave(departure_ask, office, who, way, **more)

    def record(self, office: str, who: str, way: str, **more: Any) -> Departure:
        return self._leave(departure_record, office, who, way, **more)

    def _leave(self, service: Any, office: str, who: str, way: str, **more: Any) -> Departure:
        actor = self.office(office)
        asked = Leaving(way=way, **{"last": TODAY, "reason": "情况说明", **more})
        with entered(actor.scope):
            found: Departure = service(actor=actor, posting=self.people[who].pk, asked=asked)
        return found

    def act(self, office: str, case: int, key: str, **more: Any) -> None:
        actor = self.office(office)
        with entered(actor.scope):
            case_act(actor=actor, case=case, key=key, **more)

    def last(self, who: str) -> date | None:
        """The last day in post as it now stands."""
        with entered(Scope(area=NATION)):
            return Posting.objects.get(pk=self.people[who].pk).last

    def handover(self, who: str) -> Handover:
        with entered(Scope(area=NATION)):
            return Handover.objects.select_related("case").get(posting=self.people[who])

    def write(self, office: str, held: Handover, texts: tuple[str, ...] = FIVE) -> None:
        actor = self.office(office)
        with entered(actor.scope):
            handover_write(actor=actor, handover=held.pk, texts=texts)

    def receive(self, office: str, held: Handover, who: str | None, **more: Any) -> None:
        actor = self.office(office)
        with entered(actor.scope):
            handover_receive(actor=actor, handover=held.pk, posting=self.people[who].pk if who else None, **more)

    def sign(self, office: str, held: Handover, part: str, paper: Paper | None = None) -> None:
        actor = self.office(office)
        with entered(actor.scope):
            handover_sign(actor=actor, handover=held.pk, part=part, paper=paper)


def post_of(place: Place) -> Post:
    """A leader who is first secretary and a member, both since 2025; the village's leader has his own login too."""
    post = Post(place)
    post.add("leader", "leader", "first_secretary")
    post.add("member", "member")
    return post
