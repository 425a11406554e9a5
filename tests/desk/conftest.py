"""The demonstration in the database."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from apps.desk.demo.load import Loaded, demo_load
from tests.desk.once import NOVEMBER


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Loaded]:
    """The demonstration as of November 2026, taken back at the end of the module."""
    before, settings.DEMO = settings.DEMO, True
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("rules_publish", verbosity=0)
        yield demo_load(NOVEMBER)
        transaction.set_rollback(True)
    settings.DEMO = before
