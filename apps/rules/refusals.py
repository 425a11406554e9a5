"""A typing fault of pydantic, said in Chinese: what is wrong and what to write instead."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from pydantic import BaseModel

from apps.rules.problems import Place, suggestion
from apps.rules.tagged import fields, written

WORDS: dict[str, str] = {
    "clause": "依据的条款号，如 clause: XX-13-2",
    "values": "带日期的数值，如 values: {2020-01-01: {at_least: 100, modality: must, clause: XX-13-2}}",
    "modality": "语气，如 modality: must",
    "binds": "对谁适用，如 binds: [leader, member]",
    "counts": "计入的类别，如 counts: [in_village, meeting]",
    "label": "名称，如 label: 年驻村工作日",
    "short": "表头用的短名，如 short: 年驻村",
    "window": "按哪个期间，如 window: year",
    "unit": "单位，如 unit: workday",
    "effective": "生效日，如 effective: 2020-01-01",
    "area": "适用行政区，如 area: C123456",
    "offices": "由谁办，如 offices: [township_secretary]",
    "do": "做什么，如 do: talk",
    "op": "怎么算，如 op: sum",
    "whom": "对谁，如 whom: person",
    "inherits": "继承哪个规则包，如 inherits: central；最上级写 inherits: null",
}


def _missing(path: Place, _: Any, __: Mapping[str, Any], ___: list[str]) -> tuple[str, str]:
    name = str(path[-1])
    return f"缺少“{name}”。", f"请补上{WORDS.get(name, f'一行 {name}: …')}。"


def _unknown(path: Place, _: Any, __: Mapping[str, Any], allowed: list[str]) -> tuple[str, str]:
    return f"没有“{path[-1]}”这一项。", suggestion(str(path[-1]), allowed)


def _word(_: Place, value: Any, context: Mapping[str, Any], __: list[str]) -> tuple[str, str]:
    return f"不认识“{value}”。", suggestion(str(value), re.findall(r"'([^']+)'", str(context["expected"])))


def _kind(_: Place, value: Any, context: Mapping[str, Any], __: list[str]) -> tuple[str, str]:
    """A thing told apart by a word that is not one of those words."""
    return f"不认识“{context['tag']}”。", suggestion(
        str(context["tag"]), re.findall(r"'([^']+)'", context["expected_tags"])
    )


def _kindless(_: Place, value: Any, context: Mapping[str, Any], __: list[str]) -> tuple[str, str]:
    name = str(context["discriminator"]).strip("'")
    return f"缺少“{name}”。", f"请补上{WORDS.get(name, f'一行 {name}: …')}。"


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
    "exact_number": _plain("“{value}”不是数字。", "请直接写数字，如 90 或 0.5。"),
    "number_size": _plain("“{value}”太大，或小数位太多。", "请写 15 位以内、最多 12 位小数的数字。"),
    "yuan": _plain("“{value}”不是金额。", "请写元，不小于 0，最多两位小数，如 900 或 12.5。"),
    "month_day": _plain("“{value}”不是月日。", "请写成 06-30 这样，并加引号。"),
    "clock": _plain("“{value}”不是钟点。", "请写成 17:30 这样，并加引号。"),
    "union_tag_invalid": _kind,
    "union_tag_not_found": _kindless,
    "model_attributes_type": _plain("“{value}”下面应是“名称: 内容”。", "请写成 {{名称: 内容}}，或另起一行、缩进两格。"),
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
    path, _ = written(model, error["loc"])
    if error["type"] == "union_tag_invalid":
        path = (*path, str(error["ctx"]["discriminator"]).strip("'"))
    if error["type"] == "string_pattern_mismatch":
        if path[-1] == "area":
            return path, f"“{error['input']}”不是行政区代码。", "请写字母 C 加行政区划代码，如 C123456。"
        if path[-1] == "like":
            return path, f"“{error['input']}”不是规则的名称。", "请写成“部分.名称”，如 duties.home_visits。"
        return path, f"“{error['input']}”不能用作代码。", "请用小写英文字母开头，只含小写字母、数字和下划线。"
    say = _SAID.get(error["type"])
    if say is None:
        return path, f"“{error['input']}”不合要求。", "请对照相邻的写法修改。"
    message, instead = say(path, error["input"], error.get("ctx") or {}, fields(model, error["loc"]))
    return path, message, instead
