"""达川委办〔2017〕96号: two thirds of the workdays, 10 days a month, 60 days a year, 2 days a week."""

from datetime import date

import pytest

from apps.rules.presence import State
from apps.rules.trace import results
from tests.rules.cases import inputs

POOR, NON_POOR = ["poor"], ["non_poor"]


@pytest.mark.clause("DC-1.1.3-5")
@pytest.mark.parametrize(
    ("month", "days", "due", "state"),
    [
        ("2022-12", 165, 166, State.SHORT),  # 249 workdays
        ("2022-12", 166, 166, State.MET),
        ("2019-12", 166, 167, State.SHORT),  # 250 workdays
        ("2019-12", 167, 167, State.MET),
    ],
)
def test_a_member_owes_two_thirds_of_the_years_workdays_rounded_up(result, month, days, due, state):
    found = result("dachuan", "workday_share", inputs(month, year={"in_village": days}))
    assert (found.done, found.due, found.state) == (days, due, state)
    assert found.trace["clause"] == "DC-1.1.3-5"


@pytest.mark.clause("DC-1.1.4-2")
@pytest.mark.parametrize(("days", "state"), [(165, State.SHORT), (166, State.MET)])
def test_so_does_the_first_secretary_of_a_poor_village(result, days, state):
    case = inputs("2022-12", roles=["first_secretary"], year={"in_village": days})
    found = result("dachuan", "workday_share", case)
    assert (found.due, found.state, found.trace["clause"]) == (166, state, "DC-1.1.4-2")


@pytest.mark.clause("DC-1.1.3-5", "DC-1.1.4-2")
@pytest.mark.parametrize("role", ["member", "first_secretary"])
def test_only_workdays_in_the_village_count_not_rest_days_or_trips(result, role):
    case = inputs(
        "2022-12",
        roles=[role],
        year={"in_village": 250, "official_trip": 40},
        year_work={"in_village": 165, "official_trip": 40, "meeting": 9, "training": 9},
    )
    found = result("dachuan", "workday_share", case)
    assert (found.done, found.state) == (165, State.SHORT)


@pytest.mark.clause("DC-1.1.3-5")
def test_a_posting_from_july_is_measured_by_its_own_workdays(result):
    # July to December 2026: 23 + 21 + 22 + 18 + 21 + 23 = 128 workdays.
    case = inputs("2026-12", first=date(2026, 7, 1), year={"in_village": 86})
    found = result("dachuan", "workday_share", case)
    assert (found.due, found.state) == (86, State.MET)
    assert found.trace["steps"][1]["text"] == "应达 派驻期内工作日 128 × 2 ÷ 3，不足一天进一天 = 86"


@pytest.mark.clause("DC-1.1.3-5")
@pytest.mark.parametrize(("days", "state"), [(121, State.OUT_OF_REACH), (122, State.ON_TRACK)])
def test_only_workdays_are_left_to_catch_up_with(result, days, state):
    # 248 workdays in 2026 give 166; November and December hold 44.
    found = result("dachuan", "workday_share", inputs("2026-10", year={"in_village": days}))
    assert (found.due, results(found.trace)["left"], found.state) == (166, 44, state)


@pytest.mark.clause("DC-1.2.1-4")
@pytest.mark.parametrize(("days", "state"), [(9, State.SHORT), (10, State.MET)])
def test_the_first_secretary_of_a_non_poor_village_owes_10_days_a_month(result, days, state):
    case = inputs("2026-02", roles=["first_secretary"], classes=NON_POOR, days={"in_village": days, "meeting": 5})
    found = result("dachuan", "monthly_days", case)
    assert (found.done, found.due, found.state) == (days, 10, state)


@pytest.mark.clause("DC-1.2.1-4")
@pytest.mark.parametrize(
    "span", [{"first": date(2026, 2, 2)}, {"last": date(2026, 2, 27)}, {"first": date(2026, 2, 10)}]
)
def test_a_part_month_is_shown_but_not_judged(result, span):
    case = inputs("2026-02", roles=["first_secretary"], classes=NON_POOR, days={"in_village": 12}, **span)
    assert result("dachuan", "monthly_days", case).state == State.SHOWN


