"""Parts of rules that read better as a phrase than as their fields: who, when, how long, steps, conditions, effects."""

from __future__ import annotations

from apps.rules.exact import plain
from apps.rules.language.actors import Actor
from apps.rules.language.bands import Bounds
from apps.rules.language.conditions import FACTS, Ago, Condition
from apps.rules.language.deadlines import Deadline
from apps.rules.language.duties import Coverage, DutyDue, Sample
from apps.rules.language.effect_words import words as effect_words
from apps.rules.language.effects import Base, Length, Target
from apps.rules.language.ladders import Rung
from apps.rules.language.procedures import ACT_WORDS, Message, Step
from apps.rules.language.records import RecordField
from apps.rules.language.selectors import Season, Selector
from apps.rules.language.states import StateTest, StateWhen
from apps.rules.language.vocabularies import Word
from apps.rules.language.windows import Window
from apps.rules.said import Names, body_text, modality_text, model_text, told
from apps.rules.said_words import DUE_MONTHS, MOMENTS, ROLLS, STARTS, UNTILS, WINDOWS

_ENDS = frozenset(("at_least", "over", "up_to", "under"))


@told.register
def _(value: Actor, name: str, names: Names) -> str:
    return body_text(value.office, value.relation, value.of, names)


@told.register
def _(value: Target, name: str, names: Names) -> str:
    return body_text(value.office or value.subject, value.relation, value.of, names)


@told.register
def _(value: Bounds, name: str, names: Names) -> str:
    """Bare bounds; of a part with bounds, the bounds before the rest."""
    ends = _ends(value)
    rest = "" if type(value) is Bounds else model_text(value, names, _ENDS)
    return "，".join(text for text in (ends, rest) if text)


def _ends(value: Bounds) -> str:
    """The ends alone: some parts with bounds have words of their own."""
    if not (value.lower or value.upper):
        return ""
    return Bounds(at_least=value.at_least, over=value.over, up_to=value.up_to, under=value.under).words


@told.register
def _(value: Selector, name: str, names: Names) -> str:
    said = [f"{names.known(key) or '所填村情'}{bounds.words}" for key, bounds in value.attributes.items()]
    for part in ("village_classes", "unit_levels", "unit_natures", "employment", "area_classes", "seasons", "roles"):
        items = getattr(value, part)
        said += [told(items, part, names)] if items else []
    if value.unit_levels:
        said.append("单位选派")
    if value.vertical is not None:
        said.append("垂直管理单位" if value.vertical else "非垂直管理单位")
    return "，".join(said + ([f"获准“{names.known(value.waived) or '豁免'}”的"] if value.waived else []))


@told.register
def _(value: Season, name: str, names: Names) -> str:
    first, last = (f"{int(day[:2])}月{int(day[3:])}日" for day in (value.first, value.last))
    return f"{first}至{last}"


@told.register
def _(value: Window, name: str, names: Names) -> str:
    if value.of == "event":
        return "每次"
    if value.of == "fixed":
        first, last = (told(day, name, names) if day else "" for day in (value.first, value.last))
        return f"{first}至{last}"
    one, several = WINDOWS[value.of]
    return f"每{one}" if value.every == 1 else f"每{value.every}{several}"


@told.register
def _(value: Deadline, name: str, names: Names) -> str:
    event = MOMENTS.get(value.event) or names.known(value.event) or "上一步"
    moment = f"{event}前" if value.before else f"{event}后" if value.after else ""
    for number, unit in ((value.days, "天"), (value.workdays, "个工作日"), (value.months, "个月")):
        if number is not None:
            return _timed(f"{moment}{number}{unit}{'' if value.before else '内'}", value)
    if value.month_day is not None:
        return _timed(f"{int(value.month_day[:2])}月{int(value.month_day[3:])}日前", value)
    if value.day is not None:
        return _timed(f"{DUE_MONTHS[value.of]}{value.day}日前", value)
    if isinstance(value, DutyDue) and value.weekday is not None:
        return _timed(
            ("下一个" if value.of == "next_month" else "") + f"周{'一二三四五六日'[value.weekday - 1]}前", value
        )
    return _timed(moment, value)


def _timed(text: str, value: Deadline) -> str:
    roll = ROLLS.get(value.roll, "")
    return f"{text}{f'（{value.at}以前）' if value.at else ''}{f'，{roll}' if roll else ''}"


