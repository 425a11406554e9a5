"""Rehearsal of months that nobody has closed yet, and of those opened again."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from apps.core.months import Month
from apps.teams.models import TeamMonth
from tests.factories import posting_of, sheet_line_of, team_of
from tests.ledgers.month import TONGWEI
from tests.ledgers.rehearsing import raised, tried

pytestmark = pytest.mark.usefixtures("nation")
MONTHS = [Month(2026, number) for number in (1, 2, 3)]


def test_the_year_so_far_goes_on_through_months_that_are_open(tmp_path: Path) -> None:
    team = team_of(f"{TONGWEI}201")
    posting = posting_of(team, "李秀英", first=date(2026, 1, 10))
    for month, marks in zip(MONTHS, ("-" * 9 + "V" * 22, "V" * 20 + "L" * 8, "T" * 10 + "R" * 21), strict=True):
        sheet_line_of(posting, month, marks)
    TeamMonth.objects.create(area=team.area, team=team, month=MONTHS[0].first, closed=True)
    TeamMonth.objects.create(area=team.area, team=team, month=MONTHS[1].first, closed=False, reason="更正")
    found = tried(raised(tmp_path))
    due = (-(-220 * 356 // 365), -(-240 * 356 // 365))
    assert [
        (each.month, each.closed, each.old.judged[:2], each.new.judged[:2])
        for each in found.changes
        if each.old and each.new
    ] == [
        (MONTHS[0], True, (22, due[0]), (22, due[1])),
        (MONTHS[1], False, (42, due[0]), (42, due[1])),
        (MONTHS[2], False, (52, due[0]), (52, due[1])),
    ]
    assert (found.cadres, found.ledgers) == (1, ())


def test_a_person_whom_no_measure_binds_is_not_listed(tmp_path: Path) -> None:
    sheet_line_of(posting_of(team_of(f"{TONGWEI}201"), "王建国", "legal_adviser"), MONTHS[0], "V" * 31)
    found = tried(raised(tmp_path))
    assert (found.months, found.changes) == ((MONTHS[0],), ())


def test_without_stored_sheets_there_is_nothing_to_rehearse(tmp_path: Path) -> None:
    posting_of(team_of(f"{TONGWEI}201"), "李秀英")
    found = tried(raised(tmp_path))
    assert (found.months, found.changes, found.added) == ((), (), ())
