"""Where a figure comes from: the trace of a measure, of a day count, of a sum, with the words and clauses to show it.

A ledger's figures are explained from the frozen rules and the stored lines alone.  The arithmetic of every trace
recomputes to the value shown (`apps.rules.trace.recompute`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from apps.core.figures import Term
from apps.core.months import Month
from apps.ledgers.inputs import line_inputs
from apps.ledgers.models import LedgerLine
from apps.rules.book import RuleBook
from apps.rules.calendar import YearCalendar
from apps.rules.marks import CATEGORIES, GAP, INDEX_OF, LETTER_OF, LETTERS, WORD_OF
from apps.rules.presence import Result, State, evaluate, state_word
from apps.rules.trace import step

SIZE = len(CATEGORIES)
POSTED, NIGHTS, EMPTY, ENTERED = "posted", "nights", "empty", "entered"
DAY_WORDS = {POSTED: "派驻天数", NIGHTS: "住村夜数", EMPTY: "没有登记的天数", ENTERED: "已登记的天数"}
OUTDATED = "编制以后，工作日历或以前月份的登记有过改动；这里按编制时冻结的数字显示。"
INPUT_WORDS = {
    "limit": "规定的数",
    "posted_days": "派驻天数",
    "posted_workdays": "派驻期内工作日",
    "year_days": "全年天数",
    "year_workdays": "全年工作日",
    "half_year_days": "本半年天数",
    "half_year_workdays": "本半年工作日",
    "quarter_days": "本季度天数",
    "quarter_workdays": "本季度工作日",
    "month_workdays": "本月工作日",
    "nights": "住村夜数",
    "first_half": "上半月",
    "second_half": "下半月",
    "left": "以后还有的天数",
    "numerator": "份额的分子",
    "denominator": "份额的分母",
    "stored_done": "编制时的已计数",
    "stored_due": "编制时的应达数",
}


def stored_result(line: LedgerLine, measure: int) -> Result:
    """What a line says of a measure, without any arithmetic."""
    return Result(line.done[measure], line.due[measure], State(line.state[measure]), {})


def line_result(
    book: RuleBook, line: LedgerLine, measure: int, calendar: YearCalendar, earlier: Sequence[LedgerLine] = ()
) -> Result | None:
    """A measure of a stored line with its trace, None where it does not bind this person; `earlier` as `line_inputs`.

    Done, due and state are those of the line.  Where today's calendar or the months before would give others, the
    stored number stands in the trace in place of the steps that no longer lead to it.
    """
    if not 0 <= measure < len(book.presence) or not line.state[measure]:
        return None
    stored = stored_result(line, measure)
    fresh = evaluate(book.presence[measure], line_inputs(line, earlier), calendar, sheet=book.sheet)
    same = (fresh.done, fresh.due, fresh.state) == (stored.done, stored.due, stored.state)
    return fresh if same else Result(stored.done, stored.due, stored.state, _frozen(fresh, stored))


def _frozen(fresh: Result, stored: Result) -> dict[str, Any]:
    values = {"stored_done": stored.done, "stored_due": stored.due}
    inputs = {**fresh.trace["inputs"], **values}
    steps = [entry for entry in fresh.trace["steps"] if entry["name"] == "done" and fresh.done == stored.done]
    if not steps:
        steps.append(step("done", "编制时的已计数 = {value}", "sum", ["stored_done"], values))
    steps.append(step("due", "编制时的应达数 = {value}", "sum", ["stored_due"], values))
    return {
        **fresh.trace,
        "inputs": inputs,
        "steps": steps,
        "value": stored.done,
        "due": stored.due,
        "state": int(stored.state),
        "state_text": state_word(stored.state, ceiling=fresh.trace["ceiling"]),
        "outdated": True,
    }


def measure_terms(trace: Mapping[str, Any], book: RuleBook) -> tuple[Term, ...]:
    """The numbers that the steps of a measure's trace use, in words."""
    used = {name for entry in trace["steps"] for name in entry["of"]}
    numbers = ((name, value) for name, value in trace["inputs"].items() if name in used)
    return tuple(Term(_input_word(name, book), value) for name, value in numbers)


def _input_word(name: str, book: RuleBook) -> str:
    if name in WORD_OF:
        return book.sheet.word(name)
    if name.startswith("week_"):
        return f"至{name.removeprefix('week_')}的一周"
    return INPUT_WORDS[name]


def is_day_count(what: str) -> bool:
    """Is it a category of days, or a name in `DAY_WORDS`?"""
    return what in INDEX_OF or what in DAY_WORDS


def day_count(line: LedgerLine, what: str) -> int:
    """A line's days of a category, or those that `DAY_WORDS` names."""
    if what in INDEX_OF:
        return line.counts[INDEX_OF[what]]
    return line.posted if what == POSTED else len(_days_of(line.marks, line.nights, what))


