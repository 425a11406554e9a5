"""Quotas: how many of a population may (or must) be named, who is inside, and who is tied at the line.

A tie is never broken silently: who stands equal across the line is told, and is inside (`all_in`), outside
(`none`), or left to the body that decides (`body`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from itertools import combinations
from typing import Any, Literal

from pydantic import Field, StrictBool, StrictInt

from apps.core.findings import Finding
from apps.rules.exact import ROUNDING_WORDS, Rounding, exact, plain
from apps.rules.language.actors import Who
from apps.rules.language.parts import Fault, Part, clause_of, part_faults, severity_of
from apps.rules.language.rule import Rule
from apps.rules.language.selectors import Case, Selector, may_meet
from apps.rules.language.values import Number
from apps.rules.language.vocabularies import Key, Vocabulary
from apps.rules.language.working import Working
from apps.rules.problems import suggestion
from apps.rules.vocabulary import Subject


class Pool(Part):
    """One pool: whom it holds, and `percent` of them or a `number`.  Everyone stands in the first pool that fits."""

    label: str = ""
    applies: Selector = Selector()
    percent: Number | None = None
    number: StrictInt | None = Field(default=None, ge=0)


class Quota(Rule):
    """`bound` says whether the number is a ceiling, a floor or exact.  `whole` names in words what it is a share of.

    `pick` from the top or the bottom of the ranking; `minimum` places as soon as anyone is in the pool.
    With `each` the ranking and the places are per township, area … of the candidates' `group`.
    `own_places`: whether these count against the unit's own quota (None: the text does not say).
    """

    subject: Subject = "person"
    whole: str
    pools: dict[Key, Pool] = Field(min_length=1)
    bound: Literal["at_most", "at_least", "exactly"] = "at_most"
    pick: Literal["top", "bottom"] = "top"
    rounding: Rounding = "down"
    ties: Literal["all_in", "none", "body"] = "body"
    ties_by: Who | None = None
    each: Literal["team", "village", "township", "unit", "county", "area"] | None = None
    minimum: StrictInt = Field(default=0, ge=0)
    own_places: StrictBool | None = None
    vocabulary: Key | None = None
    grade: str | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """One of the population.  Without a score, or not `eligible`, one counts in the number but cannot be named.
    `group` is the township, area … that a quota with `each` looks at."""

    key: str
    score: Decimal | int | Fraction | None
    case: Case = field(default_factory=Case)
    eligible: bool = True
    group: str = ""


@dataclass(frozen=True, slots=True)
class PoolResult:
    """`inside` in ranking order; `tied` are all that stand equal across the line, `open_places` those still free.
    `group` is empty where the quota looks at all of the pool together."""

    pool: str
    places: int
    population: int
    inside: tuple[str, ...]
    tied: tuple[str, ...]
    open_places: int
    trace: dict[str, Any]
    group: str = ""


@dataclass(frozen=True, slots=True)
class Allocation:
    """One result per pool (and group, in the order in which they are met); `unpooled` fit no pool and have no share."""

    pools: tuple[PoolResult, ...]
    unpooled: tuple[str, ...]

    @property
    def inside(self) -> tuple[str, ...]:
        return tuple(key for pool in self.pools for key in pool.inside)

    @property
    def tied(self) -> tuple[str, ...]:
        return tuple(key for pool in self.pools for key in pool.tied)


def allocate(quota: Quota, population: Sequence[Candidate]) -> Allocation:
    """Who is inside, who is tied at the line, pool by pool."""
    held: dict[tuple[str, str], list[Candidate]] = {} if quota.each else {(key, ""): [] for key in quota.pools}
    unpooled = []
    for candidate in population:
        pool = next((key for key, pool in quota.pools.items() if pool.applies.matches(candidate.case)), None)
        if pool is None or not quota.applies.matches(candidate.case):
            unpooled.append(candidate.key)
        else:
            held.setdefault((pool, candidate.group if quota.each else ""), []).append(candidate)
    found = (_pool(quota, pool, group, members) for (pool, group), members in held.items())
    return Allocation(tuple(found), tuple(unpooled))


def places(quota: Quota, pool: str, population: int) -> dict[str, Any]:
    """The trace of how many places a pool of so many has; `value` is the number.

    ValueError where the text leaves the number open.
    """
    text, work = quota.pools[pool], Working()
    if text.number is None and text.percent is None:
        raise ValueError(f"“{text.label or quota.label}”没有规定名额。")
    total = work.put("population", population)
    if text.number is not None:
        found = work.take("名额 {value}", "sum", [text.number])
        if quota.bound != "at_least":
            found = work.take("不多于总数 = {value}", "min", [found, total])
    else:
        percent = text.percent or Decimal(0)
        share = work.take(f"{population} × {plain(percent)} = {{value}}", "product", [total, percent])
        share = work.take("÷ 100 = {value}", "quotient", [share, 100])
        found = work.take(f"{ROUNDING_WORDS[quota.rounding]} = {{value}}", f"round_{quota.rounding}", [share, 0])
    if quota.minimum and population:
        found = work.take(f"至少 {quota.minimum} 名 = {{value}}", "max", [found, quota.minimum])
        found = work.take("不多于总数 = {value}", "min", [found, total])
    work.done(found, "名额 {value}")
    return work.trace(quota, pool=pool, unit="名")


def ranks(candidates: Sequence[Candidate], *, pick: str = "top") -> dict[str, int]:
    """Places from 1; equals share one and the next place is skipped (1, 2, 2, 4).  Without a score there is none."""
    scored = [candidate for candidate in candidates if candidate.score is not None]
    better = _order(scored, pick)
    scores = [exact(candidate.score) for candidate in better if candidate.score is not None]
    return {candidate.key: scores.index(score) + 1 for candidate, score in zip(better, scores, strict=True)}


def named_finding(quota: Quota, pool: str, population: int, named: int) -> Finding | None:
    """What stands against naming so many of a pool, or None; severity by modality."""
    due = int(places(quota, pool, population)["value"])
    over, under = named > due and quota.bound != "at_least", named < due and quota.bound != "at_most"
    if not over and not under:
        return None
    word = "最多" if quota.bound == "at_most" else "至少" if quota.bound == "at_least" else "应为"
    label = quota.pools[pool].label or quota.label
    return Finding(
        "quota_exceeded" if over else "quota_not_met",
        severity_of(quota.modality),
        f"“{label}”{word} {due} 名，现有 {named} 名。",
        clause_of(quota.pools[pool], quota),
        inputs={"pool": pool, "population": population, "due": due, "named": named},
    )


def own_places(quota: Quota, named: Mapping[str, str]) -> dict[str, int | None]:
    """{unit: how many of its own places those named take up}; None where the text does not say.

    `named` is {person: unit}.
    """
    counts = Counter(named.values())
    return {
        unit: number * quota.own_places if quota.own_places is not None else None for unit, number in counts.items()
    }


def _order(candidates: Sequence[Candidate], pick: str) -> list[Candidate]:
    """By score, best (or worst) first; equals by key, so that the same input gives the same list."""
    sign = -1 if pick == "top" else 1
    return sorted(candidates, key=lambda one: (sign * exact(one.score or 0), one.key))


def _pool(quota: Quota, key: str, group: str, members: Sequence[Candidate]) -> PoolResult:
    trace = places(quota, key, len(members))
    due = int(trace["value"])
    order = _order([one for one in members if one.score is not None and one.eligible], quota.pick)
    inside, tied = [one.key for one in order[:due]], []
    scores = [exact(one.score or 0) for one in order]
    if 0 < due < len(order) and scores[due - 1] == scores[due]:
        tied = [one.key for one, score in zip(order, scores, strict=True) if score == scores[due]]
        clear = [one for one in inside if one not in tied]
        inside = clear + tied if quota.ties == "all_in" else clear
    return PoolResult(
        pool=key,
        places=due,
        population=len(members),
        inside=tuple(inside),
        tied=tuple(tied),
        open_places=max(0, due - len(inside)),
        trace=trace,
        group=group,
    )


def faults(quotas: Mapping[str, Quota], vocabularies: Mapping[str, Vocabulary] | None = None) -> Iterator[Fault]:
    """Faults of a pack's quotas."""
    for key, quota in quotas.items():
        for path, what, instead in (*_pools(quota), *_ties(quota), *_grade(quota, vocabularies or {})):
            yield (key, *path), what, instead
        yield from part_faults(quota, (key,))


