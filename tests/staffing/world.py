"""Openings and candidates in the world of whose things are whose."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from apps.staffing.services import OpeningEntry, opening_assign, opening_open
from tests.staffing.conftest import Place, number

if TYPE_CHECKING:
    from tests.world import World


def staffing_build(world: World, canary: str) -> None:
    """The owner's village waits for three more: nobody, one nominated, one sent back, one decided on."""
    village = world.team.area
    place = Place(village, world.team, world.unit, world.owners)
    entry = OpeningEntry(village, ("member",), date(2026, 10, 1), "initial", note=f"{canary}缺岗")
    held = opening_open(actor=world.owners["county_office"], entry=entry)
    world.opening = opening_assign(actor=world.owners["county_office"], opening=held.pk, unit=world.unit.pk).pk
    people = {
        name: {"name": f"{canary}{name}", "id_number": number(f"530113198{year}0101123"), "exception": f"{canary}理由"}
        for year, name in enumerate(("nominated", "sent_back", "decided"))
    }
    world.nominated = place.nominate("member", **people["nominated"]).pk
    back = place.nominate("member", health=False, **people["sent_back"])
    world.sent_back = place.resend(back, health=False, position=f"{canary}科长", **people["sent_back"]).pk
    world.decided = place.reviewed("member", **people["decided"]).pk
