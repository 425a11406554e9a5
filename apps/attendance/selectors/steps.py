"""Which confirmations and signatures a team's sheet needs, which it has, and what is missing before the close."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from apps.attendance.models import SheetSignature
from apps.attendance.selectors.context import SheetContext
from apps.attendance.selectors.rows import SheetRow
from apps.core.findings import Finding
from apps.rules.marks import LETTER_OF
from apps.rules.sheet import covers, split_cell
from apps.rules.terms import Step


@dataclass(frozen=True)
class SheetStep:
    """One step of the pack for one team: who signed, when, and whether the sheet is still what was signed."""

    team: int
    team_name: str
    village: str
    step: Step
    rows: tuple[SheetRow, ...]
    context: SheetContext
    signature: SheetSignature | None

    @cached_property
    def digest(self) -> str:
        """Of the covered lines as they stand."""
        return sheet_digest(self.rows, self.context)

    @property
    def done(self) -> bool:
        return self.signature is not None and self.signature.digest == self.digest

    @property
    def stale(self) -> bool:
        """Signed once, changed since."""
        return self.signature is not None and not self.done


def covered_rows(step: Step, rows: Iterable[SheetRow], context: SheetContext) -> list[SheetRow]:
    """The rows of a team that a step is done for; with `categories` only those that show such a day."""
    letters = {LETTER_OF[category] for category in step.categories}
    found = [row for row in rows if covers(row.roles, step.covers)]
    if not letters:
        return found
    return [row for row in found if letters & {split_cell(cell)[0] for cell in context.cells(row)}]


def sheet_digest(rows: Sequence[SheetRow], context: SheetContext) -> str:
    """sha256 over the covered lines in order of posting: what a signature is put under."""
    text = "\n".join(f"{row.posting}:{context.cells(row)}" for row in sorted(rows, key=lambda row: row.posting))
    return hashlib.sha256(f"{context.month}\n{text}".encode()).hexdigest()


def sheet_steps(context: SheetContext, rows: Sequence[SheetRow]) -> list[SheetStep]:
    """Every step of every team in `rows`, with the newest signature of each.  One query.

    A step without any row to cover is not needed and left out.
    """
    teams: dict[int, list[SheetRow]] = defaultdict(list)
    for row in rows:
        teams[row.team].append(row)
    signed = _signatures(teams, context.month.first)
    found = []
    for team, members in teams.items():
        for step in context.book.sheet.record:
            if covered := covered_rows(step, members, context):
                first = members[0]
                signature = signed.get((team, step.key))
                found.append(SheetStep(team, first.team_name, first.village, step, tuple(covered), context, signature))
    return found


_SIGNATURES = "SELECT * FROM attendance_sheetsignature WHERE team_id = ANY(%s) AND month = %s ORDER BY at, id"


def _signatures(teams: Mapping[int, object], month: date) -> dict[tuple[int, str], SheetSignature]:
    rows = SheetSignature.objects.raw(_SIGNATURES, [list(teams), month])
    return {(row.team_id, row.step): row for row in rows}


def missing(context: SheetContext, rows: Sequence[SheetRow], today: date) -> list[Finding]:
    """What still stands between an area's sheets and their close, in words, most basic first.

    Blocking: the month is not over, gaps and contradictions, missing or outdated confirmations.  A calendar whose
    year is not announced is a notice.
    """
    found = []
    if not context.is_over(today):
        text = f"{context.month.label}尚未结束，{context.month.last.day}日之后才能月结。"
        found.append(Finding("month_running", "block", text))
    if not context.calendar.announced:
        text = f"{context.month.year}年放假安排尚未公布，工作日暂按周末推算。"
        found.append(Finding("calendar_unannounced", "notice", text))
    for row in rows:
        problems = context.findings(row)
        if problems:
            found.append(_row_missing(row, problems))
    found += [_step_missing(step) for step in sheet_steps(context, rows) if not step.done]
    return found


def _row_missing(row: SheetRow, problems: Sequence[Finding]) -> Finding:
    days = "、".join(str(problem.day) for problem in problems[:6] if problem.day)
    more = f"等{len(problems)}处" if len(problems) > 6 else ""
    what = "没有登记" if all(problem.code == "gap" for problem in problems) else "需要改正"
    text = f"{row.village}·{row.name}：{days}日{more}{what}。"
    return Finding("line_open", "block", text, clause=problems[0].clause, inputs={"posting": row.posting})


def _step_missing(step: SheetStep) -> Finding:
    state = "签字后内容有改动，须重新办理" if step.stale else "尚未办理"
    text = f"{step.village}·{step.step.label}{state}。"
    return Finding("step_open", "block", text, clause=step.step.clause, inputs={"team": step.team})
