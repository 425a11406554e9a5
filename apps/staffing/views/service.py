"""驻村经历: what somebody served, for the county and for himself."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from apps.accounts.access import require
from apps.accounts.middleware import ScopedRequest
from apps.accounts.reach import reaching
from apps.core.errors import NotFound
from apps.core.tenancy import COUNTY, Scope, entered
from apps.staffing.selectors.service import ServiceRecord, service_record
from apps.teams.models import Posting


@require_GET
def service(request: ScopedRequest, posting: int) -> HttpResponse:
    """The service of the person of one posting, in its county."""
    found = Posting.objects.filter(pk=posting).first()
    if found is None:
        raise NotFound
    require(request.actor, "service.view")
    records = [_record(request, found)]
    return render(request, "staffing/service.html", {"records": records, "name": found.name, "posting": found})


@require_GET
def own(request: ScopedRequest) -> HttpResponse:
    """One's own service, county by county."""
    require(request.actor, "self.view")
    first = {row.area[:COUNTY]: row for row in Posting.objects.order_by("-first", "-pk")}
    records = [_record(request, row) for row in first.values()]
    return render(request, "staffing/service.html", {"records": records, "name": request.actor.name, "own": True})


def _record(request: ScopedRequest, row: Posting) -> ServiceRecord:
    """Read in the county: a person's own scope reads no villages, and only his own rows are asked for."""
    with reaching(request.actor, row), entered(Scope(area=row.area[:COUNTY])):
        return service_record(person=row.person, county=row.area[:COUNTY], on=timezone.localdate())
