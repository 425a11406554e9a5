"""Ladders: which effects are due at which count, score or grade."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from apps.rules.language.effects import ScoreChange
from apps.rules.language.ladders import Ladder, climbing, effects_of, faults, proposals
from apps.rules.language.proposals import Occasion, changed_score
from apps.rules.language.vocabularies import Vocabulary
from apps.rules.language.windows import Stretch
from tests.rules.language.qinghe import rules, spoiled, text

LADDERS = rules("ladders", Ladder)
VOCABULARIES = rules("vocabularies", Vocabulary)
FORMULAS = text("formulas")
ENTITLEMENTS = text("entitlements")
SOURCES = {*text("counters"), *FORMULAS, *VOCABULARIES}
OCCASION = Occasion(
    event=date(2026, 5, 10),
    subjects={"person": "p1", "unit": "u1"},
    related={("principal", "unit"): "h1", ("org_dept_at_level", "unit"): "county_org_dept"},
)


def due(key: str, at: Any, before: Any = None) -> list[str]:
    return [found.effect.do for found in effects_of(LADDERS[key], at, before)]  # type: ignore[attr-defined]


FIRST = ["allowance_withheld"]
SECOND = ["allowance_withheld", "talk", "ban", "honours_lost"]
THIRD = ["recall", "replacement"]


@pytest.mark.parametrize(
    ("at", "before", "expected"),
    [
        (0, None, []),
        (1, None, FIRST),
        (2, None, FIRST + SECOND),
        (3, None, FIRST + SECOND + THIRD),
        (9, None, FIRST + SECOND + THIRD),
        (1, 0, FIRST),
        (2, 1, SECOND),
        (3, 2, THIRD),
        (3, 1, SECOND + THIRD),
        (4, 3, []),
        (2, 2, []),
    ],
)
def test_a_cumulative_ladder_adds_up_and_with_the_count_before_gives_what_is_new(
    at: int, before: int | None, expected: list[str]
) -> None:
    assert due("absence_person", at, before) == expected


@pytest.mark.parametrize(
    ("at", "before", "expected"),
    [
        (1, 0, ["circular"]),
        (2, None, ["talk", "talk", "replacement"]),
        (2, 1, ["talk", "talk", "replacement"]),
        (3, 2, ["talk", "talk", "replacement"]),  # repeated with every further one
        (3, 3, []),
        (1, 2, ["circular"]),
    ],
)
def test_a_ladder_of_the_highest_rung_only_repeats_its_last(at: int, before: int | None, expected: list[str]) -> None:
    assert due("unit_recalled", at, before) == expected


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (5, []),
        (Decimal("5.5"), ["talk"]),
        (10, ["talk"]),
        (Decimal("10.5"), ["grade_cap", "rectification"]),
        (30, ["grade_cap", "rectification"]),
    ],
)
def test_bands_give_the_effects_of_the_one_that_holds_the_number(days: Decimal | int, expected: list[str]) -> None:
    assert due("late_leave", days) == expected


@pytest.mark.parametrize(
    ("grade", "expected"),
    [
        ("优秀", []),
        ("称职", []),
        ("基本称职", ["grade_fixed", "file_entry"]),
        ("不称职", ["grade_fixed", "file_entry", "suspension"]),
    ],
)
def test_a_grade_climbs_as_a_number_does(grade: str, expected: list[str]) -> None:
    assert due("low_grade", grade) == expected


def test_several_ladders_climb_on_one_counter_for_different_subjects() -> None:
    assert list(climbing(LADDERS, "absences")) == ["absence_person", "absence_unit"]
    found = [told for ladder in climbing(LADDERS, "absences").values() for told in proposals(ladder, 3, OCCASION, 2)]
    assert [(told.do, told.who, told.by, told.clause) for told in found] == [
        ("recall", "p1", ("county_org_dept",), "SX-33-4"),
        ("replacement", "u1", (), "SX-33-4"),
        ("talk", "h1", ("county_leading_group",), "SX-33-5"),
        ("score", "u1", (), "SX-33-5"),
    ]


def test_each_effect_has_its_own_clause_and_modality_then_its_rungs_then_the_ladders() -> None:
    found = proposals(LADDERS["absence_person"], 2, OCCASION)
    told = [(one.do, one.clause, one.modality) for one in found]
    assert told == [
        ("allowance_withheld", "SX-33-1", "must"),
        ("allowance_withheld", "SX-33-2", "must"),
        ("talk", "SX-33-2", "must"),
        ("ban", "SX-33-2", "forbidden"),
        ("honours_lost", "SX-33-3", "must"),
    ]
    assert [one.modality for one in proposals(LADDERS["late_leave"], 8, OCCASION)] == ["in_principle"]
    assert [one.modality for one in proposals(LADDERS["unit_recalled"], 1, OCCASION)] == ["may"]
    assert {one.modality for one in proposals(LADDERS["unit_recalled"], 2, OCCASION)} == {"must"}


def test_the_points_taken_from_a_units_score() -> None:
    (_, change) = proposals(LADDERS["absence_unit"], 3, OCCASION)
    assert isinstance(change.effect, ScoreChange)
    assert (change.text, change.who) == ("扣 2 分，扣到 0 分为止", "u1")
    assert [changed_score(change.effect, LADDERS["absence_unit"], score)["value"] for score in (90, 1)] == [88, 0]


@pytest.mark.parametrize(
    ("key", "at", "expected"),
    [
        ("absence_person", 2, [
            ("allowance_withheld", None, None, None),
            ("allowance_withheld", None, None, None),
            ("talk", None, None, None),
            ("ban", "2026-06-30", "2026-12-30", None),
            ("honours_lost", "2026-01-01", "2027-02-28", None),
        ]),
        ("absence_person", 3, [("recall", None, None, None), ("replacement", None, None, "2026-07-15")]),
        ("late_leave", 11, [("grade_cap", None, None, None), ("rectification", None, None, "2026-07-30")]),
        ("low_grade", "不称职", [("suspension", "2026-06-01", "2026-07-01", "2026-07-01")]),
    ],
)  # fmt: skip
def test_the_days_of_what_is_proposed(key: str, at: Any, expected: list[tuple[str, ...]]) -> None:
    occasion = Occasion(
        event=date(2026, 5, 10),
        decided=date(2026, 6, 30),
        term=Stretch(date(2025, 3, 1), date(2027, 2, 28)),
    )
    found = proposals(LADDERS[key], at, occasion)[-len(expected) :]
    days = [tuple(day and day.isoformat() for day in (one.first, one.last, one.due)) for one in found]
    assert [(one.do, *told) for one, told in zip(found, days, strict=True)] == expected


def test_alternatives_share_a_choice_that_a_person_makes() -> None:
    found = proposals(LADDERS["unit_recalled"], 2, OCCASION)
    assert {one.choice for one in found} == {"unit_recalls:1"}
    assert [one.text for one in found] == ["约谈", "诫勉谈话", "另行派人接替（须认定：影响较大的）"]
    assert [one.choice for one in proposals(LADDERS["unit_recalled"], 1, OCCASION)] == [None]


@pytest.mark.parametrize(
    ("key", "at", "value", "place", "says"),
    [
        ("absence_person", ("climbs",), "absense", ("climbs",), "没有叫“absense”"),
        ("absence_person", ("rungs", 1, "at_least"), 1, ("rungs", 1), "不在上一级"),
        ("absence_person", ("rungs", 2, "at_least"), 1, ("rungs", 2), "不在上一级"),
        ("absence_person", ("rungs", 0, "at_least"), ..., ("rungs", 0), "要写数的界限"),
        ("absence_person", ("rungs", 0, "choose"), "one", ("rungs", 0, "choose"), "没有什么可选"),
        ("absence_person", ("rungs", 0, "effects", 0, "allowance"), "bord", ("rungs", 0, "effects", 0, "allowance"), "没有叫“bord”"),
        ("absence_person", ("rungs", 0, "effects", 0, "period"), ..., ("rungs", 0, "effects", 0), "扣发多少"),
        ("absence_person", ("rungs", 0, "effects", 0, "percent"), 120, ("rungs", 0, "effects", 0, "percent"), "120"),
        ("absence_person", ("rungs", 1, "effects", 2, "length"), ..., ("rungs", 1, "effects", 2, "length"), "没有写多久"),
        ("absence_person", ("rungs", 1, "effects", 2, "start"), ..., ("rungs", 1, "effects", 2, "start"), "从哪天起"),
        ("absence_person", ("rungs", 1, "effects", 2, "length"), {"months": 6, "years": 1}, ("rungs", 1, "effects", 2, "length"), "其中一个"),
        ("absence_person", ("rungs", 0, "effects", 0, "unless"), ["ilness"], ("rungs", 0, "effects", 0, "unless", 0), "没有“ilness”"),
        ("absence_unit", ("rungs", 0, "effects", 0, "by"), [{"relation": "principal"}], ("rungs", 0, "effects", 0, "by", 0), "没有说是谁的"),
        ("absence_unit", ("rungs", 0, "effects", 0, "preset"), True, ("rungs", 0, "effects", 0), "没有说明取哪种理解"),
        ("absence_unit", ("rungs", 0, "effects", 0, "whom"), {"relation": "principal"}, ("rungs", 0, "effects", 0, "whom"), "之一"),
        ("absence_unit", ("rungs", 0, "effects", 1, "score"), "unit_scores", ("rungs", 0, "effects", 1, "score"), "没有叫“unit_scores”"),
        ("absence_person", ("rungs", 2, "effects", 1, "due", "after"), "leave", ("rungs", 2, "effects", 1, "due"), "不知道是哪一天"),
        ("absence_person", ("rungs", 2, "effects", 1, "due", "workdays"), 3, ("rungs", 2, "effects", 1, "due"), "只能有一种"),
        ("late_leave", ("rungs", 0, "up_to"), 9, ("rungs", 1), "空档"),
        ("late_leave", ("rungs", 1, "effects", 0, "grade"), "良好", ("rungs", 1, "effects", 0, "grade"), "没有“良好”"),
        ("late_leave", ("rungs", 1, "effects", 0, "vocabulary"), "grades", ("rungs", 1, "effects", 0, "vocabulary"), "没有叫“grades”"),
        ("low_grade", ("rungs", 1, "grades"), ["很差"], ("rungs", 1, "grades", 0), "没有“很差”"),
        ("low_grade", ("rungs", 1, "effects", 0, "if_failed"), "absence", ("rungs", 1, "effects", 0, "if_failed"), "没有叫“absence”"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_ladder_is_told_at_its_place(
    key: str, at: tuple[Any, ...], value: Any, place: tuple[Any, ...], says: str
) -> None:
    found = faults(
        spoiled("ladders", key, Ladder, at, value),
        sources=SOURCES,
        scores=FORMULAS,
        vocabularies=VOCABULARIES,
        allowances=ENTITLEMENTS,
        reasons=["illness"],
    )
    ((path, message, instead), *rest) = found
    assert path == (key, *place)
    assert says in message
    assert instead
    assert rest == []


def test_the_shipped_example_has_no_faults() -> None:
    found = faults(LADDERS, sources=SOURCES, scores=FORMULAS, vocabularies=VOCABULARIES, allowances=ENTITLEMENTS)
    assert list(found) == []


def test_a_choice_may_stand_beside_what_is_due_anyway() -> None:
    talk, measure = ({"do": "talk", "form": form, "whom": "person"} for form in ("admonition", "interview"))
    rungs: list[dict[str, Any]] = [
        {"at_least": 2, "effects": [talk]},
        {"at_least": 2, "choose": "one", "effects": [talk, measure]},
    ]
    raw = {"label": "阶梯", "climbs": "absences", "rungs": rungs}
    assert list(faults({"it": Ladder.model_validate(raw)}, sources=["absences"])) == []
    rungs[1]["choose"] = "all"
    assert len(list(faults({"it": Ladder.model_validate(raw)}, sources=["absences"]))) == 1


@pytest.mark.parametrize(
    ("bands", "wrong"),
    [
        ([{"under": 80}, {"under": 60}], False),
        ([{"under": 60}, {"under": 80}], True),
        ([{"over": 3}, {"at_least": 3}], True),
        ([{"at_least": 3}, {"over": 3}], False),
        ([{"at_least": 60, "under": 80}, {"under": 60}], False),  # from the best down
        ([{"at_least": 61, "under": 80}, {"under": 60}], True),
    ],
)
def test_rungs_stand_from_the_mildest_to_the_gravest(bands: list[dict[str, int]], wrong: bool) -> None:
    effects = [{"do": "talk", "form": "reminder", "whom": "person"}]
    rungs = [band | {"effects": effects} for band in bands]
    ladder = Ladder.model_validate({"label": "阶梯", "climbs": "absences", "mode": "highest", "rungs": rungs})
    assert bool(list(faults({"it": ladder}, sources=["absences"]))) == wrong
