"""Openings: the county says which village waits for whom, names the unit that is to send him, or takes it back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from apps.accounts.access import Actor, require
from apps.cadres.models import DispatchUnit
from apps.core.errors import BadInput, Conflict, NotFound
from apps.jurisdictions.models import Village
from apps.staffing.models import LIVE, Case, Opening, OpeningState, OpeningWhy
from apps.teams.models import PostRole

FARTHEST = timedelta(days=1100)


@dataclass(frozen=True)
class OpeningEntry:
    """A village (its code) that waits since a day for one person with these roles; `unit` is who is to send him."""

    area: str
    roles: tuple[str, ...]
    since: date
    why: str
    unit: int | None = None
    note: str = ""
    due: date | None = None


@transaction.atomic
def opening_open(*, actor: Actor, entry: OpeningEntry) -> Opening:
    """Say that a village waits for somebody.  NotFound outside the area, BadInput for words or days that cannot be."""
    require(actor, "opening.edit", entry.area)
    return opening_write(actor=actor, entry=entry)


def opening_write(*, actor: Actor, entry: OpeningEntry) -> Opening:
    """The only writer of new openings: for a service that has asked already who may, inside the village's area."""
    village = Village.objects.filter(area=entry.area).first()
    if village is None:
        raise NotFound("没有找到这个村，请从列表中选择。")
    _require_words(entry)
    return Opening.objects.create(
        area=village.area,
        village=village,
        place=village.name,
        unit=_unit(entry.unit),
        roles=[role for role in PostRole.values if role in entry.roles],
        since=entry.since,
        why=entry.why,
        note=entry.note.strip(),
        due=entry.due,
        by=actor.name,
    )


@transaction.atomic
def opening_assign(*, actor: Actor, opening: int, unit: int, due: date | None = None) -> Opening:
    """Name the unit that is to send somebody, or another one while nobody has been put forward; Conflict afterwards."""
    held = opening_lock(opening)
    require(actor, "opening.edit", held.area)
    require_open(held)
    if held.unit_id != unit and Case.objects.filter(opening=held, state__in=LIVE).exists():
        raise Conflict("已有人选正在办理，不能改派出单位；请先由原单位撤回。")
    held.unit, held.due = _unit(unit), due
    held.save()
    return held


@transaction.atomic
def opening_cancel(*, actor: Actor, opening: int, reason: str) -> Opening:
    """Nobody is to be sent after all.  A reason is needed; Conflict while somebody is put forward.  Twice it stays so."""
    held = opening_lock(opening)
    require(actor, "opening.edit", held.area)
    if held.state == OpeningState.CANCELLED:
        return held
    require_open(held)
    if not reason.strip():
        raise BadInput("请写明取消的原因。")
    if Case.objects.filter(opening=held, state__in=LIVE).exists():
        raise Conflict("已有人选正在办理，不能取消；请先办完或由派出单位撤回。")
    held.state, held.note = OpeningState.CANCELLED, f"{held.note} 取消：{reason.strip()}".strip()[:300]
    held.save()
    return held


def opening_lock(opening: int) -> Opening:
    """An opening with its village and unit, locked until the transaction ends; NotFound outside the scope."""
    rows = Opening.objects.select_for_update(of=("self",)).select_related("village", "unit")
    found = rows.filter(pk=opening).first()
    if found is None:
        raise NotFound
    return found


def require_open(opening: Opening) -> None:
    """Conflict for one that is filled or cancelled."""
    if opening.state != OpeningState.OPEN:
        raise Conflict(f"这项选派任务{OpeningState(opening.state).label}，请刷新页面。")


def _unit(unit: int | None) -> DispatchUnit | None:
    if unit is None:
        return None
    found = DispatchUnit.objects.filter(pk=unit).first()
    if found is None:
        raise BadInput("请从列表中选择派出单位。")
    return found


def _require_words(entry: OpeningEntry) -> None:
    if not entry.roles or not set(entry.roles) <= set(PostRole.values):
        raise BadInput("请选择岗位。")
    if entry.why not in OpeningWhy.values:
        raise BadInput("请选择缺岗原因。")
    if abs(entry.since - timezone.localdate()) > FARTHEST:
        raise BadInput("缺岗起日太远，请核对年份。")
    if entry.due and entry.due < entry.since:
        raise BadInput("期限早于缺岗起日，请核对。")
