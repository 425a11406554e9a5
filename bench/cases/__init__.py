"""The benchmarks by group, in the order in which they run."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from bench.cases import books, compiles, desk, lists, papers, rules, sheets
from bench.ground import Scale
from bench.measure import Figure

CASES: dict[str, Callable[[Scale], Iterator[Figure]]] = {
    "compiles": compiles.run,
    "sheets": sheets.run,
    "lists": lists.run,
    "desk": desk.run,
    "books": books.run,
    "papers": papers.run,
    "rules": rules.run,
}
