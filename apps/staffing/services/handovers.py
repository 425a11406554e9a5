"""Handovers: opened by the end of a posting, written, received, signed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from apps.accounts.access import Actor, require
from apps.accounts.reach import reaching
from apps.core.errors import BadInput, Conflict, Forbidden, NotFound, Refused
from apps.jurisdictions.offices import Office
from apps.staffing.models import CaseState, Departure, Handover, HandoverParty, Part
from apps.staffing.selectors.handing import handover_law, has_handover, to_village
from apps.staffing.selectors.handover import handover_row
from apps.staffing.selectors.run import procedure_of
from apps.staffing.services.acts import case_lock
from apps.staffing.services.open import About, case_open
from apps.teams.models import Posting, PostRole

LEADER = PostRole.LEADER.value
LONGEST = 2000  # characters of one item


@transaction.atomic
def handover_begin(*, actor: Actor, posting: int) -> Handover:
    """Open the handover of a posting that ends without a departure on record (by the roster, or long planned).

    Refused where the rules know none for its roles, and while it has no last day; a second time the first stands.
    """
    found = Posting.objects.filter(pk=posting).first()
    if found is None:
        raise NotFound
    require(actor, "handover.edit", found.area)
    held = posting_full(posting)
    if (known := Handover.objects.filter(posting=held).first()) is not None:
        return known
    if held.last is None:
        raise Refused("离岗日还没有确定，不能开交接；请先办理离任。")
    made = handover_open(actor, held, None, action="handover.edit")
    if made is None:
        raise Refused("本地现行规定没有写交接程序，不需要办理交接。")
    return made


def handover_open(
    actor: Actor, posting: Posting, departure: Departure | None, *, action: str = "staffing.act"
) -> Handover | None:
    """The handover of a posting, with the list that the rules ask for still empty; None where they know none."""
    held, today = posting_full(posting.pk), timezone.localdate()
    if not has_handover(held, today):
        return None
    case = case_open(actor=actor, action=action, about=_about(held))
    made = Handover.objects.create(
        area=held.area,
        case=case,
        departure=departure,
        posting=held,
        team_id=held.team_id,
        unit_id=held.unit_id,
        person=held.person,
        items=[{"label": label, "text": ""} for label in handover_law(held, today).items],
        by=actor.name,
    )
    party_outgoing(made, held)
    return made


def party_outgoing(held: Handover, posting: Posting) -> HandoverParty:
    """The one who hands over, on the list of the present round."""
    return HandoverParty.objects.create(
        area=held.area,
        handover=held,
        round=held.round,
        part=Part.OUTGOING,
        posting=posting,
        unit_id=posting.unit_id,
        person=posting.person,
        name=posting.name,
    )


def _about(held: Posting) -> About:
    return About(
        area=held.area,
        matter="handover",
        person=held.person,
        name=held.name,
        place=held.team.place,
        roles=frozenset(held.roles),
        classes=frozenset(held.team.village.classes),
        unit=held.unit,
        posting=held,
    )


def posting_full(posting: int) -> Posting:
    """A posting, locked, with its village and unit."""
    rows = Posting.objects.select_for_update(of=("self",), no_key=True).select_related("team__village", "unit")
    return rows.get(pk=posting)


@transaction.atomic
def handover_write(*, actor: Actor, handover: int, texts: Sequence[str]) -> Handover:
    """Write the items of the list, in order, as the one who leaves or as the township; what is empty stays to be done.

    Conflict once somebody has signed.
    """
    row = handover_row(actor, handover)
    require(actor, "handover.edit")
    with reaching(actor, row):
        held = handover_lock(handover)
        if actor.scope.person not in (None, held.person):
            raise Forbidden("交接清单由离任者本人或乡镇填写。")
        handover_require_open(held)
        if held.sealed:
            raise Conflict("清单已有人签字，不能再改；需要改的，请退回重写。")
        if len(texts) != len(held.items) or any(len(text) > LONGEST for text in texts):
            raise BadInput(f"清单共{len(held.items)}项，每项不超过{LONGEST}字，请核对。")
        held.items = [item | {"text": text.strip()} for item, text in zip(held.items, texts, strict=True)]
        held.save()
    return held


@transaction.atomic
def handover_receive(
    *, actor: Actor, handover: int, posting: int | None, name: str = "", note: str = "", provisional: bool = False
) -> HandoverParty:
    """Name who takes over: whoever follows, in post in the same team; or `provisional`, while nobody follows yet, the
    leader (somebody else of the team where he himself leaves); or, without `posting`, the village itself, where the
    rules know that, by the county's office with its note.  Conflict once he has signed.
    """
    require(actor, "handover.receive", handover_row(actor, handover).area)
    held = handover_lock(handover)
    handover_require_open(held)
    party = held.parties.select_for_update().filter(round=held.round, part=Part.INCOMING).first()
    if party is not None and party.signed_on is not None:
        raise Conflict("接收人已经签字，不能更换；需要改的，请退回重写。")
    values = (
        _village_side(actor, held, name, note)
        if posting is None
        else _successor_side(held, posting, note, provisional=provisional)
    )
    if party is None:
        party = HandoverParty(area=held.area, handover=held, round=held.round, part=Part.INCOMING)
    for key, value in values.items():
        setattr(party, key, value)
    party.save()
    held.together = _together(held, party)
    held.save()
    return party


def _village_side(actor: Actor, held: Handover, name: str, note: str) -> dict[str, Any]:
    if not to_village(procedure_of(held.case)):
        raise BadInput("请选择接收人。")
    if Office.COUNTY_OFFICE not in actor.offices:
        raise Forbidden("没有接任者、交给村委会的，由县级驻村办注明。")
    if not name.strip() or not note.strip():
        raise BadInput("请写明村委会的接收人，并注明没有接任者的情况。")
    return {
        "posting": None,
        "unit": None,
        "person": "",
        "name": name.strip()[:60],
        "provisional": True,
        "note": note.strip(),
    }


def _successor_side(held: Handover, posting: int, note: str, *, provisional: bool) -> dict[str, Any]:
    other = Posting.objects.filter(pk=posting, team_id=held.team_id).exclude(person=held.person).first()
    if other is None or (other.last is not None and other.last < timezone.localdate()):
        raise BadInput("接收人应是本队在岗的人，请重新选择。")
    if provisional and LEADER not in {*other.roles, *held.posting.roles}:
        raise BadInput("接任者还没有确定的，由队长暂代接收。")
    return {
        "posting": other,
        "unit_id": other.unit_id,
        "person": other.person,
        "name": other.name,
        "provisional": provisional,
        "note": note.strip()[:300],
    }


def _together(held: Handover, party: HandoverParty) -> date | None:
    """The first day on which both are in post; None without a successor."""
    if party.posting is None or party.provisional:
        return None
    return max(party.posting.first, held.posting.first)


def handover_lock(handover: int) -> Handover:
    """A handover with its case and posting, locked until the transaction ends."""
    rows = Handover.objects.select_for_update(of=("self",)).select_related("case__unit", "case__posting", "posting")
    return rows.get(pk=handover)


def handover_require_open(held: Handover) -> None:
    """Conflict once the case of a handover is over; its row is locked."""
    state = CaseState(case_lock(held.case_id).state)
    if state != CaseState.OPEN:
        raise Conflict(f"这件交接{state.label}，不能再改动。")
