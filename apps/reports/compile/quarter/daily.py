"""Sheet 逐月明细: one row per person and month with the mark of every day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from apps.core.months import Month
from apps.jurisdictions.selectors import calendar_of
from apps.reports.compile.quarter.case import QuarterCase
from apps.reports.compile.words import NO_NIGHT, day_words, role_words, safe, short_words
from apps.reports.compile.xlsx.bulk import Body, Cell, RowWriter, stand_in
from apps.reports.compile.xlsx.look import DAY_STYLES, Book, across, day_style, print_setup
from apps.reports.selectors.unit import UnitPerson, unit_people
from apps.rules.calendar import WORK_KINDS
from apps.rules.marks import GAP, INDEX_OF, LETTERS, OUT, WORD_OF

NAME = "逐月明细"
WAITING = "本月还没有审核通过的台账"
DAYS = 31
HEAD = 2
_PLACE = (("月份", 10), ("县（市、区）", 12), ("乡镇（街道）", 12), ("村", 11), ("姓名", 9), ("岗位", 14))
_AFTER = (("在村天数", 6), ("派驻天数", 6))
_STYLES = ["centre", "fit", "number", "waiting_line", *DAY_STYLES]
CENTRE, FIT, NUMBER, WAIT = range(4)


def daily_template(book: Book, case: QuarterCase) -> int:
    """The sheet with all but its rows; where they go (from 0)."""
    sheet = book.sheet(NAME)
    heads = [*_PLACE, *((str(day), 3.2) for day in range(1, DAYS + 1)), *_AFTER]
    across(sheet, 0, len(heads), f"{case.title}（逐月明细）", book.style("title"))
    sheet.set_row(0, 30)
    across(sheet, 1, len(heads), _legend(case), book.style("line"))
    for place, (head, width) in enumerate(heads):
        sheet.write_string(HEAD, place, head, book.style("head"))
        sheet.set_column(place, place, width)
    sheet.set_row(HEAD, 24)
    stand_in(sheet, HEAD + 1, book.styles(_STYLES))
    sheet.freeze_panes(HEAD + 1, 6)
    print_setup(sheet, head_rows=(HEAD, HEAD), foot=case.title, columns=len(heads))
    return HEAD + 1


def _legend(case: QuarterCase) -> str:
    short = short_words()
    words = dict(zip(LETTERS, WORD_OF.values(), strict=True))
    kept = [LETTERS[place] for place in case.categories]
    signs = "　".join(f"{short[letter]} {words[letter]}" for letter in kept)
    nights = any(book.sheet.nights for book in case.distinct_books)
    return f"图例：{signs}{f'　{NO_NIGHT} 在村未住宿' if nights else ''}　— 不在派驻期　灰底为休息日、节假日"


class Daily:
    """Rows of the sheet; what depends only on the month is worked out once."""

    def __init__(self, case: QuarterCase, styles: Sequence[int]) -> None:
        self.case, self.styles = case, styles
        self._short = short_words()
        self._writer = RowWriter(len(_PLACE) + DAYS + len(_AFTER))
        self._rest = {month.month: self._rest_days(month) for month in case.months}
        self._looks = {
            (mark, rest): styles[_STYLES.index(day_style(mark, rest=rest))]
            for mark in LETTERS + GAP + OUT
            for rest in (False, True)
        }

    @staticmethod
    def _rest_days(month: Month) -> list[bool]:
        return [kind not in WORK_KINDS for kind in calendar_of(month.year).month_mask(month.first)]

    def row(self, at: int, month: Month, person: UnitPerson) -> str:
        """One person's month."""
        county, township = self.case.places[person.area[:10]]
        line = person.months.get(month.month)
        values: list[Cell] = [month.label, safe(county), safe(township), safe(person.village), safe(person.name)]
        values.append(role_words(person.roles))
        looks = [self.styles[CENTRE], *[self.styles[FIT]] * 5]
        if line is None:
            empty = DAYS + len(_AFTER) - 1
            looks += [self.styles[WAIT]] * (empty + 1)
            return self._writer.row(at, looks, [*values, WAITING, *[None] * empty])
        short = [None] * (DAYS - len(line.marks))
        rest = self._rest[month.month]
        values += [*day_words(line.marks, line.nights, self._short), *short]
        values += [line.counts[INDEX_OF["in_village"]], line.posted]
        looks += [self._looks[mark, off] for mark, off in zip(line.marks, rest, strict=True)]
        looks += [self._looks[OUT, False]] * len(short) + [self.styles[NUMBER]] * 2
        return self._writer.row(at, looks, values)


def daily_body(case: QuarterCase, start: int) -> Body:
    """The rows of everybody's months, those without an accepted ledger too."""

    def rows(styles: Sequence[int]) -> Iterator[str]:
        daily, at = Daily(case, styles), start
        for person in unit_people(case.unit, case.months):
            for month in case.months:
                if month.month in person.months or person.posted_in(month):
                    at += 1
                    yield daily.row(at, month, person)

    return Body(start, rows)
