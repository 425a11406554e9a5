"""Which confirmations a step of a selection asks of the body that does it."""

from __future__ import annotations

from apps.rules.language.procedures import acts_of
from apps.staffing.selectors.asked import Demands
from apps.staffing.selectors.run import Run


def gates_at(run: Run, demands: Demands, key: str, body: str) -> tuple[str, ...]:
    """The words that the body confirms with the step: those that the rules ask of it and not of the unit that sends.

    Where steps of the procedure ask for a paper, with such a step; where none does, with a step that judges.
    """
    steps = acts_of(run.procedure.steps)
    papers = any(step.record for step in steps)
    asks = bool(run.step(key).record) if papers else run.judges(key)
    if not asks:
        return ()
    return tuple(each.word for each in demands.confirmations if not each.by_unit and body in each.bodies)
