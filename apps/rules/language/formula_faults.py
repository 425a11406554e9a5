"""What is wrong with formulas: weights, unknown components, tables with gaps, circles."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from itertools import combinations

from apps.rules.exact import plain
from apps.rules.language.bands import band_faults
from apps.rules.language.nodes import (
    AnyNode,
    ByClass,
    Component,
    Fold,
    Formula,
    Gate,
    Over,
    Table,
    Votes,
    Weighted,
    Words,
    children,
)
from apps.rules.language.parts import Fault, part_faults
from apps.rules.language.selectors import may_meet
from apps.rules.language.vocabularies import Vocabulary
from apps.rules.problems import Place, suggestion

Below = Iterator[tuple[Place, AnyNode]]


def faults(
    formulas: Mapping[str, Formula],
    *,
    sources: Collection[str] = (),
    vocabularies: Mapping[str, Vocabulary] | None = None,
) -> Iterator[Fault]:
    """Faults of a pack's formulas; `sources` are the keys of its counters and accounts."""
    words = vocabularies or {}
    for key, formula in formulas.items():
        for path, node in _nodes((key, "result"), formula.result):
            yield from _node(path, node, formula)
        yield from _components(key, formula, {*formulas, *sources}, words)
        yield from _circle(key, formulas)
        yield from part_faults(formula, (key,))


def _nodes(path: Place, node: AnyNode) -> Below:
    yield path, node
    for below, child in children(node):
        yield from _nodes((*path, *below), child)


def _node(path: Place, node: AnyNode, formula: Formula) -> Iterator[Fault]:
    match node:
        case Component() if node.name not in formula.components:
            yield path, f"没有叫“{node.name}”的组成项。", _declare(node.name, formula)
        case Fold():
            yield from _whole_marks(path, node, formula)
        case Weighted():
            yield from _weights(path, node)
        case Table():
            for index, message, instead in band_faults(node.bands):
                yield (*path, "bands", index), message, instead
        case Over() if node.of not in formula.components:
            yield (*path, "of"), f"没有叫“{node.of}”的组成项。", _declare(node.of, formula)
        case Words():
            yield from _words(path, node, formula)
        case Votes() if set(node.votes) != set(node.points):
            odd = "、".join(sorted(set(node.votes) ^ set(node.points)))
            yield (*path, "points"), f"票种和分数对不上：{odd}。", "请给每种票都写上分数。"
        case Gate() if node.bounds.lower is None and node.bounds.upper is None:
            yield (*path, "bounds"), "关口没有写界限。", "如 bounds: {under: 200}。"
        case ByClass():
            yield from _cases(path, node)
        case _:
            pass


def _declare(name: str, formula: Formula) -> str:
    if formula.components:
        return suggestion(name, formula.components)
    return f"请在 components 里写上 {name}。"


def _weights(path: Place, node: Weighted) -> Iterator[Fault]:
    total = sum(part.weight for part in node.parts)
    if total != node.whole:
        listed = " + ".join(str(plain(part.weight)) for part in node.parts)
        yield (
            (*path, "parts"),
            f"权重相加 {listed} = {plain(total)}，不等于 {plain(node.whole)}。",
            f"请让各部分的权重加起来等于 {plain(node.whole)}，或改写 whole。",
        )
    for index, part in enumerate(node.parts):
        if part.weight <= 0:
            yield (*path, "parts", index, "weight"), f"权重 {plain(part.weight)} 不大于 0。", "请写大于 0 的数。"


