"""Records that explain days: the list of a place and month, adding one, taking one back."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from apps.accounts.access import require
from apps.accounts.middleware import ScopedRequest
from apps.attendance.forms import SpanForm
from apps.attendance.models import SpanKind
from apps.attendance.selectors import SheetRow, sheet_context, sheet_rows
from apps.attendance.selectors.places import place_name
from apps.attendance.selectors.spans import spans_in
from apps.attendance.services import span_record, span_remove
from apps.core.errors import ApplicationError, Forbidden, NotFound
from apps.core.http import back, told
from apps.core.months import Month


@require_http_methods(["GET", "POST"])
def spans(request: ScopedRequest, area: str, month: Month) -> HttpResponse:
    """The records of a place and month; a POST adds one."""
    require(request.actor, "sheet.view" if request.method == "GET" else "span.record", area)
    rows = sheet_rows(area=area, month=month, with_year=False)
    form = _form(request, area, month, rows)
    if request.method == "POST" and form.is_valid() and _recorded(request, form):
        return redirect("attendance:spans", area=area, month=month)
    return render(
        request,
        "attendance/spans.html",
        {
            "place": place_name(area, rows),
            "area": area,
            "month": month,
            "spans": spans_in(area=area, month=month),
            "form": form if request.actor.may("span.record") else None,
        },
    )


def _form(request: ScopedRequest, area: str, month: Month, rows: list[SheetRow]) -> SpanForm:
    form = SpanForm(request.POST or None)
    offered = sheet_context(area, month).book.sheet
    people = [(row.posting, f"{row.village} {row.name}") for row in rows if not row.closed]
    form.fields["posting"].widget.choices = people
    kinds = [(kind, offered.word(kind)) for kind in SpanKind.values if kind in offered.categories]
    form.fields["kind"].widget.choices = kinds
    return form


def _recorded(request: ScopedRequest, form: SpanForm) -> bool:
    try:
        span = span_record(actor=request.actor, **form.cleaned_data)
    except (NotFound, Forbidden):
        raise
    except ApplicationError as error:
        form.add_error(None, error.message)
        return False
    days = _words(span.first) if span.first == span.last else f"{_words(span.first)}至{_words(span.last)}"
    messages.success(request, f"已登记{span.posting.name}{days}的公务记录，考勤月表已相应锁定。")
    return True


def _words(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


@require_POST
@told("/")
def remove(request: ScopedRequest, span: int) -> HttpResponse:
    """Take a record back."""
    span_remove(actor=request.actor, span=span)
    messages.success(request, "已撤销这条公务记录；相应日期可重新登记。")
    return back(request, "/")
