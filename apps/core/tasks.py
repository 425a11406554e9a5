"""The base of every Celery task: the second of the two places that enter a scope."""

from __future__ import annotations

from typing import Any

from celery import Task

from apps.core.tenancy import Scope, entered


class AreaTask(Task):
    """A task that gets `area` as a keyword and runs inside that area, in one transaction.

    Refuses a call without an area (TypeError) and a malformed one (ValueError): no scope, no rows.
    """

    abstract = True

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        if args or "area" not in kwargs:
            raise TypeError(f"{self.name} takes area and other values by keyword")
        with entered(Scope(area=kwargs["area"])):
            return super().__call__(**kwargs)
