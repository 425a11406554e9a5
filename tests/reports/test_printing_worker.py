"""A ledger's PDF with a real broker and a real worker: asked for, made elsewhere, found in the database."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import pytest
import time_machine

from apps.core.months import Month
from apps.core.tenancy import NATION, Scope, entered
from apps.ledgers.models import Job, Ledger
from apps.reports.models import Document
from apps.reports.services import document_queue
from devtools.places import ROOT
from devtools.processes import Child
from tests.factories import actor_of, posting_of, team_of
from tests.reports.months import closed

TOWNSHIP = "C621121100"
PATIENCE = 120  # seconds; the machine may be busy


@pytest.fixture
def ledger(committed_db: None) -> Ledger:
    with time_machine.travel("2026-09-03 09:00+08:00", tick=False), entered(Scope(area=NATION)):
        posting_of(team_of(f"{TOWNSHIP}201", "中林村"), "王建国")
        return closed(TOWNSHIP, Month(2026, 7))


def test_a_worker_prints_what_was_asked_for(ledger: Ledger, process_env: dict[str, str], tmp_path: Path) -> None:
    pytest.importorskip("weasyprint", exc_type=OSError)
    command = [sys.executable, "-m", "celery", "-A", "config", "worker", "--concurrency", "1"]
    worker = Child.start(
        tmp_path, "worker", [*command, "--without-gossip", "--without-mingle"], env=process_env, cwd=ROOT
    )
    try:
        with entered(Scope(area=NATION)):
            document_queue(actor=actor_of("township_clerk", TOWNSHIP, "张文书"), kind="ledger", subject=ledger.pk)
        job = _finished(ledger)
        assert job.state == "done", f"{job.message}\n{worker.log.read_text(encoding='utf-8', errors='replace')[-3000:]}"
    finally:
        worker.stop()
    assert (job.attempts, job.done, job.message.startswith("PDF 已生成")) == (1, 1, True)
    with entered(Scope(area=TOWNSHIP)):
        document = Document.objects.get(kind="ledger", subject=ledger.pk)
    assert bytes(document.content).startswith(b"%PDF-")
    assert document.by == "张文书"


def _finished(ledger: Ledger) -> Job:
    end = time.monotonic() + PATIENCE
    while True:
        with entered(Scope(area=TOWNSHIP)):
            job = Job.objects.get(kind="pdf", subject=ledger.pk)
        if job.state in ("done", "failed") or time.monotonic() > end:
            return job
        time.sleep(0.2)
