"""Reads: the positions that a user's grants give him."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import Any

from django.contrib.contenttypes.models import ContentType
from guardian.models import UserObjectPermission

from apps.accounts.access import Position
from apps.accounts.models import User
from apps.core.tenancy import Scope
from apps.jurisdictions.models import Division
from apps.jurisdictions.offices import AREA_OFFICES, UNIT_OFFICES, Office

_ORDER = {office: place for place, office in enumerate(Office.values)}
_AREA, _UNIT = set(AREA_OFFICES), set(UNIT_OFFICES)


def grants(user: User) -> dict[tuple[int, str], frozenset[str]]:
    """{(content type id, primary key): offices} of a user's grants.  One query."""
    found: dict[tuple[int, str], set[str]] = defaultdict(set)
    rows = UserObjectPermission.objects.filter(user=user).values_list(
        "content_type_id", "object_pk", "permission__codename"
    )
    for model, key, codename in rows:
        if codename in _ORDER:
            found[model, key].add(codename)
    return {key: frozenset(offices) for key, offices in found.items()}


def positions(user: User) -> list[Position]:
    """All positions of a user in a stable order: by office, then by what it is held on; himself last.

    A team position carries a team scope, by which only that one team can be read; `team_position` turns it into
    the team's area once it is.
    """
    found = [_position(model, key, offices) for (model, key), offices in grants(user).items()]
    found.sort(key=lambda position: (min(_ORDER[office] for office in position.offices), position.key))
    if user.person:
        found.append(Position("self", frozenset({Office.CADRE}), Scope(person=user.person), "本人"))
    return found


def _position(model: int, key: str, offices: frozenset[str]) -> Position:
    if offices & _AREA:
        return Position(f"area-{key}", offices, Scope(area=key), Division.objects.get(pk=key).name)
    if offices & _UNIT:
        return Position(f"unit-{key}", offices, Scope(unit=int(key)), str(_granted(model, key)))
    return Position(f"team-{key}", offices, Scope(team=int(key)), "工作队")


def _granted(model: int, key: str) -> Any:
    return ContentType.objects.get_for_id(model).get_object_for_this_type(pk=key)


def team_position(position: Position) -> Position:
    """A team position moved to its team's area, with the team's name.  Called inside the position's team scope;
    raises ObjectDoesNotExist when the team is gone."""
    model = ContentType.objects.get(model="team", app_label="teams")
    team = _granted(model.pk, str(position.scope.team))
    return replace(position, scope=Scope(area=team.area), team=team.pk, label=str(team))
