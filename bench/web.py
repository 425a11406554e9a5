"""The product's own web server and the floor's beside it, visitors with a session, and requests timed over HTTP."""

from __future__ import annotations

import http.client
import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.utils.crypto import get_random_string
from guardian.shortcuts import assign_perm

from apps.accounts.models import User
from bench.ground import program

GUNICORN = ("--workers", "2", "--threads", "4", "--timeout", "120", "--no-control-socket", "--log-level", "warning")


@dataclass(frozen=True)
class Site:
    """A web server on this machine."""

    port: int
    pid: int

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def peak_mb(self) -> float:
        """The largest peak of resident memory among its workers so far (Linux)."""
        children = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()
        status = "\n".join(Path(f"/proc/{child}/status").read_text() for child in children)
        return max(int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmHWM"))


PRODUCT, FLOOR = "config.wsgi:application", "bench.floors.minimal:application"
_sites = ExitStack()


@cache
def site(application: str = PRODUCT) -> Site:
    """gunicorn as `dev up` starts it; one for the whole run, stopped by `sites_close`."""
    return _sites.enter_context(_running(application))


def sites_close() -> None:
    """Stop what `site` started."""
    _sites.close()
    site.cache_clear()


@contextmanager
def _running(application: str) -> Iterator[Site]:
    port = _free_port()
    command = ("gunicorn", application, "--bind", f"127.0.0.1:{port}", *GUNICORN)
    log = f"var/bench-{application.partition(':')[0]}.log"
    with program(*command, ready=f"http://127.0.0.1:{port}/healthz", log=log) as started:
        yield Site(port, started.pid)


def _free_port() -> int:
    with socket.socket() as opened:
        opened.bind(("127.0.0.1", 0))
        return int(opened.getsockname()[1])


@dataclass(frozen=True)
class Visitor:
    """Somebody logged in: the cookies of a session and of the CSRF guard."""

    session: str
    csrf: str

    @property
    def headers(self) -> dict[str, str]:
        return {"Cookie": f"sessionid={self.session}; csrftoken={self.csrf}", "X-CSRFToken": self.csrf}


def visitor(name: str, permission: str, on: Any) -> Visitor:
    """A user who holds one office, with a session as the login makes it."""
    user, _ = User.objects.get_or_create(username=name, defaults={"name": name})
    assign_perm(permission, user, on)
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return Visitor(session.session_key or "", get_random_string(32))


def request(where: Site, path: str, *, by: Visitor | None = None, body: bytes | None = None, kind: str = "") -> bytes:
    """One request on a connection of its own; the body of a 200 or a redirect, anything else raises."""
    connection = http.client.HTTPConnection("127.0.0.1", where.port, timeout=120)
    headers = dict(by.headers) if by else {}
    if kind:
        headers["Content-Type"] = kind
    try:
        connection.request("GET" if body is None else "POST", path, body=body, headers=headers)
        answer = connection.getresponse()
        content = answer.read()
    finally:
        connection.close()
    if answer.status not in (200, 302):
        raise RuntimeError(f"{path}: {answer.status} {content[:500]!r}")
    return content


def upload(where: Site, path: str, content: bytes, *, by: Visitor) -> bytes:
    """A workbook posted as a form's `file`; the page that comes back."""
    line = b"--bench"
    head = b'Content-Disposition: form-data; name="file"; filename="bench.xlsx"\r\nContent-Type: application/zip\r\n'
    body = b"\r\n".join([line, head, content, line + b"--", b""])
    return request(where, path, by=by, body=body, kind="multipart/form-data; boundary=bench")


def get_json(where: Site, path: str, by: Visitor) -> Any:
    return json.loads(request(where, path, by=by))


def many(where: Site, path: str, *, by: Visitor | None = None, times: int, connections: int = 4) -> list[float]:
    """Milliseconds of `times` GETs by `connections` clients at once."""
    found: list[float] = []

    def client(count: int) -> None:
        for _ in range(count):
            start = time.perf_counter()
            request(where, path, by=by)
            found.append((time.perf_counter() - start) * 1000)

    threads = [threading.Thread(target=client, args=(times // connections,)) for _ in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found
