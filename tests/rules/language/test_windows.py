"""Windows by a table of days worked out with a wall calendar."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.rules.language.windows import Stretch, Window, window_at, window_faults, windows_between

TERM = Stretch(date(2024, 2, 29), date(2026, 2, 27))


@pytest.mark.parametrize(
    ("window", "day", "first", "last"),
    [
        ({"of": "day"}, "2026-03-05", "2026-03-05", "2026-03-05"),
        ({"of": "week"}, "2026-11-22", "2026-11-16", "2026-11-22"),  # a Sunday
        ({"of": "week"}, "2027-01-01", "2026-12-28", "2027-01-03"),
        ({"of": "week", "every": 2}, "2026-01-20", "2026-01-19", "2026-02-01"),  # first Monday 5 January
        ({"of": "half_month"}, "2026-02-15", "2026-02-01", "2026-02-15"),
        ({"of": "half_month"}, "2026-02-16", "2026-02-16", "2026-02-28"),
        ({"of": "half_month"}, "2024-02-20", "2024-02-16", "2024-02-29"),
        ({"of": "month"}, "2026-12-31", "2026-12-01", "2026-12-31"),
        ({"of": "month", "every": 2}, "2026-04-01", "2026-03-01", "2026-04-30"),
        ({"of": "quarter"}, "2026-05-09", "2026-04-01", "2026-06-30"),
        ({"of": "half_year"}, "2026-07-01", "2026-07-01", "2026-12-31"),
        ({"of": "year"}, "2026-07-01", "2026-01-01", "2026-12-31"),
        ({"of": "term"}, "2025-07-01", "2024-02-29", "2026-02-27"),
        ({"of": "year", "every": 2}, "2025-07-01", "2024-02-29", "2026-02-27"),
        ({"of": "fixed", "first": "2026-07-10", "last": "2026-07-20"}, "2026-07-20", "2026-07-10", "2026-07-20"),
    ],
)
def test_the_window_of_a_day(window: dict[str, object], day: str, first: str, last: str) -> None:
    found = window_at(Window.model_validate(window), date.fromisoformat(day), TERM)
    assert found == Stretch(date.fromisoformat(first), date.fromisoformat(last))


def test_outside_a_fixed_stretch_and_for_an_event_there_is_no_window() -> None:
    fixed = Window(of="fixed", first=date(2026, 7, 10), last=date(2026, 7, 20))
    assert window_at(fixed, date(2026, 7, 21)) is None
    assert window_at(Window(of="event"), date(2026, 7, 21)) is None
    assert window_at(Window(of="term"), date(2027, 1, 1), TERM) is None


def test_a_window_of_the_term_needs_the_term() -> None:
    with pytest.raises(ValueError, match="任期"):
        window_at(Window(of="term"), date(2026, 1, 1))


def test_the_windows_of_a_span_are_whole_and_in_order() -> None:
    found = list(windows_between(Window(of="month", every=2), Stretch(date(2026, 2, 10), date(2026, 5, 1))))
    assert found == [
        Stretch(date(2026, 1, 1), date(2026, 2, 28)),
        Stretch(date(2026, 3, 1), date(2026, 4, 30)),
        Stretch(date(2026, 5, 1), date(2026, 6, 30)),
    ]


WINDOWS = st.one_of(
    st.builds(Window, of=st.sampled_from(["month", "quarter", "half_year", "week", "day"]), every=st.integers(1, 7)),
    st.builds(Window, of=st.sampled_from(["half_month", "year"])),
)


@given(WINDOWS, st.dates(date(2016, 1, 1), date(2032, 12, 31)))
def test_windows_tile_the_days_without_gap_or_overlap(window: Window, day: date) -> None:
    here = window_at(window, day)
    assert here is not None
    assert here.holds(day)
    assert all(window_at(window, inside) == here for inside in (here.first, here.last))
    after = window_at(window, here.last + timedelta(days=1))
    assert after is not None
    assert after.first == here.last + timedelta(days=1)


@pytest.mark.parametrize(
    ("first", "last", "good"),
    [
        ("1900-01-01", "1999-12-31", True),
        ("1926-05-12", "2026-07-29", False),  # 36,604 days
        ("1899-12-31", "1900-01-31", False),
        ("2200-12-01", "2201-01-01", False),
    ],
)
def test_nothing_is_worked_out_over_more_than_a_hundred_years(first: str, last: str, good: bool) -> None:
    span = Stretch(date.fromisoformat(first), date.fromisoformat(last))
    if good:
        assert len(list(windows_between(Window(of="year"), span))) == 100
    else:
        with pytest.raises(ValueError, match="最长一百年"):
            list(windows_between(Window(of="year"), span))


@pytest.mark.parametrize(
    ("window", "place", "says"),
    [
        ({"of": "month", "every": 13}, "every", "不能每 13 个算一期"),
        ({"of": "week", "every": 53}, "every", "不能每 53 个算一期"),
        ({"of": "half_month", "every": 2}, "every", "不能每 2 个算一期"),
        ({"of": "term", "every": 2}, "every", "不能每 2 个算一期"),
        ({"of": "year", "every": 11}, "every", "不能每 11 个算一期"),
        ({"of": "fixed"}, "first", "从哪天起"),
        ({"of": "month", "first": "2026-01-01"}, "first", "从哪天起"),
        ({"of": "fixed", "first": "2026-02-01", "last": "2026-01-31"}, "last", "不在起始日之后"),
    ],
)
def test_a_senseless_window_is_refused_at_its_place(window: dict[str, object], place: str, says: str) -> None:
    (fault,) = window_faults(Window.model_validate(window), ("duties", "x", "window"))
    assert fault[0] == ("duties", "x", "window", place)
    assert says in fault[1]


@pytest.mark.parametrize(
    "window",
    [
        {"of": "month", "every": 12},
        {"of": "week", "every": 52},
        {"of": "year", "every": 10},
        {"of": "fixed", "first": "2026-02-01"},
        {"of": "fixed", "first": "2026-02-01", "last": "2026-02-01"},
    ],
)
def test_a_window_at_its_limit_is_good(window: dict[str, object]) -> None:
    assert list(window_faults(Window.model_validate(window), ())) == []
