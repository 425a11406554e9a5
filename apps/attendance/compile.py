"""The sheet as the grid wants it: rows with cells, locks, counts and the year so far."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import lru_cache
from operator import add
from typing import Any

from django.urls import reverse
from django.utils import timezone

from apps.accounts.access import Actor
from apps.attendance.selectors import SheetContext, SheetRow
from apps.core.findings import Finding
from apps.rules.book import Measure
from apps.rules.marks import LETTER_OF, STAYED, counts, short_word, work_marks
from apps.rules.presence import Counts, Inputs, Result, evaluate, judge
from apps.rules.sheet import leave_unrecorded, marks_of, nights_of
from apps.rules.stretches import months_before
from apps.teams.models import PostRole

WEEKDAYS = "一二三四五六日"


def sheet_head(context: SheetContext) -> dict[str, Any]:
    """What all rows share: days with their kind, marks with their words, measures with their clauses."""
    book, calendar = context.book, context.calendar
    return {
        "month": str(context.month),
        "days": [
            {"d": day.day, "w": WEEKDAYS[day.weekday()], "kind": kind, "name": calendar.name(day)}
            for day, kind in zip(context.month.dates(), context.mask, strict=True)
        ],
        "announced": calendar.announced,
        "marks": [
            {"code": LETTER_OF[category], "word": word, "sign": short_word(category, word), "category": category}
            for category, word in ((category, book.sheet.word(category)) for category in book.sheet.categories)
        ],
        "nights": book.sheet.nights,
        "measures": [
            {
                "i": i,
                "label": m.label,
                "short": m.short,
                "clause": m.clause,
                "unit": m.figure_unit,
                "limit": m.at_most is not None,
            }
            for i, m in enumerate(book.presence)
        ],
        "version_text": f"{book.title}{book.number}",
    }


def sheet_rows_payload(context: SheetContext, rows: Iterable[SheetRow], actor: Actor) -> list[dict[str, Any]]:
    """One object per row; see `sheet_row_payload`."""
    return [sheet_row_payload(context, row, actor) for row in rows]


def sheet_row_payload(context: SheetContext, row: SheetRow, actor: Actor) -> dict[str, Any]:
    """A row: cells, version, what is locked and why, counts of the month, days in post, measures as [done, due,
    state] or null, findings per day."""
    cells, case = context.cells(row), context.case(row)
    refusal = context.why_not_editable(actor, row)
    inputs = row_inputs(context, row, cells)
    return {
        "p": row.posting,
        "village": row.village,
        "name": row.name,
        "roles": _roles(row.roles),
        "unit": row.unit,
        "v": row.version,
        "m": cells,
        "edit": not refusal,
        "why": refusal,
        "locks": locks(context, row),
        "counts": inputs.month_all,
        "posted": case.posted,
        "occasional": case.occasional,
        "ytd": [None if measure is None else _judged(context, inputs, measure) for measure in context.measures(row)],
        "f": [_finding(finding) for finding in _telling(context, row)],
        "by": _stamp(row.by, row.at),
    }


@lru_cache(maxsize=256)
def _roles(roles: tuple[str, ...]) -> str:
    return "、".join(PostRole(role).label for role in roles)


def _telling(context: SheetContext, row: SheetRow) -> list[Finding]:
    """What a row's findings tell today: an empty day is a gap once it is over; leave without a granted request is told,
    too, though it keeps nobody from closing."""
    found = [*context.findings(row), *leave_unrecorded(context.cells(row), context.case(row))]
    if not found or (today := timezone.localdate()) > context.month.last:
        return found
    passed = today.day if today >= context.month.first else 1
    return [finding for finding in found if finding.code != "gap" or (finding.day or 0) < passed]


def _judged(context: SheetContext, inputs: Inputs, measure: Measure) -> list[int] | None:
    done, due, state = judge(measure, inputs, context.calendar)
    return [done, due, int(state)] if state else None


def row_inputs(context: SheetContext, row: SheetRow, cells: str) -> Inputs:
    """The figures of a row for the presence rules: this month as shown, the earlier months as saved."""
    marks, before = marks_of(cells), context.month.month - 1
    nights = nights_of(cells) if context.book.sheet.nights else ""
    month = Counts(*_counted(marks, context.mask), nights.count(STAYED))
    year = _so_far(context, row, month, row.earlier)
    return Inputs(
        roles=row.roles,
        classes=row.classes,
        first=row.first,
        last=row.last,
        month=context.month,
        month_all=month.all,
        month_work=month.work,
        ytd_all=year.all,
        ytd_work=year.work,
        marks=marks,
        previous_marks=row.earlier.get(before),
        nights=nights,
        previous_nights=row.earlier_nights.get(before),
        ytd_nights=year.nights,
        stretches={
            window: _so_far(context, row, month, months_before(window, context.month)) for window in context.stretches
        },
    )


def _so_far(context: SheetContext, row: SheetRow, month: Counts, before: Iterable[int]) -> Counts:
    """The counts of this month and of those of the months before that have a line."""
    held = tuple(number for number in before if number in row.earlier)
    days, work = _counted("".join(map(row.earlier.__getitem__, held)), context.mask_of(held))
    nights = sum(row.earlier_nights[number].count(STAYED) for number in held)
    return Counts(tuple(map(add, month.all, days)), tuple(map(add, month.work, work)), month.nights + nights)


@lru_cache(maxsize=4096)
def _counted(marks: str, mask: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Counts of marks on all dates and on workdays.  Months gone by are asked about at every look at the sheet."""
    return counts(marks), counts(work_marks(marks, mask))


