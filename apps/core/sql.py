"""Raw reads of many rows at once, always inside an entered scope (row-level security filters them too)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection

from apps.core import tenancy
from apps.core.errors import NoScope


def fetch(sql: str, params: Mapping[str, Any] | Sequence[Any]) -> list[tuple[Any, ...]]:
    """All rows of one statement.  Raises NoScope outside a scope."""
    if tenancy.current() is None:
        raise NoScope("rows read outside a scope")
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()


def change(sql: str, params: Mapping[str, Any] | Sequence[Any]) -> int:
    """Run one writing statement; how many rows it touched.  Raises NoScope outside a scope."""
    if tenancy.current() is None:
        raise NoScope("rows written outside a scope")
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return int(cursor.rowcount)
