"""Real workers and a real broker: a worker is killed, the broker forgets, the broker is gone; the work is done once.

Source: security.md C3, C5.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg2
import pytest
import redis
from django.db import connections

from apps.core.tenancy import Scope, entered
from apps.ledgers.models import Job, Ledger, LedgerLine
from apps.ledgers.services import month_close
from apps.ledgers.tasks import sweep
from devtools.places import ROOT
from devtools.processes import Child, free_port
from devtools.valkey import Valkey, binary
from tests.concurrency.conftest import MONTH, Town
from tests.concurrency.test_claims import now, time_passes

PATIENCE = 90  # seconds, on a busy machine
WORKER = [sys.executable, "-m", "celery", "-A", "config", "worker", "--concurrency", "1", "--loglevel", "INFO"]


@pytest.fixture
def town(town_make: Callable[[int], Town], process_env: dict[str, str]) -> Iterator[Town]:
    broker = redis.Redis.from_url(process_env["CELERY_BROKER_URL"])
    broker.flushall()
    yield town_make(0)
    broker.flushall()


@pytest.fixture
def worker_start(tmp_path: Path, process_env: dict[str, str]) -> Iterator[Callable[[str], Child]]:
    started: list[Child] = []

    def start(name: str) -> Child:
        command = [*WORKER, "--hostname", f"{name}@here", "--without-gossip", "--without-mingle"]
        child = Child.start(tmp_path, name, command, env=process_env, cwd=ROOT)
        started.append(child)
        child.wait_until(lambda: " ready." in child.log.read_text("utf-8", "replace"), PATIENCE)
        return child

    yield start
    for child in started:
        child.stop()


def close(town: Town) -> Job:
    with entered(town.scope):
        month_close(actor=town.clerk, area=town.area, month=MONTH)
    with entered(town.scope):
        return Job.objects.get()


def until(true: Callable[[], bool], what: str) -> None:
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end, what
        time.sleep(0.1)


@contextmanager
def lines_locked() -> Iterator[None]:
    """Nobody can write a ledger line meanwhile, so a worker stands still in the middle of its work."""
    known = connections["owner"].settings_dict
    connection = psycopg2.connect(
        host=known["HOST"], port=known["PORT"], user=known["USER"], password=known["PASSWORD"], dbname=known["NAME"]
    )
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE ledgers_ledgerline IN EXCLUSIVE MODE")
        yield
    connection.rollback()
    connection.close()


def test_the_job_of_a_killed_worker_is_taken_up_again_and_done_once(
    town: Town, worker_start: Callable[[str], Child]
) -> None:
    first = worker_start("first")
    with lines_locked():
        job = close(town)
        until(lambda: now(job).state == "running", "no worker took the job")
        os.killpg(first.process.pid, signal.SIGKILL)
        first.process.wait()
    worker_start("second")
    assert sweep.run() == "0 jobs", "its lease has not run out"
    assert now(job).state == "running"
    time_passes(job)
    assert sweep.run() == "1 jobs"
    until(lambda: now(job).state == "done", "the job was not taken up again")
    assert now(job).attempts == 2
    with entered(town.scope):
        assert Ledger.objects.get().state == "signed"
        assert LedgerLine.objects.count() == 3


def test_what_the_broker_forgot_is_told_again(town: Town, worker_start: Callable[[str], Child], process_env) -> None:
    job = close(town)
    redis.Redis.from_url(process_env["CELERY_BROKER_URL"]).flushall()
    worker_start("worker")
    time.sleep(1)
    assert now(job).state == "queued", "nobody told the worker"
    time_passes(job)
    assert sweep.run() == "1 jobs"
    until(lambda: now(job).state == "done", "the sweeper did not tell the worker")
    assert now(job).attempts == 1


def test_a_close_holds_when_the_broker_is_gone(town: Town, process_env: dict[str, str]) -> None:
    """The person is answered at once, the job waits in the database."""
    script = (
        "from apps.accounts.models import User; from apps.accounts.access import Actor;"
        "from apps.accounts.selectors import positions; from apps.core.tenancy import entered;"
        "from apps.core.months import Month; from apps.ledgers.services import month_close;"
        f"user = User.objects.get(username={town.clerk.user.username!r});"
        "actor = Actor(user, positions(user)[0]);\n"
        "with entered(actor.scope):\n"
        f"    month_close(actor=actor, area={town.area!r}, month=Month(2026, 9))\n"
        "print('answered')"
    )
    env = {**process_env, "CELERY_BROKER_URL": f"redis://127.0.0.1:{free_port()}/0"}
    began = time.monotonic()
    done = subprocess.run(
        [sys.executable, "manage.py", "shell", "-v", "0", "-c", script],
        cwd=ROOT, env=env, capture_output=True, text=True, check=False, timeout=PATIENCE,
    )  # fmt: skip
    assert (done.returncode, done.stdout.strip()) == (0, "answered"), done.stderr[-2000:]
    assert time.monotonic() - began < 60
    with entered(Scope(area=town.area)):
        job = Job.objects.get()
        assert (job.state, Ledger.objects.get().state) == ("queued", "queued")
    time_passes(job)
    assert sweep.run() == "1 jobs"


def test_what_was_queued_while_the_broker_was_dead_is_done_soon_after_it_is_back(
    town_make: Callable[[int], Town], process_env: dict[str, str], tmp_path: Path
) -> None:
    """Worker and beat outlive their broker; the sweeper finds in the database what the broker never heard of."""
    broker = Valkey(tmp_path / "broker")
    server = broker.start()
    env = {**process_env, "CELERY_BROKER_URL": broker.url()}
    beat = [sys.executable, "-m", "celery", "-A", "config", "beat", "--loglevel", "INFO"]
    children = [
        Child.start(tmp_path, "worker", [*WORKER, "--hostname", "lasting@here"], env=env, cwd=ROOT),
        Child.start(tmp_path, "beat", [*beat, "--pidfile", ""], env=env, cwd=ROOT),
    ]
    try:
        children[0].wait_until(lambda: " ready." in children[0].log.read_text("utf-8", "replace"), PATIENCE)
        os.killpg(server.process.pid, signal.SIGKILL)
        server.process.wait()
        jobs = [close(town_make(number)) for number in range(5)]
        time.sleep(2)
        assert all(child.running() for child in children)
        folder = broker.slot / "valkey"
        server = Child.start(tmp_path, "valkey", [binary(), "valkey.conf"], env=os.environ, cwd=folder)
        began = time.monotonic()
        until(lambda: all(now(job).state == "done" for job in jobs), "jobs were left behind")
        assert time.monotonic() - began < 120
        assert {now(job).attempts for job in jobs} == {1}
    finally:
        for child in (*children, server):
            child.stop()
