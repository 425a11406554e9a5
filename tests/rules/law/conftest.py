"""The shipped packs as the law's tests ask them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.rules.conftest import shipped


@pytest.fixture
def rule() -> Callable[[str, str], Any]:
    """`rule("kunming", "ladders.long_absence")`: one rule of a shipped pack as its text says it."""

    def find(pack: str, name: str) -> Any:
        construct, key = name.split(".")
        return getattr(shipped()[pack], construct)[key]

    return find
