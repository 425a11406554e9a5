"""The dispatch unit's quarterly workbook: 汇总, 逐月明细, 说明.  As fast for a province's unit as for a bureau's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count

from apps.reports.compile.quarter.case import QuarterCase, quarter_case
from apps.reports.compile.quarter.daily import daily_body, daily_template
from apps.reports.compile.quarter.notes import notes_sheet
from apps.reports.compile.quarter.overview import Overview, overview_template
from apps.reports.compile.xlsx.bulk import Body, filled
from apps.reports.compile.xlsx.look import Book
from apps.reports.selectors.unit import unit_people, unit_people_count


def quarter_workbook(unit: int, year: int, quarter: int) -> bytes:
    """The .xlsx of a unit's quarter.  Called inside the unit's scope; BadInput, NotFound as `quarter_case`.

    Figures come from accepted ledgers only; a month without one says 未审核 in its cells.  Rows are read and written
    as a stream.
    """
    case = quarter_case(unit, year, quarter)
    overview = Overview(case)
    book = Book(case.title)
    start = overview_template(book, overview, unit_people_count(unit, case.months))
    daily_start = daily_template(book, case)
    notes_sheet(book, case)
    return filled(book.close(), {1: _overview_body(case, overview, start), 2: daily_body(case, daily_start)})


def _overview_body(case: QuarterCase, overview: Overview, start: int) -> Body:
    def rows(styles: Sequence[int]) -> Iterator[str]:
        people = unit_people(case.unit, case.months)
        for number, person in zip(count(1), people, strict=False):
            yield overview.row(start + number, number, styles, person)

    return Body(start, rows)
