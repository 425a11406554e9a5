"""Faults of sense in a pack's constructs: each by itself, in their references to each other, and through time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import ValidationError

from apps.rules.body_checks import body_faults
from apps.rules.language import (
    chains,
    counter_faults,
    duties,
    eligibility,
    entitlements,
    formula_faults,
    ladders,
    points,
    quotas,
    records,
    sets,
    spending,
    states,
    vocabularies,
)
from apps.rules.language.layers import Override
from apps.rules.language.parts import Fault, part_faults
from apps.rules.language.rule import Rule
from apps.rules.like_checks import completed, like_faults
from apps.rules.pack import CONSTRUCTS, Pack
from apps.rules.problems import Place, suggestion

# The vocabularies whose words a pack's counters, accounts and effects may name; without them the lists stay open.
EVENT_KINDS, REASONS = "event_kinds", "reasons"


def law_faults(pack: Pack, above: Pack | None) -> Iterator[Fault]:
    """All faults of the constructs; references may name what the pack above holds."""
    yield from like_faults(pack, above)
    pack, above = completed(pack, above), completed(above, None) if above else None
    yield from body_faults(pack, above)
    for construct in CONSTRUCTS:
        for key, rule in getattr(pack, construct).items():
            yield from part_faults(rule, (construct, key))
            yield from _times(rule, (construct, key))
    for name, like in pack.likes.items():
        yield from _changes(like, tuple(name.split(".")))
    yield from chains.faults(pack.procedures)
    yield from duties.faults(pack.duties)
    yield from eligibility.faults(pack.eligibility)
    yield from records.faults(pack.records)
    yield from sets.faults(pack.sets)
    yield from states.faults(pack.states)
    for construct, found in _referring(pack, above):
        for path, message, instead in found:
            yield (construct, *path), message, instead
    yield from _overrides(pack, above)
    yield from _regimes(pack, above)


def _referring(pack: Pack, above: Pack | None) -> Iterator[tuple[str, Iterator[Fault]]]:
    """The constructs that name others, whose paths begin with a rule's own key."""
    words = _known(pack, above, "vocabularies")
    numbers = {name: _known(pack, above, name) for name in ("counters", "accounts", "formulas")}
    scores = numbers["formulas"].keys() | numbers["accounts"].keys()
    scores = scores | {part for formula in numbers["formulas"].values() for part in formula.components}
    kinds, reasons = _words(words, EVENT_KINDS), _words(words, REASONS)
    measured = {*_known(pack, above, "presence"), *_known(pack, above, "states")}
    named = {*numbers["counters"], *numbers["accounts"], *measured}
    sources = {*named, *numbers["formulas"], *words}
    allowances = _known(pack, above, "entitlements").keys()
    yield "vocabularies", vocabularies.faults(pack.vocabularies)
    yield "counters", counter_faults.faults(pack.counters, kinds)
    yield "accounts", points.faults(pack.accounts, scores=scores, kinds=kinds)
    yield "formulas", formula_faults.faults(pack.formulas, sources=named, vocabularies=words)
    yield (
        "ladders",
        ladders.faults(
            pack.ladders, sources=sources, scores=scores, vocabularies=words, allowances=allowances, reasons=reasons
        ),
    )
    yield "quotas", quotas.faults(pack.quotas, words)
    yield "entitlements", entitlements.faults(pack.entitlements)
    yield "funds", spending.faults(pack.funds, above.funds if above else ())


def _known(pack: Pack, above: Pack | None, construct: str) -> Mapping[str, Any]:
    return {**(getattr(above, construct) if above else {}), **getattr(pack, construct)}


def _words(words: Mapping[str, Any], key: str) -> set[str] | None:
    listed = words.get(key)
    return None if listed is None or listed.open_list else {word.word for word in listed.words}


def _times(rule: Rule, path: Place) -> Iterator[Fault]:
    if rule.since and rule.until and rule.until < rule.since:
        yield (*path, "until"), f"{rule.until} 早于开始日 {rule.since}。", "请把 until 写在 since 之后。"
    for name, texts in (("presets", rule.presets), ("left_open", rule.left_open)):
        for field, text in texts.items():
            if field.split(".")[0] not in type(rule).model_fields:
                message = f"这条规则没有“{field}”这一项。"
                yield (*path, name, field), message, suggestion(field, type(rule).model_fields)
            if not text.strip():
                yield (*path, name, field), "没有说明。", "请写明条文没说清什么、这里怎么取。"
    yield from _changes(rule, path)
    for day in rule.changes:
        yield from fits(lambda day=day: rule.rewritten(day), (*path, "changes", day.isoformat()))


def _changes(rule: Rule, path: Place) -> Iterator[Fault]:
    for day in rule.changes:
        place = (*path, "changes", day.isoformat())
        if rule.since and day <= rule.since:
            yield place, f"{day} 不晚于开始日 {rule.since}。", "改动应在规则开始之后，请核对日期。"
        if "clause" not in rule.changes[day] and "note" not in rule.changes[day]:
            yield place, "改动没有写依据。", "请补上 clause: 条款号，或用 note: 写明文件。"


def fits(rewrite: Any, path: Place) -> Iterator[Fault]:
    """Every way in which a rewritten rule is no rule."""
    try:
        rewrite()
    except ValidationError as error:
        for entry in error.errors(include_url=False):
            inner = tuple(part for part in entry["loc"] if part != "[key]")
            yield (*path, *inner), f"改后这一项不合要求（{inner[-1] if inner else ''}）。", "请对照原规则里的写法。"


def _overrides(pack: Pack, above: Pack | None) -> Iterator[Fault]:
    for index, override in enumerate(pack.overrides):
        path: Place = ("overrides", index)
        found = _named(override.rule, above)
        if found is None:
            keys = [f"{name}.{key}" for name in CONSTRUCTS for key in getattr(above, name, {})] if above else []
            message = f"上级规则包里没有“{override.rule}”。"
            yield (
                (*path, "rule"),
                message,
                suggestion(override.rule, keys) if keys else "请核对 inherits 和这里的名称。",
            )
        elif isinstance(found, Rule):
            yield from fits(lambda one=override, rule=found: _overridden(rule, one), (*path, "values"))


def _overridden(rule: Rule, override: Override) -> Rule:
    return type(rule).model_validate(rule.model_dump(mode="json", exclude_unset=True) | override.values)


def _named(name: str, pack: Pack | None) -> object | None:
    construct, _, key = name.partition(".")
    if pack is None or construct not in (*CONSTRUCTS, "presence"):
        return None
    held: Mapping[str, object] = pack.presence if construct == "presence" else pack.written(construct)
    return held.get(key)


def _regimes(pack: Pack, above: Pack | None) -> Iterator[Fault]:
    for key, regime in pack.regimes.items():
        if regime.last and regime.last < regime.first:
            yield ("regimes", key, "last"), f"{regime.last} 早于开始日 {regime.first}。", "请核对两个日期。"
        for name in (*regime.suspends, *regime.values):
            if _named(name, pack) is None and _named(name, above) is None:
                yield ("regimes", key), f"没有叫“{name}”的规则。", "请写成“部分.名称”，如 duties.home_visits。"
