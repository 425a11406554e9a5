"""榆巩衔发〔2021〕4号: 220 days with meetings, training and project liaison."""

from datetime import date

import pytest

from apps.rules.presence import State
from apps.rules.trace import results
from tests.rules.cases import inputs


@pytest.mark.clause("YL-7.2.3-1")
@pytest.mark.parametrize("role", ["first_secretary", "member", "leader"])
@pytest.mark.parametrize(("days", "state"), [(219, State.SHORT), (220, State.MET)])
def test_a_year_needs_220_days(result, role, days, state):
    found = result("yulin", "stationed_days", inputs("2026-12", roles=[role], year={"in_village": days}))
    assert (found.done, found.due, found.state) == (days, 220, state)


@pytest.mark.clause("YL-7.2.3-1")
def test_days_are_calendar_days(result):
    case = inputs("2026-12", year={"in_village": 220}, year_work={"in_village": 150})
    assert result("yulin", "stationed_days", case).state == State.MET


@pytest.mark.clause("YL-7.2.3-2")
@pytest.mark.parametrize(
    ("category", "counted"),
    [
        ("meeting", 1),
        ("training", 1),
        ("project_liaison", 1),
        ("other_duty", 1),
        ("leave", 0),
        ("drawn_off", 0),
        ("seconded", 0),
        ("official_trip", 0),
        ("rest", 0),
        ("absent", 0),
    ],
)
def test_meetings_training_and_liaison_count_but_leave_and_the_units_work_do_not(result, category, counted):
    case = inputs("2026-12", year={"in_village": 219, category: 1})
    assert result("yulin", "stationed_days", case).done == 219 + counted


def test_other_duty_needs_a_reason_and_the_townships_word(book):
    sheet = book("yulin", date(2026, 10, 31)).sheet
    assert [mark.category for mark in sheet.marks if mark.reason] == ["other_duty"]
    (step,) = sheet.record
    assert (step.verb, step.categories, step.covers) == ("confirm", ("other_duty",), ())
    assert set(step.offices) == {"township_clerk", "township_leader", "township_secretary"}


@pytest.mark.clause("YL-7.2.3-1")
def test_a_part_year_shows_an_estimate_and_is_not_judged(result):
    case = inputs("2026-12", first=date(2026, 7, 1), year={"in_village": 100})
    found = result("yulin", "stationed_days", case)
    assert (found.due, found.state) == (220, State.SHOWN)
    assert results(found.trace)["estimate"] == 111  # 220 × 184 ÷ 365
    assert found.trace["steps"][2]["text"] == "按派驻 184 天折算为 111，只作参考，不据此判定"


@pytest.mark.clause("YL-7.2.3-1")
@pytest.mark.parametrize(("days", "state"), [(158, State.OUT_OF_REACH), (159, State.ON_TRACK)])
def test_it_warns_when_220_can_no_longer_be_reached(result, days, state):
    assert result("yulin", "stationed_days", inputs("2026-10", year={"meeting": days})).state == state


@pytest.mark.clause("YL-9-1")
def test_the_rules_begin_on_the_day_of_issue_and_2021_is_only_shown(book, result):
    assert (book("yulin", date(2021, 8, 29)).code, book("yulin", date(2021, 8, 30)).code) == ("central", "yulin")
    assert book("yulin", date(2021, 8, 29)).presence == ()
    assert len(book("yulin", date(2021, 8, 30)).presence) == 1
    assert result("yulin", "stationed_days", inputs("2021-12", year={"in_village": 90})).state == State.SHOWN
    assert result("yulin", "stationed_days", inputs("2022-12", year={"in_village": 90})).state == State.SHORT


def test_the_text_names_no_signer_so_the_township_only_submits(book):
    ledger = book("yulin", date(2026, 10, 31)).ledger
    assert [(step.verb, step.clause) for step in ledger.steps] == [("submit", None)]
    assert (ledger.review_office, ledger.filings, ledger.feedback) == ("county_office", (), None)
    assert (ledger.unit_quarter, ledger.compile_due) == (None, None)
