"""Ladders: from a count, a score or a grade to the effects that are due.

A rung is reached while its bounds hold the number (or its `grades` name the grade).  `cumulative`: every reached rung
gives its effects; `highest`: only the last of them, so rungs stand from the mildest to the gravest.  Several ladders
may climb on the same thing, each for its own subject: `climbing` finds them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from fractions import Fraction
from itertools import pairwise
from typing import Literal, NamedTuple

from pydantic import Field, StrictBool

from apps.rules.exact import exact
from apps.rules.language.bands import Bounds, band_faults
from apps.rules.language.effects import AllowanceWithheld, Base, Effect, ScoreChange, Suspension
from apps.rules.language.parts import Fault, Part, part_faults
from apps.rules.language.proposals import Occasion, Proposal, effect_faults, proposal
from apps.rules.language.rule import Rule
from apps.rules.language.vocabularies import Key, Vocabulary
from apps.rules.language.working import Exact
from apps.rules.problems import Place, suggestion
from apps.rules.vocabulary import Modality


class Rung(Bounds, Part):
    """One step.  `choose: one` leaves it to the person who decides which of the effects it is.  `modality` where this
    step's differs from the ladder's (“视情况”: may)."""

    modality: Modality | None = None
    grades: tuple[str, ...] = ()
    effects: tuple[Effect, ...] = Field(min_length=1)
    choose: Literal["all", "one"] = "all"

    def reached(self, at: Exact | str) -> bool:
        """Whether a number lies in its bounds, or a word is one of its grades."""
        if isinstance(at, str):
            return at in self.grades
        return not self.grades and self.holds(exact(at))


class Ladder(Rule):
    """`climbs` is the key of the counter, formula, account or vocabulary whose number or grade leads up it.

    `repeats`: once on the last rung, every further step of the count makes its effects due again.
    """

    climbs: Key
    mode: Literal["cumulative", "highest"] = "cumulative"
    repeats: StrictBool = False
    rungs: tuple[Rung, ...] = Field(min_length=1)


class DueEffect(NamedTuple):
    """An effect that is due: on which rung (from 0) it stands, and whether others of the rung are alternatives."""

    rung: int
    effect: Base
    choose: str


def effects_of(ladder: Ladder, at: Exact | str, before: Exact | str | None = None) -> tuple[DueEffect, ...]:
    """The effects due at a number or grade; with `before`, only those that were not due at that earlier one.

    With `before` and `repeats`, the last rung's effects are due again when the number has gone further up.
    """
    now, earlier = _reached(ladder, at), () if before is None else _reached(ladder, before)
    new = [place for place in now if place not in earlier]
    if not new and before is not None and ladder.repeats and _further(ladder, at, before):
        new = [len(ladder.rungs) - 1]
    return tuple(
        DueEffect(place, effect, ladder.rungs[place].choose) for place in new for effect in ladder.rungs[place].effects
    )


def proposals(
    ladder: Ladder, at: Exact | str, occasion: Occasion, before: Exact | str | None = None
) -> tuple[Proposal, ...]:
    """What is proposed for a case; alternatives of one rung share a `choice`."""
    found = []
    for due in effects_of(ladder, at, before):
        rung = ladder.rungs[due.rung]
        choice = f"{ladder.climbs}:{due.rung}" if due.choose == "one" else None
        found.append(proposal(due.effect, ladder, occasion, clause=rung.clause, modality=rung.modality, choice=choice))
    return tuple(found)


def climbing(ladders: Mapping[str, Ladder], source: str) -> dict[str, Ladder]:
    """The ladders that climb on the same thing, by key."""
    return {key: ladder for key, ladder in ladders.items() if ladder.climbs == source}


def faults(
    ladders: Mapping[str, Ladder],
    *,
    sources: Collection[str],
    scores: Collection[str] = (),
    vocabularies: Mapping[str, Vocabulary] | None = None,
    allowances: Collection[str] | None = None,
    reasons: Collection[str] | None = None,
) -> Iterator[Fault]:
    """Faults of a pack's ladders.

    `sources` are the keys of its counters, formulas, accounts and vocabularies; `scores` those of them that a
    change of score may name; `allowances` the keys of its entitlements and `reasons` those that exempt
    (None: not checked).
    """
    words = vocabularies or {}
    for key, ladder in ladders.items():
        if ladder.climbs not in sources:
            yield (
                (key, "climbs"),
                f"没有叫“{ladder.climbs}”的计数、公式、分数账户或词表。",
                suggestion(ladder.climbs, sources),
            )
        yield from _rungs(key, ladder, words.get(ladder.climbs))
        yield from part_faults(ladder, (key,))
        for path, effect in _effects(key, ladder):
            yield from effect_faults(effect, path, words)
            for index, reason in enumerate(effect.unless):
                if reasons is not None and reason not in reasons:
                    message = f"免除的事由里没有“{reason}”。"
                    yield (*path, "unless", index), message, suggestion(reason, reasons)
            if isinstance(effect, ScoreChange) and effect.score not in scores:
                message = f"没有叫“{effect.score}”的分数。"
                yield (*path, "score"), message, suggestion(effect.score, scores)
            if isinstance(effect, AllowanceWithheld) and allowances is not None:
                yield from _allowance(path, effect.allowance, allowances)
            if isinstance(effect, Suspension) and effect.if_failed is not None and effect.if_failed not in ladders:
                message = f"没有叫“{effect.if_failed}”的阶梯。"
                yield (*path, "if_failed"), message, suggestion(effect.if_failed, ladders)


def _allowance(path: Place, allowance: str | None, allowances: Collection[str]) -> Iterator[Fault]:
    if allowance is not None and allowance not in allowances:
        yield (*path, "allowance"), f"没有叫“{allowance}”的待遇。", suggestion(allowance, allowances)


def _reached(ladder: Ladder, at: Exact | str) -> tuple[int, ...]:
    places = tuple(place for place, rung in enumerate(ladder.rungs) if rung.reached(at))
    return places if ladder.mode == "cumulative" else places[-1:]


def _further(ladder: Ladder, at: Exact | str, before: Exact | str) -> bool:
    if isinstance(at, str) or isinstance(before, str):
        return False
    last = ladder.rungs[-1]
    rose = exact(at) > exact(before) if last.lower is not None else exact(at) < exact(before)
    return rose and last.reached(at)


def _effects(key: str, ladder: Ladder) -> Iterator[tuple[Place, Base]]:
    for place, rung in enumerate(ladder.rungs):
        for index, effect in enumerate(rung.effects):
            yield (key, "rungs", place, "effects", index), effect


def _rungs(key: str, ladder: Ladder, vocabulary: Vocabulary | None) -> Iterator[Fault]:
    for place, rung in enumerate(ladder.rungs):
        path: Place = (key, "rungs", place)
        if rung.choose == "one" and len(rung.effects) == 1:
            yield (*path, "choose"), "只有一项，没有什么可选。", "请删去 choose，或补上其他选项。"
        if bool(rung.grades) == (rung.lower is not None or rung.upper is not None):
            yield path, "一级要写数的界限，或写等次 grades，不能都写也不能都不写。", "如 at_least: 2。"
        for index, grade in enumerate(rung.grades):
            if vocabulary is not None and vocabulary.found(grade) is None:
                words = [word.word for word in vocabulary.words]
                yield (*path, "grades", index), f"“{vocabulary.label}”里没有“{grade}”。", suggestion(grade, words)
    bounded = [(place, rung) for place, rung in enumerate(ladder.rungs) if rung.lower or rung.upper]
    yield from _order(key, ladder, bounded)


def _order(key: str, ladder: Ladder, rungs: list[tuple[int, Rung]]) -> Iterator[Fault]:
    """Rungs with one end each climb strictly (a choice may stand beside what is due anyway); rungs with both ends leave neither gap nor overlap."""
    lower = all(rung.lower is not None and rung.upper is None for _, rung in rungs)
    upper = all(rung.upper is not None and rung.lower is None for _, rung in rungs)
    if not lower and not upper:
        falling = ladder.mode == "highest" and _falls([rung for _, rung in rungs])
        bands = rungs[::-1] if falling else rungs
        for index, message, instead in band_faults([rung for _, rung in bands]):
            yield (key, "rungs", bands[index][0]), message, instead
        return
    for (_, before), (place, rung) in pairwise(rungs):
        together = ladder.mode == "cumulative" and rung.choose != before.choose
        if _gravity(rung) < _gravity(before) or (_gravity(rung) == _gravity(before) and not together):
            instead = "请从轻到重排列，各级的数不要相同。"
            yield (key, "rungs", place), f"这一级（{rung.words}）不在上一级（{before.words}）之上。", instead


def _gravity(rung: Rung) -> tuple[Fraction, bool]:
    """How far a rung with one end lies from the start: up with a lower end, down with an upper one."""
    if rung.lower is not None:
        return rung.lower.at_exact, not rung.lower.included
    return (-rung.upper.at_exact, not rung.upper.included) if rung.upper is not None else (Fraction(0), False)


def _falls(rungs: list[Rung]) -> bool:
    """Whether bands are written from the highest number to the lowest."""
    first, last = rungs[0].lower, rungs[-1].lower
    return first is not None and (last is None or first.at > last.at)
