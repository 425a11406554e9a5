"""Who works at the site in these tests."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.hashers import make_password

from apps.accounts.models import User
from apps.cadres.models import DispatchUnit
from apps.jurisdictions.models import Division
from apps.teams.models import Posting, Team
from tests.e2e.visitor import PASSWORD
from tests.factories import grant, user_of


def officer(name: str, office: str, on: str | Team | DispatchUnit) -> User:
    """A user who can log in and holds one office on an area (its code), a team or a unit."""
    user = user_of(name, password=make_password(PASSWORD))
    grant(user, office, Division.objects.get(pk=on) if isinstance(on, str) else on)
    return user


def herself(posting: Posting, **values: Any) -> User:
    """The posted person's own account."""
    return user_of(posting.name, password=make_password(PASSWORD), person=posting.person, **values)
