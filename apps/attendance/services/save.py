"""Saving a sheet: keeps what is right, answers per cell, merges what two people typed into different cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.db import transaction

from apps.accounts.access import Actor, require
from apps.attendance.selectors import SheetContext, SheetRow, sheet_context, sheet_rows
from apps.attendance.services.lines import lines_write
from apps.core.errors import Conflict, NotFound
from apps.core.months import Month
from apps.core.sql import fetch
from apps.core.tenancy import area_end
from apps.rules.marks import OUT
from apps.rules.sheet import cell_problem, free_words, read_mark
from apps.teams.services import team_months_lock


@dataclass(frozen=True)
class LineEdit:
    """What somebody typed into one line: `cells` is {day: (text shown to him, text typed)}; `version` the line's
    version that he saw."""

    posting: int
    version: int
    cells: Mapping[int, tuple[str, str]]


@dataclass(frozen=True)
class CellError:
    """A cell that was not saved, why, and what stays in it."""

    posting: int
    day: int
    text: str
    message: str
    clause: str | None
    kept: str


@dataclass(frozen=True)
class CellConflict:
    """A cell that somebody else changed since it was shown."""

    posting: int
    day: int
    mine: str
    theirs: str
    by: str
    at: datetime | None


@dataclass
class SaveResult:
    """What came of a save: the postings written, and the cells that were not; `rows` are the edited lines as they now
    stand, under the rules of `context`."""

    context: SheetContext
    rows: list[SheetRow] = field(default_factory=list)
    saved: list[int] = field(default_factory=list)
    errors: list[CellError] = field(default_factory=list)
    conflicts: list[CellConflict] = field(default_factory=list)


@transaction.atomic
def sheet_save(*, actor: Actor, area: str, month: Month, edits: Sequence[LineEdit]) -> SaveResult:
    """Record cells of a month.  Right cells are kept, wrong ones are answered one by one.

    A cell that still holds what its editor saw is written whatever happened to the rest of the line; one that
    somebody else changed meanwhile comes back as a conflict, unless both typed the same.  Sent twice it changes
    nothing the second time.  Refuses a closed month (Conflict) and a posting outside the area (NotFound).
    """
    require(actor, "sheet.enter", area)
    context = sheet_context(area, month)
    rows = {row.posting: row for row in _locked_rows(area, month, edits)}
    result = SaveResult(context)
    cells: dict[int, str] = {}
    for edit in edits:
        row = rows[edit.posting]
        merged = _merge(context, row, edit, result, context.why_not_editable(actor, row))
        if merged != row.cells:
            cells[edit.posting] = merged
    changed = {
        posting: context.kept(rows[posting], text)
        for posting, text in cells.items()
        if text != context.cells(rows[posting])
    }
    at = lines_write(context=context, cells=changed, rows=rows.values(), by=actor.name)
    result.saved = sorted(changed)
    result.rows = [
        replace(row, cells=changed[posting], version=row.version + 1, by=actor.name, at=at)
        if posting in changed
        else row
        for posting, row in rows.items()
    ]
    return result


def _locked_rows(area: str, month: Month, edits: Sequence[LineEdit]) -> list[SheetRow]:
    wanted = {edit.posting for edit in edits}
    found = fetch(
        "SELECT DISTINCT team_id FROM teams_posting WHERE id = ANY(%s) AND area >= %s AND area < %s",
        [list(wanted), area, area_end(area)],
    )
    teams = [team for (team,) in found]
    if any(team_months_lock(teams=teams, month=month.first).values()):
        raise Conflict(f"{month.label}已月结，不能再改；如需更正，请先说明原因重新打开。")
    rows = sheet_rows(area=area, month=month, postings=wanted)
    if {row.posting for row in rows} != wanted:
        raise NotFound("有的人员不在本乡镇本月的考勤月表中，请刷新页面。")
    return rows


def _merge(context: SheetContext, row: SheetRow, edit: LineEdit, result: SaveResult, refusal: str) -> str:
    """The row's cells with the edit's good cells in; the bad ones go into `result`."""
    cells = list(context.cells(row))
    case, sheet = context.case(row), context.book.sheet
    free, plain = case.free_days, free_words(sheet)
    for day, (seen, typed) in sorted(edit.cells.items()):
        kept = cells[day - 1] if 1 <= day <= len(cells) else ""
        if refusal:
            result.errors.append(CellError(row.posting, day, typed, refusal, None, kept))
            continue
        letter = plain.get(typed) if day in free else None
        if letter is None and typed.strip() == OUT == kept:
            continue
        if letter is None and (problem := cell_problem(day, typed, case, sheet)):
            result.errors.append(CellError(row.posting, day, typed, problem.message, problem.clause, kept))
            continue
        letter = letter or read_mark(typed, sheet) or kept
        if edit.version != row.version and kept not in (seen, letter):
            result.conflicts.append(CellConflict(row.posting, day, letter, kept, row.by, row.at))
            continue
        cells[day - 1] = letter
    return "".join(cells)
