"""A roster as read from a workbook: rows of plain values with the row numbers they came from, and what is wrong."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from operator import attrgetter
from typing import Any, Literal

Severity = Literal["error", "warn", "notice"]


@dataclass(frozen=True, slots=True)
class VillageRow:
    """A village: `township` as written, `code` 12 digits, `classes` in the words of VillageClass's values."""

    row: int
    township: str
    name: str
    code: str
    classes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A dispatch unit: `level` and `nature` are codes, `home` as written or ''."""

    row: int
    name: str
    level: str
    nature: str
    vertical: bool
    home: str


@dataclass(slots=True)  # freezing would triple the time of making thousands
class PersonRow:
    """A person in one posting: `unit` and `village` as written, `roles` and `political_status` codes, `last` None
    while in post.  `id_number` is checked and normalised; repr leaves it out, so that no log shows it."""

    row: int
    name: str
    id_number: str = field(repr=False)
    unit: str
    political_status: str
    rank: str
    phone: str
    source: str
    village: str
    roles: tuple[str, ...]
    first: date
    last: date | None
    end_reason: str


@dataclass(frozen=True, slots=True)
class Problem:
    """Something about one cell; `column` is a column's key, '' for the row or the sheet as a whole (row 0)."""

    sheet: str
    row: int
    column: str
    message: str
    severity: Severity = "error"


@dataclass(frozen=True, slots=True)
class Roster:
    """The rows of one workbook."""

    villages: Sequence[VillageRow]
    units: Sequence[UnitRow]
    people: Sequence[PersonRow]

    def dump(self) -> str:
        """As JSON; `load` brings it back."""
        rows: dict[str, Sequence[Any]] = {"villages": self.villages, "units": self.units, "people": self.people}
        values = {name: [_VALUES[type(row)](row) for row in found] for name, found in rows.items()}
        return json.dumps(values, ensure_ascii=False, separators=(",", ":"), default=date.isoformat)

    @classmethod
    def load(cls, text: str) -> Roster:
        """The roster that was dumped."""
        values: dict[str, list[list[Any]]] = json.loads(text)
        return cls(
            [VillageRow(row, place, name, code, tuple(kinds)) for row, place, name, code, kinds in values["villages"]],
            [UnitRow(*row) for row in values["units"]],
            [_person(row) for row in values["people"]],
        )


_VALUES = {kind: attrgetter(*kind.__slots__) for kind in (VillageRow, UnitRow, PersonRow)}


def _person(values: list[Any]) -> PersonRow:
    row, name, id_number, unit, political, rank, phone, source, village, roles, first, last, end_reason = values
    until = date.fromisoformat(last) if last else None
    since, held = date.fromisoformat(first), tuple(roles)
    return PersonRow(
        row, name, id_number, unit, political, rank, phone, source, village, held, since, until, end_reason
    )
