"""One person's quarter: sums over the accepted months, where the running floors stand, what is to be looked at."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from apps.core.findings import Finding, Severity
from apps.reports.compile.quarter.case import ABSENT, QuarterCase, measure_sentence
from apps.reports.compile.words import months_words
from apps.reports.selectors.unit import UnitPerson
from apps.rules.book import Measure
from apps.rules.figures import State, state_word
from apps.rules.marks import CATEGORIES, INDEX_OF
from apps.rules.vocabulary import MODALITY_SEVERITY

_TROUBLE = (State.OUT_OF_REACH, State.SHORT)


class Standing(NamedTuple):
    """A measure as a ledger left it at the end of `month`."""

    measure: Measure
    month: int
    done: int
    due: int
    state: State

    @property
    def state_text(self) -> str:
        return state_word(self.state, ceiling=self.measure.at_most is not None)


class Sums(NamedTuple):
    """Days per category and in post over the accepted months, and which those are."""

    counts: list[int]
    posted: int
    months: list[int]


def sums(person: UnitPerson) -> Sums:
    """Sums over the months that have an accepted ledger, and only over those."""
    lines = person.months.values()
    counts = [sum(column) for column in zip(*(line.counts for line in lines), strict=True)]
    return Sums(counts or [0] * len(CATEGORIES), sum(line.posted for line in lines), sorted(person.months))


def standings(case: QuarterCase, person: UnitPerson, month: int) -> Iterator[Standing]:
    """The measures that bind a person, as the accepted ledger of `month` has them."""
    line = person.months[month]
    for measure, done, due, state in zip(
        case.books[line.ledger].presence, line.done, line.due, line.state, strict=True
    ):
        if state and done is not None and due is not None:
            yield Standing(measure, month, done, due, State(state))


def running(case: QuarterCase, person: UnitPerson) -> list[Standing]:
    """The measures that run over several months, at the end of the last accepted one; none before there is one."""
    if not person.months:
        return []
    return [each for each in standings(case, person, max(person.months)) if each.measure.runs]


def periodic(case: QuarterCase, person: UnitPerson) -> list[Standing]:
    """The measures of the month, the half-month and the week of every accepted month, in order."""
    found = (each for month in sorted(person.months) for each in standings(case, person, month))
    return [each for each in found if not each.measure.runs]


def findings(case: QuarterCase, person: UnitPerson) -> list[Finding]:
    """What the unit should look at, each with its clause: floors missed or out of reach, days absent without leave."""
    found = [_finding(each) for each in (*running(case, person), *periodic(case, person)) if each.state in _TROUBLE]
    return found + list(_absences(case, person))


def _finding(standing: Standing) -> Finding:
    measure = standing.measure
    until = f"截至{standing.month}月" if measure.runs else f"{standing.month}月"
    text = f"{until}{measure.label}{measure_sentence(measure, standing.done, standing.due)}，{standing.state_text}"
    inputs = {"done": standing.done, "due": standing.due, "month": standing.month}
    return Finding(measure.name, _severity(measure), text, clause=measure.clause, inputs=inputs)


def _severity(measure: Measure) -> Severity:
    """A report refuses nothing: what a rule would block is a warning here."""
    return "notice" if MODALITY_SEVERITY[measure.modality] == "notice" else "warn"


def _absences(case: QuarterCase, person: UnitPerson) -> Iterator[Finding]:
    for month, line in sorted(person.months.items()):
        if days := line.counts[INDEX_OF[ABSENT]]:
            word = case.books[line.ledger].sheet.word(ABSENT)
            clause = case.absent_clause(line.ledger)
            yield Finding(
                ABSENT, "warn", f"{month}月{word}{days}天", clause=clause, inputs={"days": days, "month": month}
            )


def finding_words(case: QuarterCase, found: list[Finding]) -> str:
    """All findings of a person in one cell."""
    return "；".join(f"{finding.message}{case.cited(finding.clause)}" for finding in found)


def periodic_words(found: list[Standing]) -> str:
    """Those of `periodic` in one cell: `7月 月驻村 12/10天 已达到；…`."""
    return "；".join(
        f"{each.month}月 {each.measure.short} {measure_sentence(each.measure, each.done, each.due)} {each.state_text}"
        for each in found
    )


def covered_words(months: list[int]) -> str:
    """Which months a sum is over."""
    return months_words(months)
