"""One presence measure with the value in force."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from pydantic import StrictInt

from apps.rules.terms import Frozen
from apps.rules.vocabulary import (
    PIECES,
    RUNNING,
    UNIT_WORDS,
    Category,
    Days,
    Modality,
    PostRole,
    Prorate,
    StartYear,
    Unit,
    VillageClass,
    Window,
)


class Measure(Frozen):
    """One floor or ceiling with the value in force.  Exactly one of `at_least`, `at_most`, `share` is set.

    `share` is (numerator, denominator) of the window's workdays.  `days` says which dates of a counted category
    count; with unit night the nights stayed are counted instead.  `since` is the day from which the rule exists at all.  `presets` names the fields that hold a
    reading of an open text and says which.  `name` is unique in a book; measures with one `key` are
    variants for different people.
    """

    name: str
    key: str
    label: str
    short: str
    window: Window
    unit: Unit
    counts: tuple[Category, ...]
    days: Days
    binds: tuple[PostRole, ...]
    village_classes: tuple[VillageClass, ...] | None
    at_least: StrictInt | None
    at_most: StrictInt | None
    share: tuple[StrictInt, StrictInt] | None
    prorate: Prorate
    start_year: StartYear
    skip_short_weeks: bool
    subset_of: str | None
    modality: Modality
    clause: str
    see: tuple[str, ...]
    presets: dict[str, str]
    note: str
    since: date
    pack: str
    version: str

    @property
    def runs(self) -> bool:
        """Whether its window is of several months, so that its figures run on from month to month."""
        return self.window in RUNNING

    @property
    def unit_word(self) -> str:
        return UNIT_WORDS[self.unit]

    @property
    def figure_unit(self) -> str:
        """The unit of `done` and `due`: of a weekly measure the weeks, of one by the half-month the halves."""
        return PIECES.get(self.window, self.unit_word)

    def applies(self, roles: Iterable[str], classes: Iterable[str]) -> bool:
        """Whether a posting with these roles in a village of these classes is bound."""
        if not any(role in self.binds for role in roles):
            return False
        return self.village_classes is None or any(name in self.village_classes for name in classes)

    def __hash__(self) -> int:
        return hash((self.version, self.name))
