"""What every sheet of one area and month shares: the rules in force, the calendar, who may type where."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

from apps.accounts.access import Actor
from apps.attendance.selectors.rows import SheetRow
from apps.core.errors import NotFound
from apps.core.findings import Finding
from apps.core.months import Month
from apps.jurisdictions.offices import Office
from apps.jurisdictions.selectors import ground_of
from apps.rules.book import Measure, RuleBook, SheetRule
from apps.rules.calendar import YearCalendar
from apps.rules.sheet import PostedMonth, covers, kept_cells, line_findings, ordinary_cells, standing_cells
from apps.rules.stretches import STRETCHES
from apps.rules.vocabulary import Window


class _Kind(NamedTuple):
    """What holds for everybody of the same roles in villages of the same classes; there are few kinds."""

    occasional: bool
    chosen: dict[str, Measure]
    measures: tuple[Measure | None, ...]


class _Line:
    """What was found out about one row, once."""

    def __init__(self, row: SheetRow, case: PostedMonth, sheet: SheetRule) -> None:
        self.row, self.case, self.sheet = row, case, sheet
        self.cells = ordinary_cells(case, sheet) if row.cells is None else standing_cells(row.cells, case)
        self._findings: list[Finding] | None = None

    @property
    def findings(self) -> list[Finding]:
        if self._findings is None:
            self._findings = line_findings(self.cells, self.case, self.sheet)
        return self._findings


@dataclass(frozen=True)
class SheetContext:
    """The rules of one area in one month; `township` is the name of its township."""

    area: str
    month: Month
    book: RuleBook
    calendar: YearCalendar
    township: str = ""

    @cached_property
    def mask(self) -> str:
        return self.masks[self.month.month]

    @cached_property
    def masks(self) -> dict[int, str]:
        """{month: its mask} of the whole year."""
        return {n: self.calendar.month_mask(date(self.month.year, n, 1)) for n in range(1, 13)}

    @cached_property
    def _masks_joined(self) -> dict[tuple[int, ...], str]:
        return {}

    def mask_of(self, months: tuple[int, ...]) -> str:
        """The masks of some months of the year, one after the other."""
        if months not in self._masks_joined:
            self._masks_joined[months] = "".join(map(self.masks.__getitem__, months))
        return self._masks_joined[months]

    @cached_property
    def stretches(self) -> tuple[Window, ...]:
        """The stretches of the year that a measure of the book runs over."""
        asked = {measure.window for measure in self.book.presence}
        return tuple(window for window in STRETCHES if window in asked)

    @cached_property
    def _kinds(self) -> dict[tuple[tuple[str, ...], tuple[str, ...]], _Kind]:
        return {}

    def _kind(self, row: SheetRow) -> _Kind:
        held = self._kinds.get((row.roles, row.classes))
        if held is None:
            of = row.roles, row.classes
            chosen = self.book.chosen(*of)
            measures = tuple(m if chosen.get(m.key) is m else None for m in self.book.presence)
            held = self._kinds[of] = _Kind(self.book.sheet.is_occasional(*of), chosen, measures)
        return held

    @cached_property
    def _lines(self) -> dict[int, _Line]:
        return {}

    def _line(self, row: SheetRow) -> _Line:
        held = self._lines.get(row.posting)
        if held is None or held.row is not row:
            case = row.case(self.month, self.mask, occasional=self._kind(row).occasional)
            held = self._lines[row.posting] = _Line(row, case, self.book.sheet)
        return held

    def is_over(self, today: date) -> bool:
        """Whether the month has ended: nothing is confirmed, signed or closed before."""
        return today > self.month.last

    def chosen(self, row: SheetRow) -> dict[str, Measure]:
        """The measures that bind the row's posting, by key."""
        return self._kind(row).chosen

    def measures(self, row: SheetRow) -> tuple[Measure | None, ...]:
        """The measures of the book in order, None in the place of one that does not bind the row's posting."""
        return self._kind(row).measures

    def case(self, row: SheetRow) -> PostedMonth:
        return self._line(row).case

    def cells(self, row: SheetRow) -> str:
        """What the row shows: what was saved with the leave that stands over it, else the ordinary pattern."""
        return self._line(row).cells

    def kept(self, row: SheetRow, shown: str) -> str:
        """What the row's line keeps of cells that it shows."""
        return kept_cells(shown, row.cells, self.case(row), self.book.sheet)

    def findings(self, row: SheetRow) -> list[Finding]:
        """What keeps the row from being closed."""
        return self._line(row).findings

    def why_not_editable(self, actor: Actor, row: SheetRow) -> str:
        """Why this person may not type in this row now, or '' when he may."""
        if row.closed:
            return "本月已月结，如需更正请先重新打开。"
        if not actor.may("sheet.enter"):
            return "您的岗位只能查看考勤月表。"
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
    """The rules and calendar for an area's month.  One query; NotFound where no rules cover it."""
    try:
        ground = ground_of(area, month.last)
    except LookupError as error:
        raise NotFound("这个地区还没有发布管理制度，不能登记考勤；请联系县级驻村办。") from error
    return SheetContext(area, month, ground.book, ground.calendar, ground.township)
