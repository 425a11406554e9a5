"""What a worklist is made of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from apps.core.months import Month
from apps.rules.terms import Due

SOON = 3  # days before the last day


@dataclass(frozen=True)
class WorkItem:
    """One thing to do or to look at: what, why, where (the address of the exact place) and by when."""

    what: str
    meta: str
    url: str
    action: str
    due: date | None = None
    clause: str | None = None
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class PlacedItem:
    """An item as shown on a day: `tone` is '', soon or late, `urgent` says how late or how soon."""

    item: WorkItem
    tone: str
    due_text: str
    urgent: str


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
    ordered = sorted(items, key=lambda item: (item.due is None, item.due or today))
    return [PlacedItem(item, *_urgency(item.due, today)) for item in ordered]


def _urgency(due: date | None, today: date) -> tuple[str, str, str]:
    if due is None:
        return "", "", ""
    left = (due - today).days
    day = f"{due.month}月{due.day}日前"
    if left < 0:
        return "late", day, f"逾期{-left}天"
    if left > SOON:
        return "", day, ""
    return "soon", day, f"还有{left}天" if left else "今天到期"


def due_date(due: Due | None, month: Month) -> date | None:
    """The last day for a month, if the rules name one."""
    return due.due_on(month) if due else None
