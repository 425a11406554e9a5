"""Selectors: to whom or what a rule applies.  Every part that is written must hold; the most specific rule wins."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Protocol, TypeVar

from pydantic import Field, StrictBool

from apps.rules.language.bands import Bounds
from apps.rules.language.values import MonthDay
from apps.rules.terms import Frozen
from apps.rules.vocabulary import Employment, PostRole, UnitLevel, UnitNature, VillageClass


class Season(Frozen):
    """A stretch of every year, both ends included; one that runs over the new year is written as it runs."""

    first: MonthDay
    last: MonthDay

    def holds(self, day: date) -> bool:
        told = f"{day:%m-%d}"
        if self.first <= self.last:
            return self.first <= told <= self.last
        return told >= self.first or told <= self.last


@dataclass(frozen=True, slots=True)
class Case:
    """What is known of a person in a post on a day.  What is not known is left empty and matches no selector that asks.

    `attributes` are measured numbers of the village, `waivers` the kinds of waiver granted to the person.
    """

    roles: frozenset[str] = frozenset()
    village_classes: frozenset[str] = frozenset()
    unit_level: str = ""
    unit_nature: str = ""
    vertical: bool | None = None
    employment: str = ""
    area_class: str = ""
    day: date | None = None
    attributes: Mapping[str, Decimal | int] = field(default_factory=dict)
    waivers: frozenset[str] = frozenset()


class Selector(Frozen):
    """Who or what.  A list holds where any of it holds; the parts hold together.

    `area_classes` are a pack's own words for distance or hardship; `waived` asks for a waiver of that kind;
    `attributes` compare measured numbers of the village.
    """

    roles: tuple[PostRole, ...] | None = Field(default=None, min_length=1)
    village_classes: tuple[VillageClass, ...] | None = Field(default=None, min_length=1)
    unit_levels: tuple[UnitLevel, ...] | None = Field(default=None, min_length=1)
    unit_natures: tuple[UnitNature, ...] | None = Field(default=None, min_length=1)
    vertical: StrictBool | None = None
    employment: tuple[Employment, ...] | None = Field(default=None, min_length=1)
    area_classes: tuple[str, ...] | None = Field(default=None, min_length=1)
    seasons: tuple[Season, ...] | None = Field(default=None, min_length=1)
    attributes: dict[str, Bounds] = {}
    waived: str | None = None

    def matches(self, case: Case) -> bool:
        """Whether everything that is written holds of the case."""
        return (
            _any(self.roles, case.roles)
            and _any(self.village_classes, case.village_classes)
            and _one(self.unit_levels, case.unit_level)
            and _one(self.unit_natures, case.unit_nature)
            and (self.vertical is None or self.vertical == case.vertical)
            and _one(self.employment, case.employment)
            and _one(self.area_classes, case.area_class)
            and self._in_season(case.day)
            and all(
                name in case.attributes and bounds.holds(case.attributes[name])
                for name, bounds in self.attributes.items()
            )
            and (self.waived is None or self.waived in case.waivers)
        )

    def _in_season(self, day: date | None) -> bool:
        return self.seasons is None or (day is not None and any(season.holds(day) for season in self.seasons))

    @property
    def specificity(self) -> tuple[int, int]:
        """How special it is: a waiver before all, then the number of parts written (roles count only among equals)."""
        parts = self.model_dump(exclude_none=True, exclude={"roles", "waived"})
        return (int(self.waived is not None), sum(bool(part) or part is False for part in parts.values()))


def _any(wanted: Iterable[str] | None, held: frozenset[str]) -> bool:
    return wanted is None or not held.isdisjoint(wanted)


def _one(wanted: tuple[str, ...] | None, held: str) -> bool:
    return wanted is None or held in wanted


class Selecting(Protocol):
    """Anything with a selector."""

    @property
    def applies(self) -> Selector: ...


Chosen = TypeVar("Chosen", bound=Selecting)


def most_specific(rules: Iterable[Chosen], case: Case) -> Chosen | None:
    """The rule for a case: of those that match the most specific, of equals the one that stands first.

    The linter refuses two equals that can hold of one case, so the order never decides in a published pack.
    """
    fitting = [rule for rule in rules if rule.applies.matches(case)]
    return max(fitting, key=lambda rule: rule.applies.specificity, default=None)


def may_meet(one: Selector, other: Selector) -> bool:
    """Whether some case could match both: no part that both name excludes the other."""
    lists = ("roles", "village_classes", "unit_levels", "unit_natures", "employment", "area_classes")
    for name in lists:
        mine, theirs = getattr(one, name), getattr(other, name)
        if mine is not None and theirs is not None and set(mine).isdisjoint(theirs):
            return False
    return None in (one.vertical, other.vertical) or one.vertical == other.vertical
