"""Tongwei: one team and one first secretary to a poor village, three people, somebody there every day."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from apps.rules.language.composition import set_findings
from apps.rules.language.on_duty import Member, leave_findings, rota_findings
from apps.rules.language.selectors import Case
from apps.rules.language.windows import Stretch
from tests.rules.law.telling import Told, people, tell


def october(first: int, last: int) -> Stretch:
    return Stretch(date(2019, 10, first), date(2019, 10, last))


@pytest.mark.clause("TW-3-2")
@pytest.mark.parametrize(("teams", "fine"), [(0, False), (1, True), (2, False)])
def test_a_village_has_exactly_one_team(rule: Any, teams: int, fine: bool) -> None:
    found = set_findings(rule("tongwei", "sets.one_team_per_village"), people(*["member"] * teams))
    assert tell(found) == ([] if fine else [("size_wrong", "block", "TW-3-2")])


@pytest.mark.clause("TW-3-2")
@pytest.mark.parametrize(
    ("roles", "found"),
    [
        ((), [("slot_empty", "block", "TW-3-2")]),
        (("leader", "member", "member"), [("slot_empty", "block", "TW-3-2")]),
        (("leader+first_secretary", "member", "member"), []),
        (("leader", "first_secretary", "member"), []),
        (("leader+first_secretary", "first_secretary"), [("slot_overfull", "block", "TW-3-2")]),
    ],
)
def test_a_village_has_exactly_one_first_secretary(rule: Any, roles: tuple[str, ...], found: Told) -> None:
    assert tell(set_findings(rule("tongwei", "sets.village_first_secretary"), people(*roles))) == found


@pytest.mark.clause("TW-3-2")
@pytest.mark.parametrize("key", ["one_team_per_village", "village_first_secretary"])
@pytest.mark.parametrize(
    ("classes", "asked"),
    [
        ({"poor"}, True),
        ({"poor", "deep_poverty"}, True),
        ({"non_poor", "deep_poverty"}, True),
        ({"non_poor"}, False),
        ({"other", "relocation", "demonstration"}, False),
    ],
)
def test_it_is_asked_of_poor_villages_and_of_others_in_deep_poverty(
    rule: Any, key: str, classes: set[str], asked: bool
) -> None:
    demand = rule("tongwei", f"sets.{key}")
    assert demand.of == "village"
    assert demand.applies.matches(Case(village_classes=frozenset(classes))) is asked


@pytest.mark.clause("TW-4-6")
@pytest.mark.parametrize(
    ("roles", "found"),
    [
        (("leader+first_secretary", "member"), [("size_wrong", "warn", "TW-4-6")]),
        (("leader+first_secretary", "member", "member"), []),
        (("leader", "first_secretary", "member"), []),
        (("member", "member", "member", "member"), []),
        (("leader", "member", "pairing_cadre"), [("size_wrong", "warn", "TW-4-6")]),
        (("leader", "member", "township_clerk"), [("size_wrong", "warn", "TW-4-6")]),
    ],
)
def test_a_team_of_less_than_three_with_its_leader_is_warned_of(rule: Any, roles: tuple[str, ...], found: Told) -> None:
    demand = rule("tongwei", "sets.team_size")
    assert (demand.of, tell(set_findings(demand, people(*roles)))) == ("team", found)


@pytest.mark.clause("TW-36-9")
def test_every_day_of_the_calendar_needs_a_name_on_the_roster(rule: Any) -> None:
    members = [Member("甲", frozenset({"leader"})), Member("乙", frozenset({"member"}), away=(october(3, 3),))]
    rota = {date(2019, 10, day): [name] for day, name in ((1, "甲"), (2, "乙"), (3, "乙"), (4, "甲"), (5, "甲"))}
    found = rota_findings(rule("tongwei", "sets.duty_every_day"), members, rota, october(1, 6), lambda day: False)
    assert [(each.day, each.inputs["present"], each.inputs["due"], each.severity, each.clause) for each in found] == [
        (3, 0, 1, "block", "TW-36-9"),  # the one on the roster is on leave
        (6, 0, 1, "block", "TW-36-9"),  # nobody's name, though it is a Sunday and a holiday
    ]


@pytest.mark.clause("TW-36-9")
@pytest.mark.parametrize(("asked", "days"), [(october(1, 4), []), (october(4, 8), [5, 6, 7]), (october(8, 9), [])])
def test_a_leave_must_leave_somebody_in_the_village(rule: Any, asked: Stretch, days: list[int]) -> None:
    members = [Member("甲", frozenset({"leader"})), Member("乙", frozenset({"member"}), away=(october(5, 7),))]
    found = leave_findings(rule("tongwei", "sets.duty_every_day"), members, "甲", asked)
    assert [(each.day, each.severity, each.clause) for each in found] == [(day, "block", "TW-36-9") for day in days]
