"""The description put to the test: what it allows is answered as it says, what it forbids is refused, nothing breaks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import schemathesis
from django.core.cache import cache
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance

from tests.world import World, browser

CHECKS = [not_a_server_error, content_type_conformance, response_schema_conformance]
PATHS = [
    "/api/v1/ledgers/",
    "/api/v1/ledgers/{id}/",
    "/api/v1/ledgers/{id}/lines/",
    "/api/v1/lines/{line}/measures/{measure}/trace/",
    "/api/v1/me/months/",
    "/api/v1/units/quarters/{year}-Q{quarter}/",
    "/api/v1/units/quarters/{year}-Q{quarter}.xlsx",
    "/api/v1/rules/in-force/",
    "/api/v1/clauses/{clause}/",
]


@pytest.fixture(autouse=True)
def unthrottled(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr("rest_framework.throttling.SimpleRateThrottle.allow_request", lambda *_: True)
    yield
    cache.clear()


@pytest.fixture(autouse=True)
def one_connection() -> Iterator[None]:
    """A request would close the connection whose transaction holds the world; the test client keeps it likewise."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def site_as(world: World, role: str) -> Callable[..., Any]:
    """The site's WSGI application with the login of one role in every request."""
    cookies = browser(world.user(role)).cookies
    site = get_wsgi_application()

    def app(environ: dict[str, Any], start_response: Any) -> Any:
        cookie = "; ".join(f"{name}={morsel.value}" for name, morsel in cookies.items())
        return site({**environ, "HTTP_COOKIE": cookie}, start_response)

    return app


@pytest.mark.parametrize("role", ["county_office", "unit_head", "cadre"])
def test_no_request_gets_a_fault_or_an_answer_of_another_shape(world: World, role: str) -> None:
    schema = schemathesis.openapi.from_wsgi("/api/v1/schema/?format=json", site_as(world, role))
    operations = {found.ok().path: found.ok() for found in schema.get_all_operations()}
    assert sorted(operations) == sorted(PATHS), "the list above and the description differ"

    @settings(
        max_examples=60,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(st.sampled_from(PATHS).flatmap(lambda path: operations[path].as_strategy()))
    def ask(case: schemathesis.Case) -> None:
        response = case.call()
        case.validate_response(response, checks=CHECKS)

    ask()
