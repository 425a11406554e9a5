"""The trace of a presence measure: the same figures as `figures`, derived step by step with their words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from apps.rules.book import SheetRule
from apps.rules.calendar import YearCalendar
from apps.rules.figures import Judgement, Span, State, state_word, terms_of
from apps.rules.inputs import Inputs, numbers
from apps.rules.marks import WORD_OF
from apps.rules.measure import Measure
from apps.rules.pieces import Piece, judged_pieces
from apps.rules.stretches import stretch_of
from apps.rules.trace import Term, step
from apps.rules.vocabulary import PIECES

Steps = list[dict[str, Any]]
SO_FAR = {"month": "本月", "quarter": "本季度至本月底", "half_year": "本半年至本月底", "year": "本年至本月底"}
WHOLE = {"month": "本月", "quarter": "本季度", "half_year": "本半年", "year": "全年"}


def explain(
    measure: Measure,
    inputs: Inputs,
    calendar: YearCalendar,
    judgement: Judgement,
    previous_year: YearCalendar | None = None,
    sheet: SheetRule | None = None,
) -> dict[str, Any]:
    """The trace (see `trace`) of a judgement made from the same arguments; empty where the measure does not apply.

    Kinds of day are called as on `sheet`, by their common words without one.
    """
    if judgement.state is State.NOT_APPLICABLE:
        return {}
    if measure.window in PIECES:
        values, steps = _pieces(measure, inputs, calendar, previous_year)
    else:
        values, steps = _days(measure, inputs, calendar, sheet)
    return {
        "rule": measure.name,
        "label": measure.label,
        "pack": measure.pack,
        "version": measure.version,
        "clause": measure.clause,
        "see": list(measure.see),
        "unit": measure.figure_unit,
        "announced": calendar.announced,
        "presets": list(measure.presets.values()),
        "inputs": {"first": inputs.first.isoformat(), "month": str(inputs.month), **values},
        "steps": steps,
        "value": judgement.done,
        "ceiling": measure.at_most is not None,
        "due": judgement.due,
        "state": int(judgement.state),
        "state_text": state_word(judgement.state, ceiling=measure.at_most is not None),
    }


def _days(
    measure: Measure, inputs: Inputs, calendar: YearCalendar, sheet: SheetRule | None
) -> tuple[dict[str, int], Steps]:
    values = numbers(measure, inputs)
    kind = "（只计工作日）" if measure.days == "work" else ""
    text = f"{SO_FAR[measure.window]}{kind}：{_listed(values, sheet)} = {{value}}"
    steps = [step("done", text, "sum", list(values), values)]
    if measure.at_most is not None or not (measure.runs or measure.share):
        words, limit = ("不少于", measure.at_least) if measure.at_most is None else ("不超过", measure.at_most)
        values["limit"] = limit or 0
        steps.append(step("due", f"{words} {{value}} {_unit(measure)}", "sum", ["limit"], values))
    elif not measure.runs:
        values |= _limit(measure, {"month_workdays": calendar.workdays(inputs.month.first, inputs.month.last)})
        steps.append(_due(measure, values))
    elif terms := terms_of(measure, inputs.first, inputs.last, inputs.month, calendar):
        values |= _base(measure, inputs, terms.part, calendar)
        steps.append(_due(measure, values))
        steps += _reach(measure, terms.part, {**values, **{entry["name"]: entry["value"] for entry in steps}})
    return values, steps


def _reach(measure: Measure, part: Span, known: Mapping[str, int]) -> Steps:
    """What is missing of a running floor, and what can still come."""
    steps = []
    days = "夜数" if measure.unit == "night" else "天数"
    if measure.prorate == "information" and not part.whole:
        text = f"按派驻 {part.posted} 天折算为 {{value}}，只作参考，不据此判定"
        steps.append(step("estimate", text, "ceiling", ["limit", "posted_days", f"{measure.window}_days"], known))
    if known["done"] >= known["due"]:
        steps.append(step("beyond", "已计数减应达数 = {value}，已达到", "difference", ["done", "due"], known))
    else:
        text = f"应达数减已计数 = {{value}}，即还差的{days}"
        steps.append(step("missing", text, "difference", ["due", "done"], known))
    kind = "个工作日" if measure.days == "work" else _plain_unit(measure)
    until = f"{part.last.month}月{part.last.day}日"
    steps.append(step("left", f"本月以后、{until}以前（含）还有 {{value}} {kind}", "sum", ["left"], known))
    return steps


def _base(measure: Measure, inputs: Inputs, part: Span, calendar: YearCalendar) -> dict[str, int]:
    window = stretch_of(measure.window, inputs.month)
    values = {
        "posted_days": part.posted,
        "posted_workdays": part.posted_work,
        f"{measure.window}_days": window.days,
        f"{measure.window}_workdays": calendar.workdays(*window),
        "left": part.left,
    }
    return _limit(measure, values)


def _limit(measure: Measure, values: dict[str, int]) -> dict[str, int]:
    if measure.share is not None:
        return values | {"numerator": measure.share[0], "denominator": measure.share[1]}
    return values | {"limit": measure.at_least or 0}


def _due(measure: Measure, values: Mapping[str, int]) -> dict[str, Any]:
    unit, window = _unit(measure), measure.window
    if measure.share is not None:
        posted = measure.prorate in ("posted_days", "posted_workdays")
        base = "posted_workdays" if posted else f"{window}_workdays"
        words = "派驻期内工作日" if posted else f"{WHOLE[window]}工作日"
        text = (
            f"应达 {words} {values[base]} × {values['numerator']} ÷ {values['denominator']}，不足一天进一天 = {{value}}"
        )
        return step("due", text, "ceiling", [base, "numerator", "denominator"], values)
    if measure.prorate == "posted_days":
        return _part_due(measure, ["limit", "posted_days", f"{window}_days"], "派驻", "天", values)
    if measure.prorate == "posted_workdays":
        return _part_due(measure, ["limit", "posted_workdays", f"{window}_workdays"], "派驻期内", "个工作日", values)
    return step("due", f"应达 {{value}} {unit}", "sum", ["limit"], values)


def _part_due(measure: Measure, of: list[Term], posted: str, days: str, values: Mapping[str, int]) -> dict[str, Any]:
    """What is due for a part of the window."""
    limit, part, whole = (values[str(name)] for name in of)
    one = f"一{_plain_unit(measure)}"
    text = (
        f"应达 {limit} {_unit(measure)} × {posted} {part} {days} ÷ {WHOLE[measure.window]} {whole} {days}，"
        f"不足{one}进{one} = {{value}}"
    )
    return step("due", text, "ceiling", of, values)


def _pieces(
    measure: Measure, inputs: Inputs, calendar: YearCalendar, previous_year: YearCalendar | None
) -> tuple[dict[str, int], Steps]:
    pieces = list(judged_pieces(measure, inputs, calendar, previous_year))
    limit, unit = measure.at_least or 0, _plain_unit(measure)
    counted = {_key(measure, piece): piece.counted for piece in pieces}
    values = {**counted, "limit": limit}
    told = [f"{_named(measure, piece)} {piece.counted} {unit}" for piece in pieces]
    if measure.window == "week":
        done = f"每周：{'、'.join(told) or '没有整周'}；达到 {limit} {unit}的 {{value}} 周"
        due = "应检查 {value} 周"
    else:
        done = f"每半月：{'、'.join(told) or '没有整个半月'}；达到 {limit} {unit}的有 {{value}} 个"
        due = "应检查的上半月、下半月共 {value} 个"
    return values, [
        step("done", done, "reached", ["limit", *counted], values),
        step("due", due, "count", list(counted), values),
    ]


def _key(measure: Measure, piece: Piece) -> str:
    if measure.window == "week":
        return f"week_{piece.last.isoformat()}"
    return "first_half" if piece.first.day == 1 else "second_half"


def _named(measure: Measure, piece: Piece) -> str:
    if measure.window == "week":
        return f"至{piece.last.month}月{piece.last.day}日"
    return f"{piece.first.day}日至{piece.last.day}日"


def _listed(values: Mapping[str, int], sheet: SheetRule | None) -> str:
    words = {name: "住村" if name == "nights" else sheet.word(name) if sheet else WORD_OF[name] for name in values}
    return " + ".join(f"{words[name]} {number}" for name, number in values.items())


def _unit(measure: Measure) -> str:
    """The unit as it follows a number."""
    return "个工作日" if measure.unit == "workday" else _plain_unit(measure)


def _plain_unit(measure: Measure) -> str:
    """What is counted one by one: nights or days."""
    return "夜" if measure.unit == "night" else "天"
