"""达川委办〔2017〕96号 一（一）6、四: who may be promoted, transferred or helped, and what is still to be stated."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from apps.rules.language.conditions import Facts, Happened, Held
from apps.rules.language.eligibility import verdict
from apps.rules.language.parts import severity_of
from apps.rules.language.selectors import Case
from tests.rules.law.dachuan_case import Find

TODAY = date(2026, 5, 12)
NOBODY = Facts(TODAY, events={"general_commendation": ()}, postings=())
NOT_YET, FAMILY, NO_GAP = "暂不符合提拔使用或交流重用条件", "家属在乡镇工作", "前后两个任期没有间断"


def commended(level: str, **more: Any) -> Facts:
    return replace(NOBODY, events={"general_commendation": (Happened(date(2026, 1, 8), level),)}, **more)


def told(rule: Find, key: str, facts: Facts) -> tuple[str, list[tuple[str, str | None]]]:
    found = verdict(rule("dachuan", f"eligibility.{key}"), facts)
    return found.state, [(one.severity, one.clause) for one in found.findings]


@pytest.mark.parametrize(
    ("level", "promoted", "transferred"),
    [
        ("国家级", True, True),
        ("省级", True, True),
        ("市级", True, True),
        ("区委区政府", True, True),
        ("区级部门", True, False),  # 区级以上 takes it in, 区委、区政府以上 does not
        ("乡镇", False, False),
    ],
)
@pytest.mark.clause("DC-4.1-2", "DC-4.3-1")
def test_which_commendations_open_the_way(rule: Find, level: str, promoted: bool, transferred: bool) -> None:
    facts = commended(level, declared={FAMILY: True})
    refused = "not_eligible"
    assert told(rule, "batch_promotion", facts) == (
        ("eligible", []) if promoted else (refused, [("block", "DC-4.1-2")])
    )
    assert told(rule, "family_transfer", facts) == (
        ("eligible", []) if transferred else (refused, [("notice", "DC-4.3-1")])
    )


@pytest.mark.parametrize(
    ("key", "facts", "state", "findings"),
    [
        pytest.param(key, facts, state, findings, marks=pytest.mark.clause(clause))
        for key, clause, facts, state, findings in (
            ("batch_promotion", "DC-4.1-2", NOBODY, "not_eligible", [("block", "DC-4.1-2")]),
            ("batch_promotion", "DC-4.1-2", Facts(TODAY), "to_be_stated", [("block", "DC-4.1-2")]),
            ("training_plan", "DC-4.1-3", commended("区级部门", declared={NOT_YET: True}), "eligible", []),
            (
                "training_plan",
                "DC-4.1-3",
                commended("区级部门", declared={NOT_YET: False}),
                "not_eligible",
                [("block", "DC-4.1-3")],
            ),
            ("training_plan", "DC-4.1-3", commended("区级部门"), "to_be_stated", [("block", "DC-4.1-3")]),
            (
                "training_plan",
                "DC-4.1-3",
                replace(NOBODY, declared={NOT_YET: True}),
                "not_eligible",
                [("block", "DC-4.1-3")],
            ),
            (
                "family_transfer",
                "DC-4.3-1",
                commended("市级", declared={FAMILY: False}),
                "not_eligible",
                [("notice", "DC-4.3-1")],
            ),
            ("family_transfer", "DC-4.3-1", commended("市级"), "to_be_stated", [("notice", "DC-4.3-1")]),
            (
                "legal_aid",
                "DC-1.1.6-3",
                replace(NOBODY, declared={"符合法律援助条件": True}),
                "eligible",
                [],
            ),
            (
                "legal_aid",
                "DC-1.1.6-3",
                replace(NOBODY, declared={"符合法律援助条件": False}),
                "not_eligible",
                [("block", "DC-1.1.6-3")],
            ),
            ("legal_aid", "DC-1.1.6-3", NOBODY, "to_be_stated", [("block", "DC-1.1.6-3")]),
        )
    ],
)
def test_each_condition_is_met_not_met_or_to_be_stated(
    rule: Find, key: str, facts: Facts, state: str, findings: list[tuple[str, str]]
) -> None:
    assert told(rule, key, facts) == (state, findings)


EARLIER = (Held("first_secretary", date(2023, 5, 12), date(2026, 5, 11)),)


@pytest.mark.parametrize(
    ("postings", "declared", "state"),
    [
        (EARLIER, {NO_GAP: True}, "eligible"),  # no commendation is needed
        (EARLIER, {NO_GAP: False}, "not_eligible"),
        (EARLIER, {}, "to_be_stated"),
        ((), {NO_GAP: True}, "not_eligible"),
        (None, {NO_GAP: True}, "to_be_stated"),
        ((Held("member", date(2026, 6, 1)),), {NO_GAP: True}, "not_eligible"),
    ],
)
@pytest.mark.clause("DC-4.1-4")
def test_the_reappointed_are_those_of_an_earlier_term_without_a_gap(
    rule: Find, postings: Any, declared: dict[str, bool], state: str
) -> None:
    found = told(rule, "reappointed", replace(NOBODY, postings=postings, declared=declared))
    assert found[0] == state
    assert {clause for _, clause in found[1]} == (set() if state == "eligible" else {"DC-4.1-4"})


@pytest.mark.parametrize(
    ("role", "village", "bound"),
    [("first_secretary", "poor", True), ("first_secretary", "non_poor", False), ("member", "poor", False)],
)
@pytest.mark.clause("DC-4.3-1")
def test_only_first_secretaries_of_poor_villages_may_ask_for_the_transfer(
    rule: Find, role: str, village: str, bound: bool
) -> None:
    case = Case(frozenset({role}), frozenset({village}))
    assert rule("dachuan", "eligibility.family_transfer").applies.matches(case) is bound
    benefit = rule("dachuan", "entitlements.family_transfer")
    assert (benefit.applies.matches(case), severity_of(benefit.modality)) == (bound, "notice")  # 可
