"""Faults of sense that typing cannot see.  Each check yields (path, what is wrong, what to write instead)."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import timedelta
from typing import Any

from pydantic import BaseModel

from apps.rules.book import measure_on, overridden
from apps.rules.law_checks import fits, law_faults
from apps.rules.like_checks import completed
from apps.rules.measure import Measure
from apps.rules.pack import MeasureText, MeasureValue, Pack
from apps.rules.problems import Place, suggestion
from apps.rules.terms import Cited
from apps.rules.vocabulary import PIECES, RUNNING

Fault = tuple[Place, str, str]

AREA_LENGTH = {"nation": 1, "province": 3, "city": 5, "county": 7}
WINDOW_DAYS = {"year": 366, "half_year": 184, "quarter": 92, "month": 31, "half_month": 16, "week": 7}


def faults(pack: Pack, clauses: Collection[str], above: Pack | None = None) -> Iterator[Fault]:
    """All faults of one pack; `clauses` are the ids of the catalogue, `above` the pack it inherits from."""
    yield from _header(pack)
    yield from _citations(completed(pack, above), clauses)
    for name, measure in pack.presence.items():
        yield from _measure(pack, ("presence", name), measure)
    yield from _nights_kept(pack, above)
    yield from _variants(pack)
    yield from _sheet(pack)
    yield from _ledger(pack)
    yield from law_faults(pack, above)
    if above is not None:
        yield from _overridden(pack, above)


def _header(pack: Pack) -> Iterator[Fault]:
    length = AREA_LENGTH[pack.level]
    if len(pack.area) != length:
        example = "C" + "123456"[: length - 1]
        yield (
            ("area",),
            f"层级 {pack.level} 的行政区代码应有 {length} 位，现有 {len(pack.area)} 位。",
            f"请写成 {example} 这样。",
        )
    if pack.inherits == pack.code:
        yield ("inherits",), "规则包不能继承自己。", "请写上一级规则包的代码，最上级写 null。"


def _citations(value: Any, clauses: Collection[str], path: Place = ()) -> Iterator[Fault]:
    """Every cited id exists; everything that has a source names it, or says in a note that it is the product's own."""
    if isinstance(value, BaseModel):
        yield from _cited_ids(value, clauses, path)
        for name in type(value).model_fields:
            yield from _citations(getattr(value, name), clauses, (*path, name))
    elif isinstance(value, dict):
        for name, item in value.items():
            yield from _citations(item, clauses, (*path, str(name)))
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _citations(item, clauses, (*path, index))


def _cited_ids(value: BaseModel, clauses: Collection[str], path: Place) -> Iterator[Fault]:
    clause = getattr(value, "clause", None)
    if clause is not None and clause not in clauses:
        yield (*path, "clause"), f"条款目录里没有“{clause}”。", suggestion(clause, sorted(clauses))
    for index, seen in enumerate(getattr(value, "see", ())):
        if seen not in clauses:
            yield (*path, "see", index), f"条款目录里没有“{seen}”。", suggestion(seen, sorted(clauses))
    if isinstance(value, Cited):
        if clause is None and not value.note:
            yield path, "没有写依据。", "请补上 clause: 条款号；条文没有规定的，用 note: 写明是系统自身的安排。"
        if value.preset and not value.note:
            yield path, "标了 preset: true，却没有说明取哪种理解。", "请用 note: 写明条文没说清什么、这里怎么取。"


def _measure(pack: Pack, path: Place, measure: MeasureText) -> Iterator[Fault]:
    for name in measure.presets:
        if name not in MeasureText.model_fields:
            yield (*path, "presets", name), f"没有“{name}”这一项。", suggestion(name, MeasureText.model_fields)
    yield from _dates(pack, path, measure)
    for day, value in measure.values.items():
        yield from _value((*path, "values", day.isoformat()), measure, value)
    if measure.window not in RUNNING and measure.prorate != "none":
        yield (*path, "prorate"), "只有按季度、半年、年的要求才能折算。", "请删去这一行。"
    if measure.window != "week" and measure.skip_short_weeks:
        yield (*path, "skip_short_weeks"), "只有按周的要求才能跳过短周。", "请删去这一行。"
    if measure.unit == "night":
        yield from _nights(path, measure)
    if measure.subset_of is not None:
        yield from _subset(pack, path, measure, measure.subset_of)


