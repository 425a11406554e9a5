"""Walking the site: every route that there is, and one request of the table sent by somebody."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from typing import Any
from urllib.parse import urlencode

from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse

from tests.access.table import Case
from tests.world import World

ALLOWED_IN = {200, 302, 400, 409, 422}  # let in: done, sent on, or refused for what was sent


def routes(resolver: Any = None, spaces: tuple[str, ...] = ()) -> Iterator[str]:
    """The names of all routes, with their namespaces; a route without a name by its pattern."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            yield from routes(pattern, (*spaces, pattern.namespace) if pattern.namespace else spaces)
        else:
            yield ":".join((*spaces, pattern.name or str(pattern.pattern)))


def address(case: Case, world: World) -> str:
    """The address of a case with the owner's objects in it."""
    asked = urlencode(case.asks(world))
    return reverse(case.route, kwargs=case.at(world)) + case.query + (f"?{asked}" if asked else "")


def send(client: Client, world: World, case: Case, method: str) -> HttpResponse:
    """The response to one request of the table; what it changed is undone, a logout too."""
    at, cookies = address(case, world), client.cookies.copy()
    with transaction.atomic():
        if method == "POST" and case.json:
            response = client.post(at, json.dumps(case.body(world)), content_type="application/json")
        elif method == "POST":
            response = client.post(at, case.body(world))
        else:
            response = client.generic(method, at)
        transaction.set_rollback(True)
    client.cookies = cookies
    return response


def text_of(response: Any) -> str:
    """Everything that a response tells: its body (workbooks unpacked) and its headers."""
    content = response.getvalue() if getattr(response, "streaming", False) else response.content
    if zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            content = b"\n".join(book.read(name) for name in book.namelist())
    headers = "\n".join(f"{name}: {value}" for name, value in response.headers.items())
    body = content.decode("utf-8", "replace")
    with suppress(ValueError):
        body += json.dumps(json.loads(body), ensure_ascii=False)
    return headers + body
