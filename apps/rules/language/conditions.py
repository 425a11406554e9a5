"""Conditions over what is known of a person, his history, his postings, his unit and his village.

    {fact: age, up_to: 45}                          a number; a fact stored as a day counts in completed years
    {fact: party, one_of: [full_member]}            a word; of several words, any
    {fact: education, no_lower_than: college}       a word with an order
    {fact: reserve_cadre}                           yes or no
    {event: sanction, within: {years: 2}, up_to: 0} how often something happened before the day
    {posting: current, roles: [leader], up_to: 0}   other postings
    {declared: political_quality, by: unit_party_committee}    what only a named body can state
    {measured: poor_rate, over: 10}                 a number of the village
    {all: […]}  {any: […]}  {not: …} or {none: […]}

What is not known makes a condition neither true nor false: it is to be stated.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Literal, NamedTuple

from pydantic import Field, StrictInt, model_validator

from apps.rules.language.bands import Bounds
from apps.rules.language.deadlines import months_on, years_between
from apps.rules.language.parts import Part, Whos
from apps.rules.language.values import Day
from apps.rules.terms import Frozen
from apps.rules.vocabulary import Modality, PostRole

FactName = Literal[
    "age", "party_years", "work_years", "unit_years", "rural_years", "stationed_months",
    "sex", "party", "education", "degree", "rank", "reserve_rank", "employment", "health", "unit_level", "unit_nature",
    "skills", "experience", "statuses", "positions", "roles", "village_classes",
    "reserve_cadre", "leading_post", "unit_leader", "retired", "seconded", "full_release", "trained", "unit_vertical",
]  # fmt: skip
FACTS: dict[str, tuple[str, str]] = {
    "age": ("number", "年龄"), "party_years": ("number", "党龄"), "work_years": ("number", "工作年限"),
    "unit_years": ("number", "在本单位年限"), "rural_years": ("number", "农村工作年限"),
    "stationed_months": ("number", "驻村月数"), "sex": ("word", "性别"), "party": ("word", "政治面貌"),
    "education": ("word", "学历"), "degree": ("word", "学位"), "rank": ("word", "职级"), "reserve_rank": ("word", "后备级别"),
    "employment": ("word", "编制"), "health": ("word", "健康状况"), "unit_level": ("word", "单位层级"),
    "unit_nature": ("word", "单位性质"), "skills": ("words", "专长"), "experience": ("words", "经历"), "positions": ("words", "现任职务"),
    "statuses": ("words", "身份"), "roles": ("words", "驻村职务"), "village_classes": ("words", "村的类型"),
    "reserve_cadre": ("flag", "后备干部"), "leading_post": ("flag", "领导职务"), "unit_leader": ("flag", "单位班子成员"),
    "retired": ("flag", "已退休"), "seconded": ("flag", "借调人员"), "full_release": ("flag", "全脱产"),
    "trained": ("flag", "已参加岗前培训"), "unit_vertical": ("flag", "垂直管理单位"),
}  # fmt: skip
_RANKS = ("clerk", "deputy_section", "section", "deputy_division", "division", "deputy_bureau", "bureau")
ORDERS: dict[str, tuple[str, ...]] = {
    "education": ("primary", "junior_middle", "senior_middle", "college", "bachelor", "master", "doctor"),
    "rank": _RANKS,
    "reserve_rank": _RANKS,
}
Value = str | int | Decimal | bool | date | frozenset[str]
Orders = Mapping[str, tuple[str, ...]]


class Ago(Frozen):
    """A stretch back from the day, which itself counts: with `years: 2` from the same day two years before on."""

    years: StrictInt = Field(default=0, ge=0, le=100)
    months: StrictInt = Field(default=0, ge=0, le=1200)
    days: StrictInt = Field(default=0, ge=0, le=36_600)

    def first(self, on: date) -> date:
        return months_on(on, -12 * self.years - self.months) - timedelta(days=self.days)


class Happened(NamedTuple):
    """Something that befell a person: the day and the word for it (`警告`, `excellent`)."""

    day: date
    word: str = ""


class Held(NamedTuple):
    """A posting of the person, without the one in question; `last` is None while it goes on."""

    role: str
    first: date
    last: date | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known on a day.  A fact, an event's kind or a declaration that is not in its mapping is not known; an
    event's kind with an empty tuple is known not to have happened; `postings` is None while nobody has looked."""

    on: date
    values: Mapping[str, Value] = field(default_factory=dict)
    events: Mapping[str, tuple[Happened, ...]] = field(default_factory=dict)
    postings: tuple[Held, ...] | None = None
    declared: Mapping[str, bool] = field(default_factory=dict)
    measured: Mapping[str, Decimal | int] = field(default_factory=dict)


