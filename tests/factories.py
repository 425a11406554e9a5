"""Rows for tests, made as a county would have them; every function is called inside a scope that reaches the area."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Any

from django.utils import timezone
from guardian.shortcuts import assign_perm

from apps.accounts.access import Actor
from apps.accounts.models import User
from apps.accounts.selectors import positions, team_position
from apps.attendance.models import SheetLine
from apps.cadres.models import Cadre, DispatchUnit
from apps.core.months import Month
from apps.core.tenancy import Scope, entered
from apps.jurisdictions.models import Division, Village
from apps.teams.models import Posting, Team


def person_key(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()[:32]


def unit_of(name: str = "县水务局", home: str = "C621121", **values: Any) -> DispatchUnit:
    defaults = {"level": "county", "nature": "organ", **values}
    unit, _ = DispatchUnit.objects.get_or_create(name=name, home_id=home, defaults=defaults)
    return unit


def team_of(village: str, name: str = "", classes: tuple[str, ...] = ("poor",)) -> Team:
    """A village with its team; `village` is its 12-digit code under the root letter."""
    place, _ = Village.objects.get_or_create(
        area=village, defaults={"name": name or f"第{village[-3:]}村", "classes": list(classes)}
    )
    team, _ = Team.objects.get_or_create(village=place, name=f"{place.name}驻村工作队", defaults={"area": village})
    return team


def posting_of(
    team: Team,
    name: str,
    *roles: str,
    unit: DispatchUnit | None = None,
    first: date = date(2025, 1, 1),
    last: date | None = None,
) -> Posting:
    """One person posted in a team, `member` unless other roles are given."""
    sender = unit or unit_of(home=team.area[:7])
    key = person_key(name)
    cadre, _ = Cadre.objects.get_or_create(
        area=team.area[:7],
        person=key,
        defaults={"name": name, "sort_key": name, "id_number": b"", "id_masked": "", "unit": sender},
    )
    return Posting.objects.create(
        area=team.area,
        team=team,
        cadre=cadre,
        unit=sender,
        person=key,
        name=name,
        roles=list(roles) or ["member"],
        first=first,
        last=last,
    )


def user_of(name: str, **values: Any) -> User:
    user, _ = User.objects.get_or_create(username=values.pop("username", name), defaults={"name": name, **values})
    return user


def grant(user: User, office: str, on: Division | Team | DispatchUnit) -> None:
    label = {"division": "jurisdictions", "team": "teams", "dispatchunit": "cadres"}[on._meta.model_name or ""]
    assign_perm(f"{label}.{office}", user, on)


def actor_of(office: str, on: Any, name: str = "") -> Actor:
    """A user with one office, in that position.  `on` is an area code, a team or a unit."""
    target = Division.objects.get(pk=on) if isinstance(on, str) else on
    user = user_of(name or f"{office}-{target.pk}")
    grant(user, office, target)
    position = positions(user)[0]
    if position.scope.team is not None:
        with entered(Scope(team=position.scope.team)):
            position = team_position(position)
    return Actor(user, position)


def sheet_line_of(posting: Posting, month: Month, marks: str, nights: str = "") -> SheetLine:
    """A saved line with exactly these marks."""
    return SheetLine.objects.create(
        area=posting.area,
        posting=posting,
        team_id=posting.team_id,
        person=posting.person,
        month=month.first,
        marks=marks,
        nights=nights,
        by="登记员",
        at=timezone.now(),
    )
