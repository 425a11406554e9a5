"""Pages of the offline workbook: download, upload with its difference, confirmation."""

from __future__ import annotations

import re
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from apps.accounts.access import require
from apps.accounts.middleware import ScopedRequest
from apps.attendance.selectors import SheetContext, SheetRow, sheet_context, sheet_rows
from apps.attendance.selectors.places import place_name
from apps.attendance.services import SaveResult, sheet_save
from apps.core.attachment import attachment
from apps.core.errors import ApplicationError, BadInput, Conflict, NotFound
from apps.core.months import Month
from apps.reports.sheetbook.difference import CellChange, Difference, difference, edits_of
from apps.reports.sheetbook.export import sheet_workbook
from apps.reports.sheetbook.reading import read_book
from apps.reports.sheetbook.token import carry, opened
from apps.rules.marks import GAP, LETTER_OF, OUT
from apps.rules.sheet import AWAY

SHOWN = 300


@require_GET
def export(request: ScopedRequest, area: str, month: Month) -> HttpResponse:
    """The month as a workbook."""
    require(request.actor, "sheet.export", area)
    context, rows = _sheet(area, month)
    name = place_name(area, rows)
    return attachment(sheet_workbook(context, rows, name), f"{name}{month.label}考勤月表.xlsx")


def _sheet(area: str, month: Month) -> tuple[SheetContext, list[SheetRow]]:
    return sheet_context(area, month), sheet_rows(area=area, month=month, with_year=False)


@require_http_methods(["GET", "POST"])
def upload(request: ScopedRequest, area: str, month: Month) -> HttpResponse:
    """The upload form; a POST shows the difference and saves nothing."""
    require(request.actor, "sheet.import", area)
    if len(area) != len("C") + 9:
        raise NotFound
    context, rows = _sheet(area, month)
    shown = {"area": area, "month": month, "place": place_name(area, rows)}
    if request.method == "GET":
        return render(request, "reports/sheet_import.html", shown)
    try:
        file = request.FILES.get("file")
        if file is None:
            raise BadInput("请先选择改好的离线表文件（.xlsx）。")
        if any(row.closed for row in rows):
            raise Conflict(f"{month.label}已月结，不能再导入；如需更正，请先说明原因重新打开。")
        found = difference(context, rows, read_book(file, area=area, month=month))
    except NotFound:
        raise
    except ApplicationError as error:
        return render(request, "reports/sheet_import.html", {**shown, "error": error}, status=error.status)
    return _preview(request, {**shown, "words": _words(context)}, found, file.name or "")


def _words(context: SheetContext) -> dict[str, str]:
    """{cell: what it says in words} for the kinds of day this sheet offers."""
    offered = {LETTER_OF[category]: context.book.sheet.word(category) for category in context.book.sheet.categories}
    return {**offered, AWAY: "在村未住", GAP: "未登记", OUT: "不在派驻期"}


def _preview(request: ScopedRequest, shown: dict[str, Any], found: Difference, name: str) -> HttpResponse:
    token = ""
    if found.changes and not found.problems:
        token = carry(found, user=request.actor.user.pk, area=shown["area"], month=shown["month"])
    context = {
        **shown,
        "file_name": name,
        "problems": found.problems[:SHOWN],
        "problem_count": len(found.problems),
        "plain": [_in_words(change, shown["words"]) for change in found.plain[:SHOWN]],
        "plain_count": len(found.plain),
        "conflicts": [_in_words(change, shown["words"]) for change in found.conflicts],
        "token": token,
    }
    return render(request, "reports/sheet_preview.html", context, status=422 if found.problems else 200)


def _in_words(change: CellChange, words: dict[str, str]) -> dict[str, object]:
    return {
        "posting": change.posting,
        "village": change.village,
        "name": change.name,
        "day": change.day,
        "was": words.get(change.was, change.was),
        "now": words.get(change.now, change.now),
        "will": words.get(change.will, change.will),
        "by": change.by,
    }


@require_POST
def confirm(request: ScopedRequest, area: str, month: Month) -> HttpResponse:
    """Save what was previewed; cells that moved on meanwhile are named and kept."""
    require(request.actor, "sheet.import", area)
    try:
        carried = opened(request.POST.get("token", ""), user=request.actor.user.pk, area=area, month=month)
        edits = edits_of(carried.changes, carried.versions, _mine(request.POST.getlist("mine")))
        result = sheet_save(actor=request.actor, area=area, month=month, edits=edits)
    except NotFound:
        raise
    except ApplicationError as error:
        messages.error(request, error.message)
        return redirect("reports:sheet_import", area=area, month=month)
    _tell(request, result, sum(len(edit.cells) for edit in edits))
    return redirect("attendance:sheet", area=area, month=month)


def _mine(chosen: list[str]) -> frozenset[tuple[int, int]]:
    pairs = (re.fullmatch("([0-9]{1,18})-([0-9]{1,2})", text) for text in chosen)
    return frozenset((int(found[1]), int(found[2])) for found in pairs if found)


def _tell(request: ScopedRequest, result: SaveResult, sent: int) -> None:
    refused = len(result.errors) + len(result.conflicts)
    messages.success(request, f"离线表已导入：保存{sent - refused}格，涉及{len(result.saved)}人。")
    for error in result.errors[:10]:
        messages.warning(request, f"{error.day}日没有保存：{error.message}")
    for conflict in result.conflicts[:10]:
        text = f"{conflict.day}日在您对照期间被{conflict.by}改为{conflict.theirs}，已保留对方的；如需更改请在月表中直接改。"
        messages.warning(request, text)
