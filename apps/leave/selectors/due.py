"""Days of leave that are due to somebody, taken and left, as the rules in force and what was entered say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from apps.core.findings import Finding
from apps.leave.length import length_of
from apps.leave.models import VALID, Counted, LeaveDue, LeaveRequest
from apps.leave.selectors.law import LeaveLaw, case_of
from apps.rules.exact import plain
from apps.rules.language.entitlements import Entitlement, accrued, qualifies, rate_of
from apps.rules.language.windows import Stretch
from apps.teams.models import Posting

TERMS = ("term", "once")


@dataclass(frozen=True)
class Balance:
    """Days of one entitlement in a year.  `due` is None where nobody has entered the number yet; `taken` are those of
    requests here, `elsewhere` those that were entered, `unit` what is counted."""

    key: str
    rule: Entitlement
    year: int
    due: int | None
    taken: int
    elsewhere: int
    unit: str
    entered: LeaveDue | None

    @property
    def left(self) -> int | None:
        return None if self.due is None else self.due - self.taken - self.elsewhere

    @property
    def over(self) -> int:
        """How many days more than due were taken."""
        return max(-(self.left or 0), 0)

    @property
    def known_by_rule(self) -> bool:
        """Whether the rules name the number, so that nobody enters it."""
        return self.rule.rate is not None or bool(self.rule.rates)


@dataclass(frozen=True)
class Balances:
    """One person's days."""

    posting: Posting
    of: list[Balance]


def days_rules(law: LeaveLaw) -> dict[str, Entitlement]:
    """The entitlements of an area that give days off."""
    return {key: held.rule for key, held in law.rules("entitlements").items() if held.rule.gives == "days"}


def kinds_of_days(law: LeaveLaw) -> frozenset[str]:
    """The kinds of leave as which such days are taken."""
    return frozenset(kind for rule in days_rules(law).values() for kind in rule.taken_as)


def balances_of(
    postings: Sequence[Posting], year: int, law: LeaveLaw, is_work: Callable[[date], bool], on: date
) -> list[Balances]:
    """What is due to some people of one area in a year, as of a day.  Their teams with the village and their units
    should be at hand.  Two queries, whatever the number; the days of a term count in the year in which it ends."""
    rules = days_rules(law)
    persons = {posting.person for posting in postings}
    entered: dict[tuple[str, str], LeaveDue] = {}
    for row in LeaveDue.objects.filter(person__in=persons, year=year).order_by("at", "id"):
        entered[row.person, row.key] = row
    spans = _taken(persons, year)
    found = []
    for posting in postings:
        fitting = (
            (key, rule)
            for key, rule in rules.items()
            if rule.applies.matches(case_of(posting, on)) and _in_year(rule, posting, year)
        )
        of = [
            _balance(posting, key, rule, year, on, entered.get((posting.person, key)), spans, is_work)
            for key, rule in fitting
        ]
        found.append(Balances(posting, of))
    return found


def _in_year(rule: Entitlement, posting: Posting, year: int) -> bool:
    """A yearly one in every year; that of a term in the year in which the term ended, if it was long enough."""
    if rule.per not in TERMS:
        return True
    last = posting.last
    return last is not None and last.year == year and qualifies(rule, Stretch(posting.first, last))


def _taken(persons: Iterable[str], year: int) -> dict[tuple[str, str], list[Stretch]]:
    """{(person, kind): spans of a year that are leave}.  One query."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    rows = LeaveRequest.objects.filter(person__in=persons, state__in=VALID, first__lte=last, until__gte=first)
    found: dict[tuple[str, str], list[Stretch]] = defaultdict(list)
    for person, kind, start, until in rows.values_list("person", "kind", "first", "until"):
        found[person, kind].append(Stretch(max(start, first), min(until, last)))
    return found


def _balance(
    posting: Posting,
    key: str,
    rule: Entitlement,
    year: int,
    on: date,
    entered: LeaveDue | None,
    spans: dict[tuple[str, str], list[Stretch]],
    is_work: Callable[[date], bool],
) -> Balance:
    counted = entered.counted if entered else Counted.DAY
    taken = [span for kind in rule.taken_as for span in spans.get((posting.person, kind), ())]
    length = length_of(taken, is_work)
    return Balance(
        key=key,
        rule=rule,
        year=year,
        due=_due(posting, rule, on, entered),
        taken=int(length.workdays if counted == Counted.WORKDAY else length.days),
        elsewhere=entered.elsewhere if entered else 0,
        unit="个工作日" if counted == Counted.WORKDAY else "天",
        entered=entered,
    )


def _due(posting: Posting, rule: Entitlement, on: date, entered: LeaveDue | None) -> int | None:
    """The number that the rules name, else the one that was entered."""
    if rule.per in TERMS and rule.rate is not None:
        amount = accrued(rule, [Stretch(posting.first, posting.last or date.max)], on).amount
        return None if amount is None else int(amount)
    rate = rate_of(rule, case_of(posting, on))
    if rate is not None:
        return int(rate)
    return entered.days if entered else None


def due_findings(balances: Iterable[Balance], kind: str, days: int, workdays: int) -> Iterator[Finding]:
    """What a request of so many days of one kind would leave of the year's days; nothing for other kinds."""
    for each in balances:
        if kind not in each.rule.taken_as:
            continue
        told = f"{each.year}年{each.rule.label}"
        if each.due is None:
            text = f"{told}的应休天数还没有填写，已休{each.taken + each.elsewhere}天；由派出单位或县级填写。"
            yield Finding("due_unknown", "notice", text, each.rule.clause)
            continue
        asked = workdays if each.unit != "天" else days
        left = (each.left or 0) - asked
        text = f"{told}应休{each.due}{each.unit}，已休{each.taken + each.elsewhere}，这次{asked}，余{plain(max(left, 0))}。"
        if left < 0:
            yield Finding("due_exceeded", "warn", f"{text}超出{-left}{each.unit}。", each.rule.clause)
        else:
            yield Finding("due_left", "notice", text, each.rule.clause)
