"""Fourteen months of marks: the ordinary pattern of the calendar, and what came between."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from random import Random

from apps.core.months import Month
from apps.desk.demo.cast import even_out, play
from apps.desk.demo.days import Diary
from apps.desk.demo.dice import dice
from apps.desk.demo.plan import Event, Plan, Visits
from apps.desk.demo.postings import Seated
from apps.desk.demo.world import DemoLine, DemoSpan
from apps.rules.calendar import WORK_KINDS, YearCalendar


@dataclass
class Almanac:
    """The calendars and what everybody's months share."""

    plan: Plan
    as_of: Month
    calendars: Mapping[int, YearCalendar]

    @cached_property
    def months(self) -> list[Month]:
        """The closed months, then the open one."""
        return [self.as_of.shifted(-back) for back in range(self.plan.world.months, -1, -1)]

    @cached_property
    def masks(self) -> list[tuple[Month, date, str]]:
        """Each of these months with its first day and its letters W, R, H, M."""
        return [(month, month.first, self.calendars[month.year].month_mask(month.first)) for month in self.months]

    def workdays(self, monday: date) -> list[date]:
        """The workdays of a week, as far as the calendars know it."""
        days = (monday + timedelta(days=offset) for offset in range(7))
        return [day for day in days if day.year in self.calendars and self.calendars[day.year].is_work(day)]


@dataclass
class Life:
    """One posting through all its months."""

    seated: Seated
    almanac: Almanac

    @cached_property
    def rng(self) -> Random:
        return dice(self.almanac.plan.world.seed, self.seated.posting.cadre)

    def diaries(self) -> Iterator[Diary]:
        """His months in order, empty ones left out."""
        posting = self.seated.posting
        for month, first, mask in self.almanac.masks:
            start = max(0, (posting.first - first).days)
            end = len(mask) if posting.last is None else min(len(mask), (posting.last - first).days + 1)
            if start < end:
                diary = Diary(posting.cadre, month, mask, start, end)
                self._write(diary)
                yield diary

    def _write(self, diary: Diary) -> None:
        seated = self.seated
        diary.fill(resident=seated.visits is None)
        if seated.visits is None:
            self._rest_day_duty(diary)
        if seated.cast and diary.month != self.almanac.as_of:
            play(diary, seated.cast, self.rng, months_ago=_months_between(diary.month, self.almanac.as_of))
        for event in seated.jurisdiction.events:
            self._attend(diary, event)
        if seated.visits is None:
            self._routine(diary)
        else:
            self._visit(diary, seated.visits)

    def _rest_day_duty(self, diary: Diary) -> None:
        """Somebody of the team stays on every rest day; who stayed may rest on the next workday instead."""
        posting = self.seated.posting
        monday_based = diary.month.first.toordinal() - 1
        on_duty = self.seated.jurisdiction.weekend_duty
        for day in diary.rest_days():
            week = (monday_based + day) // 7
            if (posting.turn - week) % posting.turns < on_duty:
                diary.marks[day] = "V"
                following = day + 1
                if following < diary.end and diary.mask[following] in WORK_KINDS and self.rng.random() < 0.3:
                    diary.marks[following] = "R"

    def _attend(self, diary: Diary, event: Event) -> None:
        posting = self.seated.posting
        if diary.month.month not in event.months or (event.roles and not set(event.roles) & set(posting.roles)):
            return
        batch = posting.place % event.batches
        offset = int(posting.village[7:10]) % event.spread + batch * (event.days + 1)
        workdays = [day for day, kind in enumerate(diary.mask) if kind in WORK_KINDS]
        for first in workdays[event.workday - 1 + offset :]:
            last = first + event.days - 1
            if set(diary.mask[first : last + 1]) <= WORK_KINDS:
                diary.record(first, last, event.mark, event.title, document=event.document, by=event.by)
                return

    def _routine(self, diary: Diary) -> None:
        texts = self.almanac.plan.happenings.texts
        for happening in self.seated.jurisdiction.routine:
            if self.rng.random() >= happening.chance:
                continue
            free = [day for day in diary.workdays() if diary.marks[day] == "V"]
            if free:
                first = self.rng.choice(free)
                last = diary.run(first, self.rng.randint(*happening.days))
                diary.record(first, last, happening.mark, self.rng.choice(texts[happening.mark]))

    def _visit(self, diary: Diary, visits: Visits) -> None:
        if visits.per == "month":
            free = diary.workdays()
            wanted = self.rng.randint(*visits.days) * (diary.end - diary.start) // diary.month.days
            for day in self.rng.sample(free, min(len(free), wanted)):
                diary.marks[day] = "V"
            return
        free_days = set(diary.workdays())
        for chosen in self._weekly(diary.month, *visits.days):
            day = (chosen - diary.month.first).days
            if day in free_days:
                diary.marks[day] = "V"

    def _weekly(self, month: Month, least: int, most: int) -> Iterator[date]:
        """The days of each week that touches the month; a week over two months is drawn the same from both."""
        monday = month.first - timedelta(days=month.first.weekday())
        while monday <= month.last:
            rng = dice(self.seated.posting.cadre, monday)
            work = self.almanac.workdays(monday)
            wanted = least - 1 if rng.random() < 0.015 else rng.choice((least, least, most))
            yield from rng.sample(work, min(len(work), wanted))
            monday += timedelta(days=7)


def live(seated: Seated, almanac: Almanac) -> tuple[list[DemoLine], list[DemoSpan]]:
    """One posting's closed months as lines, and its dated records up to the 20th of the open month."""
    diaries = list(Life(seated, almanac).diaries())
    closed = [diary for diary in diaries if diary.month < almanac.as_of]
    if seated.cast and seated.cast.kind == "exact":
        even_out(closed, seated.cast, almanac.as_of.previous())
    spans = [span for diary in diaries for span in diary.spans if diary.month < almanac.as_of or span.last.day <= 20]
    return [_line(seated, diary) for diary in closed], spans


def _line(seated: Seated, diary: Diary) -> DemoLine:
    nights = diary.nights() if seated.jurisdiction.nights else ""
    return DemoLine(diary.cadre, diary.month, diary.text(), nights)


def _months_between(earlier: Month, later: Month) -> int:
    return (later.year - earlier.year) * 12 + later.month - earlier.month
