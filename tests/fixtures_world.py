"""The reference data of the product and small places to work in."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from apps.core.tenancy import NATION, Scope, entered


@pytest.fixture
def reference(db: None) -> None:
    """The reference data, loaded with the test database."""


@pytest.fixture
def nation(reference: None) -> Iterator[None]:
    """The whole nation entered: tests that are not about scopes."""
    with entered(Scope(area=NATION)):
        yield
