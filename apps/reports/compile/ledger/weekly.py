"""驻村天数周汇总: days of each week per person.  Weeks run Monday to Sunday, cut at the month, so that they add up to it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, NamedTuple

from apps.reports.compile.ledger.paper import Day, Paper, Row
from apps.reports.compile.words import safe
from apps.reports.compile.xlsx.look import A4, Book, across, print_setup
from apps.reports.selectors.snapshot import Line, Snapshot
from apps.rules.marks import LETTER_OF
from apps.rules.vocabulary import RUNNING

HEAD = 3
_PLACE = (("序号", 5.0), ("村", 12.0), ("姓名", 9.0), ("岗位", 14.0))
_IN_VILLAGE = LETTER_OF["in_village"]


class Week(NamedTuple):
    """Days of the month from `first` to `last`, both included."""

    first: int
    last: int

    @property
    def label(self) -> str:
        return f"{self.first}—{self.last}日" if self.first != self.last else f"{self.first}日"


class Counted(NamedTuple):
    """What of a person's day counts: letters, and whether only on workdays."""

    letters: frozenset[str]
    work_only: bool


def weeks_of(paper: Paper) -> list[Week]:
    """The weeks of the month, the first and last ones shorter where the month cuts them."""
    found, day = [], paper.month.first
    while day <= paper.month.last:
        sunday = min(day + timedelta(days=6 - day.weekday()), paper.month.last)
        found.append(Week(day.day, sunday.day))
        day = sunday + timedelta(days=1)
    return found


def counted(found: Snapshot, line: Line) -> Counted:
    """What counts as stationed for a person: as his first floor in days says that runs over a year, else over a half-year
    or a quarter; days in the village where he has none."""
    measures = zip(found.books[line.ledger].presence, line.state, strict=True)
    floors = [each for each, state in measures if state and each.at_most is None and each.unit != "night"]
    for window in RUNNING:
        for measure in (each for each in floors if each.window == window):
            return Counted(frozenset(LETTER_OF[category] for category in measure.counts), measure.days == "work")
    return Counted(frozenset(_IN_VILLAGE), False)


def week_days(marks: str, days: list[Day], week: Week, what: Counted) -> tuple[int, int]:
    """(days stationed, of these in the village) of one week."""
    span = range(week.first - 1, week.last)
    hits = [
        marks[place] for place in span if marks[place] in what.letters and not (what.work_only and days[place].rest)
    ]
    return len(hits), hits.count(_IN_VILLAGE)


def weekly_sheet(book: Book, name: str, found: Snapshot, paper: Paper, basis: str) -> None:
    """The whole sheet."""
    sheet, weeks = book.sheet(name), weeks_of(paper)
    columns = len(_PLACE) + 2 * (len(weeks) + 1)
    title = f"{found.ledger.name}{name}（{paper.month.label}）"
    across(sheet, 0, columns, title, book.style("title"))
    sheet.set_row(0, 32)
    across(sheet, 1, columns, basis, book.style("note"))
    sheet.set_row(1, 26)
    _heads(book, sheet, weeks)
    row = HEAD + 1
    totals = [0] * (columns - len(_PLACE))
    for line, each in zip(found.lines, paper.rows, strict=True):
        figures = _figures(found, paper, line, weeks)
        totals = [total + figure for total, figure in zip(totals, figures, strict=True)]
        _row(book, sheet, row, each, figures)
        row += 1
    sheet.merge_range(row, 0, row, len(_PLACE) - 1, f"合　计（{paper.sums.people}人）", book.style("sum_text"))
    for place, total in enumerate(totals, start=len(_PLACE)):
        sheet.write_number(row, place, total, book.style("sum"))
    note = "每格左为计入驻村时间的天数，右为其中在村天数；周一至周日为一周，跨月的一周按月分开，各周相加等于当月天数。"
    across(sheet, row + 1, columns, note, book.style("line"))
    across(sheet, row + 3, columns, "汇总人（签字）：　　　　　　　　　　年　　月　　日", book.style("line"))
    sheet.freeze_panes(HEAD + 1, 3)
    print_setup(sheet, paper=A4, head_rows=(HEAD - 1, HEAD), foot=paper.foot, columns=columns, rows=row + 4)


def _heads(book: Book, sheet: Any, weeks: list[Week]) -> None:
    style = book.style("head")
    for place, (head, width) in enumerate(_PLACE):
        sheet.merge_range(HEAD - 1, place, HEAD, place, head, style)
        sheet.set_column(place, place, width)
    groups = [f"第{number}周（{week.label}）" for number, week in enumerate(weeks, start=1)] + ["全月合计"]
    for number, group in enumerate(groups):
        place = len(_PLACE) + 2 * number
        sheet.merge_range(HEAD - 1, place, HEAD - 1, place + 1, group, style)
        sheet.write_string(HEAD, place, "驻村", style)
        sheet.write_string(HEAD, place + 1, "其中在村", style)
        sheet.set_column(place, place + 1, 8.5)


def _figures(found: Snapshot, paper: Paper, line: Line, weeks: list[Week]) -> list[int]:
    what = counted(found, line)
    pairs = [week_days(line.marks, paper.days, week, what) for week in weeks]
    pairs.append((sum(pair[0] for pair in pairs), sum(pair[1] for pair in pairs)))
    return [figure for pair in pairs for figure in pair]


def _row(book: Book, sheet: Any, row: int, person: Row, figures: list[int]) -> None:
    sheet.write_number(row, 0, person.number, book.style("centre"))
    for place, text in enumerate((person.village, person.name, person.roles), start=1):
        sheet.write_string(row, place, safe(text), book.style("fit"))
    for place, figure in enumerate(figures, start=len(_PLACE)):
        sheet.write_number(row, place, figure, book.style("number"))
