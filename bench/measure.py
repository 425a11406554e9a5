"""Paired timing: ours and the floor in turn, A B A B …, medians and their ratio."""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

Run = Callable[[], object]


@dataclass(frozen=True)
class Figure:
    """One benchmark's outcome; times in milliseconds, medians with their extremes in the note."""

    name: str
    ours_ms: float
    floor_ms: float | None
    target: float | None
    n: int
    note: str
    absolute: bool = False  # the target is milliseconds, not a ratio

    @property
    def ratio(self) -> float | None:
        return None if self.floor_ms is None else round(self.ours_ms / self.floor_ms, 2)

    @property
    def met(self) -> bool | None:
        reached = self.ours_ms if self.absolute else self.ratio
        return None if self.target is None or reached is None else reached <= self.target

    def line(self) -> str:
        """One JSON object, as bench.md gives it."""
        return json.dumps(
            {
                "name": self.name,
                "ours_ms": round(self.ours_ms, 4),
                "floor_ms": None if self.floor_ms is None else round(self.floor_ms, 3),
                "ratio": self.ratio,
                "target": self.target,
                "met": self.met,
                "n": self.n,
                "note": self.note,
            },
            ensure_ascii=False,
        )

    def row(self) -> str:
        ratio = "—" if self.ratio is None else f"{self.ratio:.2f}"
        target = "—" if self.target is None else f"{self.target:g}{' ms' if self.absolute else ''}"
        met = {True: "达到", False: "未达到", None: "—"}[self.met]
        floor = "—" if self.floor_ms is None else f"{self.floor_ms:.1f}"
        return f"{self.name:<20}{self.ours_ms:>12.3f}{floor:>12}{ratio:>8}{target:>10}  {met}  {self.note}"


def timed(run: Run) -> float:
    """Milliseconds of one run."""
    start = time.perf_counter()
    run()
    return (time.perf_counter() - start) * 1000


def paired(
    name: str,
    ours: Run,
    floor: Run,
    *,
    target: float,
    n: int,
    note: str = "",
    before: Run | None = None,
    before_floor: Run | None = None,
    after: Run | None = None,
    warm: bool = True,
) -> Figure:
    """Time both `n` times in turn after one warm-up of each (unless they warmed already); `before`, `before_floor` and `after` (ours) are not timed."""
    mine: list[float] = []
    theirs: list[float] = []
    for turn in range(0 if warm else 1, n + 1):
        for run, prepare, check, times in ((ours, before, after, mine), (floor, before_floor, None, theirs)):
            if prepare is not None:
                prepare()
            spent = timed(run)
            if check is not None:
                check()
            if turn:
                times.append(spent)
    spread = f"{min(mine):.1f}–{max(mine):.1f} / {min(theirs):.1f}–{max(theirs):.1f}"
    said = f"{note}；{spread}" if note else spread
    return Figure(name, statistics.median(mine), statistics.median(theirs), target, n, said)


def quantile(times: list[float], share: float) -> float:
    """The value below which `share` of the times lie."""
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]
