"""Formulas: scores out of components, as a tree of typed nodes (`nodes`), with a trace that recomputes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from apps.rules.exact import ROUNDING_WORDS, plain
from apps.rules.language.bands import band_of
from apps.rules.language.components import Components, Given
from apps.rules.language.nodes import (
    AnyNode,
    ByClass,
    Component,
    Constant,
    Deduct,
    Fold,
    Formula,
    Gate,
    Mean,
    Over,
    Round,
    Share,
    Table,
    Votes,
    Weighted,
    Words,
)
from apps.rules.language.selectors import Case, most_specific
from apps.rules.language.working import Exact

FOLD_WORDS = {"sum": "相加", "product": "相乘", "min": "取最小", "max": "取最大", "count": "个数"}


@dataclass(frozen=True, slots=True)
class Outcome:
    """The score, or None and in `why` (Chinese) what stands against it; `missing` are the keys of absent components."""

    value: Fraction | None
    missing: tuple[str, ...] = ()
    why: tuple[str, ...] = ()
    trace: dict[str, Any] = field(default_factory=dict)


def evaluate(
    formula: Formula,
    values: Mapping[str, Given],
    case: Case | None = None,
    formulas: Mapping[str, Formula] | None = None,
) -> Outcome:
    """The score from the components' values (numbers, words, lists of numbers), exact and unrounded.

    A component that is not among the values but names another formula is computed by it from the same values.
    ValueError where formulas refer to each other in a circle; the linter refuses them.
    """
    run = _Run(formula, values, case or Case(), formulas or {}, (formula.label,))
    result = run.node(formula.result)
    if result is None or run.wrong:
        return Outcome(None, tuple(run.missing), tuple(run.why))
    value = run.work.done(result, f"{formula.label} = {{value}}")
    more = {"parts": run.parts} if run.parts else {}
    return Outcome(value, tuple(run.missing), tuple(run.why), run.work.trace(formula, **more))


class _Run(Components):
    """One evaluation.  `node` gives the name of a result in the working, None where there is none."""

    def __init__(
        self,
        formula: Formula,
        values: Mapping[str, Given],
        case: Case,
        formulas: Mapping[str, Formula],
        path: tuple[str, ...],
    ) -> None:
        super().__init__(formula, values)
        self.case, self.formulas, self.path = case, formulas, path

    def node(self, node: AnyNode) -> str | None:
        match node:
            case Constant():
                return self.work.take(f"{plain(node.value)}", "sum", [node.value])
            case Component():
                return self._component(node.name)
            case Fold():
                return self._fold(node)
            case Mean():
                return self._mean(node)
            case Over():
                return self._over(node)
            case Weighted():
                return self._weighted(node)
            case Deduct():
                return self._deduct(node)
            case Round():
                return self._round(node)
            case Table():
                return self._table(node)
            case Words():
                return self._words(node)
            case Votes():
                return self._votes(node)
            case Share():
                return self._share(node)
            case Gate():
                return self._gate(node)
            case ByClass():
                return self._by_class(node)

    def _all(self, nodes: Sequence[AnyNode]) -> list[str] | None:
        """The names of all, None where one is missing; every one is tried, so that all that is missing is told."""
        names = [self.node(node) for node in nodes]
        found = [name for name in names if name is not None]
        return found if len(found) == len(names) else None

    def _component(self, key: str) -> str | None:
        if key in self.values:
            return self.number(key)
        text = self.formula.components.get(key)
        source = (text.source if text else None) or key
        other = self.formulas.get(source)
        if other is None:
            self.lacks(key)
            return None
        return self._other(key, source, other)

    def _other(self, key: str, source: str, other: Formula) -> str | None:
        if source in self.path:
            raise ValueError(f"公式互相引用成了圈：{' → '.join((*self.path, source))}。")
        run = _Run(other, self.values, self.case, self.formulas, (*self.path, source))
        result = run.node(other.result)
        self.missing += [name for name in run.missing if name not in self.missing]
        for why in run.why:
            self.no(why)
        self.wrong |= run.wrong
        if result is None:
            return None
        value = run.work.done(result, f"{other.label} = {{value}}")
        self.parts[key] = run.work.trace(other, **({"parts": run.parts} if run.parts else {}))
        return self.work.put(key, value)

    def _fold(self, node: Fold) -> str | None:
        names = self._all(node.of)
        return None if names is None else self._together(node.op, names)

    def _together(self, op: str, names: Sequence[str]) -> str:
        """One step over all of them, written out."""
        sign = {"sum": " + ", "product": " × "}.get(op)
        listed = (sign or "、").join(map(self.told, names)) or "没有"
        return self.work.take(f"{listed}{'' if sign else f'，{FOLD_WORDS[op]}'} = {{value}}", op, names)

    def _mean(self, node: Mean) -> str | None:
        names = [self.node(below) for below in node.of]
        found = [name for name in names if name is not None]
        if not found or (len(found) < len(names) and not node.present_only):
            return None
        return self._divided(self._together("sum", found), len(found))

    def _divided(self, name: str, by: Exact) -> str:
        return self.work.take(f"{self.told(name)} ÷ {plain(by)} = {{value}}", "quotient", [name, by])

    def _over(self, node: Over) -> str | None:
        names = self.numbers(node.of)
        if names is None:
            return None
        if not names and node.how not in ("sum", "count"):
            self.no(f"“{self.label(node.of)}”一个也没有。")
            return None
        if node.how == "mean":
            return self._divided(self._together("sum", names), len(names))
        return self._together(node.how, names)

    def _weighted(self, node: Weighted) -> str | None:
        pairs = [(self.node(part.of), part.weight) for part in node.parts]
        present = [(name, weight) for name, weight in pairs if name is not None]
        if not present or (len(present) < len(pairs) and node.missing == "refuse"):
            return None
        names = [
            self.work.take(f"{self.told(name)} × {plain(weight)} = {{value}}", "product", [name, weight])
            for name, weight in present
        ]
        total = self._together("sum", names)
        if node.missing == "reweigh" and len(present) < len(pairs):
            divisor = self.work.take("在算的权数 = {value}", "sum", [weight for _, weight in present])
            return self.work.take(
                f"{self.told(total)} ÷ {self.told(divisor)} = {{value}}", "quotient", [total, divisor]
            )
        return total if node.whole == 1 else self._divided(total, node.whole)

    def _deduct(self, node: Deduct) -> str | None:
        base, less = self.node(node.base), self._all([part.of for part in node.less])
        if base is None or less is None:
            return None
        for place, part in enumerate(node.less):
            if part.cap is not None:
                less[place] = self.work.take(f"最多扣 {plain(part.cap)}，扣 {{value}}", "min", [less[place], part.cap])
        listed = "".join(f" − {self.told(name)}" for name in less)
        found = self.work.take(f"{self.told(base)}{listed} = {{value}}", "difference", [base, *less])
        if node.floor is None:
            return found
        return self.work.take(f"不低于 {plain(node.floor)} = {{value}}", "max", [found, node.floor])

    def _round(self, node: Round) -> str | None:
        name = self.node(node.of)
        if name is None:
            return None
        text = f"{self.told(name)} {ROUNDING_WORDS[node.mode]}，保留 {node.digits} 位小数 = {{value}}"
        return self.work.take(text, f"round_{node.mode}", [name, node.digits])

    def _table(self, node: Table) -> str | None:
        name = self.node(node.of)
        if name is None:
            return None
        number = self.work.value(name)
        if band_of(number, node.bands) is None:
            self.no(f"{plain(number)} 不在表的任何一档之内。")
            return None
        terms: list[Exact | str] = [name, node.bands[0].value]
        for band in node.bands[1:]:
            if band.lower is not None:
                terms += [band.lower.at, int(band.lower.included), band.value]
        return self.work.take(f"{self.told(name)} 查表 = {{value}}", "look_up", terms)

    def _words(self, node: Words) -> str | None:
        name = self.word(node.of, list(node.values))
        if name is None:
            return None
        pairs = [term for word, number in node.values.items() for term in (word, number)]
        return self.work.take(f"{self.label(node.of)}“{self.values[node.of]}” = {{value}}", "choose", [name, *pairs])

    def _votes(self, node: Votes) -> str | None:
        names = self._all(list(node.votes.values()))
        if names is None:
            return None
        total = self.work.take("总票数 = {value}", "sum", names)
        if self.work.value(total) == 0:
            self.no("没有一张有效票。")
            return None
        points = [
            self.work.take(
                f"{self.told(name)} 票 × {plain(node.points[word])} = {{value}}", "product", [name, node.points[word]]
            )
            for word, name in zip(node.votes, names, strict=True)
        ]
        added = self._together("sum", points)
        text = f"{self.told(added)} ÷ 总票数 {self.told(total)} = {{value}}"
        return self.work.take(text, "quotient", [added, total])

    def _share(self, node: Share) -> str | None:
        names = self._all([node.of, node.out_of])
        if names is None:
            return None
        if self.work.value(names[1]) != 0:
            return self.work.take(f"{' ÷ '.join(map(self.told, names))} = {{value}}", "quotient", names)
        if node.when_none is None:
            self.no(f"“{self.label(names[1])}”是 0，算不出比例。")
            return None
        return self.work.take("没有可比的数，取 {value}", "sum", [node.when_none])

    def _gate(self, node: Gate) -> str | None:
        test, then, otherwise = self.node(node.test), self.node(node.then), self.node(node.otherwise)
        if test is None:
            return None
        holds = node.bounds.holds(self.work.value(test))
        if (then if holds else otherwise) is None:
            return None
        into, out = then or "0", otherwise or "0"
        lower, upper = node.bounds.lower, node.bounds.upper
        terms: list[Exact | str] = [test, into if lower is None else out]
        if lower is not None:
            terms += [lower.at, int(lower.included), into]
        if upper is not None:
            terms += [upper.at, int(not upper.included), out]
        verdict = "符合" if holds else "不符合"
        return self.work.take(f"{self.told(test)} {verdict}“{node.bounds.words}”，取 {{value}}", "look_up", terms)

    def _by_class(self, node: ByClass) -> str | None:
        found = most_specific(node.cases, self.case)
        if found is None:
            self.no("没有适用于这一类的项目。")
            return None
        return self.node(found.of)
