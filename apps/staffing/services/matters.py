"""What a matter adds to the steps of its cases: what must hold before a step passes, and what follows from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from apps.accounts.access import Actor
from apps.staffing.models import Case
from apps.staffing.selectors.run import Run
from apps.staffing.services.acts import Deed
from apps.staffing.services.selection import selection_check, selection_follow


class Check(Protocol):
    """Refused where a deed may not be done; `after` is the run with it."""

    def __call__(self, actor: Actor, run: Run, deed: Deed, after: Run, /) -> None: ...


class Follow(Protocol):
    """What follows from a deed that is done; the case has its new state."""

    def __call__(self, actor: Actor, case: Case, deed: Deed, /) -> None: ...


def _nothing(*_: object) -> None:
    return None


@dataclass(frozen=True)
class Matter:
    """What a matter asks before a step, and what follows from it."""

    check: Check = _nothing
    follow: Follow = _nothing


# A matter that is not here adds nothing.
MATTERS: dict[str, Matter] = {"selection": Matter(selection_check, selection_follow)}


def matter_of(matter: str) -> Matter:
    """What a matter adds; nothing for one that adds nothing."""
    return MATTERS.get(matter, Matter())
