"""Every village of a county against the regulation in force there: who is missing, how binding, by which clause."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pytest

from apps.cadres.models import DispatchUnit
from apps.jurisdictions.models import VillageMeasure
from apps.teams.compile.villages import VillageSummary, area_summary
from apps.teams.models import Team
from tests.factories import posting_of, team_of, unit_of

pytestmark = pytest.mark.usefixtures("nation")
DAY = date(2026, 11, 2)
TONGWEI, KUNMING, YULIN, DACHUAN, NO_PACK = "C621121", "C530113", "C610831", "C511703", "C110101"
HEAD, LEADER, SECRETARY, MEMBER = ("leader", "first_secretary"), ("leader",), ("first_secretary",), ("member",)
Roles = Sequence[Sequence[str]]
Faults = list[tuple[str, str | None]]


def village(county: str, classes: Sequence[str], people: Roles, number: int = 201, **measures: int) -> Team:
    """A village of a county with these people, and numbers measured long ago."""
    unit: DispatchUnit = unit_of("某单位", "C621121")
    team = team_of(f"{county}100{number}", f"第{number}村", tuple(classes))
    for place, roles in enumerate(people):
        posting_of(team, f"某{number}{place}", *roles, unit=unit, first=date(2015, 1, 1))
    for name, count in measures.items():
        VillageMeasure.objects.create(
            area=team.area, village=team.village, name=name, number=Decimal(count), first=date(2016, 1, 1), by="某"
        )
    return team


def summary(county: str, day: date = DAY) -> VillageSummary:
    [found] = area_summary(county, day).villages
    return found


def faults(found: VillageSummary) -> Faults:
    """(severity, clause) of what must be mended or explained, each once."""
    told = [each.remark.finding for each in found.told if each.kind in ("gap", "unexplained")]
    return sorted({(one.severity, one.clause) for one in told}, key=str)


def case(clause: str, county: str, classes: str, people: Roles, expected: Faults, **measures: int) -> object:
    """One line of the table; the clause is proven by the pair of cases on both sides of its number."""
    return pytest.param(county, classes.split(), people, expected, measures, marks=pytest.mark.clause(clause))


TWO, THREE = [HEAD, MEMBER], [HEAD, MEMBER, MEMBER]
SPLIT = [LEADER, SECRETARY, MEMBER]
FOUR_MORE, FIVE_MORE = [MEMBER] * 4, [MEMBER] * 5
KEPT = {"原帮扶人数": 3}


@pytest.mark.parametrize(
    ("county", "classes", "people", "expected", "measures"),
    [
        case("TW-3-2", TONGWEI, "poor", [], [("block", "TW-3-2")]),
        case("TW-3-2", TONGWEI, "deep_poverty", [], [("block", "TW-3-2")]),
        case("TW-3-2", TONGWEI, "non_poor", [], []),
        case("TW-3-2", TONGWEI, "poor", [MEMBER] * 3, [("block", "TW-3-2")]),
        case("TW-3-2", TONGWEI, "poor", THREE, []),
        case("TW-4-6", TONGWEI, "poor", TWO, [("warn", "TW-4-6")]),
        case("TW-4-6", TONGWEI, "poor", THREE, []),
        case("TW-3-3", TONGWEI, "poor", SPLIT, [("warn", "TW-3-3")]),
        case("KM-5-2", KUNMING, "poor", [], [("block", "KM-5-2")]),
        case("KM-5-2", KUNMING, "non_poor", [], []),
        case("KM-5-4", KUNMING, "poor", [HEAD, *FOUR_MORE], [("block", "KM-5-4")]),
        case("KM-5-4", KUNMING, "poor", [HEAD, *FIVE_MORE], []),
        case("KM-2-2", KUNMING, "non_poor", [HEAD, *FOUR_MORE], [("block", "KM-5-4")]),
        case("KM-5-5", KUNMING, "poor", [LEADER, SECRETARY, *FOUR_MORE], [("block", "KM-5-5")]),
        case("CN-1.2-5", NO_PACK, "poor", [], [("block", "CN-1.2-5")]),
        case("CN-1.2-5", NO_PACK, "non_poor", [], []),
        case("CN-2.2-2", NO_PACK, "poor", TWO, [("warn", "CN-2.2-2")]),
        case("CN-2.2-2", NO_PACK, "poor", THREE, []),
        case("CN-1.2-6", NO_PACK, "poor", SPLIT, [("warn", "CN-1.2-6")]),
        case("YL-3.1-4", YULIN, "poor", TWO, [("block", "YL-3.1-4")], 原帮扶人数=2),
        case("YL-3.1-4", YULIN, "poor", THREE, [], **KEPT),
        case("YL-3.1-1", YULIN, "poor", THREE, [("warn", "YL-3.1-1")], 原帮扶人数=4),
        case("YL-3.1-5", YULIN, "poor", [*SPLIT, MEMBER], [("block", "YL-3.1-4"), ("block", "YL-3.1-5")], **KEPT),
        case("YL-3.2-1", YULIN, "relocation", TWO, [("block", "YL-3.1-4"), ("block", "YL-3.2-1")]),
        case("YL-3.2-1", YULIN, "relocation", THREE, []),
        case("YL-3.3-1", YULIN, "demonstration", TWO, [("block", "YL-3.1-4"), ("block", "YL-3.3-1")]),
        case("YL-3.3-1", YULIN, "demonstration", THREE, []),
        case("YL-3.4-1", YULIN, "weak_party", [], [("block", "YL-3.4-1")]),
        case("YL-3.5-1", YULIN, "red", [], [("block", "YL-3.5-1")]),
        case("YL-3.6-1", YULIN, "other", [], []),
    ],
)
def test_a_village_is_held_to_its_own_regulation(
    county: str, classes: list[str], people: Roles, expected: Faults, measures: dict[str, int]
) -> None:
    village(county, classes, people, **measures)
    assert faults(summary(county)) == expected


@pytest.mark.clause("TW-3-2", "CN-1.2-5")
@pytest.mark.parametrize(("county", "clause"), [(TONGWEI, "TW-3-2"), (NO_PACK, "CN-1.2-5")])
def test_a_second_team_that_has_people_is_one_too_many(county: str, clause: str) -> None:
    team = village(county, ["poor"], THREE)
    second = Team.objects.create(area=team.area, village=team.village, name="第二支队")
    assert faults(summary(county)) == [], "a team without anybody is none"
    for place in range(3):
        posting_of(second, f"另{place}", *(THREE[place]), unit=unit_of("某单位", "C621121"), first=date(2015, 1, 1))
    assert ("block", clause) in faults(summary(county))


WEAK = pytest.mark.parametrize("kind", ["weak_party", "red"])


@WEAK
@pytest.mark.clause("YL-3.4-1", "YL-3.5-1")
def test_a_weak_or_red_village_needs_a_first_secretary_and_nobody_else(kind: str) -> None:
    village(YULIN, [kind], [SECRETARY])
    assert [fault for fault in faults(summary(YULIN)) if str(fault[1]).startswith("YL")] == []


@pytest.mark.clause("YL-3.4-1")
def test_all_weak_villages_together_must_have_one() -> None:
    village(YULIN, ["weak_party"], [SECRETARY])
    village(YULIN, ["weak_party"], [], 202)
    told = [(one.finding.severity, one.clause) for one in area_summary(YULIN, DAY).together]
    assert ("block", "YL-3.4-1") in told
    posting_of(Team.objects.get(area=f"{YULIN}100202"), "补派", *SECRETARY, unit=unit_of("某单位", "C621121"))
    assert "YL-3.4-1" not in [one.clause for one in area_summary(YULIN, DAY).together]


FIVE_AND_TWO = ["liaison_leader", "member", "first_secretary", "agri_technician", "legal_adviser", "credit_officer"]
THREE_AND_TWO = ["first_secretary", "agri_tour_group", "legal_tour_group", "pairing_cadre", "credit_officer"]


@pytest.mark.parametrize(
    ("clause", "kind", "roles", "gone"),
    [
        pytest.param(clause, kind, roles, gone, marks=pytest.mark.clause(clause))
        for clause, kind, roles in (("DC-1.1-1", "poor", FIVE_AND_TWO), ("DC-1.2-1", "non_poor", THREE_AND_TWO))
        for gone in (None, *roles)
    ],
)
def test_every_role_of_the_helping_force_is_a_post(clause: str, kind: str, roles: list[str], gone: str | None) -> None:
    village(DACHUAN, [kind], [[role] for role in roles if role != gone])
    found = summary(DACHUAN)
    assert {post.role: post.missing for post in found.posts if post.due} == {role: int(role == gone) for role in roles}
    assert (("block", clause) in faults(found)) is (gone is not None)


@pytest.mark.clause("CN-2.3-8")
@pytest.mark.parametrize(("at_exit", "expected"), [(3, []), (4, [("warn", "CN-2.3-8")])])
@pytest.mark.parametrize(("day", "holds"), [(date(2020, 12, 31), True), (date(2021, 1, 1), False)])
def test_an_exited_village_keeps_its_strength_until_the_campaign_ends(
    at_exit: int, expected: Faults, day: date, holds: bool
) -> None:
    village(NO_PACK, ["poor"], THREE, exited=1, 退出时人数=at_exit)
    assert faults(summary(NO_PACK, day)) == (expected if holds else [])


@pytest.mark.clause("CN-2.2-4")
def test_villages_that_come_first_stand_first_among_equals() -> None:
    village(NO_PACK, ["poor"], THREE)
    village(NO_PACK, ["poor", "deep_poverty"], THREE, 202)
    village(NO_PACK, ["poor"], [], 203)
    found = area_summary(NO_PACK, DAY).villages
    assert [each.state.name for each in found] == ["第203村", "第202村", "第201村"], "gaps, then priority"
    assert [len(each.first) for each in found] == [0, 1, 0]


def test_a_number_that_is_not_known_is_to_be_filled_in_and_is_no_gap() -> None:
    village(YULIN, ["poor"], THREE)
    assert summary(YULIN).kind == "unstated"
