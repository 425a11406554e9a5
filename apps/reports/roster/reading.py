"""The rows of a roster workbook, cell by cell, with every cell that cannot be taken."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from apps.cadres.models import PoliticalStatus, UnitLevel, UnitNature
from apps.jurisdictions.models import VillageClass
from apps.reports.roster import cells
from apps.reports.roster.cells import CellError
from apps.reports.roster.entries import PersonRow, Problem, Roster, UnitRow, VillageRow
from apps.reports.roster.layout import LAYOUTS, PEOPLE, UNITS, VILLAGES, Column, Layout
from apps.reports.uploads import Sheets, Value
from apps.rules.language.vocabularies import Vocabulary
from apps.teams.models import PostRole

Read = Callable[[Value], Any]

_NOWHERE = 1 << 30  # the place of a column that the sheet does not have
_YES_NO = {"否": "", "是": "1", "无": "", "√": "1"}
_ROLES = {label: value for value, label in PostRole.choices} | {
    "驻村第一书记": PostRole.FIRST_SECRETARY.value,
    "工作队队长": PostRole.LEADER.value,
    "工作队长": PostRole.LEADER.value,
    "驻村工作队队长": PostRole.LEADER.value,
    "工作队员": PostRole.MEMBER.value,
    "驻村队员": PostRole.MEMBER.value,
    "驻村工作队队员": PostRole.MEMBER.value,
    "结对帮扶干部": PostRole.PAIRING_CADRE.value,
}


@dataclass(frozen=True)
class Reading:
    """What a workbook says: its good rows, what is wrong, and the column letters {sheet title: {key: letters}}."""

    roster: Roster
    problems: list[Problem]
    letters: Mapping[str, Mapping[str, str]]


def read_roster(sheets: Sheets, *, on: date, sources: Vocabulary | None = None) -> Reading:
    """Read the three sheets.  A row with a wrong cell is left out of the roster and in the problems; `on` is today,
    `sources` are the county's words
    for where members come from, None where it lists none."""
    problems: list[Problem] = []
    letters: dict[str, dict[str, str]] = {}
    rows: dict[str, list[Any]] = {}
    for layout in LAYOUTS:
        table = sheets.get(layout.title, [])
        places = _places(layout, table[0] if table else [], problems)
        letters[layout.title] = {key: column_letters(place) for key, place in places.items()}
        readers = _READERS[layout.title](on, sources)
        rows[layout.title] = [
            _BUILD[layout.title](number, values) for number, values in _rows(layout, table, places, readers, problems)
        ]
    roster = Roster(rows[VILLAGES.title], rows[UNITS.title], rows[PEOPLE.title])
    if not any((roster.villages, roster.units, roster.people, problems)):
        problems.append(Problem(PEOPLE.title, 0, "", "三张表都没有内容；请先填写后再导入"))
    return Reading(roster, problems, letters)


def column_letters(number: int) -> str:
    """The letters of a column, 0 being A."""
    letters = ""
    while number >= 0:
        number, rest = divmod(number, 26)
        letters, number = chr(65 + rest) + letters, number - 1
    return letters


def _places(layout: Layout, heads: Sequence[Value], problems: list[Problem]) -> dict[str, int]:
    """{column key: place} by the heads in row 1.  Missing and doubled heads are problems, unknown ones a notice."""
    found: dict[str, int] = {}
    known = {column.head: column.key for column in layout.columns}
    for place, cell in enumerate(heads):
        head = cells.half_width(str(cell)).rstrip("*")
        key = known.get(head)
        if key in found:
            problems.append(Problem(layout.title, 1, "", f"表头“{head}”出现两次；请删去一列"))
        elif key:
            found[key] = place
        elif head:
            text = f"{column_letters(place)} 列“{head[:20]}”不是模板里的列，没有读取"
            problems.append(Problem(layout.title, 1, "", text, "notice"))
    missing = [column for column in layout.columns if column.key not in found and not column.may_lack]
    for column in missing:
        text = f"第 1 行缺少表头“{column.head}”；请用下载的模板，表头放在第 1 行，不要删除或改名"
        problems.append(Problem(layout.title, 1, "", text))
    return {} if missing else found


class _Cells:
    """One column of a sheet.  Texts that repeat are read once; what was read is forgotten with the file."""

    def __init__(self, column: Column, place: int, read: Read) -> None:
        self.key = column.key
        self._required, self._place, self._read = column.required, place, read
        self._known: dict[str, Any] = {}

    def take(self, row: Sequence[Value]) -> Any:
        """The value of the row's cell, '' for an empty one that may be; CellError."""
        cell = row[self._place] if self._place < len(row) else ""
        if not isinstance(cell, str):
            return self._read(cell)
        found = self._known.get(cell)
        if found is None:
            found = self._known[cell] = self._read(cell) if cells.plain(cell) else self._empty()
        return found

    def _empty(self) -> str:
        if self._required:
            raise CellError("必填，现为空")
        return ""


