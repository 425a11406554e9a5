"""Whatever a pack or a date says, working out when a duty is owed ends after so many steps as its span has days."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from types import FrameType
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from apps.rules.language.deadlines import rolled, workdays_on
from apps.rules.language.duties import Duty, faults
from apps.rules.language.fulfilment import occurrences
from apps.rules.language.values import Number
from apps.rules.language.windows import Stretch
from apps.rules.vocabulary import WindowName

DAYS = st.dates()
NUMBER = TypeAdapter(Number)


@contextmanager
def steps(most: int) -> Iterator[None]:
    """Fails as soon as more lines than that have run."""
    left = most

    def count(_: FrameType, event: str, __: Any) -> Any:
        nonlocal left
        left -= event == "line"
        assert left > 0, f"more than {most} steps"
        return count

    before = sys.gettrace()
    sys.settrace(count)
    try:
        yield
    finally:
        sys.settrace(before)


def duty(window: dict[str, Any], **more: Any) -> Duty:
    return Duty.model_validate(
        {"label": "走访", "matter": "visit", "who": "team", "clause": "XX-1", "window": window, **more}
    )


WINDOWS = st.fixed_dictionaries(
    {"of": st.sampled_from(get_args(WindowName)), "every": st.one_of(st.integers(1, 14), st.integers(1, 366))},
    optional={"first": DAYS, "last": DAYS},
)
MORE = st.fixed_dictionaries(
    {"counted_from": st.sampled_from(["calendar", "posting"]), "partial": st.sampled_from(["judged", "information"])},
    optional={
        "anchor": DAYS,
        "skip_without_workday": st.just(True),
        "due": st.sampled_from(
            [{"weekday": 5, "of": "next_month"}, {"workdays": 30}, {"day": 31, "roll": "next_workday"}]
        ),
    },
)


@settings(max_examples=300, deadline=None)
@given(WINDOWS, MORE, DAYS, st.integers(0, 500), st.none() | st.tuples(DAYS, DAYS), st.none() | st.tuples(DAYS, DAYS))
def test_a_duty_is_worked_out_in_steps_that_its_span_bounds(
    window: dict[str, Any],
    more: dict[str, Any],
    first: date,
    length: int,
    posted: tuple[date, date] | None,
    term: tuple[date, date] | None,
) -> None:
    last = first + timedelta(days=min(length, (date.max - first).days))
    held, served = (Stretch(*sorted(days)) if days else None for days in (posted, term))
    text = duty(window, **more)
    with steps(400 * (length + 400)):
        sound = not list(faults({"visit": text}))
        try:
            found = occurrences(text, Stretch(first, last), held, served)
        except ValueError:
            return
        except OverflowError:
            assert not sound
            return
    assert all(one.window.first <= last and one.window.last >= first for one in found)


@pytest.mark.parametrize("text", [{"of": "day"}, {"of": "week"}, {"of": "month"}, {"of": "year", "every": 10}])
@pytest.mark.parametrize("counted_from", ["calendar", "posting"])
def test_a_span_without_end_is_refused(text: dict[str, Any], counted_from: str) -> None:
    ever = Stretch(date.min, date.max)
    with steps(2000), pytest.raises(ValueError, match="请核对起止日期"):
        occurrences(duty(text, counted_from=counted_from), ever, ever, ever)


def test_an_anchor_long_ago_costs_nothing() -> None:
    with steps(20_000):
        (found,) = occurrences(duty({"of": "day"}, anchor=date(1, 1, 1)), Stretch(date(2026, 5, 12), date(2026, 5, 12)))
    assert found.window == Stretch(date(2026, 5, 12), date(2026, 5, 12))


def test_a_calendar_without_workdays_is_told() -> None:
    for reckon in (
        lambda: workdays_on(date(2026, 5, 12), 3, lambda _: False),
        lambda: rolled(date(2026, 5, 12), "next_workday", lambda _: False),
    ):
        with steps(5000), pytest.raises(ValueError, match="没有工作日"):
            reckon()


@pytest.mark.parametrize("every", [0, 367, 10**30])
def test_an_absurd_number_of_windows_is_no_window(every: int) -> None:
    with pytest.raises(ValidationError):
        duty({"of": "day", "every": every})


@pytest.mark.parametrize("written", ["1e99999999", "1e15", "-1000000000000000", "1e-13", "0.1234567890123"])
def test_no_number_is_so_long_that_arithmetic_runs_away(written: str) -> None:
    with pytest.raises(ValidationError, match="数字太大"):
        NUMBER.validate_python(written)


@pytest.mark.parametrize("written", ["999999999999999", "0.123456789012", 900, 33.335])
def test_the_numbers_of_a_text_are_all_taken(written: object) -> None:
    assert str(NUMBER.validate_python(written)) == str(written)
