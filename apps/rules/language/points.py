"""Point accounts: points that someone begins with, gains and loses item by item, and what they come to elsewhere."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, Literal

from pydantic import Field

from apps.rules.exact import exact, plain
from apps.rules.language.bands import Bounds
from apps.rules.language.parts import Fault, Part, part_faults
from apps.rules.language.rule import Rule
from apps.rules.language.values import Number
from apps.rules.language.vocabularies import Key
from apps.rules.language.windows import Stretch, When, window_at
from apps.rules.language.working import Working
from apps.rules.problems import suggestion
from apps.rules.vocabulary import Subject


class PointItem(Part):
    """Points for one time, or `between` two numbers as the assessor judges; at most `cap` (without sign) per window.

    `events` are the kinds of event that stand for it.
    """

    label: str
    points: Number | None = None
    between: Bounds | None = None
    cap: Number | None = None
    events: tuple[Key, ...] = ()


class Transfer(Part):
    """What the account gives to another score: the balance, or only what was won or lost against the base; times
    `factor`, within `floor` and `cap`."""

    into: Key
    what: Literal["balance", "change"] = "balance"
    factor: Number = Decimal(1)
    floor: Number | None = None
    cap: Number | None = None


class PointAccount(Rule):
    """Begins with `base` in every `reset` window and stands between `floor` and `cap` at its end."""

    subject: Subject = "person"
    base: Number = Decimal(0)
    items: dict[Key, PointItem] = Field(min_length=1)
    floor: Number | None = None
    cap: Number | None = None
    reset: When
    transfers: tuple[Transfer, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """One booking: an item, its day, how many times, and the points where the item leaves them to the assessor."""

    item: str
    day: date
    times: int = 1
    points: Decimal | int | None = None


@dataclass(frozen=True, slots=True)
class Balance:
    """A number of points and the arithmetic that gives it."""

    value: Fraction
    trace: dict[str, Any]


def balance(account: PointAccount, entries: Sequence[Entry], on: date, *, term: Stretch | None = None) -> Balance:
    """The points on a day: base and all entries of its window up to that day.

    ValueError for an unknown item, and for points that the item does not allow.
    """
    window = window_at(account.reset, on, term)
    work = Working()
    parts = [work.put("base", account.base)]
    mine = [entry for entry in entries if window is not None and window.holds(entry.day) and entry.day <= on]
    for entry in mine:
        if entry.item not in account.items:
            raise ValueError(f"“{account.label}”里没有“{entry.item}”这一项。")
    for key, item in account.items.items():
        booked = [entry for entry in mine if entry.item == key]
        if booked:
            parts.append(_item(work, item, key, booked))
    found = work.take("相加 = {value}", "sum", parts)
    if account.cap is not None:
        found = work.take(f"最高 {plain(account.cap)} 分 = {{value}}", "min", [found, account.cap])
    if account.floor is not None:
        found = work.take(f"最低 {plain(account.floor)} 分 = {{value}}", "max", [found, account.floor])
    value = work.done(found, f"{account.label} = {{value}}")
    days = {"from": window.first.isoformat(), "to": on.isoformat()} if window else {"to": on.isoformat()}
    return Balance(value, work.trace(account, window=days))


def transferred(account: PointAccount, into: str, value: Decimal | int | Fraction) -> Balance:
    """What a balance gives to the score `into`.  ValueError where the account gives nothing to it."""
    transfer = next((transfer for transfer in account.transfers if transfer.into == into), None)
    if transfer is None:
        raise ValueError(f"“{account.label}”不计入“{into}”。")
    work = Working()
    found = work.put("balance", value)
    if transfer.what == "change":
        found = work.take("减去基础分 = {value}", "difference", [found, work.put("base", account.base)])
    if transfer.factor != 1:
        found = work.take(f"× {plain(transfer.factor)} = {{value}}", "product", [found, transfer.factor])
    if transfer.cap is not None:
        found = work.take(f"最多计 {plain(transfer.cap)} = {{value}}", "min", [found, transfer.cap])
    if transfer.floor is not None:
        found = work.take(f"最少计 {plain(transfer.floor)} = {{value}}", "max", [found, transfer.floor])
    result = work.done(found, f"计入“{into}” = {{value}}")
    return Balance(result, work.trace(account))


def _item(work: Working, item: PointItem, key: str, booked: Sequence[Entry]) -> str:
    """The points of one item, held within its own cap; gains and losses alike."""
    names = [
        work.take(
            f"{item.label}（{entry.day}）{entry.times} 次 × {plain(_points(item, entry))} = {{value}}",
            "product",
            [work.put(f"{key} {place}. {entry.day}", entry.times), _points(item, entry)],
        )
        for place, entry in enumerate(booked, 1)
    ]
    found = work.take(f"{item.label} = {{value}}", "sum", names)
    if item.cap is None:
        return found
    if work.value(found) < 0:
        return work.take(f"{item.label}最多扣 {plain(item.cap)} = {{value}}", "max", [found, -item.cap])
    return work.take(f"{item.label}最多加 {plain(item.cap)} = {{value}}", "min", [found, item.cap])


def _points(item: PointItem, entry: Entry) -> Fraction:
    if item.points is not None:
        if entry.points is not None and exact(entry.points) != exact(item.points):
            raise ValueError(f"“{item.label}”每次 {plain(item.points)} 分，不能写 {plain(entry.points)} 分。")
        return exact(item.points)
    if entry.points is None or (item.between is not None and not item.between.holds(entry.points)):
        allowed = item.between.words if item.between else ""
        raise ValueError(f"“{item.label}”要写分数，在 {allowed} 之内。")
    return exact(entry.points)


def faults(
    accounts: Mapping[str, PointAccount],
    *,
    scores: Collection[str] = (),
    kinds: Collection[str] | None = None,
) -> Iterator[Fault]:
    """Faults of a pack's accounts; `scores` are the keys of its formulas and their components, `kinds` its events."""
    for key, account in accounts.items():
        yield from part_faults(account, (key,))
        for name, item in account.items.items():
            for path, what, instead in _item_faults(item, kinds):
                yield (key, "items", name, *path), what, instead
        if account.floor is not None and account.cap is not None and account.floor > account.cap:
            yield (key, "floor"), f"最低 {account.floor} 高于最高 {account.cap}。", "请核对这两个数。"
        elif not Bounds(at_least=account.floor, up_to=account.cap).holds(account.base):
            yield (key, "base"), f"基础分 {account.base} 不在最低分和最高分之间。", "请核对 base、floor 和 cap。"
        for index, transfer in enumerate(account.transfers):
            if transfer.into not in scores:
                message = f"没有叫“{transfer.into}”的分数。"
                yield (key, "transfers", index, "into"), message, suggestion(transfer.into, sorted(scores))


def _item_faults(item: PointItem, kinds: Collection[str] | None) -> Iterator[Fault]:
    if (item.points is None) == (item.between is None):
        yield (), "要写每次几分 points，或写 between 由考核人在其中定，只写一个。", "如 points: -2。"
    if item.points == 0:
        yield ("points",), "每次 0 分，没有用处。", "请写大于 0 或小于 0 的数。"
    if item.cap is not None and item.cap <= 0:
        yield ("cap",), f"上限 {item.cap} 应大于 0（加分扣分都不带负号）。", "如 cap: 10。"
    if item.cap is not None and item.points is not None and 0 < item.cap < abs(item.points):
        yield ("cap",), f"上限 {item.cap} 小于一次的 {abs(item.points)} 分。", "请核对这两个数。"
    for index, kind in enumerate(item.events):
        if kinds is not None and kind not in kinds:
            yield ("events", index), f"事项表里没有“{kind}”。", suggestion(kind, sorted(kinds))
