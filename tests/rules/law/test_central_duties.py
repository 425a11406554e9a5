"""What the nation asks for again and again: meetings each quarter, reports each half-year, one assessment a year."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from apps.rules.language.fulfilment import Occurrence, Recorded, fulfilment, occurrences
from apps.rules.language.selectors import Case
from apps.rules.language.windows import Stretch
from tests.rules.law.telling import offices, tell

YEAR = Stretch(date(2026, 1, 1), date(2026, 12, 31))
QUARTERS = [(date(2026, 1, 1), date(2026, 3, 31)), (date(2026, 4, 1), date(2026, 6, 30))]
QUARTERS += [(date(2026, 7, 1), date(2026, 9, 30)), (date(2026, 10, 1), date(2026, 12, 31))]
HALVES = [(date(2026, 1, 1), date(2026, 6, 30)), (date(2026, 7, 1), date(2026, 12, 31))]

PERIODIC = [
    pytest.param(
        "team_leaders_meeting", QUARTERS, {"county_leading_group"}, id="meeting", marks=pytest.mark.clause("CN-4.2-1")
    ),
    pytest.param("half_year_report", HALVES, {"team"}, id="report", marks=pytest.mark.clause("CN-4.2-4")),
    pytest.param(
        "annual_assessment",
        [tuple(YEAR)],
        {"county_party_committee", "county_government"},
        id="team",
        marks=pytest.mark.clause("CN-5.1-1"),
    ),
    pytest.param(
        "annual_assessment_cadre",
        [tuple(YEAR)],
        {"county_party_committee", "county_government"},
        id="person",
        marks=pytest.mark.clause("CN-5.1-1"),
    ),
    pytest.param(
        "accident_insurance", [tuple(YEAR)], {"dispatch_unit"}, id="insurance", marks=pytest.mark.clause("CN-6.4-6")
    ),
]


@pytest.mark.parametrize(("key", "windows", "who"), PERIODIC)
def test_it_is_owed_once_in_every_window_and_overdue_on_the_day_after(
    rule: Any, key: str, windows: list[tuple[date, date]], who: set[str]
) -> None:
    duty = rule("central", f"duties.{key}")
    found = occurrences(duty, YEAR)
    assert [tuple(each.window) for each in found] == windows
    assert offices(duty.who) == who
    for each in found:
        last = each.window.last
        assert fulfilment(duty, each, (), on=last).state == "open"
        short = fulfilment(duty, each, (), on=date.fromordinal(last.toordinal() + 1))
        assert (short.state, short.done, short.due) == ("short", 0, 1)
        assert tell(short.findings) == [("duty_short", "block", duty.clause)]
        done = fulfilment(duty, each, [Recorded(last)], on=date(2027, 6, 1))
        assert (done.state, done.done, done.due, done.findings) == ("met", 1, 1, ())


@pytest.mark.clause("CN-4.2-1")
def test_two_meetings_in_one_quarter_do_not_make_up_for_the_next(rule: Any) -> None:
    duty = rule("central", "duties.team_leaders_meeting")
    held = [Recorded(date(2026, 1, 8)), Recorded(date(2026, 3, 30)), Recorded(date(2026, 7, 1))]
    states = [fulfilment(duty, each, held, on=date(2027, 1, 1)).state for each in occurrences(duty, YEAR)]
    assert states == ["met", "short", "met", "short"]
    assert offices(duty.attendees) == {"team_leader"}
    assert set(duty.content) == {"了解工作进展", "交流工作经验", "协调解决问题"}


@pytest.mark.clause("CN-4.2-4")
def test_a_report_for_the_first_half_year_does_not_count_for_the_second(rule: Any) -> None:
    duty = rule("central", "duties.half_year_report")
    first, second = occurrences(duty, YEAR)
    late = [Recorded(date(2026, 7, 3), about=date(2026, 6, 30))]
    assert fulfilment(duty, first, late, on=date(2026, 7, 4)).state == "late"
    assert fulfilment(duty, second, late, on=date(2027, 1, 1)).state == "short"
    assert (offices(duty.to), duty.per) == ({"county_leading_group"}, "team")


@pytest.mark.clause("CN-5.1-1")
def test_the_team_and_each_of_its_people_have_a_result_of_their_own(rule: Any) -> None:
    assert rule("central", "duties.annual_assessment").per == "team"
    person = rule("central", "duties.annual_assessment_cadre")
    assert person.per == "person"
    bound = ["leader", "first_secretary", "member", "liaison_leader"]
    assert [person.applies.matches(Case(roles=frozenset({role}))) for role in bound] == [True, True, True, False]


@pytest.mark.clause("CN-6.4-6")
@pytest.mark.parametrize(
    ("employment", "owed"),
    [("civil_servant", True), ("institution_staff", True), ("enterprise_staff", True), ("retired", False), ("", False)],
)
def test_insurance_is_for_cadres_in_service(rule: Any, employment: str, owed: bool) -> None:
    duty = rule("central", "duties.accident_insurance")
    assert duty.applies.matches(Case(roles=frozenset({"member"}), employment=employment)) is owed
    assert duty.per == "person"


OPEN = [
    pytest.param("deep_poverty_support", id="support", marks=pytest.mark.clause("CN-2.2-5")),
    pytest.param("project_supervision", id="projects", marks=pytest.mark.clause("CN-3.6-1")),
    pytest.param("provincial_inspection", id="inspection", marks=pytest.mark.clause("CN-6.2-1")),
    pytest.param("training", id="training", marks=pytest.mark.clause("CN-6.3-1")),
    pytest.param("publicity", id="publicity", marks=pytest.mark.clause("CN-6.3-2")),
    pytest.param("care_talk", id="talks", marks=pytest.mark.clause("CN-6.4-10")),
]
WHO = {
    "deep_poverty_support": ({"hierarchy", "dispatch_unit"}, ()),
    "project_supervision": ({"team"}, ("公开", "公平", "公正")),
    "provincial_inspection": ({"hierarchy"}, ("总结典型经验", "加强薄弱环节", "纠正突出问题", "完善管理制度")),
    "training": ({"hierarchy", "county_leading_group"}, ("脱贫攻坚方针政策", "科技知识", "市场信息")),
    "publicity": ({"hierarchy", "county_leading_group"}, ("先进事迹", "有效做法", "成功经验")),
    "care_talk": ({None}, ("了解思想动态", "激发工作热情")),
}


@pytest.mark.parametrize("key", OPEN)
def test_what_has_no_period_in_the_text_is_never_overdue(rule: Any, key: str) -> None:
    duty = rule("central", f"duties.{key}")
    assert occurrences(duty, YEAR) == ()
    unjudged = fulfilment(duty, Occurrence(YEAR, None, None, judged=False), (), on=date(2027, 6, 1), subjects={"甲"})
    assert (unjudged.state, unjudged.findings) == ("information", ())
    assert (offices(duty.who), duty.content) == WHO[key]
    assert duty.modality == "must"


@pytest.mark.clause("CN-2.2-5")
@pytest.mark.parametrize(("classes", "asked"), [({"deep_poverty"}, True), ({"poor"}, False), (set(), False)])
def test_more_people_are_asked_for_in_deep_poverty_only(rule: Any, classes: set[str], asked: bool) -> None:
    duty = rule("central", "duties.deep_poverty_support")
    assert duty.applies.matches(Case(village_classes=frozenset(classes))) is asked


@pytest.mark.clause("CN-3.6-1")
def test_every_project_of_the_village_is_watched(rule: Any) -> None:
    duty = rule("central", "duties.project_supervision")
    seen = [Recorded(date(2026, 3, 1), by="队", subject="道路"), Recorded(date(2026, 4, 1), by="队", subject="道路")]
    window = Occurrence(YEAR, None, None, judged=False)
    found = fulfilment(duty, window, seen, on=date(2026, 5, 1), subjects={"道路", "水渠", "大棚"})
    assert (found.done, found.due, found.missing) == (1, 3, ("大棚", "水渠"))


HEADS = {("principal", "county"): "县委书记", ("principal", "township"): "乡镇书记", ("principal", "unit"): "局长"}


@pytest.mark.clause("CN-6.4-10")
@pytest.mark.parametrize(
    ("talked", "missing"),
    [
        ((), {"县委书记", "乡镇书记", "局长"}),
        (("局长", "局长"), {"县委书记", "乡镇书记"}),
        (("局长", "乡镇书记", "县委书记"), set()),
        (("同事",), {"县委书记", "乡镇书记", "局长"}),
    ],
)
def test_the_heads_of_county_township_and_unit_each_talk_with_the_cadre(
    rule: Any, talked: tuple[str, ...], missing: set[str]
) -> None:
    duty = rule("central", "duties.care_talk")
    acts = [Recorded(date(2026, 5, 4), by=head) for head in talked]
    found = fulfilment(duty, Occurrence(YEAR, None, None, judged=False), acts, on=date(2027, 1, 1), related=HEADS)
    assert (set(found.missing), found.due, found.findings) == (missing, 3, ())
    assert duty.per == "person"
