"""Who works at the site in these tests."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.hashers import make_password

from apps.accounts.models import User
from apps.attendance.models import SheetLine
from apps.cadres.models import DispatchUnit
from apps.core.months import Month
from apps.core.tenancy import NATION, Scope, entered
from apps.jurisdictions.models import Division
from apps.teams.models import Posting, Team
from tests.e2e.visitor import PASSWORD
from tests.factories import grant, posting_of, team_of, user_of


def officer(name: str, office: str, on: str | Team | DispatchUnit) -> User:
    """A user who can log in and holds one office on an area (its code), a team or a unit."""
    user = user_of(name, password=make_password(PASSWORD))
    grant(user, office, Division.objects.get(pk=on) if isinstance(on, str) else on)
    return user


def herself(posting: Posting, **values: Any) -> User:
    """The posted person's own account."""
    return user_of(posting.name, password=make_password(PASSWORD), person=posting.person, **values)


SMALL, SMALL_MONTH = "C610802100", Month(2026, 9)


def small_township() -> None:
    """鱼河镇: two villages, three people, two clerks; its month needs no signature before it closes."""
    with entered(Scope(area=NATION)):
        posting_of(team_of(f"{SMALL}201", "米家园则村"), "高建军", "leader", "first_secretary")
        posting_of(team_of(f"{SMALL}201"), "马小龙")
        posting_of(team_of(f"{SMALL}202", "郑家沟村"), "刘芳", "leader")
        officer("艾文书", "township_clerk", SMALL)
        officer("郝文书", "township_clerk", SMALL)


def stored(name: str) -> str:
    """The marks of somebody's September as they stand in the database; '' before anything was saved."""
    with entered(Scope(area=NATION)):
        line = SheetLine.objects.filter(posting__name=name, month=SMALL_MONTH.first).first()
    return line.marks if line else ""
