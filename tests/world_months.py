"""Months of the owner's township: entered, signed, closed, and as far on their way as a test wants them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from apps.attendance.selectors import sheet_context, sheet_rows
from apps.attendance.services import LineEdit, sheet_save, sheet_sign
from apps.core.months import Month
from apps.ledgers.services import ledger_accept, ledger_step, month_close
from apps.ledgers.services.fill import ledgers_fill
from apps.teams.models import Team
from tests.factories import actor_of

if TYPE_CHECKING:
    from tests.world import World


def month_build(world: World, month: Month, steps: int, area: str, canary: str) -> None:
    """Enter, sign, close and fill a month; then as many of: review, submit, accept."""
    clerk, town = world.owners["township_clerk"], world.owners["township_leader"]
    month_enter(world, month, area)
    for team in Team.objects.within(area):
        signer = world.owners["village_signer"] if team == world.team else actor_of("village_signer", team, "隔壁书记")
        sheet_sign(actor=signer, area=team.area, team=team.pk, month=month, step="village")
    ledger = month_close(actor=clerk, area=area, month=month).pk
    ledgers_fill(area=area[:7], month=month)
    acts: list[Callable[[], object]] = [
        lambda: ledger_step(actor=town, ledger=ledger, step="review", note=f"{canary}审"),
        lambda: ledger_step(actor=clerk, ledger=ledger, step="submit"),
        lambda: ledger_accept(actor=world.owners["county_office"], ledger=ledger, note=f"{canary}批"),
    ]
    for act in acts[:steps]:
        act()


def month_enter(world: World, month: Month, area: str) -> None:
    """Every day in the village, for everybody in the township."""
    rows = sheet_rows(area=area, month=month)
    context = sheet_context(area, month)
    edits = [
        LineEdit(
            row.posting, row.version, {day: (context.cells(row)[day - 1], "V") for day in range(1, month.days + 1)}
        )
        for row in rows
    ]
    found = sheet_save(actor=world.owners["township_clerk"], area=area, month=month, edits=edits)
    assert not found.errors and not found.conflicts
