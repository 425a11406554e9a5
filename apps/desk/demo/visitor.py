"""A visitor over HTTP with nothing but a browser's means: cookies, forms, CSRF token, JSON."""

from __future__ import annotations

import http.cookiejar
import json
import re
from dataclasses import dataclass, field
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode, urljoin
from urllib.request import HTTPCookieProcessor, OpenerDirector, ProxyHandler, Request, build_opener

TIMEOUT = 60


class VisitError(RuntimeError):
    """The site answered otherwise than a walk through the month expects."""


@dataclass
class Visitor:
    """One logged-in person.  `place` is the address of the page he saw last."""

    base: str
    username: str
    password: str
    place: str = ""
    _jar: http.cookiejar.CookieJar = field(default_factory=http.cookiejar.CookieJar)
    _opener: OpenerDirector = field(init=False)

    def __post_init__(self) -> None:
        self._opener = build_opener(ProxyHandler({}), HTTPCookieProcessor(self._jar))
        self.get("/login/")
        page = self.post("/login/", username=self.username, password=self.password)
        if self.place.rstrip("/").endswith("/login"):
            raise VisitError(f"{self.username} 登录失败：{text_of(page)[:200]}")

    def get(self, path: str) -> str:
        return self._send(Request(urljoin(self.base, path))).decode()  # noqa: S310  (our own address)

    def data(self, path: str) -> Any:
        return json.loads(self.get(path))

    def download(self, path: str) -> bytes:
        return self._send(Request(urljoin(self.base, path)))  # noqa: S310

    def post(self, path: str, **fields: str) -> str:
        """A form; VisitError when the page that follows shows an error message."""
        page = self._send(self._request(path, urlencode(fields).encode())).decode()
        if 'class="notice is-error"' in page:
            raise VisitError(f"{self.username} {path}：{text_of(page.split('notice is-error', 1)[1])[:300]}")
        return page

    def post_json(self, path: str, body: Any) -> Any:
        request = self._request(path, json.dumps(body).encode())
        request.add_header("Content-Type", "application/json")
        return json.loads(self._send(request))

    def _request(self, path: str, body: bytes) -> Request:
        token = next((cookie.value for cookie in self._jar if cookie.name.endswith("csrftoken")), "") or ""
        address = urljoin(self.base, path)
        return Request(address, data=body, headers={"X-CSRFToken": token, "Referer": self.place or address})  # noqa: S310

    def _send(self, request: Request) -> bytes:
        try:
            with self._opener.open(request, timeout=TIMEOUT) as answer:
                self.place = answer.geturl()
                content: bytes = answer.read()
                return content
        except HTTPError as error:
            said = text_of(error.read().decode(errors="replace"))[:300]
            raise VisitError(f"{self.username} {request.get_full_url()} 返回 {error.code}：{said}") from error


def text_of(page: str) -> str:
    """A page's words without its markup."""
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())
