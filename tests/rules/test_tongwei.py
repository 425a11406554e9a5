"""通办发〔2018〕35号: 220 workdays of which 160 in the village, who keeps whose sheet, who signs the ledger."""

from datetime import date

import pytest

from apps.core.months import Month
from apps.rules.presence import State
from apps.rules.trace import recompute, results
from tests.rules.cases import inputs

ROLES = ["leader", "first_secretary", "member"]
HALF = {"first": date(2026, 7, 1)}


@pytest.mark.clause("TW-13-2")
@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(("days", "state"), [(219, State.SHORT), (220, State.MET), (221, State.MET)])
def test_a_year_needs_220_workdays_and_220_suffice(result, role, days, state):
    found = result("tongwei", "stationed_days", inputs("2026-12", roles=[role], year={"in_village": days}))
    assert (found.done, found.due, found.state) == (days, 220, state)


@pytest.mark.clause("TW-13-2")
def test_trips_meetings_and_training_count_toward_the_220(result):
    days = {"in_village": 160, "official_trip": 31, "meeting": 17, "training": 12}
    found = result("tongwei", "stationed_days", inputs("2026-12", year=days))
    assert (found.done, found.state) == (220, State.MET)


@pytest.mark.clause("TW-13-2")
@pytest.mark.parametrize("other", ["leave", "rest", "absent", "seconded", "drawn_off", "project_liaison", "other_duty"])
def test_no_other_day_counts_and_leave_does_not_lower_the_220(result, other):
    found = result("tongwei", "stationed_days", inputs("2026-12", year={"in_village": 219, other: 60}))
    assert (found.done, found.due, found.state) == (219, 220, State.SHORT)


@pytest.mark.clause("TW-13-2")
def test_weekend_days_worked_in_the_village_count(result):
    case = inputs("2026-12", year={"in_village": 220}, year_work={"in_village": 180})
    assert result("tongwei", "stationed_days", case).state == State.MET


@pytest.mark.clause("TW-13-3")
@pytest.mark.parametrize(("village", "state"), [(159, State.SHORT), (160, State.MET)])
def test_of_them_160_days_are_in_the_village_itself(result, village, state):
    case = inputs("2026-12", year={"in_village": village, "official_trip": 61})
    found = result("tongwei", "village_days", case)
    assert (found.done, found.due, found.state) == (village, 160, state)
    assert result("tongwei", "stationed_days", case).state == State.MET


@pytest.mark.clause("TW-13-2", "TW-13-3")
@pytest.mark.parametrize(
    ("month", "span", "due", "village_due"),
    [
        ("2026-12", {"first": date(2026, 7, 1)}, 111, 81),  # 184 of 365 days
        ("2026-12", {"first": date(2026, 3, 1)}, 185, 135),  # 306 of 365
        ("2024-12", {"first": date(2024, 3, 1)}, 184, 134),  # 306 of 366, a leap year
        ("2026-06", {"last": date(2026, 6, 30)}, 110, 80),  # 181 of 365
        ("2026-12", {"first": date(2026, 12, 31)}, 1, 1),
    ],
)
def test_a_part_year_owes_its_share_of_days_rounded_up(result, month, span, due, village_due):
    for key, needed in (("stationed_days", due), ("village_days", village_due)):
        short = result("tongwei", key, inputs(month, year={"in_village": needed - 1}, **span))
        met = result("tongwei", key, inputs(month, year={"in_village": needed}, **span))
        assert (short.due, short.state, met.state) == (needed, State.SHORT, State.MET)


@pytest.mark.clause("TW-13-2")
@pytest.mark.parametrize(("days", "state"), [(158, State.OUT_OF_REACH), (159, State.ON_TRACK)])
def test_it_warns_when_the_days_left_can_no_longer_reach_220(result, days, state):
    # 61 days lie between 31 October and the end of the year.
    assert result("tongwei", "stationed_days", inputs("2026-10", year={"in_village": days})).state == state


