"""Days under the nation's guidance: who is on duty each day and month, and what work for the home unit counts for."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from apps.rules.language.counters import Event, count, mark_events

FIRST, LAST = date(2026, 10, 1), date(2026, 10, 31)
#        in village 10, trips 3, meetings 2, training 2, seconded 1, leave 3, rest 6, absent 2, drawn off 2
MARKS = "V" * 10 + "TTT" + "MM" + "NN" + "S" + "LLL" + "RRRRRR" + "AA" + "DD"


def days(rule: Any, key: str, marks: str, first: date = FIRST, on: date = LAST) -> int:
    events = mark_events(marks, first, {"person": "王某"})
    return count(rule("central", f"counters.{key}"), events, on, "王某").number


@pytest.mark.clause("CN-4.2-3")
def test_days_in_the_village_and_away_on_duty_are_on_post_and_no_others(rule: Any) -> None:
    assert len(MARKS) == 31
    assert days(rule, "on_post_days", MARKS) == 17


@pytest.mark.clause("CN-4.2-3")
@pytest.mark.parametrize(
    ("mark", "number"), [("V", 1), ("T", 1), ("M", 1), ("N", 1), ("S", 0), ("L", 0), ("R", 0), ("A", 0), ("D", 0)]
)
def test_each_kind_of_day(rule: Any, mark: str, number: int) -> None:
    assert days(rule, "on_post_days", mark) == number


@pytest.mark.clause("CN-4.2-3")
def test_days_on_post_are_counted_month_by_month(rule: Any) -> None:
    assert days(rule, "on_post_days", "V" * 40, first=date(2026, 9, 22)) == 31
    assert days(rule, "on_post_days", "V" * 40, first=date(2026, 9, 22), on=date(2026, 9, 30)) == 9


@pytest.mark.clause("CN-4.2-3")
def test_the_county_sees_how_many_are_on_post_each_day(rule: Any) -> None:
    kinds = {"王某": "in_village", "李某": "meeting", "赵某": "leave", "钱某": "in_village", "孙某": "absent"}
    events = [Event(kind, LAST, subjects={"person": who, "county": "本县"}) for who, kind in kinds.items()]
    events.append(Event("in_village", FIRST, subjects={"person": "周某", "county": "本县"}))
    events.append(Event("in_village", LAST, subjects={"person": "吴某", "county": "邻县"}))
    events.append(Event("official_trip", LAST, subjects={"person": "王某", "county": "本县"}))
    counter = rule("central", "counters.on_post_daily")
    assert count(counter, events, LAST, "本县").number == 3
    assert count(counter, events, FIRST, "本县").number == 1


@pytest.mark.clause("CN-2.3-5")
def test_a_day_of_work_for_the_home_unit_is_counted_apart_and_is_no_day_on_post(rule: Any, book: Any) -> None:
    marks = "VVVDDDVD"
    assert days(rule, "unit_work_days", marks) == 4
    assert days(rule, "on_post_days", marks) == 4
    assert days(rule, "unit_work_days", "VTMNSLRA") == 0
    sheet = book("central", LAST).sheet
    (mark,) = [mark for mark in sheet.marks if mark.category == "drawn_off"]
    assert mark.clause == "CN-2.3-5"


@pytest.mark.clause("CN-4.2-3")
def test_neither_an_annual_nor_a_monthly_number_of_days_is_asked_for(book: Any) -> None:
    rules = book("central", LAST)
    assert rules.presence == ()
    assert [(paper.period, paper.office) for paper in rules.ledger.documents] == [("month", "county_office")]