def _rows(
    layout: Layout,
    table: Sequence[Sequence[Value]],
    places: Mapping[str, int],
    readers: Mapping[str, Read],
    problems: list[Problem],
) -> Iterator[tuple[int, list[Any]]]:
    """(row number, values in the layout's order) of the rows all of whose cells can be taken; blank rows are skipped."""
    if not places:
        return
    columns = [_Cells(column, places.get(column.key, _NOWHERE), readers[column.key]) for column in layout.columns]
    for number, row in enumerate(table[1:], start=2):
        if _is_blank(row):
            continue
        values, wrong = [], False
        for column in columns:
            try:
                values.append(column.take(row))
            except CellError as error:
                problems.append(Problem(layout.title, number, column.key, str(error)))
                wrong = True
        if not wrong:
            yield number, values


def _is_blank(row: Sequence[Value]) -> bool:
    return all(isinstance(cell, str) and not cells.plain(cell) for cell in row)


def _source(cell: Value, sources: Vocabulary | None) -> str:
    if sources is None:
        raise CellError("本地规定没有列出来源类别；请清空这一格")
    text = cells.line(cell, longest=60)
    if sources.open_list and not sources.found(text):
        return text
    return cells.choice(cell, {written: word.word for word in sources.words for written in (word.word, *word.also)})


def _line(longest: int) -> Read:
    return lambda cell: cells.line(cell, longest=longest)


def _village_readers(on: date, sources: Vocabulary | None) -> dict[str, Read]:
    classes = {label: value for value, label in VillageClass.choices}
    return {
        "township": _line(60),
        "name": _line(60),
        "code": lambda cell: cells.code(cell, digits=12),
        "classes": lambda cell: cells.choices(cell, classes),
    }


def _unit_readers(on: date, sources: Vocabulary | None) -> dict[str, Read]:
    levels = {label: value for value, label in UnitLevel.choices}
    natures = {label: value for value, label in UnitNature.choices}
    return {
        "name": _line(120),
        "level": lambda cell: cells.choice(cell, levels),
        "nature": lambda cell: cells.choice(cell, natures),
        "vertical": lambda cell: cells.choice(cell, _YES_NO),
        "home": _line(60),
    }


def _people_readers(on: date, sources: Vocabulary | None) -> dict[str, Read]:
    political = {label: value for value, label in PoliticalStatus.choices}
    return {
        "name": cells.name,
        "id_number": lambda cell: cells.id_number(cell, on=on),
        "unit": _line(120),
        "political_status": lambda cell: cells.choice(cell, political),
        "rank": _line(60),
        "phone": cells.phone,
        "source": lambda cell: _source(cell, sources),
        "village": _line(60),
        "roles": lambda cell: cells.choices(cell, _ROLES),
        "first": lambda cell: cells.day(cell, on=on),
        "last": lambda cell: cells.day(cell, on=on),
        "end_reason": _line(300),
    }


def _unit(number: int, values: list[Any]) -> UnitRow:
    name, level, nature, vertical, home = values
    return UnitRow(number, name, level, nature, vertical == "1", home)


def _person(number: int, values: list[Any]) -> PersonRow:
    *rest, last, end_reason = values
    return PersonRow(*[number, *rest, last or None, end_reason])


_READERS: dict[str, Callable[[date, Vocabulary | None], dict[str, Read]]] = {
    VILLAGES.title: _village_readers,
    UNITS.title: _unit_readers,
    PEOPLE.title: _people_readers,
}
_BUILD: dict[str, Callable[[int, list[Any]], Any]] = {
    VILLAGES.title: lambda number, values: VillageRow(number, *values),
    UNITS.title: _unit,
    PEOPLE.title: _person,
}
