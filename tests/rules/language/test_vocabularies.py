"""Grades, colours and lists as data: order, bands, mapping, open and closed lists."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from apps.rules.language.vocabularies import (
    Vocabulary,
    admission,
    at_or_below,
    counted_as,
    faults,
    graded,
    worse,
)
from tests.rules.language.qinghe import rules, spoiled

VOCABULARIES = rules("vocabularies", Vocabulary)
GRADES = VOCABULARIES["yearly_grades"]


@pytest.mark.parametrize(
    ("score", "chosen", "grade"),
    [
        (100, True, "优秀"),
        (90, True, "优秀"),
        (90, False, "称职"),
        (Decimal("89.99"), True, "称职"),
        (Fraction(269, 3), False, "称职"),
        (80, False, "称职"),
        (Decimal("79.9"), False, "基本称职"),
        (60, False, "基本称职"),
        (Decimal("59.99"), False, "不称职"),
        (0, False, "不称职"),
        (101, True, None),
        (-1, True, None),
    ],
)
def test_a_score_leads_to_its_grade_and_the_best_one_only_to_who_is_chosen(
    score: Any, chosen: bool, grade: str
) -> None:
    assert graded(GRADES, score, chosen=chosen) == grade


@pytest.mark.parametrize(
    ("one", "other", "lower"), [("优秀", "合格", "称职"), ("不称职", "优秀", "不称职"), ("称职", "称职", "称职")]
)
def test_the_worse_of_two_grades(one: str, other: str, lower: str) -> None:
    assert worse(GRADES, one, other) == worse(GRADES, other, one) == lower


def test_a_list_from_the_worst_word_on_knows_its_best() -> None:
    colours = VOCABULARIES["colours"]
    assert [colours.place(word) for word in ("绿牌", "黄牌", "红牌")] == [0, 1, 2]
    assert at_or_below(colours, "黄牌") == ("黄牌", "红牌")
    assert at_or_below(GRADES, "基本合格") == ("基本称职", "不称职")


@pytest.mark.parametrize(
    ("written", "unit"), [("优秀", "优秀"), ("合格", "合格"), ("称职", "合格"), ("不合格", "不合格")]
)
def test_a_grade_counts_as_the_units_grade(written: str, unit: str) -> None:
    assert counted_as(GRADES, written, "unit_grades") == unit
    assert counted_as(GRADES, written, "colours") is None


def test_what_has_no_order_or_is_not_in_the_list_has_no_place() -> None:
    with pytest.raises(ValueError, match="不分高低"):
        VOCABULARIES["work_forms"].place("入户")
    with pytest.raises(ValueError, match="没有“良好”"):
        GRADES.place("良好")


@pytest.mark.parametrize(
    ("key", "written", "reason", "code"),
    [
        ("work_forms", "入户", "", None),
        ("work_forms", "电话", "", "word_needs_reason"),
        ("work_forms", "电话", " ", "word_needs_reason"),
        ("work_forms", "电话", "道路不通", None),
        ("yearly_grades", "合格", "", None),
        ("yearly_grades", "良好", "理由", "word_not_in_list"),
    ],
)
def test_an_open_list_takes_other_words_with_a_reason_and_a_closed_one_none(
    key: str, written: str, reason: str, code: str | None
) -> None:
    found = admission(VOCABULARIES[key], written, reason)
    assert (found and found.code) == code
    assert found is None or (found.severity == "block" and found.clause == VOCABULARIES[key].clause)


@pytest.mark.parametrize(
    ("at", "value", "place", "says"),
    [
        (("words", 1, "band", "under"), 89, ("words", 0, "band"), "空档"),
        (("words", 1, "band", "under"), 91, ("words", 0, "band"), "重叠"),
        (("words", 1, "band"), ..., ("words",), "有的等次写了 band"),
        (("words", 1, "also"), ["优秀"], ("words", 1), "写了两次"),
        (("order",), "none", ("order",), "没有写次序"),
        (("words", 0, "otherwise"), ..., ("words", 0, "otherwise"), "没写不给时"),
        (("words", 0, "otherwise"), "良好", ("words", 0, "otherwise"), "没有另一个叫“良好”"),
        (("words", 0, "automatic"), True, ("words", 0, "otherwise"), "用不上"),
        (
            ("counts_as", "unit_grades", "words", "优秀"),
            "良好",
            ("counts_as", "unit_grades", "words", "优秀"),
            "没有“良好”",
        ),
        (("counts_as", "unit_grades", "words", "优秀"), ..., ("counts_as", "unit_grades", "words"), "没有写“优秀”"),
        (("counts_as", "unit_grades", "preset"), True, ("counts_as", "unit_grades"), "没有说明取哪种理解"),
        (("counts_as", "grades"), {"words": {"优秀": "优秀"}}, ("counts_as", "grades"), "没有叫“grades”的词表"),
    ],
)
def test_what_is_wrong_with_a_vocabulary_is_told_at_its_place(
    at: tuple[Any, ...], value: Any, place: tuple[Any, ...], says: str
) -> None:
    ((path, message, instead),) = faults(spoiled("vocabularies", "yearly_grades", Vocabulary, at, value))
    assert path == ("yearly_grades", *place)
    assert says in message
    assert instead


def test_the_shipped_example_has_no_faults() -> None:
    assert list(faults(VOCABULARIES)) == []
