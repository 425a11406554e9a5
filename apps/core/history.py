"""History by trigger: what a row was before each change, with who and why in the event's context.

A row keeps its own author; the event keeps what was replaced.  Triggers see bulk writes and raw SQL.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pghistory


def tracked() -> Callable[[type[Any]], type[Any]]:
    """Class decorator: keep the old row on every update and delete, one statement-level trigger each."""
    return pghistory.track(
        pghistory.UpdateEvent("replaced", row=pghistory.Old),
        pghistory.DeleteEvent("removed", row=pghistory.Old),
        level=pghistory.Statement,
        append_only=True,
    )
