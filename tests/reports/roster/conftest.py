"""A county's office at its desk, on a fixed day."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client

from apps.accounts.access import Actor
from apps.core.tenancy import NATION, Scope, entered
from tests.factories import actor_of
from tests.reports.roster.books import COUNTY


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with time_machine.travel("2026-11-22 09:00+08:00", tick=False):
        yield


@pytest.fixture
def office(reference: None) -> Actor:
    with entered(Scope(area=NATION)):
        return actor_of("county_office", COUNTY, "孙主任")


@pytest.fixture
def county(client: Client, office: Actor) -> Client:
    client.force_login(office.user, backend="django.contrib.auth.backends.ModelBackend")
    return client
