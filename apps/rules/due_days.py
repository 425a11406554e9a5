"""The last days that a rule book names, and how each follows from its clause and the month: as a trace."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import Any

from apps.core.months import Month
from apps.rules.book import RuleBook
from apps.rules.terms import Due
from apps.rules.trace import Term, step


def due_days(book: RuleBook) -> dict[str, tuple[str, Due]]:
    """{part: (what has to be done by then, the day)} of every last day in a book."""
    ledger = book.ledger
    steps = [*book.sheet.record, *ledger.steps, ledger.review, *ledger.filings]
    steps += [ledger.feedback] if ledger.feedback else []
    quarter = ledger.unit_quarter
    found = {f"step-{each.key}": (each.label, each.due) for each in steps}
    found |= {"sheet": ("考勤月表送齐", book.sheet.due), "compile": ("县级台账编制", ledger.compile_due)}
    found |= {"quarter": (quarter.label, quarter.due)} if quarter else {}
    return {part: (label, due) for part, (label, due) in found.items() if due is not None}


def due_part(book: RuleBook, due: Due) -> str:
    """The name of a book's own last day in `due_days`.  KeyError for one that is not of this book."""
    days = due_days(book)
    own = [part for part, (_, known) in days.items() if known is due]
    alike = own or [part for part, (_, known) in days.items() if known == due]  # the same book, read again
    if not alike:
        raise KeyError(due)
    return alike[0]


def due_trace(book: RuleBook, part: str, month: Month, today: date) -> dict[str, Any]:
    """The trace (see `trace`) of the last day for a month: `done` is the day of the month, `month` and `year` say which,
    `left` the days from today, below nought when it is past.  KeyError for an unknown part."""
    label, due = due_days(book)[part]
    day = due.due_on(month)
    inputs = {
        "rule_day": due.day,
        "of_month": month.month,
        "of_year": month.year,
        "month_days": monthrange(day.year, day.month)[1],
        "due_number": day.toordinal(),
        "today_number": today.toordinal(),
    }
    return {
        "rule": f"due.{part}",
        "label": f"{label}的最后一天",
        "pack": book.code,
        "version": book.version,
        "clause": due.clause,
        "see": list(due.see),
        "unit": "",
        "announced": True,
        "presets": [due.note] if due.note else [],
        "inputs": inputs,
        "steps": _steps(due, month, today, inputs),
        "value": day.day,
        "shown": f"{day.month}月{day.day}日",
    }


def _steps(due: Due, month: Month, today: date, inputs: dict[str, int]) -> list[dict[str, Any]]:
    known: dict[str, Any] = dict(inputs)
    steps: list[dict[str, Any]] = []

    def add(name: str, text: str, op: str, *of: Term) -> None:
        steps.append(step(name, text, op, list(of), known))
        known[name] = steps[-1]["value"]

    if due.of == "next_month":
        add("following", "", "sum", "of_month", 1)
        words = f"{month.label}的次月"
    else:
        add("quarter", f"{month.label}在第 {{value}} 季度", "ceiling", "of_month", 1, 3)
        add("quarter_end", "第 {value} 个月季度结束", "product", "quarter", 3)
        add("following", "", "sum", "quarter_end", 1)
        words = "季度结束后的次月"
    add("next_year", "", "sum", "of_year", 1)
    year = f"{words}在 {{value}}年" if due.due_on(month).year != month.year else ""
    add("year", year, "look_up", "following", "of_year", 13, 1, "next_year")
    add("month", f"{words}：{{value}}月", "look_up", "following", "following", 13, 1, 1)
    text = f"规定 {due.day} 日前（含当日），这个月有 {inputs['month_days']} 天：最后一天是 {{value}} 日"
    add("done", text, "min", "rule_day", "month_days")
    past = "已逾期" if due.due_on(month) < today else "没有逾期"
    text = f"最后一天减今天（{today.month}月{today.day}日）= {{value}} 天，{past}"
    add("left", text, "difference", "due_number", "today_number")
    return steps
