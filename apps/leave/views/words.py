"""Words of the pages."""

from __future__ import annotations

from apps.leave.selectors.run import RETURNING
from apps.leave.selectors.standing import Standing
from apps.rules.language.procedures import ACT_WORDS, acts_of
from apps.rules.language.proceeding import Open


def act_words(standing: Standing, entry: Open) -> dict[str, str]:
    """The word on the button of a step, and what it is about."""
    run = standing.run
    steps = acts_of(run.procedure.steps) if run else ()
    verb = next((step.verb for step in steps if step.key == entry.key), None)
    about = "销假" if run and run.matter == RETURNING else "请假"
    return {"word": ACT_WORDS.get(verb or "", entry.label), "about": about}
