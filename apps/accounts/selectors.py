"""Reads: the positions that a user's grants give him."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ObjectDoesNotExist
from django.db import connection
from django.db.models import Q, QuerySet
from django.utils import timezone

from apps.accounts.access import Actor, Position
from apps.accounts.models import Deputy, User
from apps.core.tenancy import Scope, area_contains, entered
from apps.jurisdictions.offices import AREA_OFFICES, UNIT_OFFICES, Office

COUNTY_CODE = 7  # characters of a county's area code
_ORDER = {office: place for place, office in enumerate(Office.values)}
_AREA, _UNIT = set(AREA_OFFICES), set(UNIT_OFFICES)


# His own grants, and those of the people whose deputy he is on this day, on the object for which he is.
_GRANTS = """
SELECT g.content_type_id, g.object_pk, p.codename, d.name, h.deputy, h.principal, h.person
FROM (SELECT %(user)s::bigint AS user_id, NULL::int AS model, NULL::text AS object, NULL::bigint AS deputy,
             '' AS principal, '' AS person
      UNION ALL
      SELECT x.principal_id, x.content_type_id, x.object_pk, x.id, u.name, u.person
      FROM accounts_deputy x JOIN accounts_user u ON u.id = x.principal_id AND u.is_active
      WHERE x.deputy_id = %(user)s AND x.first <= %(today)s AND x.last >= %(today)s AND x.ended_at IS NULL) h
JOIN guardian_userobjectpermission g ON g.user_id = h.user_id
    AND (h.deputy IS NULL OR (g.content_type_id = h.model AND g.object_pk = h.object))
JOIN auth_permission p ON p.id = g.permission_id
LEFT JOIN jurisdictions_division d ON d.code = g.object_pk COLLATE "C"
"""


@dataclass(frozen=True, slots=True)
class _Grant:
    """What a user holds on one object; `division` is the object's name if it is a division.  `deputy` is the number of
    the appointment by which he stands in for `principal` (whose digest is `person`), None for what is his own."""

    model: int
    key: str
    division: str | None
    deputy: int | None
    principal: str
    person: str
    offices: frozenset[str]


def _grants(user: User) -> list[_Grant]:
    """A user's grants by object.  One query, since every request asks."""
    found: dict[tuple[int, str, str | None, int | None, str, str], set[str]] = defaultdict(set)
    with connection.cursor() as cursor:
        cursor.execute(_GRANTS, {"user": user.pk, "today": timezone.localdate()})
        for model, key, codename, *whose in cursor.fetchall():
            if codename in _ORDER:
                found[model, key, *whose].add(codename)
    return [_Grant(*held, frozenset(offices)) for held, offices in found.items()]


def positions(user: User) -> list[Position]:
    """All positions of a user in a stable order: by office, then by what it is held on; himself last.

    A team position carries a team scope, by which only that one team can be read; `team_position` turns it into
    the team's area once it is.
    """
    found = [_position(grant) for grant in _grants(user)]
    found.sort(key=lambda held: (held.principal, min(_ORDER[office] for office in held.offices), held.key))
    if user.person:
        found.append(Position("self", frozenset({Office.CADRE}), Scope(person=user.person), "本人"))
    return found


def _position(grant: _Grant) -> Position:
    held = _held(grant)
    if grant.deputy is None:
        return held
    return replace(held, key=f"{held.key}-for-{grant.deputy}", principal=grant.principal, principal_person=grant.person)


def _held(grant: _Grant) -> Position:
    key, offices = grant.key, grant.offices
    if offices & _AREA:
        return Position(f"area-{key}", offices, Scope(area=key), grant.division or key)
    if offices & _UNIT:
        return Position(f"unit-{key}", offices, Scope(unit=int(key)), str(_granted(grant.model, key)))
    return Position(f"team-{key}", offices, Scope(team=int(key)), "工作队")


def _granted(model: int, key: str) -> Any:
    return ContentType.objects.get_for_id(model).get_object_for_this_type(pk=key)


def team_named(position: Position) -> Position | None:
    """`team_position`, read in the position's own team scope; None when the team is gone."""
    try:
        with entered(position.scope):
            return team_position(position)
    except ObjectDoesNotExist:
        return None


def team_position(position: Position) -> Position:
    """A team position moved to its team's area, with the team's name.  Called inside the position's team scope;
    raises ObjectDoesNotExist when the team is gone."""
    model = ContentType.objects.get(model="team", app_label="teams")
    team = _granted(model.pk, str(position.scope.team))
    return replace(position, scope=Scope(area=team.area), team=team.pk, label=str(team))


def is_colleague(actor: Actor, other: User) -> bool:
    """Whether somebody may stand in for the actor: he holds an office of his own on the same area or on one above it up
    to the county, or for a team's leader on the team, or is posted in it today."""
    area, team = actor.scope.area or "", actor.position.team
    for held in positions(other):
        if held.principal:
            continue
        above = held.scope.area or ""
        if len(above) >= COUNTY_CODE and area_contains(above, area):
            return True
        if team is not None and held.scope.team == team:
            return True
    return team is not None and _is_posted(team, other.person)


def _is_posted(team: int, person: str) -> bool:
    """Whether a person is posted in a team today.  The team is only known as what offices are granted on."""
    if not person:
        return False
    today = timezone.localdate()
    postings = _granted(ContentType.objects.get(model="team", app_label="teams").pk, str(team)).postings
    return bool(postings.filter(Q(last__isnull=True) | Q(last__gte=today), person=person, first__lte=today).exists())


def deputies_of(user: User) -> QuerySet[Deputy]:
    """Who stands in, stood in or will stand in for a user, the latest first."""
    return Deputy.objects.filter(principal=user).select_related("deputy")


def deputising(user: User, today: date) -> QuerySet[Deputy]:
    """For whom a user stands in on a day or after it."""
    rows = Deputy.objects.filter(deputy=user, last__gte=today, ended_at__isnull=True)
    return rows.select_related("principal")
