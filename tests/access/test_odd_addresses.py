"""Odd numbers, months and queries in addresses: an answer in words every time, never the server's fault."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import quote

import pytest
import time_machine
from django.test import Client

from tests.access.table import TABLE
from tests.access.walk import address
from tests.world import NOW, TOWNSHIP, World, browser

PARAMETERS = ("month", "page", "area", "year", "quarter", "on", "limit", "offset")
VALUES = ("²", "9" * 40, "0001-01", "9999-12", "\x00")
NO_QUERY = {"/api/v1/schema/", "/api/v1/docs/"}
PATHS = (
    f"/sheet/{TOWNSHIP}/2000-01/",
    f"/sheet/{TOWNSHIP}/2015-12/",
    f"/sheet/{TOWNSHIP}/2027-01/data.json",
    f"/sheet/{TOWNSHIP}/2999-12/",
    f"/sheet/{TOWNSHIP}/2999-12/data.json",
    f"/sheet/{TOWNSHIP}/2999-12/records/",
    f"/sheet/{TOWNSHIP}/2999-12/book.xlsx",
    f"/sheet/{TOWNSHIP}/1999-12/",
    f"/sheet/{TOWNSHIP}/2026-1/",
    "/sheet/C53/2026-10/",
    "/sheet/C5301131/2026-10/",
    "/sheet/C530113102999/2026-10/",
    "/sheet/C530113102999/2026-10/data.json",
    f"/ledgers/{2**63}/",
    f"/ledgers/{10**40}/",
    f"/ledgers/{2**63}/progress/",
    f"/trace/line/{2**63}/0/",
    f"/trace/line/1/{10**40}/",
    "/trace/line/1/nothing/",
    f"/trace/sheet/{2**63}/2026-10/0/",
    f"/trace/sheet/1/2026-10/{10**40}/",
    "/trace/sheet/1/2999-12/0/",
    f"/trace/total/{2**63}/in_village/",
    "/trace/total/1/nothing/",
    "/rules/clause/%00/",
    f"/rules/clause/{'X' * 300}/",
    "/api/v1/clauses/%00/",
    "/api/v1/units/quarters/0-Q1/",
    f"/api/v1/units/quarters/{10**40}-Q1/",
    "/nowhere/",
    "/%00",
)


@pytest.fixture(autouse=True)
def on_the_day(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr("rest_framework.throttling.SimpleRateThrottle.allow_request", lambda *_: True)
    with time_machine.travel(NOW, tick=False):
        yield


def broken(client: Client, addresses: Iterable[str]) -> list[str]:
    """Those that are answered by a fault of the server."""
    client.raise_request_exception = False
    answers = ((asked, client.get(asked).status_code) for asked in addresses)
    return [f"{asked}: {status}" for asked, status in answers if status >= 500]


@pytest.mark.parametrize("office", ["township_clerk", "nation_office", "unit_head", "cadre", "village_signer"])
def test_no_address_breaks_the_site(world: World, office: str) -> None:
    assert broken(browser(world.user(office)), PATHS) == []


def test_no_query_breaks_a_page(world: World) -> None:
    """Every page that reads a query once, by an office that may see it; every parameter that any page knows."""
    pages: dict[str, str] = {}
    for case in TABLE:
        asks = not case.public and (not case.object or case.route == "ledgers:detail")
        if asks and (let_in := (case.read or frozenset()) & case.reach):
            pages.setdefault(address(case, world).split("?")[0], min(let_in))
    found: list[str] = []
    for page, office in sorted(pages.items()):
        if page not in NO_QUERY:
            queries = (f"{page}?{name}={quote(value)}" for name in PARAMETERS for value in VALUES)
            found += broken(browser(world.user(office)), queries)
    assert found == []
