"""The shipped catalogue, packs and calendars, read once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from apps.rules.book import Measure, RuleBook, resolve
from apps.rules.calendar import YearCalendar
from apps.rules.catalogue import Clause, read_catalogue
from apps.rules.own import own_clauses
from apps.rules.pack import Pack
from apps.rules.presence import Inputs, Result, evaluate
from apps.rules.reader import read_calendars, read_pack, read_packs

FIXTURES = Path(__file__).parents[2] / "fixtures"
QINGYA = Path(__file__).parent / "packs" / "qingya"
CODES = ("central", "tongwei", "yulin", "kunming", "dachuan")


@pytest.fixture(scope="session")
def catalogue() -> dict[str, Clause]:
    return read_catalogue(FIXTURES / "clauses")


@cache
def shipped() -> dict[str, Pack]:
    """The shipped packs by code."""
    return read_packs(FIXTURES / "rules", read_catalogue(FIXTURES / "clauses"))


@pytest.fixture(scope="session")
def packs() -> dict[str, Pack]:
    return shipped()


@pytest.fixture(scope="session")
def calendars() -> dict[int, YearCalendar]:
    return read_calendars(FIXTURES / "calendar")


@pytest.fixture(scope="session")
def qingya(catalogue: dict[str, Clause], packs: dict[str, Pack]) -> Pack:
    """An invented county that asks for nights, and by the half-month, the quarter and the half-year."""
    return read_pack(QINGYA, known_with_own(catalogue, QINGYA), packs["central"])


def known_with_own(catalogue: dict[str, Clause], folder: Path) -> set[str]:
    """The ids of the catalogue and of the clauses that a pack brings along."""
    own = own_clauses(folder)
    return {*catalogue, *(own.ids if own else ())}


@pytest.fixture(scope="session")
def book(packs: dict[str, Pack], qingya: Pack) -> Callable[[str, date], RuleBook]:
    """The rules of a shipped pack (or the invented county's) on a day, the nation's below it."""
    known = {**packs, "qingya": qingya}

    def on(code: str, day: date) -> RuleBook:
        return resolve([known[code]] + ([packs["central"]] if code != "central" else []), day)

    return on


@pytest.fixture(scope="session")
def result(
    book: Callable[[str, date], RuleBook], calendars: dict[int, YearCalendar]
) -> Callable[[str, str, Inputs], Result]:
    """How a posting stands against the measure `key` of a shipped pack, in the rules of its month."""

    def of(code: str, key: str, case: Inputs) -> Result:
        rules = book(code, case.month.last)
        measure: Measure = rules.chosen(case.roles, case.classes)[key]
        return evaluate(measure, case, calendars[case.month.year], calendars.get(case.month.year - 1))

    return of
