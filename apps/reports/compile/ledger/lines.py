"""The ledger's table: one row per person, a column per day, what the days add up to, how the measures stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from apps.reports.compile.ledger.paper import Day, Paper, Row, Standing
from apps.reports.compile.words import safe
from apps.reports.compile.xlsx.bulk import Body, Cell, RowWriter, stand_in
from apps.reports.compile.xlsx.look import DAY_STYLES, Book, across, day_style
from apps.rules.figures import State
from apps.rules.marks import GAP, LETTERS, OUT

HEAD = 3  # rows above the two rows of column heads
_MEASURE = (("累计", 6.0), ("应达", 6.0), ("状态", 10.0))
_STYLES = ["centre", "fit", "shrink", "number", "text", "bad", *DAY_STYLES]
CENTRE, FIT, SHRINK, NUMBER, TEXT, BAD = range(6)


class Table(NamedTuple):
    """A sheet whose rows are still to be put in: where they start, the row after the sums, its size."""

    sheet: Any
    head: tuple[int, int]
    start: int
    end: int
    columns: int


class Column(NamedTuple):
    """One column: the head of its group ('' stands alone), its own head, its width, whether it is a rest day."""

    group: str
    head: str
    width: float
    rest: bool = False


def columns_of(paper: Paper) -> list[Column]:
    """The columns in order."""
    place = [Column("", "序号", 4.5)]
    place += [Column("", "乡镇（街道）", 11)] if paper.is_county else []
    place += [Column("", "村", 11), Column("", "姓名", 8.5), Column("", "岗位", 12), Column("", "派出单位", 18)]
    days = [Column(str(day.number), day.weekday, 2.9, day.rest) for day in paper.days]
    kinds = [Column("各类天数", kind.word, 4.6) for kind in paper.kinds]
    sums = [Column("", "派驻天数", 5), Column("", "月度等式", 14)]
    sums += [Column("", "住宿夜数", 5)] if paper.nights else []
    measures = [
        Column(f"{measure.short}（{measure.unit}）", "上限" if measure.ceiling and head == "应达" else head, width)
        for measure in paper.measures
        for head, width in _MEASURE
    ]
    return [*place, *days, *kinds, *sums, *measures, Column("", "备注", 20)]


def lines_sheet(book: Book, name: str, paper: Paper) -> Table:
    """The sheet with title, heads, sums and legend; the people's rows are put in by `lines_body`."""
    sheet, columns = book.sheet(name), columns_of(paper)
    across(sheet, 0, len(columns), paper.title, book.style("title"))
    sheet.set_row(0, 32)
    across(sheet, 1, len(columns), paper.basis, book.style("line"))
    across(sheet, 2, len(columns), f"{paper.number}　　{paper.status}", book.style("line"))
    _heads(book, sheet, columns)
    start = HEAD + 2
    stand_in(sheet, start, book.styles(_STYLES))
    end = start + max(len(paper.rows), 1)
    _sums(book, sheet, paper, end)
    across(sheet, end + 1, len(columns), f"{paper.legend}　灰底为休息日、节假日", book.style("line"))
    names = 4 if paper.is_county else 3
    sheet.freeze_panes(start, names)
    return Table(sheet, (HEAD, HEAD + 1), start, end + 2, len(columns))


def _heads(book: Book, sheet: Any, columns: Sequence[Column]) -> None:
    place = 0
    while place < len(columns):
        column = columns[place]
        style = book.style("head_rest" if column.rest else "head")
        size = 1
        while place + size < len(columns) and column.group and columns[place + size].group == column.group:
            size += 1
        if not column.group:
            sheet.merge_range(HEAD, place, HEAD + 1, place, column.head, style)
        elif size > 1:
            sheet.merge_range(HEAD, place, HEAD, place + size - 1, column.group, style)
        else:
            sheet.write_string(HEAD, place, column.group, style)
        for offset, each in enumerate(columns[place : place + size]):
            sheet.set_column(place + offset, place + offset, each.width)
            if column.group:
                sheet.write_string(HEAD + 1, place + offset, each.head, style)
        place += size
    sheet.set_row(HEAD + 1, 30)


def _sums(book: Book, sheet: Any, paper: Paper, row: int) -> None:
    sums, style, words = paper.sums, book.style("sum"), book.style("sum_text")
    before = (6 if paper.is_county else 5) + len(paper.days)
    sheet.merge_range(row, 0, row, before - 1, f"合　计（{sums.people}人）", words)
    numbers = [*sums.counts, sums.posted, None, *([sums.stayed] if paper.nights else [])]
    for place, number in enumerate(numbers, start=before):
        if number is None:
            sheet.write_blank(row, place, None, style)
        else:
            sheet.write_number(row, place, number, style)
    place = before + len(numbers)
    for text in sums.standings:
        sheet.merge_range(row, place, row, place + len(_MEASURE) - 1, text, words)
        place += len(_MEASURE)
    sheet.write_blank(row, place, None, words)


def lines_body(table: Table, paper: Paper) -> Body:
    """The people's rows."""

    def rows(styles: Sequence[int]) -> Iterator[str]:
        writer = RowWriter(table.columns, height=18)
        looks = {
            (mark, day): styles[_STYLES.index(day_style(mark, rest=day.rest))]
            for mark in LETTERS + GAP + OUT
            for day in paper.days
        }
        for at, row in enumerate(paper.rows, start=table.start + 1):
            cells = [*_who(row, county=paper.is_county), *_days(row, paper.days, looks), *_figures(row, paper)]
            yield writer.row(at, [look if raw else styles[look] for raw, look, _ in cells], [cell[2] for cell in cells])

    return Body(table.start, rows)


_Cell = tuple[bool, int, Cell]  # the style is a number of the template (True) or a place in _STYLES


def _who(row: Row, *, county: bool) -> Iterator[_Cell]:
    yield False, CENTRE, row.number
    township = [row.township] if county else []
    for text in (*township, row.village, row.name, row.roles, row.unit):
        yield False, FIT, safe(text)


def _days(row: Row, days: Sequence[Day], looks: dict[tuple[str, Day], int]) -> Iterator[_Cell]:
    for mark, sign, day in zip(row.marks, row.signs, days, strict=True):
        yield True, looks[mark, day], sign


def _figures(row: Row, paper: Paper) -> Iterator[_Cell]:
    for count in row.counts:
        yield False, NUMBER, count or None
    yield False, NUMBER, row.posted
    yield False, BAD if "≠" in row.equation else SHRINK, row.equation
    if paper.nights:
        yield False, NUMBER, row.stayed
    for standing in row.standings:
        yield from _standing(standing)
    yield False, TEXT, safe(row.note)


def _standing(standing: Standing | None) -> Iterator[_Cell]:
    if standing is None:
        yield from ((False, CENTRE, "—") for _ in _MEASURE)
        return
    bad = standing.state in (State.OUT_OF_REACH, State.SHORT)
    yield False, NUMBER, standing.done
    yield False, NUMBER, standing.due
    yield False, BAD if bad else SHRINK, standing.word
