"""Acting on one's own: a person, a unit or a team member may do something to a row that his narrow scope only shows.

The third place that enters a scope, beside the middleware and the tasks: a narrow scope (a person, a unit) reads and
never writes, so what it may do goes through here, for one row that it has shown before, and no further than that row's
village.  Source: docs/decisions.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from apps.accounts.access import Actor
from apps.core.errors import NotFound
from apps.core.tenancy import Scope, TenantModel, area_contains, entered


@contextmanager
def reaching(actor: Actor, row: TenantModel) -> Iterator[None]:
    """The area of a row, entered while the block runs.

    The row must have been read in the actor's own scope: NotFound for one that his scope does not show.
    """
    if actor.scope.area is not None:
        if not area_contains(actor.scope.area, row.area):
            raise NotFound
        yield
        return
    if not type(row).objects.filter(pk=row.pk).exists():
        raise NotFound
    with entered(Scope(area=row.area)):
        yield
