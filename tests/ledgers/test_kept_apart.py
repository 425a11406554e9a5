"""Days that are recorded without being counted towards a floor, and the statistics where no floor is set."""

from __future__ import annotations

import pytest
import time_machine

from apps.attendance.selectors import sheet_context, sheet_rows
from apps.attendance.services import LineEdit, sheet_save
from apps.jurisdictions.models import Division
from apps.ledgers.models import LedgerLine
from apps.ledgers.selectors.chain import frozen_book
from apps.rules.marks import CATEGORIES
from tests.desk.reading import page, rows
from tests.factories import actor_of, posting_of, team_of
from tests.ledgers.month import SEPTEMBER, TONGWEI, Walk
from tests.world import browser

NO_PACK = "C620102001"  # a county with the central pack alone
pytestmark = pytest.mark.usefixtures("nation")


@pytest.fixture(autouse=True)
def second_of_october():
    with time_machine.travel("2026-10-02 09:00+08:00", tick=False):
        yield


def entered_days(walk: Walk, posting: int, days: dict[int, str]) -> None:
    """Type marks over whatever stands there."""
    context = sheet_context(walk.township, walk.month)
    row = next(row for row in sheet_rows(area=walk.township, month=walk.month) if row.posting == posting)
    cells = context.cells(row)
    edit = LineEdit(posting, row.version, {day: (cells[day - 1], mark) for day, mark in days.items()})
    result = sheet_save(actor=walk.actor("township_clerk"), area=walk.township, month=walk.month, edits=[edit])
    assert result.errors == []


@pytest.mark.clause("TW-13-1")
def test_nights_are_recorded_and_shown_and_change_no_figure() -> None:
    team = team_of(f"{TONGWEI}201")
    stays, leaves = posting_of(team, "王建国", "leader", "first_secretary"), posting_of(team, "李秀英")
    walk = Walk(TONGWEI, team)
    walk.fill()
    worked = [day.day for day in SEPTEMBER.dates() if sheet_context(TONGWEI, SEPTEMBER).calendar.is_work(day)]
    entered_days(walk, leaves.pk, dict.fromkeys(worked, "v"))  # the day in the village, the night elsewhere
    walk.sign()
    ledger = walk.close()
    with_nights, without = (LedgerLine.objects.get(ledger=ledger, posting=each) for each in (stays, leaves))
    assert (with_nights.nights.count("1"), without.nights.count("1")) == (len(worked), 0)
    assert ledger.totals["nights"] == with_nights.nights.count("1") + without.nights.count("1")
    assert (with_nights.marks, with_nights.done, with_nights.due) == (without.marks, without.done, without.due)
    assert with_nights.state == without.state


@pytest.mark.clause("TW-12-2")
def test_days_a_unit_draws_a_cadre_back_count_for_nothing_and_stand_on_their_own() -> None:
    team = team_of(f"{TONGWEI}201")
    posting_of(team, "王建国", "leader", "first_secretary")
    drawn = posting_of(team, "李秀英")
    walk = Walk(TONGWEI, team)
    walk.fill()
    entered_days(walk, drawn.pk, dict.fromkeys((1, 2, 3), "D"))  # Tuesday to Thursday, workdays all three
    walk.sign()
    line = LedgerLine.objects.get(ledger=walk.close(), posting=drawn)
    workdays = sheet_context(TONGWEI, SEPTEMBER).calendar.workdays(SEPTEMBER.first, SEPTEMBER.last)
    assert line.counts[CATEGORIES.index("drawn_off")] == 3
    names = [measure.name for measure in frozen_book(line.ledger).presence]
    expected = {"stationed_days": workdays - 3, "village_days": workdays - 3}
    assert dict(zip(names, line.done, strict=True)) == expected


@pytest.mark.clause("CN-4.2-3")
def test_where_no_floor_is_set_the_county_still_sees_who_was_in_post_and_where() -> None:
    Division.objects.create(code=NO_PACK, name="酒泉路街道", level="township", parent_id=NO_PACK[:7])
    team = team_of(f"{NO_PACK}201")
    posting_of(team, "王建国", "leader")
    away = posting_of(team, "李秀英")
    walk = Walk(NO_PACK, team)
    walk.fill()
    entered_days(walk, away.pk, {1: "L", 2: "L", 3: "T", 4: "A"})
    walk.sign()
    ledger = walk.close()
    assert frozen_book(ledger).presence == ()
    walk.submit()
    html = page(browser(actor_of("county_office", NO_PACK[:7]).user), "/rollup/")
    head, *lines = rows(html, "rollup-days")
    town = dict(zip(head, lines[0], strict=True))
    rest = sum(not sheet_context(NO_PACK, SEPTEMBER).calendar.is_work(day) for day in SEPTEMBER.dates())
    assert (town["人数"], town["请假"], town["公差"], town["脱岗"]) == ("2", "2", "1", "1")
    assert int(town["在村"]) == ledger.totals["counts"][0] == 2 * (30 - rest) - 4