@pytest.mark.clause("TW-42-2")
def test_nothing_is_judged_before_the_day_of_issue_and_2018_only_from_it(book, result):
    assert book("tongwei", date(2018, 4, 13)).measure("stationed_days").at_least == 220
    with pytest.raises(ValueError, match="没有生效的规则包"):
        book("tongwei", date(2015, 12, 31))
    assert (book("tongwei", date(2018, 4, 12)).code, book("tongwei", date(2018, 4, 13)).code) == ("central", "tongwei")
    assert book("tongwei", date(2018, 4, 12)).presence == ()
    # 263 of 365 days from 13 April.
    found = result("tongwei", "stationed_days", inputs("2018-12", year={"in_village": 159}))
    assert (found.due, found.state) == (159, State.MET)
    assert result("tongwei", "village_days", inputs("2018-12", year={})).due == 116


def test_others_than_the_team_owe_no_days(book):
    rules = book("tongwei", date(2026, 10, 31))
    assert rules.chosen(["pairing_cadre", "agri_technician"], ["poor"]) == {}


def test_nights_in_the_village_are_kept_without_a_floor(book):
    rules = book("tongwei", date(2026, 10, 31))
    assert (rules.sheet.nights, rules.sheet.nights_clause) == (True, "TW-13-1")
    assert {measure.clause for measure in rules.presence} == {"TW-13-2", "TW-13-3"}


@pytest.mark.clause("TW-14-1", "TW-14-2")
@pytest.mark.parametrize(
    ("roles", "offices"),
    [
        (["member"], [("team_leader",)]),
        (["leader"], [("township_clerk", "township_secretary")]),
        (["first_secretary"], [("township_clerk", "township_secretary")]),
        (["leader", "first_secretary"], [("township_clerk", "township_secretary")]),
    ],
)
def test_the_leader_keeps_members_days_and_the_township_the_leaders(book, roles, offices):
    steps = [step for step in book("tongwei", date(2026, 10, 31)).sheet.record if set(roles) & set(step.covers)]
    assert [step.offices for step in steps] == offices
    assert all(step.verb == "confirm" for step in steps)


@pytest.mark.clause("TW-21-4")
def test_the_secretary_signs_the_month_before_it_goes_to_the_county_office_by_the_5th(book):
    ledger = book("tongwei", date(2026, 10, 31)).ledger
    assert [(step.verb, step.offices) for step in ledger.steps] == [
        ("sign", ("township_secretary",)),
        ("submit", ("township_clerk",)),
    ]
    assert {step.clause for step in ledger.steps} == {"TW-21-4"}
    assert ledger.steps[-1].due.due_on(Month(2026, 12)) == date(2027, 1, 5)
    assert ledger.review_office == "county_office"


def test_the_papers_of_the_month_and_quarter_are_declared_with_their_clauses(book):
    ledger = book("tongwei", date(2026, 10, 31)).ledger
    declared = {document.clause: (document.period, document.office) for document in ledger.documents}
    assert declared["TW-18-1"] == ("week", "township_clerk")
    assert declared["TW-18-2"] == ("month", "township_clerk")
    assert declared["TW-21-1"] == ("month", "township_clerk")
    assert declared["TW-21-2"] == ("month", "county_office")
    quarter = ledger.unit_quarter
    assert (quarter.signer, quarter.recipient, quarter.clause) == ("unit_head", "org_dept_same_level", "TW-21-5")
    assert {quarter.due.due_on(Month(2026, month)) for month in (10, 11, 12)} == {date(2027, 1, 10)}


def test_the_explanation_of_a_part_year_shows_its_division(result):
    found = result("tongwei", "stationed_days", inputs("2026-10", year={"in_village": 70, "meeting": 3}, **HALF))
    assert recompute(found.trace) == found.done == 73
    assert results(found.trace)["due"] == found.due == 111
    assert found.trace["steps"][1]["text"] == "应达 220 个工作日 × 派驻 184 天 ÷ 全年 365 天，不足一天进一天 = 111"
