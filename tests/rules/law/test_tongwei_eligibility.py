"""Tongwei: who may lead a team, who may be in one, what comes before the post and what it counts for."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from apps.rules.language.conditions import Facts, Happened, Held
from apps.rules.language.eligibility import verdict
from tests.rules.law.telling import POSTED, bound
from tests.rules.law.tongwei_case import DAY, answer, judged


@pytest.mark.clause("TW-4-1")
@pytest.mark.parametrize(
    ("level", "state"),
    [
        ("central", "eligible"),
        ("provincial", "eligible"),
        ("city", "eligible"),
        ("county", "eligible"),
        ("township", "not_eligible"),
        (None, "to_be_stated"),
    ],
)
def test_a_leader_comes_from_a_unit_of_the_county_or_above(rule: Any, level: str | None, state: str) -> None:
    values = {} if level is None else {"unit_level": level}
    assert judged(rule, "leader_unit", values=values) == answer(state, "TW-4-1")
    assert bound(rule("tongwei", "eligibility.leader_unit"), POSTED) == ["leader"]


CHU = [
    ("division", "section", "eligible"),
    ("deputy_division", "section", "eligible"),
    ("section", "deputy_division", "eligible"),
    ("section", "section", "not_eligible"),
    ("bureau", "clerk", "eligible"),
    ("section", None, "to_be_stated"),
]


@pytest.mark.clause("TW-4-3")
@pytest.mark.parametrize("level", ["provincial", "central"])
@pytest.mark.parametrize(("rank", "reserve", "state"), CHU)
def test_a_leader_from_province_or_centre_is_of_division_rank_or_in_reserve_for_it(
    rule: Any, level: str, rank: str, reserve: str | None, state: str
) -> None:
    values = {"unit_level": level, "rank": rank, "leading_post": True}
    values |= {} if reserve is None else {"reserve_rank": reserve}
    assert judged(rule, "leader_rank", values=values) == answer(state, "TW-4-3")


KE = [
    ("section", True, "clerk", "eligible"),
    ("deputy_section", True, "clerk", "eligible"),
    ("section", False, "clerk", "not_eligible"),  # the rank without a leading post
    ("clerk", True, "clerk", "not_eligible"),
    ("clerk", False, "deputy_section", "eligible"),
    ("section", False, "section", "eligible"),
    ("deputy_division", False, "clerk", "eligible"),  # above the rank that is asked for
    ("section", None, "clerk", "to_be_stated"),
    ("clerk", False, None, "to_be_stated"),
]


@pytest.mark.clause("TW-4-4")
@pytest.mark.parametrize("level", ["city", "county"])
@pytest.mark.parametrize(("rank", "post", "reserve", "state"), KE)
def test_a_leader_from_city_or_county_leads_at_section_rank_or_is_in_reserve_for_it(
    rule: Any, level: str, rank: str, post: bool | None, reserve: str | None, state: str
) -> None:
    known = {"unit_level": level, "rank": rank, "leading_post": post, "reserve_rank": reserve}
    values = {name: value for name, value in known.items() if value is not None}
    assert judged(rule, "leader_rank", values=values) == answer(state, "TW-4-4")
    assert bound(rule("tongwei", "eligibility.leader_rank"), POSTED) == ["leader"]


@pytest.mark.clause("TW-4-5")
@pytest.mark.parametrize(
    ("hard", "among_leaders", "shown"), [(True, True, 1), (True, False, 0), (False, True, 0), (False, False, 0)]
)
def test_of_a_hard_village_it_is_shown_whether_one_of_the_units_leaders_leads(
    rule: Any, hard: bool, among_leaders: bool, shown: int
) -> None:
    permitted = rule("tongwei", "eligibility.leader_from_leadership")
    facts = Facts(DAY, values={"unit_leader": among_leaders}, declared={"脱贫攻坚难度大": hard})
    found = verdict(permitted, facts)
    assert (found.state, found.findings, len(found.preferred)) == ("eligible", (), shown)
    assert verdict(permitted, Facts(DAY, declared={"脱贫攻坚难度大": True})).unknown == (
        "难度大的村由单位领导班子成员任队长",
    )
    assert (permitted.modality, bound(rule("tongwei", "eligibility.leader_from_leadership"), POSTED)) == (
        "may",
        ["leader"],
    )


@pytest.mark.clause("TW-3-3")
@pytest.mark.parametrize(
    ("roles", "state"),
    [({"leader", "first_secretary"}, "eligible"), ({"leader"}, "not_eligible"), (None, "to_be_stated")],
)
def test_a_leader_who_is_not_first_secretary_is_warned_of(rule: Any, roles: set[str] | None, state: str) -> None:
    values = {} if roles is None else {"roles": frozenset(roles)}
    assert judged(rule, "leader_is_first_secretary", values=values) == answer(state, "TW-3-3", "warn")
    assert bound(rule("tongwei", "eligibility.leader_is_first_secretary"), POSTED) == ["leader"]


@pytest.mark.clause("TW-4-7")
@pytest.mark.parametrize(
    ("source", "state"),
    [
        ("到村任职干部", "eligible"),
        ("各级帮扶干部", "eligible"),
        ("大学生村官", "eligible"),
        ("乡镇包村干部", "eligible"),
        ("公益性岗位人员", "not_eligible"),
        (None, "to_be_stated"),
    ],
)
def test_a_member_comes_from_one_of_four_sources(rule: Any, source: str | None, state: str) -> None:
    values = {} if source is None else {"statuses": frozenset({source})}
    assert judged(rule, "member_source", values=values) == answer(state, "TW-4-7")
    assert bound(rule("tongwei", "eligibility.member_source"), POSTED) == [*POSTED]


@pytest.mark.clause("TW-12-2")
@pytest.mark.parametrize(("released", "state"), [(True, "eligible"), (False, "not_eligible"), (None, "to_be_stated")])
def test_the_unit_releases_its_cadre_in_full(rule: Any, released: bool | None, state: str) -> None:
    values = {} if released is None else {"full_release": released}
    assert judged(rule, "full_release", values=values) == answer(state, "TW-12-2")
    assert bound(rule("tongwei", "eligibility.full_release"), POSTED) == [*POSTED]
    required = rule("tongwei", "eligibility.full_release").requires
    assert [actor.office for actor in required.by] == ["dispatch_unit"]


LEAVING = "调整更换、召回或因病另派"
START = date(2018, 5, 1)


@pytest.mark.clause("TW-5-1")
@pytest.mark.parametrize(
    ("on", "excused", "state"),
    [
        (date(2020, 4, 30), False, "eligible"),  # the last day of the second year
        (date(2020, 4, 29), False, "not_eligible"),
        (date(2020, 4, 29), None, "to_be_stated"),
        (date(2018, 6, 30), True, "eligible"),
    ],
)
def test_leader_and_first_secretary_stay_two_years(rule: Any, on: date, excused: bool | None, state: str) -> None:
    declared = {} if excused is None else {LEAVING: excused}
    found = judged(rule, "term", on, values={"stationed_months": START}, declared=declared)
    assert found == answer(state, "TW-5-1")
    assert bound(rule("tongwei", "eligibility.term"), POSTED) == ["leader", "first_secretary"]


@pytest.mark.clause("TW-5-3")
@pytest.mark.parametrize(
    ("party", "moved", "state"),
    [
        ("full_member", True, "eligible"),
        ("full_member", False, "not_eligible"),
        ("probationary_member", False, "not_eligible"),
        ("full_member", None, "to_be_stated"),
        ("none", None, "eligible"),
    ],
)
def test_a_party_member_moves_his_relation_to_the_village(
    rule: Any, party: str, moved: bool | None, state: str
) -> None:
    events = {} if moved is None else {"party_relation_moved": (Happened(START),) if moved else ()}
    found = judged(rule, "party_relation", values={"party": party}, events=events)
    assert found == answer(state, "TW-5-3")
    assert bound(rule("tongwei", "eligibility.party_relation"), POSTED) == ["leader", "first_secretary"]


def training(days: int) -> dict[str, tuple[Happened, ...]]:
    return {"pre_post_training_day": tuple(Happened(DAY - timedelta(days=back)) for back in range(days))}


@pytest.mark.parametrize(("key", "role"), [("leader", "leader"), ("first_secretary", "first_secretary")])
@pytest.mark.parametrize(
    ("held", "trained", "days", "clauses"),
    [
        pytest.param("", True, 5, [], marks=pytest.mark.clause("TW-23-3", "TW-23-4")),
        pytest.param("", True, 4, ["TW-23-4"], marks=pytest.mark.clause("TW-23-4")),
        pytest.param("", False, 0, ["TW-23-3", "TW-23-4"], marks=pytest.mark.clause("TW-23-3", "TW-23-4")),
        pytest.param("", False, 5, ["TW-23-3"], marks=pytest.mark.clause("TW-23-3")),
        pytest.param("member", False, 5, ["TW-23-3"], marks=pytest.mark.clause("TW-23-3")),
        pytest.param("same", False, 0, [], marks=pytest.mark.clause("TW-23-3", "TW-23-4")),
    ],
)
def test_the_newly_appointed_are_trained_five_days_before_the_post(
    rule: Any, key: str, role: str, held: str, trained: bool, days: int, clauses: list[str]
) -> None:
    earlier = (Held(role if held == "same" else held, date(2017, 1, 1), date(2018, 12, 31)),) if held else ()
    name = f"pre_post_training_{key}"
    found = judged(rule, name, values={"trained": trained}, events=training(days), postings=earlier)
    assert found == ("not_eligible" if clauses else "eligible", [("not_eligible", "block", each) for each in clauses])
    assert bound(rule("tongwei", f"eligibility.{name}"), POSTED) == [role]


@pytest.mark.clause("TW-23-3")
def test_who_has_not_been_asked_about_his_training_does_not_pass(rule: Any) -> None:
    state, found = judged(rule, "pre_post_training_leader", postings=(), events=training(5))
    assert (state, found) == ("to_be_stated", [("to_be_stated", "block", "TW-23-3")])
