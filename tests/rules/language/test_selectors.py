"""Selectors: what matches, and which of several wins."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

import pytest

from apps.rules.language.selectors import Case, Selector, may_meet, most_specific

CASE = Case(
    roles=frozenset({"leader", "first_secretary"}),
    village_classes=frozenset({"poor", "relocation"}),
    unit_level="city",
    unit_nature="institution",
    vertical=False,
    employment="institution_staff",
    area_class="二类区",
    day=date(2026, 1, 5),
    attributes={"poor_rate": 12, "households": 340},
    waivers=frozenset({"pregnancy"}),
)


@pytest.mark.parametrize(
    ("selector", "matches"),
    [
        ({}, True),
        ({"roles": ["leader"]}, True),
        ({"roles": ["member"]}, False),
        ({"roles": ["member", "first_secretary"], "village_classes": ["poor"]}, True),
        ({"roles": ["leader"], "village_classes": ["red"]}, False),
        ({"unit_levels": ["provincial", "city"]}, True),
        ({"unit_levels": ["county"]}, False),
        ({"unit_natures": ["institution"]}, True),
        ({"vertical": True}, False),
        ({"vertical": False}, True),
        ({"employment": ["civil_servant"]}, False),
        ({"area_classes": ["二类区"]}, True),
        ({"area_classes": ["三类区"]}, False),
        ({"seasons": [{"first": "11-15", "last": "03-15"}]}, True),
        ({"seasons": [{"first": "04-01", "last": "10-31"}]}, False),
        ({"attributes": {"poor_rate": {"at_least": 10}}}, True),
        ({"attributes": {"poor_rate": {"over": 12}}}, False),
        ({"attributes": {"distance_km": {"over": 1}}}, False),
        ({"waived": "pregnancy"}, True),
        ({"waived": "illness"}, False),
    ],
)
def test_every_written_part_must_hold(selector: dict[str, Any], matches: bool) -> None:
    assert Selector.model_validate(selector).matches(CASE) is matches


def test_what_is_not_known_matches_nothing_that_asks() -> None:
    asking = [
        {"roles": ["leader"]}, {"unit_levels": ["city"]}, {"vertical": False}, {"employment": ["other"]},
        {"seasons": [{"first": "01-01", "last": "12-31"}]}, {"attributes": {"poor_rate": {}}},
    ]  # fmt: skip
    assert [Selector.model_validate(each).matches(Case()) for each in asking] == [False] * len(asking)


class Named(NamedTuple):
    name: str
    applies: Selector


def named(name: str, **parts: Any) -> Named:
    return Named(name, Selector.model_validate(parts))


def test_the_most_specific_rule_wins_and_a_waiver_goes_before_all() -> None:
    plain = named("all")
    by_class = named("class", village_classes=["poor"])
    by_two = named("class and level", village_classes=["poor"], unit_levels=["city"])
    waived = named("waived", waived="pregnancy")
    other = named("other", village_classes=["red"], unit_levels=["city"], area_classes=["二类区"])
    assert most_specific([plain, by_class], CASE) is by_class
    assert most_specific([by_two, plain, by_class, other], CASE) is by_two
    assert most_specific([by_two, plain, waived], CASE) is waived
    assert most_specific([other], CASE) is None


def test_two_selectors_meet_unless_one_part_keeps_them_apart() -> None:
    leaders, members = Selector(roles=("leader",)), Selector(roles=("member",))
    poor, both = Selector(village_classes=("poor",)), Selector(roles=("leader", "member"))
    assert not may_meet(leaders, members)
    assert may_meet(leaders, poor)
    assert may_meet(members, both)
    assert not may_meet(Selector(vertical=True), Selector(vertical=False))
