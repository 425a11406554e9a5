"""The month through its services, from entry to acceptance."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine

from apps.attendance.selectors import sheet_context, sheet_rows
from apps.attendance.services import LineEdit, sheet_save, sheet_sign
from apps.core.errors import Refused
from apps.core.months import Month
from apps.ledgers.compile.township import ledger_hash
from apps.ledgers.models import Ledger, LedgerLine
from apps.ledgers.selectors.chain import frozen_book
from apps.ledgers.services import ledger_accept, ledger_step, month_close
from apps.ledgers.services.fill import ledgers_fill
from apps.teams.models import Posting
from tests.factories import actor_of, posting_of, team_of

SEPTEMBER = Month(2026, 9)
TOWNSHIP = "C621121100"


def _counts_of(ledger: Ledger, member: Posting) -> None:
    line = LedgerLine.objects.get(ledger=ledger, posting=member)
    # September 2026: 30 days; 22 workdays (18 Sunday the 20th is a make-up day, 25th to 27th the festival).
    workdays = sheet_context(TOWNSHIP, SEPTEMBER).calendar.workdays(date(2026, 9, 1), date(2026, 9, 30))
    assert line.counts[:3] == [workdays - 2, 1, 0]
    assert line.counts[7] == 1
    assert line.counts[8] == 30 - workdays
    names = [measure.name for measure in frozen_book(ledger).presence]
    assert dict(zip(names, line.done, strict=True)) == {"stationed_days": workdays - 1, "village_days": workdays - 2}
    assert dict(zip(names, line.due, strict=True)) == {"stationed_days": 220, "village_days": 160}


@pytest.mark.usefixtures("nation")
@time_machine.travel("2026-10-02 09:00+08:00", tick=False)
@pytest.mark.clause("TW-14-1", "TW-14-2", "TW-21-4")
def test_a_township_month_goes_from_entry_to_acceptance() -> None:
    team = team_of("C621121100201")
    leader = posting_of(team, "王建国", "leader", "first_secretary")
    member = posting_of(team, "李秀英")
    clerk = actor_of("township_clerk", TOWNSHIP, "张文书")
    head = actor_of("team_leader", team, "王队长")
    secretary = actor_of("township_secretary", TOWNSHIP, "赵书记")
    county = actor_of("county_office", "C621121", "孙主任")

    result = sheet_save(
        actor=clerk,
        area=TOWNSHIP,
        month=SEPTEMBER,
        edits=[LineEdit(member.pk, 0, {1: ("V", "公差"), 2: ("V", "L"), 3: ("V", "？？")})],
    )
    assert result.saved == [member.pk]
    assert [(error.day, error.kept) for error in result.errors] == [(3, "V")]

    with pytest.raises(Refused, match="队长确认队员考勤"):
        month_close(actor=clerk, area=TOWNSHIP, month=SEPTEMBER)
    sheet_sign(actor=head, area=team.area, team=team.pk, month=SEPTEMBER, step="members")
    sheet_sign(actor=clerk, area=TOWNSHIP, team=team.pk, month=SEPTEMBER, step="leaders")
    ledger = month_close(actor=clerk, area=TOWNSHIP, month=SEPTEMBER)

    assert ledgers_fill(area="C621121", month=SEPTEMBER).ledgers == 1
    assert ledgers_fill(area="C621121", month=SEPTEMBER).ledgers == 0
    ledger = Ledger.objects.get(pk=ledger.pk)
    assert (ledger.state, ledger.people) == ("draft", 2)
    assert ledger.hash == ledger_hash(ledger.pk) != ""
    _counts_of(ledger, member)

    ledger_step(actor=secretary, ledger=ledger.pk, step="sign")
    ledger_step(actor=clerk, ledger=ledger.pk, step="submit")
    assert ledger_accept(actor=county, ledger=ledger.pk).state == "accepted"
    assert {row.closed for row in sheet_rows(area=TOWNSHIP, month=SEPTEMBER)} == {True}
    assert leader.pk != member.pk
