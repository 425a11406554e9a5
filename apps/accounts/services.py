"""Deputies: who stands in for whom, from when to when.  The only writer of their table."""

from __future__ import annotations

from datetime import date

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone

from apps.accounts.access import Actor, require
from apps.accounts.models import Deputy, User
from apps.accounts.selectors import is_colleague
from apps.core.errors import BadInput, Forbidden, NotFound

LONGEST = 93  # days; whoever is away longer hands his office over


@transaction.atomic
def deputy_appoint(*, actor: Actor, username: str, first: date, last: date, reason: str) -> Deputy:
    """Let somebody stand in for the actor in his present position, for leave only.

    BadInput for an unknown account, oneself, somebody without an office here, days that are past or too many; Forbidden from a position that is itself a
    deputy's.  Appointed twice for the same days there are two appointments, which changes nothing.
    """
    require(actor, "deputy.set")
    if actor.position.principal:
        raise Forbidden("代理人不能再委托他人。")
    other = User.objects.filter(username=username.strip(), is_active=True).first()
    if other is None:
        raise BadInput(f"没有登录名为“{username.strip()[:40]}”的账号，请核对。")
    if other.pk == actor.user.pk:
        raise BadInput("不能委托自己。")
    if not is_colleague(actor, other):
        raise BadInput(
            f"“{other.username}”在这个岗位的范围里没有职务，不能代理；请选同队的队员，或在本级、上级（到县）有岗位的人。"
        )
    if last < first or last < timezone.localdate():
        raise BadInput("代理期限不对：止日应不早于起日和今天。")
    if (last - first).days >= LONGEST:
        raise BadInput(f"一次委托最长{LONGEST}天。")
    if not reason.strip():
        raise BadInput("请写明委托原因，如请假、外出学习。")
    model, key = _held_on(actor)
    return Deputy.objects.create(
        principal=actor.user,
        deputy=other,
        content_type=model,
        object_pk=key,
        label=f"{actor.position.label} · {actor.position.office_label}",
        first=first,
        last=last,
        reason=reason.strip(),
    )


@transaction.atomic
def deputy_end(*, actor: Actor, deputy: int) -> Deputy:
    """End an appointment of one's own before its last day.  Ended twice the first time stands; NotFound for another's."""
    found = Deputy.objects.select_for_update().filter(pk=deputy, principal=actor.user).first()
    if found is None:
        raise NotFound
    if found.ended_at is None:
        found.ended_at = timezone.now()
        found.save()
    return found


def _held_on(actor: Actor) -> tuple[ContentType, str]:
    """The object on which the actor's position is held."""
    if actor.position.team is not None:
        return ContentType.objects.get(app_label="teams", model="team"), str(actor.position.team)
    return ContentType.objects.get(app_label="jurisdictions", model="division"), str(actor.scope.area)
