"""Yulin's 220 days: whom they bind, what counts, and the unit's own work that does not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from apps.rules.language.counters import Event, count, mark_events
from apps.rules.presence import State
from tests.rules.cases import inputs

DECEMBER = "2023-12"


@pytest.mark.clause("YL-7.2.3-1")
@pytest.mark.parametrize(("days", "state"), [(219, State.SHORT), (220, State.MET), (221, State.MET)])
def test_220_days_of_a_whole_year_are_enough_and_219_are_not(
    result: Callable[..., Any], days: int, state: State
) -> None:
    found = result("yulin", "stationed_days", inputs(DECEMBER, year={"in_village": days}))
    assert (found.done, found.due, found.state) == (days, 220, state)


@pytest.mark.clause("YL-7.2.3-1")
def test_they_bind_first_secretaries_and_members_and_must_be_kept(book: Callable[..., Any]) -> None:
    rules = book("yulin", date(2023, 12, 31))
    roles = ("first_secretary", "member", "pairing_cadre", "liaison_leader")
    bound = [role for role in roles if "stationed_days" in rules.chosen((role,), ("poor",))]
    assert bound == ["first_secretary", "member"]
    assert rules.measure("stationed_days").modality == "must"


@pytest.mark.clause("YL-7.2.3-2")
@pytest.mark.parametrize(
    ("year", "state"),
    [
        ({"in_village": 150, "meeting": 30, "training": 20, "project_liaison": 20}, State.MET),
        ({"in_village": 150, "meeting": 30, "training": 20, "project_liaison": 19}, State.SHORT),
        ({"in_village": 219, "drawn_off": 60}, State.SHORT),
        ({"in_village": 219, "leave": 60}, State.SHORT),
        ({"in_village": 219, "seconded": 60, "official_trip": 60, "rest": 60, "absent": 60}, State.SHORT),
    ],
)
def test_meetings_training_and_liaison_outside_count_towards_them(
    result: Callable[..., Any], year: dict[str, int], state: State
) -> None:
    assert result("yulin", "stationed_days", inputs(DECEMBER, year=year)).state == state


@pytest.mark.clause("YL-7.2.3-4")
@pytest.mark.parametrize(("marks", "number"), [("VVVDDVV", 2), ("VVVLRMT", 0), ("D", 1)])
def test_every_day_of_work_for_ones_own_unit_is_counted_apart_and_never_as_stationed(
    rule: Any, result: Callable[..., Any], marks: str, number: int
) -> None:
    first = date(2023, 12, 1)
    events: list[Event] = mark_events(marks, first, {"person": "王某"})
    last = first + timedelta(days=len(marks))
    assert count(rule("yulin", "counters.unit_work_days"), events, last, "王某").number == number
    found = result("yulin", "stationed_days", inputs(DECEMBER, year={"in_village": 219, "drawn_off": number}))
    assert found.done == 219
