"""Real workers beside the benchmark: ledgers are compiled and printed by jobs, as in the product."""

from __future__ import annotations

import subprocess
import time
from contextlib import AbstractContextManager, closing

from apps.core.months import Month
from apps.core.tenancy import NATION, Scope, entered
from apps.ledgers.services.jobs import job_queue
from bench.ground import owner, program, sql

LOG = "var/bench-worker.log"
SECONDS = 600
_QUEUED = "SELECT DISTINCT left(area, 5) FROM ledgers_ledger WHERE month = %s AND state = 'queued' ORDER BY 1"


def workers(processes: int) -> AbstractContextManager[subprocess.Popen[bytes]]:
    """A worker with so many processes while the block lasts."""
    options = ("-c", str(processes), "-l", "WARNING", "--without-gossip", "--without-mingle")
    return program("celery", "-A", "config", "worker", *options, log=LOG)


def compiled(month: Month) -> None:
    """Queue a job per city with queued ledgers of the month and wait until the last ledger is drafted."""
    cities = [area for (area,) in sql(_QUEUED, month.first)]
    with entered(Scope(area=NATION)):
        for city in cities:
            job_queue(area=city, kind="ledgers", by="测速", month=month.first)
    _wait()


def printed(ledger: int, area: str) -> None:
    """Queue the printing of a ledger and wait for its paper."""
    with entered(Scope(area=NATION)):
        job_queue(area=area, kind="pdf", by="测速", subject=ledger)
    _wait()


def _wait() -> None:
    """Look every 20 ms, on one connection: opening one each time would take the workers' processor."""
    until = time.monotonic() + SECONDS
    connection = owner()
    with closing(connection), connection.cursor() as cursor:
        while True:
            cursor.execute("SELECT DISTINCT state FROM ledgers_job WHERE state <> 'done'")
            states = {state for (state,) in cursor.fetchall()}
            if not states:
                return
            if "failed" in states or time.monotonic() > until:
                raise RuntimeError(f"jobs did not finish; see {LOG}")
            time.sleep(0.02)
