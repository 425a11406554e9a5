"""Workbooks by login: a ledger, a dispatch unit's quarter."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from apps.accounts.access import require
from apps.accounts.middleware import ScopedRequest
from apps.core.attachment import attachment
from apps.core.errors import NotFound
from apps.core.months import Month
from apps.ledgers.models import Ledger
from apps.reports.compile.ledger import ledger_workbook
from apps.reports.compile.quarter import quarter_workbook
from apps.reports.selectors.snapshot import snapshot


@require_GET
def ledger_xlsx(request: ScopedRequest, ledger: int) -> HttpResponse:
    """A compiled ledger as a workbook, from its snapshot."""
    found = Ledger.objects.filter(pk=ledger).first()
    if found is None:
        raise NotFound
    require(request.actor, "ledger.download", found.area)
    name = f"{found.name}{Month.of(found.month).label}台账第{found.version}版.xlsx"
    return attachment(ledger_workbook(snapshot(found)), name)


@require_GET
def unit_quarter(request: ScopedRequest, year: int, quarter: int) -> HttpResponse:
    """The quarter of one's own unit as a workbook."""
    require(request.actor, "unit.view")
    content = quarter_workbook(request.actor.scope.unit or 0, year, quarter)
    return attachment(content, f"{request.actor.position.label}{year}年第{quarter}季度驻村情况.xlsx")
