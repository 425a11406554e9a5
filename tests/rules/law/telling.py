"""What many tests of the law ask alike: findings and verdicts as they are told, whom a rule binds, members by roles."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from apps.core.findings import Finding
from apps.rules.language.actors import Actor
from apps.rules.language.conditions import Facts
from apps.rules.language.eligibility import verdict
from apps.rules.language.on_duty import Member
from apps.rules.language.selectors import Case

Told = list[tuple[str, str, str | None]]
POSTED = ("leader", "first_secretary", "member")


def tell(findings: Iterable[Finding]) -> Told:
    """(code, severity, clause) of each finding, in order."""
    return [(found.code, found.severity, found.clause) for found in findings]


def judged(demand: Any, facts: Facts, ground: str | None = None) -> tuple[str, Told]:
    """The state of a verdict and what it says."""
    found = verdict(demand, facts, ground)
    return found.state, tell(found.findings)


def bound(rule: Any, roles: Sequence[str] = (*POSTED, "pairing_cadre")) -> list[str]:
    """Those of the roles that the rule is made of."""
    return [role for role in roles if rule.applies.matches(Case(roles=frozenset({role})))]


def people(*roles: str) -> list[Member]:
    """One member for each, roles held together joined by `+`."""
    return [Member(f"{place}", frozenset(held.split("+"))) for place, held in enumerate(roles)]


def offices(actors: Iterable[Actor]) -> set[str | None]:
    """The offices that are named, nobody's relation among them."""
    return {actor.office for actor in actors}