@told.register
def _(value: Length, name: str, names: Names) -> str:
    for number, unit in ((value.days, "天"), (value.months, "个月"), (value.years, "年")):
        if number is not None:
            return f"{number}{unit}"
    return f"到{UNTILS[value.until]}为止" if value.until else ""


@told.register
def _(value: Ago, name: str, names: Names) -> str:
    parts = ((value.years, "年"), (value.months, "个月"), (value.days, "天"))
    return f"近{''.join(f'{number}{unit}' for number, unit in parts if number)}内"


@told.register
def _(value: Step, name: str, names: Names) -> str:
    if value.together:
        number = f"，其中{value.at_least}项" if value.at_least else ""
        return f"同时办理{number}：{'、'.join(told(step, name, names) for step in value.together)}"
    if value.one_of:
        ways = ("，再".join(told(step, name, names) for step in branch) for branch in value.one_of)
        return f"任选其一：{'；或者'.join(ways)}"
    act = value.label or ACT_WORDS[value.verb or "carry_out"]
    asked = f"听取{told(value.asking, 'by', names)}意见后" if value.asking else ""
    joint = f"会同{told(value.jointly, 'by', names)}" if value.jointly else ""
    who = "或".join(told(actor, "by", names) for actor in value.by)
    to = f"，给{told(value.to, 'to', names)}" if value.to else ""
    only = f"{told(value.applies, 'applies', names)}：" if value.applies != Selector() else ""
    extra = [f"{word}{told(item, part, names)}" for part, word, item in _details(value) if item]
    return f"{only}{asked}{who}{joint}{act}{to}{''.join(f'，{text}' for text in extra)}{modality_text(value)}"


def _details(step: Step) -> tuple[tuple[str, str, object], ...]:
    return (
        ("within", "", step.within),
        ("missing", "", "" if step.missing == "blocks" else step.missing),
        ("instead", "涉及本人的改由", step.instead),
        ("returns_to", "不同意的退回到", step.returns_to),
        ("record", "须写明", step.record),
    )


@told.register
def _(value: Message, name: str, names: Names) -> str:
    moment = MOMENTS.get(value.after) or names.known(value.after)
    after = f"（{moment}之后）" if moment and value.after != "end" else ""
    within = f"，{told(value.within, 'within', names)}" if value.within else ""
    by = f"由{told(value.by, 'by', names)}" if value.by else ""
    label = f"{value.label}：" if value.label else ""
    return f"{label}{by}送{told(value.to, 'to', names)}{after}{within}{modality_text(value)}"


@told.register
def _(value: Condition, name: str, names: Names) -> str:
    said = _condition(value, names)
    text = (
        f"{value.label}（{said}）" if value.label and said and not said.startswith(value.label) else said or value.label
    )
    return text + modality_text(value)


def _condition(value: Condition, names: Names) -> str:
    if value.parts:
        joint = "，并且" if value.all is not None else "，或者"
        return ("没有：" if value.none is not None else "") + joint.join(
            told(part, "when", names) for part in value.parts
        )
    about = FACTS[value.fact][1] if value.fact else ""
    about = about or names.known(value.event or value.declared or value.measured or "")
    if value.posting:
        about = names.word("posting", value.posting)
    if not about:
        return ""
    given = told(value.one_of or value.kinds or value.roles or (), value.fact or "kinds", names)
    said = [given.replace("、", "或"), _ends(value) and f"{'次数' if value.event else ''}{_ends(value)}"]
    said += [f"不低于{names.word('rank', value.no_lower_than)}" if value.no_lower_than else ""]
    said += [f"不高于{names.word('rank', value.no_higher_than)}" if value.no_higher_than else ""]
    said += [told(value.within, "within", names) if value.within else "", _held(value)]
    said += [f"截至{told(value.as_of, 'as_of', names)}" if value.as_of else ""]
    said += [f"由{told(value.by, 'by', names)}认定" if value.by else ""]
    return about + "".join(f"：{text}" if place == 0 else f"，{text}" for place, text in enumerate(filter(None, said)))


def _held(value: Condition) -> str:
    return f"任职月数{value.months.words}" if value.months else ""


