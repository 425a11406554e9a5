"""The programs of the product as children of the test run: web server and worker, on the test database and broker."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from devtools.places import ROOT
from devtools.processes import Child, answers, free_port

PATIENCE = 90.0  # seconds until both must be ready, on a busy machine


def programs_start(folder: Path, env: Mapping[str, str]) -> tuple[Child, Child, str]:
    """Web server and worker, both ready, and the site's address."""
    port = free_port()
    web, worker = _web(folder, env, port), _worker(folder, env)
    web.wait_until(lambda: answers(port), PATIENCE)
    worker.wait_until(lambda: " ready." in worker.log.read_text(encoding="utf-8", errors="replace"), PATIENCE)
    return web, worker, f"http://127.0.0.1:{port}"


def _web(folder: Path, env: Mapping[str, str], port: int) -> Child:
    command = [sys.executable, "-m", "gunicorn", "config.wsgi:application", "--bind", f"127.0.0.1:{port}"]
    command += ["--workers", "1", "--threads", "8", "--no-control-socket"]
    return Child.start(folder, "web", command, env=env, cwd=ROOT)


def _worker(folder: Path, env: Mapping[str, str]) -> Child:
    command = [sys.executable, "-m", "celery", "-A", "config", "worker", "--loglevel", "INFO", "--concurrency", "1"]
    command += ["--without-gossip", "--without-mingle"]
    named = {**env, "APPLICATION_NAME": "worker"}
    return Child.start(folder, "worker", command, env=named, cwd=ROOT, orphan=signal.SIGQUIT)


@contextmanager
def held_up(worker: Child) -> Iterator[None]:
    """The worker sleeps meanwhile, so that what a person sees while waiting can be looked at."""
    os.kill(worker.process.pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(worker.process.pid, signal.SIGCONT)
