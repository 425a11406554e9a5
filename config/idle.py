"""How long a login lasts: so long since the last act of a person, and so long in all."""

from collections.abc import Callable
from time import time

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse

# A page that refreshes itself says so with this header; that is no act of a person.
POLL_HEADER = "X-Poll"
WRITE_EVERY = 60  # seconds; one UPDATE of the session a minute, not one per request


class IdleMiddleware:
    """Moves the session's end forward when a person acts, and ends it after SESSION_ABSOLUTE_AGE.

    Requests that carry `X-Poll` move nothing, so that an open page alone never keeps a login alive.
    The end of the idle time itself is SESSION_COOKIE_AGE, kept by the session store.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            now = int(time())
            if now - request.session.setdefault("since", now) > settings.SESSION_ABSOLUTE_AGE:
                logout(request)
            elif POLL_HEADER not in request.headers and now - request.session.get("seen", 0) >= WRITE_EVERY:
                request.session["seen"] = now
        return self.get_response(request)
