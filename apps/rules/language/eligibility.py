"""Eligibility: who or what may be chosen, asked for or done, and on which grounds.

requires: [{fact: party, one_of: [full_member], clause: …}, {fact: party_years, at_least: 1, clause: …}]
excludes: [{fact: statuses, one_of: [临时聘用]}]
prefers:  [{fact: skills, one_of: [涉农]}]
grounds:  {accepted: {illness: 因病}, refused: {unit_needs: 单位工作需要}, open_list: true}
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal, NamedTuple, Self

from pydantic import BeforeValidator, Field, StrictBool, model_validator

from apps.core.findings import Finding
from apps.rules.language.bands import Bounds, band_faults
from apps.rules.language.conditions import FACTS, ORDERS, Condition, Facts, Orders, Reason, judge, reasons
from apps.rules.language.parts import Fault, Part, part_faults, severity_of
from apps.rules.language.rule import Rule
from apps.rules.problems import Place, suggestion

Required = Annotated[Condition, BeforeValidator(lambda raw: {"all": raw} if isinstance(raw, list | tuple) else raw)]
Excluded = Annotated[Condition, BeforeValidator(lambda raw: {"any": raw} if isinstance(raw, list | tuple) else raw)]


class Ground(Part):
    """A reason that a text names; written short as its words."""

    label: str = Field(min_length=1)

    @model_validator(mode="before")
    @classmethod
    def _written_short(cls, raw: Any) -> Any:
        return {"label": raw} if isinstance(raw, str) else raw


class Grounds(Part):
    """The reasons that count and those that do not.  With `open_list` (等情形) another one may be stated in words and is
    for a person to judge; a closed list takes no other."""

    accepted: dict[str, Ground] = {}
    refused: dict[str, Ground] = {}
    open_list: StrictBool = False


class Eligibility(Rule):
    """`requires` must hold, `excludes` must not, `prefers` is shown and never a finding; a request states a ground.

    With `extends` all of it stands beside what the rule of the same key in the pack above says, each condition under
    its own clause and modality; without it this rule alone holds.
    """

    of: Literal["person", "post", "unit", "village", "request"] = "person"
    requires: Required | None = None
    excludes: Excluded | None = None
    prefers: tuple[Condition, ...] = ()
    grounds: Grounds | None = None
    extends: StrictBool = False

    def on_top_of(self, above: Rule | None) -> Self:
        if not self.extends or not isinstance(above, Eligibility):
            return self
        liked = {_sense(one) for one in self.prefers}
        more = tuple(_sourced(one, above, self) for one in above.prefers if _sense(one) not in liked)
        required, excluded = _joined("all", self, above), _joined("any", self, above)
        return self.model_copy(
            update={
                "requires": Condition(all=required) if required else None,
                "excludes": Condition(any=excluded) if excluded else None,
                "prefers": (*self.prefers, *more),
                "grounds": self.grounds or above.grounds,
                "presets": above.presets | self.presets,
                "left_open": above.left_open | self.left_open,
                "see": tuple(dict.fromkeys((*self.see, *([above.clause] if above.clause else ()), *above.see))),
            }
        )


def _joined(joint: Literal["all", "any"], own: Eligibility, above: Eligibility) -> tuple[Condition, ...]:
    """What must hold (`all`) or must not (`any`) of both rules; a condition that both have stands once, as the own."""
    mine, theirs = (_parts(rule.requires if joint == "all" else rule.excludes, joint) for rule in (own, above))
    said = {_sense(part) for part in mine}
    return (*mine, *(_sourced(part, above, own) for part in theirs if _sense(part) not in said))


def _parts(whole: Condition | None, joint: Literal["all", "any"]) -> tuple[Condition, ...]:
    if whole is None:
        return ()
    plain = not whole.label and whole.clause is None and whole.modality is None
    return (getattr(whole, joint) if plain else None) or (whole,)


def _sense(condition: Condition) -> str:
    """What a condition asks, whatever it is called and wherever it stands."""
    return condition.model_dump_json(
        exclude={"label", "clause", "see", "preset", "note", "modality"}, exclude_none=True
    )


def _sourced(condition: Condition, above: Eligibility, own: Eligibility) -> Condition:
    """A condition of the rule above with its clause, and with its modality where the own rule's is another."""
    modality = condition.modality or (above.modality if above.modality != own.modality else None)
    inner = {
        name: tuple(_sourced(part, above, own) for part in parts)
        for name in ("all", "any", "none")
        if (parts := getattr(condition, name)) is not None
    }
    kept = {"clause": condition.clause or above.clause} | ({"modality": modality} if modality else {})
    return condition.model_copy(update={**kept, **inner})


