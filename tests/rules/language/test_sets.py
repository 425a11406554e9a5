"""Sets: days on which too few are present, and teams that lack somebody."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from apps.rules.language.composition import set_findings
from apps.rules.language.conditions import Facts
from apps.rules.language.on_duty import Member, Short, floor_due, leave_findings, rota_findings, short_days
from apps.rules.language.sets import Floor, SetRule, faults
from apps.rules.language.windows import Stretch

PACK = Path(__file__).parent.parent / "packs" / "shixi" / "sets.yaml"
READ = TypeAdapter(dict[str, SetRule])
RULES = READ.validate_python(yaml.safe_load(PACK.read_text("utf-8"))["sets"])
TODAY = date(2026, 3, 2)


def march(first: int, last: int) -> Stretch:
    return Stretch(date(2026, 3, first), date(2026, 3, last))


def person(name: str, *roles: str, **more: Any) -> Member:
    values = {word: more.pop(word) for word in ("party", "sex") if word in more}
    return Member(name, frozenset(roles or ("member",)), facts=Facts(TODAY, values), **more)


CHIEF = ("first_secretary", "leader")


def test_the_pack_has_no_fault() -> None:
    assert list(faults(RULES)) == []


def test_a_rota_must_leave_someone_on_duty_every_day() -> None:
    members = [person("甲", *CHIEF), person("乙"), person("丙", away=(march(4, 4),))]
    rota = {date(2026, 3, 2): ["甲"], date(2026, 3, 3): ["乙", "甲"], date(2026, 3, 4): ["丙"]}
    found = rota_findings(RULES["always_someone"], members, rota, march(2, 5))
    assert [(finding.inputs["day"], finding.inputs["present"], finding.severity) for finding in found] == [
        ("2026-03-04", 0, "block"),  # the one on duty is away with leave
        ("2026-03-05", 0, "block"),
    ]
    assert {finding.clause for finding in found} == {"SX-15-1"}
    assert rota_findings(RULES["always_someone"], members, rota, march(2, 3)) == []


def test_a_leave_is_refused_for_the_days_that_it_leaves_empty() -> None:
    members = [person("甲", *CHIEF, away=(march(2, 6),)), person("乙"), person("丙", away=(march(5, 9),))]
    found = leave_findings(RULES["always_someone"], members, "乙", march(3, 8))
    assert [finding.inputs["day"] for finding in found] == ["2026-03-05", "2026-03-06"]
    assert leave_findings(RULES["always_someone"], members, "丙", march(3, 4)) == []
    assert leave_findings(RULES["one_team_a_village"], members, "乙", march(3, 8)) == []


def test_a_day_already_short_does_not_refuse_a_leave_that_changes_nothing_there() -> None:
    rule = SetRule.model_validate(
        {"label": "两人", "present": {"at_least": 2, "roles": ["member"]}, "clause": "SX-15-1"}
    )
    members = [person("甲", *CHIEF), person("乙"), person("丙", away=(march(2, 3),))]
    assert leave_findings(rule, members, "甲", march(2, 3)) == []
    assert [finding.inputs["present"] for finding in leave_findings(rule, members, "乙", march(3, 4))] == [0, 1]


@pytest.mark.parametrize(
    ("floor", "posted", "due"),
    [
        ({"percent": 50}, 5, 3),
        ({"percent": 50, "rounding": "down"}, 5, 2),
        ({"percent": 50}, 4, 2),
        ({"percent": "33.4"}, 3, 2),
        ({"percent": "33.3"}, 3, 1),
        ({"percent": 10, "at_least": 2}, 6, 2),
        ({"percent": 50, "at_least": 2}, 6, 3),
        ({"at_least": 1}, 9, 1),
    ],
)
def test_how_many_must_be_present(floor: dict[str, Any], posted: int, due: int) -> None:
    assert floor_due(Floor.model_validate(floor), posted) == due


def test_a_share_is_of_those_posted_on_the_day_and_of_workdays_only() -> None:
    members = [
        person("甲", "first_secretary", away=(march(2, 15),)),
        person("乙", posted=(march(1, 5),), away=(march(5, 5),)),
        person("丙", posted=(march(5, 31),), away=(march(5, 5), march(7, 8))),
        person("丁", "agri_technician"),
    ]
    rule = RULES["half_on_workdays"]
    assert rule.present is not None
    found = short_days(rule.present, members, march(2, 8))  # Saturday the 7th and Sunday the 8th are not asked for
    assert found == (Short(date(2026, 3, 5), 0, 2),)
    assert short_days(rule.present, members, march(7, 7), is_work=lambda day: True) == (Short(date(2026, 3, 7), 0, 1),)
    assert [(each.severity, each.clause) for each in leave_findings(rule, members, "乙", march(3, 3))] == [
        ("warn", "SX-15-2")
    ]


def test_a_day_without_anybody_posted_is_not_judged() -> None:
    assert short_days(Floor(at_least=1), [person("甲", posted=(march(3, 31),))], march(1, 2)) == ()


PARTY = {"party": "full_member"}
WOMAN = {"sex": "female"}
FULL = [person("甲", *CHIEF, **PARTY, **WOMAN), person("乙", **PARTY, sex="male"), person("丙", party="none", **WOMAN)]


@pytest.mark.parametrize(
    ("members", "kept", "found"),
    [
        (FULL, 3, []),
        (FULL, 4, [("size_reduced", "block", "SX-7-1")]),
        (FULL, None, [("to_be_stated", "block", "SX-7-1")]),
        ([*FULL, *(person(name, **WOMAN) for name in "丁戊己")], 3, [("size_wrong", "block", "SX-7-1")]),
        (FULL[:2], 2, [("size_wrong", "block", "SX-7-1"), ("slot_empty", "block", "SX-7-3")]),
        ([person("甲", "first_secretary", **PARTY, **WOMAN), *FULL[1:]], 3, [("slot_empty", "block", "SX-7-2")]),
        ([FULL[0], person("乙", *CHIEF), *FULL[1:]], 3, [("slot_overfull", "block", "SX-7-2")]),
        ([FULL[0], person("乙"), FULL[2]], 3, [("kind_wrong", "block", "SX-7-4")]),
        ([person("甲", *CHIEF, **PARTY), *(person(n, **PARTY) for n in "乙丙丁")], 3, [("kind_wrong", "warn", "SX-7-5")]),
        ([person("甲", *CHIEF, **PARTY, **WOMAN), *(person(n, **PARTY) for n in "乙丙丁")], 3, []),
    ],
)  # fmt: skip
def test_what_a_team_lacks(members: list[Member], kept: int | None, found: list[tuple[str, str, str]]) -> None:
    strengths = {} if kept is None else {"退出时人数": kept}
    told = set_findings(RULES["team_of_three"], members, strengths)
    assert [(finding.code, finding.severity, finding.clause) for finding in told] == found


def test_who_is_not_known_to_be_such_does_not_count_and_is_told() -> None:
    members = [FULL[0], Member("乙", frozenset({"member"})), person("丙", **WOMAN)]
    (finding,) = set_findings(RULES["team_of_three"], members, {"退出时人数": 3})
    assert dict(finding.inputs) == {"count": 1, "of": 3, "unknown": 2}
    assert "另有 2 人未填写" in finding.message


def test_only_those_posted_on_the_day_are_members() -> None:
    members = [*FULL[:2], person("丙", posted=(march(10, 31),), party="none")]
    rule = RULES["team_of_three"]
    assert set_findings(rule, members, {"退出时人数": 3}, on=date(2026, 3, 10)) == []
    assert len(set_findings(rule, members, {"退出时人数": 3}, on=date(2026, 3, 9))) == 3


def test_one_person_fills_one_place_and_the_places_are_filled_as_well_as_they_can_be() -> None:
    rule = SetRule.model_validate(
        {
            "label": "编组",
            "slots": [
                {"roles": ["member"], "number": {"at_least": 1}},
                {"roles": ["agri_technician"], "number": {"at_least": 1}},
                {"roles": ["member", "agri_technician"], "number": {"at_least": 1}},
            ],
            "clause": "SX-7-1",
        }
    )
    both = person("甲", "member", "agri_technician")
    assert set_findings(rule, [both, person("乙", "member", "agri_technician"), person("丙", "agri_technician")]) == []
    assert set_findings(rule, [both, person("乙"), person("丙", "agri_technician")]) == []
    (empty,) = set_findings(rule, [both, person("乙")])
    assert empty.inputs["slot"] == "member兼agri_technician"


@pytest.mark.parametrize(("count", "fine"), [(0, False), (1, True), (2, False)])
def test_one_team_and_no_more_in_a_village(count: int, fine: bool) -> None:
    teams = [Member(f"{number}队") for number in range(count)]
    assert (set_findings(RULES["one_team_a_village"], teams) == []) is fine


@given(st.integers(1, 40), st.integers(1, 100), st.integers(0, 40))
def test_a_share_is_reached_exactly_when_the_number_due_is(posted: int, percent: int, present: int) -> None:
    due = floor_due(Floor.model_validate({"percent": percent}), posted)
    assert (present >= due) is (present * 100 >= percent * posted)


@pytest.mark.parametrize(
    ("written", "word", "place"),
    [
        ({}, "没有写要求什么", ()),
        ({"present": {"days": "work"}}, "至少多少人", ("present",)),
        ({"size": {"at_least": 5, "up_to": 3}}, "空的", ("size",)),
        ({"size": {"roles": ["member"]}}, "没有写多少", ("size",)),
        ({"slots": [{"roles": ["leader"], "number": {}}]}, "没有写多少", ("slots", 0, "number")),
        ({"having": [{"who": {"fact": "retired"}}]}, "其中一个", ("having", 0)),
        ({"having": [{"who": {"fact": "age"}, "number": {"at_least": 1}}]}, "是数字", ("having", 0, "who")),
        ({"having": [{"who": {"fact": "retired"}, "percent": {"up_to": 120}}]}, "超过 100", ("having", 0, "percent")),
    ],
)
def test_the_linter_tells_what_is_wrong(written: dict[str, Any], word: str, place: tuple[Any, ...]) -> None:
    found = list(faults(READ.validate_python({"one": {"label": "一", **written}})))
    assert [(path, word in message) for path, message, _ in found] == [(("sets", "one", *place), True)], found
