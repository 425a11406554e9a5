"""Faults of typing in the constructs, told to a clerk: where, what is wrong, what to write instead."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from apps.rules.language.entitlements import Entitlement
from apps.rules.language.ladders import Ladder
from apps.rules.language.nodes import Formula
from apps.rules.language.quotas import Quota
from apps.rules.language.selectors import Season
from apps.rules.language.spending import Fund
from apps.rules.refusals import refusal
from tests.rules.language.qinghe import text

PART = ("result", "otherwise", "of", "base", "parts", 1, "of", "parts", 0)
BAN = ("rungs", 1, "effects", 2)
FIRST = ("rungs", 0, "effects", 0)


@pytest.mark.parametrize(
    ("kind", "file", "key", "at", "value", "place", "says", "advises"),
    [
        (Formula, "formulas", "yearly_score", (*PART, "weihgt"), 1, (*PART, "weihgt"), "没有“weihgt”", "是不是 weight"),
        (Formula, "formulas", "yearly_score", (*PART, "weight"), "half", (*PART, "weight"), "“half”不是数字", "0.5"),
        (Formula, "formulas", "yearly_score", ("result", "op"), "gat", ("result", "op"), "不认识“gat”", "是不是 gate"),
        (Formula, "formulas", "yearly_score", ("result", "op"), ..., ("result",), "缺少“op”", "op: sum"),
        (Formula, "formulas", "yearly_score", ("result", "then"), [1], ("result", "then"), "名称: 内容", "名称: 内容"),
        (Formula, "formulas", "yearly_score", ("result", "otherwise", "mode"), "away", ("result", "otherwise", "mode"), "不认识“away”", "half_up"),
        (Ladder, "ladders", "absence_person", (*BAN, "length", "month"), 6, (*BAN, "length", "month"), "没有“month”", "是不是 months"),
        (Ladder, "ladders", "absence_person", (*BAN, "do"), "bann", (*BAN, "do"), "不认识“bann”", "是不是 ban"),
        (Ladder, "ladders", "absence_person", (*BAN, "do"), ..., BAN, "缺少“do”", "do: talk"),
        (Ladder, "ladders", "absence_person", (*FIRST, "whom"), ..., (*FIRST, "whom"), "缺少“whom”", "whom: person"),
        (Ladder, "ladders", "absence_person", (*FIRST, "whom"), "persn", (*FIRST, "whom", "subject"), "不认识“persn”", "是不是 person"),
        (Quota, "quotas", "commended", ("pools", "all", "percent"), "十", ("pools", "all", "percent"), "“十”不是数字", "90"),
        (Fund, "funds", "work_fund", ("uses", "rent", "yuan"), -3, ("uses", "rent", "yuan"), "“-3”不是金额", "两位小数"),
        (Entitlement, "entitlements", "work_fund", ("shares", "parts", "city"), "three", ("shares", "parts", "city"), "不是数字", "90"),
    ],
)  # fmt: skip
def test_a_fault_of_typing_is_told_at_its_place_with_what_to_write(
    kind: Any, file: str, key: str, at: tuple[Any, ...], value: Any, place: tuple[Any, ...], says: str, advises: str
) -> None:
    raw: Any = text(file)[key]
    held = raw
    for part in at[:-1]:
        held = held[part]
    if value is ...:
        del held[at[-1]]
    else:
        held[at[-1]] = value
    with pytest.raises(ValidationError) as caught:
        kind.model_validate(raw)
    told = [refusal(kind, error) for error in caught.value.errors() if error["type"] != "too_short"]
    assert any(path == place and says in message and advises in instead for path, message, instead in told), told


def test_a_day_of_the_year_is_told_too() -> None:
    with pytest.raises(ValidationError) as caught:
        Season.model_validate({"first": "6月", "last": "08-31"})
    assert refusal(Season, caught.value.errors()[0]) == (("first",), "“6月”不是月日。", "请写成 06-30 这样，并加引号。")
