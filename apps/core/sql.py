"""Raw reads of many rows at once, always inside an entered scope (row-level security filters them too)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.db import OperationalError, connection, transaction
from psycopg2.errors import DeadlockDetected, LockNotAvailable  # type: ignore[import-untyped]

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


def busy(error: Exception) -> bool:
    """Whether the database gave up because somebody else holds the same rows: a deadlock, or a wait that was too long.

    Nothing is saved then, and the same act may well succeed a moment later.
    """
    return isinstance(error, OperationalError) and isinstance(error.__cause__, DeadlockDetected | LockNotAvailable)


@contextmanager
def reading_only() -> Iterator[None]:
    """A transaction, or a part of the one that is open, in which the database refuses every write."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL transaction_read_only = on")
        yield


def records(rows: Iterable[Mapping[str, Any]]) -> str:
    """Rows as one parameter for `json_to_recordset(%s::json) AS x(column type, …)`; dates as ISO text.

    One literal instead of an array per column: 3,000 rows of ten columns are otherwise 30,000 constants to plan.
    """
    return json.dumps(list(rows), ensure_ascii=False, separators=(",", ":"), default=date.isoformat)
