"""Sheet 汇总: one row per person with the days of each month, the quarter's sums, the floors and what to look at."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from apps.reports.compile.quarter.case import QuarterCase
from apps.reports.compile.quarter.figures import (
    Standing,
    covered_words,
    finding_words,
    findings,
    periodic,
    periodic_words,
    running,
    sums,
)
from apps.reports.compile.words import NOT_POSTED, role_words, safe
from apps.reports.compile.xlsx.bulk import Cell, RowWriter, stand_in
from apps.reports.compile.xlsx.look import Book, print_over_two_pages, print_setup
from apps.reports.selectors.unit import UnitPerson
from apps.rules.figures import State

NAME = "汇总"
WAITING = "未审核"
HEAD = 3  # rows above the two rows of column heads
_PLACE = (("序号", 5), ("县（市、区）", 13), ("乡镇（街道）", 12), ("村", 11), ("姓名", 9), ("岗位", 14))
_STANDING = (("指标", 12), ("已完成", 6.5), ("应完成", 6.5), ("状态", 11))
# The styles of the body; rows refer to them by place.
_STYLES = ["centre", "text", "fit", "shrink", "number", "sum", "waiting", "sum_text", "bad", "bad_text"]
CENTRE, TEXT, FIT, SHRINK, NUMBER, SUM, WAIT, SUM_TEXT, BAD, BAD_TEXT = range(len(_STYLES))


class Overview:
    """The columns of one quarter's 汇总 and its rows."""

    def __init__(self, case: QuarterCase) -> None:
        self.case = case
        self.groups = self._groups()
        self.columns = sum(len(columns) for _, columns in self.groups)
        self._month_size = len(case.categories) + 1
        self._writer = RowWriter(self.columns, height=24)

    def _groups(self) -> list[tuple[str, list[tuple[str, float]]]]:
        """[(head over the columns, [(head, width)])]."""
        case = self.case
        days = [(case.word(place), 5.0) for place in case.categories] + [("派驻天数", 5.0)]
        months = [(f"{month.label}（天）", days) for month in case.months]
        standings = [(f"{case.running_word}{_ordinal(n, case.running)}", list(_STANDING)) for n in range(case.running)]
        return [
            ("派驻", list(_PLACE)),
            *months,
            ("季度合计（天）", [*days, ("含月份", 9)]),
            *standings,
            ("考核与提示", [("按月、按周的指标", 26), ("需要关注（依据条款）", 40)]),
        ]

    def row(self, at: int, number: int, styles: Sequence[int], person: UnitPerson) -> str:
        """One person's row of XML."""
        cells = [*self._who(number, person), *self._days(person), *self._assessed(person)]
        return self._writer.row(at, [styles[style] for style, _ in cells], [value for _, value in cells])

    def _who(self, number: int, person: UnitPerson) -> list[tuple[int, Cell]]:
        county, township = self.case.places[person.area[:10]]
        words = (safe(county), safe(township), safe(person.village), safe(person.name), role_words(person.roles))
        return [(CENTRE, number), *((FIT, word) for word in words)]

    def _days(self, person: UnitPerson) -> list[tuple[int, Cell]]:
        cells: list[tuple[int, Cell]] = []
        for month in self.case.months:
            line = person.months.get(month.month)
            if line is not None:
                cells += [(NUMBER, line.counts[place] or None) for place in self.case.categories]
                cells.append((NUMBER, line.posted))
            else:
                cells += [(WAIT, WAITING if person.posted_in(month) else NOT_POSTED)] * self._month_size
        total = sums(person)
        if not total.months:
            return cells + [(WAIT, WAITING)] * (self._month_size + 1)
        cells += [(SUM, total.counts[place] or None) for place in self.case.categories]
        return [*cells, (SUM, total.posted), (SUM_TEXT, covered_words(total.months))]

    def _assessed(self, person: UnitPerson) -> list[tuple[int, Cell]]:
        case = self.case
        cells = [cell for standing in running(case, person) for cell in _standing(standing)]
        cells += [(CENTRE, None)] * (len(_STANDING) * case.running - len(cells))
        found = findings(case, person)
        words = finding_words(case, found)
        return [*cells, (TEXT, periodic_words(periodic(case, person))), (BAD_TEXT if words else TEXT, words)]


def _standing(standing: Standing) -> list[tuple[int, Cell]]:
    bad = standing.state in (State.OUT_OF_REACH, State.SHORT)
    ceiling = "≤" if standing.measure.at_most is not None else ""
    return [
        (TEXT, standing.measure.short),
        (NUMBER, standing.done),
        (CENTRE, f"{ceiling}{standing.due}") if ceiling else (NUMBER, standing.due),
        (BAD if bad else SHRINK, standing.state_text),
    ]


def _ordinal(place: int, of: int) -> str:
    return "一二三四五六"[place] if of > 1 else ""


def overview_template(book: Book, overview: Overview, people: int) -> int:
    """The sheet with all but its people's rows, which go where the returned row (from 0) stands in for them."""
    case, sheet = overview.case, book.sheet(NAME)
    sheet.write_string(0, 0, case.title, book.style("title_left"))
    sheet.set_row(0, 30)
    sheet.write_string(1, 0, _basis(case), book.style("line"))
    place = 0
    for text, columns in overview.groups:
        sheet.merge_range(HEAD - 1, place, HEAD - 1, place + len(columns) - 1, text, book.style("head"))
        for offset, (head, width) in enumerate(columns):
            sheet.write_string(HEAD, place + offset, head, book.style("head"))
            sheet.set_column(place + offset, place + offset, width)
        place += len(columns)
    sheet.set_row(HEAD, 36)
    start = HEAD + 1
    stand_in(sheet, start, book.styles(_STYLES))
    rows = _foot(book, sheet, overview, start + max(people, 1))
    sheet.freeze_panes(start, 6)
    print_setup(sheet, head_rows=(HEAD - 1, HEAD), foot=case.title, columns=overview.columns, rows=rows)
    widths = [width for _, columns in overview.groups for _, width in columns]
    months = sum(len(columns) for _, columns in overview.groups[: 1 + len(case.months)])
    print_over_two_pages(sheet, widths, fixed=len(_PLACE), at=months)
    return start


def _basis(case: QuarterCase) -> str:
    titles = "、".join(f"《{book.title}》{book.number}" for book in case.distinct_books)
    accepted = len(case.ledgers)
    return f"数据来源：{accepted}份已审核通过的乡镇月度台账；“{WAITING}”表示该月还没有审核通过的台账。依据：{titles or '—'}"


def _foot(book: Book, sheet: Any, overview: Overview, row: int) -> int:
    """Places to sign, where a county's rules ask the unit for its own quarterly ledger; how many rows there are."""
    rules = [rule for each in overview.case.distinct_books if (rule := each.ledger.unit_quarter)]
    texts = ["填报人（签字）：", "单位主要负责人审签（签字）：", "（单位盖章）　　　　年　　月　　日"]
    for place, text in zip((1, 6, 16), texts, strict=True):
        sheet.write_string(row + 1, place, text, book.style("line"))
    for offset, rule in enumerate(rules):
        words = f"{rule.label}：由本单位主要负责人审签{overview.case.cited(rule.clause)}。{rule.note}"
        sheet.write_string(row + 3 + offset, 1, words, book.style("line"))
    return row + 3 + len(rules)