class Verdict(NamedTuple):
    """`state` whatever the modality; the findings' severity follows it.  `preferred` are the preferences that hold,
    `unknown` all conditions whose facts are still to be stated, preferences included."""

    state: Literal["eligible", "not_eligible", "to_be_stated"]
    findings: tuple[Finding, ...]
    preferred: tuple[str, ...]
    unknown: tuple[str, ...]


def verdict(rule: Eligibility, facts: Facts, ground: str | None = None, orders: Orders = ORDERS) -> Verdict:
    """Whether the rule lets the case through.  A fact that is not known is told as such and never passes.

    `ground` is the key of a listed ground or, on an open list, the words of another; it is asked for where the rule
    has grounds.
    """
    wrong = list(reasons(rule.requires, facts, orders, clause=rule.clause)) if rule.requires else []
    if rule.excludes:
        wrong += reasons(rule.excludes, facts, orders, wanted=False, clause=rule.clause)
    findings = [_finding(rule, reason, facts) for reason in wrong]
    findings += _ground(rule, ground)
    liked = [(condition, judge(condition, facts, orders)) for condition in rule.prefers]
    open_points = [reason.condition.words for reason in wrong if reason.holds is None]
    return Verdict(
        _state(findings),
        tuple(findings),
        tuple(condition.words for condition, holds in liked if holds),
        (*open_points, *(condition.words for condition, holds in liked if holds is None)),
    )


def _state(findings: list[Finding]) -> Literal["eligible", "not_eligible", "to_be_stated"]:
    codes = {finding.code for finding in findings}
    if codes & {"not_eligible", "ground_refused", "ground_not_listed"}:
        return "not_eligible"
    return "to_be_stated" if codes else "eligible"


def _finding(rule: Eligibility, reason: Reason, facts: Facts) -> Finding:
    condition = reason.condition
    severity = severity_of(condition.modality or rule.modality)
    if reason.holds is None:
        return Finding("to_be_stated", severity, f"“{condition.words}”还没有填写或认定，请补齐。", reason.clause)
    value = facts.values.get(condition.fact or "")
    inputs = {"condition": condition.words} | ({"value": _plain(value)} if value is not None else {})
    told = "属于" if reason.holds else "不符合"
    return Finding("not_eligible", severity, f"{told}“{condition.words}”。", reason.clause, inputs=inputs)


def _plain(value: Any) -> Any:
    return sorted(value) if isinstance(value, frozenset) else value if isinstance(value, int) else str(value)


def _ground(rule: Eligibility, ground: str | None) -> Iterator[Finding]:
    if rule.grounds is None or ground in rule.grounds.accepted:
        return
    severity, own = severity_of(rule.modality), rule.grounds.clause or rule.clause
    if not ground:
        yield Finding("to_be_stated", severity, "请说明理由。", own)
    elif ground in rule.grounds.refused:
        refused = rule.grounds.refused[ground]
        told = f"“{refused.label}”不能作为理由。"
        yield Finding("ground_refused", severity, told, refused.clause or own, inputs={"ground": ground})
    elif rule.grounds.open_list:
        told = f"“{ground}”不在所列情形之内，由审批人判断。"
        yield Finding("ground_to_be_judged", "notice", told, own, inputs={"ground": ground})
    else:
        yield Finding("ground_not_listed", severity, f"“{ground}”不在所列情形之内。", own, inputs={"ground": ground})


