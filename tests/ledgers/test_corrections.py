"""What a corrected month does to the year: the next month starts from the truth, and what was signed stays."""

from __future__ import annotations

from datetime import date

import pytest

from apps.core.months import Month
from apps.ledgers.models import Ledger, LedgerLine, Tally
from apps.teams.models import Posting
from tests.factories import posting_of, sheet_line_of, team_of
from tests.ledgers.month import compiled, years_so_far

TOWNSHIP = "C621121100"
JANUARY, FEBRUARY, MARCH, APRIL = (Month(2026, number) for number in range(1, 5))


@pytest.fixture(autouse=True)
def county(nation: None) -> None:
    """Tongwei and its calendar."""


@pytest.fixture
def posting() -> Posting:
    """Every day of three months in the village, and its three ledgers."""
    posting = posting_of(team_of("C621121100201"), "李秀英", first=date(2026, 1, 1))
    for month in (JANUARY, FEBRUARY, MARCH):
        sheet_line_of(posting, month, "V" * month.days)
        compiled(TOWNSHIP, month)
    return posting


def days(posting: Posting) -> list[int]:
    """The days in the village through each month, from which the next one starts."""
    return [ytd[0] for ytd in years_so_far(posting)]


def again(posting: Posting, month: Month, marks: str, version: int = 2) -> LedgerLine:
    """The month with other marks in its next version."""
    Ledger.objects.filter(month=month.first).exclude(state="superseded").update(state="superseded")
    posting.lines.filter(month=month.first).update(marks=marks)
    return compiled(TOWNSHIP, month, version).lines.get(posting=posting)


def april(posting: Posting) -> int:
    """What April's ledger says of the year."""
    sheet_line_of(posting, APRIL, "V" * APRIL.days)
    return compiled(TOWNSHIP, APRIL).lines.get(posting=posting).ytd[0]


def test_months_that_nobody_corrected_are_kept_once(posting: Posting) -> None:
    assert days(posting) == [31, 31 + 28, 31 + 28 + 31]
    assert not Tally.objects.exists()
    assert april(posting) == 31 + 28 + 31 + 30


def test_a_correction_moves_the_later_months_and_no_signed_line(posting: Posting) -> None:
    again(posting, JANUARY, "V" * 10 + "LLL" + "V" * 18)
    assert days(posting) == [28, 28 + 28, 28 + 28 + 31]
    assert LedgerLine.objects.get(posting=posting, month=MARCH.first).ytd[0] == 31 + 28 + 31
    assert april(posting) == 28 + 28 + 31 + 30


def test_corrections_of_one_month_and_of_the_next_add_up(posting: Posting) -> None:
    again(posting, JANUARY, "V" * 10 + "LLL" + "V" * 18)
    again(posting, JANUARY, "V" * 10 + "LLLLL" + "V" * 16, version=3)
    assert days(posting) == [26, 26 + 28, 26 + 28 + 31]
    assert again(posting, FEBRUARY, "V" * 20 + "L" * 8).ytd[0] == 26 + 20
    assert days(posting) == [26, 26 + 20, 26 + 20 + 31]
    again(posting, JANUARY, "V" * 31, version=4)
    assert days(posting) == [31, 31 + 20, 31 + 20 + 31]
    assert april(posting) == 31 + 20 + 31 + 30


def test_who_was_left_out_of_a_month_and_is_added_by_its_correction_has_it_in_his_year(posting: Posting) -> None:
    late = posting_of(team_of("C621121100202"), "王建国", first=date(2026, 2, 1))
    sheet_line_of(late, MARCH, "V" * MARCH.days)
    again(posting, MARCH, "V" * MARCH.days)
    assert days(late) == [31]
    sheet_line_of(late, FEBRUARY, "V" * 14 + "L" * 14)
    again(posting, FEBRUARY, "V" * FEBRUARY.days)
    assert days(late) == [14, 14 + 31]
    assert april(late) == 14 + 31 + 30
