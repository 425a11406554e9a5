"""Asking for a PDF and keeping it."""

from __future__ import annotations

import hashlib

from django.db import transaction
from django.utils import timezone

from apps.accounts.access import Actor, require
from apps.core.errors import Conflict
from apps.core.sql import fetch
from apps.ledgers.models import JobState
from apps.ledgers.services import job_queue
from apps.reports.models import Document
from apps.reports.selectors.documents import document_of, is_current, printing_job
from apps.reports.selectors.subjects import Subject, subject_of


@transaction.atomic
def document_queue(*, actor: Actor, kind: str, subject: int) -> Subject:
    """Have a thing printed.  Nothing is queued while a paper of just this state exists or is being made, so asking
    twice prints once.  NotFound out of scope, Forbidden without the right, Conflict while it cannot be printed."""
    require(actor, (found := subject_of(kind, subject)).action, found.area)
    if found.unready:
        raise Conflict(found.unready)
    fetch("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"{kind}:{subject}"])
    job = printing_job(found)
    under_way = job is not None and job.state in (JobState.QUEUED, JobState.RUNNING)
    if not under_way and not is_current(document_of(found), found):
        job_queue(area=found.area, kind=found.job, by=actor.name, subject=found.pk)
    return found


@transaction.atomic
def document_store(*, subject: Subject, content: bytes, by: str) -> Document:
    """Keep a printed paper in place of the one before.  `subject` is what was printed, as it was then."""
    values = {
        "area": subject.area,
        "name": subject.file,
        "content": content,
        "hash": hashlib.sha256(content).hexdigest(),
        "stamp": subject.stamp,
        "made_at": timezone.now(),
        "by": by,
    }
    document, _ = Document.objects.update_or_create(kind=subject.kind, subject=subject.pk, defaults=values)
    return document
