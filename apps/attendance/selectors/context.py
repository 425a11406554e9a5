"""What every sheet of one area and month shares: the rules in force, the calendar, who may type where."""

from __future__ import annotations

from dataclasses import dataclass

from apps.accounts.access import Actor
from apps.attendance.selectors.rows import SheetRow
from apps.core.errors import NotFound
from apps.core.findings import Finding
from apps.core.months import Month
from apps.jurisdictions.offices import Office
from apps.jurisdictions.selectors import book_of, calendar_of
from apps.rules.book import RuleBook
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
        return self.calendar.month_mask(self.month.first)

    def case(self, row: SheetRow) -> PostedMonth:
        occasional = self.book.sheet.is_occasional(row.roles, row.classes)
        return row.case(self.month, self.mask, occasional=occasional)

    def cells(self, row: SheetRow) -> str:
        """What the row shows: what was saved, else the ordinary pattern."""
        return row.cells if row.cells is not None else ordinary_cells(self.case(row), self.book.sheet)

    def findings(self, row: SheetRow) -> list[Finding]:
        """What keeps the row from being closed."""
        return line_findings(self.cells(row), self.case(row), self.book.sheet)

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
