"""Every value that the demonstration shows to anybody recomputes from its own trace, down to the leaves."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
import time_machine

from apps.accounts.models import User
from apps.desk.demo.load import Loaded
from apps.desk.demo.plan import read_plan
from tests.desk.once import world
from tests.desk.reading import links, plain
from tests.desk.traced import Opener, Shown, chosen, sheet_values, shown_values, untraced
from tests.world import browser

NOW = "2026-11-12 09:00+08:00"


def one_of_each_office() -> list[str]:
    """A login of every office, each from the next place, so that all places have their turn."""
    held: dict[str, list[str]] = {}
    for username in sorted(login.username for login in world().logins if login.listed):
        held.setdefault(username.split("-", 1)[1], []).append(username)
    return [names[turn % len(names)] for turn, names in enumerate(held.values())]


LOGINS = one_of_each_office()
# The least number of values that a page shows to a role that has it.
LEAST = {
    "/rollup/": 50,
    "ledger": 50,
    "county": 100,
    "sheet": 30,
    "/unit/": 20,
    "/self/": 20,
}
NOT_SENT = "0"  # a township that has sent no ledger: there is nothing to open
FIGURES = {
    "/rollup/": ("rollup-days", "rollup-measures"),
    "ledger": ("ledger-lines",),
    "county": ("ledger-lines",),
    "/unit/": ("people",),
    "/self/": ("months", "standing"),
}


@pytest.fixture(autouse=True)
def twelfth_of_november() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def pages(reader: Opener) -> Iterator[tuple[str, str, list[Shown]]]:
    """(kind, address, values) of every page with figures that a reader has, one of each kind of ledger and level."""
    for path in ("/", "/rollup/", "/unit/", "/self/"):
        if html := reader.page(path):
            yield path, html, shown_values(html)
    below = [url for url in links(reader.page("/rollup/")) if re.match(r"/rollup/\?area=", url)]
    for url in below[-1:]:
        html = reader.page(url)
        yield "/rollup/", html, shown_values(html)
    for kind in ("township", "county"):
        ledgers = re.findall(r'href="(/ledgers/[0-9]+/)"', reader.page(f"/ledgers/?kind={kind}&month=2026-09"))
        for url in ledgers[:1]:
            html = reader.page(url)
            yield "ledger" if kind == "township" else kind, html, shown_values(html)
    yield from sheets(reader)


def sheets(reader: Opener) -> Iterator[tuple[str, str, list[Shown]]]:
    html = reader.page("/sheet/")
    towns = re.findall(r'href="(/sheet/C[0-9]+/[0-9-]+/)"', html) if "data-data-url" not in html else []
    html = reader.page(towns[0]) if towns else html
    if at := re.search(r'data-data-url="([^"]*)"', html):
        data = reader.client.get(at[1]).json()
        yield "sheet", html, [*shown_values(html), *sheet_values(data)]


@pytest.mark.parametrize("login", LOGINS)
def test_every_shown_value_recomputes_from_its_trace(loaded: Loaded, login: str) -> None:
    reader, found = Opener(browser(User.objects.get(username=login))), {}
    for kind, html, values in pages(reader):
        found[kind] = max(found.get(kind, 0), len(values))
        for value in chosen(values):
            reader.check(value)
        for table in FIGURES.get(kind, ()):
            bare = [cell for cell in untraced(html, table) if not (kind == "/rollup/" and cell == NOT_SENT)]
            reader.wrong += [f"{kind} {table}: {cell} opens nothing" for cell in bare]
    print(login, found, len(reader.traces))
    assert reader.wrong == []
    few = {kind: number for kind, number in found.items() if number < LEAST.get(kind, 0)}
    assert few == {}, "this page shows fewer values than it has: the test reads the wrong thing"


AREAS = {place.slug: place.show_township for place in read_plan().jurisdictions}


@pytest.mark.parametrize("slug", sorted(AREAS))
def test_every_value_of_the_law_says_where_it_comes_from(loaded: Loaded, slug: str) -> None:
    reader, found = Opener(browser(User.objects.get(username=f"{slug}-clerk"))), {}
    area = AREAS[slug]
    addresses = [
        f"/rules/?area={area}",
        f"/rules/compare/?area={area}&area=C",
        f"/rules/compare/?area={area}&topic=leave",
    ]
    addresses += [url for url in links(reader.page(addresses[0])) if url.startswith("/rules/history/")][:40:13]
    addresses += [url for url in links(reader.page(addresses[0])) if url.startswith("/rules/clause/")][:40:19]
    for address in addresses:
        values = shown_values(reader.page(address))
        found[address] = len(values)
        for value in chosen(values):
            reader.check(value)
    assert reader.wrong == []
    assert found[addresses[0]] >= 150
    assert min(found.values()) >= 1


def test_a_dialog_shows_the_value_the_clause_the_arithmetic_and_the_version(loaded: Loaded) -> None:
    reader = Opener(browser(User.objects.get(username="tongwei-cadre")))
    value = next(value for value in shown_values(reader.page("/self/")) if value.steps == "due")
    html = plain(reader.client.get(value.url, headers={"HX-Request": "true"}).content.decode())
    trace = reader.trace(value.url)
    assert trace is not None
    heads = [html.index(word) for word in (str(trace["value"]), "依据", "算法", "代入的数", "版本", "历次变化")]
    assert heads == sorted(heads)
    for text in (trace["clauses"][0]["article"], trace["clauses"][0]["gist"], trace["version"][:12], trace["pack"]):
        assert text in html