def row_result(context: SheetContext, row: SheetRow, measure: int) -> Result | None:
    """One measure of a row with its trace, or None where it does not bind this person."""
    rule = context.book.presence[measure]
    if context.chosen(row).get(rule.key) is not rule:
        return None
    return evaluate(rule, row_inputs(context, row, context.cells(row)), context.calendar, sheet=context.book.sheet)


def locks(context: SheetContext, row: SheetRow) -> list[list[Any]]:
    """[first day, last day, reason, address] of the days that a record explains; the address is that of the request for
    leave, else empty.  Days outside the posting show `-`."""
    found = []
    for span in row.explained:
        first, last = max(span.first, context.month.first), min(span.last, context.month.last)
        word = context.book.sheet.word(span.category)
        url = reverse("leave:detail", args=[span.number]) if span.number else ""
        found.append([first.day, last.day, f"{word}：{span.reason}（{_dates(span.first, span.last)}）", url])
    return found


def _dates(first: date, last: date) -> str:
    start = f"{first.month}月{first.day}日"
    return start if first == last else f"{start}至{last.month}月{last.day}日"


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "day": finding.day,
        "severity": finding.severity,
        "message": finding.message,
        "clause": finding.clause,
    }


@lru_cache(maxsize=256)
def _stamp(by: str, at: datetime | None) -> str:
    if at is None:
        return ""
    local = timezone.localtime(at)
    return f"{by} {local.month}月{local.day}日 {local:%H:%M}"


def sheet_payload(
    context: SheetContext, rows: Sequence[SheetRow], actor: Actor, *, name: str, missing: int
) -> dict[str, Any]:
    """The whole sheet for the grid."""
    closed = bool(rows) and all(row.closed for row in rows)
    return {
        "township": {"code": context.area, "name": name},
        "title": f"{name}{context.month.label}考勤月表",
        **sheet_head(context),
        "state": "closed" if closed else "open",
        "state_text": "已月结" if closed else (f"还有{missing}项未完成" if missing else "可以月结"),
        "editable": not closed and actor.may("sheet.enter"),
        "rows": sheet_rows_payload(context, rows, actor),
    }
