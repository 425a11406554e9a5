"""Whether somebody may be put forward, decided on or posted: the rules' verdict on a day, each finding with its clause."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from apps.core.findings import Finding, blocking
from apps.rules.language.conditions import ORDERS, Facts, Held, Value, judge
from apps.rules.language.deadlines import years_between
from apps.rules.language.eligibility import verdict
from apps.rules.language.records import record_findings
from apps.rules.language.selectors import Case as Matching
from apps.rules.language.sets import SetRule
from apps.staffing.models import Candidate, Case, Channel, Declaration
from apps.staffing.selectors.asked import DAYS, Demands, demands_on, record_given, texts_of
from apps.staffing.selectors.law import Law, law_on, matching
from apps.teams.models import Posting

NO_RESERVE = "none"


@dataclass(frozen=True)
class Check:
    """What the rules say of a candidate on a day.  `preferred` are the preferences that hold, `hints` whether he fits the
    village; neither ever refuses."""

    findings: tuple[Finding, ...]
    preferred: tuple[str, ...]
    hints: tuple[Finding, ...] = ()

    @property
    def missing(self) -> list[Finding]:
        """What is still to be stated and without which nothing passes."""
        return [each for each in blocking(self.findings) if each.code == "to_be_stated"]

    @property
    def refused(self) -> list[Finding]:
        """Why he may not be posted at all."""
        return [each for each in blocking(self.findings) if each.code != "to_be_stated"]

    @property
    def warned(self) -> list[Finding]:
        """What wants a written reason."""
        return [each for each in self.findings if each.severity == "warn"]


@dataclass(frozen=True)
class Person:
    """What is known of somebody, saved or just typed: `declared` is {word: holds}."""

    birth: date
    facts: Mapping[str, Any]
    declared: Mapping[str, bool]
    postings: tuple[Held, ...] = ()


def demands_of(case: Case, on: date, law: Law | None = None) -> tuple[Demands, Matching]:
    """What the rules of a day ask of a case's candidate.  Its unit should be at hand."""
    fitting = matching(case.unit, frozenset(case.roles), frozenset(case.classes), on)
    return demands_on(law or law_on(case.area, on), fitting), fitting


def check_of(demands: Demands, case: Matching, person: Person, on: date, *, nominating: bool = False) -> Check:
    """The verdict of the rules on a day.  While `nominating`, what other bodies confirm later does not hold it up."""
    facts = facts_of(case, person, on)
    if nominating:
        later = {each.word: True for each in demands.confirmations if not each.by_unit}
        facts = replace(facts, declared={**later, **facts.declared})
    found = [verdict(rule, facts) for rule in demands.rules]
    findings = dict.fromkeys(
        (each.code, each.severity, each.message, each.clause) for one in found for each in one.findings
    )
    liked = dict.fromkeys(words for one in found for words in one.preferred)
    return Check(tuple(Finding(*each) for each in findings), tuple(liked), tuple(_hints(demands.law, case, facts)))


def facts_of(case: Matching, person: Person, on: date) -> Facts:
    """What is known on a day, in the form of the rules' language."""
    values: dict[str, Value] = {
        name: value for name, raw in person.facts.items() if (value := _value(name, raw)) is not None
    }
    if values.get("party", "full_member") != "full_member":
        values["party_years"] = on  # nobody else has any
    values |= {
        "age": person.birth,
        "unit_level": case.unit_level,
        "unit_nature": case.unit_nature,
        "unit_vertical": bool(case.vertical),
        "roles": case.roles,
        "village_classes": case.village_classes,
    }
    return Facts(on, values, postings=person.postings, declared=person.declared)


def _value(name: str, raw: Any) -> Value | None:
    """A stored fact as the language takes it; None for one that is not stated."""
    if raw in (None, ""):
        return None
    if name in DAYS:
        return date.fromisoformat(raw)
    if name == "health":
        return "fit" if raw else "unfit"
    if name == "reserve_rank" and raw == NO_RESERVE:
        return ORDERS[name][0]  # below whatever a rule may ask for
    return frozenset(raw) if isinstance(raw, list) else raw


def _hints(law: Law, case: Matching, facts: Facts) -> Iterable[Finding]:
    """What a village of its class should have in its team, where the candidate does not bring it.  Never refuses."""
    for held in law.rules("sets").values():
        rule: SetRule = held.rule
        if rule.of != "team" or not rule.applies.matches(case):
            continue
        for having in rule.having:
            if judge(having.who, facts) is False:
                told = f"这个村宜有：{having.label or having.who.words}；人选没有登记这项专长。"
                yield Finding("not_matched", "notice", told, having.clause or rule.clause)


def person_of(candidate: Candidate, round_: int) -> Person:
    """A saved candidate with what was confirmed of him in a round.  Two queries; inside the village's area."""
    declared: dict[str, bool] = {}
    for each in Declaration.objects.filter(candidate=candidate, round=round_):
        declared[each.word] = each.holds and declared.get(each.word, True)
    return Person(candidate.birth, candidate.facts, declared, postings_of(candidate.person))


def postings_of(person: str) -> tuple[Held, ...]:
    """Where somebody was or is posted, as far as the scope reaches."""
    rows = Posting.objects.filter(person=person).values_list("roles", "first", "last")
    return tuple(Held(role, first, last) for roles, first, last in rows for role in roles)


def channel_words(channels: Iterable[str]) -> str:
    """The channels by which somebody came, in the order in which they are offered."""
    return "和".join(str(each.label) for each in Channel if each in set(channels))


def form_findings(law: Law, record: str, candidate: Candidate, person: Person, on: date) -> list[Finding]:
    """What is missing on the paper that a step asks for about a candidate."""
    held = law.record(record)
    if held is None:
        return []
    given = record_given(
        held,
        age=years_between(candidate.birth, on),
        channels=channel_words(candidate.channels),
        declared=person.declared,
        form=candidate.form,
    )
    return record_findings(held, given)


def texts_asked(law: Law, case: Case, record_keys: Iterable[str]) -> tuple[str, ...]:
    """What the papers of a case's procedure ask for in words."""
    return tuple(dict.fromkeys(label for key in record_keys for label in texts_of(law.record(key))))
