"""Confirming and signing a team's sheet, as the pack says who does."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from apps.accounts.access import Actor, require
from apps.attendance.models import SheetSignature
from apps.attendance.selectors import SheetContext, SheetRow, SheetStep, sheet_context, sheet_rows, sheet_steps
from apps.attendance.services.lines import lines_settle
from apps.core.errors import Conflict, Forbidden, NotFound, Refused
from apps.core.findings import Finding
from apps.core.months import Month
from apps.teams.services import team_months_lock


@transaction.atomic
def sheet_sign(*, actor: Actor, area: str, team: int, month: Month, step: str) -> SheetSignature:
    """Put a named person's confirmation or signature under one team's sheet.

    Only the offices that the step names may, never before the month is over, never somebody whose own line it covers,
    never under a line with gaps or faults.  A line changed later makes it void.  Signed twice over the same content it stays the first one.
    """
    require(actor, "sheet.sign", area)
    context = sheet_context(area, month)
    if any(team_months_lock(teams=[team], month=month.first).values()):
        raise Conflict(f"{month.label}已月结，不需要再签。")
    if not context.is_over(timezone.localdate()):
        raise Refused(f"{month.label}尚未结束，{month.last.day}日之后才能确认。")
    wanted = _step(context, area, team, step)
    office = _office(actor, wanted)
    _require_fit(context, actor, wanted)
    lines_settle(context=context, rows=_rows(area, month, team), by=actor.name)
    if wanted.done and wanted.signature is not None:
        return wanted.signature
    return SheetSignature.objects.create(
        area=wanted.rows[0].area,
        team_id=team,
        month=month.first,
        step=step,
        office=office,
        signer=actor.name,
        user=actor.user,
        digest=wanted.digest,
        clause=wanted.step.clause or "",
    )


def _rows(area: str, month: Month, team: int) -> list[SheetRow]:
    return sheet_rows(area=area, month=month, team=team, with_year=False)


def _step(context: SheetContext, area: str, team: int, key: str) -> SheetStep:
    steps = sheet_steps(context, _rows(area, context.month, team))
    found = next((step for step in steps if step.step.key == key), None)
    if found is None:
        raise NotFound("本队本月没有这一步，请刷新页面。")
    return found


def _office(actor: Actor, step: SheetStep) -> str:
    office = actor.office_for(list(step.step.offices))
    if office is None or (actor.position.team is not None and actor.position.team != step.team):
        raise Forbidden(f"“{step.step.label}”不由您办理。")
    return office


def _require_fit(context: SheetContext, actor: Actor, step: SheetStep) -> None:
    own = next((row for row in step.rows if actor.user.person and row.person == actor.user.person), None)
    if own is not None:
        text = f"{own.name}的考勤在这份表上，本人不能确认本人的考勤，请由他人办理。"
        raise Refused(text, [Finding("own_line", "block", text, clause=step.step.clause)])
    open_rows = [(row, found) for row in step.rows if (found := context.findings(row))]
    if open_rows:
        row, found = open_rows[0]
        raise Refused(f"{row.name}的考勤还不完整：{found[0].message}补齐后再签。", found)
