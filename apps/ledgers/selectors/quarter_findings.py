"""What a signed month falls short of, in words, with the clause that says so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from apps.core.findings import Finding
from apps.core.months import Month
from apps.rules.book import Measure, RuleBook
from apps.rules.figures import State, state_word
from apps.rules.marks import INDEX_OF

TELLING = (State.OUT_OF_REACH, State.SHORT)
REPORTED = ("absent", "drawn_off")


def line_findings(
    book: RuleBook,
    month: Month,
    *,
    counts: Sequence[int],
    done: Sequence[int],
    due: Sequence[int],
    state: Sequence[int],
    newest: bool,
) -> Iterator[Finding]:
    """Measures of the month that are short, days of absence and days drawn off; with `newest` also the year's
    measures as they stand at the end of this month.

    `counts` are the month's days per category; the other three hold one entry per measure of the book.
    """
    for index, measure in enumerate(book.presence):
        if State(state[index]) in TELLING and (newest or measure.window != "year"):
            yield _measured(measure, month, done[index], due[index], State(state[index]))
    for category in REPORTED:
        if days := counts[INDEX_OF[category]]:
            yield _reported(book, month, category, days)


def _measured(measure: Measure, month: Month, done: int, due: int, state: State) -> Finding:
    text = f"{month.label}止" if measure.window == "year" else month.label
    unit = "周" if measure.window == "week" else measure.unit_word
    limit = "上限" if measure.at_most is not None else "应为"
    return Finding(
        measure.key,
        "warn",
        f"{text}{measure.label}{done}{unit}，{limit}{due}{unit}：{state_word(state, ceiling=measure.at_most is not None)}。",
        clause=measure.clause,
        inputs={"month": str(month), "done": done, "due": due, "state": int(state)},
    )


def _reported(book: RuleBook, month: Month, category: str, days: int) -> Finding:
    clause = next((mark.clause for mark in book.sheet.marks if mark.category == category), None)
    text = f"{month.label}登记{book.sheet.word(category)}{days}天。"
    return Finding(category, "warn", text, clause=clause, inputs={"month": str(month), "days": days})
