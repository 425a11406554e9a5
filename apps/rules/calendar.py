"""The State Council's calendar of one year, day by day: workdays, rest days, public holidays, make-up workdays."""

from __future__ import annotations

import calendar as civil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from itertools import accumulate
from typing import Any

WORKDAY, WEEKEND, HOLIDAY, MAKE_UP = "W", "R", "H", "M"
WORK_KINDS = frozenset((WORKDAY, MAKE_UP))


@dataclass(frozen=True)
class YearCalendar:
    """One year; `days` holds one letter per day: W workday, R weekend, H public holiday, M make-up workday.

    `announced` is False while the year's notice is not out: then only weekends are known, and every
    count of workdays made with it is provisional.  `names` gives the holiday of a day by `MM-DD`.
    """

    year: int
    days: str
    announced: bool
    names: Mapping[str, str] = field(default_factory=dict, hash=False)
    source: str = ""
    _prefix: tuple[int, ...] = field(init=False, repr=False, compare=False, default=())

    def __post_init__(self) -> None:
        if len(self.days) != days_in_year(self.year) or set(self.days) - set("WRHM"):
            raise ValueError(f"{self.year} 年的日历应为 {days_in_year(self.year)} 个字母（W、R、H、M）。")
        object.__setattr__(self, "_prefix", tuple(accumulate((kind in WORK_KINDS for kind in self.days), initial=0)))

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> YearCalendar:
        """From a calendar file: year, announced, source, holidays [{name, first, last}], workdays [{name, day}].

        Days are dates or their ISO text, so the same content read back from JSON gives the same year.

        ValueError (Chinese) on a span that leaves the year or runs backwards, a make-up workday that is no
        weekend day or lies in a holiday, and a day named twice.
        """
        year = int(data["year"])
        kinds = list(_weekends(year))
        names: dict[str, str] = {}
        for day, name in _holiday_dates(data):
            _name_once(names, year, day, name)
            kinds[_index(year, day)] = HOLIDAY
        for entry in data.get("workdays") or ():
            day = _day(entry["day"])
            _name_once(names, year, day, entry["name"])
            if day.weekday() < 5:
                raise ValueError(f"{day} 是周一至周五，不能列为调休上班日。")
            kinds[_index(year, day)] = MAKE_UP
        return cls(year, "".join(kinds), bool(data["announced"]), names, str(data.get("source") or ""))

    @classmethod
    def load(cls, dumped: Mapping[str, Any]) -> YearCalendar:
        """The inverse of `dump`."""
        return cls(dumped["year"], dumped["days"], dumped["announced"], dumped["names"], dumped["source"])

    def dump(self) -> dict[str, Any]:
        """As plain JSON values."""
        return {
            "year": self.year,
            "days": self.days,
            "announced": self.announced,
            "names": dict(self.names),
            "source": self.source,
        }

    def month_mask(self, first: date) -> str:
        """The letters of the month that contains `first`, 28 to 31."""
        start = _index(self.year, first.replace(day=1))
        return self.days[start : start + civil.monthrange(first.year, first.month)[1]]

    def kind(self, day: date) -> str:
        """W, R, H or M.  ValueError outside the year."""
        return self.days[_index(self.year, day)]

    def name(self, day: date) -> str:
        """The holiday's name of a holiday or make-up workday, otherwise empty."""
        return self.names.get(f"{day:%m-%d}", "")

    def is_work(self, day: date) -> bool:
        return self.kind(day) in WORK_KINDS

    def workdays(self, first: date, last: date) -> int:
        """Workdays from `first` to `last`, both included; 0 when `last` lies before `first`."""
        if last < first:
            return 0
        return self._prefix[_index(self.year, last) + 1] - self._prefix[_index(self.year, first)]

    @property
    def work_total(self) -> int:
        """Workdays of the whole year."""
        return self._prefix[-1]

    def work_prefix(self) -> list[int]:
        """Element k is the number of workdays among the first k days of the year; 366 or 367 elements."""
        return list(self._prefix)


def days_in_year(year: int) -> int:
    """365 or 366."""
    return 366 if civil.isleap(year) else 365


@lru_cache(maxsize=64)
def unannounced(year: int) -> YearCalendar:
    """A year whose notice is not out yet: weekends only, no holidays invented."""
    return YearCalendar(year, "".join(_weekends(year)), announced=False)


def _weekends(year: int) -> Iterator[str]:
    start = date(year, 1, 1).weekday()
    return (WEEKEND if (start + offset) % 7 >= 5 else WORKDAY for offset in range(days_in_year(year)))


def _day(value: date | str) -> date:
    return date.fromisoformat(value) if isinstance(value, str) else value


def _index(year: int, day: date) -> int:
    if day.year != year:
        raise ValueError(f"{day} 不在 {year} 年的日历内。")
    return day.timetuple().tm_yday - 1


def _holiday_dates(data: Mapping[str, Any]) -> Iterator[tuple[date, str]]:
    for entry in data.get("holidays") or ():
        first, last = _day(entry["first"]), _day(entry["last"])
        if last < first:
            raise ValueError(f"{entry['name']}：放假止日 {last} 早于起日 {first}。")
        for offset in range((last - first).days + 1):
            yield first + timedelta(days=offset), entry["name"]


def _name_once(names: dict[str, str], year: int, day: date, name: str) -> None:
    _index(year, day)
    key = f"{day:%m-%d}"
    if key in names:
        raise ValueError(f"{day} 写了两次：{names[key]}、{name}。")
    names[key] = name
