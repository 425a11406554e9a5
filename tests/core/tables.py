"""Tables as the web role meets them: their rows by scope, their fingerprints, one row of each as JSON."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import contextmanager
from typing import Any

from django.db import Error, connection, transaction

from apps.core.tenancy import NATION, Scope, entered

SETTINGS = ("app.area", "app.area_end", "app.unit", "app.person", "app.team", "app.notice")


def run(sql: str, params: Iterable[Any] = ()) -> list[tuple[Any, ...]]:
    """Rows of one statement, or [] of one that returns none."""
    with connection.cursor() as cursor:
        cursor.execute(sql, list(params))
        return cursor.fetchall() if cursor.description else []


def count(table: str) -> int:
    """How many rows the connection sees now."""
    return int(run(f"SELECT count(*) FROM {table}")[0][0])


def changed(sql: str, params: Iterable[Any] = ()) -> int | str:
    """How many rows a writing statement touched, or the SQLSTATE with which PostgreSQL refused it; undone either way."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, list(params))
            touched = cursor.rowcount
            transaction.set_rollback(True)
            return touched
    except Error as error:
        return str(error.__cause__.pgcode)  # type: ignore[union-attr]


@contextmanager
def said(values: dict[str, str]) -> Any:
    """The `app.*` settings as given, the others empty, until the block ends; all empty afterwards."""
    _say({**dict.fromkeys(SETTINGS, ""), **values})
    yield
    _say(dict.fromkeys(SETTINGS, ""))


def _say(values: dict[str, str]) -> None:
    for name, value in values.items():
        run("SELECT set_config(%s, %s, true)", [name, value])


def samples(tables: Iterable[str]) -> dict[str, str]:
    """One row of each table as JSON text, seen from the whole nation."""
    with entered(Scope(area=NATION)):
        return {table: run(f"SELECT row_to_json(t)::text FROM {table} t LIMIT 1")[0][0] for table in tables}


def fingerprints(tables: Iterable[str]) -> dict[str, str]:
    """A digest of every row of each table, seen from the whole nation."""
    with entered(Scope(area=NATION)):
        return {
            table: run(f"SELECT md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) FROM {table} t")[0][0]
            for table in tables
        }
