"""Who has been on leave for so long that the rules have him recalled: from the sheets and from granted leave."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from apps.accounts.access import Actor
from apps.attendance.models import SheetLine
from apps.core.months import Month
from apps.leave.length import days_of
from apps.leave.models import VALID, LeaveRequest
from apps.leave.selectors.law import LeaveLaw, law_on
from apps.leave.selectors.long import LEAVE, Followed, climbing_on_leave, followed
from apps.rules.language.windows import Stretch
from apps.rules.marks import LETTER_OF
from apps.staffing.models import Departure, DepartureWhy
from apps.staffing.selectors.ways import way_key
from apps.teams.models import Posting
from apps.teams.selectors import open_postings

RECALL = "recall"
BACK = 2  # whole months beside the current one in which a long leave is looked for
SHORTEST_MONTH = 28


@dataclass(frozen=True)
class LongLeave:
    """Somebody in post with the days that were counted; `way` is the key of the way in which he would leave."""

    posting: Posting
    followed: Followed
    way: str


def long_leaves(actor: Actor, today: date) -> list[LongLeave]:
    """Those of an actor's county whose leave in the last months has a recall for its consequence, by village.

    Nobody whose recall is on record already.  One query where no rule says so, three where nobody was away for long.
    """
    law = law_on(actor.scope.area or "", today)
    least = _least(law)
    if least is None:
        return []
    people = {row.pk: row for row in _candidates(least, today)}
    days = _days(people, today)
    return [
        LongLeave(posting, each, _way(law, each))
        for posting in people.values()
        for each in followed(law, posting, days[posting.pk], max(days[posting.pk], default=today))
        if RECALL in each.dones
    ]


def _least(law: LeaveLaw) -> int | None:
    """The smallest number of days from which any recall follows; None where no rule says so."""
    bounds = [
        rung.lower.at
        for _, ladder in climbing_on_leave(law)
        for rung in ladder.rungs
        if rung.lower is not None and any(getattr(effect, "do", "") == RECALL for effect in rung.effects)
    ]
    return int(min(bounds)) if bounds else None


def _candidates(least: int, today: date) -> QuerySet[Posting]:
    """Who may have been away for that long: granted so, or with half of it in one month of the sheet."""
    since = Month.of(today)
    for _ in range(BACK):
        since = since.previous()
    row = LETTER_OF[LEAVE] * min(max(least // 2, 1), SHORTEST_MONTH)
    typed = SheetLine.objects.filter(month__gte=since.first, marks__contains=row).values_list("posting_id", flat=True)
    granted = LeaveRequest.objects.filter(state__in=VALID, until__gte=since.first, days__gte=least)
    found = {*typed, *granted.values_list("posting_id", flat=True)}
    recalled = Departure.objects.filter(why=DepartureWhy.RECALL, posting__in=found).values("posting")
    rows = open_postings(today).filter(pk__in=found).exclude(pk__in=recalled)
    return rows.select_related("team__village", "unit").order_by("area", "pk")


def _days(people: Mapping[int, Posting], today: date) -> dict[int, set[date]]:
    """The days of leave of each: marked on the sheet, or granted.  Two queries."""
    days: dict[int, set[date]] = defaultdict(set)
    if not people:
        return days
    lines = SheetLine.objects.filter(posting__in=people, marks__contains=LETTER_OF[LEAVE])
    for posting, first, marks in lines.values_list("posting_id", "month", "marks"):
        month = Month.of(first)
        days[posting] |= {day for day, mark in zip(month.dates(), marks, strict=False) if mark == LETTER_OF[LEAVE]}
    granted = LeaveRequest.objects.filter(posting__in=people, state__in=VALID)
    for posting, first, until in granted.values_list("posting_id", "first", "until"):
        days[posting] |= set(days_of(Stretch(first, until)))
    return days


def _way(law: LeaveLaw, each: Followed) -> str:
    """The key of the recall that the same clause tells of; empty where there is none."""
    for held in law.procedures.values():
        if held.rule.matter == RECALL and held.rule.clause == each.ladder.clause:
            return way_key(held.rule, next(iter(held.rule.kinds or ()), ""))
    return ""
