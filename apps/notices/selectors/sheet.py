"""What a notice says, ready to be shown: on a page, on paper, to the public."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple


class Cell(NamedTuple):
    """A field with its name; `is_phone` is what can be dialled."""

    label: str
    value: str
    is_phone: bool


@dataclass(frozen=True)
class Sheet:
    """Everybody's fields, single facts, and who keeps watch on which day."""

    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    facts: tuple[Cell, ...]
    watch: str
    days: tuple[tuple[date, str], ...]

    def on(self, day: date) -> str:
        """Who keeps watch that day, in words; empty where nobody is named."""
        return dict(self.days).get(day, "")

    def after(self, day: date, most: int) -> list[tuple[date, str]]:
        """The watch of the days after one."""
        return [(each, who) for each, who in self.days if each > day][:most]


def sheet_of(content: dict[str, Any]) -> Sheet:
    """The content of a published notice or of a draft; of a withdrawn one nothing."""
    columns = content.get("columns", [])
    watch = content.get("watch", {})
    return Sheet(
        heads=tuple(label for label, _ in columns),
        rows=tuple(
            tuple(Cell(label, value, kind == "phone") for (label, kind), value in zip(columns, row, strict=True))
            for row in content.get("rows", [])
        ),
        facts=tuple(Cell(label, value, kind == "phone") for label, value, kind in content.get("facts", [])),
        watch=watch.get("label", ""),
        days=tuple((date.fromisoformat(day), who) for day, who in watch.get("days", [])),
    )
