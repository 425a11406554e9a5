"""The embedded servers, really started: from an awkward path, twice, with the port taken, after a kill."""

import os
import signal
import socket
from collections.abc import Iterator
from pathlib import Path

import psycopg2
import pytest
import redis

from devtools.places import private_folder
from devtools.postgres import Postgres
from devtools.processes import Child, started_at
from devtools.valkey import Valkey


@pytest.fixture
def slot(tmp_path: Path) -> Path:
    return private_folder(tmp_path / "有 空格 的'路径")


@pytest.fixture
def started(slot: Path) -> Iterator[tuple[Postgres, Child]]:
    postgres = Postgres(slot, lasting=False)
    child = postgres.start()
    yield postgres, child
    child.stop()


def ask(url: str, question: str) -> object:
    connection = psycopg2.connect(url)
    try:
        with connection, connection.cursor() as cursor:
            cursor.execute(question)
            return cursor.fetchall() if cursor.description else None
    finally:
        connection.close()


def test_the_two_roles_have_the_rights_that_production_gives_them(started: tuple[Postgres, Child]) -> None:
    url = started[0].url("app_owner")
    rights = ask(
        url, "SELECT rolname, rolsuper, rolcreatedb, rolbypassrls FROM pg_roles WHERE rolname LIKE 'app%' ORDER BY 1"
    )
    assert rights == [("app", False, False, False), ("app_owner", False, True, True)]
    assert ask(
        url, "SELECT datcollate, pg_encoding_to_char(encoding) FROM pg_database WHERE datname = 'stationed'"
    ) == [("C.UTF-8", "UTF8")]


def test_nobody_gets_in_without_the_password(started: tuple[Postgres, Child]) -> None:
    postgres = started[0]
    with pytest.raises(psycopg2.OperationalError, match="password"):
        psycopg2.connect(postgres.url("app").replace(postgres.passwords["app"], "wrong"))
    assert (postgres.slot / "postgres.json").stat().st_mode & 0o077 == 0


def test_data_and_port_are_the_same_the_second_time(started: tuple[Postgres, Child], slot: Path) -> None:
    first, child = started
    ask(first.url("app_owner"), "CREATE TABLE kept (n int); INSERT INTO kept VALUES (7)")
    child.stop()
    second = Postgres(slot)
    again = second.start()
    try:
        assert second.port == first.port
        assert ask(second.url("app_owner"), "SELECT n FROM kept") == [(7,)]
    finally:
        again.stop()


def test_a_taken_port_is_left_to_its_owner(started: tuple[Postgres, Child], slot: Path) -> None:
    first, child = started
    child.stop()
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        other.bind(("127.0.0.1", first.port))
        other.listen()
        second = Postgres(slot)
        again = second.start()
        try:
            assert second.port != first.port
            assert ask(second.url("app"), "SELECT 1") == [(1,)]
        finally:
            again.stop()


def test_a_killed_server_starts_again_with_its_data(slot: Path) -> None:
    first = Postgres(slot)
    child = first.start()
    ask(first.url("app_owner"), "CREATE TABLE kept AS SELECT 7 AS n")
    os.killpg(child.process.pid, signal.SIGKILL)
    child.process.wait(5)
    assert (slot / "postgres" / "postmaster.pid").exists()
    second = Postgres(slot)
    again = second.start()
    try:
        assert ask(second.url("app_owner"), "SELECT n FROM kept") == [(7,)]
    finally:
        again.stop()


def test_a_server_that_outlived_its_dev_is_ended_before_the_next_starts(slot: Path) -> None:
    orphan = Postgres(slot).start()
    started = started_at(orphan.process.pid)
    again = Postgres(slot).start()
    try:
        assert orphan.process.wait(10) == 0
        assert started_at(again.process.pid) != started
    finally:
        again.stop()


def test_the_broker_wants_its_password_and_keeps_it_off_the_command_line(slot: Path) -> None:
    valkey = Valkey(slot)
    child = valkey.start()
    try:
        assert redis.Redis.from_url(valkey.url()).ping()
        with pytest.raises(redis.AuthenticationError):
            redis.Redis(port=valkey.port).ping()
        assert valkey.password not in Path(f"/proc/{child.process.pid}/cmdline").read_text(encoding="utf-8")
        assert (slot / "valkey" / "valkey.conf").stat().st_mode & 0o077 == 0
    finally:
        child.stop()
