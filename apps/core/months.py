"""Civil months.  Pure: no Django, no clock."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

_FORM = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])")


@dataclass(frozen=True, order=True, slots=True)
class Month:
    """One civil month in Asia/Shanghai; its string form is `2026-10`."""

    year: int
    month: int

    def __post_init__(self) -> None:
        date(self.year, self.month, 1)

    @classmethod
    def parse(cls, text: str) -> Month:
        """`2026-10` → Month.  ValueError on every other form."""
        found = _FORM.fullmatch(text)
        if not found:
            raise ValueError(f"月份应写成 2026-10 的形式，收到：{text!r}")
        return cls(int(found[1]), int(found[2]))

    @classmethod
    def of(cls, day: date) -> Month:
        return cls(day.year, day.month)

    @property
    def first(self) -> date:
        return date(self.year, self.month, 1)

    @property
    def days(self) -> int:
        return _days(self.year, self.month)

    @property
    def last(self) -> date:
        return date(self.year, self.month, self.days)

    @property
    def label(self) -> str:
        return f"{self.year}年{self.month}月"

    @property
    def quarter(self) -> int:
        """1 to 4."""
        return (self.month + 2) // 3

    def shifted(self, months: int) -> Month:
        """The month so many months later (earlier when negative)."""
        year, month = divmod(self.year * 12 + self.month - 1 + months, 12)
        return Month(year, month + 1)

    def next(self) -> Month:
        return self.shifted(1)

    def previous(self) -> Month:
        return self.shifted(-1)

    def dates(self) -> list[date]:
        return [date(self.year, self.month, day) for day in range(1, self.days + 1)]

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"


@lru_cache(maxsize=1200)
def _days(year: int, month: int) -> int:
    return calendar.monthrange(year, month)[1]


def quarter_months(year: int, quarter: int) -> tuple[Month, Month, Month]:
    """The three months of quarter 1–4 of a year of four digits.  ValueError for every other."""
    if quarter not in (1, 2, 3, 4) or not 1000 <= year <= 9998:
        raise ValueError(f"季度应为 1 至 4，收到：{year}年第{quarter}季度")
    start = Month(year, quarter * 3 - 2)
    return start, start.next(), start.shifted(2)