def _nights(path: Place, measure: MeasureText) -> Iterator[Fault]:
    """A night belongs to a day in the village, whatever kind of day the calendar makes of it."""
    if measure.counts != ("in_village",):
        yield (*path, "counts"), "夜数只数在村住下的夜晚，别的类别不登记住宿。", "请写 counts: [in_village]。"
    if measure.days == "work":
        yield (*path, "days"), "夜数不分工作日、休息日。", "请删去这一行，或改写 unit: workday。"
    if measure.prorate == "posted_workdays":
        yield (*path, "prorate"), "夜数不能按工作日折算。", "请改写 prorate: posted_days。"
    if measure.skip_short_weeks:
        yield (*path, "skip_short_weeks"), "短周看的是工作日，与夜数无关。", "请删去这一行。"


def _nights_kept(pack: Pack, above: Pack | None) -> Iterator[Fault]:
    """No measure counts nights that nobody records: the pack's own, and those of the pack above where it stops keeping
    them.  Where neither pack speaks of nights, a pack further up decides."""
    own = pack.sheet.nights
    kept = own or (above.sheet.nights if above else None)
    if kept is None or kept.value:
        return
    for name, measure in pack.presence.items():
        if measure.unit == "night":
            yield (
                ("presence", name, "unit"),
                "考勤表不登记住宿，夜数无从数起。",
                "请在 sheet › nights 写 value: true，或改写 unit: day。",
            )
    inherited = above.presence if above and own else {}
    for name, measure in inherited.items():
        if measure.unit == "night" and name not in pack.presence:
            message = f"上级规则包的“{name}”按夜数要求，这里却不登记住宿。"
            yield ("sheet", "nights", "value"), message, "请写 value: true。"


def _dates(pack: Pack, path: Place, measure: MeasureText) -> Iterator[Fault]:
    before = pack.effective - timedelta(days=1)
    for day in measure.values:
        place = (*path, "values", day.isoformat())
        if day < pack.effective:
            yield place, f"{day} 早于规则包生效日 {pack.effective}。", f"请写 {pack.effective} 或更晚的日期。"
        elif day <= before:
            yield place, f"{day} 排在 {before} 后面。", "请按日期先后排列。"
        before = max(before, day)


def _value(path: Place, measure: MeasureText | Measure, value: MeasureValue) -> Iterator[Fault]:
    given = [name for name in ("at_least", "at_most", "share") if getattr(value, name) is not None]
    if len(given) != 1:
        stated = "、".join(given) or "一个也没有"
        yield path, f"at_least、at_most、share 只能写一个，现在写了：{stated}。", "请只留一个。"
        return
    most = WINDOW_DAYS[measure.window]
    for name in ("at_least", "at_most"):
        number = getattr(value, name)
        if number is not None and number > most:
            yield (*path, name), f"{number} 超过了这个期间的天数 {most}。", f"请写不大于 {most} 的数，或检查 window。"
    if value.share is not None and not 0 < value.share[0] <= value.share[1]:
        yield (*path, "share"), "比例应大于 0、不大于 1。", "请写成 [2, 3] 这样，表示三分之二。"
    if value.at_least is None and measure.window in PIECES:
        yield (*path, given[0]), "按半月、按周的要求只能写 at_least。", "请改写成 at_least: 天数。"
    if value.share is not None and measure.unit == "night":
        yield (*path, "share"), "比例是工作日的几分之几，夜数没有比例。", "请改写成 at_least: 夜数。"


def _overridden(pack: Pack, above: Pack) -> Iterator[Fault]:
    """Whether every floor and ceiling of the pack above is still one after what this pack sets otherwise."""
    for index, override in enumerate(pack.overrides):
        text = above.presence.get(override.key) if override.part == "presence" else None
        if text is None:
            continue
        path: Place = ("overrides", index, "values")
        on = max(override.since, min(text.values))
        before = measure_on(above, override.key, text, on)
        found = list(fits(lambda before=before, on=on: overridden(before, [pack], on), path))
        yield from found
        if not found:
            yield from _number(path, overridden(before, [pack], on))


