"""What every benchmark stands on: a migrated database with reference data, the owner's hand, web and workers."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.request import ProxyHandler, build_opener

import psycopg2  # type: ignore[import-untyped]
from django.core.management import call_command
from django.db import connections

KEPT = {"django_migrations", "django_content_type", "auth_permission"}


@dataclass(frozen=True)
class Scale:
    """How much there is of everything.  `runs` are the counted runs of each benchmark, `requests` those for a page's
    p95 in a run, by four clients."""

    name: str
    nation: int
    county: int
    year: int
    sheet: int
    ledgers: int
    unit: int
    roster: int
    desk: int
    pdf: int
    requests: int
    runs: int


SCALES = {
    "small": Scale("small", 2_000, 300, 600, 40, 1_000, 900, 60, 5_000, 20, 8, 2),
    "default": Scale("default", 75_000, 3_000, 30_000, 100, 30_000, 30_000, 3_000, 50_000, 300, 40, 5),
    "full": Scale("full", 750_000, 3_000, 30_000, 100, 30_000, 30_000, 3_000, 50_000, 300, 40, 5),
}


def owner() -> Any:
    """A connection of the owner role, autocommit: it seeds, resets and runs the floors."""
    connection = psycopg2.connect(os.environ["DATABASE_OWNER_URL"])
    connection.autocommit = True
    return connection


def sql(statement: str, *params: Any) -> list[tuple[Any, ...]]:
    """Run one statement as the owner; its rows, if it has any."""
    connection = owner()
    try:
        with connection.cursor() as cursor:
            cursor.execute(statement, params or None)
            return cursor.fetchall() if cursor.description else []
    finally:
        connection.close()


def empty(*tables: str) -> None:
    """Empty tables whatever their triggers say."""
    for table in tables:
        sql(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    sql(f"TRUNCATE {', '.join(tables)} RESTART IDENTITY CASCADE")
    for table in tables:
        sql(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def prepare() -> None:
    """Migrate, empty what an earlier run left, load the reference data."""
    call_command("migrate", database="owner", verbosity=0)
    rows = sql("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    tables = sorted({name for (name,) in rows} - KEPT)
    for name in [table for table in tables if table.startswith("bench_")]:
        sql(f"DROP TABLE {name}")
    empty(*[table for table in tables if not table.startswith("bench_")])
    call_command("rules_publish", verbosity=0, stdout=sys.stderr)
    connections.close_all()


@contextmanager
def program(*command: str, ready: str = "", log: str) -> Iterator[subprocess.Popen[bytes]]:
    """A program beside the benchmark; with `ready` the address that answers when it is."""
    with open(log, "wb") as stream:  # noqa: PTH123
        started = subprocess.Popen([sys.executable, "-m", *command], stdout=stream, stderr=stream)
        try:
            _wait(ready)
            yield started
        finally:
            started.terminate()
            started.wait(30)


def _wait(address: str) -> None:
    until = time.monotonic() + 60
    opener = build_opener(ProxyHandler({}))
    while address:
        try:
            with opener.open(address, timeout=5):
                return
        except OSError as error:
            if time.monotonic() > until:
                raise TimeoutError(f"{address}: {error}") from error
            time.sleep(0.1)
