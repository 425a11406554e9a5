"""Arithmetic written down as it is done: the trace of a formula, a counter, an account, a quota, a sum of money."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from apps.rules.exact import Figure, exact, plain
from apps.rules.language.rule import Rule
from apps.rules.trace import Term, step

Exact = int | Decimal | Fraction


class Working:
    """Inputs and steps in the order in which they are met.  Names of inputs must not begin with `#`."""

    def __init__(self) -> None:
        self.inputs: dict[str, Figure] = {}
        self.steps: list[dict[str, Any]] = []
        self._known: dict[str, Figure] = {}

    def put(self, name: str, value: Exact) -> str:
        """An input under its name, or under `name (2)` where that is taken by another value; the name it got."""
        figure = plain(value)
        told, turn = name, 1
        while told in self._known and self._known[told] != figure:
            turn += 1
            told = f"{name} ({turn})"
        self.inputs[told] = self._known[told] = figure
        return told

    def word(self, name: str, value: str) -> str:
        """An input that is a word, for `choose`."""
        self.inputs[name] = self._known[name] = value
        return name

    def take(self, text: str, op: str, of: Sequence[Term | Exact], name: str = "") -> str:
        """One step over names and numbers; the name of its result (`#1`, `#2`, … unless one is given)."""
        told = name or f"#{len(self.steps) + 1}"
        terms = [term if isinstance(term, str) else plain(term) for term in of]
        entry = step(told, text, op, terms, self._known)
        self.steps.append(entry)
        self._known[told] = entry["value"]
        return told

    def value(self, name: str) -> Fraction:
        """The number behind a name."""
        return exact(self._known[name])

    def done(self, result: str, text: str = "结果 = {value}") -> Fraction:
        """Closes the arithmetic: the step `done` shows the number behind a name."""
        self.take(text, "sum", [result], "done")
        return self.value("done")

    def trace(self, rule: Rule, **more: Any) -> dict[str, Any]:
        """As in `apps.rules.trace`; the caller adds the rule's key, its pack and its version."""
        return {
            "label": rule.label,
            "clause": rule.clause,
            "see": list(rule.see),
            "presets": list(rule.presets.values()),
            **more,
            "inputs": dict(self.inputs),
            "steps": list(self.steps),
            "value": self._known["done"],
        }
