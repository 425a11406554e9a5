"""Which paper of a thing exists, whether it still shows it as it is, and who is printing it."""

from __future__ import annotations

from apps.ledgers.models import Job
from apps.reports.models import Document
from apps.reports.selectors.subjects import Subject


def document_of(subject: Subject) -> Document | None:
    """The newest paper of a thing, without its bytes; None before the first."""
    return Document.objects.filter(kind=subject.kind, subject=subject.pk).defer("content").first()


def is_current(document: Document | None, subject: Subject) -> bool:
    """Does the paper show the thing as it is now?"""
    return document is not None and document.stamp == subject.stamp


def printing_job(subject: Subject) -> Job | None:
    """The newest job that prints it, done or not; None when there never was one."""
    return Job.objects.filter(kind=subject.job, subject=subject.pk).first()
