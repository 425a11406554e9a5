"""What an import would do: the entries to write, counts, changes to show, and everything that is wrong."""

from __future__ import annotations

import difflib
import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from itertools import chain
from operator import attrgetter
from typing import Any

from apps.cadres.services import UnitEntry
from apps.jurisdictions.services_villages import VillageEntry
from apps.reports.roster.entries import Problem
from apps.reports.roster.plan.known import Known
from apps.teams.spans import Span

UnitKey = tuple[str, str]  # home, name


@dataclass(slots=True)
class Tally:
    """How many of a kind are new, changed, and as they are already."""

    new: int = 0
    changed: int = 0
    same: int = 0


@dataclass(frozen=True, slots=True)
class Change:
    """One existing thing that would change: which, and what from and to."""

    kind: str
    what: str
    how: str


@dataclass(frozen=True, slots=True)
class PlannedTeam:
    """A team to add, or to rename when `team` is its id."""

    team: int | None
    village: str
    name: str


@dataclass(slots=True)
class PlannedCadre:
    """A person to add or change."""

    person: str
    id_number: str = field(repr=False)
    name: str
    unit: UnitKey
    political_status: str
    rank: str
    phone: str


@dataclass(slots=True)
class PlannedPosting:
    """A posting to add (`posting` and `team` None) or to change."""

    posting: int | None
    team: int | None
    village: str
    unit: UnitKey
    person: str
    name: str
    roles: tuple[str, ...]
    first: date
    last: date | None
    phone: str
    source: str
    end_reason: str

    @property
    def span(self) -> Span:
        return self.first, self.last


_VALUES = {
    kind: attrgetter(*(key for key in kind.__slots__ if key != "id_number"))
    for kind in (VillageEntry, UnitEntry, PlannedTeam, PlannedCadre, PlannedPosting)
}

KINDS = {"villages": "村", "units": "派出单位", "teams": "工作队", "cadres": "干部", "postings": "派驻"}


@dataclass
class Plan:
    """Filled step by step from what is `known`; `blocked` when anything is wrong: then nothing may be written.

    `unit_ids` are the ids of the registered units that rows name.
    """

    known: Known
    villages: list[VillageEntry] = field(default_factory=list)
    units: list[UnitEntry] = field(default_factory=list)
    teams: list[PlannedTeam] = field(default_factory=list)
    cadres: list[PlannedCadre] = field(default_factory=list)
    postings: list[PlannedPosting] = field(default_factory=list)
    tallies: dict[str, Tally] = field(default_factory=lambda: {kind: Tally() for kind in KINDS})
    changes: list[Change] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    unit_ids: dict[UnitKey, int] = field(default_factory=dict)

    @property
    def blocked(self) -> bool:
        return any(problem.severity == "error" for problem in self.problems)

    @property
    def is_empty(self) -> bool:
        """Nothing to write: everything is as it is already."""
        return not any((self.villages, self.units, self.teams, self.cadres, self.postings))

    @property
    def digest(self) -> str:
        """The same as long as the same would be written."""
        entries: Iterable[Any] = chain(self.villages, self.units, self.teams, self.cadres, self.postings)
        values = [_VALUES[type(entry)](entry) for entry in entries]
        text = json.dumps(values, ensure_ascii=False, separators=(",", ":"), default=date.isoformat)
        return hashlib.sha256(text.encode()).hexdigest()

    def wrong(self, sheet: str, row: int, column: str, message: str) -> None:
        self.problems.append(Problem(sheet, row, column, message))

    def sheet_is_wrong(self, sheet: str) -> bool:
        return any(problem.sheet == sheet and problem.severity == "error" for problem in self.problems)


def did_you_mean(text: str, names: Iterable[str]) -> str:
    """A hint at the nearest known name, or ''."""
    near = difflib.get_close_matches(text, list(names), n=1, cutoff=0.6)
    return f"是不是“{near[0]}”？" if near else ""


def span_text(span: Span) -> str:
    """2026-03-01至2026-05-31, or …至今."""
    first, last = span
    return f"{first.isoformat()}至{last.isoformat() if last else '今'}"
