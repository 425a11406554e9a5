"""Entitlements: what is due to someone — money, days off, things, treatment — and who certifies and pays it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any, Literal

from pydantic import Field, StrictBool, StrictInt

from apps.core.findings import Finding
from apps.rules.exact import ROUNDING_WORDS, Rounding, plain
from apps.rules.language.deadlines import Deadline, deadline_faults, months_on
from apps.rules.language.money import Shares, fen, share_faults, yuan_text
from apps.rules.language.parts import Fault, Part, Whos, part_faults, repeated, severity_of
from apps.rules.language.rule import Rule
from apps.rules.language.selectors import Case, Selector, may_meet, most_specific
from apps.rules.language.values import Number
from apps.rules.language.windows import Stretch, When
from apps.rules.language.working import Exact, Working
from apps.rules.vocabulary import Category, Subject

PER_WORDS = {
    "day": "天", "month": "个月", "quarter": "个季度", "year": "年", "term": "个任期", "trip": "趟", "event": "次",
    "once": "次",
}  # fmt: skip


class Rate(Part):
    """A rate for one class (distance, village, unit level); in yuan, or days for days off."""

    applies: Selector = Selector()
    rate: Number


class Cap(Part):
    """At most so much (yuan, or days) in a window."""

    at_most: Number
    window: When


class Entitlement(Rule):
    """`rate` (or the most specific of `rates`) for each `per`, to each `subject`.

    `bound`: the rate is fixed, a minimum (不少于) or a maximum.  `rate_of` names the document that holds a rate this
    text does not say.  `counts` are the kinds of day that count where it is per day; a month (quarter, year) counts
    only with `least_days` of them.  `taken_as` are the kinds of leave as which days are taken.  `after_months`: a term counts only when served so long.  Money is rounded to the
    fen by `rounding`.
    """

    gives: Literal["money", "days", "things", "treatment"]
    subject: Subject = "person"
    per: Literal["day", "month", "quarter", "year", "term", "trip", "event", "once"] | None = None
    rate: Number | None = None
    rates: tuple[Rate, ...] = ()
    rate_of: str = ""
    bound: Literal["fixed", "at_least", "at_most"] = "fixed"
    counts: tuple[Category, ...] = ()
    least_days: StrictInt | None = Field(default=None, ge=1)
    after_months: StrictInt | None = Field(default=None, ge=1, le=1200)
    caps: tuple[Cap, ...] = ()
    rounding: Rounding = "half_up"
    due: Deadline | None = None
    items: tuple[str, ...] = ()
    open_list: StrictBool = False
    judged: str = ""
    taken_as: tuple[str, ...] = ()
    certified_by: Whos = ()
    paid_by: Whos = ()
    budget: str = ""
    shares: Shares | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """So many days, months, trips …; `used` is what was already due in the window of each cap, in the caps' order
    (fen, or days)."""

    quantity: Exact
    case: Case = field(default_factory=Case)
    used: Sequence[Exact] = ()


@dataclass(frozen=True, slots=True)
class Due:
    """Whole fen (or days) and the arithmetic; None where the rate is not known."""

    amount: int | Fraction | None
    trace: dict[str, Any]


def rate_of(entitlement: Entitlement, case: Case) -> Number | None:
    """The rate for a case; None where the text leaves it open."""
    found = most_specific(entitlement.rates, case)
    return entitlement.rate if found is None else found.rate


def quantity(entitlement: Entitlement, days: Mapping[str, int]) -> int:
    """How many units a month's (quarter's, year's) sheet gives, from its days per category.

    Per day: the days that count.  Else 1, or 0 where fewer than `least_days` count.
    """
    counted = sum(days.get(category, 0) for category in entitlement.counts)
    if entitlement.per == "day":
        return counted
    return int(entitlement.least_days is None or counted >= entitlement.least_days)


def due(entitlement: Entitlement, claim: Claim, rate: Exact | None = None) -> Due:
    """Rate × quantity within the caps.  `rate` gives one that stands in another document."""
    found = rate if rate is not None else rate_of(entitlement, claim.case)
    if found is None:
        return Due(None, {})
    work, money = Working(), entitlement.gives == "money"
    names = [work.put("rate", found), work.put("quantity", claim.quantity)]
    unit = PER_WORDS[entitlement.per or "once"]
    shown = f"{plain(found)} × {plain(claim.quantity)} {unit} = {{value}}"
    result = work.take(shown, "product", names)
    if money:
        result = work.take("× 100 = {value} 分", "product", [result, 100])
        text = f"{ROUNDING_WORDS[entitlement.rounding]}到分 = {{value}} 分"
        result = work.take(text, f"round_{entitlement.rounding}", [result, 0])
    for place, cap in enumerate(entitlement.caps):
        used = claim.used[place] if place < len(claim.used) else 0
        most = fen(cap.at_most) if money else cap.at_most
        room = work.take("上限余额 = {value}", "difference", [most, work.put(f"used_{place + 1}", used)])
        room = work.take("不小于 0 = {value}", "max", [room, 0])
        result = work.take("不超过上限余额 = {value}", "min", [result, room])
    value = work.done(result, f"{entitlement.label}：{{value}} {'分' if money else '天'}")
    whole = value.numerator if value.denominator == 1 else value
    return Due(whole, work.trace(entitlement, unit="分" if money else "天"))


def qualifies(entitlement: Entitlement, term: Stretch) -> bool:
    """Whether a term lasted as long as it must: to the day before the same day so many months on."""
    if entitlement.after_months is None:
        return True
    return months_on(term.first, entitlement.after_months).toordinal() - 1 <= term.last.toordinal()


def accrued(entitlement: Entitlement, terms: Sequence[Stretch], on: date, taken: Exact = 0) -> Due:
    """What is still to be had from all terms that are over on a day (their last day has come) and were served long
    enough, less what was taken; never below nought.  With `per: once` several terms give it once."""
    rate = entitlement.rate
    if rate is None:
        return Due(None, {})
    over = [term for term in terms if term.last <= on and qualifies(entitlement, term)]
    number = min(len(over), 1) if entitlement.per == "once" else len(over)
    work = Working()
    names = [work.put("rate", rate), work.put("terms", number)]
    total = work.take(f"{plain(rate)} × {number} 个任期 = {{value}}", "product", names)
    left = work.take("减已用 = {value}", "difference", [total, work.put("taken", taken)])
    value = work.done(work.take("不小于 0 = {value}", "max", [left, 0]), f"{entitlement.label}余 {{value}}")
    return Due(value.numerator if value.denominator == 1 else value, work.trace(entitlement))


def paid_finding(entitlement: Entitlement, owed: int, paid: int) -> Finding | None:
    """What stands against having paid so many fen where so many are due, or None; severity by modality."""
    short = paid < owed and entitlement.bound != "at_most"
    over = paid > owed and entitlement.bound != "at_least"
    if not short and not over:
        return None
    word = "少" if short else "多"
    message = (
        f"“{entitlement.label}”应为 {yuan_text(owed)}，实发 {yuan_text(paid)}，{word}发 {yuan_text(abs(owed - paid))}。"
    )
    code = "entitlement_short" if short else "entitlement_over"
    inputs = {"owed": owed, "paid": paid}
    return Finding(code, severity_of(entitlement.modality), message, entitlement.clause, inputs=inputs)


def faults(entitlements: Mapping[str, Entitlement]) -> Iterator[Fault]:
    """Faults of a pack's entitlements."""
    for key, entitlement in entitlements.items():
        for path, what, instead in (*_rates(entitlement), *_quantities(entitlement)):
            yield (key, *path), what, instead
        yield from part_faults(entitlement, (key,))
        if entitlement.due is not None:
            yield from deadline_faults(entitlement.due, (key, "due"))
        if entitlement.shares is not None:
            yield from share_faults(entitlement.shares, (key, "shares"))


