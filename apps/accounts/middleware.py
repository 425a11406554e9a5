"""Enters the area of a request: the first of the two places that do (the other is `core.tasks`).

The transaction is opened here, because a SET LOCAL made outside one has no effect and one made in a view's own
transaction would be gone when templates or history run.  Source: security.md D1, pitfall 8.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

import pghistory
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from apps.accounts.access import Actor, Position
from apps.accounts.selectors import positions, team_named
from apps.core.errors import ApplicationError, Conflict, Forbidden
from apps.core.sql import busy
from apps.core.tenancy import entered

SESSION_KEY = "position"
BUSY = "别人正在办理同一事项，这一次没有保存。请返回上一页，稍候再提交。"
NO_POSITION = "您的账号还没有分配岗位，请联系本级管理员。"


class ScopedRequest(HttpRequest):
    """A request inside a scope."""

    actor: Actor
    positions: list[Position]


class ScopeMiddleware:
    """Picks the user's position, enters its scope for the view, and answers application errors.

    A user without any position gets a page that says so.  Anonymous requests (the login page) run without a
    scope: whatever tenant row they ask for raises.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated:
            return self.get_response(request)
        scoped = cast(ScopedRequest, request)
        user = request.user
        scoped.positions = positions(user)
        position = self._chosen(scoped)
        if position is None:
            return self._without_position(request)
        scoped.actor = Actor(user, position)
        context = {"user": user.pk, "name": user.name, "position": position.key, "path": request.path}
        with entered(position.scope), pghistory.context(**context):
            return self.get_response(request)

    def _chosen(self, request: ScopedRequest) -> Position | None:
        wanted = request.session.get(SESSION_KEY)
        found = sorted(request.positions, key=lambda position: position.key != wanted)
        for position in found:
            named = position if position.scope.team is None else team_named(position)
            if named is not None:
                return named
        return None

    def _without_position(self, request: HttpRequest) -> HttpResponse:
        if request.resolver_match is None and request.path.startswith(("/logout", "/login", "/public/")):
            return self.get_response(request)
        if _wants_json(request):
            return _told(Forbidden(NO_POSITION))
        return render(request, "accounts/no_position.html", status=403)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """An application error becomes its answer; the view's savepoint is already rolled back.

        So does a database that gave up because others hold the same rows.
        """
        if busy(exception):
            exception = Conflict(BUSY)
        if not isinstance(exception, ApplicationError):
            return None
        if _wants_json(request):
            return _told(exception)
        template = "errors/not_found.html" if exception.status == 404 else "errors/refused.html"
        return render(request, template, {"error": exception}, status=exception.status)


def _told(error: ApplicationError) -> JsonResponse:
    body = {"message": error.message, "code": error.code, "details": error.details}
    return JsonResponse({"error": body}, status=error.status)


def _wants_json(request: HttpRequest) -> bool:
    return request.path.endswith(".json") or request.path.startswith("/api/")
