"""How a village is staffed against the rules in force: its posts, and what is wrong with its team.

Demands on a team that name village classes ask for a team there: where nobody is posted they are judged of an empty one.
What a rule asks of households is not judged here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol, TypeVar

from apps.core.findings import Finding
from apps.jurisdictions.selectors import law_of
from apps.rules.language.composition import amount, least, set_findings
from apps.rules.language.eligibility import Eligibility, verdict
from apps.rules.language.on_duty import Member, counts
from apps.rules.language.rule import Rule
from apps.rules.language.selectors import Case
from apps.rules.language.sets import SetRule, Slot
from apps.teams.compile.states import VillageState, village_classes
from apps.teams.models import ONE_PERSON, PostRole
from apps.teams.posts import Holder, Post, post_on

NEEDS = "village_needs"  # the key of the record of what a village needs, see docs/rule-packs.md
_MADE_OF = {"person": "队伍人数", "team": "工作队", "unit": "帮扶单位"}
_ORDER = {role: place for place, role in enumerate(PostRole.values)}


@dataclass(frozen=True, slots=True)
class Law:
    """The rules in force on a day that speak of composition, by key; `needs` is the one that asks for villages' needs."""

    sets: Mapping[str, SetRule]
    posts: Mapping[str, Eligibility]
    villages: Mapping[str, Eligibility]
    needs: Rule | None


@dataclass(frozen=True, slots=True)
class Remark:
    """One finding with the rule that makes it: `rule` is its construct and key, `about` what a reason is given for."""

    rule: str
    label: str
    finding: Finding

    @property
    def about(self) -> str:
        return self.finding.message

    @property
    def clause(self) -> str:
        return self.finding.clause or ""

    @property
    def wants_reason(self) -> bool:
        return self.finding.severity == "warn" and self.finding.code != "to_be_stated"


@dataclass(frozen=True, slots=True)
class Demand:
    """How many of what are asked for, in words, and how many there are."""

    what: str
    due: str
    present: int


def composition_law(area: str, day: date) -> Law:
    """The law of an area.  Three queries and one per pack not read before; LookupError where no pack covers it."""
    eligibility = {key: held.rule for key, held in law_of(area, "eligibility", day).items()}
    return Law(
        sets={key: held.rule for key, held in law_of(area, "sets", day).items()},
        posts={key: rule for key, rule in eligibility.items() if rule.of == "post"},
        villages={key: rule for key, rule in eligibility.items() if rule.of == "village"},
        needs=held.rule if (held := law_of(area, "records", day).get(NEEDS)) else None,
    )


def posts_of(state: VillageState, law: Law) -> list[Post]:
    """Every post of a village on its day, filled or not, in the order of the roles.

    Those that the rules ask for, those that somebody holds, and always the two that one person answers for.
    """
    asked: dict[str, tuple[int, str | None]] = dict.fromkeys(ONE_PERSON, (0, None))
    asked |= {role: (0, None) for each in state.present for role in each.roles if role not in asked}
    for rule, slot in _slots(state, law):
        for role in slot.roles:
            if least(slot.number) > asked.get(role, (0, None))[0]:
                asked[role] = (least(slot.number), slot.clause or rule.clause)
    return [
        post_on(role, state.postings, state.day, due=due, clause=clause)
        for role, (due, clause) in sorted(asked.items(), key=lambda each: _ORDER[each[0]])
    ]


def _slots(state: VillageState, law: Law) -> Iterator[tuple[SetRule, Slot]]:
    return ((rule, slot) for _, rule in _about(state, law) for slot in rule.slots)


def _about(state: VillageState, law: Law) -> Iterator[tuple[str, SetRule]]:
    """The demands on this village, by key: on itself, and on a team, where it has one or its class asks for one."""
    for key, rule in law.sets.items():
        judged = rule.made_of == "person" if rule.of == "team" else rule.of == "village" and rule.made_of in _MADE_OF
        if judged and rule.applies.matches(state.case):
            asked = rule.applies.village_classes is not None
            if rule.of == "village" or asked or state.present:
                yield key, rule


def demands_on(state: VillageState, law: Law) -> list[Demand]:
    """What the rules ask of a village's people, teams and places, beside what is there."""
    found = []
    for _, rule in _about(state, law):
        for members in _members(rule, state):
            if rule.size is not None and (rule.size.lower or rule.size.upper):
                count = sum(counts(rule.size.roles, member) for member in members)
                found.append(Demand(_MADE_OF[rule.made_of], amount(rule.size), count))
            for slot in rule.slots:
                held = sum(member.roles.issuperset(slot.roles) for member in members)
                found.append(Demand(slot.label or rule.label, amount(slot.number), held))
    return list(dict.fromkeys(found))


