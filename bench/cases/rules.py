"""Rules: what is in force in a place on a day."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from apps.jurisdictions.models import Division
from apps.jurisdictions.selectors import book_of, books_of, law_of, laws_of
from bench.ground import Scale
from bench.measure import Figure, timed

ON = date(2026, 9, 30)
TIMES = 50
ONE = "C621121100"


def run(scale: Scale) -> Iterator[Figure]:
    """One query finds the versions for however many areas are asked; a single lookup pays for it alone."""
    areas = list(Division.objects.filter(level="county").order_by("code").values_list("code", flat=True)[:1_000])
    yield _lookup("rule_lookup", scale, areas, lambda: books_of(areas, ON), lambda: book_of(ONE, ON))
    yield _lookup("law_lookup", scale, areas, lambda: laws_of(areas, "duties", ON), lambda: law_of(ONE, "duties", ON))


def _lookup(name: str, scale: Scale, areas: list[str], together: Callable[[], Any], alone: Callable[[], Any]) -> Figure:
    many = [timed(together) / len(areas) for _ in range(scale.runs + 1)][1:]
    single = [timed(alone) for _ in range(TIMES)][1:]
    note = f"{len(areas)}个县一并查找，每县；单独查一个地区含一次查询 {statistics.median(single):.3f} ms"
    return Figure(name, statistics.median(many), None, 0.02, len(many), note, absolute=True)
