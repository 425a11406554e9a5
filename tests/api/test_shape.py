"""One shape of error, a description without gaps, and no answer that is the server's fault."""

from __future__ import annotations

from collections.abc import Iterator
from io import StringIO

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from rest_framework.throttling import UserRateThrottle

from tests.factories import user_of
from tests.world import World, browser


@pytest.fixture(autouse=True)
def fresh_counts() -> Iterator[None]:
    """Throttles count in the cache, which outlives a test."""
    cache.clear()
    yield
    cache.clear()


@pytest.mark.parametrize(
    ("role", "method", "path", "status", "code"),
    [
        (None, "get", "ledgers/", 403, "not_authenticated"),
        ("cadre", "get", "ledgers/", 403, "forbidden"),
        ("unit_head", "get", "me/months/", 403, "forbidden"),
        ("township_clerk", "get", "units/quarters/2026-Q3/", 403, "forbidden"),
        ("township_clerk", "get", "ledgers/999999999/", 404, "not_found"),
        ("township_clerk", "get", f"ledgers/{10**30}/", 404, "not_found"),
        ("township_clerk", "get", f"lines/{10**17}-{10**17}/measures/0/trace/", 404, "not_found"),
        ("township_clerk", "get", "nowhere/", 404, "404"),
        ("township_clerk", "post", "ledgers/", 405, "method_not_allowed"),
        ("township_clerk", "delete", "me/months/", 405, "method_not_allowed"),
    ],
)
def test_every_error_has_one_shape_and_chinese_words(
    world: World, role: str | None, method: str, path: str, status: int, code: str
) -> None:
    client = browser(world.user(role)) if role else Client()
    response = getattr(client, method)(f"/api/v1/{path}")
    assert (response.status_code, response["Content-Type"]) == (status, "application/json")
    error = response.json()["error"]
    assert error["code"] == code
    assert any("一" <= letter <= "鿿" for letter in error["message"])
    assert isinstance(error["details"], list)


def test_a_user_without_a_position_is_told_so(world: World) -> None:
    response = browser(user_of("新人")).get("/api/v1/ledgers/")
    assert response.status_code == 403
    assert "还没有分配" in response.json()["error"]["message"]


def test_asking_too_often_is_refused_for_a_while(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(UserRateThrottle, "rate", "3/min", raising=False)
    client = browser(world.user("cadre"))
    answers = [client.get("/api/v1/clauses/TW-13-2/").status_code for _ in range(4)]
    assert answers == [200, 200, 200, 429]
    last = client.get("/api/v1/clauses/TW-13-2/")
    assert last.json()["error"]["code"] == "throttled"
    assert int(last["Retry-After"]) <= 60


def test_the_description_is_complete() -> None:
    out = StringIO()
    call_command("spectacular", "--fail-on-warn", "--validate", stdout=out)
    assert "/api/v1/units/quarters/{year}-Q{quarter}/" in out.getvalue()


def test_the_swagger_page_loads_nothing_from_elsewhere_and_runs_no_inline_script(world: World) -> None:
    response = browser(world.user("cadre")).get("/api/v1/docs/")
    page = response.content.decode()
    assert response.status_code == 200
    assert "http://" not in page and "https://" not in page
    assert "/static/drf_spectacular_sidecar/" in page
    assert "<script>" not in page
