"""Counters: which events count, in which window, for whom, altogether and in a row."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.rules.language.counter_faults import faults
from apps.rules.language.counters import Counter, Event, count, mark_events
from apps.rules.language.vocabularies import Vocabulary, labels
from apps.rules.language.windows import Stretch
from apps.rules.trace import recompute
from tests.rules.language.qinghe import rules, spoiled

COUNTERS = rules("counters", Counter)
KINDS = [word.word for word in rules("vocabularies", Vocabulary)["event_kinds"].words]
TERM = Stretch(date(2025, 3, 1), date(2029, 2, 28))
WHO = {"person": "p1", "unit": "u1"}


def happened(kind: str, *days: str, **more: Any) -> list[Event]:
    return [Event(kind, date.fromisoformat(day), **{"subjects": WHO, **more}) for day in days]


def weekend(day: date) -> str:
    """W on weekdays, R at weekends; 9 to 11 December 2025 are holidays here."""
    if date(2025, 12, 9) <= day <= date(2025, 12, 11):
        return "H"
    return "W" if day.weekday() < 5 else "R"


def number(key: str, events: list[Event], on: str, who: str = "p1") -> int:
    """The count, after proving that its trace gives it again from stored JSON."""
    found = count(COUNTERS[key], events, date.fromisoformat(on), who, term=TERM, kind_of_day=weekend)
    assert recompute(json.loads(json.dumps(found.trace))) == found.trace["value"] == found.number
    return found.number


@pytest.mark.parametrize(
    ("on", "expected"), [("2025-05-05", 1), ("2025-12-31", 2), ("2026-01-01", 1), ("2025-05-04", 0), ("2027-01-01", 0)]
)
def test_events_count_in_their_window_up_to_the_day(on: str, expected: int) -> None:
    events = happened("unexcused_absence", "2025-05-05", "2025-12-31", "2026-01-01")
    assert number("absences", events, on) == expected


def test_excused_events_other_kinds_other_people_and_the_same_day_do_not_count() -> None:
    events = [
        *happened("unexcused_absence", "2025-05-05", "2025-05-05"),
        *happened("unexcused_absence", "2025-06-05", excused=True),
        *happened("check_missed", "2025-07-05"),
        *happened("unexcused_absence", "2025-08-05", subjects={"person": "p2"}),
        *happened("unexcused_absence", "2025-09-05", subjects={"unit": "p1"}),
    ]
    assert number("absences", events, "2025-12-31") == 1
    assert number("absences", events, "2025-12-31", "p2") == 1


@pytest.mark.parametrize(
    ("present", "excused", "expected"),
    [
        ([], False, 3),
        (["2025-05-15"], False, 2),
        (["2025-05-25"], False, 2),
        (["2025-05-15", "2025-05-25"], False, 1),
        (["2025-06-15"], False, 3),
        (["2025-05-10"], False, 2),  # on the same day: the check was met afterwards
        ([], True, 2),  # an excused one neither adds nor breaks
    ],
)
def test_checks_missed_in_a_row_are_broken_by_a_check_met(present: list[str], excused: bool, expected: int) -> None:
    events = [
        *happened("check_missed", "2025-05-10", "2025-06-10"),
        *happened("check_missed", "2025-05-20", excused=excused),
        *happened("check_present", *present),
    ]
    assert number("checks_missed", events, "2025-12-31") == expected


@pytest.mark.parametrize(
    ("short", "excused", "on", "expected"),
    [
        (["2025-05", "2025-06"], [], "2025-06-30", 2),
        (["2025-05", "2025-06"], [], "2025-07-31", 2),  # July is not over
        (["2025-05", "2025-06"], [], "2025-08-01", 0),  # July broke it
        (["2025-05", "2025-07"], [], "2025-07-31", 1),
        (["2025-05", "2025-07"], ["2025-06"], "2025-07-31", 2),
        (["2025-11", "2025-12", "2026-01"], [], "2026-01-31", 3),
        (["2025-05", "2025-06"], ["2025-07", "2025-08"], "2025-09-10", 2),
        (["2027-01", "2027-02"], [], "2027-02-28", 2),
        (["2027-01", "2027-02", "2027-03"], [], "2027-03-31", 1),  # two years of the term begin anew
    ],
)
def test_months_in_a_row_run_over_the_new_year_and_over_excused_months(
    short: list[str], excused: list[str], on: str, expected: int
) -> None:
    events = happened("month_short", *(f"{month}-28" for month in short))
    events += happened("month_excused", *(f"{month}-28" for month in excused))
    assert number("months_short", events, on) == expected


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        ("AAA", 3),
        ("AAVAA", 2),
        ("AARRA", 2),  # days 4 and 5 are workdays, and rest on them breaks nothing that is not said
        ("AALLA", 3),  # leave does not break
        ("AAAAARRA", 6),  # the weekend does not break
        ("AAAAAAAA", 6),  # a weekend's absence is no workday
        ("AA.A", 2),  # a gap breaks
        ("VVVVV", 0),
    ],
)
def test_absent_workdays_in_a_row(marks: str, expected: int) -> None:
    monday = date(2025, 9, 1)
    assert number("absent_in_row", mark_events(marks, monday, WHO), "2025-09-30") == expected


def test_public_holidays_do_not_break_a_row_of_days() -> None:
    assert number("absent_in_row", happened("absent", "2025-12-08", "2025-12-12"), "2025-12-31") == 2
    assert number("absent_in_row", happened("absent", "2025-11-03", "2025-11-07"), "2025-12-31") == 1


@pytest.mark.parametrize(
    ("first", "last", "on", "expected"),
    [
        ("2025-09-01", "2025-09-05", "2025-09-30", 5),
        ("2025-09-05", "2025-09-09", "2025-09-30", 3),  # Friday to Tuesday
        ("2025-09-29", "2025-10-10", "2025-09-30", 2),  # the quarter ends
        ("2025-09-29", "2025-10-10", "2025-12-31", 8),  # 1 to 3 and 6 to 10 October
        ("2025-09-01", "2025-09-12", "2025-09-03", 3),  # later days are still to come
    ],
)
def test_a_leave_counts_by_its_workdays_inside_the_quarter(first: str, last: str, on: str, expected: int) -> None:
    assert number("leave_days", happened("leave", first, last=date.fromisoformat(last)), on) == expected


def test_nights_are_added_as_the_events_say() -> None:
    events = [*happened("village_nights", "2025-07-31", amount=12), *happened("village_nights", "2025-08-31", amount=9)]
    assert number("nights", events, "2025-09-30") == 21
    assert number("nights", events, "2025-08-30") == 12


def test_different_people_of_a_unit_within_two_years_back() -> None:
    recalls = [
        Event("recalled", date.fromisoformat(day), subjects={"person": who, "unit": "u1"})
        for day, who in (("2024-05-10", "p1"), ("2025-01-01", "p2"), ("2025-06-01", "p2"), ("2026-05-10", "p3"))
    ]
    assert number("unit_recalls", recalls, "2026-05-10", "u1") == 2  # 10 May 2024 is two years ago, no longer within
    assert number("unit_recalls", recalls, "2026-05-09", "u1") == 2
    assert number("unit_recalls", recalls, "2026-05-10", "p1") == 0


def test_counting_begins_anew_after_what_resets_it() -> None:
    events = happened("unit_criticised", "2025-04-01", "2025-05-01", "2025-06-01")
    assert number("unit_criticisms", events, "2025-12-31", "u1") == 3
    events += happened("rectified", "2025-05-01")
    assert number("unit_criticisms", events, "2025-12-31", "u1") == 1


def test_in_the_window_event_each_stands_for_itself() -> None:
    long = Event("leave", date(2025, 4, 1), date(2025, 5, 5), subjects=WHO)
    short = Event("leave", date(2025, 5, 5), date(2025, 5, 6), subjects=WHO)
    assert number("longest_leave", [long, short], "2025-05-05") == 35
    assert number("longest_leave", [long, short], "2025-05-06") == 2
    assert number("longest_leave", [long, short], "2025-06-01") == 0


def test_the_trace_calls_events_by_their_words() -> None:
    words = labels(rules("vocabularies", Vocabulary)["event_kinds"])
    found = count(
        COUNTERS["absences"], happened("unexcused_absence", "2025-05-05"), date(2025, 5, 5), "p1", words=words
    )
    assert found.trace["steps"][0]["text"] == "无故脱岗：1. 2025-05-05 无故脱岗，共 1"
    days = count(COUNTERS["longest_leave"], mark_events("LL", date(2025, 5, 5), WHO), date(2025, 5, 6), "p1")
    assert days.trace["steps"][0]["text"] == "一次请假天数：1. 2025-05-06 请假，最多 1"


def test_a_counter_that_needs_the_calendar_says_so() -> None:
    with pytest.raises(ValueError, match="没有给出日历"):
        count(COUNTERS["leave_days"], happened("leave", "2025-09-01"), date(2025, 9, 30), "p1")


@settings(deadline=None)
@given(
    st.lists(st.dates(date(2025, 1, 1), date(2025, 12, 31)), max_size=12),
    st.dates(date(2025, 1, 1), date(2025, 12, 31)),
)
def test_a_count_is_the_number_of_days_up_to_the_day(days: list[date], on: date) -> None:
    events = [Event("unexcused_absence", day, subjects=WHO) for day in days]
    found = count(COUNTERS["absences"], events, on, "p1")
    assert found.number == len({day for day in days if day <= on}) == len(found.events) == recompute(found.trace)


@pytest.mark.parametrize(
    ("key", "at", "value", "place", "says"),
    [
        ("absences", ("events",), [], (), "没有写数什么"),
        ("absences", ("events",), ["unexcused_absense"], ("events", 0), "事项表里没有"),
        ("absences", ("window",), ..., ("window",), "在多长时间里数"),
        ("absences", ("back_months",), 3, ("window",), "其中一个"),
        ("absences", ("unit",), "workday", ("unit",), "按次数"),
        ("absences", ("distinct",), "person", ("distinct",), "一起写"),
        ("absences", ("reset_by",), ["forgiven"], ("reset_by", 0), "事项表里没有"),
        ("checks_missed", ("run", "not_broken_by"), ["leave"], ("run", "not_broken_by"), "都不打断"),
        ("absent_in_row", ("run", "broken_by"), ["rectified"], ("run", "broken_by"), "逐次"),
        ("absent_in_row", ("run", "not_broken_by"), ["weekend"], ("run", "not_broken_by", 0), "不认识“weekend”"),
        ("absent_in_row", ("run", "not_broken_by"), ["absent"], ("run", "not_broken_by", 0), "正是要数的"),
        ("absent_in_row", ("run", "joined_by"), ["absent"], ("run", "joined_by", 0), "正是要数的"),
        ("absent_in_row", ("run", "joined_by"), ["weekend"], ("run", "joined_by", 0), "不认识“weekend”"),
        ("months_short", ("run", "joined_by"), ["rest"], ("run", "joined_by"), "逐日相连"),
        ("months_short", ("add",), "amounts", ("add",), "数的是期间"),
    ],
)
def test_what_is_wrong_with_a_counter_is_told_at_its_place(
    key: str, at: tuple[Any, ...], value: Any, place: tuple[Any, ...], says: str
) -> None:
    ((path, message, instead),) = faults(spoiled("counters", key, Counter, at, value), KINDS)
    assert path == (key, *place)
    assert says in message
    assert instead


def test_the_shipped_example_has_no_faults() -> None:
    assert list(faults(COUNTERS, KINDS)) == []
