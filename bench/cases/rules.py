"""Rules: what is in force in a place on a day."""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from datetime import date

from apps.jurisdictions.models import Division
from apps.jurisdictions.selectors import book_of, books_of
from bench.ground import Scale
from bench.measure import Figure, timed

ON = date(2026, 9, 30)
TIMES = 50


def run(scale: Scale) -> Iterator[Figure]:
    """One query finds the versions for however many areas are asked; a single lookup pays for it alone."""
    areas = list(Division.objects.filter(level="county").order_by("code").values_list("code", flat=True)[:1_000])
    many = [timed(lambda: books_of(areas, ON)) / len(areas) for _ in range(scale.runs + 1)][1:]
    single = [timed(lambda: book_of("C621121100", ON)) for _ in range(TIMES)][1:]
    note = f"{len(areas)}个县一并查找，每县；单独查一个地区含一次查询 {statistics.median(single):.3f} ms"
    yield Figure("rule_lookup", statistics.median(many), None, 0.02, len(many), note, absolute=True)
