"""The demonstration's ledgers, for tests that look at a whole year of them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db import connection, transaction
from pytest_django.plugin import DjangoDbBlocker

from apps.core.months import Month
from apps.core.tenancy import NATION, Scope, entered
from apps.desk.demo.load import demo_load


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The demonstration as of November 2026, taken back at the end of the module."""
    before, settings.DEMO = settings.DEMO, True
    with django_db_blocker.unblock(), transaction.atomic():
        demo_load(Month(2026, 11))
        yield
        transaction.set_rollback(True)
    settings.DEMO = before


@pytest.fixture
def demo(loaded: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The demonstration inside the nation's scope; what a test changes is taken back after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_nestloop = off")  # as the loader: no statistics tell of its rows
        with entered(Scope(area=NATION)):
            yield
        transaction.set_rollback(True)
