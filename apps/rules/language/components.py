"""The components of a formula as they are given for one evaluation, and what is said of those that are not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from apps.rules.exact import exact, plain
from apps.rules.language.nodes import Formula
from apps.rules.language.working import Exact, Working

Given = Exact | str | Sequence[Exact]


class Components:
    """The values of one evaluation and its working; what stands against a result gathers in `missing` and `why`.

    `wrong` becomes true with the first value that cannot be: then there is no result, whatever may be left out.
    """

    def __init__(self, formula: Formula, values: Mapping[str, Given]) -> None:
        self.formula, self.values = formula, values
        self.work = Working()
        self.missing: list[str] = []
        self.why: list[str] = []
        self.parts: dict[str, Any] = {}
        self.wrong = False

    def label(self, key: str) -> str:
        text = self.formula.components.get(key)
        return text.label if text else key

    def told(self, name: str) -> str:
        """A result of the working as its arithmetic shows it: the component's label and value, or the value alone."""
        value = plain(self.work.value(name))
        return f"{self.label(name)} {value}" if name in self.formula.components else str(value)

    def no(self, why: str) -> None:
        """Says why there is no result; the same thing once."""
        if why not in self.why:
            self.why.append(why)

    def lacks(self, key: str) -> None:
        if key not in self.missing:
            self.missing.append(key)
        self.no(f"缺少“{self.label(key)}”。")

    def number(self, key: str) -> str | None:
        """The name of a given number in the working; None where it is no number or lies out of its range."""
        value = self.values[key]
        if isinstance(value, str | Sequence):
            told = f"：{value}" if isinstance(value, str) else ""
            self._refuse(f"“{self.label(key)}”不是数{told}。")
            return None
        return self.work.put(key, value) if self._within(key, [value]) else None

    def numbers(self, key: str) -> list[str] | None:
        """The names of a given list of numbers."""
        value = self.values.get(key)
        if isinstance(value, Sequence) and not isinstance(value, str):
            names = [(f"{key} {place}", number) for place, number in enumerate(value, 1)]
            return [self.work.put(*pair) for pair in names] if self._within(key, value) else None
        if value is None:
            self.lacks(key)
            return None
        self._refuse(f"“{self.label(key)}”不是一列数。")
        return None

    def word(self, key: str, words: Sequence[str]) -> str | None:
        """The name of a given word, if it is one of the words."""
        value = self.values.get(key)
        if value is None:
            self.lacks(key)
            return None
        if not isinstance(value, str) or value not in words:
            self._refuse(f"“{self.label(key)}”的“{value}”在表里没有对应的数。")
            return None
        return self.work.word(key, value)

    def _refuse(self, why: str) -> None:
        self.wrong = True
        self.no(why)

    def _within(self, key: str, numbers: Sequence[Exact]) -> bool:
        text = self.formula.components.get(key)
        if text is None or text.between is None:
            return True
        odd = [number for number in numbers if not text.between.holds(exact(number))]
        for number in odd:
            self._refuse(f"“{text.label}”{plain(number)} 不在 {text.between.words} 之内。")
        return not odd