def _days_of(marks: str, nights: str, what: str) -> list[int]:
    """The days of a month that `what` counts."""
    if what == NIGHTS:
        return [place for place, night in enumerate(nights, start=1) if night == "1"]
    wanted = {POSTED: (GAP, *LETTERS), EMPTY: (GAP,), ENTERED: LETTERS}.get(what) or (LETTER_OF[what],)
    return [place for place, mark in enumerate(marks, start=1) if mark in wanted]


def days_trace(book: RuleBook, month: Month, marks: str, nights: str, what: str) -> dict[str, Any]:
    """How many days of a month are of one category, or what `DAY_WORDS` names: the days themselves, counted."""
    days = _days_of(marks, nights, what)
    unit = "夜" if what == NIGHTS else "天"
    inputs = {f"day_{day}": 1 for day in days}
    listed = "、".join(f"{first}日" if first == last else f"{first}至{last}日" for first, last in _runs(days))
    text = f"{month.label}：{listed or '没有这样的日子'}，共 {{value}} {unit}"
    counted = step("done", text, "sum", list(inputs), inputs)
    return _plain(book, day_word(book, what), unit, inputs, counted, clause=_day_clause(book, what))


def day_word(book: RuleBook, what: str) -> str:
    """The word for a category on this sheet, or for what `DAY_WORDS` names."""
    return DAY_WORDS.get(what) or book.sheet.word(what)


def _runs(days: Sequence[int]) -> list[tuple[int, int]]:
    """Days in a row as (first, last)."""
    runs: list[tuple[int, int]] = []
    for day in days:
        if runs and runs[-1][1] == day - 1:
            runs[-1] = (runs[-1][0], day)
        else:
            runs.append((day, day))
    return runs


def sum_trace(book: RuleBook, label: str, unit: str, numbers: Sequence[int], clause: str | None) -> dict[str, Any]:
    """The sum of many numbers, named term_1, term_2 … in their order."""
    inputs = {f"term_{place}": number for place, number in enumerate(numbers, start=1)}
    added = step("done", f"{len(inputs)}项相加 = {{value}} {unit}", "sum", list(inputs), inputs)
    return _plain(book, label, unit, inputs, added, clause=clause)


def _plain(
    book: RuleBook, label: str, unit: str, inputs: Mapping[str, int], done: dict[str, Any], *, clause: str | None
) -> dict[str, Any]:
    return {
        "rule": "sum",
        "label": label,
        "pack": book.code,
        "version": book.version,
        "clause": clause,
        "see": [],
        "unit": unit,
        "announced": True,
        "presets": [],
        "inputs": dict(inputs),
        "steps": [done],
        "value": done["value"],
    }


def _day_clause(book: RuleBook, what: str) -> str | None:
    if what == NIGHTS:
        return book.sheet.nights_clause
    return next((mark.clause for mark in book.sheet.marks if mark.category == what), None)


@dataclass(frozen=True)
class Summed:
    """What a ledger's sum is a sum of: its words, unit, clause, and how to read it from a line and from totals."""

    label: str
    unit: str
    clause: str | None
    what: str
    measure: int = -1
    states: tuple[int, ...] = ()

    def of_line(self, line: LedgerLine) -> int:
        """The share of one line."""
        if self.what == "people":
            return 1
        if self.measure >= 0:
            return int(line.state[self.measure] in self.states)
        return day_count(line, self.what)

    def of_part(self, people: int, totals: Mapping[str, Any]) -> int:
        """The share of one township's totals, as in `Ledger.totals`."""
        if self.what == "people":
            return people
        if self.what in (POSTED, NIGHTS):
            return int(totals[self.what])
        if self.measure >= 0:
            return sum(totals["states"][self.measure][state] for state in self.states)
        return int(totals["counts"][INDEX_OF[self.what]])


def summed(book: RuleBook, what: str) -> Summed | None:
    """The sum named `what`: a category, people, posted, nights, `bound-<measure>` (whom a measure binds) or
    `state-<measure>-<state>`; None when there is none."""
    if what == "people":
        return Summed("人数", "人", None, what)
    if what in INDEX_OF or what in (POSTED, NIGHTS):
        label, unit = f"{day_word(book, what)}合计", "夜" if what == NIGHTS else "天"
        return Summed(label, unit, _day_clause(book, what), what)
    return _state_sum(book, what)


_STATE_SUM = re.compile(r"(?:bound-([0-9]{1,3})|state-([0-9]{1,3})-([1-5]))")


def _state_sum(book: RuleBook, what: str) -> Summed | None:
    found = _STATE_SUM.fullmatch(what)
    if found is None or (measure := int(found[1] or found[2])) >= len(book.presence):
        return None
    rule = book.presence[measure]
    if found[1]:
        bound = tuple(int(state) for state in State if state)
        return Summed(f"{rule.label}：适用人数", "人", rule.clause, what, measure, bound)
    state = State(int(found[3]))
    word = state_word(state, ceiling=rule.at_most is not None)
    return Summed(f"{rule.label}：{word}的人数", "人", rule.clause, what, measure, (int(state),))
