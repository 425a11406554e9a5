"""People to look for: one far short of the floor, one exactly on it, some trouble."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from random import Random

from apps.core.months import Month
from apps.desk.demo.days import Diary
from apps.desk.demo.plan import Cast


def play(diary: Diary, cast: Cast, rng: Random, *, months_ago: int) -> None:
    """Write the cast's part into one closed month, before anything else takes its days."""
    match cast.kind:
        case "short":
            _leave_the_village(diary, cast, rng)
        case "absent" if isinstance(cast.months, dict) and months_ago in cast.months:
            for day in rng.sample(diary.workdays(), cast.months[months_ago]):
                diary.put(day, day, "A")
        case "away" if months_ago in cast.months:
            diary.record(diary.start, diary.end - 1, cast.mark, cast.words, by="county")


def _leave_the_village(diary: Diary, cast: Cast, rng: Random) -> None:
    """Away for a share of every month in one stretch."""
    days = round((diary.end - diary.start) * cast.share)
    first = diary.start + rng.randint(0, diary.end - diary.start - days)
    if days:
        diary.record(first, first + days - 1, cast.mark, cast.words or "抽调县级专班", by="county")


def even_out(closed: Sequence[Diary], cast: Cast, last_month: Month) -> None:
    """Give up days in the village until the year's count is exactly the floor (or, earlier in the year, its share
    for the days gone by): first rest days, then workdays, the latest first.  With too few days nothing happens."""
    year = [diary for diary in closed if diary.month.year == last_month.year]
    done = sum(diary.marks[diary.start : diary.end].count(mark) for diary in year for mark in cast.counts)
    gone = (last_month.last - last_month.last.replace(month=1, day=1)).days + 1
    floor = cast.per_year if done >= cast.per_year else ceil(cast.per_year * gone / 365)
    surplus = done - floor
    for rest, instead in ((True, "R"), (False, "L")):
        for diary in reversed(year):
            for day in reversed(range(diary.start, diary.end)):
                if surplus > 0 and diary.marks[day] == "V" and (diary.mask[day] in "RH") == rest:
                    diary.marks[day] = instead
                    surplus -= 1
