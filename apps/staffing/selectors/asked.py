"""What the rules in force ask of somebody who is to be posted: which facts, which confirmations, which papers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from apps.jurisdictions.selectors import clauses_of
from apps.rules.language.actors import Actor as Body
from apps.rules.language.conditions import FACTS, ORDERS, Condition
from apps.rules.language.eligibility import Eligibility
from apps.rules.language.records import Record
from apps.rules.language.selectors import Case as Matching
from apps.rules.said_words import VALUE_WORDS
from apps.staffing.bodies import body_key, related_of
from apps.staffing.selectors.law import Law

TOPICS = frozenset({"selection", "eligibility", "composition"})
# What the unit, the village, the opening and the ID number tell already, and what no candidate has yet.
KNOWN = frozenset(
    {"age", "sex", "unit_level", "unit_nature", "unit_vertical", "roles", "village_classes", "stationed_months"}
)
UNIT_BODIES = frozenset({"dispatch_unit", "unit_personnel", "unit_head"})
PARTIES = {
    "full_member": "中共党员",
    "probationary_member": "中共预备党员",
    "league_member": "共青团员",
    "democratic": "民主党派",
    "masses": "群众",
}
DAYS = {"party_years": "转为正式党员日期", "work_years": "参加工作日期", "unit_years": "到本单位日期"}
SKILLS = "cadre_skills"  # the vocabulary of what cadres are good at, see docs/rule-packs.md


@dataclass(frozen=True)
class Asked:
    """One fact that is asked for: as a `word`, some `words`, a `flag` or a `day`, with what may be chosen."""

    name: str
    label: str
    kind: str
    options: tuple[tuple[str, str], ...] = ()
    clause: str = ""


@dataclass(frozen=True)
class Confirmation:
    """What a rule wants confirmed by named bodies; by the unit that sends where it names nobody else."""

    word: str
    bodies: frozenset[str]
    clause: str

    @property
    def by_unit(self) -> bool:
        return self.bodies <= UNIT_BODIES


@dataclass(frozen=True)
class Demands:
    """The rules about a person, his unit and his post that take in a case, and what they ask."""

    law: Law
    rules: tuple[Eligibility, ...]
    level: str

    @cached_property
    def conditions(self) -> tuple[tuple[Condition, str], ...]:
        """Every single condition with the clause that stands nearest."""
        return tuple(
            found
            for rule in self.rules
            for whole in (rule.requires, rule.excludes, *rule.prefers)
            if whole is not None
            for found in _single(whole, rule.clause or "")
        )

    @cached_property
    def facts(self) -> tuple[Asked, ...]:
        """The facts to be stated, in the order of the rules' language."""
        found: dict[str, tuple[set[str], str]] = {}
        for condition, clause in self.conditions:
            if condition.fact and condition.fact not in KNOWN:
                found.setdefault(condition.fact, (set(), clause))[0].update(condition.one_of or ())
        return tuple(self._asked(name, *found[name]) for name in FACTS if name in found)

    @cached_property
    def confirmations(self) -> tuple[Confirmation, ...]:
        """What is required to be confirmed, in the order of the rules."""
        found: dict[str, Confirmation] = {}
        for rule in self.rules:
            for condition, clause in _single(rule.requires, rule.clause or "") if rule.requires else ():
                if condition.declared:
                    found.setdefault(
                        condition.declared, Confirmation(condition.declared, self._bodies(condition.by), clause)
                    )
        return tuple(found.values())

    def _bodies(self, by: Iterable[Body]) -> frozenset[str]:
        related = related_of(self.level)
        return frozenset(who.resolved(related) or body_key(who) for who in by) or frozenset({"dispatch_unit"})

    def _asked(self, name: str, words: set[str], clause: str) -> Asked:
        kind, label = FACTS[name]
        if name in DAYS:
            return Asked(name, DAYS[name], "day", clause=clause)
        if name in ORDERS:
            return Asked(name, label, "word", tuple((word, VALUE_WORDS[word]) for word in ORDERS[name]), clause)
        if name == "party":
            return Asked(name, label, "word", tuple(PARTIES.items()), clause)
        if name == "health":
            return Asked(name, "身体条件能够正常履职", "flag", clause=clause)
        if name == "skills":
            words |= set(self._skills())
        return Asked(name, label, kind, tuple((word, VALUE_WORDS.get(word, word)) for word in sorted(words)), clause)

    def _skills(self) -> Iterator[str]:
        held = self.law.rules("vocabularies").get(SKILLS)
        return (word.word for word in held.rule.words) if held else iter(())


def demands_on(law: Law, case: Matching) -> Demands:
    """What the rules in force ask of a case.  One query for the topics of the clauses."""
    fitting = [
        held.rule
        for held in law.rules("eligibility").values()
        if held.rule.of in ("person", "unit", "post") and held.rule.applies.matches(case)
    ]
    topics = {key: clause.topic for key, clause in clauses_of(rule.clause for rule in fitting if rule.clause).items()}
    rules = tuple(rule for rule in fitting if topics.get(rule.clause or "") in TOPICS)
    return Demands(law, rules, case.unit_level)


def texts_of(record: Record | None) -> tuple[str, ...]:
    """What a paper asks for in words of its own: not what is confirmed, chosen or known already."""
    known = {label for _, label in FACTS.values() if label == FACTS["age"][1]}
    return tuple(
        each.label for each in (record.fields if record else ()) if each.type == "text" and each.label not in known
    )


def record_given(
    record: Record, *, age: int, channels: str, declared: Mapping[str, bool], form: Mapping[str, str]
) -> dict[str, object]:
    """What a paper about a candidate says, by the labels of its fields."""
    given: dict[str, object] = {}
    for each in record.fields:
        if each.type == "choice":
            given[each.label] = channels if channels in each.choices else ""
        elif each.type == "flag":
            given[each.label] = declared.get(each.label)
        elif each.label == FACTS["age"][1]:
            given[each.label] = age
        else:
            given[each.label] = form.get(each.label, "")
    return given


def _single(condition: Condition, clause: str) -> Iterator[tuple[Condition, str]]:
    own = condition.clause or clause
    if condition.parts:
        for part in condition.parts:
            yield from _single(part, own)
    else:
        yield condition, own