def _number(path: Place, measure: Measure) -> Iterator[Fault]:
    said = measure.model_dump(include={"at_least", "at_most", "share", "modality", "clause"})
    found = list(fits(lambda: MeasureValue.model_validate(said), path))
    yield from found or _value(path, measure, MeasureValue.model_validate(said))


def _subset(pack: Pack, path: Place, measure: MeasureText, whole_name: str) -> Iterator[Fault]:
    place = (*path, "subset_of")
    whole = pack.presence.get(whole_name)
    if whole is None or whole is measure:
        others = [name for name in pack.presence if pack.presence[name] is not measure]
        yield place, f"没有另一条叫“{whole_name}”的要求。", suggestion(whole_name, others)
        return
    more = not set(measure.counts) <= set(whole.counts) or (whole.unit == "night" and measure.unit != "night")
    if measure.window != whole.window or more:
        yield place, f"它不是“{whole_name}”的一部分：期间不同，或计入的类别更多。", "请核对 window、unit 和 counts。"
    for day, value in measure.values.items():
        held = [whole.values[other] for other in whole.values if other <= day]
        if held and (value.at_least or 0) > (held[-1].at_least or 0):
            place = (*path, "values", day.isoformat(), "at_least")
            yield place, f"其中 {value.at_least} 大于总数 {held[-1].at_least}。", "请核对这两个数。"


def _variants(pack: Pack) -> Iterator[Fault]:
    """Two measures of one key must not bind the same person with equally specific selectors."""
    seen: list[tuple[str, MeasureText]] = []
    for name, measure in pack.presence.items():
        for other, earlier in seen:
            if (measure.key or name) == (earlier.key or other) and _clash(measure, earlier):
                message = f"与“{other}”同属一项要求，且对同一个人都适用。"
                yield ("presence", name, "binds"), message, "请让 binds 或 village_classes 互不重叠。"
        seen.append((name, measure))


def _clash(one: MeasureText, other: MeasureText) -> bool:
    if not set(one.binds) & set(other.binds):
        return False
    if one.village_classes is None or other.village_classes is None:
        return one.village_classes is other.village_classes
    return bool(set(one.village_classes) & set(other.village_classes))


def _sheet(pack: Pack) -> Iterator[Fault]:
    marks = pack.sheet.marks
    yield from _repeated(("sheet", "marks"), [mark.category for mark in marks or ()])
    yield from _repeated(("sheet", "record"), [step.key for step in pack.sheet.record or ()])
    if marks is None:
        return
    offered = {mark.category for mark in marks}
    for name, measure in pack.presence.items():
        for index, category in enumerate(measure.counts):
            if category not in offered:
                place = ("presence", name, "counts", index)
                yield place, f"考勤表上没有“{category}”这一类。", "请在 sheet › marks 里加上，或从 counts 里删去。"


def _ledger(pack: Pack) -> Iterator[Fault]:
    ledger = pack.ledger
    yield from _repeated(("ledger", "steps"), [step.key for step in ledger.steps or ()])
    yield from _repeated(("ledger", "filings"), [step.key for step in ledger.filings or ()])
    yield from _repeated(("ledger", "documents"), [document.key for document in ledger.documents])
    if ledger.steps and ledger.steps[-1].verb != "submit":
        yield ("ledger", "steps"), "上报（submit）应是最后一步。", "请把 verb: submit 的一步移到最后。"
    if ledger.review is not None and ledger.review.verb != "accept":
        yield ("ledger", "review", "verb"), "上级收到台账后的一步应是 accept。", "请写 verb: accept。"


def _repeated(path: Place, keys: list[str]) -> Iterator[Fault]:
    for index, key in enumerate(keys):
        if key in keys[:index]:
            yield (*path, index), f"“{key}”写了两次。", "请只留一个。"
