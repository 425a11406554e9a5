"""Who may see which rows: the entered scope, the manager that filters by it, and its echo in PostgreSQL.

A scope is entered in few places only: `accounts.middleware` and `core.tasks` (tests and commands stand in for them),
`accounts.reach` for one row, and `notices.selectors.public` for one public notice.  Row-level security repeats the same test from `app.*` settings that live as long as the transaction.
Source: design.md decision 3; security.md D1 pitfalls 7–10.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, ClassVar

from django.db import connection, models, transaction

from apps.core.errors import NoScope

NATION = "C"
NOTICE_FORM = re.compile(r"[2-9a-hjkmnp-z]{4}(?:-[2-9a-hjkmnp-z]{4}){3}")
COUNTY = 7  # characters of a county's area code
AREA_FORM = re.compile(r"C(?:[0-9]{2}(?:[0-9]{2}(?:[0-9]{2}(?:[0-9]{3}(?:[0-9]{3})?)?)?)?)?")


def area_end(area: str) -> str:
    """The first code after all codes below `area` (bytewise): the open end of its range."""
    return area[:-1] + chr(ord(area[-1]) + 1)


def area_contains(outer: str, inner: str) -> bool:
    """Is `inner` the area `outer` or inside it?  The empty string contains nothing."""
    return bool(outer) and inner.startswith(outer)


@dataclass(frozen=True, slots=True)
class Scope:
    """Exactly one of: an area range, a dispatch unit, a person, a team, a public notice by its token."""

    area: str | None = None
    unit: int | None = None
    person: str | None = None
    team: int | None = None
    notice: str | None = None

    def __post_init__(self) -> None:
        kinds = (self.area, self.unit, self.person, self.team, self.notice)
        if sum(value is not None for value in kinds) != 1:
            raise ValueError("a scope is exactly one of area, unit, person, team, notice")
        if self.area is not None and not AREA_FORM.fullmatch(self.area):
            raise ValueError(f"not an area code: {self.area!r}")
        if self.person is not None and not re.fullmatch(r"[0-9a-f]{32}", self.person):
            raise ValueError("not a person key")
        if self.notice is not None and not NOTICE_FORM.fullmatch(self.notice):
            raise ValueError("not a notice's token")

    def settings(self) -> dict[str, str]:
        """The `app.*` settings that row-level security reads; the unused ones are empty."""
        return {
            "app.area": self.area or "",
            "app.area_end": area_end(self.area) if self.area else "",
            "app.unit": "" if self.unit is None else str(int(self.unit)),
            "app.person": self.person or "",
            "app.team": "" if self.team is None else str(int(self.team)),
            "app.notice": self.notice or "",
        }


_current: ContextVar[Scope | None] = ContextVar("scope", default=None)
_NOTHING = dict.fromkeys(("app.area", "app.area_end", "app.unit", "app.person", "app.team", "app.notice"), "")


def current() -> Scope | None:
    """The entered scope, or None outside one."""
    return _current.get()


def _announce(scope: Scope | None) -> None:
    values = scope.settings() if scope else _NOTHING
    calls = ", ".join("set_config(%s, %s, true)" for _ in values)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {calls}", [part for pair in values.items() for part in pair])


@contextmanager
def entered(scope: Scope) -> Iterator[Scope]:
    """A transaction in which only the scope's rows exist.

    Nested, the outer scope comes back afterwards, also in PostgreSQL (a nested commit would leave the inner
    settings behind; a rollback restores them by itself).
    """
    outer, nested = _current.get(), connection.in_atomic_block
    token = _current.set(scope)
    try:
        with transaction.atomic():
            _announce(scope)
            yield scope
            if nested:
                _announce(outer)
    finally:
        _current.reset(token)


class ScopedQuerySet(models.QuerySet[Any]):
    """Rows of the entered scope."""

    def within(self, area: str) -> ScopedQuerySet:
        """Those whose area is `area` or inside it."""
        if not AREA_FORM.fullmatch(area):
            return self.none()
        return self.filter(area__gte=area, area__lt=area_end(area))


class ScopedManager(models.Manager.from_queryset(ScopedQuerySet)):  # type: ignore[misc]
    """Filters by the entered scope; raises NoScope outside one."""

    def get_queryset(self) -> ScopedQuerySet:
        scope = _current.get()
        if scope is None:
            raise NoScope(f"{self.model.__name__} read outside a scope")
        return super().get_queryset().filter(**self.model.scope_filter(scope))


class TenantModel(models.Model):
    """A row of one area.  Subclasses name the columns by which units, persons, teams and the public see it, if they may."""

    scope_columns: ClassVar[dict[str, str]] = {}

    area = models.CharField("行政区", max_length=13, db_collation="C", editable=False)

    objects = ScopedManager()

    class Meta:
        abstract = True

    @classmethod
    def scope_filter(cls, scope: Scope) -> dict[str, Any]:
        """The filter of a scope, as lookups; one that matches nothing where the scope does not reach this table."""
        if scope.area:
            return {"area__gte": scope.area, "area__lt": area_end(scope.area)}
        for kind, column in cls.scope_columns.items():
            if (value := getattr(scope, kind)) is not None:
                return {column: value}
        return {"pk__in": []}
