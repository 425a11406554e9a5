"""A quarter's floor in nights, and 20 days and 10 nights a month, from the sheet to the ledger, its correction and trial.

The county is invented (tests/rules/packs/qingya); what is expected was added up by hand.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from importlib import import_module
from io import StringIO
from pathlib import Path

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection

from apps.attendance.compile import row_inputs, sheet_head
from apps.attendance.selectors import sheet_context, sheet_rows
from apps.attendance.services import LineEdit, sheet_save
from apps.core.months import Month
from apps.jurisdictions.models import Division
from apps.jurisdictions.selectors import calendar_of
from apps.ledgers.models import LedgerLine, Tally
from apps.ledgers.selectors import figures
from apps.ledgers.selectors.chain import frozen_book
from apps.ledgers.services import month_reopen
from apps.ledgers.services.rehearse import rehearse
from apps.rules.presence import judge
from apps.rules.trace import recompute
from apps.teams.models import Posting, Team
from tests.factories import posting_of, team_of
from tests.ledgers.month import Walk, years_so_far
from tests.ledgers.rehearsing import read

FOLDER = Path(__file__).parents[1] / "rules" / "packs" / "qingya"
TOWNSHIP = "C620103001"
JANUARY, FEBRUARY, MARCH, APRIL = (Month(2026, number) for number in range(1, 5))
# `v` is a day in the village without the night.  Days: 20, 20, 18, 20; nights: 12, 9, 18, 20.
TYPED = {
    JANUARY: "V" * 12 + "v" * 8 + "R" * 11,
    FEBRUARY: "V" * 9 + "v" * 11 + "R" * 8,
    MARCH: "V" * 18 + "R" * 13,
    APRIL: "V" * 20 + "R" * 10,
}
NIGHTS = 22  # the place of the nights in counts and running totals


@pytest.fixture(autouse=True)
def county(nation: None) -> Iterator[None]:
    with time_machine.travel("2026-05-08 09:00+08:00", tick=False):
        Division.objects.create(code=TOWNSHIP, name="青崖镇", level="township", parent_id=TOWNSHIP[:7])
        call_command("rules", "publish", str(FOLDER), "--by", "王某", "--confirmed-by", "李某", stdout=StringIO())
        yield


@pytest.fixture
def team() -> Team:
    return team_of(f"{TOWNSHIP}201")


@pytest.fixture
def member(team: Team) -> Posting:
    """Somebody whose first four months of the year are closed."""
    posting = posting_of(team, "李秀英", first=date(2025, 12, 1))
    for month, cells in TYPED.items():
        close(team, posting, month, cells)
    return posting


def close(team: Team, posting: Posting, month: Month, cells: str) -> None:
    walk, context = Walk(TOWNSHIP, team, month), sheet_context(TOWNSHIP, month)
    row = next(row for row in sheet_rows(area=TOWNSHIP, month=month) if row.posting == posting.pk)
    before = context.cells(row)
    typed = {day: (was, now) for day, (was, now) in enumerate(zip(before, cells, strict=True), start=1) if was != now}
    edit = LineEdit(posting.pk, row.version, typed)
    saved = sheet_save(actor=walk.actor("township_clerk"), area=TOWNSHIP, month=month, edits=[edit])
    assert saved.errors == []
    walk.close()


def again(team: Team, posting: Posting, month: Month, cells: str) -> None:
    """The month opened again, corrected and closed: its next version."""
    actor = Walk(TOWNSHIP, team, month).actor("township_clerk")
    month_reopen(actor=actor, area=TOWNSHIP, month=month, teams=[team.pk], reason="更正住宿登记")
    if cells == TYPED[month]:
        Walk(TOWNSHIP, team, month).close()
    else:
        close(team, posting, month, cells)


def stands(posting: Posting, month: Month, version: int = 1) -> dict[str, tuple[int, int, int]]:
    line = LedgerLine.objects.get(posting=posting, month=month.first, ledger__version=version)
    names = [measure.name for measure in frozen_book(line.ledger).presence]
    shown = zip(names, line.done, line.due, line.state, strict=True)
    return {name: (done, due, state) for name, done, due, state in shown if state}


def quarter(posting: Posting, month: Month, version: int = 1) -> tuple[int, int, int]:
    return stands(posting, month, version)["quarter_nights"]


def nights_so_far(posting: Posting) -> list[int]:
    return [ytd[NIGHTS] for ytd in years_so_far(posting)]


def test_four_months_stand_as_added_up_by_hand(member: Posting) -> None:
    """1 met, 2 under way, 4 short; days and nights of a month are two floors, and both must hold."""
    floors = ("month_days", "month_nights", "quarter_nights")
    assert [[stands(member, month)[name] for name in floors] for month in TYPED] == [
        [(20, 20, 1), (12, 10, 1), (12, 40, 2)],
        [(20, 20, 1), (9, 10, 4), (21, 40, 2)],
        [(18, 20, 4), (18, 10, 1), (39, 40, 4)],
        [(20, 20, 1), (20, 10, 1), (20, 40, 2)],
    ]
    assert [stands(member, month)["half_year_days"][0] for month in TYPED] == [20, 40, 58, 78]
    assert nights_so_far(member) == [12, 21, 39, 59]
    line = LedgerLine.objects.get(posting=member, month=MARCH.first)
    assert line.ledger.totals["nights"] == line.counts[NIGHTS] == 18


def test_the_sheet_shows_what_the_ledger_will(team: Team, member: Posting) -> None:
    for month in TYPED:
        context = sheet_context(TOWNSHIP, month)
        (row,) = sheet_rows(area=TOWNSHIP, month=month)
        inputs = row_inputs(context, row, context.cells(row))
        chosen = context.chosen(row)
        said = {name: tuple(judge(chosen[name], inputs, calendar_of(2026))) for name in chosen}
        assert said == stands(member, month)
    units = {each["label"]: each["unit"] for each in sheet_head(context)["measures"]}
    assert (units["季度住村夜数"], units["半月在村天数"], units["周住村夜数"]) == ("夜", "半月", "周")
    place = [measure.name for measure in context.book.presence].index("quarter_nights")
    shown = figures.sheet_figure(
        actor=Walk(TOWNSHIP, team).actor("township_clerk"), posting=member.pk, month=MARCH, measure=place
    )
    assert shown.trace["steps"][0]["text"] == "本季度至本月底：住村 39 = 39"
    assert [(term.label, term.value) for term in shown.terms] == [
        ("住村夜数", 39),
        ("派驻天数", 90),
        ("本季度天数", 90),
        ("以后还有的天数", 0),
        ("规定的数", 40),
    ]


def test_a_corrected_february_moves_march_and_not_the_quarter_of_april(team: Team, member: Posting) -> None:
    again(team, member, FEBRUARY, "V" * 10 + TYPED[FEBRUARY][10:])
    assert nights_so_far(member) == [12, 22, 40, 60]
    assert quarter(member, FEBRUARY, 2) == (22, 40, 2)
    assert (quarter(member, MARCH), quarter(member, APRIL)) == ((39, 40, 4), (20, 40, 2)), "what was signed stays"
    for month in (MARCH, APRIL):
        again(team, member, month, TYPED[month])
    assert (quarter(member, MARCH, 2), quarter(member, APRIL, 2)) == ((40, 40, 1), (20, 40, 2))
    assert nights_so_far(member) == [12, 22, 40, 60]
    assert stands(member, APRIL, 2)["half_year_days"] == (78, 110, 2)  # 61 days are left


def test_every_version_goes_on_explaining_itself(team: Team, member: Posting) -> None:
    again(team, member, FEBRUARY, "V" * 10 + TYPED[FEBRUARY][10:])
    again(team, member, MARCH, TYPED[MARCH])
    actor = Walk(TOWNSHIP, team).actor("township_clerk")
    for line in LedgerLine.objects.filter(posting=member):
        place = [measure.name for measure in frozen_book(line.ledger).presence].index("quarter_nights")
        figure = figures.line_figure(actor=actor, line=line.pk, measure=place)
        assert (figure.note, recompute(figure.trace)) == ("", line.done[place])


def test_a_trial_sees_the_quarter_from_the_sheets(team: Team, member: Posting, tmp_path: Path) -> None:
    """February is open again and corrected: no running total knows of it yet."""
    actor = Walk(TOWNSHIP, team, FEBRUARY).actor("township_clerk")
    month_reopen(actor=actor, area=TOWNSHIP, month=FEBRUARY, teams=[team.pk], reason="更正住宿登记")
    member.lines.filter(month=FEBRUARY.first).update(nights="1" * 10 + "0" * 10 + " " * 8)
    folder = tmp_path / "qingya"
    shutil.copytree(FOLDER, folder)
    file = folder / "attendance.yaml"
    file.write_text(file.read_text("utf-8").replace("{at_least: 40,", "{at_least: 45,"), "utf-8")
    found = rehearse(pack=read(folder), today=date(2026, 5, 8))
    assert [
        (each.month, each.key, tuple(each.old.judged), tuple(each.new.judged))
        for each in found.changes
        if each.old and each.new
    ] == [
        (JANUARY, "quarter_nights", (12, 40, 2), (12, 45, 2)),
        (FEBRUARY, "quarter_nights", (22, 40, 2), (22, 45, 2)),
        (MARCH, "quarter_nights", (40, 40, 1), (40, 45, 4)),
        (APRIL, "quarter_nights", (20, 40, 2), (20, 45, 2)),
    ]


def test_totals_from_before_nights_were_counted_get_them_from_the_newest_ledgers(team: Team, member: Posting) -> None:
    again(team, member, FEBRUARY, "V" * 10 + TYPED[FEBRUARY][10:])
    whole = years_so_far(member)
    lean, nights = (import_module(f"apps.ledgers.migrations.{name}") for name in ("0011_moved_totals", "0010_nights"))
    with connection.cursor() as cursor:
        cursor.execute(lean.BACK)
        assert [tally.ytd for tally in Tally.objects.order_by("month")] == whole
        for tally in Tally.objects.all():
            Tally.objects.filter(posting=tally.posting_id, month=tally.month).update(ytd=tally.ytd[:NIGHTS])
        cursor.execute(nights.NIGHTS)
        assert [tally.ytd for tally in Tally.objects.order_by("month")] == whole
        cursor.execute(lean.SAME)
    assert [tally.month for tally in Tally.objects.order_by("month")] == [MARCH.first, APRIL.first]
    assert years_so_far(member) == whole
