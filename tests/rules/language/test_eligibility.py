"""Eligibility: three answers to every condition, and findings with the clause of the condition that fails."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from apps.rules.language.conditions import Condition, Facts, Happened, Held, judge
from apps.rules.language.eligibility import Eligibility, faults, verdict

PACK = Path(__file__).parent.parent / "packs" / "shixi" / "eligibility.yaml"
READ = TypeAdapter(dict[str, Eligibility])
RULES = READ.validate_python(yaml.safe_load(PACK.read_text("utf-8"))["eligibility"])
FIRST = RULES["first_secretary"]
TODAY = date(2024, 9, 2)
FIT = Facts(
    on=TODAY,
    values={
        "age": date(1974, 6, 30),
        "party": "full_member",
        "party_years": date(2023, 9, 2),
        "education": "college",
        "health": "fit",
        "statuses": frozenset({"在编"}),
        "retired": False,
        "skills": frozenset({"畜牧", "英语"}),
    },
    declared={"政治素质好": True},
    events={"sanction": (), "grade": (Happened(date(2023, 12, 31), "excellent"),)},
    postings=(Held("first_secretary", date(2019, 3, 1), date(2021, 2, 28)),),
)


def changed(**values: Any) -> Facts:
    return replace(FIT, values={**FIT.values, **values})


def without(*names: str) -> Facts:
    return replace(FIT, values={name: value for name, value in FIT.values.items() if name not in names})


def test_the_pack_has_no_fault() -> None:
    assert list(faults(RULES)) == []


def test_who_fulfils_all_is_eligible_and_his_merits_are_told() -> None:
    found = verdict(FIRST, FIT)
    assert (found.state, found.findings) == ("eligible", ())
    assert found.preferred == ("涉农专长",)
    assert found.unknown == ("后备干部",)


@pytest.mark.parametrize(
    ("facts", "clause"),
    [
        (changed(age=date(1973, 6, 30)), "SX-4-1"),  # completes 51 on the day that counts
        (changed(age=51), "SX-4-1"),
        (changed(party="probationary_member"), "SX-4-2"),
        (changed(party_years=date(2023, 9, 3)), "SX-4-2"),
        (changed(education="senior_middle", rural_years=9), "SX-4-3"),
        (changed(health="unfit"), "SX-4-4"),
        (replace(FIT, declared={"政治素质好": False}), "SX-4-5"),
        (replace(FIT, events={**FIT.events, "sanction": (Happened(date(2022, 9, 2)),)}), "SX-4-6"),
        (replace(FIT, postings=(Held("leader", date(2024, 1, 1)),)), "SX-4-8"),
        (changed(statuses=frozenset({"在编", "公益性岗位"})), "SX-4-9"),
        (changed(retired=True), "SX-4-9"),
    ],
)
def test_a_condition_that_fails_is_told_with_its_own_clause(facts: Facts, clause: str) -> None:
    found = verdict(FIRST, facts)
    assert found.state == "not_eligible"
    assert [(finding.code, finding.severity, finding.clause) for finding in found.findings] == [
        ("not_eligible", "block", clause)
    ]


@pytest.mark.parametrize(
    "facts",
    [
        changed(age=date(1973, 7, 1)),
        changed(age=50),
        changed(education="senior_middle", rural_years=10),
        changed(education="doctor"),
        replace(FIT, events={**FIT.events, "sanction": (Happened(date(2022, 9, 1)),)}),
        replace(FIT, events={**FIT.events, "grade": (Happened(date(2021, 9, 1), "poor"),)}),
        replace(FIT, postings=(Held("leader", date(2024, 1, 1), date(2024, 9, 1)),)),
        replace(FIT, postings=(Held("member", date(2024, 1, 1)),)),
        replace(FIT, postings=()),
    ],
)
def test_what_lies_just_inside_passes(facts: Facts) -> None:
    assert verdict(FIRST, facts).state == "eligible"


@pytest.mark.parametrize(
    ("facts", "clause"),
    [
        (without("age"), "SX-4-1"),
        (without("health"), "SX-4-4"),
        (without("retired"), "SX-4-9"),
        (changed(education="senior_middle"), "SX-4-3"),
        (changed(education="夜校"), "SX-4-3"),
        (replace(FIT, declared={}), "SX-4-5"),
        (replace(FIT, events={"grade": ()}), "SX-4-6"),
        (replace(FIT, postings=None), "SX-4-8"),
    ],
)
def test_what_is_not_known_is_to_be_stated_and_never_passes(facts: Facts, clause: str) -> None:
    found = verdict(FIRST, facts)
    assert found.state == "to_be_stated"
    assert [(finding.code, finding.severity, finding.clause) for finding in found.findings] == [
        ("to_be_stated", "block", clause)
    ]


def test_a_condition_with_a_modality_of_its_own_warns() -> None:
    facts = replace(FIT, events={"sanction": (), "grade": (Happened(date(2021, 9, 2), "basic"),)})
    assert [(finding.severity, finding.clause) for finding in verdict(FIRST, facts).findings] == [("warn", "SX-4-7")]
    assert (
        verdict(RULES["party_work_village"], changed(experience=frozenset({"财务"}))).findings[0].severity == "notice"
    )


def test_several_reasons_are_told_each() -> None:
    found = verdict(FIRST, replace(changed(party="none", retired=True), postings=None))
    assert [(finding.code, finding.clause) for finding in found.findings] == [
        ("not_eligible", "SX-4-2"),
        ("to_be_stated", "SX-4-8"),
        ("not_eligible", "SX-4-9"),
    ]


@pytest.mark.parametrize(
    ("ground", "state", "code", "clause"),
    [
        ("illness", "eligible", None, None),
        ("left_unit", "eligible", None, None),
        ("unit_needs", "not_eligible", "ground_refused", "SX-20-2"),
        ("promotion", "not_eligible", "ground_refused", "SX-20-1"),
        ("家中失火", "to_be_stated", "ground_to_be_judged", "SX-20-1"),
        (None, "to_be_stated", "to_be_stated", "SX-20-1"),
    ],
)
def test_grounds_are_taken_refused_or_left_to_judgement(
    ground: str | None, state: str, code: str | None, clause: str | None
) -> None:
    found = verdict(RULES["replacement"], FIT, ground)
    assert found.state == state
    assert [(finding.code, finding.clause) for finding in found.findings] == ([(code, clause)] if code else [])


def test_a_closed_list_takes_no_other_ground() -> None:
    raw = RULES["replacement"].model_dump(mode="json")
    raw["grounds"]["open_list"] = False
    found = verdict(Eligibility.model_validate(raw), FIT, "家中失火")
    assert [(finding.code, finding.severity) for finding in found.findings] == [("ground_not_listed", "block")]


@pytest.mark.parametrize(
    ("written", "holds"),
    [
        ({"posting": "earlier", "months": {"at_least": 24}}, True),  # 1 March 2019 to 28 February 2021
        ({"posting": "earlier", "months": {"over": 24}}, False),
        ({"posting": "any", "roles": ["first_secretary"], "within": {"years": 3}}, False),
        ({"posting": "any", "roles": ["first_secretary"], "within": {"years": 4}}, True),
        ({"posting": "current"}, False),
        ({"event": "grade", "kinds": ["excellent"], "within": {"months": 9}}, True),
        ({"event": "grade", "kinds": ["excellent"], "within": {"months": 8}}, False),
        ({"event": "grade", "at_least": 2}, False),
        ({"fact": "education", "no_higher_than": "college"}, True),
        ({"fact": "education", "no_lower_than": "bachelor"}, False),
        ({"fact": "rank", "no_lower_than": "section"}, None),
        ({"measured": "poor_rate", "over": 10}, None),
        ({"fact": "skills", "one_of": ["法律"]}, False),
    ],
)
def test_history_postings_and_order(written: dict[str, Any], holds: bool | None) -> None:
    assert judge(Condition.model_validate(written), FIT) is holds


def test_months_in_the_village_count_whole_months() -> None:
    half_year = Condition.model_validate({"fact": "stationed_months", "at_least": 6})
    assert judge(half_year, replace(FIT, on=date(2024, 6, 30), values={"stationed_months": date(2024, 1, 1)})) is True
    assert judge(half_year, replace(FIT, on=date(2024, 6, 29), values={"stationed_months": date(2024, 1, 1)})) is False


ANSWERS = st.lists(st.sampled_from([True, False, None]), min_size=1, max_size=4)


@given(ANSWERS)
def test_all_any_and_none_follow_three_valued_logic(answers: list[bool | None]) -> None:
    names = [f"d{index}" for index in range(len(answers))]
    known = {name: answer for name, answer in zip(names, answers, strict=True) if answer is not None}
    facts = Facts(on=TODAY, declared=known)
    parts = [{"declared": name} for name in names]
    whole, some, none = (judge(Condition.model_validate({word: parts}), facts) for word in ("all", "any", "none"))
    assert whole is (False if False in answers else None if None in answers else True)
    assert some is (True if True in answers else None if None in answers else False)
    assert none is (None if some is None else not some)


@pytest.mark.parametrize(
    ("written", "word", "place"),
    [
        ({}, "没有写任何条件", ()),
        ({"requires": {"label": "x"}}, "一个也没有写", ("requires",)),
        ({"requires": {"fact": "age", "event": "sanction", "up_to": 3}}, "fact、event", ("requires",)),
        ({"requires": {"any": []}}, "里面没有条件", ("requires", "any")),
        ({"requires": [{"fact": "age"}]}, "是数字", ("requires", "all", 0)),
        ({"requires": [{"fact": "age", "one_of": ["45"]}]}, "是数字", ("requires", "all", 0)),
        ({"requires": [{"fact": "party", "at_least": 1}]}, "是词", ("requires", "all", 0)),
        ({"excludes": [{"fact": "retired", "one_of": ["yes"]}]}, "只有是和否", ("excludes", "any", 0)),
        ({"requires": {"fact": "age", "at_least": 50, "up_to": 45}}, "空的", ("requires",)),
        ({"requires": {"fact": "party", "no_lower_than": "full_member"}}, "没有高低", ("requires", "no_lower_than")),
        (
            {"prefers": [{"fact": "education", "no_lower_than": "colege"}]},
            "没有“colege”",
            ("prefers", 0, "no_lower_than"),
        ),
        ({"requires": {"measured": "poor_rate"}}, "没有写界限", ("requires",)),
        ({"grounds": {}}, "一个理由也没有", ("grounds",)),
        ({"grounds": {"accepted": {"a": "病"}, "refused": {"a": "病"}}}, "既算理由", ("grounds", "refused", "a")),
        ({"requires": {"declared": "x", "by": {"relation": "principal"}}}, "没有说是谁的", ("requires", "by", 0)),
    ],
)
def test_the_linter_tells_what_is_wrong(written: dict[str, Any], word: str, place: tuple[Any, ...]) -> None:
    found = list(faults(READ.validate_python({"one": {"label": "一", **written}})))
    assert [(path, word in message) for path, message, _ in found] == [(("eligibility", "one", *place), True)], found


def test_a_rule_survives_being_written_out() -> None:
    for rule in RULES.values():
        assert Eligibility.model_validate(rule.model_dump(mode="json", exclude_unset=True)) == rule