@told.register
def _(value: Base, name: str, names: Names) -> str:
    """On whom, what, from when, for how long, by whom decided, and what exempts."""
    rest = [
        f"自{STARTS[value.start]}起" if value.start else "",
        told(value.length, "length", names) if value.length else "",
    ]
    rest += [f"由{told(value.by, 'by', names)}决定" if value.by else ""]
    for name_, word in (("to", "向"), ("due", "期限"), ("recheck", "复查"), ("successor", "由")):
        item = getattr(value, name_, None)
        if item is not None and not isinstance(item, bool | str):
            rest.append(f"{word}{told(item, name_, names)}" + ("接任" if name_ == "successor" else ""))
    rest += [f"{value.judged}（由人判断）" if value.judged else ""]
    rest += [f"{told(value.unless, 'unless', names)}的除外" if value.unless else ""]
    after = "".join(f"，{text}" for text in rest if text)
    return f"{told(value.whom, 'whom', names)}{effect_words(value)}{after}{modality_text(value)}"


@told.register
def _(value: Rung, name: str, names: Names) -> str:
    at = "、".join(value.grades) if value.grades else value.words
    one = "（由决定的人选其中一项）" if value.choose == "one" else ""
    return f"{at}：{told(value.effects, 'effects', names)}{one}{modality_text(value)}"


@told.register(Coverage)
@told.register(Sample)
def _(value: Coverage | Sample, name: str, names: Names) -> str:
    of = names.word("of", value.of)
    if value.every:
        amount = f"全部{of}"
    elif value.percent is not None:
        amount = f"{plain(value.percent)}%的{of}（{'有尾数就进一' if value.rounding == 'up' else '舍去尾数'}）"
    else:
        amount = f"{value.number}个{of}" if value.number else of
    rest = model_text(value, names, frozenset(("of", "every", "percent", "number", "rounding")))
    return f"{amount}，{rest}" if rest else amount


@told.register
def _(value: RecordField, name: str, names: Names) -> str:
    """The field by its name; how it is filled in is the form's matter."""
    more = [f"选项：{'、'.join(value.choices)}" if value.choices else "", "" if value.required else "可不填"]
    said = "，".join(filter(None, more))
    return f"{value.label}（{said}）" if said else value.label


@told.register
def _(value: Word, name: str, names: Names) -> str:
    shown = value.also[0] if value.word.isascii() and value.also else names.word("words", value.word)
    more = [f"又称{'、'.join(value.also)}" if value.also and not value.word.isascii() else ""]
    more += [f"颜色{value.colour}" if value.colour else "", f"{value.band.words}分" if value.band else ""]
    more += [f"须经评定，否则为{value.otherwise}" if not value.automatic else ""]
    said = "，".join(filter(None, more))
    return f"{shown}（{said}）" if said else shown


@told.register
def _(value: StateWhen, name: str, names: Names) -> str:
    return f"{value.label or names.word('state', value.state)}：{told(value.when, 'when', names)}"


@told.register
def _(value: StateTest, name: str, names: Names) -> str:
    if value.parts:
        return ("，并且" if value.all is not None else "，或者").join(told(part, "when", names) for part in value.parts)
    streak = f"，连续{value.streak}期" if value.streak > 1 else ""
    streak += "（同一批成员）" if streak and value.streak_of == "member" else ""
    if value.own is not None:
        return f"自身为{told(value.own, 'state', names)}{streak}"
    amount = {"any": "有一个", "all": "全部", "none": "没有一个"}.get(value.members or "", "")
    amount = amount or (f"{value.number.words}个" if value.number else f"{plain_percent(value.percent)}")
    roles = f"{told(value.roles, 'roles', names)}中" if value.roles else ""
    return f"{roles}{amount}为{told(value.among, 'state', names)}{streak}"


def plain_percent(bounds: Bounds | None) -> str:
    """Bounds of a percentage, each end with its sign."""
    if bounds is None:
        return ""
    parts = []
    if (lower := bounds.lower) is not None:
        parts.append(f"{plain(lower.at)}%以上（含）" if lower.included else f"超过{plain(lower.at)}%")
    if (upper := bounds.upper) is not None:
        parts.append(f"{plain(upper.at)}%以下（含）" if upper.included else f"不满{plain(upper.at)}%")
    return "、".join(parts)
