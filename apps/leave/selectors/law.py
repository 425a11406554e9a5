"""What the rules in force say of one person's leave: the case, the procedures, the kinds, the papers asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from apps.core.errors import NotFound
from apps.jurisdictions.law import bodies_of
from apps.jurisdictions.selectors import packs_of
from apps.rules.language.layers import InForce
from apps.rules.language.procedures import Procedure
from apps.rules.language.records import Record
from apps.rules.language.selectors import Case
from apps.rules.language.sets import SetRule
from apps.rules.law import rules_of
from apps.rules.pack import Pack
from apps.teams.models import Posting

KINDS = "leave_kinds"
SETTING = "attendance_rules"  # the procedure by which a county sets its own


@dataclass(frozen=True)
class LeaveLaw:
    """The rules of an area on a day as far as leave needs them."""

    packs: tuple[Pack, ...]
    on: date

    def rules(self, construct: str) -> Mapping[str, InForce[Any]]:
        return rules_of(self.packs, construct, self.on)

    @cached_property
    def procedures(self) -> dict[str, InForce[Procedure]]:
        return dict(self.rules("procedures"))

    @property
    def sets(self) -> dict[str, SetRule]:
        """What teams must keep up: presence floors among them."""
        return {key: held.rule for key, held in self.rules("sets").items() if held.rule.of == "team"}

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of leave that are offered, in the order of the pack."""
        held = self.rules("vocabularies").get(KINDS)
        return tuple(word.word for word in held.rule.words) if held else ()

    def record(self, key: str) -> Record | None:
        """A paper that a step asks for."""
        held = self.rules("records").get(key)
        return held.rule if held else None

    @property
    def who_sets(self) -> str | None:
        """The clause by which somebody sets how leave is asked for, where no procedure does."""
        held = self.procedures.get(SETTING)
        return held.rule.clause if held else None

    @cached_property
    def bodies(self) -> dict[str, str]:
        """{body: its name} of those that the packs themselves declare."""
        return bodies_of(self.packs)


def law_on(area: str, on: date) -> LeaveLaw:
    """The law of an area on a day; NotFound where none is published.  One query."""
    try:
        return LeaveLaw(packs_of(area, on), on)
    except LookupError as error:
        raise NotFound("这个地区还没有发布管理制度，不能请假；请联系县级驻村办。") from error


def case_of(posting: Posting, on: date) -> Case:
    """What selectors ask of a posting.  Its team with the village and its unit should be at hand."""
    return Case(
        roles=frozenset(posting.roles),
        village_classes=frozenset(posting.team.village.classes),
        unit_level=posting.unit.level,
        unit_nature=posting.unit.nature,
        vertical=posting.unit.vertical,
        day=on,
    )
