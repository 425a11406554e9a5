"""One proposal where two packs propose the same: a county's ladder stands beside the nation's, a person is talked to once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from apps.rules.language.parts import severity_of
from apps.rules.language.proposals import Proposal

# Where an effect comes from, how binding it is and when it holds: not what it is.
_NOT_WHAT = {"clause", "see", "preset", "note", "modality", "start", "length", "unless", "judged", "by"}
_GRAVITY = ("notice", "warn", "block")


def merged(found: Iterable[Proposal]) -> tuple[Proposal, ...]:
    """The proposals of one event, those of the same effect on the same person made one, in the order in which they come.

    The stricter stands: one that is not exempt before one that is, then the more binding, then one for which nothing is
    left to be judged, then the one that lasts longer; the clauses of the others are in its `also`.  Alternatives to choose from, and what falls on somebody
    who is not known yet, stay as they are.
    """
    held: dict[tuple[Any, ...], Proposal] = {}
    for place, one in enumerate(found):
        same = one.who is not None and one.choice is None
        key = (one.who, one.effect.model_dump_json(exclude=_NOT_WHAT, exclude_none=True)) if same else (place,)
        held[key] = _stricter(held[key], one) if key in held else one
    return tuple(held.values())


def _stricter(one: Proposal, other: Proposal) -> Proposal:
    stands, falls = (other, one) if _weight(other) > _weight(one) else (one, other)
    clauses = (*stands.also, *([falls.clause] if falls.clause else ()), *falls.also)
    return replace(stands, also=tuple(dict.fromkeys(clause for clause in clauses if clause != stands.clause)))


def _weight(one: Proposal) -> tuple[bool, int, bool, date]:
    """An effect without a length has no end; one whose length is known but not its first day weighs least."""
    last = one.last or (date.max if one.effect.length is None else date.min)
    return one.exempt is None, _GRAVITY.index(severity_of(one.modality)), not one.effect.judged, last
