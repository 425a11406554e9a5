"""Sheets that wait: months to close, and confirmations or signatures to give."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date

from django.urls import reverse

from apps.accounts.access import Actor
from apps.attendance.selectors import SheetContext, SheetStep, missing, sheet_context, sheet_rows, sheet_steps
from apps.core.findings import Finding, blocking
from apps.core.months import Month
from apps.desk.selectors.items import Desk, WorkItem
from apps.desk.selectors.months import OpenMonth, open_months
from apps.jurisdictions.days import due_day
from apps.jurisdictions.offices import Office
from apps.rules.book import RuleBook
from apps.rules.terms import Due

LOOK = 2  # open months looked into; the later ones wait for these


def sheets_desk(*, actor: Actor, today: date) -> Desk:
    """The months that a township or a team still has open, earliest first.

    At most seven queries per month looked into, whatever the number of people.
    """
    area, team = actor.scope.area or "", actor.position.team
    found = open_months(area=area, today=today, team=team)
    desk = Desk()
    for place, month in enumerate(found):
        first = _first_to_close(month.month, found[:place])
        if place < LOOK:
            desk.add(_month(actor, area, month, first, today))
        elif actor.may("month.close"):
            desk.must.append(WorkItem(f"{month.month.label}考勤月结", first, sheet_url(area, month.month), "查看"))
    return desk


def _first_to_close(month: Month, before: Sequence[OpenMonth]) -> str:
    """The month of the same year that must be closed first, in words; '' when there is none."""
    earlier = next((found.month for found in reversed(before) if found.month.year == month.year), None)
    return f"请先办结{earlier.label}，年累计才能接上。" if earlier else ""


def _month(actor: Actor, area: str, month: OpenMonth, first: str, today: date) -> Desk:
    context = sheet_context(area, month.month)
    rows = sheet_rows(area=area, month=month.month, team=actor.position.team, with_year=False)
    open_steps = [step for step in sheet_steps(context, rows) if not step.done and not step.rows[0].closed]
    desk = Desk(must=_steps(actor, context, open_steps))
    if actor.may("month.close"):
        found = blocking(missing(context, rows, today))
        lacking, action = _lacking(actor, found, open_steps), _action(actor, found, open_steps)
        desk.must.append(_close(context, month, first, lacking, action, people=len(rows)))
    return desk


def _close(
    context: SheetContext, month: OpenMonth, first: str, lacking: Sequence[str], action: str, *, people: int
) -> WorkItem:
    reopened = f"重新打开的原因：{month.reason}。" if month.reason else ""
    state = (
        f"还缺：{'；'.join(lacking)}。"
        if lacking
        else f"登记{'和签字' if context.book.sheet.record else ''}已经齐备，共{people}人。"
    )
    return WorkItem(
        what=f"{month.month.label}考勤月结",
        meta=f"{reopened}{first}{state}",
        url=sheet_url(context.area, month.month),
        action=action,
        due=due_day(context.book, close_due(context.book), month.month, source=context.area[:10]),
    )


def _action(actor: Actor, found: Sequence[Finding], steps: Sequence[SheetStep]) -> str:
    """What he can do himself: fill in, confirm, close; only look where it is the others' turn."""
    if any(finding.code != "step_open" for finding in found):
        return "去补齐"
    if not steps:
        return "去月结"
    return "去办理" if any(_is_his(actor, step) for step in steps) else "查看"


def _lacking(actor: Actor, found: Sequence[Finding], steps: Sequence[SheetStep]) -> list[str]:
    """What is missing, people and teams counted, the most basic first; of the others' signatures whose they are."""
    lines = [finding for finding in found if finding.code == "line_open"]
    other = [finding.message.rstrip("。") for finding in found if finding.code not in ("line_open", "step_open")]
    people = [f"{len(lines)}人的登记不完整"] if lines else []
    teams = Counter((step.step.label, "" if _is_his(actor, step) else _offices(step)) for step in steps)
    signed = (f"{count}个队的{label}" + (f"，等{who}办理" if who else "") for (label, who), count in teams.items())
    return [*other, *people, *signed]


def _offices(step: SheetStep) -> str:
    return "或".join(str(Office(office).label) for office in step.step.offices)


def _is_his(actor: Actor, step: SheetStep) -> bool:
    return actor.office_for(list(step.step.offices)) is not None and not _is_own(actor, step)


def submit_due(book: RuleBook) -> Due | None:
    """By when the township submits a month's ledger, if the rules name a day."""
    return book.ledger.steps[-1].due


def close_due(book: RuleBook) -> Due | None:
    """By when a month must be closed: the sheet's own day, else that of the submission."""
    return book.sheet.due or submit_due(book)


def passed(book: RuleBook, month: Month, today: date, *, made: bool) -> Due | None:
    """The day by which a ledger that has not been submitted is late: the sheets' where it is not even `made`, or its own.
    None while it is not late, and where the rules name no day."""
    days = (None if made else close_due(book), submit_due(book))
    return next((due for due in days if due is not None and due.due_on(month) < today), None)


def _steps(actor: Actor, context: SheetContext, steps: Sequence[SheetStep]) -> list[WorkItem]:
    groups: dict[str, list[SheetStep]] = defaultdict(list)
    for step in steps:
        if _is_his(actor, step):
            groups[step.step.key].append(step)
    return [_step(context, found) for found in groups.values()]


def _is_own(actor: Actor, step: SheetStep) -> bool:
    """Nobody confirms a sheet that carries his own line."""
    return bool(actor.user.person) and any(row.person == actor.user.person for row in step.rows)


def _step(context: SheetContext, steps: Sequence[SheetStep]) -> WorkItem:
    rule = steps[0].step
    people = sum(len(step.rows) for step in steps)
    parts = [f"{steps[0].village}{people}人" if len(steps) == 1 else f"{len(steps)}个队{people}人"]
    if stale := sum(step.stale for step in steps):
        parts.append(f"其中{stale}个队签后内容有改动，须重新办理")
    if gaps := sum(bool(context.findings(row)) for step in steps for row in step.rows):
        parts.append(f"{gaps}人的登记还不完整，补齐后才能办理")
    return WorkItem(
        what=f"{context.month.label}{rule.label}",
        meta="；".join(parts),
        url=sheet_url(context.area, context.month),
        action="去办理",
        due=due_day(context.book, rule.due, context.month, source=context.area[:10]),
        clause=rule.clause,
    )


def sheet_url(area: str, month: Month) -> str:
    """The address of a place's month sheet."""
    return reverse("attendance:sheet", kwargs={"area": area, "month": month})
