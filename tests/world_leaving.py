"""What is under way about leaving in the owner's village: two departures, a handover, who moved his party relation."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from apps.staffing.models import Departure, Handover, HandoverParty, Part, PartyRelation, VillageSecretary
from apps.staffing.services import About, Leaving, case_act, case_open, departure_ask

if TYPE_CHECKING:
    from tests.world import World

CALL_BACK = "replacement:派出单位要求撤回"


def leaving_build(world: World, canary: str) -> None:
    """The unit calls back the member (under way) and the leader (returned by the city); the leader hands over; all told
    with the canary.  The pack of the place knows no handover and no village secretaries: their rows are written as
    another county's services would."""
    personnel, city = world.owners["unit_personnel"], world.owners["city_office"]
    asked = Leaving(
        CALL_BACK,
        date(2026, 12, 1),
        f"{canary}事由",
        ground="special_reason",
        evidence=f"{canary}函",
        successor=False,
    )
    called = departure_ask(actor=personnel, posting=world.member.pk, asked=asked)
    world.departure, world.replaced = called.pk, called.case_id or 0
    back = departure_ask(actor=personnel, posting=world.leader.pk, asked=asked)
    case_act(actor=city, case=back.case_id or 0, key="approve", outcome="returned", remark=f"{canary}请补材料")
    world.departure_returned = Departure.objects.get(pk=back.pk).pk
    world.handover = _handover(world, canary).pk
    _party(world, canary)


def _handover(world: World, canary: str) -> Handover:
    member, office = world.member, world.owners["county_office"]
    about = About(
        area=member.area,
        matter="handover",
        person=member.person,
        name=member.name,
        place=f"{canary}村",
        roles=frozenset(member.roles),
        classes=frozenset(),
        unit=world.unit,
        posting=member,
    )
    case = case_open(actor=office, action="staffing.act", about=about)
    own = {"area": member.area, "unit": world.unit, "person": member.person}
    made = Handover.objects.create(
        case=case,
        posting=member,
        team=world.team,
        items=[{"label": "职责", "text": f"{canary}职责"}],
        by=office.name,
        **own,
    )
    HandoverParty.objects.create(handover=made, part=Part.OUTGOING, posting=member, name=member.name, **own)
    leader = world.leader
    HandoverParty.objects.create(
        handover=made,
        part=Part.INCOMING,
        posting=leader,
        name=leader.name,
        provisional=True,
        **own | {"person": leader.person},
    )
    return made


def _party(world: World, canary: str) -> None:
    member = world.member
    own = {"area": member.area, "posting": member, "unit": world.unit, "person": member.person, "by": f"{canary}登记人"}
    PartyRelation.objects.create(moved_on=date(2025, 2, 1), branch=f"{canary}村党支部", **own)
    held = VillageSecretary.objects.create(team=world.team, first=date(2025, 3, 1), reason=f"{canary}没有人选", **own)
    world.secretary = held.pk
