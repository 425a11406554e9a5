"""Writes of reports."""

from apps.reports.services.documents import document_queue, document_store

__all__ = ["document_queue", "document_store"]
