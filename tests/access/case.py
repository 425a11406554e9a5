"""One line of the access table, and the words that its lines are written in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from apps.accounts.access import ABOVE, COUNTY, TOWNSHIP
from apps.jurisdictions.offices import Office
from tests.world import World

AREA = TOWNSHIP | COUNTY | ABOVE
ALL = frozenset(Office.values)
CADRE = frozenset({Office.CADRE})
CLERK = frozenset({Office.TOWNSHIP_CLERK})
NOBODY: frozenset[str] = frozenset()
Place = Callable[[World], dict[str, Any]]


def nothing(world: World) -> dict[str, Any]:
    return {}


@dataclass(frozen=True)
class Case:
    """One address with the owner's objects in it."""

    route: str
    at: Place = nothing
    reach: frozenset[str] = ALL
    read: frozenset[str] | None = None
    write: frozenset[str] | None = None
    body: Place = nothing
    query: str = ""
    asks: Place = nothing
    public: bool = False
    object: bool = False
    json: bool = False

    @property
    def name(self) -> str:
        return self.route + self.query


def of(**names: str) -> Place:
    """Keyword arguments of an address from attributes of the world."""
    return lambda world: {key: getattr(world, name) for key, name in names.items()}


def fixed(**values: Any) -> Place:
    return lambda world: values
