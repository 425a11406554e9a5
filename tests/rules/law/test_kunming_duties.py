"""What Kunming asks for again and again, and what follows from results: bans, awards, bases."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from apps.rules.language.counters import Event, count
from apps.rules.language.fulfilment import Occurrence, Recorded, fulfilment, occurrences
from apps.rules.language.ladders import effects_of, proposals
from apps.rules.language.proposals import Occasion
from apps.rules.language.windows import Stretch
from tests.rules.law.telling import offices

YEAR = Stretch(date(2026, 1, 1), date(2026, 12, 31))
NEXT = date(2027, 1, 1)
FOUR = ("dispatch_unit", "contact_unit", "township_party_committee", "county_office")


@pytest.mark.clause("KM-7-3")
def test_the_leader_reports_every_month_by_the_30th_and_in_february_by_its_last_day(rule: Any) -> None:
    duty = rule("kunming", "duties.leader_month_report")
    dues = [each.due for each in occurrences(duty, YEAR)]
    assert dues == [date(2026, month, 28 if month == 2 else 30) for month in range(1, 13)]
    assert occurrences(duty, Stretch(date(2028, 2, 1), date(2028, 2, 29)))[0].due == date(2028, 2, 29)
    assert offices(duty.who) == {"team_leader"}


@pytest.mark.clause("KM-7-3")
@pytest.mark.parametrize(
    ("sent", "state", "missing"),
    [
        (dict.fromkeys(FOUR, 30), "met", set()),
        (dict.fromkeys(FOUR, 12), "met", set()),
        (dict.fromkeys(FOUR[1:], 30), "short", {"dispatch_unit"}),
        (dict.fromkeys(FOUR[:3], 30), "short", {"county_office"}),
        (dict.fromkeys(FOUR[:3], 30) | {"county_office": 31}, "late", set()),
        ({}, "short", set(FOUR)),
    ],
)
def test_the_report_goes_to_each_of_four_and_late_to_one_is_late(
    rule: Any, sent: dict[str, int], state: str, missing: set[str]
) -> None:
    duty = rule("kunming", "duties.leader_month_report")
    (march,) = occurrences(duty, Stretch(date(2026, 3, 1), date(2026, 3, 31)))
    acts = [Recorded(date(2026, 3, day), to=frozenset({to})) for to, day in sent.items()]
    found = fulfilment(duty, march, acts, on=date(2026, 4, 1))
    assert (found.state, set(found.missing), found.due) == (state, missing, 4)
    assert [(told.severity, told.clause) for told in found.findings] == (
        [] if state == "met" else [("block", "KM-7-3")]
    )


TRAININGS = [
    pytest.param(
        "county_training",
        1,
        {"county_org_dept", "county_rural_office", "county_poverty_office"},
        "KM-11-1",
        marks=pytest.mark.clause("KM-11-1"),
    ),
    pytest.param("township_training", 2, {"township_party_committee"}, "KM-11-2", marks=pytest.mark.clause("KM-11-2")),
]


@pytest.mark.parametrize(("key", "times", "who", "clause"), TRAININGS)
def test_so_many_trainings_are_held_in_a_calendar_year(
    rule: Any, key: str, times: int, who: set[str], clause: str
) -> None:
    duty = rule("kunming", f"duties.{key}")
    (year,) = occurrences(duty, YEAR)
    assert (year.window, offices(duty.who)) == (YEAR, who)
    held = [Recorded(date(2026, 12, 31 - place)) for place in range(times)]
    assert fulfilment(duty, year, held, on=NEXT).state == "met"
    short = fulfilment(duty, year, [*held[1:], Recorded(NEXT)], on=NEXT)
    assert (short.state, short.done, short.due) == ("short", times - 1, times)
    assert [(told.severity, told.clause) for told in short.findings] == [("block", clause)]
    assert fulfilment(duty, year, held[1:], on=YEAR.last).state == "open"


@pytest.mark.clause("KM-13-1")
@pytest.mark.parametrize(
    ("by", "state", "missing"),
    [
        (("city_office", "county_office"), "met", set()),
        (("county_office", "county_office"), "short", {"city_office"}),
        ((), "short", {"city_office", "county_office"}),
    ],
)
def test_both_offices_make_the_excellent_known_every_year(
    rule: Any, by: tuple[str, ...], state: str, missing: set[str]
) -> None:
    duty = rule("kunming", "duties.excellent_bulletin")
    (year,) = occurrences(duty, YEAR)
    found = fulfilment(duty, year, [Recorded(date(2026, 2, 20), by=each) for each in by], on=NEXT)
    assert (found.state, set(found.missing), found.due) == (state, missing, 2)
    assert (duty.content, duty.modality) == (("年度考核优秀的队长及队员名单",), "must")


OPEN = [
    pytest.param("office_inspection", ("工作队工作开展情况", "人员在岗情况"), marks=pytest.mark.clause("KM-8-4")),
    pytest.param("on_post_check", ("在岗情况",), marks=pytest.mark.clause("KM-9-14")),
    pytest.param("office_meeting", ("听取汇报", "交流经验", "部署工作"), marks=pytest.mark.clause("KM-21-1")),
]


@pytest.mark.parametrize(("key", "content"), OPEN)
def test_what_is_regular_without_a_period_is_owed_by_both_offices_and_never_overdue(
    rule: Any, key: str, content: tuple[str, ...]
) -> None:
    duty = rule("kunming", f"duties.{key}")
    assert occurrences(duty, YEAR) == ()
    year = Occurrence(YEAR, None, None, judged=False)
    found = fulfilment(duty, year, [Recorded(date(2026, 5, 4), by="county_office")], on=NEXT)
    assert (found.state, found.missing, found.findings) == ("information", ("city_office",), ())
    assert (duty.content, duty.modality) == (content, "must")


@pytest.mark.clause("KM-6-2")
def test_the_cause_of_poverty_is_found_for_every_poor_household(rule: Any) -> None:
    duty = rule("kunming", "duties.poverty_cause_analysis")
    year = Occurrence(YEAR, None, None, judged=False)
    known = [Recorded(date(2026, 3, day), subject=f"户{day}") for day in range(1, 20)]
    found = fulfilment(duty, year, known, on=NEXT, subjects={f"户{day}" for day in range(1, 21)})
    assert (found.done, found.due, found.missing) == (19, 20, ("户20",))
    assert offices(duty.who) == {"team"}


CONFIRMED = date(2027, 2, 10)
CASE = Occasion(YEAR.last, confirmed=CONFIRMED, subjects={"person": "王某", "unit": "市水务局"})


@pytest.mark.clause("KM-16-1")
@pytest.mark.parametrize(("grade", "banned"), [("不称职", True), ("基本称职", False), ("称职", False), ("优秀", False)])
def test_who_fails_is_not_promoted_for_a_year_from_the_confirmation(rule: Any, grade: str, banned: bool) -> None:
    ladder = rule("kunming", "ladders.failing_grade")
    found = proposals(ladder, grade, CASE)
    assert [(one.text, one.who, one.modality, one.clause, one.first, one.last) for one in found] == (
        [("不得提拔重用", "王某", "forbidden", "KM-16-1", CONFIRMED, date(2028, 2, 10))] if banned else []
    )
    assert ladder.climbs == "yearly_grades"


RESULTS = [
    pytest.param(
        "advanced_worker", "advanced_worker", "全市表扬", "王某", "must", "KM-13-3", marks=pytest.mark.clause("KM-13-3")
    ),
    pytest.param(
        "term_result",
        "term_assessed",
        "作为培养、提拔使用的依据",
        "王某",
        "must",
        "KM-14-1",
        marks=pytest.mark.clause("KM-14-1"),
    ),
    pytest.param(
        "preferred_use",
        "city_commendation",
        "优先提拔使用、职称评审、岗位聘用（须认定：驻村期间工作任务完成好、帮扶成效明显；提拔任用在同等条件下优先）",
        "王某",
        "encouraged",
        "KM-14-2",
        marks=pytest.mark.clause("KM-14-2"),
    ),
    pytest.param(
        "unit_standing",
        "posted",
        "作为评先评优的依据",
        "市水务局",
        "must",
        "KM-16-2",
        marks=pytest.mark.clause("KM-16-2"),
    ),
]


@pytest.mark.parametrize(("key", "kind", "text", "who", "modality", "clause"), RESULTS)
def test_what_a_result_leads_to(
    rule: Any, key: str, kind: str, text: str, who: str, modality: str, clause: str
) -> None:
    ladder = rule("kunming", f"ladders.{key}")
    counter = rule("kunming", f"counters.{ladder.climbs}")
    subjects = {"person": "王某", "unit": "市水务局"}
    event = Event(kind, date(2026, 10, 17), subjects=subjects)
    other = Event("education_help", date(2026, 10, 17), subjects=subjects)
    number = count(counter, [event, other], YEAR.last, subjects[counter.subject], term=YEAR).number
    found = proposals(ladder, number, CASE)
    assert [(one.text, one.who, one.modality, one.clause) for one in found] == [(text, who, modality, clause)]
    none = count(counter, [other], YEAR.last, subjects[counter.subject], term=YEAR).number
    assert effects_of(ladder, none) == ()
