"""The base of every Celery task: the second of the two places that enter a scope."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pghistory
from celery import Task

from apps.core.tenancy import Scope, entered


class AreaTask(Task):
    """A task that gets its `area` as a keyword and works inside it, one transaction per `within`."""

    abstract = True

    @contextmanager
    def within(self, area: str) -> Iterator[Scope]:
        """A transaction in which only the rows of `area` exist, with the task's name beside every event of history.

        ValueError on a malformed area: no scope, no rows.
        """
        with pghistory.context(task=self.name), entered(Scope(area=area)) as scope:
            yield scope
