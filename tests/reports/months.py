"""Months walked as the pack of the place says, so that tests read ledgers that came about in the ordinary way."""

from __future__ import annotations

from collections.abc import Mapping

from apps.attendance.selectors import sheet_context, sheet_rows, sheet_steps
from apps.attendance.services import LineEdit, sheet_save, sheet_sign
from apps.core.months import Month
from apps.ledgers.models import Ledger
from apps.ledgers.selectors.chain import chain_of, frozen_book
from apps.ledgers.services import ledger_accept, ledger_step, month_close
from apps.ledgers.services.fill import ledgers_fill
from apps.teams.models import Posting, Team
from tests.factories import actor_of


def closed(township: str, month: Month, lines: Mapping[Posting, str] | None = None) -> Ledger:
    """A township's month with these lines {posting: cells}, signed, closed and compiled."""
    clerk = actor_of("township_clerk", township)
    rows = {row.posting: row for row in sheet_rows(area=township, month=month)}
    context = sheet_context(township, month)
    edits = []
    for posting, text in (lines or {}).items():
        row = rows[posting.pk]
        shown = context.cells(row)
        cells = {day: (shown[day - 1], cell) for day, cell in enumerate(text, start=1) if cell != shown[day - 1]}
        edits.append(LineEdit(posting.pk, row.version, cells))
    result = sheet_save(actor=clerk, area=township, month=month, edits=edits)
    assert (result.errors, result.conflicts) == ([], [])
    for step in sheet_steps(context, sheet_rows(area=township, month=month)):
        team = Team.objects.get(pk=step.team)
        office = step.step.offices[0]
        on = team if office in ("team_leader", "village_signer") else township
        sheet_sign(actor=actor_of(office, on), area=team.area, team=team.pk, month=month, step=step.step.key)
    ledger = month_close(actor=clerk, area=township, month=month)
    assert ledgers_fill(area=township, month=month).ledgers == 1
    return Ledger.objects.get(pk=ledger.pk)


def submitted(township: str, month: Month, lines: Mapping[Posting, str] | None = None) -> Ledger:
    """As above, signed and submitted to the county."""
    ledger = closed(township, month, lines)
    for link in chain_of(ledger):
        ledger_step(actor=actor_of(link.step.offices[0], township), ledger=ledger.pk, step=link.step.key)
    return Ledger.objects.get(pk=ledger.pk)


def accepted(township: str, month: Month, lines: Mapping[Posting, str] | None = None) -> Ledger:
    """As above, accepted by the county and fed back to the units."""
    ledger = submitted(township, month, lines)
    office = frozen_book(ledger).ledger.review.offices[0]
    return ledger_accept(actor=actor_of(office, township[:7]), ledger=ledger.pk)
