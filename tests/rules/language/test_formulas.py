"""Formulas: scores worked out by hand, what is missing, and what the linter refuses."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.rules.exact import plain
from apps.rules.language.formula_faults import faults
from apps.rules.language.formulas import Outcome, evaluate
from apps.rules.language.nodes import Formula
from apps.rules.language.selectors import Case
from apps.rules.language.vocabularies import Vocabulary
from apps.rules.trace import recompute, results
from tests.rules.language.qinghe import rules, spoiled

FORMULAS = rules("formulas", Formula)
VOCABULARIES = rules("vocabularies", Vocabulary)
YEAR: dict[str, Any] = {
    "q1": 80, "q2": Decimal("90.5"), "q4": 97, "township": 90, "village": 85, "unit": 95,
    "good": 30, "fair": 8, "bad": 2, "stationed_days": 200, "complaints": 2,
}  # fmt: skip
UNIT: dict[str, Any] = {"colour": "黄牌", "visited": 27, "households": 30, "duties": 55, "support": 38}


def score(key: str, values: dict[str, Any], case: Case | None = None) -> Outcome:
    """The outcome, after proving that its stored trace gives every step again."""
    found = evaluate(FORMULAS[key], values, case, FORMULAS)
    if found.value is not None:
        stored = json.loads(json.dumps(found.trace))
        assert recompute(stored) == stored["value"] == plain(found.value)
        assert results(stored) == {entry["name"]: entry["value"] for entry in stored["steps"]}
    return found


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, "85.87"),  # (89.1666… × 40 + 89.5 × 40 + 87 × 20) ÷ 100 − 3
        ({"complaints": 5}, "84.87"),  # at most 4 taken off
        ({"complaints": 0}, "88.87"),
        ({"q3": 100}, "86.95"),  # the mean of four is 91.875
        ({"village": None}, "86.64"),  # (0.5 × 90 + 0.2 × 95) ÷ 0.7 = 91.428571…
        ({"village": None, "unit": None}, "86.07"),
        ({"good": 0, "fair": 0}, "68.47"),
        ({"q1": 0, "q2": 0, "q4": 0, "township": 0, "village": 0, "unit": 0, "good": 0, "fair": 0}, 0),  # not −3
        ({"stationed_days": 199}, 59),
        ({"stationed_days": 199, "township": 40}, 40),
        ({"stationed_days": Decimal("199.5")}, 59),
    ],
)
def test_a_year_out_of_quarters_bodies_votes_deductions_and_a_gate(changed: dict[str, Any], expected: Any) -> None:
    values = {name: value for name, value in {**YEAR, **changed}.items() if value is not None}
    found = score("yearly_score", values)
    assert found.value is not None
    assert plain(found.value) == expected


BOUNDS = [
    (key, name, edge)
    for key, names, top in (
        ("yearly_score", ("q1", "q2", "q3", "q4", "township", "village", "unit"), 100),
        ("unit_score", ("duties",), 60),
        ("unit_score", ("support",), 40),
    )
    for name in names
    for edge in (0, top)
]


@pytest.mark.parametrize(("key", "name", "edge"), BOUNDS)
def test_a_component_lies_between_its_ends_both_included(key: str, name: str, edge: int) -> None:
    values = {**(YEAR if key == "yearly_score" else UNIT), name: edge}
    assert score(key, values).value is not None
    beyond = score(key, values | {name: edge + (Decimal("0.01") if edge else Decimal("-0.01"))})
    assert any("不在" in why for why in beyond.why)


@pytest.mark.parametrize(
    ("members", "checks", "expected"),
    [
        ([80, 90, Decimal("85.5")], [], "511/6"),
        ([80, 90], [2, Decimal("0.5")], "82.5"),
        ([80], [6, 6], 70),
        ([100], [0], 100),
        ([], [1], None),
        ([80, 101], [], None),
        (None, [], None),
        (80, [], None),
    ],
)
def test_a_list_of_numbers_gives_one(members: Any, checks: list[Any], expected: Any) -> None:
    values = {"checks": checks} | ({} if members is None else {"members": members})
    found = score("team_score", values)
    assert (None if found.value is None else plain(found.value)) == expected
    assert bool(found.why) == (expected is None)


@pytest.mark.parametrize(("how", "expected"), [("sum", 6), ("mean", 2), ("min", 1), ("max", 3), ("count", 3)])
def test_the_ways_to_make_one_number_of_a_list(how: str, expected: int) -> None:
    raw = {"label": "数", "components": {"each": {"label": "各"}}, "result": {"op": "over", "of": "each", "how": how}}
    assert evaluate(Formula.model_validate(raw), {"each": [3, 1, 2]}).value == expected
    empty = evaluate(Formula.model_validate(raw), {"each": []})
    assert empty.value == (0 if how in ("sum", "count") else None)


def test_the_score_of_another_formula_comes_with_its_own_trace() -> None:
    part = score("yearly_score", YEAR).trace["parts"]["regular_score"]
    assert (part["label"], part["clause"], part["value"]) == ("平时成绩", "SX-35-1", "535/6")
    assert recompute(part) == part["value"]
    given = evaluate(FORMULAS["yearly_score"], {**YEAR, "regular_score": 100}, None, FORMULAS)
    assert given.value == Decimal("90.2")  # 40 + 35.8 + 17.4 - 3


@pytest.mark.parametrize(
    ("changed", "missing", "why"),
    [
        ({"q1": None, "q2": None, "q4": None}, ("q1", "q2", "q3", "q4"), "缺少“第一季度”"),
        ({"bad": None}, ("q3", "bad"), "缺少“群众评差票”"),
        ({"good": 0, "fair": 0, "bad": 0}, ("q3",), "没有一张有效票"),
        ({"township": 101}, ("q3",), "“乡镇党委评分”101 不在"),
        ({"q1": 101}, ("q3",), "“第一季度”101 不在"),
        ({"stationed_days": None}, ("stationed_days", "q3"), "缺少“驻村天数”"),
        ({"complaints": "两次"}, ("q3",), "不是数"),
    ],
)
def test_what_is_missing_or_out_of_range_is_told_and_no_score_is_invented(
    changed: dict[str, Any], missing: tuple[str, ...], why: str
) -> None:
    values = {name: value for name, value in {**YEAR, **changed}.items() if value is not None}
    found = score("yearly_score", values)
    assert found.missing == missing
    assert any(why in told for told in found.why)
    assert found.value is None


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, "91.5"),  # 55 + 38 − 4 + 2.5
        ({"colour": "绿牌"}, "95.5"),
        ({"colour": "红牌", "visited": 18}, 84),  # six tenths
        ({"visited": 26}, 90),
        ({"visited": 17}, 89),
        ({"visited": 0, "households": 0}, 89),
        ({"colour": "蓝牌"}, None),
        ({"duties": 61}, None),
    ],
)
def test_words_shares_and_tables_give_numbers(changed: dict[str, Any], expected: Any) -> None:
    found = score("unit_score", {**UNIT, **changed})
    assert (None if found.value is None else plain(found.value)) == expected


@pytest.mark.parametrize(
    ("classes", "expected"), [({"poor"}, 24), ({"non_poor"}, 11), ({"poor", "red"}, 24), ({"red"}, None)]
)
def test_each_class_has_its_own_items(classes: set[str], expected: int | None) -> None:
    found = score("duty_score", {"roads": 5, "industry": 8, "visits": 11}, Case(village_classes=frozenset(classes)))
    assert found.value == expected


@settings(deadline=None)
@given(st.lists(st.integers(0, 100), min_size=4, max_size=4), st.permutations(["q1", "q2", "q3", "q4"]))
def test_a_mean_lies_between_its_parts_in_any_order(marks: list[int], names: list[str]) -> None:
    found = evaluate(FORMULAS["regular_score"], dict(zip(names, marks, strict=True)))
    assert found.value is not None
    assert min(marks) <= found.value <= max(marks)
    assert found.value * 4 == sum(marks)


def test_the_arithmetic_is_written_out_in_chinese() -> None:
    values = {"duties": 55, "support": 38, "colour": "黄牌", "visited": 27, "households": 30}
    assert [entry["text"] for entry in score("unit_score", values).trace["steps"]] == [
        "履职情况 55 + 支持情况 38 = 93",
        "亮牌“黄牌” = -4",
        "已走访户 27 ÷ 应走访户 30 = 0.9",
        "0.9 查表 = 2.5",
        "93 + -4 + 2.5 = 91.5",
        "单位得分 = 91.5",
    ]


def test_a_formula_survives_being_stored() -> None:
    for formula in FORMULAS.values():
        assert Formula.model_validate(json.loads(formula.model_dump_json(exclude_unset=True))) == formula


OTHERWISE = ("result", "otherwise", "of", "base", "parts")


@pytest.mark.parametrize(
    ("key", "at", "value", "place", "says"),
    [
        ("yearly_score", (*OTHERWISE, 0, "weight"), 30, OTHERWISE, "30 + 40 + 20 = 90，不等于 100"),
        ("yearly_score", (*OTHERWISE, 1, "of", "parts", 0, "weight"), 0.4, (*OTHERWISE, 1, "of", "parts"), "不等于 1"),
        ("yearly_score", (*OTHERWISE, 0, "of"), "regular", (*OTHERWISE, 0, "of"), "没有叫“regular”"),
        ("yearly_score", (*OTHERWISE, 2, "of", "points", "中"), 50, (*OTHERWISE, 2, "of", "points"), "对不上：中"),
        ("yearly_score", ("result", "bounds"), {}, ("result", "bounds"), "没有写界限"),
        ("yearly_score", ("components", "extra"), {"label": "多余"}, ("components", "extra"), "没有用到"),
        ("yearly_score", ("components", "good", "source"), "goods", ("components", "good", "source"), "没有叫“goods”"),
        ("unit_score", ("result", "of", 0, "whole"), 90, ("result", "of", 0, "whole"), "不等于满分 90"),
        ("unit_score", ("components", "duties", "between"), ..., ("result", "of", 0, "of", 0), "没有写最高分"),
        ("unit_score", ("result", "of", 1, "values", "黄牌"), ..., ("result", "of", 1, "values"), "没有写“黄牌”"),
        ("unit_score", ("result", "of", 1, "values", "蓝牌"), 1, ("result", "of", 1, "values", "蓝牌"), "没有“蓝牌”"),
        ("unit_score", ("result", "of", 2, "bands", 1, "under"), 0.8, ("result", "of", 2, "bands", 2), "空档"),
        ("unit_score", ("components", "colour", "vocabulary"), "color", ("components", "colour", "vocabulary"), "没有叫"),
        ("unit_score", ("components", "colour", "vocabulary"), ..., ("result", "of", 1, "of"), "没有写 vocabulary"),
        ("yearly_score", ("components", "unit", "by"), [{}], ("components", "unit", "by", 0), "office 或 relation"),
        ("team_score", ("result", "base", "of"), "member", ("result", "base", "of"), "没有叫“member”"),
        ("duty_score", ("result", "cases", 1, "applies"), {"unit_levels": ["city"]}, ("result", "cases", 1), "同时适用"),
        ("regular_score", ("components", "q4", "source"), "yearly_score", ("components",), "成了圈"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_formula_is_told_at_its_place(
    key: str, at: tuple[Any, ...], value: Any, place: tuple[Any, ...], says: str
) -> None:
    found = list(faults(spoiled("formulas", key, Formula, at, value), vocabularies=VOCABULARIES))
    message, instead = next(told for path, *told in found if path == (key, *place))
    assert says in message
    assert instead
    others = {fault[1] for fault in found} - {message}
    assert all("没有用到" in other or "成了圈" in other for other in others)


def test_the_shipped_example_has_no_faults() -> None:
    assert list(faults(FORMULAS, vocabularies=VOCABULARIES)) == []


def test_formulas_in_a_circle_are_not_followed_for_ever() -> None:
    looped = spoiled("formulas", "regular_score", Formula, ("components", "q4", "source"), "yearly_score")
    with pytest.raises(ValueError, match="成了圈"):
        evaluate(looped["yearly_score"], {name: value for name, value in YEAR.items() if name != "q4"}, None, looped)
