"""Where members come from, in the words of the rules: what is offered, what is there, and who lacks it.

The words are the vocabulary of the key `member_sources` (see docs/rule-packs.md); it applies to the roles that need one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from apps.core.findings import Finding
from apps.jurisdictions.selectors import law_of
from apps.rules.language.conditions import Facts
from apps.rules.language.eligibility import verdict
from apps.rules.language.selectors import Case
from apps.rules.language.vocabularies import Vocabulary
from apps.teams.posts import Holder

SOURCES = "member_sources"


@dataclass(frozen=True, slots=True)
class Sources:
    """The members in a village by where they come from; `missing` are those who need a source and have none."""

    label: str
    clause: str
    counts: list[tuple[str, int]]
    missing: list[str]
    findings: list[tuple[str, Finding]]


def member_sources(area: str, day: date) -> Vocabulary | None:
    """The words that the rules offer; None where they list none or no pack covers the area."""
    try:
        held = law_of(area, "vocabularies", day).get(SOURCES)
    except LookupError:
        return None
    return held.rule if held is not None else None


def sources_of(area: str, present: Iterable[Holder], classes: frozenset[str], day: date) -> Sources | None:
    """The members in post by source, and what the rules on sources say of each; None where the rules list no words."""
    offered = member_sources(area, day)
    if offered is None:
        return None
    asked = [
        each for each in present if offered.applies.matches(Case(roles=each.roles, village_classes=classes, day=day))
    ]
    held = Counter(each.source for each in asked if each.source)
    listed = [word.word for word in offered.words]
    return Sources(
        label=offered.label,
        clause=offered.clause or "",
        counts=[(word, held[word]) for word in (*listed, *sorted(set(held) - set(listed)))],
        missing=[each.name for each in asked if not each.source],
        findings=_judged(area, asked, classes, day),
    )


def _judged(area: str, asked: Iterable[Holder], classes: frozenset[str], day: date) -> list[tuple[str, Finding]]:
    """What the rules that name sources say of those who have one."""
    rules = [
        held.rule
        for held in law_of(area, "eligibility", day).values()
        if held.rule.of == "person" and held.rule.requires and held.rule.requires.fact == "statuses"
    ]
    return [
        (each.name, finding)
        for each in asked
        for rule in rules
        if each.source and rule.applies.matches(Case(roles=each.roles, village_classes=classes, day=day))
        for finding in verdict(rule, Facts(day, {"statuses": frozenset({each.source}), "roles": each.roles})).findings
        if finding.code == "not_eligible"
    ]
