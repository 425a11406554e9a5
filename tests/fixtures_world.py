"""The reference data of the product and small places to work in."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.conf import settings

from apps.core.tenancy import NATION, Scope, entered
from apps.jurisdictions.services import calendars_load, clauses_load, divisions_load, shipped_packs_publish

FIXTURES = settings.BASE_DIR / "fixtures"


def reference_load() -> None:
    """Divisions, calendars, clauses and the five packs, as `rules_publish` brings them."""
    divisions_load(file=FIXTURES / "divisions" / "nation.csv")
    calendars_load(folder=FIXTURES / "calendar")
    clauses_load(folder=FIXTURES / "clauses")
    shipped_packs_publish(folder=FIXTURES / "rules")


@pytest.fixture
def reference(db: None) -> None:
    reference_load()


@pytest.fixture
def nation(reference: None) -> Iterator[None]:
    """The whole nation entered: tests that are not about scopes."""
    with entered(Scope(area=NATION)):
        yield
