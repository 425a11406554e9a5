"""Letters of a sheet: eleven kinds, counted without gaps."""

from hypothesis import given
from hypothesis import strategies as st

from apps.rules.marks import CATEGORIES, GAP, LETTERS, MARKS, OUT, counts, work_marks

OCTOBER = "HHHHHHHWWMRWWWWWRRWWWWWRRWWWWWR"  # of 2026


def test_there_are_eleven_kinds_of_day_in_their_order():
    assert LETTERS == "VTMNPOSLRAD"
    assert [mark.category for mark in MARKS.values()] == list(CATEGORIES)
    assert len({mark.word for mark in MARKS.values()}) == 11


@given(st.text(alphabet=LETTERS + GAP + OUT, max_size=31))
def test_counts_gaps_and_days_outside_add_up_to_the_days(marks):
    assert sum(counts(marks)) + marks.count(GAP) + marks.count(OUT) == len(marks)


@given(st.text(alphabet=LETTERS + GAP + OUT, min_size=31, max_size=31))
def test_workday_counts_never_exceed_all_counts(marks):
    work = counts(work_marks(marks, OCTOBER))
    assert all(some <= every for some, every in zip(work, counts(marks), strict=True))
    assert len(work_marks(marks, OCTOBER)) == 18


def test_counting_the_workdays_of_a_holiday_month():
    marks = "R" * 7 + "VVVR" + "VVVVV" + "RR" + "VTVVV" + "VV" + "VVVVV" + "R"
    assert counts(marks)[:2] == (19, 1)
    assert counts(work_marks(marks, OCTOBER))[:2] == (17, 1)
