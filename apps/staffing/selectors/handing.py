"""What the rules say of a handover: its list, who may take over, how long it lasts, whether somebody may leave."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from apps.core.findings import Finding
from apps.jurisdictions.selectors import clauses_of
from apps.rules.language.conditions import Condition, Facts
from apps.rules.language.eligibility import Eligibility, verdict
from apps.rules.language.procedures import Procedure, acts_of
from apps.rules.language.records import Record
from apps.rules.language.selectors import Case as Matching
from apps.staffing.models import Handover
from apps.staffing.selectors.law import Law, law_on, matching
from apps.teams.models import Posting

LIST = "handover_list"  # the key of the record, see docs/rule-packs.md
WORKDAYS = "handover_workdays"
VILLAGE = "village_committee"
_TOPIC = "handover"


@dataclass(frozen=True)
class HandoverLaw:
    """What holds for one posting: the list that is written, and the condition that binds a departure to a handover
    that is done."""

    record: Record | None
    bound: Eligibility | None

    @property
    def items(self) -> tuple[str, ...]:
        """What the list must speak of, in order; nothing where the rules ask for no list."""
        return self.record.items if self.record else ()


def handover_law(posting: Posting, on: date) -> HandoverLaw:
    """Of a posting whose unit and village are at hand.  Three queries."""
    law = law_on(posting.area, on)
    return HandoverLaw(law.record(LIST), _bound(law, posting, on))


def _bound(law: Law, posting: Posting, on: date) -> Eligibility | None:
    case = case_of(posting, on)
    fitting = [
        held.rule
        for held in law.rules("eligibility").values()
        if held.rule.of == "request" and held.rule.applies.matches(case)
    ]
    topics = clauses_of(rule.clause or "" for rule in fitting)
    return next(
        (rule for rule in fitting if (clause := topics.get(rule.clause or "")) and clause.topic == _TOPIC), None
    )


def has_handover(posting: Posting, on: date) -> bool:
    """Whether the rules know a handover for a posting."""
    return law_on(posting.area, on).procedure("handover", case_of(posting, on)) is not None


def case_of(posting: Posting, on: date) -> Matching:
    """What selectors ask of a posting whose unit and village are at hand."""
    return matching(posting.unit, frozenset(posting.roles), frozenset(posting.team.village.classes), on)


def to_village(procedure: Procedure) -> str:
    """The step by which a post without a successor is handed to the village itself; '' where the rules know none."""
    steps = (step for step in acts_of(procedure.steps) if step.verb == "hand_over")
    return next((step.key for step in steps if VILLAGE in {who.office for who in step.jointly}), "")


def workdays_between(first: date, last: date, is_work: Callable[[date], bool]) -> int:
    """Workdays from the first day on which both are there to the day of signing off, both included."""
    return sum(is_work(first + timedelta(days=offset)) for offset in range((last - first).days + 1))


def handover_findings(rule: Eligibility, held: Handover, on: date, is_work: Callable[[date], bool]) -> list[Finding]:
    """What the rule that binds a departure says of a handover that is signed off on a day.

    Without a successor nobody shares days with anybody, and no length is measured.
    """
    measured = {WORKDAYS: workdays_between(held.together, on, is_work)} if held.together else {}
    stated = {each.declared: True for each in _parts(rule.requires) if each.declared}
    found = verdict(rule, Facts(on, declared=stated, measured=measured)).findings
    return [each for each in found if held.together or each.code != "to_be_stated"]


def workdays_asked(rule: Eligibility | None) -> int | None:
    """How many workdays a handover lasts at least, or None."""
    found = (each for each in _parts(rule.requires if rule else None) if each.measured == WORKDAYS)
    return next((int(each.at_least) for each in found if each.at_least is not None), None)


def _parts(condition: Condition | None) -> list[Condition]:
    if condition is None:
        return []
    return [part for each in condition.parts for part in _parts(each)] or [condition]
