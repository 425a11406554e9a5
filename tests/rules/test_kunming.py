"""昆联发〔2016〕1号: 200 days on post, daily entry, the village's signature, review by the 15th."""

from datetime import date

import pytest

from apps.core.months import Month
from apps.rules.presence import State
from apps.rules.trace import results
from tests.rules.cases import inputs


@pytest.mark.clause("KM-9-2")
@pytest.mark.parametrize("role", ["leader", "first_secretary", "member"])
@pytest.mark.parametrize(("days", "state"), [(199, State.SHORT), (200, State.MET)])
def test_a_year_needs_200_days_on_post(result, role, days, state):
    found = result("kunming", "on_post_days", inputs("2026-12", roles=[role], year={"in_village": days}))
    assert (found.done, found.due, found.state) == (days, 200, state)


@pytest.mark.clause("KM-9-2")
def test_official_trips_and_weekends_count(result):
    case = inputs("2026-12", year={"in_village": 150, "official_trip": 50}, year_work={"in_village": 100})
    assert result("kunming", "on_post_days", case).state == State.MET


@pytest.mark.clause("KM-9-2", "KM-9-15")
@pytest.mark.parametrize("other", ["drawn_off", "leave", "rest", "absent"])
def test_a_day_drawn_off_by_the_unit_never_counts(result, other):
    found = result("kunming", "on_post_days", inputs("2026-12", year={"in_village": 199, other: 40}))
    assert (found.done, found.state) == (199, State.SHORT)


@pytest.mark.clause("KM-9-2")
@pytest.mark.parametrize(("days", "state"), [(138, State.OUT_OF_REACH), (139, State.ON_TRACK)])
def test_it_warns_when_the_days_left_no_longer_suffice(result, days, state):
    assert result("kunming", "on_post_days", inputs("2026-10", year={"in_village": days})).state == state


@pytest.mark.clause("KM-9-2")
def test_a_part_year_shows_an_estimate_and_is_left_to_the_township(result):
    case = inputs("2026-12", first=date(2026, 7, 1), year={"in_village": 90})
    found = result("kunming", "on_post_days", case)
    assert (found.due, found.state, results(found.trace)["estimate"]) == (200, State.SHOWN, 101)


@pytest.mark.clause("KM-15-6")
@pytest.mark.parametrize(("days", "state"), [(0, State.MET), (30, State.MET), (31, State.SHORT)])
def test_more_than_30_unexcused_days_in_a_year_fail(result, days, state):
    found = result("kunming", "unexcused_days", inputs("2026-12", year={"absent": days, "leave": 40, "rest": 90}))
    assert (found.done, found.due, found.state) == (days, 30, state)


@pytest.mark.clause("KM-23-1")
def test_the_rules_begin_on_27_april_2016_and_that_year_is_judged_by_hand(book, result):
    assert (book("kunming", date(2016, 4, 26)).code, book("kunming", date(2016, 4, 27)).code) == ("central", "kunming")
    assert book("kunming", date(2016, 4, 26)).presence == ()
    assert len(book("kunming", date(2016, 4, 27)).presence) == 2
    assert result("kunming", "on_post_days", inputs("2016-12", year={"in_village": 100})).state == State.SHOWN
    assert result("kunming", "on_post_days", inputs("2017-12", year={"in_village": 100})).state == State.SHORT


@pytest.mark.clause("KM-9-15")
def test_every_day_is_entered_and_work_for_the_unit_has_only_the_mark_that_does_not_count(book):
    rules = book("kunming", date(2026, 10, 31))
    assert (rules.sheet.prefill, rules.sheet.prefill_clause) == ("none", "KM-9-4")
    offered = ("in_village", "official_trip", "leave", "rest", "absent", "drawn_off")
    assert rules.sheet.categories == offered
    assert rules.measure("on_post_days").counts == ("in_village", "official_trip")


def test_nights_are_kept_without_a_floor(book):
    rules = book("kunming", date(2026, 10, 31))
    assert (rules.sheet.nights, rules.sheet.nights_clause) == (True, "KM-9-1")
    assert {measure.clause for measure in rules.presence} == {"KM-9-2", "KM-15-6"}


def test_a_village_signer_signs_everyones_month_and_the_leader_never(book):
    (step,) = book("kunming", date(2026, 10, 31)).sheet.record
    assert (step.verb, step.offices, step.covers) == ("sign", ("village_signer",), ())


@pytest.mark.clause("KM-9-6")
@pytest.mark.parametrize(("month", "due"), [("2026-01", date(2026, 2, 15)), ("2026-12", date(2027, 1, 15))])
def test_the_signed_month_is_at_the_township_by_the_15th_inclusive_and_its_leader_reviews_it(book, month, due):
    rules = book("kunming", date(2026, 10, 31))
    assert rules.sheet.due.due_on(Month.parse(month)) == due
    assert rules.ledger.steps[0].verb == "review"
    assert rules.ledger.steps[0].offices == ("township_leader",)


def test_the_reviewed_month_is_filed_with_two_departments_and_fed_back_to_the_unit(book):
    ledger = book("kunming", date(2026, 10, 31)).ledger
    assert [(step.verb, step.offices, step.due) for step in ledger.filings] == [
        ("file", ("county_org_dept",), None),
        ("file", ("county_poverty_office",), None),
    ]
    assert (ledger.feedback.verb, ledger.feedback.due) == ("feedback", None)
    assert [step.verb for step in ledger.steps] == ["review", "submit"]
