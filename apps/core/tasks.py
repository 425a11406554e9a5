"""The base of every Celery task: the second of the two places that enter a scope."""

from __future__ import annotations

from contextlib import AbstractContextManager

from celery import Task

from apps.core.tenancy import Scope, entered


class AreaTask(Task):
    """A task that gets its `area` as a keyword and works inside it, one transaction per `within`."""

    abstract = True

    def within(self, area: str) -> AbstractContextManager[Scope]:
        """A transaction in which only the rows of `area` exist.  ValueError on a malformed area: no scope, no rows."""
        return entered(Scope(area=area))
