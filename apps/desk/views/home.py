"""今日待办: the landing page."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from apps.accounts.middleware import ScopedRequest
from apps.desk.selectors.home import desk_of
from apps.desk.selectors.items import placed


@require_GET
def home(request: ScopedRequest) -> HttpResponse:
    """What the person must do in the current position, by due date, and what is ready to look at."""
    today = timezone.localdate()
    desk = desk_of(actor=request.actor, today=today)
    context = {"today": today, "must": placed(desk.must, today), "ready": placed(desk.ready, today)}
    return render(request, "desk/home.html", context)
