"""A county's conditions beside the nation's: each under its own clause and modality, what both say once."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from apps.rules.language.conditions import Facts
from apps.rules.language.eligibility import Eligibility, verdict
from apps.rules.law import rules_of
from tests.rules.law.conftest import shipped

HONEST = {"declared": "政治素质好", "by": "dispatch_unit"}
ABOVE: dict[str, Any] = {
    "label": "人选", "clause": "CN-1", "modality": "in_principle",
    "requires": [HONEST, {"fact": "health", "one_of": ["fit"], "clause": "CN-2"}],
    "excludes": [{"fact": "statuses", "one_of": ["临时聘用"]}],
    "prefers": [{"fact": "reserve_cadre"}],
    "grounds": {"accepted": {"illness": "因病"}}, "see": ["CN-9"], "left_open": {"of": "没有写"},
}  # fmt: skip
OWN: dict[str, Any] = {
    "label": "本县人选", "clause": "LH-1", "extends": True,
    "requires": [HONEST | {"label": "政治过硬"}, {"fact": "age", "up_to": 50}],
    "excludes": [{"fact": "retired"}], "prefers": [{"fact": "reserve_cadre", "label": "后备"}, {"fact": "trained"}],
}  # fmt: skip
FIT = {"health": "fit", "age": 40, "statuses": frozenset(), "retired": False, "reserve_cadre": True, "trained": True}


def rule(raw: dict[str, Any]) -> Eligibility:
    return Eligibility.model_validate(raw)


def wrong(found: Eligibility, **values: Any) -> list[tuple[str, str | None]]:
    facts = Facts(date(2026, 5, 1), {**FIT, **values}, declared={"政治素质好": values.get("honest", True)})
    return [(one.severity, one.clause) for one in verdict(found, facts, "illness").findings]


@pytest.mark.parametrize(
    ("values", "both", "alone"),
    [
        ({}, [], []),
        ({"age": 51}, [("block", "LH-1")], [("block", "LH-1")]),
        ({"health": "ill"}, [("warn", "CN-2")], []),
        ({"honest": False}, [("block", "LH-1")], [("block", "LH-1")]),
        ({"statuses": frozenset({"临时聘用"})}, [("warn", "CN-1")], []),
        ({"retired": True}, [("block", "LH-1")], [("block", "LH-1")]),
        ({"age": 51, "health": "ill"}, [("block", "LH-1"), ("warn", "CN-2")], [("block", "LH-1")]),
    ],
)
def test_conditions_add_up_each_with_its_clause(values: dict[str, Any], both: Any, alone: Any) -> None:
    assert wrong(rule(OWN).on_top_of(rule(ABOVE)), **values) == both
    assert wrong(rule(OWN | {"extends": False}).on_top_of(rule(ABOVE)), **values) == alone


def test_what_is_liked_accepted_and_open_above_stays_so() -> None:
    found = rule(OWN).on_top_of(rule(ABOVE))
    assert [one.words for one in found.prefers] == ["后备", "已参加岗前培训"]
    assert (found.label, found.clause, found.see) == ("本县人选", "LH-1", ("CN-1", "CN-9"))
    assert found.grounds is not None
    assert list(found.grounds.accepted) == ["illness"]
    assert found.left_open == {"of": "没有写"}
    assert rule(OWN).on_top_of(None) == rule(OWN)


@pytest.mark.parametrize(
    ("county", "own", "more"),
    [
        ("kunming", "KM-3-2", ["工作作风实", "综合能力强", "健康具备履职条件"]),
        ("yulin", "YL-4.1-1", ["政治素质好", "工作作风实", "综合能力强"]),
    ],
)
def test_the_nations_conditions_for_cadres_hold_beside_the_countys(county: str, own: str, more: list[str]) -> None:
    packs = shipped()
    chain = [packs[county], packs["central"]]
    held = rules_of(chain, "eligibility", date(2026, 5, 1))["cadre"]
    assert (held.pack, held.rule.clause) == (county, own)
    told = {one.words: one.clause for one in held.rule.requires.all}
    assert {words: clause for words, clause in told.items() if (clause or "").startswith("CN-")} == {
        words: ("CN-2.3-3" if words == "健康具备履职条件" else "CN-2.3-2") for words in more
    }


def test_the_talks_of_the_nation_are_owed_beside_those_of_the_countys_units() -> None:
    packs = shipped()
    duties = rules_of([packs["dachuan"], packs["central"]], "duties", date(2026, 5, 1))
    talks = {key: held.rule.clause for key, held in duties.items() if held.rule.matter == "talk"}
    assert talks.items() >= {"care_talk": "CN-6.4-10", "unit_care_talk": "DC-1.1.2-6"}.items()