def faults(
    rules: Mapping[str, Eligibility], path: Place = ("eligibility",), orders: Orders = ORDERS
) -> Iterator[Fault]:
    """All faults of a pack's conditions; `orders` are the words with an order that the pack knows."""
    for key, rule in rules.items():
        place = (*path, key)
        yield from part_faults(rule, place)
        if not (rule.requires or rule.excludes or rule.prefers or rule.grounds or rule.delegated_to or rule.left_open):
            yield place, "没有写任何条件。", "请写 requires、excludes、prefers 或 grounds。"
        for name in ("requires", "excludes"):
            condition = getattr(rule, name)
            if condition is not None:
                yield from condition_faults(condition, (*place, name), orders)
        for index, condition in enumerate(rule.prefers):
            yield from condition_faults(condition, (*place, "prefers", index), orders)
        if rule.grounds is not None:
            yield from _ground_faults(rule.grounds, (*place, "grounds"))


def _ground_faults(grounds: Grounds, path: Place) -> Iterator[Fault]:
    for word in grounds.accepted:
        if word in grounds.refused:
            yield (*path, "refused", word), f"“{word}”既算理由又不算理由。", "请只留一处。"
    if not grounds.accepted and not grounds.open_list and not grounds.refused:
        yield path, "一个理由也没有。", "请写 accepted 或 refused；条文用“等”的写 open_list: true。"


def condition_faults(condition: Condition, path: Place, orders: Orders = ORDERS) -> Iterator[Fault]:
    """Conditions that say nothing, say two things, compare what cannot be compared, or can never hold."""
    kinds = ("all", "any", "none", "fact", "event", "posting", "declared", "measured")
    written = [name for name in kinds if getattr(condition, name) is not None]
    if len(written) != 1:
        told = f"现在写了：{'、'.join(written)}" if written else "现在一个也没有写"
        yield path, f"一个条件只能是 {'、'.join(kinds)} 之一，{told}。", "几个条件请写进 all 或 any。"
        return
    for _, message, instead in band_faults((condition,)):
        yield path, message, instead
    if written[0] in ("all", "any", "none"):
        if not condition.parts:
            yield (*path, written[0]), "里面没有条件。", "请写至少一个条件。"
        for index, part in enumerate(condition.parts):
            yield from condition_faults(part, (*path, written[0], index), orders)
    elif condition.fact is not None:
        yield from _fact_faults(condition, path, orders)
    elif condition.measured is not None and condition.bounds == Bounds():
        yield path, "没有写界限。", "请写 at_least、over、up_to 或 under。"


def _fact_faults(condition: Condition, path: Place, orders: Orders) -> Iterator[Fault]:
    fact = condition.fact or ""
    kind, name = FACTS[fact]
    numbers = condition.bounds != Bounds()
    ordered = condition.no_lower_than is not None or condition.no_higher_than is not None
    if kind == "number" and (not numbers or condition.one_of or ordered):
        yield path, f"“{name}”是数字，要写界限。", "请写 at_least、over、up_to 或 under。"
    elif kind in ("word", "words") and (numbers or not (condition.one_of or ordered)):
        yield (
            path,
            f"“{name}”是词，不能这样比较。",
            "请写 one_of: [词]；有高低之分的写 no_lower_than 或 no_higher_than。",
        )
    elif kind == "flag" and (numbers or condition.one_of or ordered):
        yield path, f"“{name}”只有是和否。", "“是”只写 fact，“否”写 not: {fact: …}。"
    for field in ("no_lower_than", "no_higher_than"):
        word = getattr(condition, field)
        if word is not None and fact not in orders:
            yield (*path, field), f"“{name}”没有高低次序。", "请改用 one_of。"
        elif word is not None and word not in orders[fact]:
            yield (*path, field), f"“{name}”的次序里没有“{word}”。", suggestion(word, orders[fact])