@pytest.mark.clause("DC-1.2.1-4")
def test_that_first_secretary_has_no_yearly_total(book):
    rules = book("dachuan", date(2026, 10, 31))
    assert list(rules.chosen(["first_secretary"], NON_POOR)) == ["monthly_days"]
    assert list(rules.chosen(["first_secretary"], POOR)) == ["workday_share"]


@pytest.mark.clause("DC-1.1.5-5")
@pytest.mark.parametrize(("days", "state"), [(59, State.SHORT), (60, State.MET)])
def test_the_agri_technician_owes_60_days_a_year_in_a_poor_village(book, result, days, state):
    case = inputs("2026-12", roles=["agri_technician"], year={"in_village": days}, year_work={})
    found = result("dachuan", "technician_days", case)
    assert (found.done, found.due, found.state) == (days, 60, state)
    assert book("dachuan", date(2026, 12, 31)).chosen(["agri_technician"], NON_POOR) == {}


@pytest.mark.clause("DC-1.1.5-5")
def test_a_technicians_part_year_is_shown_but_not_judged(result):
    case = inputs("2026-12", roles=["agri_technician"], first=date(2026, 1, 2), year={"in_village": 59})
    assert result("dachuan", "technician_days", case).state == State.SHOWN


# June 2026 begins on a Monday: its weeks end on the 7th, 14th, 21st and 28th.
TWO_A_WEEK = "VV....." * 4 + ".."
ONE_SHORT = "VV....." * 3 + "V......" + "VV"


@pytest.mark.clause("DC-1.1.7-5", "DC-1.2.5-5")
@pytest.mark.parametrize("classes", [POOR, NON_POOR])
@pytest.mark.parametrize(
    ("marks", "done", "state"),
    [(TWO_A_WEEK, 4, State.MET), (ONE_SHORT, 3, State.SHORT), ("V......" * 4 + "..", 0, State.SHORT)],
)
def test_the_credit_officer_owes_2_days_in_every_week(result, classes, marks, done, state):
    case = inputs("2026-06", roles=["credit_officer"], classes=classes, marks=marks)
    found = result("dachuan", "weekly_days", case)
    assert (found.done, found.due, found.state) == (done, 4, state)
    assert found.trace["clause"] == ("DC-1.1.7-5" if classes == POOR else "DC-1.2.5-5")


@pytest.mark.clause("DC-1.1.7-5")
@pytest.mark.parametrize(
    ("month", "previous", "due"),
    [
        ("2026-02", 31, 3),  # 16 to 22 February 2026 is all holiday
        ("2024-10", 30, 3),  # 30 September to 6 October 2024 has one workday
        ("2025-10", 30, 4),  # 29 September to 5 October 2025 has two
    ],
)
def test_weeks_with_fewer_than_2_workdays_are_not_checked(result, month, previous, due):
    days = {"2026-02": 28, "2024-10": 31, "2025-10": 31}[month]
    case = inputs(month, roles=["credit_officer"], marks="V" * days, previous="V" * previous)
    found = result("dachuan", "weekly_days", case)
    assert (found.done, found.due, found.state) == (due, due, State.MET)


def test_nothing_is_judged_in_2017_when_the_notice_came_in_september(book, result):
    assert (book("dachuan", date(2017, 9, 7)).code, book("dachuan", date(2017, 9, 8)).code) == ("central", "dachuan")
    assert book("dachuan", date(2017, 9, 7)).presence == ()
    assert result("dachuan", "workday_share", inputs("2017-12", year={"in_village": 20})).state == State.SHOWN


def test_the_organisation_department_receives_the_ledger_that_the_text_does_not_mention(book):
    ledger = book("dachuan", date(2026, 10, 31)).ledger
    assert (ledger.review_office, ledger.review.clause, ledger.review.preset) == ("county_org_dept", "DC-2.4-1", True)
    assert [(step.verb, step.clause) for step in ledger.steps] == [("submit", None)]
