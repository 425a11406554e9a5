"""Asking for a ledger's PDF and keeping it."""

from __future__ import annotations

import hashlib

from django.db import transaction
from django.utils import timezone

from apps.accounts.access import Actor, require
from apps.core.errors import Conflict, NotFound
from apps.core.months import Month
from apps.ledgers.models import JobState, Ledger, LedgerState
from apps.ledgers.services import job_queue
from apps.reports.models import Document
from apps.reports.selectors.documents import PDF, document_of, is_current, printing_job


@transaction.atomic
def document_queue(*, actor: Actor, ledger: int) -> Ledger:
    """Have a ledger printed.  Nothing is queued while a paper of just this state exists or is being made, so asking
    twice prints once.  NotFound out of scope, Forbidden without the right, Conflict before the ledger is compiled."""
    found = Ledger.objects.select_for_update().filter(pk=ledger).first()
    if found is None:
        raise NotFound
    require(actor, "ledger.download", found.area)
    if found.state == LedgerState.QUEUED:
        raise Conflict("台账还没有编成，请稍后再生成 PDF。")
    job = printing_job(found)
    under_way = job is not None and job.state in (JobState.QUEUED, JobState.RUNNING)
    if not under_way and not is_current(document_of(found), found):
        job_queue(area=found.area, kind=PDF, by=actor.name, subject=found.pk)
    return found


@transaction.atomic
def document_store(*, ledger: Ledger, stamp: str, content: bytes, by: str) -> Document:
    """Keep a printed ledger in place of the paper before.  `stamp` is what the ledger was when it was printed."""
    values = {
        "area": ledger.area,
        "name": f"{ledger.name}{Month.of(ledger.month).label}台账第{ledger.version}版.pdf",
        "content": content,
        "hash": hashlib.sha256(content).hexdigest(),
        "stamp": stamp,
        "made_at": timezone.now(),
        "by": by,
    }
    document, _ = Document.objects.update_or_create(ledger=ledger, defaults=values)
    return document