def village_remarks(state: VillageState, law: Law) -> list[Remark]:
    """What is wrong with a village's staffing on its day, in the order of the rules."""
    found = []
    for key, rule in _about(state, law):
        for members in _members(rule, state):
            findings = set_findings(rule, members, {name: int(number) for name, number in state.measures.items()})
            found += [Remark(f"sets.{key}", rule.label, finding) for finding in findings]
    for each in state.present:
        found += post_remarks(each.name, each.roles, state, law)
    return found + _needs(state, law)


def _needs(state: VillageState, law: Law) -> list[Remark]:
    """That a team was sent before anybody wrote down what the village needs."""
    rule = law.needs
    if rule is None or state.needs or not state.present or not rule.applies.matches(state.case):
        return []
    told = "已派工作队，还没有登记村的实际需求，请补齐。"
    return [Remark(f"records.{NEEDS}", rule.label, Finding("need_unstated", "notice", told, rule.clause))]


def _members(rule: SetRule, state: VillageState) -> Iterator[list[Member]]:
    """The sets that a rule judges: the village's people or its teams, or each team's people."""
    if rule.of == "village":
        yield [Member(name, roles, state.facts(roles)) for name, roles in _parts(rule.made_of, state)]
        return
    teams = sorted({each.team for each in state.present}) or [0]
    for team in teams:
        yield [_member(each, state) for each in state.present if each.team == team]


def _member(each: Holder, state: VillageState) -> Member:
    return Member(each.name, each.roles, state.facts(each.roles))


def _parts(made_of: str, state: VillageState) -> list[tuple[str, frozenset[str]]]:
    """The people there, the units that help, or the teams that have anybody."""
    if made_of == "unit":
        return [(name, frozenset()) for name in state.units]
    if made_of == "person":
        return [(each.name, each.roles) for each in state.present]
    return [(str(team), frozenset()) for team in sorted({each.team for each in state.present})]


def post_remarks(name: str, roles: frozenset[str], state: VillageState, law: Law) -> list[Remark]:
    """Why somebody may not hold these roles together there, as far as his posting itself tells."""
    case = Case(roles=roles, village_classes=state.classes, attributes=state.known, day=state.day)
    found = []
    for key, rule in law.posts.items():
        if rule.applies.matches(case):
            told = (one for one in verdict(rule, state.facts(roles)).findings if one.code == "not_eligible")
            found += [Remark(f"eligibility.{key}", rule.label, _named(finding, name)) for finding in told]
    return found


class _Placed(Protocol):
    """Somebody with roles in a village."""

    @property
    def area(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def roles(self) -> tuple[str, ...]: ...


_Who = TypeVar("_Who", bound=_Placed)


def roles_refused(
    county: str, placed: Iterable[_Who], day: date, classes: Mapping[str, frozenset[str]] | None = None
) -> list[tuple[_Who, Remark]]:
    """Which of these people may not hold their roles together on a day, and why.  None where no pack covers the county.

    `classes` are those that villages are about to have, by code.  Four queries and one per pack not read before.
    """
    try:
        law = composition_law(county, day)
    except LookupError:
        return []
    kept = {**village_classes(county, day), **(classes or {})}
    return [
        (each, remark)
        for each in placed
        for remark in post_remarks(each.name, frozenset(each.roles), _bare(each.area, day, kept), law)
        if remark.finding.severity == "block"
    ]


def _bare(area: str, day: date, classes: Mapping[str, frozenset[str]]) -> VillageState:
    """A village of which only the classes matter."""
    return VillageState(0, area, "", day, classes.get(area, frozenset()), {}, (), ())


def _named(finding: Finding, name: str) -> Finding:
    return Finding(finding.code, finding.severity, f"{name}{finding.message}", finding.clause, inputs=finding.inputs)


def priorities(state: VillageState, law: Law) -> list[str]:
    """Why a village comes first, in the words of the rules; empty where it does not."""
    fitting = [rule for rule in law.villages.values() if rule.prefers and rule.applies.matches(state.case)]
    return [words for rule in fitting for words in verdict(rule, state.facts()).preferred]


def county_remarks(states: Sequence[VillageState], law: Law) -> list[Remark]:
    """What the rules ask of all villages of a kind together (a share that must be staffed)."""
    found = []
    for key, rule in law.sets.items():
        if rule.of != "county" or rule.made_of != "village":
            continue
        members: list[Any] = [
            Member(state.name, facts=state.facts()) for state in states if rule.applies.matches(state.case)
        ]
        if members:
            found += [Remark(f"sets.{key}", rule.label, finding) for finding in set_findings(rule, members)]
    return found
