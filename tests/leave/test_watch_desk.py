"""今日待办: a roster with gaps, a plan that is missing, and before the year ends the days that are due."""

from __future__ import annotations

from datetime import date

import pytest

from apps.core.months import Month
from tests.leave.conftest import Clock, Place
from tests.leave.people import web
from tests.leave.test_duty import everybody_in_turn, save
from tests.leave.test_rest import add


def desk(place: Place, office: str) -> str:
    return web(place.offices[office]).get("/").content.decode()


@pytest.mark.clause("TW-36-9")
def test_a_month_without_a_roster_is_to_be_done_by_the_leader_and_seen_by_the_clerk(
    tongwei: Place, clock: Clock
) -> None:
    for office in ("team_leader", "township_clerk"):
        assert "2026年9月值班表" in desk(tongwei, office)
        assert "2026年10月值班表" not in desk(tongwei, office)
    assert "2026年9月值班表" not in desk(tongwei, "township_secretary")  # he writes none
    save(tongwei, everybody_in_turn(tongwei))
    for office in ("team_leader", "township_clerk"):
        assert "2026年9月值班表" not in desk(tongwei, office)
    clock("2026-09-20")
    for office in ("team_leader", "township_clerk"):
        assert "2026年10月值班表" in desk(tongwei, office)
    save(tongwei, {day: ["leader"] for day in Month(2026, 10).dates()}, month=Month(2026, 10))
    assert "2026年10月值班表" not in desk(tongwei, "team_leader")


@pytest.mark.clause("TW-36-7")
def test_a_plan_that_is_missing_is_to_be_done_by_the_leader(tongwei: Place, clock: Clock) -> None:
    assert "2026年休假计划" in desk(tongwei, "team_leader")
    add(tongwei, "member", date(2026, 10, 12), date(2026, 10, 16))
    assert "2026年休假计划" not in desk(tongwei, "team_leader")
    assert "2027年休假计划" not in desk(tongwei, "team_leader")
    clock("2026-12-01")
    assert "2027年休假计划" in desk(tongwei, "team_leader")


def test_where_no_rule_asks_for_it_nothing_is_to_be_done(kunming: Place) -> None:
    page = desk(kunming, "team_leader")
    assert "值班表" not in page
    assert "休假计划" not in page


@pytest.mark.clause("YL-8.2.2-12")
@pytest.mark.parametrize("office", ["unit_liaison", "county_office", "township_clerk"])
def test_before_the_year_ends_the_days_due_are_looked_at(places: dict[str, Place], clock: Clock, office: str) -> None:
    assert "2026年应休和已休" not in desk(places["yulin"], office)
    clock("2026-11-01")
    assert "2026年应休和已休" in desk(places["yulin"], office)
