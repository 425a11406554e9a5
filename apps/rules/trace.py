"""A figure that explains itself: the values it was drawn from and every step of its arithmetic, as plain JSON.

    {rule, label, pack, version, clause, see, unit, announced, presets: [text],
     inputs: {name: value}, steps: [{name, text, op, of: [name or number], value}], value, due, state, state_text}

A step computes `op` over inputs, earlier steps and numbers; `value` is the value of the step named `done`.
Numbers are exact and stand in their plain form (`apps.rules.exact`): 89, "89.5", "269/3".  An input that is a word
stays a word; only `choose` looks at words.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from apps.rules.exact import Figure, exact, plain, rounded

Term = str | int
Value = int | Fraction


def _ceiling(numbers: Sequence[Value]) -> Value:
    """first × second ÷ third, a fraction counting as one."""
    return -(-numbers[0] * numbers[1] // numbers[2])


def _reached(numbers: Sequence[Value]) -> Value:
    """How many of the others reach the first."""
    return sum(number >= numbers[0] for number in numbers[1:])


def _product(numbers: Sequence[Value]) -> Value:
    found: Value = 1
    for number in numbers:
        found *= number
    return found


def _quotient(numbers: Sequence[Value]) -> Value:
    return Fraction(numbers[0]) / numbers[1]


def _rounding(mode: str) -> Callable[[Sequence[Value]], Value]:
    """The first, rounded to as many digits as the second says."""
    return lambda numbers: rounded(numbers[0], mode, int(numbers[1]))


def _look_up(numbers: Sequence[Value]) -> Value:
    """first: the number; then the value below all edges, then for each edge in rising order: edge, 1 if the edge
    itself already counts (else 0), value from there on."""
    found = numbers[1]
    for edge, included, value in zip(numbers[2::3], numbers[3::3], numbers[4::3], strict=True):
        if numbers[0] > edge or (included and numbers[0] == edge):
            found = value
    return found


OPERATIONS: dict[str, Callable[[Sequence[Value]], Value]] = {
    "sum": sum,
    "difference": lambda numbers: numbers[0] - sum(numbers[1:]),
    "ceiling": _ceiling,
    "reached": _reached,
    "count": len,
    "product": _product,
    "quotient": _quotient,
    "min": min,
    "max": max,
    "round_down": _rounding("down"),
    "round_up": _rounding("up"),
    "round_half_up": _rounding("half_up"),
    "round_half_even": _rounding("half_even"),
    "look_up": _look_up,
}


def step(name: str, text: str, op: str, of: Sequence[Term], known: Mapping[str, Figure]) -> dict[str, Any]:
    """One step with its value; `{value}` in the text stands for it.  KeyError when a term is not known."""
    value = _value(op, of, known)
    return {"name": name, "text": text.replace("{value}", str(value)), "op": op, "of": list(of), "value": value}


def results(trace: Mapping[str, Any]) -> dict[str, Figure]:
    """The value of every step in its plain form, computed anew from the inputs alone."""
    known = {name: value for name, value in trace["inputs"].items() if isinstance(value, int | str)}
    found: dict[str, Figure] = {}
    for entry in trace["steps"]:
        found[entry["name"]] = _value(entry["op"], entry["of"], {**known, **found})
    return found


def recompute(trace: Mapping[str, Any]) -> Figure:
    """The shown value from the trace's own arithmetic; 0 for the empty trace of a rule that does not apply."""
    return results(trace)["done"] if trace else 0


def _value(op: str, of: Sequence[Term], known: Mapping[str, Figure]) -> Figure:
    if op == "choose":
        return _chosen(of, known)
    return plain(OPERATIONS[op]([_number(term, known) for term in of]))


def _chosen(of: Sequence[Term], known: Mapping[str, Figure]) -> Figure:
    """first: the name of a word; then word, value, word, value …  KeyError for a word without a value."""
    values = dict(zip(of[1::2], of[2::2], strict=True))
    return plain(_number(values[known[str(of[0])]], known))


def _number(term: Term, known: Mapping[str, Figure]) -> Value:
    """An input or earlier step by its name, else a number in its plain form."""
    if isinstance(term, int):
        return term
    if term in known:
        value = known[term]
        return value if isinstance(value, int) else exact(value)
    try:
        return exact(term)
    except ValueError:
        raise KeyError(term) from None
