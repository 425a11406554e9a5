"""Formulas in Chinese: each node as arithmetic over the names of the components."""

from __future__ import annotations

from apps.rules.exact import ROUNDING_WORDS, plain
from apps.rules.language.nodes import (
    ByClass,
    Component,
    Constant,
    Deduct,
    Fold,
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
from apps.rules.said import Names, told

_OVER = {"sum": "合计", "mean": "平均数", "min": "最小数", "max": "最大数", "count": "个数"}
_MISSING = {"refuse": "", "zero": "，缺的按0计", "reweigh": "，缺的由其余各项按比例补足"}


@told.register
def _(value: Constant, name: str, names: Names) -> str:
    return str(plain(value.value))


@told.register
def _(value: Component, name: str, names: Names) -> str:
    return f"“{names.word('name', value.name)}”"


@told.register
def _(value: Fold, name: str, names: Names) -> str:
    items = [told(item, name, names) for item in value.of]
    match value.op:
        case "sum":
            return " + ".join(items)
        case "product":
            return " × ".join(items)
        case _:
            return f"{'、'.join(items)}中{'最小' if value.op == 'min' else '最大'}的"


@told.register
def _(value: Mean, name: str, names: Names) -> str:
    return f"{'、'.join(told(item, name, names) for item in value.of)}的平均数{'（只算有的）' if value.present_only else ''}"


@told.register
def _(value: Over, name: str, names: Names) -> str:
    return f"“{names.word('name', value.of)}”的{_OVER[value.how]}"


@told.register
def _(value: Weighted, name: str, names: Names) -> str:
    parts = " + ".join(f"{told(part.of, name, names)} × {plain(part.weight)}" for part in value.parts)
    whole = f"（{parts}） ÷ {plain(value.whole)}" if value.whole != 1 else parts
    return whole + _MISSING[value.missing]


@told.register
def _(value: Deduct, name: str, names: Names) -> str:
    less = []
    for part in value.less:
        cap = f"（至多扣{plain(part.cap)}）" if part.cap is not None else ""
        less.append(f" − {told(part.of, name, names)}{cap}")
    floor = f"，扣到{plain(value.floor)}为止" if value.floor is not None else ""
    return f"{told(value.base, name, names)}{''.join(less)}{floor}"


@told.register
def _(value: Round, name: str, names: Names) -> str:
    return f"{told(value.of, name, names)}，{ROUNDING_WORDS[value.mode]}，保留{value.digits}位小数"


@told.register
def _(value: Table, name: str, names: Names) -> str:
    bands = "，".join(f"{row.words}得{plain(row.value)}" for row in value.bands)
    return f"按{told(value.of, name, names)}查表（{bands}）"


@told.register
def _(value: Words, name: str, names: Names) -> str:
    values = "，".join(f"{names.word('words', word)}得{plain(number)}" for word, number in value.values.items())
    return f"按“{names.word('name', value.of)}”（{values}）"


@told.register
def _(value: Votes, name: str, names: Names) -> str:
    votes = "，".join(
        f"{names.word('votes', word)}每票{plain(value.points.get(word, 0))}（票数：{told(node, name, names)}）"
        for word, node in value.votes.items()
    )
    return f"按票数折算：{votes}"


@told.register
def _(value: Share, name: str, names: Names) -> str:
    nought = f"（没有总数的按{plain(value.when_none)}）" if value.when_none is not None else ""
    return f"{told(value.of, name, names)} ÷ {told(value.out_of, name, names)}{nought}"


@told.register
def _(value: Gate, name: str, names: Names) -> str:
    test = f"{told(value.test, name, names)}{value.bounds.words}"
    return f"{test}的，取{told(value.then, name, names)}；否则取{told(value.otherwise, name, names)}"


@told.register
def _(value: ByClass, name: str, names: Names) -> str:
    return "；".join(
        f"{told(case.applies, 'applies', names) or '其他'}：{told(case.of, name, names)}" for case in value.cases
    )
