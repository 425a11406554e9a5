"""The nation's conditions: who is sent and by whom, how long one stays, which villages come first."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from apps.rules.language.conditions import Facts, Happened
from apps.rules.language.eligibility import verdict
from apps.rules.language.selectors import Case
from tests.rules.law.telling import tell

DAY = date(2019, 6, 1)


def values(**known: Any) -> Facts:
    return Facts(DAY, known)


@pytest.mark.clause("CN-2.3-1")
@pytest.mark.parametrize("level", ["central", "provincial", "city", "county"])
@pytest.mark.parametrize("nature", ["organ", "enterprise", "institution", "school"])
def test_organs_state_enterprises_and_institutions_from_the_county_up_send_people(
    rule: Any, level: str, nature: str
) -> None:
    found = verdict(rule("central", "eligibility.dispatch_unit"), values(unit_level=level, unit_nature=nature))
    assert (found.state, found.findings) == ("eligible", ())


@pytest.mark.clause("CN-2.3-1")
@pytest.mark.parametrize(
    ("known", "state"),
    [
        ({"unit_level": "township", "unit_nature": "organ"}, "not_eligible"),
        ({"unit_level": "county", "unit_nature": "peoples_organisation"}, "not_eligible"),
        ({"unit_level": "county"}, "to_be_stated"),
    ],
)
def test_other_units_are_only_warned(rule: Any, known: dict[str, str], state: str) -> None:
    found = verdict(rule("central", "eligibility.dispatch_unit"), values(**known))
    assert (found.state, tell(found.findings)) == (state, [(state, "warn", "CN-2.3-1")])


QUALITIES = ("政治素质好", "工作作风实", "综合能力强")


@pytest.mark.parametrize(
    ("declared", "health", "state", "clause"),
    [
        pytest.param(dict.fromkeys(QUALITIES, True), "fit", "eligible", None, marks=pytest.mark.clause("CN-2.3-2")),
        *(
            pytest.param(
                {each: each != missing for each in QUALITIES},
                "fit",
                "not_eligible",
                "CN-2.3-2",
                marks=pytest.mark.clause("CN-2.3-2"),
            )
            for missing in QUALITIES
        ),
        pytest.param(
            dict.fromkeys(QUALITIES[:2], True), "fit", "to_be_stated", "CN-2.3-2", marks=pytest.mark.clause("CN-2.3-2")
        ),
        pytest.param(
            dict.fromkeys(QUALITIES, True), "ill", "not_eligible", "CN-2.3-3", marks=pytest.mark.clause("CN-2.3-3")
        ),
        pytest.param(
            dict.fromkeys(QUALITIES, True), None, "to_be_stated", "CN-2.3-3", marks=pytest.mark.clause("CN-2.3-3")
        ),
    ],
)
def test_a_cadre_has_three_qualities_and_the_health_for_the_post(
    rule: Any, declared: dict[str, bool], health: str | None, state: str, clause: str | None
) -> None:
    known = {} if health is None else {"health": health}
    found = verdict(rule("central", "eligibility.cadre"), Facts(DAY, known, declared=declared))
    expected = [] if clause is None else [(state, "block", clause)]
    assert (found.state, tell(found.findings)) == (state, expected)


@pytest.mark.clause("CN-2.2-1")
@pytest.mark.parametrize(
    ("known", "number"),
    [
        ({"statuses": frozenset({"优秀年轻干部"}), "reserve_cadre": True}, 2),
        ({"statuses": frozenset({"优秀年轻干部"}), "reserve_cadre": False}, 1),
        ({"statuses": frozenset({"普通干部"}), "reserve_cadre": True}, 1),
        ({"statuses": frozenset({"普通干部"}), "reserve_cadre": False}, 0),
    ],
)
def test_good_young_and_reserve_cadres_go_first_and_nobody_is_refused(
    rule: Any, known: dict[str, Any], number: int
) -> None:
    found = verdict(rule("central", "eligibility.preferred_cadres"), values(**known))
    assert (found.state, found.findings, len(found.preferred)) == ("eligible", (), number)


@pytest.mark.clause("CN-1.2-6")
@pytest.mark.parametrize(
    ("roles", "found"),
    [
        ({"leader", "first_secretary"}, []),
        ({"leader"}, [("not_eligible", "warn", "CN-1.2-6")]),
        ({"leader", "member"}, [("not_eligible", "warn", "CN-1.2-6")]),
    ],
)
def test_the_leader_is_in_principle_the_first_secretary(rule: Any, roles: set[str], found: list[Any]) -> None:
    demand = rule("central", "eligibility.leader_is_first_secretary")
    assert tell(verdict(demand, values(roles=frozenset(roles))).findings) == found
    assert demand.applies.matches(Case(roles=frozenset({"leader"})))
    assert not demand.applies.matches(Case(roles=frozenset({"member"})))


@pytest.mark.clause("CN-2.3-4")
@pytest.mark.parametrize(
    ("rank", "reserve", "state"),
    [
        ("clerk", "clerk", "not_eligible"),
        ("clerk", None, "to_be_stated"),
        ("deputy_section", None, "eligible"),
        ("section", "clerk", "eligible"),
        ("division", None, "eligible"),
        ("clerk", "deputy_section", "eligible"),
        ("clerk", "deputy_division", "eligible"),
    ],
)
def test_a_new_leader_is_of_section_or_division_rank_or_in_reserve_for_it(
    rule: Any, rank: str, reserve: str | None, state: str
) -> None:
    demand = rule("central", "eligibility.leader_rank")
    known = {"rank": rank} | ({} if reserve is None else {"reserve_rank": reserve})
    found = verdict(demand, values(**known))
    assert found.state == state
    assert {finding.severity for finding in found.findings} <= {"warn"}


@pytest.mark.clause("CN-2.3-4")
def test_leaders_posted_before_2018_are_not_asked_for_their_rank(rule: Any) -> None:
    demand = rule("central", "eligibility.leader_rank")
    assert demand.on(date(2017, 12, 31)) is None
    assert demand.on(date(2018, 1, 1)) is not None
    assert not demand.applies.matches(Case(roles=frozenset({"member"})))


@pytest.mark.clause("CN-2.2-3")
@pytest.mark.parametrize(
    ("last", "recalled", "state"),
    [
        (date(2020, 3, 31), False, "eligible"),
        (date(2020, 3, 30), False, "not_eligible"),
        (date(2020, 3, 30), True, "eligible"),
        (date(2020, 3, 30), None, "to_be_stated"),
    ],
)
def test_a_term_lasts_two_years_unless_one_is_recalled_with_a_reason(
    rule: Any, last: date, recalled: bool | None, state: str
) -> None:
    demand = rule("central", "eligibility.term")
    declared = {} if recalled is None else {"召回调整并说明理由": recalled}
    found = verdict(demand, Facts(last, {"stationed_months": date(2018, 4, 1)}, declared=declared))
    assert found.state == state
    assert tell(found.findings) == ([] if state == "eligible" else [(state, "block", "CN-2.2-3")])
    for role in ("leader", "first_secretary", "member"):
        assert demand.applies.matches(Case(roles=frozenset({role})))


@pytest.mark.clause("CN-2.3-7")
@pytest.mark.parametrize(
    ("exited", "state", "found"),
    [
        (1, "not_eligible", [("not_eligible", "block", "CN-2.3-7")]),
        (0, "eligible", []),
        (None, "to_be_stated", [("to_be_stated", "block", "CN-2.3-7")]),
    ],
)
def test_a_team_is_not_withdrawn_from_a_village_because_it_has_exited(
    rule: Any, exited: int | None, state: str, found: list[Any]
) -> None:
    demand = rule("central", "eligibility.team_withdrawal")
    given = verdict(demand, Facts(DAY, measured={} if exited is None else {"exited": exited}))
    assert (given.state, tell(given.findings)) == (state, found)


@pytest.mark.clause("CN-2.3-7")
def test_teams_may_be_withdrawn_after_the_campaign(rule: Any) -> None:
    demand = rule("central", "eligibility.team_withdrawal")
    assert (demand.on(date(2020, 12, 31)) is None, demand.on(date(2021, 1, 1)) is None) == (False, True)


@pytest.mark.clause("CN-2.3-6")
@pytest.mark.parametrize(
    ("party", "moved", "state"),
    [
        ("full_member", (Happened(date(2019, 1, 5)),), "eligible"),
        ("full_member", (), "not_eligible"),
        ("probationary_member", (), "not_eligible"),
        ("full_member", None, "to_be_stated"),
        ("masses", (), "eligible"),
        ("full_member", (Happened(date(2019, 7, 1)),), "not_eligible"),
    ],
)
def test_a_party_member_moves_the_membership_to_the_village(
    rule: Any, party: str, moved: tuple[Happened, ...] | None, state: str
) -> None:
    events = {} if moved is None else {"party_relation_moved": moved}
    found = verdict(rule("central", "eligibility.party_relation"), Facts(DAY, {"party": party}, events=events))
    assert (found.state, tell(found.findings)) == (state, [] if state == "eligible" else [(state, "block", "CN-2.3-6")])


@pytest.mark.clause("CN-5.2-3")
@pytest.mark.parametrize(
    ("declared", "state"),
    [
        ({"成绩突出": True, "群众认可": True, "符合条件": True}, "eligible"),
        ({"成绩突出": True, "群众认可": True, "符合条件": False}, "not_eligible"),
        ({"成绩突出": False, "群众认可": True, "符合条件": True}, "not_eligible"),
        ({"成绩突出": True, "群众认可": False, "符合条件": True}, "not_eligible"),
        ({"成绩突出": True, "群众认可": True}, "to_be_stated"),
    ],
)
def test_nobody_is_listed_as_reserve_who_does_not_meet_all_conditions(
    rule: Any, declared: dict[str, bool], state: str
) -> None:
    found = verdict(rule("central", "eligibility.reserve_list"), Facts(DAY, declared=declared))
    assert (found.state, tell(found.findings)) == (state, [] if state == "eligible" else [(state, "block", "CN-5.2-3")])


@pytest.mark.clause("CN-2.2-4")
@pytest.mark.parametrize(
    ("classes", "preferred"),
    [
        ({"deep_poverty", "hard_to_lift"}, ("深度贫困地区贫困村", "脱贫难度大的贫困村")),
        ({"poor", "deep_poverty"}, ("深度贫困地区贫困村",)),
        ({"poor", "hard_to_lift"}, ("脱贫难度大的贫困村",)),
        ({"poor"}, ()),
    ],
)
def test_villages_in_deep_poverty_or_hard_to_lift_come_first(
    rule: Any, classes: set[str], preferred: tuple[str, ...]
) -> None:
    found = verdict(rule("central", "eligibility.priority_villages"), values(village_classes=frozenset(classes)))
    assert (found.preferred, found.findings) == (preferred, ())
