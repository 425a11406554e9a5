"""The roster's pages: upload, preview, import."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from apps.accounts.access import require
from apps.accounts.middleware import ScopedRequest
from apps.core.attachment import attachment
from apps.core.errors import ApplicationError, BadInput
from apps.reports.roster.entries import Problem
from apps.reports.roster.layout import LAYOUTS
from apps.reports.roster.plan import KINDS, Plan
from apps.reports.roster.selectors import template_content
from apps.reports.roster.services import Preview, roster_import, roster_preview
from apps.reports.roster.template import roster_template
from apps.reports.roster.token import Carried, carry, opened

SHOWN = 200  # problems and changes on one page; the counts say how many there are

_HEADS = {layout.title: {column.key: column.head for column in layout.columns} for layout in LAYOUTS}
_ORDER = {layout.title: place for place, layout in enumerate(LAYOUTS)}


@dataclass(frozen=True, slots=True)
class Line:
    """A problem as the page shows it: `where` is 第12行 C列（身份证号）."""

    sheet: str
    where: str
    message: str


def _county(request: ScopedRequest) -> str:
    """The county of the position.  Forbidden for those who import no roster."""
    county = request.actor.scope.area or ""
    require(request.actor, "roster.import", county or None)
    return county


@require_GET
def upload(request: ScopedRequest) -> HttpResponse:
    """The page with the template and the upload form."""
    _county(request)
    return render(request, "reports/roster.html")


@require_GET
def template(request: ScopedRequest) -> HttpResponse:
    """The county's template as a workbook."""
    filled = template_content(_county(request))
    return attachment(roster_template(filled), f"{filled.county}驻村干部花名册.xlsx")


@require_POST
def preview(request: ScopedRequest) -> HttpResponse:
    """What the uploaded file would do; 422 when something in it is wrong, 400 when it is no workbook in order."""
    county = _county(request)
    file = request.FILES.get("file")
    try:
        if file is None:
            raise BadInput("请先选择填好的花名册文件（.xlsx）。")
        found = roster_preview(actor=request.actor, county=county, file=file, on=timezone.localdate())
    except BadInput as error:
        return render(request, "reports/roster.html", {"error": error}, status=error.status)
    token = ""
    if not (found.plan.blocked or found.plan.is_empty):
        token = carry(Carried(found.reading.roster, found.plan.digest), actor=request.actor, county=county)
    context = _shown(found) | {"token": token, "file_name": file.name}
    return render(request, "reports/roster_preview.html", context, status=422 if found.plan.blocked else 200)


@require_POST
def confirm(request: ScopedRequest) -> HttpResponse:
    """Write what was previewed, and say what was written; back to the upload page when that is no longer possible."""
    county, actor = _county(request), request.actor
    try:
        carried = opened(request.POST.get("token", ""), actor=actor, county=county)
        plan = roster_import(
            actor=actor, county=county, roster=carried.roster, on=timezone.localdate(), digest=carried.digest
        )
    except ApplicationError as error:
        return render(request, "reports/roster.html", {"error": error}, status=error.status)
    messages.success(request, _told(plan))
    return redirect("reports:roster")


def _told(plan: Plan) -> str:
    if plan.is_empty:
        return "花名册与系统里的数据完全一致，没有改动。"
    parts = [
        f"{KINDS[kind]}新增 {tally.new}、变更 {tally.changed}"
        for kind, tally in plan.tallies.items()
        if tally.new or tally.changed
    ]
    return f"花名册已导入：{'；'.join(parts)}。"


def _shown(found: Preview) -> dict[str, Any]:
    plan, letters = found.plan, found.reading.letters
    by_severity = {
        severity: _lines([each for each in plan.problems if each.severity == severity], letters)
        for severity in ("error", "warn", "notice")
    }
    return {
        "tallies": [(KINDS[kind], tally) for kind, tally in plan.tallies.items()],
        "errors": by_severity["error"][:SHOWN],
        "error_count": len(by_severity["error"]),
        "warnings": by_severity["warn"][:SHOWN],
        "warning_count": len(by_severity["warn"]),
        "notices": by_severity["notice"][:SHOWN],
        "changes": plan.changes[:SHOWN],
        "change_count": len(plan.changes),
        "blocked": plan.blocked,
        "nothing": plan.is_empty,
    }


def _lines(problems: Sequence[Problem], letters: Mapping[str, Mapping[str, str]]) -> list[Line]:
    ordered = sorted(problems, key=lambda each: (_ORDER[each.sheet], each.row))
    return [Line(each.sheet, _where(each, letters[each.sheet]), each.message) for each in ordered]


def _where(problem: Problem, letters: Mapping[str, str]) -> str:
    row = f"第 {problem.row} 行" if problem.row else ""
    if not problem.column:
        return row
    return f"{row} {letters.get(problem.column, '')} 列（{_HEADS[problem.sheet][problem.column]}）"
