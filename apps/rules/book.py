"""The rules in force for one area on one day: what packs say after inheritance.  Frozen with every ledger."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property, lru_cache
from typing import Any, Self

from apps.rules.marks import WORD_OF
from apps.rules.measure import Measure
from apps.rules.pack import LedgerText, MeasureText, Pack, SheetText
from apps.rules.terms import (
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
from apps.rules.vocabulary import Prefill


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

    def __hash__(self) -> int:
        return self._hashed

    @cached_property
    def _hashed(self) -> int:
        """Made once: what is known of a sheet is looked up for every cell of it."""
        return hash((self.marks, self.prefill, self.nights, self.occasional))


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
        """The measures that bind a posting, one per key.

        Of two variants the one that names village classes wins; otherwise the one that stands first.
        """
        roles, classes = set(roles), set(classes)
        found: dict[str, Measure] = {}
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


def resolve(packs: Sequence[Pack], on: date) -> RuleBook:
    """The rules in force on a day, from the packs of an area, nearest first and the nation's last.

    The nearest pack that has a value on that day wins, part by part: each measure by its name, each part of
    the sheet and of the ledger, each document and setting by its key.  A measure before its first dated value
    does not exist.  For a month ask with its last day.  Calling it twice gives the same object.
    ValueError (Chinese) when no pack is in force or none says how the sheet or the ledger runs.
    """
    return _resolved(tuple(packs), on)


@lru_cache(maxsize=4096)
def _resolved(packs: tuple[Pack, ...], on: date) -> RuleBook:
    held = [pack for pack in packs if pack.effective <= on]
    if not held:
        raise ValueError(f"{on} 没有生效的规则包，请先发布适用的规则包。")
    nearest = held[0]
    settings: dict[str, Setting] = {}
    for pack in held:
        settings = settings | {name: value for name, value in pack.settings.items() if name not in settings}
    book = RuleBook(
        **nearest.model_dump(include={"code", "title", "number", "issuer", "level", "area"}),
        packs=tuple((pack.code, pack.version) for pack in held),
        presence=_presence(held, on),
        sheet=_sheet([pack.sheet for pack in held]),
        ledger=_ledger([pack.ledger for pack in held]),
        settings=settings,
        version="",
    )
    return book.model_copy(update={"version": content_hash(book.dump())})


def _presence(packs: Sequence[Pack], on: date) -> tuple[Measure, ...]:
    found: dict[str, Measure] = {}
    for place, pack in enumerate(packs):
        for name, text in pack.presence.items():
            if name not in found and min(text.values) <= on:
                found[name] = overridden(measure_on(pack, name, text, on), reversed(packs[:place]), on)
    return tuple(found.values())


def overridden(measure: Measure, nearer: Iterable[Pack], on: date) -> Measure:
    """The measure with the single values that packs below its own have set otherwise, the nearest one last.
    ValidationError where a value does not fit; the linter has tried every one."""
    for pack in nearer:
        for override in sorted(pack.overrides, key=lambda each: each.since):
            if override.rule == f"presence.{measure.name}" and override.since <= on:
                cited = {"clause": override.clause} if override.clause else {}
                told = {"note": override.note} if override.note else {}
                measure = Measure.model_validate(measure.model_dump() | override.values | cited | told)
    return measure


def measure_on(pack: Pack, name: str, text: MeasureText, on: date) -> Measure:
    """A measure of one pack with its value in force on a day, which is not before its first."""
    value = text.values[max(day for day in text.values if day <= on)]
    return Measure(
        **{**text.model_dump(exclude={"values"}), "key": text.key or name},
        **value.model_dump(exclude={"preset"}),
        name=name,
        since=min(text.values),
        pack=pack.code,
        version=pack.version,
    )


def _sheet(texts: Sequence[SheetText]) -> SheetRule:
    prefill, nights = _said(texts, "prefill"), _said(texts, "nights")
    return SheetRule(
        marks=_said(texts, "marks"),
        prefill=prefill.value,
        prefill_clause=prefill.clause,
        nights=nights.value,
        nights_clause=nights.clause,
        occasional=_said(texts, "occasional", ()),
        record=_said(texts, "record", ()),
        due=_said(texts, "due", None),
    )


def _ledger(texts: Sequence[LedgerText]) -> LedgerRule:
    documents: dict[str, Document] = {}
    for document in (document for text in texts for document in text.documents):
        documents.setdefault(document.key, document)
    return LedgerRule(
        steps=_said(texts, "steps"),
        review=_said(texts, "review"),
        filings=_said(texts, "filings", ()),
        feedback=_said(texts, "feedback", None),
        compile_due=_said(texts, "compile_due", None),
        unit_quarter=_said(texts, "unit_quarter", None),
        documents=tuple(documents.values()),
    )


_REQUIRED = object()


def _said(texts: Sequence[Frozen], part: str, otherwise: Any = _REQUIRED) -> Any:
    """What the nearest pack that speaks of `part` says."""
    for text in texts:
        if (value := getattr(text, part)) is not None:
            return value
    if otherwise is _REQUIRED:
        raise ValueError(f"各级规则包都没有写“{part}”，请补上，或把全国规则包放在最后。")
    return otherwise
