"""What follows for whom: results used, commendation, criticism, serious cases and those who answer for them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from apps.rules.language.counters import Event, count
from apps.rules.language.ladders import proposals
from apps.rules.language.proposals import Occasion

DAY = date(2026, 5, 20)
HEADS = {
    ("principal", "unit"): "局长",
    ("responsible", "unit"): "人事科长",
    ("principal", "county_leading_group"): "县领导小组组长",
    ("responsible", "county_leading_group"): "县专人",
    ("principal", "township_party_committee"): "乡镇书记",
    ("responsible", "township_party_committee"): "乡镇专人",
}
OCCASION = Occasion(DAY, subjects={"person": "王某"}, related=HEADS)


def counted(rule: Any, key: str, *kinds: str) -> int:
    """How many of the day's events the ladder's counter counts for the person."""
    events = [Event(kind, DAY, subjects={"person": "王某"}) for kind in kinds]
    return count(rule("central", f"counters.{key}"), events, DAY, "王某").number


def proposed(rule: Any, key: str, *kinds: str) -> list[tuple[str, str, str | None, str, str | None]]:
    """(what, in words, on whom, modality, clause) of all that the events lead to."""
    ladder = rule("central", f"ladders.{key}")
    found = proposals(ladder, counted(rule, ladder.climbs, *kinds), OCCASION)
    return [(one.do, one.text, one.who, one.modality, one.clause) for one in found]


BASIS = "作为综合评价、评先评优、提拔使用的依据"
REFERRED = "按干部管理权限处理"


@pytest.mark.parametrize(
    ("key", "kinds", "found"),
    [
        pytest.param(
            "assessment_use",
            ["assessed"],
            [("basis", BASIS, "王某", "must", "CN-5.2-1")],
            id="results",
            marks=pytest.mark.clause("CN-5.2-1"),
        ),
        pytest.param("assessment_use", ["outstanding"], [], id="no result", marks=pytest.mark.clause("CN-5.2-1")),
        pytest.param(
            "commendation",
            ["outstanding"],
            [
                (
                    "commendation",
                    "表扬（须认定：成绩突出、群众认可，按照有关规定）",
                    "王某",
                    "must",
                    "CN-5.2-2",
                )
            ],
            id="commended",
            marks=pytest.mark.clause("CN-5.2-2"),
        ),
        pytest.param("commendation", ["assessed"], [], id="not outstanding", marks=pytest.mark.clause("CN-5.2-2")),
        pytest.param(
            "preferred_use",
            ["outstanding"],
            [("priority", "优先提拔使用（须认定：符合条件）", "王某", "encouraged", "CN-5.2-4")],
            id="preferred",
            marks=pytest.mark.clause("CN-5.2-4"),
        ),
        pytest.param("preferred_use", ["assessed"], [], id="not preferred", marks=pytest.mark.clause("CN-5.2-4")),
        pytest.param(
            "poor_performance",
            ["poor_performance"],
            [("talk", "批评教育", "王某", "must", "CN-5.3-3")],
            id="criticised",
            marks=pytest.mark.clause("CN-5.3-3"),
        ),
        pytest.param("poor_performance", ["fraud"], [], id="not poor", marks=pytest.mark.clause("CN-5.3-3")),
        *(
            pytest.param(
                "serious_cases",
                [kind],
                [("referral", REFERRED, "王某", "must", "CN-5.3-4")],
                id=kind,
                marks=pytest.mark.clause("CN-5.3-4"),
            )
            for kind in ("fraud", "dereliction", "bad_influence")
        ),
        pytest.param("serious_cases", ["poor_performance"], [], id="not serious", marks=pytest.mark.clause("CN-5.3-4")),
    ],
)
def test_what_an_event_leads_to_for_the_person(rule: Any, key: str, kinds: list[str], found: list[Any]) -> None:
    assert proposed(rule, key, *kinds) == found


@pytest.mark.clause("CN-5.3-5")
@pytest.mark.parametrize("kind", ["fraud", "dereliction", "bad_influence"])
def test_a_serious_case_calls_six_people_of_three_bodies_to_account(rule: Any, kind: str) -> None:
    found = proposed(rule, "serious_cases_units", kind)
    assert {do for do, *_ in found} == {"referral"}
    assert all(text.startswith("问责（须认定：") and "依据有关规定" in text for _, text, *_ in found)
    assert [who for _, _, who, _, _ in found] == list(HEADS.values())
    assert {(modality, clause) for *_, modality, clause in found} == {("must", "CN-5.3-5")}


@pytest.mark.clause("CN-5.3-5")
def test_poor_performance_alone_calls_nobody_else_to_account(rule: Any) -> None:
    assert proposed(rule, "serious_cases_units", "poor_performance", "poor_performance") == []
