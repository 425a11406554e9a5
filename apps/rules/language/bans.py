"""Bans that run: what a decided effect forbids meanwhile."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from apps.core.findings import Finding
from apps.rules.language.effects import Ban
from apps.rules.language.parts import severity_of
from apps.rules.language.proposals import Proposal


def barred(decided: Iterable[Proposal], what: str, on: date) -> list[Finding]:
    """What stands on a day against a promotion, a title, … (a word of `Ban.what`) of somebody against whom these
    proposals were decided: one finding for each ban that runs.  A ban without a last day runs on."""
    found = []
    for one in decided:
        if not isinstance(one.effect, Ban) or what not in one.effect.what or one.exempt:
            continue
        if one.first is None or on < one.first or (one.last is not None and on > one.last):
            continue
        message = f"{one.text}：自 {one.first} 起" + (f"，到 {one.last} 为止。" if one.last else "。")
        inputs = {"what": what, "first": one.first.isoformat(), "last": one.last.isoformat() if one.last else None}
        found.append(Finding("barred", severity_of(one.modality), message, one.clause, inputs=inputs))
    return found
