"""What falls due by the packs' own days, and the outbox behind it."""

from __future__ import annotations

from datetime import date

import pytest
import time_machine

from apps.attendance.selectors import sheet_rows
from apps.attendance.services import sheet_sign
from apps.core.months import Month
from apps.ledgers.models import Job, Ledger
from apps.ledgers.services import county_ledger_queue, ledger_accept, ledger_step, month_close
from apps.ledgers.services.county import county_ledger_fill
from apps.ledgers.services.fill import ledgers_fill
from apps.ledgers.services.reminders import ledgers_due
from tests.factories import actor_of, posting_of, team_of

SEPTEMBER = Month(2026, 9)


def _accepted_township(area: str) -> Ledger:
    """A township with one member, closed and accepted under the first local pack."""
    team = team_of(f"{area}201")
    posting_of(team, f"人{area}")
    clerk, county = actor_of("township_clerk", area, f"文书{area}"), actor_of("county_office", area[:7], "县办")
    head, secretary = actor_of("team_leader", team, f"队长{area}"), actor_of("township_secretary", area, f"书记{area}")
    sheet_sign(actor=head, area=team.area, team=team.pk, month=SEPTEMBER, step="members")
    ledger = month_close(actor=clerk, area=area, month=SEPTEMBER)
    ledgers_fill(area=area, month=SEPTEMBER)
    ledger_step(actor=secretary, ledger=ledger.pk, step="sign")
    ledger_step(actor=clerk, ledger=ledger.pk, step="submit")
    return ledger_accept(actor=county, ledger=ledger.pk)


@pytest.mark.usefixtures("nation")
@time_machine.travel("2026-10-02 09:00+08:00", tick=False)
def test_the_county_ledger_is_put_together_from_the_accepted_township_ledgers() -> None:
    parts = [_accepted_township("C621121100"), _accepted_township("C621121101")]
    office = actor_of("county_office", "C621121", "县办")
    ledger = county_ledger_queue(actor=office, area="C621121", month=SEPTEMBER)
    assert county_ledger_fill(ledger=ledger.pk) == 2
    assert county_ledger_fill(ledger=ledger.pk) == 0
    ledger.refresh_from_db()
    assert (ledger.state, ledger.people) == ("accepted", 2)
    assert [part["hash"] for part in ledger.parts] == [part.hash for part in parts]
    one = parts[0].totals["counts"]
    assert ledger.totals["counts"] == [2 * days for days in one]


@pytest.mark.usefixtures("nation")
def test_a_county_is_due_from_the_day_its_pack_names() -> None:
    with time_machine.travel("2026-10-02 09:00+08:00", tick=False):
        _accepted_township("C621121100")
        Job.objects.all().update(state="done")
    due = ("C621121", SEPTEMBER)
    assert due in ledgers_due(today=date(2026, 10, 1))
    assert due not in ledgers_due(today=date(2026, 11, 1))
    Job.objects.create(area="C621121", kind="county", by="x", month=SEPTEMBER.first)
    assert due not in ledgers_due(today=date(2026, 10, 1))


@pytest.mark.usefixtures("nation")
@time_machine.travel("2026-10-20 09:00+08:00", tick=False)
@pytest.mark.clause("TW-21-4")
def test_a_submission_after_the_packs_day_is_marked_late() -> None:
    ledger = _accepted_township("C621121100")
    late = dict(ledger.steps.values_list("step", "late"))
    assert late["submit"] is True
    assert late["sign"] is False
    assert all(row.closed for row in sheet_rows(area="C621121100", month=SEPTEMBER))
