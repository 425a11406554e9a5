"""Whether a village may get along with fewer people than it had."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace

from apps.core.findings import Finding
from apps.rules.language.composition import amount
from apps.rules.language.conditions import Condition, Facts
from apps.rules.language.eligibility import Eligibility, verdict
from apps.rules.language.sets import SetRule
from apps.teams.compile.composition import Law
from apps.teams.compile.states import VillageState

REDUCTION = "poor_village_reduction"  # the key of the rule that allows it, see docs/rule-packs.md


def reduction_rule(law: Law) -> Eligibility | None:
    """The rule that lets villages get along with fewer people; None where there is none."""
    return law.villages.get(REDUCTION)


def grounds_of(rule: Eligibility) -> list[str]:
    """The conditions that somebody has to state, in the order of the text."""
    return [part.declared or "" for part in _declared(rule.requires)] if rule.requires else []


def deciders_of(rule: Eligibility) -> list[str]:
    """The bodies that may state them."""
    parts = _declared(rule.requires) if rule.requires else ()
    return list(dict.fromkeys(who.office for part in parts for who in part.by if who.office))


def _declared(condition: Condition) -> Iterator[Condition]:
    if condition.declared is not None:
        yield condition
    for part in condition.parts:
        yield from _declared(part)


def strength_names(state: VillageState, law: Law) -> list[str]:
    """The names of the strengths that the rules want this village to keep."""
    return [name for rule in _sizes(state, law) if rule.size and (name := rule.size.not_below)]


def _sizes(state: VillageState, law: Law) -> list[SetRule]:
    ours = (rule for rule in law.sets.values() if rule.of == "team" and rule.applies.matches(state.case))
    return [rule for rule in ours if rule.size is not None]


def reduction_findings(
    state: VillageState, law: Law, before: int, after: int, grounds: Collection[str], decided_by: str
) -> list[Finding]:
    """Why a reduction is not possible; none when it is."""
    rule = reduction_rule(law)
    if rule is None:
        return [Finding("no_reduction", "block", "本地现行规定没有写可以缩减选派人数。")]
    if not rule.applies.matches(state.case):
        return [Finding("not_this_class", "block", f"{state.name}的类别不在可以缩减之列。", rule.clause)]
    if after >= before:
        return [Finding("not_fewer", "block", "缩减后的人数应少于原有人数。", rule.clause)]
    if decided_by not in deciders_of(rule):
        return [Finding("wrong_body", "block", "作出决定的不是规定的机关。", rule.clause)]
    stated: Mapping[str, bool] = {name: name in grounds for name in grounds_of(rule)}
    judged = verdict(rule, Facts(state.day, state.facts().values, declared=stated))
    found = [replace(finding, severity="block") for finding in judged.findings]
    for demand in _sizes(state, law):
        if demand.size is not None and not demand.size.holds(after):
            words = f"{demand.label}：缩减后只有 {after} 人，应为 {amount(demand.size)} 人。"
            found.append(Finding("size_wrong", "block", words, demand.clause, inputs={"count": after}))
    return found