class Condition(Bounds, Part):
    """Exactly one of `all`, `any`, `none`, `fact`, `event`, `posting`, `declared`, `measured`.

    An event or posting without bounds asks for at least one.  `as_of` is a fixed day that ages are counted to; `kinds`
    are the words of an event; `months` how long a posting lasted.
    """

    label: str = ""
    modality: Modality | None = None
    all: tuple[Condition, ...] | None = None
    any: tuple[Condition, ...] | None = None
    none: tuple[Condition, ...] | None = None
    fact: FactName | None = None
    one_of: tuple[str, ...] | None = Field(default=None, min_length=1)
    no_lower_than: str | None = None
    no_higher_than: str | None = None
    as_of: Day | None = None
    event: str | None = None
    kinds: tuple[str, ...] | None = Field(default=None, min_length=1)
    within: Ago | None = None
    posting: Literal["current", "earlier", "any"] | None = None
    roles: tuple[PostRole, ...] | None = Field(default=None, min_length=1)
    months: Bounds | None = None
    declared: str | None = None
    by: Whos = ()
    measured: str | None = None

    @model_validator(mode="before")
    @classmethod
    def _written_short(cls, raw: Any) -> Any:
        if isinstance(raw, dict) and "not" in raw and "none" not in raw:
            inner = raw["not"]
            told = {name: value for name, value in raw.items() if name != "not"}
            return {**told, "none": inner if isinstance(inner, list | tuple) else [inner]}
        return raw

    @property
    def bounds(self) -> Bounds:
        """Its ends; at least one for an event or posting that states none."""
        ends = Bounds(at_least=self.at_least, over=self.over, up_to=self.up_to, under=self.under)
        counted = self.event is not None or self.posting is not None
        return Bounds(at_least=Decimal(1)) if counted and ends == Bounds() else ends

    @property
    def parts(self) -> tuple[Condition, ...]:
        return self.all or self.any or self.none or ()

    @property
    def words(self) -> str:
        """For a sentence: the label, or what it says."""
        if self.label:
            return self.label
        if self.parts:
            joint = "、" if self.all is not None else "或"
            return ("不得有：" if self.none is not None else "") + joint.join(part.words for part in self.parts)
        name = FACTS[self.fact][1] if self.fact else self.event or self.declared or self.measured or "任职"
        said = [*(self.one_of or ()), *(self.kinds or ()), *(self.roles or ())]
        if self.no_lower_than or self.no_higher_than:
            said += [f"{self.no_lower_than or '不限'}至{self.no_higher_than or '不限'}"]
        ends = [] if self.bounds == Bounds() else [self.bounds.words]
        return name + (f"：{'或'.join(said)}" if said else "") + "".join(f"（{each}）" for each in ends)


class Reason(NamedTuple):
    """A condition that is not as it should be: `holds` is the wrong answer, or None where a fact is to be stated."""

    condition: Condition
    holds: bool | None
    clause: str | None


def judge(condition: Condition, facts: Facts, orders: Orders = ORDERS) -> bool | None:
    """True, False, or None where what is known does not decide it."""
    if condition.all is not None:
        return _all(judge(part, facts, orders) for part in condition.all)
    if condition.any is not None:
        return _not(_all(_not(judge(part, facts, orders)) for part in condition.any))
    if condition.none is not None:
        return _all(_not(judge(part, facts, orders)) for part in condition.none)
    if condition.event is not None:
        return _happened(condition, facts)
    if condition.posting is not None:
        return _posted(condition, facts)
    if condition.declared is not None:
        return facts.declared.get(condition.declared)
    if condition.measured is not None:
        number = facts.measured.get(condition.measured)
        return None if number is None else condition.bounds.holds(number)
    return _fact(condition, facts, orders)


