"""A figure that explains itself: the values it was drawn from and every step of its arithmetic, as plain JSON.

    {rule, label, pack, version, clause, see, unit, announced, presets: [text],
     inputs: {name: value}, steps: [{name, text, op, of: [name or number], value}], value, due, state, state_text}

A step computes `op` over inputs, earlier steps and numbers; `value` is the value of the step named `done`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

Term = str | int


def _ceiling(numbers: Sequence[int]) -> int:
    """first × second ÷ third, a fraction counting as one."""
    return -(-numbers[0] * numbers[1] // numbers[2])


def _reached(numbers: Sequence[int]) -> int:
    """How many of the others reach the first."""
    return sum(number >= numbers[0] for number in numbers[1:])


OPERATIONS: dict[str, Callable[[Sequence[int]], int]] = {
    "sum": sum,
    "difference": lambda numbers: numbers[0] - sum(numbers[1:]),
    "ceiling": _ceiling,
    "reached": _reached,
    "count": len,
}


def step(name: str, text: str, op: str, of: Sequence[Term], known: Mapping[str, int]) -> dict[str, Any]:
    """One step with its value; `{value}` in the text stands for it.  KeyError when a term is not known."""
    value = OPERATIONS[op](_numbers(of, known))
    return {"name": name, "text": text.format(value=value), "op": op, "of": list(of), "value": value}


def results(trace: Mapping[str, Any]) -> dict[str, int]:
    """The value of every step, computed anew from the inputs alone."""
    known = {name: value for name, value in trace["inputs"].items() if isinstance(value, int)}
    found: dict[str, int] = {}
    for entry in trace["steps"]:
        found[entry["name"]] = OPERATIONS[entry["op"]](_numbers(entry["of"], {**known, **found}))
    return found


def recompute(trace: Mapping[str, Any]) -> int:
    """The shown value from the trace's own arithmetic; 0 for the empty trace of a rule that does not apply."""
    return results(trace)["done"] if trace else 0


def _numbers(of: Sequence[Term], known: Mapping[str, int]) -> list[int]:
    return [known[term] if isinstance(term, str) else term for term in of]
