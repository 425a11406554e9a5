"""Who may be sent to a village in Yulin, and from which units and villages."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from apps.rules.language.conditions import Facts
from apps.rules.language.eligibility import verdict
from apps.rules.language.selectors import Case
from tests.rules.law.telling import bound, tell

DAY = date(2023, 6, 1)
BOTH = ["first_secretary", "member"]


def values(**known: Any) -> Facts:
    return Facts(DAY, known)


QUALITIES = (
    "政治素质好，坚决贯彻执行党的理论和路线方针政策",
    "热爱农村工作，宗旨意识强，善于做群众工作",
    "工作能力强，敢于担当，具有开拓创新精神",
    "事业心和责任感强，作风扎实，不怕吃苦，甘于奉献",
)
CLEAN = {"health": "fit", "statuses": frozenset({"优秀干部"}), "experience": frozenset(), "skills": frozenset()}
ABLE = dict.fromkeys(QUALITIES, True)


@pytest.mark.clause("YL-4.1-1")
@pytest.mark.parametrize("quality", QUALITIES)
@pytest.mark.parametrize(("answer", "state"), [(True, "eligible"), (False, "not_eligible"), (None, "to_be_stated")])
def test_the_unit_confirms_four_qualities_of_whoever_is_sent(
    rule: Any, quality: str, answer: bool | None, state: str
) -> None:
    demand = rule("yulin", "eligibility.cadre")
    declared = {each: value for each, value in (ABLE | {quality: answer}).items() if value is not None}
    found = verdict(demand, Facts(DAY, CLEAN, declared=declared))
    assert (found.state, tell(found.findings)) == (state, [] if answer else [(state, "block", "YL-4.1-1")])
    assert bound(demand) == BOTH
    assert {actor.resolved({}) for each in demand.requires.parts for actor in each.by} == {"dispatch_unit"}


@pytest.mark.clause("YL-4.1-2")
@pytest.mark.parametrize(
    ("health", "state"), [("fit", "eligible"), ("ill", "not_eligible"), ("unfit", "not_eligible"), (None, None)]
)
def test_whoever_is_sent_is_fit_for_the_work(rule: Any, health: str | None, state: str | None) -> None:
    known = {name: value for name, value in (CLEAN | {"health": health}).items() if value is not None}
    found = verdict(rule("yulin", "eligibility.cadre"), Facts(DAY, known, declared=ABLE))
    expected = state or "to_be_stated"
    assert tell(found.findings) == ([] if health == "fit" else [(expected, "block", "YL-4.1-2")])


@pytest.mark.clause("YL-4.2-3")
@pytest.mark.parametrize(
    ("statuses", "refused"),
    [
        ({"临时聘用人员"}, True),
        ({"公益性岗位人员"}, True),
        ({"借调人员"}, True),
        ({"机关和事业单位工勤人员"}, True),
        ({"优秀干部", "借调人员"}, True),
        ({"国有企业工勤人员"}, False),
        ({"年轻干部"}, False),
    ],
)
def test_four_kinds_of_staff_must_not_be_sent(rule: Any, statuses: set[str], refused: bool) -> None:
    demand = rule("yulin", "eligibility.cadre")
    found = verdict(demand, Facts(DAY, CLEAN | {"statuses": frozenset(statuses)}, declared=ABLE))
    assert tell(found.findings) == ([("not_eligible", "block", "YL-4.2-3")] if refused else [])
    assert demand.excludes.parts[0].modality == "forbidden"


@pytest.mark.clause("YL-4.2-2")
@pytest.mark.parametrize(
    ("experience", "skills", "number"),
    [({"农村工作"}, set(), 1), (set(), {"涉农专业技术"}, 1), ({"机关工作"}, {"经济工作"}, 0)],
)
def test_rural_experience_or_farming_skill_comes_first_and_nobody_is_refused_for_want_of_it(
    rule: Any, experience: set[str], skills: set[str], number: int
) -> None:
    known = CLEAN | {"experience": frozenset(experience), "skills": frozenset(skills)}
    found = verdict(rule("yulin", "eligibility.cadre"), Facts(DAY, known, declared=ABLE))
    assert (found.state, len(found.preferred)) == ("eligible", number)


@pytest.mark.clause("YL-4.1-3")
@pytest.mark.parametrize(
    ("party", "state"),
    [
        ("full_member", "eligible"),
        ("probationary_member", "not_eligible"),
        ("masses", "not_eligible"),
        (None, "to_be_stated"),
    ],
)
def test_a_first_secretary_is_a_full_party_member(rule: Any, party: str | None, state: str) -> None:
    demand = rule("yulin", "eligibility.first_secretary")
    known = {"party_years": 5, "work_years": 5} | ({} if party is None else {"party": party})
    found = verdict(demand, values(**known))
    assert tell(found.findings) == ([] if state == "eligible" else [(state, "block", "YL-4.1-3")])
    assert bound(demand) == ["first_secretary"]


@pytest.mark.parametrize(
    ("fact", "since", "fits", "clause"),
    [
        pytest.param("party_years", date(2022, 6, 1), True, "YL-4.1-4", marks=pytest.mark.clause("YL-4.1-4")),
        pytest.param("party_years", date(2022, 6, 2), False, "YL-4.1-4", marks=pytest.mark.clause("YL-4.1-4")),
        pytest.param("party_years", None, None, "YL-4.1-4", marks=pytest.mark.clause("YL-4.1-4")),
        pytest.param("work_years", date(2021, 6, 1), True, "YL-4.1-5", marks=pytest.mark.clause("YL-4.1-5")),
        pytest.param("work_years", date(2021, 6, 2), False, "YL-4.1-5", marks=pytest.mark.clause("YL-4.1-5")),
        pytest.param("work_years", None, None, "YL-4.1-5", marks=pytest.mark.clause("YL-4.1-5")),
    ],
)
def test_a_first_secretary_has_been_a_year_in_the_party_and_two_at_work_to_the_day(
    rule: Any, fact: str, since: date | None, fits: bool | None, clause: str
) -> None:
    demand = rule("yulin", "eligibility.first_secretary")
    known = {"party": "full_member", "party_years": date(2000, 1, 1), "work_years": date(2000, 1, 1), fact: since}
    found = verdict(demand, values(**{name: value for name, value in known.items() if value is not None}))
    state = {True: "eligible", False: "not_eligible", None: "to_be_stated"}[fits]
    assert (found.state, tell(found.findings)) == (state, [] if fits else [(state, "block", clause)])
    assert bound(demand) == ["first_secretary"]


@pytest.mark.clause("YL-4.1-6")
@pytest.mark.parametrize(
    ("party", "number"), [("full_member", 1), ("probationary_member", 1), ("masses", 0), ("league_member", 0)]
)
def test_party_members_come_first_among_members_and_others_may_be_sent(rule: Any, party: str, number: int) -> None:
    demand = rule("yulin", "eligibility.member")
    found = verdict(demand, values(party=party))
    assert (found.state, found.findings, len(found.preferred)) == ("eligible", (), number)
    assert bound(demand) == ["member"]


@pytest.mark.clause("YL-4.2-1")
@pytest.mark.parametrize(
    ("known", "state"),
    [
        *(
            ({"unit_level": level, "unit_nature": nature}, "eligible")
            for level in ("city", "county")
            for nature in ("organ", "enterprise", "institution")
        ),
        ({"unit_level": "provincial", "unit_nature": "organ"}, "not_eligible"),
        ({"unit_level": "township", "unit_nature": "organ"}, "not_eligible"),
        ({"unit_level": "city", "unit_nature": "peoples_organisation"}, "not_eligible"),
        ({"unit_level": "city"}, "to_be_stated"),
    ],
)
def test_people_come_mainly_from_city_and_county_units(rule: Any, known: dict[str, str], state: str) -> None:
    found = verdict(rule("yulin", "eligibility.dispatch_unit"), values(**known))
    assert (found.state, tell(found.findings)) == (state, [] if state == "eligible" else [(state, "warn", "YL-4.2-1")])


STEPPED_DOWN = "因年龄原因从领导岗位上调整下来的干部"


@pytest.mark.clause("YL-4.2-1")
@pytest.mark.parametrize(
    ("status", "retired", "found"),
    [
        ("优秀干部", False, []),
        ("年轻干部", False, []),
        (STEPPED_DOWN, False, []),
        (STEPPED_DOWN, True, [("not_eligible", "block", "YL-4.2-1")]),
        (STEPPED_DOWN, None, [("to_be_stated", "block", "YL-4.2-1")]),
        ("一般干部", False, [("not_eligible", "warn", "YL-4.2-1")]),
    ],
)
def test_people_are_mainly_good_young_or_stepped_down_and_not_yet_retired(
    rule: Any, status: str, retired: bool | None, found: list[Any]
) -> None:
    demand = rule("yulin", "eligibility.member_source")
    known = {"statuses": frozenset({status})} | ({} if retired is None else {"retired": retired})
    assert tell(verdict(demand, values(**known)).findings) == found
    assert bound(demand) == BOTH


GATES = ("政治关", "品行关", "能力关", "作风关", "廉洁关")
BODIES = {
    ("org_dept_at_level", "unit"): "组织部",
    ("rural_office_at_level", "unit"): "农办",
    ("agriculture_at_level", "unit"): "农业农村局",
    ("poverty_office_at_level", "unit"): "乡村振兴局",
}


@pytest.mark.clause("YL-5-7")
@pytest.mark.parametrize("gate", GATES)
@pytest.mark.parametrize(("passed", "state"), [(False, "not_eligible"), (None, "to_be_stated")])
def test_party_committee_and_four_departments_hold_five_gates(
    rule: Any, gate: str, passed: bool | None, state: str
) -> None:
    demand = rule("yulin", "eligibility.selection_gates")
    declared = {each: each != gate for each in GATES if each != gate or passed is not None}
    assert tell(verdict(demand, Facts(DAY, declared=declared)).findings) == [(state, "block", "YL-5-7")]
    assert verdict(demand, Facts(DAY, declared=dict.fromkeys(GATES, True))).state == "eligible"
    bodies = [{actor.resolved(BODIES) for actor in part.by} for part in demand.requires.parts]
    assert bodies == [{"unit_party_committee", *BODIES.values()}] * 5


@pytest.mark.clause("YL-3.1-2")
@pytest.mark.parametrize(("key_county", "number"), [(True, 1), (False, 0)])
def test_poor_villages_of_a_key_county_come_first(rule: Any, key_county: bool, number: int) -> None:
    demand = rule("yulin", "eligibility.priority_villages")
    found = verdict(demand, Facts(DAY, declared={"所在县是乡村振兴重点帮扶县": key_county}))
    assert (found.findings, len(found.preferred)) == ((), number)
    villages = [demand.applies.matches(Case(village_classes=frozenset({each}))) for each in ("poor", "relocation")]
    assert villages == [True, False]


LIGHT, MANY = "巩固拓展脱贫攻坚成果任务较轻", "原帮扶力量较多"


@pytest.mark.clause("YL-3.1-3")
@pytest.mark.parametrize(
    ("declared", "state"),
    [
        ({LIGHT: True, MANY: True}, "eligible"),
        ({LIGHT: True, MANY: False}, "not_eligible"),
        ({LIGHT: False, MANY: True}, "not_eligible"),
        ({LIGHT: True}, "to_be_stated"),
    ],
)
def test_a_poor_village_may_be_reduced_only_with_light_tasks_and_many_people(
    rule: Any, declared: dict[str, bool], state: str
) -> None:
    demand = rule("yulin", "eligibility.poor_village_reduction")
    found = verdict(demand, Facts(DAY, declared=declared))
    assert (found.state, tell(found.findings)) == (
        state,
        [] if state == "eligible" else [(state, "notice", "YL-3.1-3")],
    )
    villages = ("poor", "relocation", "demonstration", "weak_party")
    fitting = [each for each in villages if demand.applies.matches(Case(village_classes=frozenset({each})))]
    assert fitting == ["poor"]


@pytest.mark.clause("YL-3.1-5")
@pytest.mark.parametrize(
    ("roles", "found"),
    [({"leader", "first_secretary"}, []), ({"leader", "member"}, [("not_eligible", "block", "YL-3.1-5")])],
)
def test_the_first_secretary_leads_the_team_in_poor_relocation_and_model_villages(
    rule: Any, roles: set[str], found: list[Any]
) -> None:
    demand = rule("yulin", "eligibility.leader_is_first_secretary")
    assert tell(verdict(demand, values(roles=frozenset(roles))).findings) == found
    leader = frozenset({"leader"})
    villages = ("poor", "relocation", "demonstration", "weak_party", "red", "other")
    fitting = [each for each in villages if demand.applies.matches(Case(leader, frozenset({each})))]
    assert fitting == ["poor", "relocation", "demonstration"]
