"""One person's month while it is being written: which days are free, and what takes them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta

from apps.core.months import Month
from apps.desk.demo.plan import By
from apps.desk.demo.world import DemoSpan
from apps.rules.calendar import WORK_KINDS
from apps.rules.marks import GAP, OUT

SPANNED = frozenset("TMNPOS")
_AT_WORK = str.maketrans("WMRH", "VVRR")
_ELSEWHERE = str.maketrans("WMRH", GAP * 4)


@dataclass(slots=True)
class Diary:
    """Marks of one month, `start` to `end` (indexes, end excluded) inside the posting."""

    cadre: str
    month: Month
    mask: str
    start: int
    end: int
    marks: list[str] = field(default_factory=list)
    taken: bytearray = field(default_factory=bytearray)
    spans: list[DemoSpan] = field(default_factory=list)

    def fill(self, *, resident: bool) -> None:
        """The ordinary pattern: in the village on workdays, at rest on others.  Who only visits has empty days."""
        self.marks = list(self.mask.translate(_AT_WORK if resident else _ELSEWHERE))
        self.taken = bytearray(len(self.mask))

    def workdays(self) -> list[int]:
        """Free workdays inside the posting."""
        return [day for day in range(self.start, self.end) if self.mask[day] in WORK_KINDS and not self.taken[day]]

    def rest_days(self) -> Iterator[int]:
        return (day for day in range(self.start, self.end) if self.mask[day] in "RH")

    def put(self, first: int, last: int, mark: str) -> bool:
        """Take the days from `first` to `last`; False, and nothing done, when one is outside or taken."""
        if first < self.start or last >= self.end or any(self.taken[first : last + 1]):
            return False
        for day in range(first, last + 1):
            self.marks[day] = mark
            self.taken[day] = 1
        return True

    def record(self, first: int, last: int, mark: str, text: str, *, document: str = "", by: By = "township") -> bool:
        """As `put`, with the dated record that explains it where the mark is one that needs explaining."""
        if not self.put(first, last, mark):
            return False
        if mark in SPANNED:
            start = self.month.first
            days = (start + timedelta(days=first), start + timedelta(days=last))
            self.spans.append(DemoSpan(self.cadre, mark, *days, text, document, by))
        return True

    def run(self, first: int, days: int) -> int:
        """The last of up to `days` free workdays in a row from `first` on."""
        last = first
        while last + 1 < min(self.end, first + days) and self.mask[last + 1] in WORK_KINDS and not self.taken[last + 1]:
            last += 1
        return last

    def nights(self) -> str:
        """The nights of the days in the village: 1 stayed, 0 gone home because the next day is off; else a space."""
        following = [*self.marks[1:], "V"]
        pairs = list(zip(self.marks, following, strict=True))[self.start : self.end]
        inside = "".join(" " if mark != "V" else "0" if after in "RLD" else "1" for mark, after in pairs)
        return " " * self.start + inside + " " * (len(self.mask) - self.end)

    def text(self) -> str:
        """The finished string, `-` outside the posting."""
        inside = "".join(self.marks[self.start : self.end])
        return OUT * self.start + inside + OUT * (len(self.mask) - self.end)
