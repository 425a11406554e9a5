"""Where a ledger stands in its chain: every step of its own frozen rules with the act that did it, if any."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from apps.core.months import Month
from apps.jurisdictions.offices import Office
from apps.ledgers.models import FrozenBook, Ledger, LedgerStep
from apps.rules.book import RuleBook
from apps.rules.terms import Step


@lru_cache(maxsize=128)
def book_by_hash(hash_: str) -> RuleBook:
    """A frozen book; immutable, so it is read once per process."""
    return RuleBook.load(FrozenBook.objects.get(pk=hash_).content)


def frozen_book(ledger: Ledger) -> RuleBook:
    """The rules that a ledger was made under."""
    return book_by_hash(ledger.book_id)


@dataclass(frozen=True)
class Link:
    """One step of a chain and the act that did it."""

    step: Step
    due: date | None
    act: LedgerStep | None

    @property
    def offices(self) -> str:
        return "或".join(Office(office).label for office in self.step.offices)


def _links(ledger: Ledger, steps: tuple[Step, ...]) -> list[Link]:
    acts = {act.step: act for act in LedgerStep.objects.filter(ledger=ledger)}
    month = Month.of(ledger.month)
    return [Link(step, step.due.due_on(month) if step.due else None, acts.get(step.key)) for step in steps]


def chain_of(ledger: Ledger) -> list[Link]:
    """The township's steps up to submission, in order.  One query."""
    return _links(ledger, frozen_book(ledger).ledger.steps)


def county_links(ledger: Ledger) -> list[Link]:
    """The county's steps: acceptance, filings, feedback, in order.  One query."""
    rule = frozen_book(ledger).ledger
    return _links(ledger, (rule.review, *rule.filings, *([rule.feedback] if rule.feedback else [])))
