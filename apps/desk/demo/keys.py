"""What the loaded rows are called in the database, and who signs."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from apps.core.months import Month
from apps.desk.demo.world import DemoCadre, DemoPosting, DemoWorld
from apps.jurisdictions.selectors import book_of
from apps.ledgers.models import FrozenBook
from apps.ledgers.services.books import book_freeze


@dataclass(frozen=True, slots=True)
class Signer:
    """An account that acts: in office on `target`, until he left."""

    user: int
    name: str
    office: str
    until: date | None


@dataclass(slots=True)
class Keys:
    """Primary keys by the world's own keys, filled step by step."""

    world: DemoWorld
    now: datetime
    units: dict[str, int] = field(default_factory=dict)
    teams: dict[str, int] = field(default_factory=dict)
    persons: dict[str, str] = field(default_factory=dict)
    cadres: dict[str, int] = field(default_factory=dict)
    postings: dict[str, int] = field(default_factory=dict)
    books: dict[tuple[str, Month], FrozenBook] = field(default_factory=dict)
    signers: dict[tuple[str, str], list[Signer]] = field(default_factory=dict)

    def signer(self, offices: Any, targets: list[str], on: date) -> Signer:
        """Who of `offices` signs for one of `targets` (area codes, villages) on a day.  LookupError when nobody."""
        for office in offices:
            for target in targets:
                for signer in self.signers.get((office, target), []):
                    if signer.until is None or on <= signer.until:
                        return signer
        raise LookupError(f"nobody of {list(offices)} for {targets} on {on}")

    def moment(self, month: Month, days: int, hour: int, minute: int = 0) -> datetime:
        """So many days after the month's last day, never later than the loading."""
        day = month.last + timedelta(days=days)
        return min(timezone.make_aware(datetime.combine(day, time(hour, minute))), self.now)

    def book(self, area: str, month: Month) -> FrozenBook:
        """The rules that a county's ledgers of a month were made under; asked for once."""
        county = area[:7]
        if (county, month) not in self.books:
            self.books[county, month] = book_freeze(book_of(county, month.last))
        return self.books[county, month]

    def people(self) -> list[tuple[DemoCadre, DemoPosting]]:
        """Cadres with their postings, in the world's order."""
        return list(zip(self.world.cadres, self.world.postings, strict=True))
