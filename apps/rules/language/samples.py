"""Samples with groups: how many to draw from each, a draw that anybody can repeat, and what a drawn sample lacks."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Mapping
from fractions import Fraction

from apps.core.findings import Finding
from apps.rules.language.duties import Duty, Sample, Strata
from apps.rules.language.fulfilment import share_due
from apps.rules.language.parts import clause_of, severity_of


def group_floor(strata: Strata, size: int) -> int:
    """How many of a group of that size must be in the sample; never more than there are."""
    if strata.each is not None:
        return min(strata.each, size)
    share = Fraction(strata.each_percent or 0) * size / 100
    return -(-share.numerator // share.denominator)


def allotment(sample: Sample, sizes: Mapping[str, int]) -> dict[str, int]:
    """How many to draw from each group: first every group's floor, then the rest by size (largest remainder; of equal
    remainders the group that stands first).  The sum is the sample's number, or more where the floors ask for more."""
    total = sum(sizes.values())
    floors = {name: group_floor(sample.strata, size) if sample.strata else 0 for name, size in sizes.items()}
    rest = share_due(sample, total) - sum(floors.values())
    room = {name: size - floors[name] for name, size in sizes.items()}
    if rest <= 0 or not sum(room.values()):
        return floors
    shares = {name: Fraction(rest * free, sum(room.values())) for name, free in room.items()}
    taken = {name: share.numerator // share.denominator for name, share in shares.items()}
    left = rest - sum(taken.values())
    for name in sorted(shares, key=lambda each: taken[each] - shares[each])[:left]:
        taken[name] += 1
    return {name: floors[name] + taken[name] for name in sizes}


def draw(sample: Sample, population: Mapping[str, str], seed: str) -> tuple[str, ...]:
    """A sample of a population (`name: group`), the same for the same seed: in each group those whose hashes come first.

    The seed is written down with the round (its date and number, say), so that everybody can draw it again.
    """
    wanted = allotment(sample, Counter(population.values()))
    order = sorted(population, key=lambda name: hashlib.sha256(f"{seed}\n{name}".encode()).digest())
    taken: Counter[str] = Counter()
    found = []
    for name in order:
        group = population[name]
        if taken[group] < wanted[group]:
            taken[group] += 1
            found.append(name)
    return tuple(sorted(found))


def sample_findings(duty: Duty, drawn: Collection[str], population: Mapping[str, str]) -> list[Finding]:
    """What one round lacks: the number as a whole, and each group below its floor.  Names outside the population and
    names drawn twice do not count."""
    sample = duty.sample
    if sample is None:
        return []
    severity = severity_of(duty.modality)
    held = set(drawn) & set(population)
    due = share_due(sample, len(population))
    found = []
    if len(held) < due:
        told = f"抽查了 {len(held)} 个，应不少于 {due} 个。"
        inputs: dict[str, int | str] = {"drawn": len(held), "due": due}
        found.append(Finding("sample_short", severity, told, clause_of(sample, duty), inputs=inputs))
    if sample.strata is not None:
        groups = Counter(population[name] for name in held)
        for group, size in sorted(Counter(population.values()).items()):
            floor = group_floor(sample.strata, size)
            if groups[group] < floor:
                told = f"“{group}”抽查了 {groups[group]} 个，应不少于 {floor} 个。"
                inputs = {"group": group, "drawn": groups[group], "due": floor}
                clause = sample.strata.clause or clause_of(sample, duty)
                found.append(Finding("group_short", severity, told, clause, inputs=inputs))
    return found
