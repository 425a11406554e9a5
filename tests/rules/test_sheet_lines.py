"""A line of the sheet under the five packs: what is pre-filled, what is a gap, what a cell may not hold."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.core.months import Month
from apps.rules.marks import GAP, LETTER_OF, LETTERS, OUT, counts
from apps.rules.sheet import (
    Explained,
    PostedMonth,
    cell_problem,
    free_words,
    line_findings,
    marks_of,
    nights_of,
    ordinary_cells,
    read_mark,
    split_cell,
    words,
)

OCTOBER = Month(2026, 10)
MASK = "HHHHHHHWWMRWWWWWRRWWWWWRRWWWWWR"
ORDINARY = "RRRRRRRVVVRVVVVVRRVVVVVRRVVVVVR"
DAY = date(2026, 10, 31)
CODES = ("tongwei", "yulin", "kunming", "dachuan")


def line(**changes):
    return PostedMonth(**{"month": OCTOBER, "first": date(2020, 1, 1), "last": None, "mask": MASK, **changes})


@pytest.mark.parametrize("code", ["central", "tongwei", "yulin", "dachuan"])
def test_an_ordinary_month_follows_the_work_calendar_with_its_make_up_days(book, code):
    assert ordinary_cells(line(), book(code, DAY).sheet) == ORDINARY


@pytest.mark.clause("KM-9-4")
def test_where_every_day_is_entered_nothing_is_prefilled_and_an_empty_day_is_a_gap(book):
    sheet = book("kunming", DAY).sheet
    assert ordinary_cells(line(), sheet) == GAP * 31
    found = line_findings(ORDINARY[:9] + GAP + ORDINARY[10:], line(), sheet)
    assert [(finding.code, finding.day, finding.clause, finding.severity) for finding in found] == [
        ("gap", 10, "KM-9-4", "block")
    ]
    assert line_findings(ORDINARY, line(), sheet) == []


@pytest.mark.clause("DC-1.1.3-4")
@pytest.mark.parametrize(
    ("roles", "classes", "gaps"),
    [
        (["member"], ["poor"], 31),
        (["first_secretary"], ["poor"], 31),
        (["member", "agri_technician"], ["poor"], 31),
        (["first_secretary"], ["non_poor"], 0),
        (["agri_technician"], ["poor"], 0),
        (["credit_officer"], ["non_poor"], 0),
    ],
)
def test_days_without_an_entry_are_listed_for_those_who_serve_every_day(book, roles, classes, gaps):
    sheet = book("dachuan", DAY).sheet
    case = line(occasional=sheet.is_occasional(roles, classes))
    assert [finding.day for finding in line_findings(GAP * 31, case, sheet)] == list(range(1, gaps + 1))


@pytest.mark.clause("YL-7.2.3-2")
def test_other_duty_stands_only_with_a_stated_reason(book):
    sheet = book("yulin", DAY).sheet
    bare = cell_problem(12, "O", line(), sheet)
    assert (bare.code, bare.clause) == ("reason_missing", "YL-7.2.3-2")
    stated = Explained(date(2026, 10, 12), date(2026, 10, 12), "other_duty", "防汛值守")
    assert cell_problem(12, "O", line(explained=(stated,)), sheet) is None


@pytest.mark.clause("KM-9-2", "KM-9-15")
@pytest.mark.parametrize("letter", ["M", "N", "P", "O", "S"])
def test_a_day_elsewhere_has_no_mark_of_its_own_where_the_text_names_none(book, letter):
    problem = cell_problem(12, letter, line(), book("kunming", DAY).sheet)
    assert problem.code == "mark_unknown"
    assert "T 因公出差" in problem.message
    assert "D 被单位抽调" in problem.message


@given(
    cells=st.text(alphabet="VRLA", min_size=31, max_size=31) | st.text(LETTERS + GAP + OUT, min_size=31, max_size=31),
    first=st.integers(1, 31),
    length=st.integers(0, 60),
    code=st.sampled_from(CODES),
)
def test_a_line_without_findings_adds_up_to_the_days_in_post(book, cells, first, length, code):
    last = date.fromordinal(date(2026, 10, first).toordinal() + length)
    case, sheet = line(first=date(2026, 10, first), last=last), book(code, DAY).sheet
    typed = "".join(cell if case.is_posted(day) else OUT for cell, day in zip(cells, OCTOBER.dates(), strict=True))
    offered = {LETTER_OF[mark.category] for mark in sheet.marks if not mark.reason}
    inside = [cell for cell, day in zip(typed, OCTOBER.dates(), strict=True) if case.is_posted(day)]
    assert (line_findings(typed, case, sheet) == []) == (set(inside) <= offered)
    if set(inside) <= offered:
        assert sum(counts(typed)) == case.posted == len(inside)


@pytest.mark.parametrize("code", CODES)
def test_a_free_word_is_one_that_no_free_day_refuses(book, code):
    sheet = book(code, DAY).sheet
    trip = Explained(date(2026, 9, 28), date(2026, 10, 3), "official_trip", "招商")
    case = line(first=date(2026, 9, 1), last=date(2026, 10, 20), explained=(trip,))
    assert case.free_days == set(range(4, 21))
    for text in words(sheet):
        assert (text in free_words(sheet)) == (cell_problem(4, text, case, sheet) is None)
        assert free_words(sheet).get(text, read_mark(text, sheet)) == read_mark(text, sheet)


@given(cells=st.text(alphabet=LETTERS + GAP + OUT + "v", max_size=31))
def test_a_line_in_two_strings_says_what_its_cells_say_one_by_one(cells):
    assert list(zip(marks_of(cells), nights_of(cells), strict=True)) == [split_cell(cell) for cell in cells]
