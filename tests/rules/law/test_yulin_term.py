"""How long people stay in Yulin, what lets them go, and what they do meanwhile with party, elections and assessment."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from apps.rules.calendar import YearCalendar
from apps.rules.language.conditions import Facts, Happened, Held
from apps.rules.language.counters import Event, count
from apps.rules.language.eligibility import verdict
from tests.rules.law.telling import bound, tell

DAY = date(2023, 6, 1)
BOTH = ["first_secretary", "member"]


@pytest.mark.clause("YL-7.1-1")
@pytest.mark.parametrize(
    ("last", "found"),
    [
        (date(2023, 8, 31), []),
        (date(2023, 8, 30), [("not_eligible", "warn", "YL-7.1-1")]),
        (date(2026, 8, 31), []),
    ],
)
def test_a_term_is_as_a_rule_not_under_two_years(rule: Any, last: date, found: list[Any]) -> None:
    demand = rule("yulin", "eligibility.term")
    assert tell(verdict(demand, Facts(last, {"stationed_months": date(2021, 9, 1)})).findings) == found
    assert bound(demand) == BOTH


@pytest.mark.clause("YL-7.1-4", "YL-7.1-5")
@pytest.mark.parametrize(
    ("handed_over", "days", "found"),
    [
        (True, 30, []),
        (True, 31, []),
        (True, 29, [("not_eligible", "warn", "YL-7.1-4")]),
        (True, None, [("to_be_stated", "warn", "YL-7.1-4")]),
        (False, 30, [("not_eligible", "block", "YL-7.1-5")]),
        (None, 30, [("to_be_stated", "block", "YL-7.1-5")]),
    ],
)
def test_one_leaves_after_the_handover_which_as_a_rule_takes_thirty_workdays(
    rule: Any, handed_over: bool | None, days: int | None, found: list[Any]
) -> None:
    demand = rule("yulin", "eligibility.departure")
    declared = {} if handed_over is None else {"工作交接完成": handed_over}
    measured = {} if days is None else {"handover_workdays": days}
    assert tell(verdict(demand, Facts(DAY, declared=declared, measured=measured)).findings) == found
    assert bound(demand) == BOTH


@pytest.mark.clause("YL-7.1-4")
@pytest.mark.parametrize(
    ("last", "days", "found"),
    [
        (date(2023, 6, 30), 21, [("not_eligible", "warn", "YL-7.1-4")]),
        (date(2023, 7, 12), 29, [("not_eligible", "warn", "YL-7.1-4")]),
        (date(2023, 7, 13), 30, []),
        (date(2023, 7, 16), 31, []),
    ],
)
def test_a_handover_is_counted_in_workdays_from_the_first_day_to_the_last(
    rule: Any, calendars: dict[int, YearCalendar], last: date, days: int, found: list[Any]
) -> None:
    """1 June to 13 July 2023 are 30: 21 in June (22 and 23 off for the festival, Sunday 25 worked), then nine."""
    handover = Event("handover", date(2023, 6, 1), last, subjects={"post": "第一书记"})
    counter, kind = rule("yulin", "counters.handover_workdays"), calendars[2023].kind
    number = count(counter, [handover], last, "第一书记", kind_of_day=kind).number
    facts = Facts(last, declared={"工作交接完成": True}, measured={"handover_workdays": number})
    assert (number, tell(verdict(rule("yulin", "eligibility.departure"), facts).findings)) == (days, found)


@pytest.mark.clause("YL-7.1-6")
@pytest.mark.parametrize(
    ("ground", "state", "code"),
    [
        ("health", "eligible", None),
        ("left_unit", "eligible", None),
        ("promotion", "not_eligible", "ground_refused"),
        ("post_change", "not_eligible", "ground_refused"),
        ("单位工作需要", "not_eligible", "ground_not_listed"),
        (None, "to_be_stated", "to_be_stated"),
    ],
)
def test_nobody_is_replaced_midway_but_for_health_or_leaving_the_unit(
    rule: Any, ground: str | None, state: str, code: str | None
) -> None:
    demand = rule("yulin", "eligibility.early_withdrawal")
    found = verdict(demand, Facts(DAY), ground)
    assert (found.state, tell(found.findings)) == (state, [] if code is None else [(code, "block", "YL-7.1-6")])
    assert (bound(demand), demand.modality) == (BOTH, "forbidden")


@pytest.mark.clause("YL-7.2.3-5")
@pytest.mark.parametrize(
    ("party", "moved", "state"),
    [
        ("full_member", (Happened(date(2023, 5, 31)),), "eligible"),
        ("full_member", (), "not_eligible"),
        ("probationary_member", (), "not_eligible"),
        ("full_member", None, "to_be_stated"),
        ("masses", (), "eligible"),
        ("full_member", (Happened(date(2023, 6, 2)),), "not_eligible"),
    ],
)
def test_first_secretaries_and_members_in_the_party_move_their_membership_to_the_village(
    rule: Any, party: str, moved: tuple[Happened, ...] | None, state: str
) -> None:
    demand = rule("yulin", "eligibility.party_relation")
    events = {} if moved is None else {"party_relation_moved": moved}
    found = verdict(demand, Facts(DAY, {"party": party}, events=events))
    assert (found.state, tell(found.findings)) == (
        state,
        [] if state == "eligible" else [(state, "block", "YL-7.2.3-5")],
    )
    assert bound(demand) == BOTH


@pytest.mark.clause("YL-7.2.3-7")
@pytest.mark.parametrize(
    ("held", "found"),
    [
        (Held("first_secretary", date(2022, 1, 1)), [("not_eligible", "warn", "YL-7.2.3-7")]),
        (Held("member", date(2022, 1, 1), DAY), [("not_eligible", "warn", "YL-7.2.3-7")]),
        (Held("member", date(2022, 1, 1), date(2023, 5, 31)), []),
        (Held("pairing_cadre", date(2022, 1, 1)), []),
        (None, []),
    ],
)
def test_people_in_post_as_a_rule_stay_out_of_village_elections(rule: Any, held: Held | None, found: list[Any]) -> None:
    facts = Facts(DAY, postings=() if held is None else (held,))
    assert tell(verdict(rule("yulin", "eligibility.village_election"), facts).findings) == found


@pytest.mark.clause("YL-7.3.1-1")
@pytest.mark.parametrize(
    ("arrived", "found"),
    [
        (date(2023, 7, 1), []),
        (date(2023, 7, 2), [("not_eligible", "block", "YL-7.3.1-1")]),
        (date(2023, 1, 1), []),
    ],
)
def test_half_a_year_in_the_village_brings_the_yearly_assessment(rule: Any, arrived: date, found: list[Any]) -> None:
    demand = rule("yulin", "eligibility.annual_assessment")
    assert tell(verdict(demand, Facts(date(2023, 12, 31), {"stationed_months": arrived})).findings) == found
    assert bound(demand) == BOTH