def _whole_marks(path: Place, node: Fold, formula: Formula) -> Iterator[Fault]:
    if node.whole is None:
        return
    if node.op != "sum":
        yield (*path, "whole"), "只有相加（sum）才写满分 whole。", "请删去这一行。"
        return
    best = []
    for index, below in enumerate(node.of):
        text = formula.components.get(below.name) if isinstance(below, Component) else None
        if text is None or text.between is None or text.between.up_to is None:
            instead = "请给这一项写 between: {at_least: 0, up_to: 满分}，或删去 whole。"
            yield (*path, "of", index), "写了满分 whole，这一项却没有写最高分。", instead
            return
        best.append(text.between.up_to)
    if sum(best) != node.whole:
        listed = " + ".join(str(plain(number)) for number in best)
        message = f"各项最高分相加 {listed} = {plain(sum(best))}，不等于满分 {plain(node.whole)}。"
        yield (*path, "whole"), message, "请核对各项的最高分和满分。"


def _words(path: Place, node: Words, formula: Formula) -> Iterator[Fault]:
    text = formula.components.get(node.of)
    if text is None:
        yield (*path, "of"), f"没有叫“{node.of}”的组成项。", _declare(node.of, formula)
    elif text.vocabulary is None:
        message = f"“{text.label}”没有写 vocabulary，不知道有哪些词。"
        yield (*path, "of"), message, "请在这一项里补上 vocabulary。"


def _cases(path: Place, node: ByClass) -> Iterator[Fault]:
    for (_, one), (index, other) in combinations(enumerate(node.cases), 2):
        same = one.applies.specificity == other.applies.specificity
        if same and may_meet(one.applies, other.applies):
            yield (*path, "cases", index), "与前面一类可能同时适用，分不出用哪个。", "请让 applies 互不重叠。"


def _components(
    key: str, formula: Formula, sources: Collection[str], vocabularies: Mapping[str, Vocabulary]
) -> Iterator[Fault]:
    used = {name for _, node in _nodes((), formula.result) for name in _named(node)}
    for name, text in formula.components.items():
        path: Place = (key, "components", name)
        if name == "done":
            yield path, "组成项不能叫 done。", "请换一个名称。"
        if name not in used:
            yield path, f"“{text.label}”没有用到。", "请在 result 里用上它，或删去这一项。"
        if text.source is not None and text.source not in sources:
            message = f"没有叫“{text.source}”的公式、计数或分数账户。"
            yield (*path, "source"), message, suggestion(text.source, sorted(sources))
        if text.vocabulary is not None:
            yield from _vocabulary(path, name, text.vocabulary, formula, vocabularies)


def _vocabulary(
    path: Place, name: str, key: str, formula: Formula, vocabularies: Mapping[str, Vocabulary]
) -> Iterator[Fault]:
    vocabulary = vocabularies.get(key)
    if vocabulary is None:
        yield (*path, "vocabulary"), f"没有叫“{key}”的词表。", suggestion(key, vocabularies)
        return
    known = [word.word for word in vocabulary.words]
    for at, node in _nodes(("result",), formula.result):
        if isinstance(node, Words) and node.of == name:
            place = (*path[:1], *at, "values")
            for word in node.values:
                if word not in known:
                    yield (*place, word), f"“{vocabulary.label}”里没有“{word}”。", suggestion(word, known)
            for word in known:
                if word not in node.values and not vocabulary.open_list:
                    yield place, f"没有写“{word}”算多少。", "请给每个词都写上数。"


def _named(node: AnyNode) -> tuple[str, ...]:
    match node:
        case Component():
            return (node.name,)
        case Words() | Over():
            return (node.of,)
        case _:
            return ()


def _circle(key: str, formulas: Mapping[str, Formula]) -> Iterator[Fault]:
    """A fault for a formula that, through others, needs itself."""
    path = _way_back(key, key, formulas, (key,))
    if path is not None:
        yield (key, "components"), f"公式互相引用成了圈：{' → '.join(path)}。", "请去掉其中一处引用。"


def _way_back(start: str, at: str, formulas: Mapping[str, Formula], path: tuple[str, ...]) -> tuple[str, ...] | None:
    for name, text in formulas[at].components.items():
        source = text.source or name
        if source == start:
            return (*path, source)
        if source in formulas and source not in path:
            found = _way_back(start, source, formulas, (*path, source))
            if found is not None:
                return found
    return None