def _pools(quota: Quota) -> Iterator[Fault]:
    for name, pool in quota.pools.items():
        path = ("pools", name)
        if (pool.percent is None) == (pool.number is None) and not quota.left_open.keys() & {name, f"pools.{name}"}:
            instead = "如 percent: 20；条文没有写数的，用 left_open 说明。"
            yield path, "名额要写 percent 或 number 其中一个。", instead
        if pool.percent is not None and not 0 < pool.percent <= 100:
            instead = "请写如 percent: 20，表示百分之二十。"
            yield (*path, "percent"), f"比例 {pool.percent} 不在 0 到 100 之间。", instead
    for (_, one), (name, other) in combinations(quota.pools.items(), 2):
        if may_meet(one.applies, other.applies):
            yield ("pools", name, "applies"), "与前面的名额池可能含同一个人。", "请让 applies 互不重叠。"


def _ties(quota: Quota) -> Iterator[Fault]:
    if quota.ties == "body" and quota.ties_by is None and "ties_by" not in quota.left_open:
        yield (
            ("ties_by",),
            "同分由谁定没有写。",
            "请写 ties_by: 机构，或 ties: all_in、ties: none；条文没有写的，用 left_open 说明。",
        )
    if quota.ties != "body" and quota.ties_by is not None:
        yield ("ties_by",), "同分不由谁定，ties_by 用不上。", "请写 ties: body，或删去 ties_by。"


def _grade(quota: Quota, vocabularies: Mapping[str, Vocabulary]) -> Iterator[Fault]:
    if quota.vocabulary is None:
        return
    vocabulary = vocabularies.get(quota.vocabulary)
    if vocabulary is None:
        yield ("vocabulary",), f"没有叫“{quota.vocabulary}”的词表。", suggestion(quota.vocabulary, vocabularies)
    elif quota.grade is None or vocabulary.found(quota.grade) is None:
        words = [word.word for word in vocabulary.words]
        yield ("grade",), f"“{vocabulary.label}”里没有“{quota.grade or ''}”。", suggestion(quota.grade or "", words)
