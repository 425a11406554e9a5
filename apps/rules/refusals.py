"""A typing fault of pydantic, said in Chinese: what is wrong and what to write instead."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, get_args, get_origin

from pydantic import BaseModel

from apps.rules.problems import Place, suggestion

WORDS: dict[str, str] = {
    "clause": "依据的条款号，如 clause: XX-13-2",
    "values": "带日期的数值，如 values: {2020-01-01: {at_least: 100, modality: must, clause: XX-13-2}}",
    "modality": "语气，如 modality: must",
    "binds": "对谁适用，如 binds: [leader, member]",
    "counts": "计入的类别，如 counts: [in_village, meeting]",
    "label": "名称，如 label: 年驻村工作日",
    "short": "表头用的短名，如 short: 年驻村",
    "window": "按年、月还是周，如 window: year",
    "unit": "单位，如 unit: workday",
    "effective": "生效日，如 effective: 2020-01-01",
    "area": "适用行政区，如 area: C123456",
    "offices": "由谁办，如 offices: [township_secretary]",
    "inherits": "继承哪个规则包，如 inherits: central；最上级写 inherits: null",
}


def _missing(path: Place, _: Any, __: Mapping[str, Any], ___: list[str]) -> tuple[str, str]:
    name = str(path[-1])
    return f"缺少“{name}”。", f"请补上{WORDS.get(name, f'一行 {name}: …')}。"


def _unknown(path: Place, _: Any, __: Mapping[str, Any], allowed: list[str]) -> tuple[str, str]:
    return f"没有“{path[-1]}”这一项。", suggestion(str(path[-1]), allowed)


def _word(_: Place, value: Any, context: Mapping[str, Any], __: list[str]) -> tuple[str, str]:
    return f"不认识“{value}”。", suggestion(str(value), re.findall(r"'([^']+)'", str(context["expected"])))


def _plain(message: str, instead: str) -> Callable[[Place, Any, Mapping[str, Any], list[str]], tuple[str, str]]:
    def say(_: Place, value: Any, context: Mapping[str, Any], __: list[str]) -> tuple[str, str]:
        return message.format(value=value, **context), instead.format(**context)

    return say


_SAID: dict[str, Callable[[Place, Any, Mapping[str, Any], list[str]], tuple[str, str]]] = {
    "missing": _missing,
    "extra_forbidden": _unknown,
    "literal_error": _word,
    "int_type": _plain("“{value}”不是整数。", "请直接写数字，不加引号和单位，如 100。"),
    "bool_type": _plain("“{value}”不是“是”或“否”。", "请写 true 或 false。"),
    "string_type": _plain("“{value}”不是文字。", "请在两边加引号，写成文字。"),
    "civil_day": _plain("“{value}”不是日期。", "请写成 2020-01-01 这样。"),
    "greater_than_equal": _plain("{value} 太小。", "请写不小于 {ge} 的整数。"),
    "less_than_equal": _plain("{value} 太大。", "请写不大于 {le} 的整数。"),
    "too_short": _plain("这里不能空着。", "请至少写 {min_length} 项；不适用就删去这一行。"),
    "too_long": _plain("项数太多。", "请只写 {max_length} 项。"),
    "string_too_short": _plain("这里不能空着。", "请写上文字。"),
    "tuple_type": _plain("“{value}”不是一列。", "请用方括号，如 [leader, member]。"),
    "dict_type": _plain("“{value}”下面应是“名称: 内容”。", "请另起一行、缩进两格写。"),
    "model_type": _plain("“{value}”下面应是“名称: 内容”。", "请另起一行、缩进两格写。"),
}


def refusal(model: type[BaseModel], error: Mapping[str, Any]) -> tuple[Place, str, str]:
    """(path, what is wrong, what to write instead) for one entry of `ValidationError.errors()`."""
    path: Place = tuple(part for part in error["loc"] if part != "[key]")
    if error["type"] == "string_pattern_mismatch":
        if path[-1] == "area":
            return path, f"“{error['input']}”不是行政区代码。", "请写字母 C 加行政区划代码，如 C123456。"
        return path, f"“{error['input']}”不能用作代码。", "请用小写英文字母开头，只含小写字母、数字和下划线。"
    say = _SAID.get(error["type"])
    if say is None:
        return path, f"“{error['input']}”不合要求。", "请对照相邻的写法修改。"
    message, instead = say(path, error["input"], error.get("ctx") or {}, _fields(model, path[:-1]))
    return path, message, instead


def _fields(model: type[BaseModel], path: Place) -> list[str]:
    """The keys that may stand at a path of the model; empty where any may."""
    current: Any = model
    for part in path:
        if _is_model(current):
            current = current.model_fields[part].annotation
        elif get_args(current):
            current = get_args(current)[1 if get_origin(current) is dict else 0]
        current = _without_none(current)
    return list(current.model_fields) if _is_model(current) else []


def _without_none(annotation: Any) -> Any:
    """The X of `X | None`."""
    arguments = get_args(annotation)
    if type(None) not in arguments:
        return annotation
    return next(argument for argument in arguments if argument is not type(None))


def _is_model(annotation: Any) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, BaseModel)
