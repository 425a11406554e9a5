"""One jurisdiction's rules as its files say them.  Values stay dated; `book.resolve` picks those in force.

A pack is immutable once read: `version` is the hash of its content, and two packs with one version are equal.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from functools import cached_property
from typing import Annotated, Any, Self

from pydantic import BeforeValidator, Field, StrictBool, StrictInt
from pydantic_core import PydanticCustomError

from apps.rules.terms import (
    Cited,
    Document,
    Due,
    Frozen,
    MarkRule,
    Occasional,
    Setting,
    Step,
    UnitQuarter,
    content_hash,
)
from apps.rules.vocabulary import (
    Category,
    Days,
    Level,
    Modality,
    PostRole,
    Prefill,
    Prorate,
    StartYear,
    Unit,
    VillageClass,
    Window,
)

_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _civil_day(value: object) -> date:
    """A date or its ISO text; a bare number is no date, though pydantic would take it for a timestamp."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if isinstance(value, str) and _ISO.fullmatch(value):
        return date.fromisoformat(value)
    raise PydanticCustomError("civil_day", "不是日期")


Day = Annotated[date, BeforeValidator(_civil_day)]


class MeasureValue(Cited):
    """The value of a measure from a day on.  Exactly one of the three numbers; the clause is mandatory."""

    clause: str
    at_least: StrictInt | None = Field(default=None, ge=1)
    at_most: StrictInt | None = Field(default=None, ge=0)
    share: tuple[StrictInt, StrictInt] | None = None
    modality: Modality


class MeasureText(Frozen):
    """A floor or ceiling.  `key` joins variants for different people; left out it is the measure's own name."""

    key: str | None = None
    label: str
    short: str
    window: Window
    unit: Unit
    counts: tuple[Category, ...] = Field(min_length=1)
    days: Days = "all"
    binds: tuple[PostRole, ...] = Field(min_length=1)
    village_classes: tuple[VillageClass, ...] | None = Field(default=None, min_length=1)
    prorate: Prorate = "none"
    start_year: StartYear = "not_judged"
    skip_short_weeks: StrictBool = False
    subset_of: str | None = None
    presets: dict[str, str] = {}
    values: dict[Day, MeasureValue] = Field(min_length=1)


class PrefillText(Cited):
    """What a new month is filled with."""

    value: Prefill


class NightsText(Cited):
    """Whether nights are kept."""

    value: StrictBool


class SheetText(Frozen):
    """What this pack says of the sheet; a part left out is inherited whole."""

    marks: tuple[MarkRule, ...] | None = Field(default=None, min_length=1)
    prefill: PrefillText | None = None
    nights: NightsText | None = None
    occasional: tuple[Occasional, ...] | None = None
    record: tuple[Step, ...] | None = None
    due: Due | None = None


class LedgerText(Frozen):
    """What this pack says of the month ledger; a part left out is inherited whole, documents by their key."""

    steps: tuple[Step, ...] | None = Field(default=None, min_length=1)
    review: Step | None = None
    filings: tuple[Step, ...] | None = None
    feedback: Step | None = None
    compile_due: Due | None = None
    unit_quarter: UnitQuarter | None = None
    documents: tuple[Document, ...] = ()


class Pack(Frozen):
    """A jurisdiction's rules.  `see` are the clauses its scope and start rest on; `inherits` names the pack above."""

    code: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    title: str = Field(min_length=1)
    number: str = ""
    issuer: str
    level: Level
    area: str = Field(pattern=r"^C[0-9]*$")
    effective: Day
    inherits: str | None
    see: tuple[str, ...] = ()
    note: str = ""
    presence: dict[str, MeasureText] = {}
    sheet: SheetText = SheetText()
    ledger: LedgerText = LedgerText()
    settings: dict[str, Setting] = {}

    @cached_property
    def version(self) -> str:
        """sha256 of the content; the same text gives the same version whatever its layout."""
        return content_hash(self.dump())

    def __hash__(self) -> int:
        return hash(self.version)

    def __eq__(self, other: object) -> bool:
        return self is other or (isinstance(other, Pack) and other.version == self.version)

    def dump(self) -> dict[str, Any]:
        """Plain JSON values, without what was left out; `load` gives an equal pack back."""
        return self.model_dump(mode="json", exclude_unset=True)

    @classmethod
    def load(cls, dumped: Mapping[str, Any]) -> Self:
        return cls.model_validate(dumped)
