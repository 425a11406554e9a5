"""What stands on a notice's paper, as plain values: the published snapshot and its address, nothing looked up anew."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.conf import settings
from django.urls import reverse

from apps.notices.models import Notice
from apps.notices.selectors.sheet import Cell, Sheet, sheet_of

WEEK = 7
Watch = tuple[tuple[date | None, str], ...]


@dataclass(frozen=True)
class NoticePaper:
    """A notice ready to print.  `months` is the watch: a month with its weeks, Monday first, empty where no day is."""

    title: str
    issuer: str
    published_on: date
    version: int
    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    facts: tuple[Cell, ...]
    watch: str
    months: tuple[tuple[str, tuple[Watch, ...]], ...]
    basis: str
    address: str
    hash: str


def notice_paper(pk: int) -> NoticePaper:
    """The paper of a published notice, read inside its area.  Three queries."""
    notice = Notice.objects.select_related("village", "team").get(pk=pk)
    sheet = sheet_of(notice.content)
    return NoticePaper(
        title=notice.title,
        issuer=notice.team.name if notice.team else notice.village.name,
        published_on=notice.published_on,
        version=notice.version,
        heads=sheet.heads,
        rows=sheet.rows,
        facts=sheet.facts,
        watch=sheet.watch,
        months=_months(sheet),
        basis=f"{notice.basis}〔{notice.clause}〕" if notice.basis else notice.clause,
        address=f"{settings.PUBLIC_ADDRESS}{reverse('notices:public', args=[notice.token])}",
        hash=notice.hash,
    )


def _months(sheet: Sheet) -> tuple[tuple[str, tuple[Watch, ...]], ...]:
    """The watch by month and week."""
    found = []
    for (year, month), days in groupby(sheet.days, key=lambda each: (each[0].year, each[0].month)):
        weeks: dict[tuple[int, int], dict[int, tuple[date | None, str]]] = {}
        for day, who in days:
            weeks.setdefault(day.isocalendar()[:2], {})[day.weekday()] = (day, who)
        rows = tuple(tuple(week.get(place, (None, "")) for place in range(WEEK)) for week in weeks.values())
        found.append((f"{year}年{month}月", rows))
    return tuple(found)
