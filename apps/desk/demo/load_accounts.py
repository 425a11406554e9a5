"""Accounts and their grants.  All share one documented password and exist only where settings.DEMO is on."""

from __future__ import annotations

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from guardian.models import UserObjectPermission

from apps.accounts.models import User
from apps.cadres.models import DispatchUnit
from apps.desk.demo.keys import Keys, Signer
from apps.desk.demo.world import DemoLogin
from apps.jurisdictions.models import Division
from apps.teams.models import Team

MODELS = {"area": Division, "team": Team, "unit": DispatchUnit}


def load_accounts(keys: Keys) -> None:
    """Write every login with its one office, and remember who signs where.

    The password is hashed once: two demonstration accounts have nothing to hide from each other.
    """
    logins, password = keys.world.logins, make_password(keys.world.password)
    users = User.objects.bulk_create(
        User(
            username=login.username,
            name=login.name,
            person=keys.persons[login.cadre] if login.cadre else "",
            password=password,
            is_active=login.until is None,
        )
        for login in logins
    )
    pairs = list(zip(logins, users, strict=True))
    for login, user in pairs:
        signer = Signer(user.pk, login.name, login.office, login.until)
        keys.signers.setdefault((login.office, login.target), []).append(signer)
    _grant(keys, [(login, user) for login, user in pairs if login.kind in MODELS and login.until is None])


def _grant(keys: Keys, pairs: list[tuple[DemoLogin, User]]) -> None:
    types = {kind: ContentType.objects.get_for_model(model) for kind, model in MODELS.items()}
    permissions = {
        (row.content_type_id, row.codename): row.pk
        for row in Permission.objects.filter(content_type__in=types.values())
    }
    UserObjectPermission.objects.bulk_create(
        UserObjectPermission(
            user=user,
            content_type=types[login.kind],
            object_pk=_key(keys, login),
            permission_id=permissions[types[login.kind].pk, login.office],
        )
        for login, user in pairs
    )


def _key(keys: Keys, login: DemoLogin) -> str:
    if login.kind == "area":
        return login.target
    return str((keys.teams if login.kind == "team" else keys.units)[login.target])
