"""How long people stay: the term that the rules set a post, and who would leave before its end.

A term is a rule about posts (`of: post`) whose clause speaks of terms and that asks for months stationed.  Months count
from the day since which somebody has been stationed in the county without a gap, in whichever village.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil
from typing import NamedTuple, Protocol

from apps.core.findings import Finding, Severity
from apps.jurisdictions.selectors import book_of, clauses_of, law_of
from apps.rules.language.conditions import Condition
from apps.rules.language.deadlines import months_on
from apps.rules.language.eligibility import Eligibility, verdict
from apps.rules.language.parts import severity_of
from apps.rules.language.selectors import Case
from apps.rules.vocabulary import Modality
from apps.teams.compile.states import village_classes, village_states
from apps.teams.spans import Span, contains, joined, months_in

WITHDRAWAL = "team_withdrawal"  # the key of the rule that keeps teams in their villages, see docs/rule-packs.md
_FACT, _TOPIC = "stationed_months", "term"
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Term:
    """The least time in post; `earliest` is the first day that may be the last one.  `exceptions` are what, if a body
    states it, lets somebody leave earlier."""

    label: str
    months: int
    earliest: date
    modality: Modality
    clause: str
    exceptions: tuple[str, ...]

    @property
    def severity(self) -> Severity:
        return severity_of(self.modality)

    @property
    def binding(self) -> bool:
        """Whether the rule leaves no room for a reason."""
        return self.severity == "block"


class Dated(Protocol):
    """What has a first and a last day."""

    @property
    def first(self) -> date: ...
    @property
    def last(self) -> date | None: ...


class Kept(NamedTuple):
    """A posting as far as leaving is concerned; `key` tells it from others.  `ground` names the act that ended it."""

    key: int
    area: str
    team: int
    person: str
    name: str
    roles: frozenset[str]
    first: date
    last: date | None
    why: str = ""
    ground: str = ""

    @property
    def span(self) -> Span:
        return self.first, self.last


def term_of(area: str, roles: Collection[str], first: date, day: date) -> Term | None:
    """The term of somebody with these roles in a village (or county) who has been stationed since `first`, under the
    rules of `day`; the longest of several, None where the rules set none.  Six queries at most."""
    rules = _term_rules(area, day)
    if not rules:
        return None
    return _longest(rules, frozenset(roles), village_classes(area, day).get(area, frozenset()), first, day)


def terms_of(people: Iterable[Kept], county: str, day: date) -> dict[int, tuple[date, Term | None]]:
    """{posting: since when its person has been stationed, and his term} of those in post on a day.

    `people` are all postings of the persons in question in the county.  Six queries at most, whatever their number.
    """
    rules, known = _term_rules(county, day), list(people)
    if not rules:
        return {}
    sheet, classes = book_of(county, day).sheet, village_classes(county, day)
    spans: dict[str, list[Span]] = defaultdict(list)
    for each in known:
        if not sheet.is_occasional(each.roles, ()):
            spans[each.person].append(each.span)
    found = {}
    for each in known:
        if contains(each.span, day):
            since = next(one[0] for one in joined([*spans[each.person], each.span]) if contains(one, day))
            found[each.key] = since, _longest(rules, each.roles, classes.get(each.area, frozenset()), since, day)
    return found


def _longest(
    rules: Iterable[tuple[Eligibility, Condition, tuple[str, ...]]],
    roles: frozenset[str],
    classes: frozenset[str],
    first: date,
    day: date,
) -> Term | None:
    case = Case(roles=roles, village_classes=classes, day=day)
    found = [
        Term(rule.label, months, earliest_end(first, months), rule.modality, rule.clause or "", exceptions)
        for rule, condition, exceptions in rules
        if rule.applies.matches(case) and (months := ceil(condition.bounds.at_least or 0))
    ]
    return max(found, key=lambda term: (term.binding, term.earliest), default=None)


def _term_rules(area: str, day: date) -> list[tuple[Eligibility, Condition, tuple[str, ...]]]:
    """The rules in force that set posts a term; none where no pack covers the area."""
    try:
        law = law_of(area, "eligibility", day)
    except LookupError:
        return []
    posts = [(held.rule, found) for held in law.values() if held.rule.of == "post" and (found := _asked(held.rule))]
    topics = {key: clause.topic for key, clause in clauses_of(rule.clause or "" for rule, _ in posts).items()}
    return [(rule, *found) for rule, found in posts if topics.get(rule.clause or "") == _TOPIC]


def _asked(rule: Eligibility) -> tuple[Condition, tuple[str, ...]] | None:
    """The condition on months stationed, and what may be declared in its place."""
    if rule.requires is None:
        return None
    for part in (rule.requires, *rule.requires.parts):
        if part.fact == _FACT:
            return part, ()
        for inner in part.any or ():
            if inner.fact == _FACT:
                return inner, tuple(other.declared for other in part.any or () if other.declared)
    others = rule.requires.any or ()
    return next(((one, tuple(o.declared for o in others if o.declared)) for one in others if one.fact == _FACT), None)


def earliest_end(first: date, months: int) -> date:
    """The last of so many completed months from a day on, which itself counts."""
    after = months_on(first, months)
    return after if after.day < first.day else after - _DAY


def early_ends(
    county: str, before: Mapping[int, Kept], after: Mapping[int, Kept], today: date
) -> Iterator[tuple[Kept, Finding]]:
    """Who would leave before his term ends, and teams that would be withdrawn though the rules keep them.

    Both mappings hold all postings, as they are and as they shall be, of the persons and teams in question.  Whoever
    goes on elsewhere in the county the day after does not leave.  A warning is for a reason that is not given.  The
    number of queries grows with the days on which people leave, not with the people.
    """
    ended = [each for key, each in after.items() if ends(before.get(key), each, today)]
    for day in sorted({each.last for each in ended if each.last}):
        there = [each for each in ended if each.last == day]
        yield from _before_term(county, there, before, after, day)
        yield from _withdrawn(county, there, after, day)


def ends(old: Dated | None, new: Dated, today: date) -> bool:
    """Is somebody who is in post, or is to come, given an earlier last day?"""
    if old is None or new.last is None or (old.last is not None and old.last < today):
        return False
    return old.last is None or new.last < old.last


def _before_term(
    county: str, ended: Iterable[Kept], before: Mapping[int, Kept], after: Mapping[int, Kept], day: date
) -> Iterator[tuple[Kept, Finding]]:
    rules = _term_rules(county, day)
    if not rules:
        return
    sheet, classes = book_of(county, day).sheet, village_classes(county, day)
    for each in ended:
        others = [
            one.span for one in after.values() if one.person == each.person and not sheet.is_occasional(one.roles, ())
        ]
        stay = next(span for span in joined([*others, each.span]) if contains(span, day))
        if stay[1] != day or each.ground:
            continue
        roles = each.roles | before[each.key].roles
        term = _longest(rules, roles, classes.get(each.area, frozenset()), stay[0], day)
        if term is not None and day < term.earliest and term.severity != "notice" and (term.binding or not each.why):
            yield each, _too_early(each.name, term, stay[0], day)


def _too_early(name: str, term: Term, first: date, day: date) -> Finding:
    served, until = months_in((first, day)), f"{term.earliest.year}年{term.earliest.month}月{term.earliest.day}日"
    way = "确需提前离任的，请办理调整轮换。" if term.binding else "确需提前离任的，请写明离岗说明，或办理调整轮换。"
    told = f"{name}驻村{served}个月，任期到{until}才满（{term.label}）；{way}"
    inputs = {"months": served, "due": term.months, "earliest": term.earliest.isoformat()}
    return Finding("term_not_served", term.severity, told, term.clause or None, inputs=inputs)


def _withdrawn(
    county: str, ended: Iterable[Kept], after: Mapping[int, Kept], day: date
) -> Iterator[tuple[Kept, Finding]]:
    """Teams that nobody would be in any longer, in villages that the rules do not let them leave."""
    left = {each.team: each for each in ended}
    for one in after.values():
        if one.last is None or one.last > day:
            left.pop(one.team, None)
    rule = _withdrawal(county, day) if left else None
    if rule is None:
        return
    states = {
        state.area: state for area in {each.area for each in left.values()} for state in village_states(area, day)
    }
    for each in left.values():
        state = states[each.area]
        if rule.applies.matches(state.case):
            found = [one for one in verdict(rule, state.facts()).findings if one.code == "not_eligible"]
            for finding in found:
                told = f"{each.name}离岗后队里没有人，工作队等于撤离（{rule.label}）；请先派人接任，再办理离岗。"
                yield each, Finding("team_withdrawn", finding.severity, told, finding.clause, inputs=finding.inputs)


def _withdrawal(county: str, day: date) -> Eligibility | None:
    try:
        held = law_of(county, "eligibility", day).get(WITHDRAWAL)
    except LookupError:
        return None
    return held.rule if held is not None and held.rule.of == "request" else None
