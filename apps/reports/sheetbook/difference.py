"""A returned workbook held against the sheet as it stands now, cell by cell.  Reads only."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from apps.attendance.selectors import SheetContext, SheetRow
from apps.attendance.services import LineEdit
from apps.reports.sheetbook.layout import WHO, column_name
from apps.reports.sheetbook.reading import BookLine, Problem, Reading
from apps.rules.sheet import cell_problem, read_mark


@dataclass(frozen=True, slots=True)
class CellChange:
    """One cell that the workbook changes: `was` at export, `now` on the server, `will` in the workbook."""

    posting: int
    village: str
    name: str
    day: int
    was: str
    now: str
    will: str
    by: str

    @property
    def conflict(self) -> bool:
        """Somebody changed the same cell since the export."""
        return self.now not in (self.was, self.will)


@dataclass
class Difference:
    """What an import would do."""

    changes: list[CellChange] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    versions: dict[int, int] = field(default_factory=dict)

    @property
    def conflicts(self) -> list[CellChange]:
        return [change for change in self.changes if change.conflict]

    @property
    def plain(self) -> list[CellChange]:
        return [change for change in self.changes if not change.conflict]


def difference(context: SheetContext, rows: Sequence[SheetRow], reading: Reading) -> Difference:
    """Every cell that the workbook changes, and every reason why it cannot be imported."""
    found = Difference(problems=list(reading.problems))
    known = {row.posting: row for row in rows}
    for line in reading.lines:
        row = known.get(line.posting)
        if row is None or row.name != line.name:
            who = row.name if row else "本月已不在这里的人"
            found.problems.append(
                Problem(f"第{line.row}行", f"编号对应的是{who}，表里写的是“{line.name}”；姓名和编号不要改动。")
            )
            continue
        for change in _line(context, row, line, found):
            found.changes.append(change)
            found.versions[line.posting] = line.version
    return found


def _line(context: SheetContext, row: SheetRow, line: BookLine, found: Difference) -> Iterator[CellChange]:
    now, case, sheet = context.cells(row), context.case(row), context.book.sheet
    for day, (was, text) in enumerate(zip(line.exported, line.typed, strict=True), start=1):
        if text == was or (not text and was == "."):
            continue
        problem = cell_problem(day, text, case, sheet)
        if problem is not None:
            where = f"第{line.row}行 {column_name(len(WHO) + day - 1)}列"
            found.problems.append(Problem(where, f"{row.name}：{problem.message}"))
            continue
        will = read_mark(text, sheet) or "."
        if will not in (was, now[day - 1]):
            yield CellChange(row.posting, row.village, row.name, day, was, now[day - 1], will, row.by)


def edits_of(
    changes: Sequence[CellChange], versions: Mapping[int, int], mine: frozenset[tuple[int, int]]
) -> list[LineEdit]:
    """The edits that a confirmation sends: plain changes as seen at export; of the conflicts only those in `mine`
    {(posting, day)}, over the value that was shown beside them."""
    cells: dict[int, dict[int, tuple[str, str]]] = {}
    for change in changes:
        if change.conflict and (change.posting, change.day) not in mine:
            continue
        seen = change.now if change.conflict else change.was
        cells.setdefault(change.posting, {})[change.day] = (seen, change.will)
    return [LineEdit(posting, versions[posting], found) for posting, found in cells.items()]
