"""Days and grades in Kunming: 200 a year, more than 15 in a row, more than 30 in all; any of five fails the year."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from apps.rules.language.counters import Event, count, mark_events
from apps.rules.language.ladders import effects_of, proposals
from apps.rules.language.proposals import Occasion, held_grade
from apps.rules.language.windows import Stretch
from apps.rules.sheet import nights_of, read_mark
from apps.rules.trace import recompute

WHO = {"person": "王某", "unit": "市水务局"}
TERM = Stretch(date(2025, 1, 1), date(2027, 12, 31))
YEAR_END = date(2026, 12, 31)
OCCASION = Occasion(YEAR_END, confirmed=date(2027, 2, 10), subjects=WHO)
FAIL = "不称职"


def number(rule: Any, key: str, marks: str, first: date, on: date, excused: tuple[str, ...] = ()) -> int:
    events = mark_events(marks, first, WHO)
    events = [Event(each.kind, each.first, excused=each.kind in excused, subjects=WHO) for each in events]
    counter = rule("kunming", f"counters.{key}")
    return count(counter, events, on, WHO[counter.subject], term=TERM).number


def happened(rule: Any, key: str, kind: str, times: int, year: int = 2026) -> int:
    events = [Event(kind, date(year, 3, 1 + place), subjects=WHO) for place in range(times)]
    return count(rule("kunming", f"counters.{key}"), events, YEAR_END, "王某", term=TERM).number


def fixed(rule: Any, ladder: str, at: int, reasons: tuple[str, ...] = ()) -> list[tuple[Any, ...]]:
    """(on whom, words, modality, clause, exempt) of what a number leads to."""
    found = proposals(rule("kunming", f"ladders.{ladder}"), at, Occasion(YEAR_END, subjects=WHO, reasons=reasons))
    return [(one.who, one.text, one.modality, one.clause, one.exempt) for one in found]


def told(clause: str, exempt: str | None = None, judged: str = "") -> list[tuple[Any, ...]]:
    return [("王某", f"等次定为“不称职”{judged}", "must", clause, exempt)]


@pytest.mark.clause("KM-15-4", "KM-9-2")
@pytest.mark.parametrize(
    ("village", "trips", "fails"), [(199, 0, True), (200, 0, False), (150, 49, True), (150, 50, False), (0, 200, False)]
)
def test_fewer_than_200_days_with_trips_counted_fail_the_year(rule: Any, village: int, trips: int, fails: bool) -> None:
    marks = "V" * village + "T" * trips + "R" * 60 + "L" * 40 + "D" * 20
    days = number(rule, "year_on_post_days", marks, date(2026, 1, 1), YEAR_END)
    assert days == village + trips
    assert fixed(rule, "short_of_days", days) == (told("KM-15-4") if fails else [])


@pytest.mark.clause("KM-15-4", "KM-9-2")
def test_days_of_another_year_do_not_help(rule: Any) -> None:
    assert number(rule, "year_on_post_days", "V" * 250, date(2025, 6, 1), YEAR_END) == 250 - 214
    assert number(rule, "year_on_post_days", "V" * 400, date(2026, 1, 1), YEAR_END) == 365


@pytest.mark.clause("KM-15-4")
def test_who_was_not_posted_all_year_is_left_to_people(rule: Any) -> None:
    assert fixed(rule, "short_of_days", 80, ("partial_year",)) == told("KM-15-4", "partial_year")
    assert fixed(rule, "short_of_days", 80, ("illness",)) == told("KM-15-4")


@pytest.mark.clause("KM-15-5")
@pytest.mark.parametrize(
    ("marks", "days", "fails"),
    [
        ("A" * 15, 15, False),
        ("A" * 16, 16, True),
        ("A" * 8 + "V" + "A" * 8, 8, False),
        ("A" * 8 + "L" + "A" * 8, 8, False),
        ("A" * 15 + "T" + "A", 1, False),
        ("A" * 5 + "RR" + "A" * 8, 15, False),  # the rest days in between count
        ("A" * 5 + "RR" + "A" * 9, 16, True),
        ("A" * 5 + "R" + "A" * 5 + "RRRR" + "A", 16, True),
        ("A" * 15 + "RRR", 15, False),  # rest days at either end do not
        ("RRR" + "A" * 15, 15, False),
        ("A" * 8 + "RR" + "V" + "A" * 8, 8, False),
        ("A" * 8 + "R" + "L" + "R" + "A" * 8, 8, False),
    ],
)
def test_more_than_15_days_away_in_a_row_fail_the_year(rule: Any, marks: str, days: int, fails: bool) -> None:
    last = date(2026, 5, 1) + timedelta(days=len(marks) - 1)
    run = number(rule, "unexcused_run", marks, date(2026, 5, 1), last)
    assert run == days
    assert fixed(rule, "long_absence", run) == (told("KM-15-5") if fails else [])


@pytest.mark.clause("KM-15-5")
def test_a_run_over_new_year_fails_the_year_of_its_16th_day(rule: Any) -> None:
    ladder, first = rule("kunming", "ladders.long_absence"), date(2026, 12, 20)
    runs = [number(rule, "unexcused_run", "A" * 20, first, first + timedelta(days=ahead)) for ahead in range(20)]
    fired = [ahead for ahead in range(1, 20) if effects_of(ladder, runs[ahead], runs[ahead - 1])]
    assert [first + timedelta(days=ahead) for ahead in fired] == [date(2027, 1, 4)]


@pytest.mark.clause("KM-15-5")
@pytest.mark.parametrize(
    ("marks", "sixteenth"),
    [
        ("A" * 20, "2026-12-31"),
        ("A" * 14 + "RR" + "A", "2026-12-31"),  # the second day of rest, though it is known only on 1 January
        ("A" * 13 + "RRR" + "A", "2026-12-31"),
        ("A" * 15 + "R" + "A", "2026-12-31"),
        ("V" + "A" * 14 + "RR" + "A", "2027-01-01"),
    ],
)
def test_the_run_is_counted_day_by_day_with_the_rest_in_between(rule: Any, marks: str, sixteenth: str) -> None:
    first = date(2026, 12, 16)
    last = first + timedelta(days=len(marks) - 1)
    found = count(rule("kunming", "counters.unexcused_run"), mark_events(marks, first, WHO), last, "王某", term=TERM)
    assert len(found.days) == found.number == recompute(found.trace)
    assert found.days[15] == date.fromisoformat(sixteenth)


@pytest.mark.clause("KM-15-6")
@pytest.mark.parametrize(("days", "fails"), [(30, False), (31, True)])
def test_more_than_30_days_away_in_a_year_fail_it(rule: Any, days: int, fails: bool) -> None:
    marks = "".join("A" if place % 3 == 0 else "V" for place in range(3 * days))
    total = number(rule, "unexcused_days", marks, date(2026, 2, 1), YEAR_END)
    assert total == days
    assert fixed(rule, "total_absence", total) == (told("KM-15-6") if fails else [])


@pytest.mark.clause("KM-15-5", "KM-15-6")
def test_only_days_without_a_good_reason_count(rule: Any) -> None:
    marks, first, last = "A" * 40, date(2026, 3, 1), date(2026, 4, 9)
    assert number(rule, "unexcused_days", marks, first, last) == 40
    assert number(rule, "unexcused_days", marks, first, last, excused=("absent",)) == 0
    assert number(rule, "unexcused_run", marks, first, last, excused=("absent",)) == 0
    assert number(rule, "unexcused_days", "A" * 40, date(2025, 12, 1), YEAR_END) == 9
    assert number(rule, "unexcused_days", "LRTDV" * 8, first, last) == 0


EVENTS = [
    pytest.param("punishments", "punished", "punished", "", "KM-15-2", marks=pytest.mark.clause("KM-15-2")),
    pytest.param(
        "serious_harm",
        "serious_harm",
        "serious_harm",
        "（须认定：不服从管理，不认真履行职责，造成严重不良影响）",
        "KM-15-3",
        marks=pytest.mark.clause("KM-15-3"),
    ),
    pytest.param(
        "forced_replacements",
        "forced_replacement",
        "forced_replacement",
        "",
        "KM-15-7",
        marks=pytest.mark.clause("KM-15-7"),
    ),
]


@pytest.mark.parametrize(("counter", "kind", "ladder", "judged", "clause"), EVENTS)
def test_one_such_event_in_the_year_fails_it(
    rule: Any, counter: str, kind: str, ladder: str, judged: str, clause: str
) -> None:
    assert rule("kunming", f"ladders.{ladder}").climbs == counter
    assert fixed(rule, ladder, happened(rule, counter, kind, 0)) == []
    assert fixed(rule, ladder, happened(rule, counter, kind, 1)) == told(clause, judged=judged)
    assert fixed(rule, ladder, happened(rule, counter, kind, 2, year=2025)) == []
    assert fixed(rule, ladder, happened(rule, counter, "education_help", 1)) == []


FIVE = [("punished", 1), ("serious_harm", 1), ("short_of_days", 199), ("long_absence", 16), ("total_absence", 31)]
FIVE += [("forced_replacement", 1)]


@pytest.mark.clause("KM-15-1")
@pytest.mark.parametrize(("ladder", "at"), FIVE)
@pytest.mark.parametrize("grade", ["优秀", "称职", "基本称职", "不称职"])
def test_any_of_the_conditions_leaves_only_the_failing_grade(rule: Any, ladder: str, at: int, grade: str) -> None:
    grades = rule("kunming", "vocabularies.yearly_grades")
    effects = [due.effect for due in effects_of(rule("kunming", f"ladders.{ladder}"), at)]
    assert held_grade(effects, grade, grades, "yearly_grades") == FAIL
    none = 200 if ladder == "short_of_days" else at - 1
    effects = [due.effect for due in effects_of(rule("kunming", f"ladders.{ladder}"), none)]
    assert held_grade(effects, grade, grades, "yearly_grades") == grade


@pytest.mark.clause("KM-9-15")
def test_days_drawn_off_stand_against_the_unit_and_never_count(rule: Any) -> None:
    first, last = date(2026, 9, 1), date(2026, 9, 30)
    assert number(rule, "drawn_off_days", "DDDVTLRA", first, last) == 3
    assert number(rule, "year_on_post_days", "DDDVTLRA", first, last) == 2
    assert (rule("kunming", "counters.drawn_off_days").modality) == "forbidden"


@pytest.mark.clause("KM-9-1")
def test_the_sheet_tells_a_night_in_the_village_from_a_day_without_one(book: Any) -> None:
    sheet = book("kunming", YEAR_END).sheet
    assert [read_mark(text, sheet) for text in ("V", "v", "在村未住")] == ["V", "v", "v"]
    assert nights_of("VvVRL") == "101  "
    assert (sheet.nights, sheet.nights_clause) == (True, "KM-9-1")
    assert read_mark("在村未住", book("central", YEAR_END).sheet) is None


@pytest.mark.clause("KM-9-5")
def test_one_of_the_village_s_two_offices_signs_and_the_leader_on_the_sheet_does_not(book: Any) -> None:
    rules = book("kunming", YEAR_END)
    (step,) = rules.sheet.record
    assert (step.verb, step.offices, step.clause) == ("sign", ("village_signer",), "KM-9-5")
    assert book("kunming", date(2016, 4, 26)).sheet.record == ()
    assert "team_leader" not in step.offices


@pytest.mark.clause("KM-9-7", "KM-9-8")
def test_the_reviewed_sheet_goes_to_two_departments_and_back_to_the_unit(book: Any) -> None:
    ledger = book("kunming", YEAR_END).ledger
    filed = [(step.offices, step.due, step.clause) for step in ledger.filings]
    assert filed == [(("county_org_dept",), None, "KM-9-7"), (("county_poverty_office",), None, "KM-9-7")]
    assert (ledger.feedback.verb, ledger.feedback.clause, ledger.feedback.due) == ("feedback", "KM-9-8", None)
    before = book("kunming", date(2016, 4, 26)).ledger
    assert (before.filings, before.feedback) == ((), None)
