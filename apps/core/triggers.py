"""What the database itself refuses, said once for the models that ask for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pgtrigger


def moves(transitions: Mapping[str, frozenset[str]]) -> list[tuple[str, str]]:
    """The moves of a state machine {state: states after it}, as a trigger wants them."""
    return [(before, after) for before, targets in transitions.items() for after in sorted(targets)]


def changed(columns: Sequence[str], *when: str) -> pgtrigger.Condition:
    """Any of some columns takes another value, and all of `when` holds."""
    other = " OR ".join(f'OLD."{column}" IS DISTINCT FROM NEW."{column}"' for column in columns)
    return pgtrigger.Condition(f"({' AND '.join((f'({other})', *when))})")
