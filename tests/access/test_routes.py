"""Every address of the site, asked for by the owner's offices, by strangers and by nobody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client

from apps.jurisdictions.offices import Office
from tests.access.table import TABLE, Case
from tests.access.walk import ALLOWED_IN, address, routes, send, text_of
from tests.core.classes import TENANT
from tests.core.tables import fingerprints
from tests.world import CANARY, NOW, World, browser

STRANGERS = (
    "another township",
    "another county",
    "another county's township",
    "another city",
    "another team",
    "another unit",
    "another cadre",
)


@pytest.fixture(autouse=True)
def on_the_day(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr("rest_framework.throttling.SimpleRateThrottle.allow_request", lambda *_: True)
    with time_machine.travel(NOW, tick=False):
        yield
    cache.clear()


def requests(case: Case) -> list[tuple[str, frozenset[str]]]:
    """The methods of a case with the offices that are let in."""
    found = (("GET", case.read), ("POST", case.write))
    return [(method, offices) for method, offices in found if offices is not None]


def expected(case: Case, office: str, let_in: frozenset[str]) -> set[int]:
    if office not in case.reach:
        return {404}
    return ALLOWED_IN if office in let_in else {403}


def test_every_route_is_in_the_table_and_nothing_else() -> None:
    assert sorted(set(routes())) == sorted({case.route for case in TABLE})


def test_a_route_has_one_name() -> None:
    assert [name for name, number in Counter(routes()).items() if number > 1] == []


@pytest.mark.parametrize("office", Office.values)
def test_each_office_gets_what_the_access_table_gives_it(world: World, office: str) -> None:
    client, wrong = browser(world.user(office)), []
    for case in TABLE:
        for method, let_in in requests(case):
            status = send(client, world, case, method).status_code
            if status not in expected(case, office, let_in):
                wrong.append(f"{method} {case.name} {case.at(world)}: {status}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("stranger", STRANGERS)
def test_a_stranger_finds_nothing_of_the_owners_and_changes_nothing(world: World, stranger: str) -> None:
    client, before, wrong = browser(world.strangers[stranger]), fingerprints(TENANT), []
    for case in TABLE:
        for method, _ in requests(case):
            response = send(client, world, case, method)
            if case.object and response.status_code != 404:
                wrong.append(f"{method} {case.name} {case.at(world)}: {response.status_code}")
            if response.status_code >= 500:
                wrong.append(f"{method} {case.name}: {response.status_code}")
            if CANARY in text_of(response):
                wrong.append(f"{method} {case.name}: tells of the owner")
    assert not wrong, "\n".join(wrong)
    assert fingerprints(TENANT) == before


def test_the_search_for_the_owners_words_would_find_them(world: World) -> None:
    """The control of the test above: to its owner, every address that names an object tells of it, if it tells at all."""
    clients, silent = {}, []
    for case in (case for case in TABLE if case.object and case.read):
        office = sorted(case.read & case.reach)[0]
        client = clients.setdefault(office, browser(world.user(office)))
        if CANARY not in text_of(send(client, world, case, "GET")):
            silent.append(case.route)
    assert sorted(set(silent)) == ["ledgers:progress"]


def test_nobody_gets_in_anywhere_without_a_login(world: World) -> None:
    client, before, wrong = Client(), fingerprints(TENANT), []
    for case in TABLE:
        for method, _ in requests(case):
            response = send(client, world, case, method)
            sent_off = response.status_code == 302 and response["Location"].startswith("/login/?next=")
            refused = response.status_code in (401, 403)
            if case.public == (sent_off or refused):
                wrong.append(f"{method} {case.name}: {response.status_code}")
            if CANARY in text_of(response):
                wrong.append(f"{method} {case.name}: tells of the owner")
    assert not wrong, "\n".join(wrong)
    assert fingerprints(TENANT) == before


def test_a_route_answers_only_the_methods_of_the_table(world: World) -> None:
    wrong = []
    for case in (case for case in TABLE if not case.public):
        served = {method for method, _ in requests(case)}
        let_in = (case.read or case.write or frozenset()) & case.reach
        client = browser(world.user(sorted(let_in)[0]))
        for method in ("GET", "POST", "PUT", "PATCH", "DELETE"):
            same = [m for other in TABLE if other.route == case.route for m, _ in requests(other)]
            if method not in served and method not in same:
                status = send(client, world, case, method).status_code
                if status != 405:
                    wrong.append(f"{method} {case.name}: {status}")
    assert not wrong, "\n".join(wrong)


def test_a_form_without_its_token_is_refused_everywhere(world: World) -> None:
    wrong = []
    for case in TABLE:
        if case.write is not None:
            client = Client(enforce_csrf_checks=True)
            client.force_login(
                world.user(sorted(case.write & case.reach)[0]), "django.contrib.auth.backends.ModelBackend"
            )
            if (status := send(client, world, case, "POST").status_code) != 403:
                wrong.append(f"{case.name}: {status}")
    assert not wrong, "\n".join(wrong)


def test_looking_at_any_page_changes_nothing(world: World) -> None:
    tables = [*TENANT, "pghistory_context", "cadres_dispatchunit", "guardian_userobjectpermission", "accounts_user"]
    clients = {office: browser(world.user(office)) for office in Office.values}
    before = fingerprints(tables)
    for case in TABLE:
        for office in sorted((case.read or frozenset()) & case.reach):
            clients[office].get(address(case, world))
    assert fingerprints(tables) == before
