"""Effects: on whom, from when to when, unless exempt; always proposals."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, get_args

import pytest
from pydantic import TypeAdapter, ValidationError

from apps.core.findings import Finding
from apps.rules.language.effect_words import words
from apps.rules.language.effects import AllowanceWithheld, Base, Effect, ScoreChange
from apps.rules.language.proposals import Occasion, changed_score, held_grade, proposal, span, target, withheld
from apps.rules.language.rule import Rule
from apps.rules.language.vocabularies import Vocabulary
from apps.rules.language.windows import Stretch
from apps.rules.trace import recompute
from tests.rules.language.qinghe import rules

VOCABULARIES = rules("vocabularies", Vocabulary)
EFFECT: TypeAdapter[Base] = TypeAdapter(Effect)
RULE = Rule(label="规定", clause="SX-33-1")
TERM = Stretch(date(2025, 3, 1), date(2027, 2, 28))


def effect(do: str, **more: Any) -> Base:
    return EFFECT.validate_python({"do": do, "whom": "person", **more})


@pytest.mark.parametrize(
    ("start", "length", "expected"),
    [
        ("decision", {"months": 6}, ("2026-08-31", "2027-02-28")),
        ("decision", {"years": 1}, ("2026-08-31", "2027-08-31")),
        ("event", {"months": 1}, ("2026-08-10", "2026-09-10")),
        ("event", {"days": 30}, ("2026-08-10", "2026-09-09")),
        ("event", {"until": "month_end"}, ("2026-08-10", "2026-08-31")),
        ("event", {"until": "quarter_end"}, ("2026-08-10", "2026-09-30")),
        ("event", {"until": "year_end"}, ("2026-08-10", "2026-12-31")),
        ("event", {"until": "term_end"}, ("2026-08-10", "2027-02-28")),
        ("event", {"until": "rectified"}, ("2026-08-10", None)),
        ("confirmation", {"months": 6}, (None, None)),
        ("next_month", {"months": 3}, ("2026-09-01", "2026-12-01")),
        ("month_begin", None, ("2026-08-01", None)),
        ("quarter_begin", None, ("2026-07-01", None)),
        ("year_begin", {"until": "year_end"}, ("2026-01-01", "2026-12-31")),
        (None, {"months": 6}, (None, None)),
    ],
)
def test_an_effect_runs_from_its_start_for_its_length_and_nothing_is_invented(
    start: str | None, length: dict[str, Any] | None, expected: tuple[str | None, str | None]
) -> None:
    occasion = Occasion(event=date(2026, 8, 10), decided=date(2026, 8, 31), term=TERM)
    found = span(effect("ban", what=["promotion"], start=start, length=length), occasion)
    assert tuple(day and day.isoformat() for day in found) == expected


def test_a_ban_waits_for_the_decision_that_begins_it() -> None:
    ban = effect("ban", what=["promotion"], start="decision", length={"months": 6})
    assert span(ban, Occasion(event=date(2026, 8, 10))) == (None, None)


@pytest.mark.parametrize(
    ("whom", "who"),
    [
        ("person", "p1"),
        ("unit", "u1"),
        ("unit_head", None),
        ("township_secretary", "township_secretary"),
        ({"relation": "principal", "of": "unit"}, "h1"),
        ({"relation": "principal", "of": "township_party_office"}, "h2"),
        ({"relation": "deputy_in_charge", "of": "unit"}, None),
    ],
)
def test_the_one_it_falls_on_is_found_by_kind_office_or_relation(whom: Any, who: str | None) -> None:
    occasion = Occasion(
        event=date(2026, 8, 10),
        subjects={"person": "p1", "unit": "u1"},
        related={("principal", "unit"): "h1", ("principal", "township_party_office"): "h2"},
    )
    assert target(effect("recall", whom=whom).whom, occasion) == who


def test_an_accepted_reason_exempts_and_is_shown() -> None:
    recall = effect("recall", unless=["illness", "disaster"])
    fallen = proposal(recall, RULE, Occasion(event=date(2026, 8, 10), reasons={"illness"}))
    assert (fallen.exempt, fallen.finding().severity) == ("illness", "notice")
    assert "不适用" in fallen.finding().message
    standing = proposal(recall, RULE, Occasion(event=date(2026, 8, 10), reasons={"holiday"}))
    assert (standing.exempt, standing.finding().severity) == (None, "block")


def test_a_proposal_becomes_a_finding_with_its_clause() -> None:
    ban = effect("ban", what=["promotion", "higher_title"], start="event", length={"years": 1}, modality="may")
    occasion = Occasion(event=date(2026, 8, 10), subjects={"person": "p1"})
    assert proposal(ban, RULE, occasion, clause="SX-40-7").finding() == Finding(
        "effect_ban",
        "notice",
        "建议：不得提拔重用、评聘高一级职称",
        "SX-40-7",
        inputs={"who": "p1", "first": "2026-08-10", "last": "2027-08-10", "due": None},
    )


@pytest.mark.parametrize(
    ("grade", "effects", "expected"),
    [
        ("优秀", [], "优秀"),
        ("优秀", [("grade_cap", "称职")], "称职"),
        ("不称职", [("grade_cap", "称职")], "不称职"),
        ("优秀", [("grade_fixed", "基本称职")], "基本称职"),
        ("不称职", [("grade_fixed", "称职")], "称职"),
        ("优秀", [("grade_fixed", "称职"), ("grade_fixed", "不合格")], "不合格"),
        ("优秀", [("grade_fixed", "优秀"), ("grade_cap", "基本合格")], "基本称职"),
    ],
)
def test_caps_and_fixed_grades_hold_a_grade(grade: str, effects: list[tuple[str, str]], expected: str) -> None:
    all_of = [effect(do, vocabulary="yearly_grades", grade=at) for do, at in effects]
    other = effect("grade_fixed", vocabulary="unit_grades", grade="不合格")
    assert held_grade([*all_of, other], grade, VOCABULARIES["yearly_grades"], "yearly_grades") == expected


@pytest.mark.parametrize(
    ("score", "points", "floor", "cap", "expected"),
    [
        (80, -5, None, None, 75),
        (3, -5, 0, None, 0),
        (-2, -5, 0, None, -2),  # already below: not lifted
        (Decimal("88.5"), Decimal("-0.8"), 60, None, "87.7"),
        (98, 5, None, 100, 100),
        (98, 5, 99, None, 103),  # a floor does not touch a gain
    ],
)
def test_a_score_changes_down_to_its_floor_and_up_to_its_cap(
    score: Any, points: Any, floor: Any, cap: Any, expected: Any
) -> None:
    change = effect("score", score="yearly_score", points=points, floor=floor, cap=cap)
    assert isinstance(change, ScoreChange)
    trace = changed_score(change, RULE, score)
    assert trace["value"] == recompute(trace) == expected


PAID = {f"2026-{month:02d}": 90000 for month in range(1, 13)}


@pytest.mark.parametrize(
    ("more", "fen"),
    [
        ({"period": "month"}, 90000),
        ({"period": "quarter"}, 270000),
        ({"period": "year"}, 1080000),
        ({"period": "month", "percent": 50}, 45000),
        ({"period": "month", "percent": "33.33"}, 29997),
        ({"period": "month", "percent": "33.3333"}, 29999),  # 29999.97 is cut
        ({"yuan": 200}, 20000),
        ({"yuan": 1000, "period": "month"}, 90000),  # no more than is due
    ],
)
def test_an_allowance_is_withheld_for_the_month_the_quarter_the_year_in_part_or_a_sum(
    more: dict[str, Any], fen: int
) -> None:
    lost = effect("allowance_withheld", **more)
    assert isinstance(lost, AllowanceWithheld)
    trace = withheld(lost, RULE, date(2026, 5, 10), PAID)
    assert trace["value"] == recompute(trace) == fen


SAMPLES: dict[str, tuple[dict[str, Any], str]] = {
    "grade_cap": ({"vocabulary": "yearly_grades", "grade": "称职"}, "等次不高于“称职”"),
    "grade_fixed": ({"vocabulary": "yearly_grades", "grade": "不称职"}, "等次定为“不称职”"),
    "score": ({"score": "unit_score", "points": -2, "floor": 0}, "扣 2 分，扣到 0 分为止"),
    "allowance_withheld": ({"period": "quarter", "percent": 50}, "扣发当季度补助的 50%"),
    "talk": ({"form": "admonition"}, "诫勉谈话"),
    "written_review": ({"to": "county_party_committee"}, "作书面检查"),
    "circular": ({"within": "county"}, "全县通报批评"),
    "honours_lost": ({"what": ["annual_excellence", "all_honours"]}, "取消当年考核评优资格、各类评先评优资格"),
    "ban": ({"what": ["promotion"]}, "不得提拔重用"),
    "file_entry": ({"file": "personnel"}, "记入本人档案"),
    "recall": ({}, "召回"),
    "replacement": ({"successor": "unit_head"}, "另行派人接替"),
    "suspension": ({"recheck": {"days": 30}}, "暂停，待复查"),
    "referral": ({"to": "organisational", "severe": True}, "从严从重组织处理"),
    "rectification": ({"recheck": True}, "限期整改并复查"),
    "post_measure": ({"measure": "removed"}, "免职"),
    "appointment": ({"post": "village_secretary"}, "兼任村党组织书记"),
    "service_not_counted": ({}, "本次驻村时间不计为基层工作经历"),
    "leniency": ({"kind": "none"}, "免除相关责任"),
    "commendation": ({"level": "county"}, "全县表扬"),
    "priority": ({"what": ["promotion", "reserve_list"]}, "优先提拔使用、列为后备干部"),
    "basis": ({"what": ["evaluation"]}, "作为综合评价的依据"),
}


def test_the_list_of_effects_is_closed_and_each_says_itself_in_chinese() -> None:
    union, _ = get_args(Effect)
    assert {get_args(kind.model_fields["do"].annotation)[0] for kind in get_args(union)} == set(SAMPLES)
    for do, (more, told) in SAMPLES.items():
        assert words(effect(do, **more)) == told
    with pytest.raises(ValidationError):
        effect("dismissal")
    with pytest.raises(ValidationError):
        effect("recall", months=3)
