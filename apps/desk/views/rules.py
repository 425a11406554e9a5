"""To the rules of the place where a unit's people, or the person himself, are posted."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET

from apps.accounts.access import require
from apps.accounts.middleware import ScopedRequest
from apps.core.tenancy import NATION
from apps.teams.models import Posting


@require_GET
def mine(request: ScopedRequest) -> HttpResponse:
    """Where most of the people in scope are; the nation's rules when nobody is posted."""
    require(request.actor, "rules.view")
    areas = [area[:7] for area in Posting.objects.order_by("area").values_list("area", flat=True)]
    area = request.actor.scope.area or max(areas, key=areas.count, default=NATION)
    return redirect(f"{reverse('jurisdictions:rules')}?{urlencode({'area': area})}")
