"""The benchmarks by group, in the order in which they run."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from bench.cases import books, compiles, lists, rules, sheets
from bench.ground import Scale
from bench.measure import Figure

CASES: dict[str, Callable[[Scale], Iterator[Figure]]] = {
    "compiles": compiles.run,
    "sheets": sheets.run,
    "lists": lists.run,
    "books": books.run,
    "rules": rules.run,
}
