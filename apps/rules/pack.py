"""One jurisdiction's rules as its files say them.  Values stay dated; `book.resolve` picks those in force.

A pack is immutable once read: `version` is the hash of its content, and two packs with one version are equal.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Any, Self

from pydantic import Field, StrictBool, StrictInt, model_validator

from apps.rules.language.counters import Counter
from apps.rules.language.duties import Duty
from apps.rules.language.eligibility import Eligibility
from apps.rules.language.entitlements import Entitlement
from apps.rules.language.ladders import Ladder
from apps.rules.language.layers import Override, Regime
from apps.rules.language.likes import Like, moved
from apps.rules.language.nodes import Formula
from apps.rules.language.points import PointAccount
from apps.rules.language.procedures import Procedure
from apps.rules.language.quotas import Quota
from apps.rules.language.records import Record
from apps.rules.language.rule import Rule
from apps.rules.language.sets import SetRule
from apps.rules.language.spending import Fund
from apps.rules.language.states import SetState
from apps.rules.language.values import Day
from apps.rules.language.vocabularies import Key, Vocabulary
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


# The parts of a pack that hold rules of the language by key, in the order in which the 制度 pages show them.
CONSTRUCTS = (
    "vocabularies", "eligibility", "sets", "states", "procedures", "duties", "records", "counters", "ladders",
    "accounts", "formulas", "quotas", "entitlements", "funds",
)  # fmt: skip

BodyName = Annotated[str, Field(min_length=1)]
Name = Annotated[str, Field(pattern=rf"^({'|'.join(CONSTRUCTS)})\.[a-z][a-z0-9_]*$")]


class Pack(Frozen):
    """A jurisdiction's rules.  `see` are the clauses its scope and start rest on; `inherits` names the pack above.
    `bodies` names those that its rules speak of and the software does not know: {town_station: 乡镇农技站}.
    Rules by reference (`like:`) are written among the others and held apart in `likes`, by `construct.key`.

    What the month needs (presence, sheet, ledger, settings) makes the book that a ledger freezes; the rest, the
    constructs, is looked up by day (`law`).
    """

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
    vocabularies: dict[Key, Vocabulary] = {}
    eligibility: dict[Key, Eligibility] = {}
    sets: dict[Key, SetRule] = {}
    states: dict[Key, SetState] = {}
    procedures: dict[Key, Procedure] = {}
    duties: dict[Key, Duty] = {}
    records: dict[Key, Record] = {}
    counters: dict[Key, Counter] = {}
    ladders: dict[Key, Ladder] = {}
    accounts: dict[Key, PointAccount] = {}
    formulas: dict[Key, Formula] = {}
    quotas: dict[Key, Quota] = {}
    entitlements: dict[Key, Entitlement] = {}
    funds: dict[Key, Fund] = {}
    bodies: dict[Key, BodyName] = {}
    likes: dict[Name, Like] = {}
    overrides: tuple[Override, ...] = ()
    regimes: dict[Key, Regime] = {}

    @model_validator(mode="before")
    @classmethod
    def _rules_by_reference(cls, raw: Any) -> Any:
        return moved(raw, CONSTRUCTS) if isinstance(raw, Mapping) else raw

    def written(self, construct: str) -> dict[str, Rule]:
        """The rules of one construct by key, those by reference as they are written."""
        likes = {name.partition(".")[2]: like for name, like in self.likes.items() if name.startswith(f"{construct}.")}
        return {**getattr(self, construct), **likes}

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
