"""The shipped packs, read once, as the law's tests ask them."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from apps.rules.catalogue import read_catalogue
from apps.rules.pack import Pack
from apps.rules.reader import read_packs

FIXTURES = Path(__file__).parents[3] / "fixtures"


@cache
def shipped() -> dict[str, Pack]:
    return read_packs(FIXTURES / "rules", read_catalogue(FIXTURES / "clauses"))


@pytest.fixture
def rule() -> Callable[[str, str], Any]:
    """`rule("kunming", "ladders.long_absence")`: one rule of a shipped pack as its text says it."""

    def find(pack: str, name: str) -> Any:
        construct, key = name.split(".")
        return getattr(shipped()[pack], construct)[key]

    return find
