"""Bands: stretches of a number with stated inclusive ends.  A band is written with at most one lower and one upper end.

`at_least: 3` takes 3 in, `over: 3` does not; `up_to: 5` takes 5 in, `under: 5` does not.  Bands of one list stand in
rising order and leave neither gap nor overlap between the list's own ends; the linter checks it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple, TypeVar

from apps.rules.language.values import Number
from apps.rules.terms import Frozen


class Edge(NamedTuple):
    """One end of a band: the number and whether it belongs to the band."""

    at: Decimal
    included: bool

    @property
    def at_exact(self) -> Fraction:
        return Fraction(self.at)


class Bounds(Frozen):
    """A stretch of numbers; without an end it goes on without one."""

    at_least: Number | None = None
    over: Number | None = None
    up_to: Number | None = None
    under: Number | None = None

    @property
    def lower(self) -> Edge | None:
        if self.at_least is not None:
            return Edge(self.at_least, included=True)
        return None if self.over is None else Edge(self.over, included=False)

    @property
    def upper(self) -> Edge | None:
        if self.up_to is not None:
            return Edge(self.up_to, included=True)
        return None if self.under is None else Edge(self.under, included=False)

    def holds(self, number: Decimal | int | Fraction) -> bool:
        """Whether a number lies in it."""
        exact = Fraction(number)
        lower, upper = self.lower, self.upper
        above = lower is None or exact > lower.at_exact or (lower.included and exact == lower.at_exact)
        below = upper is None or exact < upper.at_exact or (upper.included and exact == upper.at_exact)
        return above and below

    @property
    def words(self) -> str:
        """In Chinese, with the ends as a clerk writes them: `3以上（含）、不满5`."""
        parts = []
        if (lower := self.lower) is not None:
            parts.append(f"{lower.at}以上（含）" if lower.included else f"超过{lower.at}")
        if (upper := self.upper) is not None:
            parts.append(f"{upper.at}以下（含）" if upper.included else f"不满{upper.at}")
        return "、".join(parts) or "不限"


Banded = TypeVar("Banded", bound=Bounds)


def band_of(number: Decimal | int | Fraction, bands: Sequence[Banded]) -> Banded | None:
    """The band that holds a number; None below the first or above the last."""
    return next((band for band in bands if band.holds(number)), None)


def band_faults(bands: Sequence[Bounds]) -> Iterator[tuple[int, str, str]]:
    """(index, what is wrong, what to write instead) of bands that are empty, out of order, overlap or leave a gap."""
    for index, band in enumerate(bands):
        yield from ((index, *fault) for fault in _own(band))
    for index in range(1, len(bands)):
        fault = _between(bands[index - 1], bands[index])
        if fault is not None:
            yield index, *fault


def _own(band: Bounds) -> Iterator[tuple[str, str]]:
    for one, other in (("at_least", "over"), ("up_to", "under")):
        if getattr(band, one) is not None and getattr(band, other) is not None:
            yield f"{one} 和 {other} 只能写一个。", f"含这个数写 {one}，不含写 {other}。"
    lower, upper = band.lower, band.upper
    if lower is None or upper is None:
        return
    if lower.at > upper.at or (lower.at == upper.at and not (lower.included and upper.included)):
        yield f"这一档是空的：{band.words}。", "请把下限写得比上限小。"


def _between(before: Bounds, after: Bounds) -> tuple[str, str] | None:
    upper, lower = before.upper, after.lower
    if upper is None or lower is None:
        return "与上一档重叠：中间没有写界限。", "请写明上一档的上限和这一档的下限。"
    if lower.at < upper.at or (lower.at == upper.at and upper.included and lower.included):
        return f"与上一档重叠：上一档到 {upper.at}，这一档从 {lower.at} 起。", "请让每个数只落在一档里。"
    if lower.at > upper.at or not (upper.included or lower.included):
        return f"与上一档之间有空档：{upper.at} 到 {lower.at} 之间没有着落。", "请让上一档的上限接着这一档的下限。"
    return None
