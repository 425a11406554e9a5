"""Kunming's teams and people: one team of six to each poor village, led by the first secretary, and who may be sent."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from apps.rules.language.composition import set_findings
from apps.rules.language.conditions import Facts, Happened, Held
from apps.rules.language.eligibility import verdict
from apps.rules.language.on_duty import Member
from apps.rules.language.selectors import Case
from tests.rules.law.telling import Told, judged, tell

DAY = date(2026, 6, 1)


def people(*roles: set[str]) -> list[Member]:
    return [Member(f"{place}", frozenset(held)) for place, held in enumerate(roles)]


@pytest.mark.clause("KM-5-2")
@pytest.mark.parametrize(("teams", "found"), [(0, [("size_wrong", "block", "KM-5-2")]), (1, [])])
def test_every_poor_village_has_a_team(rule: Any, teams: int, found: Told) -> None:
    demand = rule("kunming", "sets.one_team_per_village")
    assert tell(set_findings(demand, [Member("队")] * teams)) == found
    assert demand.applies.matches(Case(village_classes=frozenset({"poor"})))
    assert not demand.applies.matches(Case(village_classes=frozenset({"non_poor"})))


@pytest.mark.clause("KM-5-4")
@pytest.mark.parametrize(("others", "found"), [(4, [("size_wrong", "block", "KM-5-4")]), (5, []), (8, [])])
def test_a_team_has_at_least_six_its_leader_counted(rule: Any, others: int, found: Told) -> None:
    members = people({"leader", "first_secretary"}, *([{"member"}] * others))
    assert tell(set_findings(rule("kunming", "sets.team_size"), members)) == found


@pytest.mark.clause("KM-5-5")
@pytest.mark.parametrize(
    ("roles", "found"),
    [
        ([{"leader", "first_secretary"}, {"member"}], []),
        ([{"leader"}, {"first_secretary"}], [("slot_empty", "block", "KM-5-5")]),
        ([{"leader"}, {"member"}], [("slot_empty", "block", "KM-5-5")]),
        ([{"leader", "first_secretary"}, {"leader", "first_secretary"}], [("slot_overfull", "block", "KM-5-5")]),
    ],
)
def test_the_first_secretary_is_the_leader(rule: Any, roles: list[set[str]], found: Told) -> None:
    assert tell(set_findings(rule("kunming", "sets.leader_is_first_secretary"), people(*roles))) == found
    post = rule("kunming", "eligibility.leader_is_first_secretary")
    known = verdict(post, Facts(DAY, {"roles": frozenset(roles[0])}))
    expected = [] if "first_secretary" in roles[0] else [("not_eligible", "block", "KM-5-5")]
    assert tell(known.findings) == expected


@pytest.mark.clause("KM-3-2")
@pytest.mark.parametrize(
    ("declared", "state"),
    [
        ({"政治素质好": True, "业务能力强": True}, "eligible"),
        ({"政治素质好": False, "业务能力强": True}, "not_eligible"),
        ({"政治素质好": True, "业务能力强": False}, "not_eligible"),
        ({"政治素质好": True}, "to_be_stated"),
        ({"业务能力强": True}, "to_be_stated"),
    ],
)
def test_nobody_is_posted_before_the_unit_confirms_both_qualities(
    rule: Any, declared: dict[str, bool], state: str
) -> None:
    expected = [] if state == "eligible" else [(state, "block", "KM-3-2")]
    assert judged(rule("kunming", "eligibility.cadre"), Facts(DAY, declared=declared)) == (state, expected)


ORDINARY = {
    "statuses": frozenset({"普通干部"}),
    "reserve_cadre": False,
    "party": "masses",
    "experience": frozenset({"机关工作"}),
    "skills": frozenset({"文秘"}),
}


@pytest.mark.clause("KM-3-3")
@pytest.mark.parametrize(
    ("more", "groups"),
    [
        ({}, 0),
        ({"statuses": frozenset({"机关优秀年轻干部"})}, 1),
        ({"statuses": frozenset({"国有企业优秀人员"})}, 1),
        ({"statuses": frozenset({"事业单位优秀人员"})}, 1),
        ({"reserve_cadre": True}, 1),
        ({"party": "full_member"}, 1),
        ({"party": "probationary_member"}, 0),
        ({"experience": frozenset({"农村工作"})}, 1),
        ({"skills": frozenset({"涉农专业技术"})}, 1),
        ({"reserve_cadre": True, "party": "full_member", "skills": frozenset({"涉农专业技术"})}, 3),
    ],
)
def test_three_groups_go_first_and_nobody_is_refused(rule: Any, more: dict[str, Any], groups: int) -> None:
    found = verdict(rule("kunming", "eligibility.preferred_cadres"), Facts(DAY, ORDINARY | more))
    assert (len(found.preferred), found.state, found.findings, found.unknown) == (groups, "eligible", (), ())


@pytest.mark.parametrize(
    ("ground", "expected"),
    [
        pytest.param(
            "unit_work",
            ("not_eligible", [("ground_refused", "block", "KM-8-2")]),
            marks=pytest.mark.clause("KM-8-2"),
        ),
        pytest.param("special_reason", ("eligible", []), marks=pytest.mark.clause("KM-8-3")),
        pytest.param(
            "本单位人手紧",
            ("not_eligible", [("ground_not_listed", "block", "KM-8-2")]),
            marks=pytest.mark.clause("KM-8-2"),
        ),
        pytest.param(None, ("to_be_stated", [("to_be_stated", "block", "KM-8-2")]), marks=pytest.mark.clause("KM-8-2")),
    ],
)
def test_a_unit_does_not_take_its_people_back_for_its_own_work(rule: Any, ground: str | None, expected: Any) -> None:
    assert judged(rule("kunming", "eligibility.early_withdrawal"), Facts(DAY), ground) == expected
    bound = rule("kunming", "eligibility.early_withdrawal").applies
    assert [bound.matches(Case(roles=frozenset({role}))) for role in ("leader", "member")] == [True, True]


HELPED = {"education_help": (Happened(date(2026, 4, 2)),)}
UNMENDED = {"经教育帮助仍不改正": True}


@pytest.mark.clause("KM-10-1")
@pytest.mark.parametrize(
    ("ground", "events", "declared", "state"),
    [
        *((each, HELPED, UNMENDED, "eligible") for each in ("not_stationed", "not_devoted")),
        *((each, HELPED, UNMENDED, "eligible") for each in ("duties_not_done", "tasks_badly_done")),
        ("ill", HELPED, UNMENDED, "not_eligible"),
        ("not_stationed", {"education_help": ()}, UNMENDED, "not_eligible"),
        ("not_stationed", HELPED, {"经教育帮助仍不改正": False}, "not_eligible"),
        ("not_stationed", {}, UNMENDED, "to_be_stated"),
        (None, HELPED, UNMENDED, "to_be_stated"),
    ],
)
def test_a_member_is_replaced_on_one_of_four_grounds_after_help_has_failed(
    rule: Any, ground: str | None, events: dict[str, Any], declared: dict[str, bool], state: str
) -> None:
    found, told = judged(
        rule("kunming", "eligibility.replacement_of_member"), Facts(DAY, events=events, declared=declared), ground
    )
    assert found == state
    assert {(severity, clause) for _, severity, clause in told} == (
        set() if state == "eligible" else {("block", "KM-10-1")}
    )
    bound = rule("kunming", "eligibility.replacement_of_member").applies
    assert [bound.matches(Case(roles=frozenset({role}))) for role in ("member", "leader")] == [True, False]


@pytest.mark.clause("KM-12-10")
@pytest.mark.parametrize(("since", "state"), [(date(2025, 12, 2), "eligible"), (date(2025, 12, 3), "not_eligible")])
def test_six_months_in_the_village_count_as_grass_roots_experience(rule: Any, since: date, state: str) -> None:
    """From 2 December to 1 June, both days counted, are six months to the day."""
    expected = [] if state == "eligible" else [(state, "block", "KM-12-10")]
    assert judged(rule("kunming", "eligibility.grassroots_experience"), Facts(DAY, {"stationed_months": since})) == (
        state,
        expected,
    )
    months = {"eligible": 6, "not_eligible": 5}[state]
    assert judged(rule("kunming", "eligibility.grassroots_experience"), Facts(DAY, {"stationed_months": months})) == (
        state,
        expected,
    )


@pytest.mark.clause("KM-13-2")
@pytest.mark.parametrize(
    ("grades", "state"),
    [
        ((Happened(date(2026, 2, 10), "优秀"),), "eligible"),
        ((Happened(date(2026, 2, 10), "称职"),), "not_eligible"),
        ((Happened(date(2025, 5, 31), "优秀"),), "not_eligible"),
        ((), "not_eligible"),
        (None, "to_be_stated"),
    ],
)
def test_only_who_was_excellent_that_year_becomes_an_advanced_worker(
    rule: Any, grades: tuple[Happened, ...] | None, state: str
) -> None:
    events = {} if grades is None else {"yearly_grade": grades}
    expected = [] if state == "eligible" else [(state, "block", "KM-13-2")]
    assert judged(rule("kunming", "eligibility.advanced_worker"), Facts(DAY, events=events)) == (state, expected)


@pytest.mark.clause("KM-14-2")
@pytest.mark.parametrize(
    ("declared", "awards", "state"),
    [
        ((True, True), (Happened(date(2025, 10, 17)),), "eligible"),
        ((True, True), (), "not_eligible"),
        ((False, True), (Happened(date(2025, 10, 17)),), "not_eligible"),
        ((True, False), (Happened(date(2025, 10, 17)),), "not_eligible"),
    ],
)
def test_preference_needs_good_work_visible_results_and_a_city_commendation(
    rule: Any, declared: tuple[bool, bool], awards: tuple[Happened, ...], state: str
) -> None:
    said = dict(zip(("驻村期间工作任务完成好", "帮扶成效明显"), declared, strict=True))
    expected = [] if state == "eligible" else [(state, "notice", "KM-14-2")]
    facts = Facts(DAY, events={"city_commendation": awards}, declared=said, postings=(Held("member", DAY),))
    assert judged(rule("kunming", "eligibility.priority_use"), facts) == (state, expected)
