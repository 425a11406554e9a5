"""The list of ledgers: what it lets a county do, and why it does not."""

from __future__ import annotations

import pytest
import time_machine

from apps.core.months import Month
from apps.ledgers.services import county_ledger_queue
from apps.ledgers.services.county import county_ledger_fill
from tests.desk.reading import page, plain
from tests.factories import actor_of, posting_of, team_of
from tests.reports.months import accepted, submitted
from tests.world import browser

AUGUST, SEPTEMBER = Month(2026, 8), Month(2026, 9)
COUNTY, FIRST, SECOND = "C621121", "C621121100", "C621121101"
pytestmark = pytest.mark.usefixtures("nation")


@time_machine.travel("2026-10-08 09:00+08:00", tick=False)
def test_the_countys_ledger_is_offered_when_it_can_be_made_and_else_says_what_it_lacks() -> None:
    for township in (FIRST, SECOND):
        posting_of(team_of(f"{township}201"), f"队长{township}", "leader")
    office = actor_of("county_office", COUNTY)

    def compiling(month: str = "") -> tuple[str, bool]:
        html = page(browser(office.user), f"/ledgers/?month={month}")
        actions = html[html.index('class="actions"') : html.index('class="filters"')]
        return plain(actions.split(">", 1)[1].rsplit("<", 1)[0]), " disabled" in actions

    button = "编制2026年9月县级台账"
    submitted(FIRST, SEPTEMBER)
    assert compiling() == (f"2026年9月县级台账：还没有审核通过的乡镇台账 {button}", True)
    accepted(SECOND, SEPTEMBER)
    assert compiling() == (button, False)
    county_ledger_fill(ledger=county_ledger_queue(actor=office, area=COUNTY, month=SEPTEMBER).pk)
    assert compiling() == (f"2026年9月县级台账：已编好，乡镇台账没有变化 {button}", True)
    assert compiling("2026-08")[1], "another month has nothing accepted"
    accepted(FIRST, AUGUST)
    assert not compiling("2026-08")[1]


def test_only_who_may_make_it_sees_the_countys_ledger_offered() -> None:
    for office, area in (("county_poverty_office", COUNTY), ("township_clerk", FIRST), ("city_office", "C6211")):
        assert "county-compile" not in page(browser(actor_of(office, area).user), "/ledgers/")
