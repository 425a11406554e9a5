"""Exact arithmetic, its plain form, and traces that recompute after being stored."""

from __future__ import annotations

import json
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.rules.exact import exact, plain, rounded
from apps.rules.language.rule import Rule
from apps.rules.language.working import Working
from apps.rules.trace import recompute, results, step


@pytest.mark.parametrize(
    ("number", "told"),
    [
        (Decimal("89.50"), "89.5"),
        (Decimal("1E+2"), 100),
        (Decimal("-0.25"), "-0.25"),
        (Fraction(1, 3), "1/3"),
        (Fraction(-269, 3), "-269/3"),
        (Fraction(1, 40), "0.025"),
        (Fraction(7, 1), 7),
        (0, 0),
    ],
)
def test_the_plain_form_of_a_number(number: Any, told: int | str) -> None:
    assert plain(number) == told
    assert exact(told) == Fraction(number)


@pytest.mark.parametrize(
    ("number", "mode", "digits", "expected"),
    [
        ("2.5", "half_up", 0, 3),
        ("-2.5", "half_up", 0, -3),
        ("2.5", "half_even", 0, 2),
        ("3.5", "half_even", 0, 4),
        ("2.4999", "half_up", 0, 2),
        ("2.999", "down", 0, 2),
        ("-2.1", "down", 0, -3),
        ("2.001", "up", 0, 3),
        ("2", "up", 0, 2),
        ("89.665", "half_up", 2, "89.67"),
        ("89.664", "half_up", 2, "89.66"),
        ("89.665", "half_even", 2, "89.66"),
        ("269/3", "half_up", 1, "89.7"),
        ("269/3", "down", 2, "89.66"),
        ("12350", "half_up", -2, 12400),
    ],
)
def test_rounding_does_what_its_mode_says(number: str, mode: str, digits: int, expected: int | str) -> None:
    assert plain(rounded(exact(number), mode, digits)) == expected


@settings(deadline=None)
@given(st.fractions(max_denominator=1000), st.integers(0, 4))
def test_rounding_is_off_by_less_than_one_unit_of_its_last_digit(number: Fraction, digits: int) -> None:
    unit = Fraction(1, 10**digits)
    assert 0 <= number - rounded(number, "down", digits) < unit
    assert 0 <= rounded(number, "up", digits) - number < unit
    assert abs(number - rounded(number, "half_up", digits)) <= unit / 2
    assert abs(number - rounded(number, "half_even", digits)) <= unit / 2
    assert exact(plain(number)) == number


@pytest.mark.parametrize(
    ("op", "of", "value"),
    [
        ("sum", ["a", "0.25", 1], "3.75"),
        ("difference", [10, "a", 1], "6.5"),
        ("product", ["a", "a"], "6.25"),
        ("quotient", [10, 4], "2.5"),
        ("quotient", [1, 3], "1/3"),
        ("min", ["a", 2, 9], 2),
        ("max", ["a", 2, "2.6"], "2.6"),
        ("round_half_up", ["a", 0], 3),
        ("round_half_even", ["a", 0], 2),
        ("round_down", ["a", 0], 2),
        ("round_up", ["a", 0], 3),
        ("ceiling", [220, 183, 365], 111),
        ("reached", [2, 1, 2, 3], 2),
        ("look_up", ["a", 0, 2, 1, 10, 3, 1, 20], 10),
        ("look_up", [2, 0, 2, 1, 10, 3, 1, 20], 10),
        ("look_up", [2, 0, 2, 0, 10, 3, 1, 20], 0),
        ("look_up", [3, 0, 2, 0, 10, 3, 0, 20], 10),
        ("choose", ["w", "好", 100, "差", "a"], "2.5"),
    ],
)
def test_each_operation_of_a_trace(op: str, of: list[int | str], value: int | str) -> None:
    inputs = {"a": "2.5", "w": "差"}
    entry = step("done", "得 {value}", op, of, inputs)
    assert (entry["value"], entry["text"]) == (value, f"得 {value}")
    assert recompute(json.loads(json.dumps({"inputs": inputs, "steps": [entry]}))) == value


def test_a_term_that_nobody_knows_is_an_error() -> None:
    with pytest.raises(KeyError):
        step("done", "", "sum", ["nobody"], {})


@settings(deadline=None)
@given(st.lists(st.decimals(-1000, 1000, places=2), min_size=1, max_size=6))
def test_a_working_recomputes_and_names_of_equal_inputs_do_not_clash(numbers: list[Decimal]) -> None:
    work = Working()
    names = [work.put("score", number) for number in numbers]
    total = work.take("相加 = {value}", "sum", names)
    mean = work.take("平均 = {value}", "quotient", [total, len(numbers)])
    value = work.done(mean)
    trace = json.loads(json.dumps(work.trace(Rule(label="平均", clause="SX-1"))))
    assert value == sum(map(Fraction, numbers)) / len(numbers)
    assert recompute(trace) == trace["value"] == plain(value)
    assert results(trace) == {entry["name"]: entry["value"] for entry in trace["steps"]}
