"""Which paper of a ledger exists, whether it still shows the ledger as it is, and who is printing it."""

from __future__ import annotations

import hashlib

from apps.ledgers.models import Job, Ledger, LedgerStep
from apps.reports.models import Document

PDF = "pdf"


def stamp_of(ledger: Ledger) -> str:
    """A digest of all that a paper shows of a ledger: its content, its state, the acts on it.  One query."""
    acts = LedgerStep.objects.filter(ledger=ledger).order_by("id").values_list("id", flat=True)
    text = f"{ledger.pk}|{ledger.hash}|{ledger.state}|{','.join(map(str, acts))}"
    return hashlib.sha256(text.encode()).hexdigest()


def document_of(ledger: Ledger) -> Document | None:
    """The newest paper of a ledger, without its bytes; None before the first."""
    return Document.objects.filter(ledger=ledger).defer("content").first()


def is_current(document: Document | None, ledger: Ledger) -> bool:
    """Does the paper show the ledger as it is now?"""
    return document is not None and document.stamp == stamp_of(ledger)


def printing_job(ledger: Ledger) -> Job | None:
    """The newest job that prints this ledger, done or not; None when there never was one."""
    return Job.objects.filter(kind=PDF, subject=ledger.pk).first()
