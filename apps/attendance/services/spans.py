"""Dated records that explain days: trips, meetings, training, and their removal."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from apps.accounts.access import Actor, require
from apps.attendance.models import DaySpan, SpanKind
from apps.attendance.selectors import sheet_context, sheet_rows
from apps.attendance.services.lines import lines_write
from apps.core.errors import BadInput, Conflict, NotFound, Refused
from apps.core.months import Month
from apps.leave.selectors.days import leaves_over
from apps.rules.marks import LETTER_OF
from apps.teams.models import Posting
from apps.teams.services import team_months_lock

LONGEST = 92  # days; a longer absence is a change of posting, not a trip


@transaction.atomic
def span_record(
    *, actor: Actor, posting: int, kind: str, first: date, last: date, reason: str, document: str = ""
) -> DaySpan:
    """Record that a person was on a trip, at a meeting or in training from `first` to `last`, both included.

    The lines already saved for those days take the mark in the same transaction.  Refused outside the posting, over
    another record, in a closed month, and for a kind that the local sheet does not offer.
    """
    found = Posting.objects.filter(pk=posting).select_related("team").first()
    if found is None:
        raise NotFound
    require(actor, "span.record", found.area)
    _require_span(found, kind, first, last, reason)
    months = _months(first, last)
    _require_open(found.team_id, months)
    if leaves_over(found.pk, first, last):
        raise Refused(f"{found.name}在这几天有已批准的请假或认定的脱岗；请先由本人销假或撤回，再登记公务。")
    span = DaySpan.objects.create(
        area=found.area,
        posting=found,
        person=found.person,
        kind=kind,
        first=first,
        last=last,
        reason=reason.strip(),
        document=document.strip(),
        by=actor.name,
        at=timezone.now(),
    )
    for month in months:
        _remark(actor, found, month)
    return span


@transaction.atomic
def span_remove(*, actor: Actor, span: int) -> None:
    """Take a record back (history keeps it).  Its days keep their marks and can be typed over again."""
    found = DaySpan.objects.filter(pk=span).select_related("posting").first()
    if found is None:
        raise NotFound
    require(actor, "span.record", found.area)
    _require_open(found.posting.team_id, _months(found.first, found.last))
    found.delete()


def _require_span(posting: Posting, kind: str, first: date, last: date, reason: str) -> None:
    if kind not in SpanKind.values:
        raise BadInput("请选择事由类别。")
    if last < first:
        raise BadInput("止日早于起日，请核对日期。")
    if last.year > timezone.localdate().year + 1:
        raise BadInput("日期太远，请核对年份。")
    if (last - first).days >= LONGEST:
        raise BadInput(f"一条记录最长{LONGEST}天，请核对日期或分开登记。")
    if not reason.strip():
        raise BadInput("请写明事由。")
    if first < posting.first or (posting.last and last > posting.last):
        raise Refused(f"{posting.name}的派驻期从{posting.first}到{posting.last or '今'}，记录不能超出派驻期。")
    offered = sheet_context(posting.area[:10], Month.of(first)).book.sheet
    if kind not in offered.categories:
        raise Refused(f"本地规定的考勤表没有“{SpanKind(kind).label}”这一项。")
    if DaySpan.objects.filter(posting=posting, first__lte=last, last__gte=first).exists():
        raise Refused(f"{posting.name}在这几天已有公务记录，请先更正原记录。")


def _require_open(team: int, months: list[Month]) -> None:
    for month in months:
        if any(team_months_lock(teams=[team], month=month.first).values()):
            raise Conflict(f"{month.label}已月结，不能再改；如需更正，请先说明原因重新打开。")


def _months(first: date, last: date) -> list[Month]:
    months = [Month.of(first)]
    while months[-1] < Month.of(last):
        months.append(months[-1].next())
    return months


def _remark(actor: Actor, posting: Posting, month: Month) -> None:
    context = sheet_context(posting.area[:10], month)
    rows = sheet_rows(area=posting.area, month=month, team=posting.team_id, with_year=False)
    row = next(row for row in rows if row.posting == posting.pk)
    if row.cells is None:
        return
    cells = list(row.cells)
    for index, day in enumerate(month.dates()):
        if (span := context.case(row).explanation(day)) and not span.derived:
            cells[index] = LETTER_OF[span.category]
    text = "".join(cells)
    if text != row.cells:
        lines_write(context=context, cells={row.posting: text}, rows=[row], by=actor.name)
