"""The rules in force for one area on one day: what packs say after inheritance.  Frozen with every ledger."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Self

from pydantic import StrictInt

from apps.rules.marks import WORD_OF
from apps.rules.terms import Document, Due, Frozen, MarkRule, Occasional, Setting, Step, UnitQuarter
from apps.rules.vocabulary import (
    UNIT_WORDS,
    Category,
    Days,
    Modality,
    PostRole,
    Prefill,
    Prorate,
    StartYear,
    Unit,
    VillageClass,
    Window,
)


class Measure(Frozen):
    """One floor or ceiling with the value in force.  Exactly one of `at_least`, `at_most`, `share` is set.

    `share` is (numerator, denominator) of the workdays.  `days` says which dates of a counted category
    count.  `since` is the day from which the rule exists at all.  `presets` names the fields that hold a
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
    since: date
    pack: str
    version: str

    @property
    def unit_word(self) -> str:
        return UNIT_WORDS[self.unit]

    def applies(self, roles: Iterable[str], classes: Iterable[str]) -> bool:
        """Whether a posting with these roles in a village of these classes is bound."""
        if self.village_classes is not None and not set(classes).intersection(self.village_classes):
            return False
        return bool(set(roles).intersection(self.binds))


class SheetRule(Frozen):
    """How a month's sheet is kept: the kinds of day offered, what is pre-filled, who confirms it before the close."""

    marks: tuple[MarkRule, ...]
    prefill: Prefill
    prefill_clause: str | None
    nights: bool
    nights_clause: str | None
    occasional: tuple[Occasional, ...]
    record: tuple[Step, ...]
    due: Due | None

    @property
    def categories(self) -> tuple[str, ...]:
        """The categories offered, in the order of the sheet."""
        return tuple(mark.category for mark in self.marks)

    def word(self, category: str) -> str:
        """The word on this sheet for a category, offered or not."""
        return next((mark.word for mark in self.marks if mark.category == category and mark.word), WORD_OF[category])

    def is_occasional(self, roles: Iterable[str], classes: Iterable[str]) -> bool:
        """Whether every role of the posting serves on some days only: no pre-fill, and empty days are no gaps."""
        present = set(classes)
        served: set[str] = set()
        for rule in self.occasional:
            if rule.village_classes is None or present.intersection(rule.village_classes):
                served.update(rule.binds)
        return set(roles) <= served


class LedgerRule(Frozen):
    """The way of a township's month ledger: steps in order, acceptance, then filing and feedback."""

    steps: tuple[Step, ...]
    review: Step
    filings: tuple[Step, ...]
    feedback: Step | None
    compile_due: Due | None
    unit_quarter: UnitQuarter | None
    documents: tuple[Document, ...]

    @property
    def review_office(self) -> str:
        """The county office that accepts or returns."""
        return self.review.offices[0]


class RuleBook(Frozen):
    """All rules for one area on one day.  JSON both ways; `version` is the hash of everything else."""

    code: str
    title: str
    number: str
    issuer: str
    level: str
    area: str
    packs: tuple[tuple[str, str], ...]
    presence: tuple[Measure, ...]
    sheet: SheetRule
    ledger: LedgerRule
    settings: dict[str, Setting]
    version: str

    def chosen(self, roles: Iterable[str], classes: Iterable[str]) -> dict[str, Measure]:
        """The measures that bind a posting, one per key: a variant that names village classes beats one that does not."""
        roles, classes, found = set(roles), set(classes), {}
        for measure in self.presence:
            if measure.applies(roles, classes):
                held = found.get(measure.key)
                if held is None or (held.village_classes is None and measure.village_classes is not None):
                    found[measure.key] = measure
        return found

    def measure(self, name: str) -> Measure:
        """By its unique name.  KeyError when this book has none."""
        for measure in self.presence:
            if measure.name == name:
                return measure
        raise KeyError(name)

    def dump(self) -> dict[str, Any]:
        """Plain JSON values; `load` gives an equal book back."""
        return self.model_dump(mode="json")

    @classmethod
    def load(cls, dumped: Mapping[str, Any]) -> Self:
        """From `dump`.  Does not recompute the version: a frozen book keeps the one it had."""
        return cls.model_validate(dumped)


def content_hash(content: Mapping[str, Any]) -> str:
    """sha256 of the canonical JSON: sorted keys, no spaces, UTF-8."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