def reasons(
    condition: Condition, facts: Facts, orders: Orders = ORDERS, *, wanted: bool = True, clause: str | None = None
) -> Iterator[Reason]:
    """Why a condition is not `wanted`, each with the nearest clause: of conditions that must all hold those that do not,
    of alternatives the whole; nothing where all is as wanted."""
    holds = judge(condition, facts, orders)
    own = condition.clause or clause
    if holds is wanted:
        return
    if wanted and condition.all is not None:
        for part in condition.all:
            yield from reasons(part, facts, orders, clause=own)
    elif wanted and condition.none is not None:
        for part in condition.none:
            yield from reasons(part, facts, orders, wanted=False, clause=own)
    elif not wanted and condition.any is not None:
        for part in condition.any:
            yield from reasons(part, facts, orders, wanted=False, clause=own)
    else:
        yield Reason(condition, holds, own)


def _all(held: Iterable[bool | None]) -> bool | None:
    answers = set(held)
    if False in answers:
        return False
    return None if None in answers else True


def _not(held: bool | None) -> bool | None:
    return None if held is None else not held


def _happened(condition: Condition, facts: Facts) -> bool | None:
    known = facts.events.get(condition.event or "")
    if known is None:
        return None
    first = condition.within.first(facts.on) if condition.within else date.min
    fitting = [each for each in known if first <= each.day <= facts.on and _one_of(each.word, condition.kinds)]
    return condition.bounds.holds(len(fitting))


def _one_of(word: str, words: tuple[str, ...] | None) -> bool:
    return words is None or word in words


def _posted(condition: Condition, facts: Facts) -> bool | None:
    if facts.postings is None:
        return None
    return condition.bounds.holds(sum(_counts(condition, held, facts.on) for held in facts.postings))


def _counts(condition: Condition, held: Held, on: date) -> bool:
    going_on = held.first <= on and (held.last is None or held.last >= on)
    if held.first > on or (condition.posting != "any" and going_on is (condition.posting == "earlier")):
        return False
    last = min(held.last or on, on)
    if condition.within is not None and last < condition.within.first(on):
        return False
    return _one_of(held.role, condition.roles) and (
        condition.months is None or condition.months.holds(_months(held.first, last))
    )


def _months(first: date, last: date) -> int:
    """Completed months of a stretch whose both ends count: 1 January to 30 June are six."""
    after = last + timedelta(days=1)
    return (after.year - first.year) * 12 + after.month - first.month - (after.day < first.day)


def _fact(condition: Condition, facts: Facts, orders: Orders) -> bool | None:
    value = facts.values.get(condition.fact or "")
    if value is None:
        return None
    kind = FACTS[condition.fact or "age"][0]
    if kind == "flag":
        return bool(value)
    if kind == "number":
        return condition.bounds.holds(_number(condition, value, facts.on))
    held = value if isinstance(value, frozenset) else frozenset((str(value),))
    if condition.one_of is not None and held.isdisjoint(condition.one_of):
        return False
    return _in_order(condition, held, orders.get(condition.fact or "", ()))


def _number(condition: Condition, value: Value, on: date) -> Decimal | int:
    if isinstance(value, date):
        until = condition.as_of or on
        return _months(value, until) if condition.fact == "stationed_months" else years_between(value, until)
    if isinstance(value, int | Decimal):
        return value
    raise TypeError(f"{condition.fact} 应是数字或日期。")


def _in_order(condition: Condition, held: frozenset[str], order: tuple[str, ...]) -> bool | None:
    """None where a word has no place in the order: then somebody has to say how it ranks."""
    if condition.no_lower_than is None and condition.no_higher_than is None:
        return True
    places = [order.index(word) for word in held if word in order]
    if not places:
        return None
    lowest = order.index(condition.no_lower_than) if condition.no_lower_than in order else 0
    highest = order.index(condition.no_higher_than) if condition.no_higher_than in order else len(order)
    return lowest <= max(places) <= highest
