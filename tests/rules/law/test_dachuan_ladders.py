"""达川委办〔2017〕96号 三（一）: criticisms, the last two places, major problems, and what follows for whom."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from apps.rules.language.ladders import proposals
from apps.rules.language.proposals import Occasion
from tests.rules.law.dachuan_case import HEAD, ORG, RELATED, TERM, WHO, Find, number, proposed

THIRD_CRITICISM = [
    ("DC-3.1.1-3", "诫勉谈话", HEAD, (), "must", None, None),
    ("DC-3.1.1-4", "取消当年考核评优资格、本任期考核评优资格", HEAD, (), "must", None, None),
    ("DC-3.1.1-4", "取消各类评先评优资格", HEAD, (), "must", "2026-05-12", "2027-02-28"),
    ("DC-3.1.1-5", "不得提拔重用", HEAD, (), "forbidden", "2026-05-12", "2026-11-12"),
]


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        pytest.param(0, [], marks=pytest.mark.clause("DC-3.1.1-1")),
        pytest.param(
            1,
            [
                ("DC-3.1.1-1", "作书面检查", "相关责任人", (), "must", None, None),
                ("DC-3.1.1-1", "作书面检查", HEAD, (), "must", None, None),
            ],
            marks=pytest.mark.clause("DC-3.1.1-1"),
        ),
        pytest.param(
            2,
            [
                ("DC-3.1.1-2", "约谈", "相关责任人", ORG, "must", None, None),
                ("DC-3.1.1-2", "约谈", HEAD, ORG, "must", None, None),
            ],
            marks=pytest.mark.clause("DC-3.1.1-2"),
        ),
        pytest.param(
            3, THIRD_CRITICISM, marks=pytest.mark.clause("DC-3.1.1-3", "DC-3.1.1-4", "DC-3.1.1-5")
        ),
        pytest.param(4, THIRD_CRITICISM, marks=pytest.mark.clause("DC-3.1.1-3")),
    ],
)  # fmt: skip
def test_each_written_criticism_climbs_one_step_and_a_fourth_repeats_the_third(
    rule: Find, at: int, expected: list[Any]
) -> None:
    assert proposed(rule, "district_criticism", at) == expected


@pytest.mark.clause("DC-3.1.1-1", "DC-3.1.1-2", "DC-3.1.1-3")
def test_the_steps_add_up(rule: Find) -> None:
    case = Occasion(date(2026, 5, 12), term=TERM, related=RELATED)
    found = proposals(rule("dachuan", "ladders.district_criticism"), 3, case)
    assert [one.clause for one in found][:5] == ["DC-3.1.1-1"] * 2 + ["DC-3.1.1-2"] * 2 + ["DC-3.1.1-3"]


@pytest.mark.clause("DC-3.1.1-1")
def test_a_written_self_criticism_goes_to_the_district_committee(rule: Find) -> None:
    found = proposals(rule("dachuan", "ladders.district_criticism"), 1, Occasion(date(2026, 5, 12), related=RELATED))
    assert {one.effect.to.resolved({}) for one in found} == {"county_party_committee"}  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (["2025-03-01", "2025-12-31", "2026-05-12"], 3),  # over the years of one term
        (["2025-02-28", "2025-12-31", "2026-05-12"], 2),  # the first lies in the term before
    ],
)
@pytest.mark.clause("DC-3.1.1-1", "DC-3.1.1-3")
def test_criticisms_are_counted_for_the_unit_within_the_term(rule: Find, days: list[str], expected: int) -> None:
    assert number(rule, "district_criticisms", days, "district_criticism", person="别人") == expected
    assert number(rule, "district_criticisms", days, "district_criticism", unit="别的单位") == 0
    assert number(rule, "district_criticisms", days, "superior_criticism") == 0


@pytest.mark.clause("DC-3.1.1-6")
def test_a_criticism_from_above_opens_a_severe_case_at_the_first_time(rule: Find) -> None:
    assert proposed(rule, "superior_criticism", 1) == [
        ("DC-3.1.1-6", "从严从重组织处理", "单位", (), "must", None, None)
    ]
    assert number(rule, "superior_criticisms", ["2026-05-12"], "superior_criticism") == 1
    assert number(rule, "superior_criticisms", ["2026-05-12"], "district_criticism") == 0


@pytest.mark.clause("DC-3.1.2-1")
def test_one_year_among_the_last_two_is_a_talk_of_one_of_two_kinds(rule: Find) -> None:
    assert number(rule, "area_bottom_years", ["2026-01-20"], "area_bottom") == 1
    case = Occasion(date(2026, 1, 20), subjects=WHO, related=RELATED)
    found = proposals(rule("dachuan", "ladders.area_bottom"), 1, case, 0)
    assert [(one.clause, one.text, one.who, one.modality) for one in found] == [
        ("DC-3.1.2-1", "约谈", HEAD, "must"),
        ("DC-3.1.2-1", "诫勉谈话", HEAD, "must"),
    ]
    assert len({one.choice for one in found}) == 1
    assert found[0].choice is not None


@pytest.mark.parametrize(
    ("days", "years"),
    [
        (["2024-01-20", "2025-01-20"], 2),
        (["2023-01-20", "2025-01-20"], 1),  # a year between breaks the row
        (["2025-01-20", "2025-06-20"], 1),  # twice in one year is one year
        (["2022-01-20", "2023-01-20", "2025-01-20"], 1),  # two years running, but not the last two
    ],
)
@pytest.mark.parametrize(
    ("key", "kind", "chief"),
    [
        ("area_bottom", "area_bottom_years", HEAD),
        ("area_bottom_township", "area_bottom_township_years", "乡镇主要负责人"),
    ],
)
@pytest.mark.clause("DC-3.1.2-2")
def test_two_years_running_are_the_removal_of_the_chief(
    rule: Find, days: list[str], years: int, key: str, kind: str, chief: str
) -> None:
    at = number(rule, kind, days, "area_bottom")
    assert at == years
    removal = ("DC-3.1.2-2", "免职", chief, (), "must", None, None)
    assert (removal in proposed(rule, key, at)) is (years == 2)
    assert (removal in proposed(rule, key, 1)) is False


@pytest.mark.parametrize(
    ("key", "kind", "chief"),
    [
        ("major_problem", "major_problems", HEAD),
        ("major_problem_township", "major_problems_township", "乡镇主要负责人"),
    ],
)
@pytest.mark.clause("DC-3.1.2-3")
def test_a_major_problem_removes_the_chief_where_it_is_judged_to_harm_the_district(
    rule: Find, key: str, kind: str, chief: str
) -> None:
    assert number(rule, kind, ["2026-05-12"], "major_problem") == 1
    assert proposed(rule, key, 0) == []
    assert proposed(rule, key, 1) == [
        ("DC-3.1.2-3", "免职（须认定：影响全区驻村帮扶总体成绩的）", chief, (), "must", None, None)
    ]


@pytest.mark.parametrize("kind", ["liaison_forces_short", "liaison_guidance_short", "liaison_solving_short"])
@pytest.mark.clause("DC-3.1.3-1")
def test_any_of_three_failings_of_a_liaison_leader_is_a_self_criticism_to_the_standing_committee(
    rule: Find, kind: str
) -> None:
    at = number(rule, "liaison_failings", ["2026-05-12"], kind)
    assert proposed(rule, "liaison_failing", at) == [("DC-3.1.3-1", "作书面检查", "干部", (), "must", None, None)]
    (effect,) = rule("dachuan", "ladders.liaison_failing").rungs[0].effects
    assert effect.to.resolved({}) == "county_standing_committee"
    assert number(rule, "liaison_failings", ["2026-05-12"], "district_criticism") == 0


@pytest.mark.parametrize(
    ("counter", "kind", "subject"),
    [
        pytest.param("superior_criticisms", "superior_criticism", "unit", marks=pytest.mark.clause("DC-3.1.1-6")),
        pytest.param("major_problems", "major_problem", "unit", marks=pytest.mark.clause("DC-3.1.2-3")),
        pytest.param("major_problems_township", "major_problem", "township", marks=pytest.mark.clause("DC-3.1.2-3")),
        pytest.param("liaison_failings", "liaison_guidance_short", "person", marks=pytest.mark.clause("DC-3.1.3-1")),
    ],
)
def test_each_of_these_stands_for_itself_and_for_its_own_subject(
    rule: Find, counter: str, kind: str, subject: str
) -> None:
    assert number(rule, counter, ["2026-05-11", "2026-05-12"], kind) == 1
    assert number(rule, counter, ["2026-05-12"], kind, **{subject: "另一个"}) == 0


@pytest.mark.parametrize(
    ("counter", "subject"), [("area_bottom_years", "unit"), ("area_bottom_township_years", "township")]
)
@pytest.mark.clause("DC-3.1.2-1", "DC-3.1.2-2")
def test_places_are_counted_for_units_and_townships_apart(rule: Find, counter: str, subject: str) -> None:
    assert number(rule, counter, ["2025-01-20", "2026-01-20"], "area_bottom", **{subject: "另一个"}) == 0
