"""What the rules in force say of people and posts: the procedure of a matter, and the case by which it is chosen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from apps.cadres.models import DispatchUnit
from apps.core.errors import NotFound
from apps.jurisdictions.procedures import frozen
from apps.jurisdictions.selectors import packs_of
from apps.rules.language.chains import chain_for
from apps.rules.language.layers import InForce
from apps.rules.language.procedures import Procedure, acts_of
from apps.rules.language.records import Record
from apps.rules.language.selectors import Case as Matching
from apps.rules.law import rules_of
from apps.rules.pack import Pack
from apps.staffing.bodies import OWN

# Who speaks in a procedure about one person, not about a village's team as a whole.
_SENDERS = frozenset({"dispatch_unit", "unit_personnel", "unit_head", "unit_party_committee", "team_leader"}) | OWN


@dataclass(frozen=True)
class Law:
    """The rules of an area on a day as far as staffing needs them."""

    packs: tuple[Pack, ...]
    on: date

    def rules(self, construct: str) -> Mapping[str, InForce[Any]]:
        return rules_of(self.packs, construct, self.on)

    @cached_property
    def procedures(self) -> dict[str, InForce[Procedure]]:
        return dict(self.rules("procedures"))

    def record(self, key: str) -> Record | None:
        """A paper that a step asks for."""
        held = self.rules("records").get(key)
        return held.rule if held else None

    def procedure(self, matter: str, case: Matching, kind: str = "") -> dict[str, Any] | None:
        """The procedure of a matter as it is kept with a case; None where the law knows none for it.

        Of the selection only those in which a unit or the person himself speaks: how a county makes up a village's
        team as a whole is not the way of one person.
        """
        rules = {
            key: held.rule for key, held in self.procedures.items() if matter != "selection" or about_person(held.rule)
        }
        chain = chain_for(rules, case, kind=kind, matter=matter)
        if chain is None or not chain.procedure.steps:
            return None
        return frozen(self.procedures[chain.key], self.packs)

    def village_first(self, case: Matching) -> Procedure | None:
        """The procedure by which villages and their needs are settled before people are chosen, if there is one."""
        fitting = (held.rule for held in self.procedures.values() if held.rule.matter == "selection")
        return next((rule for rule in fitting if not about_person(rule) and rule.applies.matches(case)), None)


def about_person(rule: Procedure) -> bool:
    """Whether a procedure is the way of one person: some step is his own or his unit's."""
    return any(who.office in _SENDERS for step in acts_of(rule.steps) for who in step.by)


def law_on(area: str, on: date) -> Law:
    """The law of an area on a day; NotFound where none is published.  One query."""
    try:
        return Law(packs_of(area, on), on)
    except LookupError as error:
        raise NotFound("这个地区还没有发布管理制度，不能办理；请联系县级驻村办。") from error


def matching(unit: DispatchUnit, roles: frozenset[str], classes: frozenset[str], on: date) -> Matching:
    """What selectors ask of somebody of a unit with these roles in a village of these classes."""
    return Matching(
        roles=roles,
        village_classes=classes,
        unit_level=unit.level,
        unit_nature=unit.nature,
        vertical=unit.vertical,
        day=on,
    )
