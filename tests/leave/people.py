"""People with browsers, and what they have asked for."""

from __future__ import annotations

from datetime import date

from django.test import Client

from apps.accounts.access import Actor
from apps.accounts.models import User
from apps.core.tenancy import NATION, Scope, entered
from apps.leave.models import LeaveRequest
from tests.leave.conftest import Place
from tests.world import browser

ASKED = {"kind": "事假", "first": "2026-09-07", "last": "2026-09-09", "reason": "家中老人住院"}


def web(actor: Actor) -> Client:
    """The actor's browser, in his position."""
    return as_(actor.user, actor.position.key)


def as_(user: User, key: str) -> Client:
    client = browser(user)
    session = client.session
    session["position"] = key
    session.save()
    return client


def granted(place: Place, who: str, first: date, last: date) -> LeaveRequest:
    """A leave of three days at most, approved."""
    request = place.ask(who, first, last)
    return place.act(
        "township_secretary" if who == "leader" else "team_leader", request, "approve", remark="已安排值守"
    )


def only_request() -> LeaveRequest:
    """The one request that there is."""
    with entered(Scope(area=NATION)):
        return LeaveRequest.objects.get()
