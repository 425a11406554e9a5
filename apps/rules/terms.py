"""Shapes that packs and rule books share: due days, steps, documents, settings.  All frozen, all JSON both ways.

`clause` is a clause id of the catalogue; None means that no regulation asks for it and the product itself
does, and then `note` says so in Chinese.  `preset` marks the reading taken where the text leaves it open.
"""

from __future__ import annotations

import calendar
import hashlib
import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, StrictBool, StrictInt

from apps.core.months import Month
from apps.rules.vocabulary import Category, DueOf, Office, Period, PostRole, Recipient, Verb, VillageClass


class Frozen(BaseModel):
    """Immutable; an unknown key is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Cited(Frozen):
    """Something with a source: `clause`, further clauses in `see`, and a note on an own arrangement or reading."""

    clause: str | None = None
    see: tuple[str, ...] = ()
    preset: StrictBool = False
    note: str = ""


class Due(Cited):
    """A last day, included.  A day that a short month lacks is its last day."""

    day: StrictInt = Field(ge=1, le=31)
    of: DueOf

    def due_on(self, month: Month) -> date:
        """For `next_month` the day in the month after `month`; for `after_quarter` in the month after its quarter."""
        target = month.next() if self.of == "next_month" else Month(month.year, month.quarter * 3).next()
        return date(target.year, target.month, min(self.day, calendar.monthrange(target.year, target.month)[1]))


class Step(Cited):
    """One act by one of `offices`.  `covers` are the posting roles it is done for, [] for all.

    With `categories`, it is needed only where the sheet has a day of one of them.
    """

    key: str
    label: str
    verb: Verb
    offices: tuple[Office, ...] = Field(min_length=1)
    covers: tuple[PostRole, ...] = ()
    categories: tuple[Category, ...] = ()
    due: Due | None = None


class Document(Cited):
    """A paper that a period produces and the office that makes it."""

    key: str
    label: str
    period: Period
    office: Office


class UnitQuarter(Cited):
    """The dispatch unit's own quarterly ledger: who signs it, who receives it, by when."""

    label: str
    signer: Office
    recipient: Recipient
    due: Due | None = None


class Setting(Cited):
    """A value that a county may set otherwise and that belongs to no rule of its own."""

    value: StrictInt | str | StrictBool | None


class MarkRule(Cited):
    """A kind of day that the sheet offers.  `word` replaces the usual word; `reason` asks for a stated reason."""

    category: Category
    word: str = ""
    reason: StrictBool = False


class Occasional(Cited):
    """People whose duty is some days only: nothing is pre-filled for them and an empty day is no gap."""

    binds: tuple[PostRole, ...] = Field(min_length=1)
    village_classes: tuple[VillageClass, ...] | None = None


def content_hash(content: Mapping[str, Any]) -> str:
    """sha256 of the canonical JSON: sorted keys, no spaces, UTF-8."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
