"""达川委办〔2017〕96号 一、二、四: who owes what how often, and when it is short."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from apps.rules.language.fulfilment import Fulfilled, Recorded, fulfilment, occurrences
from apps.rules.language.selectors import Case
from apps.rules.language.windows import Stretch
from apps.rules.trace import recompute
from tests.rules.law.dachuan_case import Find

YEAR = Stretch(date(2026, 1, 1), date(2026, 12, 31))
RELATED = {("party_committee", "unit"): "单位党组", ("principal", "unit"): "单位主要负责人"}
POOR, NON_POOR, BOTH = {"poor"}, {"non_poor"}, {"poor", "non_poor"}
TWO_MONTHS = ["01-01", "03-01", "05-01", "07-01", "09-01", "11-01"]
MONTHS = [f"{month:02}-01" for month in range(1, 13)]
QUARTERS = ["01-01", "04-01", "07-01", "10-01"]


def owed_by(duty: Any) -> set[str]:
    return {*(duty.roles or ()), *(actor.resolved(RELATED) for actor in duty.who)}


def held_in(duty: Any) -> set[str]:
    """The village classes in which it is owed, looked at for each of those who owe it."""
    case = {"roles": frozenset(duty.roles or ()), "attributes": {"liaison_leaders": 1}}
    return {kind for kind in BOTH if duty.applies.matches(Case(village_classes=frozenset({kind}), **case))}


def done(duty: Any, acts: list[Recorded], place: int = 0, **more: Any) -> Fulfilled:
    found = fulfilment(duty, occurrences(duty, YEAR)[place], acts, on=date(2027, 1, 1), related=RELATED, **more)
    assert recompute(found.trace) == found.done
    return found


def row(clause: str, key: str, *expected: Any) -> Any:
    return pytest.param(clause, key, *expected, marks=pytest.mark.clause(clause), id=key)


@pytest.mark.parametrize(
    ("clause", "key", "who", "classes", "firsts", "least"),
    [
        row("DC-1.1.1-2", "liaison_research", {"liaison_leader"}, POOR, TWO_MONTHS, 1),
        row("DC-1.1.1-5", "liaison_meeting", {"liaison_leader"}, POOR, TWO_MONTHS, 1),
        row("DC-1.1.1-6", "liaison_talk", {"liaison_leader"}, POOR, QUARTERS, 1),
        row("DC-1.1.2-2", "unit_study", {"单位党组"}, POOR, TWO_MONTHS, 1),
        row("DC-1.1.2-3", "unit_head_visit", {"单位主要负责人"}, POOR, MONTHS, 1),
        row("DC-1.1.2-4", "pairing_visits", {"pairing_cadre"}, POOR, MONTHS, 1),
        row("DC-1.1.6-4", "legal_service", {"legal_adviser"}, POOR, TWO_MONTHS, 1),
        row("DC-1.2.2-2", "agri_tour_visits", {"agri_tour_group"}, NON_POOR, MONTHS, 3),
        row("DC-1.2.3-2", "legal_tour_visits", {"legal_tour_group"}, NON_POOR, QUARTERS, 1),
        row("DC-1.2.4-3", "pairing_visits_non_poor", {"pairing_cadre"}, NON_POOR, MONTHS, 1),
        row("DC-2.1-3", "liaison_report", {"liaison_leader"}, BOTH, QUARTERS, 1),
        row("DC-2.2-1", "area_assessment", {"county_party_committee"}, BOTH, ["01-01"], 1),
        row("DC-2.4-4", "inspection_bulletin", {"county_org_dept"}, BOTH, MONTHS, 1),
        row("DC-4.2-1", "annual_commendation", set(), BOTH, ["01-01"], 1),
        row("DC-4.3-2", "accident_insurance", {"dispatch_unit"}, BOTH, ["01-01"], 1),
        row("DC-4.3-3", "checkup", {"dispatch_unit"}, BOTH, ["01-01"], 1),
    ],
)
def test_so_many_are_owed_in_every_window(
    rule: Find, clause: str, key: str, who: set[str], classes: set[str], firsts: list[str], least: int
) -> None:
    duty = rule("dachuan", f"duties.{key}")
    if duty.applies.roles:  # owed for those who are stationed, not by them
        assert set(duty.applies.roles) == {"first_secretary", "leader", "member"}
        duty = duty.model_copy(update={"applies": duty.applies.model_copy(update={"roles": None})})
    assert (owed_by(duty), held_in(duty)) == (who, classes)
    windows = occurrences(duty, YEAR)
    assert [f"{each.window.first:%m-%d}" for each in windows] == firsts
    assert windows[-1].window.last == date(2026, 12, 31)
    last = windows[0].window.last
    acts = [Recorded(last)] * least
    assert done(duty, acts).state == "met"
    for too_few in (acts[1:], [*acts[1:], Recorded(date.fromordinal(last.toordinal() + 1))]):
        found = done(duty, too_few)
        assert (found.state, found.done) == ("short", least - 1)
        assert [(finding.severity, finding.clause) for finding in found.findings] == [("block", clause)]


@pytest.mark.parametrize(
    ("clause", "key", "per"),
    [
        row("DC-1.1.2-4", "pairing_visits", "person"),
        row("DC-1.2.2-2", "agri_tour_visits", "village"),
        row("DC-1.2.4-3", "pairing_visits_non_poor", "person"),
        row("DC-2.1-1", "team_report", "team"),
        row("DC-2.1-2", "team_report_to_leader", "team"),
        row("DC-2.1-3", "liaison_report", "person"),
        row("DC-2.2-1", "area_assessment", "county"),
        row("DC-2.4-4", "inspection_bulletin", "county"),
        row("DC-4.2-1", "annual_commendation", "county"),
        row("DC-4.3-2", "accident_insurance", "person"),
        row("DC-4.3-3", "checkup", "person"),
    ],
)
def test_each_person_village_or_team_is_counted_by_itself(rule: Find, clause: str, key: str, per: str) -> None:
    duty = rule("dachuan", f"duties.{key}")
    assert (duty.per, done(duty, []).findings[0].clause) == (per, clause)


@pytest.mark.clause("DC-1.1.1-5")
def test_village_and_township_cadres_and_all_helpers_attend_the_liaison_leaders_meeting(rule: Find) -> None:
    duty = rule("dachuan", "duties.liaison_meeting")
    cadres = {"township_party_committee", "village_branch", "village_committee"}
    helpers = {"dispatch_unit", "work_group", "first_secretary", "agri_technician", "legal_adviser", "credit_officer"}
    assert {actor.resolved({}) for actor in duty.attendees} == cadres | helpers


@pytest.mark.clause("DC-1.1.1-6")
def test_the_liaison_leaders_talk_is_with_the_first_secretary(rule: Find) -> None:
    duty = rule("dachuan", "duties.liaison_talk")
    assert [actor.resolved({}) for actor in duty.attendees] == ["first_secretary"]


@pytest.mark.clause("DC-2.1-3")
def test_the_liaison_leader_reports_to_the_standing_committee(rule: Find) -> None:
    duty = rule("dachuan", "duties.liaison_report")
    assert [actor.resolved({}) for actor in duty.to] == ["county_standing_committee"]


BOTH_SIDES = frozenset({"township_party_committee", "dispatch_unit"})
TOWN, UNIT = frozenset({"township_party_committee"}), frozenset({"dispatch_unit"})


@pytest.mark.parametrize(
    ("to", "state", "reached", "missing"),
    [
        ([BOTH_SIDES, BOTH_SIDES], "met", 2, ()),
        ([TOWN, TOWN, UNIT, UNIT], "met", 2, ()),
        ([TOWN, TOWN, UNIT], "short", 1, ("dispatch_unit",)),
        ([BOTH_SIDES, UNIT], "short", 1, ("township_party_committee",)),
        ([BOTH_SIDES], "short", 0, ("township_party_committee", "dispatch_unit")),
    ],
)
@pytest.mark.parametrize(("key", "who"), [("team_report", "work_group"), ("first_secretary_report", "first_secretary")])
@pytest.mark.clause("DC-2.1-1")
def test_township_and_unit_each_hear_two_reports_a_month(
    rule: Find, key: str, who: str, to: list[frozenset[str]], state: str, reached: int, missing: tuple[str, ...]
) -> None:
    duty = rule("dachuan", f"duties.{key}")
    assert (owed_by(duty), held_in(duty), len(occurrences(duty, YEAR))) == ({who}, BOTH, 12)
    found = done(duty, [Recorded(date(2026, 1, 31), to=each) for each in to])
    assert (found.state, found.done, found.due, found.missing) == (state, reached, 2, missing)
    assert {(one.severity, one.clause) for one in found.findings} == ({("block", "DC-2.1-1")} if missing else set())


@pytest.mark.parametrize(
    ("key", "who"), [("team_report_to_leader", "work_group"), ("first_secretary_report_to_leader", "first_secretary")]
)
@pytest.mark.clause("DC-2.1-2")
def test_the_liaison_leader_hears_one_report_in_two_months_where_the_village_has_one(
    rule: Find, key: str, who: str
) -> None:
    duty = rule("dachuan", f"duties.{key}")
    assert owed_by(duty) == {who}
    assert [duty.applies.matches(Case(attributes={"liaison_leaders": number})) for number in (0, 1, 2)] == [0, 1, 1]
    assert [f"{each.window.first:%m-%d}" for each in occurrences(duty, YEAR)] == TWO_MONTHS
    assert [actor.resolved({}) for actor in duty.to] == ["liaison_leader"]
    assert done(duty, [Recorded(date(2026, 2, 28))]).state == "met"
    found = done(duty, [Recorded(date(2026, 3, 1))])
    assert (found.state, found.findings[0].severity, found.findings[0].clause) == ("short", "block", "DC-2.1-2")


@pytest.mark.clause("DC-2.2-1")
def test_the_three_areas_are_ranked(rule: Find) -> None:
    areas = rule("dachuan", "vocabularies.areas")
    assert [areas.found(word) is not None for word in ("东片区", "西片区", "南片区", "北片区")] == [1, 1, 1, 0]
    assert set(rule("dachuan", "duties.area_assessment").content) == {"东片区", "西片区", "南片区"}


@pytest.mark.clause("DC-4.2-1")
def test_six_kinds_of_helper_are_commended_each_year(rule: Find) -> None:
    content = set(rule("dachuan", "duties.annual_commendation").content)
    assert content == {"优秀第一书记", "驻村工作组成员", "帮扶单位", "农技员", "法律顾问", "农信员"}
