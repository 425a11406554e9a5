"""Presence measures: how many days count, how many are due, how it stands, and why.

`judge` gives the bare figures for a compile; `evaluate` adds the trace that a person opens.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from apps.rules.book import Measure, SheetRule
from apps.rules.calendar import YearCalendar
from apps.rules.explain import explain
from apps.rules.figures import STATE_WORDS, Judgement, State, judge, state_word
from apps.rules.inputs import Counts, Inputs

__all__ = ["STATE_WORDS", "Counts", "Inputs", "Judgement", "Result", "State", "evaluate", "judge", "state_word"]


@dataclass(frozen=True, slots=True)
class Result:
    """`done` against `due`, the state, and the trace whose arithmetic gives `done` (empty when not applicable)."""

    done: int
    due: int
    state: State
    trace: dict[str, Any]


def evaluate(
    measure: Measure,
    inputs: Inputs,
    calendar: YearCalendar,
    previous_year: YearCalendar | None = None,
    sheet: SheetRule | None = None,
) -> Result:
    """`judge` with its explanation, in the words of `sheet`; the same arguments always give the same result."""
    judgement = judge(measure, inputs, calendar, previous_year)
    return Result(*judgement, explain(measure, inputs, calendar, judgement, previous_year, sheet))
