"""Doing things at the same moment: every act in a thread and a connection of its own, let go together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from django.db import connection

from apps.core.errors import ApplicationError
from apps.core.tenancy import Scope, entered

Act = Callable[[], Any]


def together(scope: Scope, acts: Sequence[Act]) -> list[Any]:
    """What each act returned, or the ApplicationError with which it was refused, in order.

    Each runs in a transaction of its own inside `scope`; any other error comes through.
    """
    barrier = Barrier(len(acts))

    def run(act: Act) -> Any:
        try:
            connection.ensure_connection()
            barrier.wait(timeout=30)
            with entered(scope):
                return act()
        except ApplicationError as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))
