"""A village's notice for everybody who has its address: no login, nothing but what the notice says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_safe
from rest_framework.request import Request
from rest_framework.throttling import AnonRateThrottle, UserRateThrottle
from rest_framework.views import APIView

from apps.notices.selectors.public import notice_by_token
from apps.notices.selectors.sheet import sheet_of

COMING = 14  # days ahead whose watch is shown
HEADERS = {
    "Cache-Control": "private, max-age=60",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
}


@login_not_required
@require_safe
def notice(request: HttpRequest, token: str) -> HttpResponse:
    """The notice with this token; for every other text the same answer, so that nothing is learnt by trying."""
    if not all(_allowed(request, throttle()) for throttle in (AnonRateThrottle, UserRateThrottle)):
        return _answer("notices/public_busy.html", status=429)
    found = notice_by_token(token)
    if found is None:
        return _answer("notices/public_none.html", status=404)
    today = timezone.localdate()
    sheet = sheet_of(found.content)
    context = {"notice": found, "sheet": sheet, "today": today}
    context |= {"on_duty": sheet.on(today), "coming": sheet.after(today, COMING)}
    return _answer("notices/public.html", context)


def _allowed(request: HttpRequest, throttle: AnonRateThrottle | UserRateThrottle) -> bool:
    """By the same count as the interface's: each address of a connection, each user."""
    return bool(throttle.allow_request(cast(Request, request), cast(APIView, None)))


def _answer(template: str, context: Mapping[str, Any] | None = None, *, status: int = 200) -> HttpResponse:
    """A page of its own: without the request a template knows nothing of who is asking."""
    response = HttpResponse(render_to_string(template, dict(context or {})), status=status)
    for name, value in HEADERS.items():
        response[name] = value
    return response
