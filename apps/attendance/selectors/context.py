"""What every sheet of one area and month shares: the rules in force, the calendar, who may type where."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from apps.accounts.access import Actor
from apps.attendance.selectors.rows import SheetRow
from apps.core.errors import NotFound
from apps.core.findings import Finding
from apps.core.months import Month
from apps.jurisdictions.offices import Office
from apps.jurisdictions.selectors import book_of, calendar_of
from apps.rules.book import Measure, RuleBook
from apps.rules.calendar import YearCalendar
from apps.rules.sheet import PostedMonth, covers, line_findings, ordinary_cells


@dataclass(frozen=True)
class SheetContext:
    """The rules of one area in one month."""

    area: str
    month: Month
    book: RuleBook
    calendar: YearCalendar

    @property
    def mask(self) -> str:
        return self.masks[self.month.month]

    @cached_property
    def masks(self) -> dict[int, str]:
        """{month: its mask} of the whole year."""
        return {n: self.calendar.month_mask(date(self.month.year, n, 1)) for n in range(1, 13)}

    @cached_property
    def _kinds(self) -> dict[tuple[tuple[str, ...], tuple[str, ...]], tuple[bool, dict[str, Measure]]]:
        """What was found out about people of the same roles in villages of the same classes; there are few kinds."""
        return {}

    def _kind(self, row: SheetRow) -> tuple[bool, dict[str, Measure]]:
        kind = row.roles, row.classes
        if kind not in self._kinds:
            self._kinds[kind] = self.book.sheet.is_occasional(*kind), self.book.chosen(*kind)
        return self._kinds[kind]

    def chosen(self, row: SheetRow) -> dict[str, Measure]:
        """The measures that bind the row's posting, by key."""
        return self._kind(row)[1]

    def case(self, row: SheetRow) -> PostedMonth:
        return row.case(self.month, self.mask, occasional=self._kind(row)[0])

    def cells(self, row: SheetRow) -> str:
        """What the row shows: what was saved, else the ordinary pattern."""
        if row.cells is not None:
            return row.cells
        held = self._ordinary.get(row.posting)
        if held is None or held[0] is not row:
            held = self._ordinary[row.posting] = row, ordinary_cells(self.case(row), self.book.sheet)
        return held[1]

    @cached_property
    def _ordinary(self) -> dict[int, tuple[SheetRow, str]]:
        return {}

    def findings(self, row: SheetRow) -> list[Finding]:
        """What keeps the row from being closed."""
        held = self._found.get(row.posting)
        if held is None or held[0] is not row:
            found = line_findings(self.cells(row), self.case(row), self.book.sheet)
            held = self._found[row.posting] = row, found
        return held[1]

    @cached_property
    def _found(self) -> dict[int, tuple[SheetRow, list[Finding]]]:
        return {}

    def why_not_editable(self, actor: Actor, row: SheetRow) -> str:
        """Why this person may not type in this row now, or '' when he may."""
        if row.closed:
            return "本月已月结，如需更正请先重新打开。"
        if not actor.may("sheet.enter"):
            return "您的身份只能查看考勤月表。"
        if Office.TOWNSHIP_CLERK in actor.offices:
            return ""
        if actor.position.team != row.team:
            return "只能登记本队的考勤。"
        return "" if self._recorded_by(Office.TEAM_LEADER, row) else self._recorder_text(row)

    def _recorded_by(self, office: str, row: SheetRow) -> bool:
        return any(office in step.offices and covers(row.roles, step.covers) for step in self.book.sheet.record)

    def _recorder_text(self, row: SheetRow) -> str:
        step = next((step for step in self.book.sheet.record if covers(row.roles, step.covers)), None)
        if step is None:
            return "考勤由乡镇登记。"
        return f"由{'或'.join(Office(office).label for office in step.offices)}登记。"


def sheet_context(area: str, month: Month) -> SheetContext:
    """The rules and calendar for an area's month.  NotFound where no rules cover it."""
    try:
        book = book_of(area, month.last)
    except LookupError as error:
        raise NotFound("这个地区还没有发布管理制度，不能登记考勤；请联系县级驻村办。") from error
    return SheetContext(area, month, book, calendar_of(month.year))
