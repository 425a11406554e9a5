"""A procedure as it is kept with what goes through it, and its steps in the words of a page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from apps.jurisdictions.law import bodies_of
from apps.rules.language.layers import InForce
from apps.rules.language.procedures import Procedure, Step
from apps.rules.pack import Pack
from apps.rules.said import Names, body_text


@dataclass(frozen=True)
class PlannedStep:
    """One act of the way: what is done, by whom, in the words of the page."""

    label: str
    by: str
    clause: str | None


def frozen(held: InForce[Procedure], packs: Sequence[Pack]) -> dict[str, Any]:
    """A procedure as it is kept with a request: itself, its pack and version, what the packs' bodies are called."""
    return {
        "key": held.key,
        "label": held.rule.label,
        "clause": held.rule.clause,
        "pack": held.pack,
        "version": held.version,
        "bodies": bodies_of(packs),
        "procedure": held.rule.model_dump(mode="json", exclude_unset=True),
    }


def names_in(kept: Mapping[str, Any] | None) -> Names:
    """What the bodies of a frozen procedure are called."""
    return Names(bodies=(kept or {}).get("bodies", {}))


def planned_step(step: Step, procedure: Procedure, names: Names) -> PlannedStep:
    """A step of a procedure in the words of a page."""
    by = "或".join(body_text(actor.office, actor.relation, actor.of, names) for actor in step.by)
    return PlannedStep(step.words, by, step.clause or procedure.clause)