def _rates(entitlement: Entitlement) -> Iterator[Fault]:
    measured = entitlement.gives in ("money", "days")
    known = entitlement.rate is not None or bool(entitlement.rates)
    told = known or entitlement.rate_of or "rate" in entitlement.left_open or entitlement.delegated_to
    if measured and not told:
        yield (
            ("rate",),
            "没有写标准。",
            "请写 rate 或 rates；按别的文件定的写 rate_of；条文没有写的，用 left_open 说明。",
        )
    if not measured and known:
        yield ("rate",), "只有钱和天数才写标准。", "请删去，或改写 gives: money、gives: days。"
    if known and entitlement.per is None:
        yield ("per",), "写了标准，没有写按什么计。", "如 per: month。"
    numbers = [((("rate",)), entitlement.rate)] if entitlement.rate is not None else []
    places = [*numbers, *((("rates", index, "rate"), part.rate) for index, part in enumerate(entitlement.rates))]
    for path, number in places:
        if number is not None and number <= 0:
            yield path, f"标准 {plain(number)} 不大于 0。", "请写大于 0 的数。"
    for index, one in enumerate(entitlement.rates):
        for other in entitlement.rates[:index]:
            same = one.applies.specificity == other.applies.specificity
            if same and may_meet(one.applies, other.applies):
                yield ("rates", index, "applies"), "与前面一档可能同时适用。", "请让 applies 互不重叠。"


def _quantities(entitlement: Entitlement) -> Iterator[Fault]:
    if entitlement.counts and entitlement.per not in ("day", "month", "quarter", "year"):
        yield ("counts",), "只有按天、月、季度、年计的才写 counts。", "请删去这一行。"
    if entitlement.least_days is not None and not entitlement.counts:
        yield ("least_days",), "写了至少几天，没有写哪些天。", "如 counts: [in_village]。"
    if entitlement.after_months is not None and entitlement.per not in ("term", "once"):
        yield ("after_months",), "只有按任期给的才写 after_months。", "请删去，或改写 per: term。"
    if entitlement.taken_as and entitlement.gives != "days":
        yield ("taken_as",), "只有天数才写以哪种假休。", "请删去，或改写 gives: days。"
    if entitlement.items and entitlement.gives not in ("things", "treatment"):
        yield ("items",), "钱和天数没有清单。", "请改写 gives: things 或 gives: treatment。"
    listed = entitlement.items or entitlement.left_open or entitlement.delegated_to
    if entitlement.gives in ("things", "treatment") and not listed:
        yield ("items",), "没有写给什么。", "请写 items: [名称]；条文没有写的，写 left_open: {items: 条文原话}。"
    yield from repeated(entitlement.items, ("items",))
