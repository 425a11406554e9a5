"""What a worklist is made of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from apps.jurisdictions.days import DueDay

SOON = 3  # days before the last day


@dataclass(frozen=True)
class WorkItem:
    """One thing to do or to look at: what, why, where (the address of the exact place) and by when.

    `figure` is a number of it that has a trace: (words, address, steps shown).
    """

    what: str
    meta: str
    url: str
    action: str
    due: DueDay | None = None
    clause: str | None = None
    remarks: tuple[str, ...] = ()
    figure: tuple[str, str, str] | None = None


@dataclass(frozen=True)
class PlacedItem:
    """An item as shown on a day: `tone` is '', soon or late, `urgent` says how late or how soon, in the number of
    `steps`."""

    item: WorkItem
    tone: str = ""
    urgent: str = ""
    steps: str = ""


@dataclass
class Desk:
    """What somebody must do, and what is ready for him to look at."""

    must: list[WorkItem] = field(default_factory=list)
    ready: list[WorkItem] = field(default_factory=list)

    def add(self, other: Desk) -> None:
        """Take another desk's items in."""
        self.must += other.must
        self.ready += other.ready


def placed(items: Iterable[WorkItem], today: date) -> list[PlacedItem]:
    """By due date, the most urgent first; what has no date comes last, in the order given."""
    ordered = sorted(items, key=lambda item: (item.due is None, item.due.day if item.due else today))
    return [_placed(item, item.due.day, today) if item.due else PlacedItem(item) for item in ordered]


def _placed(item: WorkItem, due: date, today: date) -> PlacedItem:
    left = (due - today).days
    if left < 0:
        return PlacedItem(item, "late", f"逾期{-left}天", "left")
    if left > SOON:
        return PlacedItem(item)
    return PlacedItem(item, "soon", f"还有{left}天", "left") if left else PlacedItem(item, "soon", "今天到期")
