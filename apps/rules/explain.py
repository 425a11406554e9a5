"""The trace of a presence measure: the same figures as `figures`, derived step by step with their words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from apps.rules.book import Measure, SheetRule
from apps.rules.calendar import YearCalendar
from apps.rules.figures import Inputs, Judgement, Span, State, judged_weeks, state_word, year_terms
from apps.rules.marks import INDEX_OF, WORD_OF
from apps.rules.trace import Term, step
from apps.rules.vocabulary import UNIT_WORDS

Steps = list[dict[str, Any]]


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
    if measure.window == "week":
        values, steps = _weeks(measure, inputs, calendar, previous_year)
    else:
        values, steps = _days(measure, inputs, calendar, sheet)
    return {
        "rule": measure.name,
        "label": measure.label,
        "pack": measure.pack,
        "version": measure.version,
        "clause": measure.clause,
        "see": list(measure.see),
        "unit": "周" if measure.window == "week" else UNIT_WORDS[measure.unit],
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
    yearly, work_only = measure.window == "year", measure.days == "work"
    if yearly:
        numbers = inputs.ytd_work if work_only else inputs.ytd_all
    else:
        numbers = inputs.month_work if work_only else inputs.month_all
    values: dict[str, int] = {category: int(numbers[INDEX_OF[category]]) for category in measure.counts}
    kind = "（只计工作日）" if work_only else ""
    period = "本年至本月底" if yearly else "本月"
    steps = [step("done", f"{period}{kind}：{_listed(values, sheet)} = {{value}}", "sum", list(values), values)]
    terms = year_terms(measure, inputs.first, inputs.last, inputs.month, calendar) if yearly else None
    if terms is None or measure.at_most is not None:
        limit = measure.at_most if measure.at_most is not None else measure.at_least
        words = "不超过" if measure.at_most is not None else "不少于"
        steps.append(step("due", f"{words} {{value}} {_unit(measure)}", "sum", ["limit"], {"limit": limit or 0}))
        return {**values, "limit": limit or 0}, steps
    part = terms.part
    values |= _base(measure, part, calendar)
    steps.append(_due(measure, values))
    if measure.prorate == "information" and not part.whole:
        text = f"按派驻 {part.posted} 天折算为 {{value}}，只作参考，不据此判定"
        steps.append(step("estimate", text, "ceiling", ["limit", "posted_days", "year_days"], values))
    known = {**values, **{entry["name"]: entry["value"] for entry in steps}}
    if known["done"] >= known["due"]:
        steps.append(step("beyond", "已计数减应达数 = {value}，已达到", "difference", ["done", "due"], known))
    else:
        steps.append(step("missing", "应达数减已计数 = {value}，即还差的天数", "difference", ["due", "done"], known))
    kind = "个工作日" if work_only else "天"
    steps.append(
        step(
            "left",
            f"本月以后、{part.last.month}月{part.last.day}日以前（含）还有 {{value}} {kind}",
            "sum",
            ["left"],
            known,
        )
    )
    return values, steps


def _base(measure: Measure, part: Span, calendar: YearCalendar) -> dict[str, int]:
    values = {
        "posted_days": part.posted,
        "posted_workdays": part.posted_work,
        "year_days": len(calendar.days),
        "year_workdays": calendar.work_total,
        "left": part.left,
    }
    if measure.share is not None:
        return values | {"numerator": measure.share[0], "denominator": measure.share[1]}
    return values | {"limit": measure.at_least or 0}


def _due(measure: Measure, values: Mapping[str, int]) -> dict[str, Any]:
    unit = _unit(measure)
    if measure.share is not None:
        posted = measure.prorate in ("posted_days", "posted_workdays")
        base = "posted_workdays" if posted else "year_workdays"
        words = "派驻期内工作日" if posted else "全年工作日"
        text = (
            f"应达 {words} {values[base]} × {values['numerator']} ÷ {values['denominator']}，不足一天进一天 = {{value}}"
        )
        return step("due", text, "ceiling", [base, "numerator", "denominator"], values)
    if measure.prorate == "posted_days":
        return _part_due(measure, ["limit", "posted_days", "year_days"], "派驻", "天", values)
    if measure.prorate == "posted_workdays":
        return _part_due(measure, ["limit", "posted_workdays", "year_workdays"], "派驻期内", "个工作日", values)
    return step("due", f"应达 {{value}} {unit}", "sum", ["limit"], values)


def _part_due(measure: Measure, of: list[Term], posted: str, days: str, values: Mapping[str, int]) -> dict[str, Any]:
    """The due days of a part of the year."""
    limit, part, whole = (values[str(name)] for name in of)
    text = f"应达 {limit} {_unit(measure)} × {posted} {part} {days} ÷ 全年 {whole} {days}，不足一天进一天 = {{value}}"
    return step("due", text, "ceiling", of, values)


def _weeks(
    measure: Measure, inputs: Inputs, calendar: YearCalendar, previous_year: YearCalendar | None
) -> tuple[dict[str, int], Steps]:
    weeks = list(judged_weeks(measure, inputs, calendar, previous_year))
    limit = measure.at_least or 0
    counted = {f"week_{week.sunday.isoformat()}": week.counted for week in weeks}
    listed = "、".join(f"至{week.sunday.month}月{week.sunday.day}日 {week.counted} 天" for week in weeks) or "没有整周"
    values = {**counted, "limit": limit}
    return values, [
        step("done", f"每周：{listed}；达到 {limit} 天的 {{value}} 周", "reached", ["limit", *counted], values),
        step("due", "应检查 {value} 周", "count", list(counted), values),
    ]


def _listed(values: Mapping[str, int], sheet: SheetRule | None) -> str:
    words = WORD_OF if sheet is None else {category: sheet.word(category) for category in values}
    return " + ".join(f"{words[category]} {number}" for category, number in values.items())


def _unit(measure: Measure) -> str:
    """The unit as it follows a number."""
    return "个工作日" if measure.unit == "workday" else "天"
