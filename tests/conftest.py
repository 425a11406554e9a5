"""Fixtures that every test may use.

The test database is made and migrated by the owner role, as in production; the tests themselves are
the web role `app`, so that row-level security binds them as it binds the product.
"""

import os
from collections.abc import Generator

import psycopg2
import pytest
from django.conf import settings
from django.db import connections
from psycopg2 import sql
from pytest_django.plugin import DjangoDbBlocker

from tests.reference import reference_load

pytest_plugins = ["tests.clause_report", "tests.fixtures_world"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Refuse what would empty tables as the web role, which may not."""
    for item in items:
        mark = item.get_closest_marker("django_db")
        if mark and (mark.args or mark.kwargs.get("transaction") or mark.kwargs.get("reset_sequences")):
            raise pytest.UsageError(f"{item.nodeid}: use the committed_db fixture, not django_db(transaction=True)")


def _owner() -> "psycopg2.extensions.connection":
    """A connection of the owner role to the test database, outside Django."""
    known = connections["owner"].settings_dict
    return psycopg2.connect(
        host=known["HOST"], port=known["PORT"], user=known["USER"], password=known["PASSWORD"], dbname=known["NAME"]
    )


def _tables(cursor: "psycopg2.extensions.cursor", *, filled: bool) -> set[str]:
    """The product's tables; with `filled` only those that hold a row."""
    cursor.execute("SELECT c.relname FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'")
    names = {name for (name,) in cursor.fetchall()}
    if not filled:
        return names
    kept = set()
    for name in names:
        cursor.execute(sql.SQL("SELECT EXISTS (SELECT FROM {})").format(sql.Identifier(name)))
        if cursor.fetchone() == (True,):
            kept.add(name)
    return kept


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest,
    django_test_environment: None,
    django_db_blocker: DjangoDbBlocker,
    django_db_keepdb: bool,
    django_db_createdb: bool,
    django_db_modify_db_settings: None,
) -> Generator[None]:
    """The test database, migrated by the owner, with the product's reference data; alias `default` reaches it as the
    web role."""
    keep = django_db_keepdb and not django_db_createdb
    owner, app = connections["owner"], connections["default"]
    real = app.settings_dict["NAME"]
    with django_db_blocker.unblock():
        name = owner.creation.create_test_db(verbosity=0, autoclobber=not keep, serialize=False, keepdb=keep)
        app.close()
        settings.DATABASES["default"]["NAME"] = app.settings_dict["NAME"] = name
        reference_load()
        app.close()
    yield
    with django_db_blocker.unblock():
        app.close()
        settings.DATABASES["default"]["NAME"] = app.settings_dict["NAME"] = real
        owner.creation.destroy_test_db(real, verbosity=0, keepdb=django_db_keepdb)


@pytest.fixture(scope="session")
def migrated_tables(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> frozenset[str]:
    """The tables that hold rows straight after migrating; never emptied between tests."""
    with _owner() as connection, connection.cursor() as cursor:
        found = frozenset(_tables(cursor, filled=True))
    connection.close()
    return found


@pytest.fixture
def committed_db(migrated_tables: frozenset[str], django_db_blocker: DjangoDbBlocker) -> Generator[None]:
    """The database with real commits, for tests with a live server, workers or several connections.

    Afterwards the owner empties every table that migrations did not fill.
    """
    with django_db_blocker.unblock():
        yield
        connections.close_all()
    connection = _owner()
    try:
        with connection, connection.cursor() as cursor:
            empty = sorted(_tables(cursor, filled=True) - migrated_tables)
            # Append-only tables refuse TRUNCATE by trigger, even to their owner.
            for name in empty:
                cursor.execute(sql.SQL("ALTER TABLE {} DISABLE TRIGGER USER").format(sql.Identifier(name)))
            if empty:
                names = sql.SQL(", ").join(map(sql.Identifier, empty))
                cursor.execute(sql.SQL("TRUNCATE {} RESTART IDENTITY CASCADE").format(names))
            for name in empty:
                cursor.execute(sql.SQL("ALTER TABLE {} ENABLE TRIGGER USER").format(sql.Identifier(name)))
    finally:
        connection.close()


@pytest.fixture
def publishing(migrated_tables: frozenset[str]) -> Generator[None]:
    """For tests that publish rules with real commits: afterwards the owner takes back what is not of the reference
    data, which `committed_db` leaves alone."""
    connection = _owner()
    with connection, connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(id), 0) FROM jurisdictions_rulepack")
        [before] = cursor.fetchone() or [0]
    yield
    with connection, connection.cursor() as cursor:
        cursor.execute("ALTER TABLE jurisdictions_rulepack DISABLE TRIGGER USER")
        cursor.execute("DELETE FROM jurisdictions_rulepack WHERE id > %s", [before])
        cursor.execute("ALTER TABLE jurisdictions_rulepack ENABLE TRIGGER USER")
    connection.close()


@pytest.fixture(scope="session")
def process_env(django_db_setup: None) -> dict[str, str]:
    """The environment for a program that a test starts (web server, worker): it reaches the test database."""
    env = dict(os.environ)
    for alias, name in (("default", "DATABASE_URL"), ("owner", "DATABASE_OWNER_URL")):
        known = connections[alias].settings_dict
        env[name] = f"postgres://{known['USER']}:{known['PASSWORD']}@{known['HOST']}:{known['PORT']}/{known['NAME']}"
    return env
