"""Rehearsal: what a rule pack would change on real data, before anybody publishes it.  Writes nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from apps.core.months import Month
from apps.core.sql import fetch, reading_only
from apps.core.tenancy import area_end
from apps.jurisdictions.selectors import books_rehearsed, calendar_of, division_names
from apps.ledgers.compile.expressions import Plan
from apps.ledgers.compile.rehearsal import Differing, Judged, differing
from apps.ledgers.models import Ledger, LedgerKind, LedgerState
from apps.rules.book import Measure, RuleBook
from apps.rules.figures import state_word
from apps.rules.pack import Pack

_STORED = """
SELECT DISTINCT month, left(area, 10) FROM attendance_sheetline
WHERE area >= %(area)s AND area < %(end)s AND month >= %(first)s AND month <= %(last)s
ORDER BY 1, 2
"""


@dataclass(frozen=True, slots=True)
class Standing:
    """How a person stands under one measure: done, due (of a ceiling what may not be exceeded) and state."""

    measure: Measure
    judged: Judged

    @property
    def word(self) -> str:
        return state_word(self.judged.state, ceiling=self.measure.at_most is not None)


@dataclass(frozen=True, slots=True)
class Change:
    """One measure of one person in one month that would stand otherwise; None where it does not bind him.

    `key` is the measure's key in the books: of variants for different people one at most binds a person.  `closed`:
    the month is closed, and what was signed stays as it is whatever is published.
    """

    posting: int
    person: str
    name: str
    township: str
    township_name: str
    village: str
    month: Month
    closed: bool
    key: str
    old: Standing | None
    new: Standing | None

    @property
    def label(self) -> str:
        standing = self.new or self.old
        return standing.measure.label if standing else ""

    @property
    def outcome(self) -> bool:
        """Whether the person stands in another state, not only at other numbers."""
        old, new = (each and each.judged.state for each in (self.old, self.new))
        return old != new


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What publishing `pack` now would mean for the stored months `months`.

    `changes` by month, village and person.  `added` and `removed` are the labels of measures that only the new or only
    the old rules have in some of these months, also where they bind nobody.  `ledgers` are the current township
    ledgers of the places and months with changes: they keep the rules they were frozen with.
    """

    pack: Pack
    months: tuple[Month, ...]
    changes: tuple[Change, ...]
    added: tuple[str, ...]
    removed: tuple[str, ...]
    ledgers: tuple[Ledger, ...]

    @property
    def cadres(self) -> int:
        """How many different people have a changed figure."""
        return len({change.person for change in self.changes})

    @property
    def changed_months(self) -> tuple[Month, ...]:
        return tuple(sorted({change.month for change in self.changes}))


def rehearse(*, pack: Pack, today: date, first: Month | None = None, last: Month | None = None) -> Rehearsal:
    """Compare the figures of every stored sheet line in the pack's area under the rules in force today, month by
    month, with those under the same rules with `pack` in place of the version before it.

    `first` to `last` (both included) are the months looked at: left out, from January of `today`'s year to the end of
    that year or of the year of `first`.  Only months with stored lines count, closed or not.  Year-to-date is taken
    from the sheets as they stand.  Reads within the entered scope, in a transaction that the database keeps from
    writing; asked twice it answers the same.  Who may ask is for the caller to know.
    """
    first = first or Month(today.year, 1)
    last = last or Month(max(today.year, first.year), 12)
    changes: list[Change] = []
    added: dict[str, str] = {}
    removed: dict[str, str] = {}
    with reading_only():
        stored = _stored(pack.area[:10], first, last)
        for month, townships in stored.items():
            for trial in _trials(pack, month, townships):
                added |= trial.only_in(trial.new, trial.old)
                removed |= trial.only_in(trial.old, trial.new)
                changes += trial.changes()
        changes.sort(key=lambda change: (change.month, change.township))
        ledgers = _ledgers(pack.area[:10], changes)
    return Rehearsal(
        pack=pack,
        months=tuple(stored),
        changes=tuple(changes),
        added=tuple(added.values()),
        removed=tuple(removed.values()),
        ledgers=ledgers,
    )


def _stored(area: str, first: Month, last: Month) -> dict[Month, list[str]]:
    """{month: the townships that have stored sheet lines in it}, in order."""
    asked = {"area": area, "end": area_end(area), "first": first.first, "last": last.first}
    found: dict[Month, list[str]] = defaultdict(list)
    for month, township in fetch(_STORED, asked):
        found[Month.of(month)].append(township)
    return found


@dataclass(frozen=True, slots=True)
class _Trial:
    """One month of the townships that share both books."""

    month: Month
    old: RuleBook
    new: RuleBook
    townships: list[str]

    def only_in(self, one: RuleBook, other: RuleBook) -> dict[str, str]:
        """{name: label} of the measures that the other book does not have."""
        known = {measure.name for measure in other.presence}
        return {measure.name: measure.label for measure in one.presence if measure.name not in known}

    def changes(self) -> Iterator[Change]:
        calendar, names = calendar_of(self.month.year), division_names(self.townships)
        old, new = (Plan(book, self.month, calendar) for book in (self.old, self.new))
        for each in differing(old, new, self.townships):
            yield from self._changes_of(each, names.get(each.area[:10], ""))

    def _changes_of(self, each: Differing, township: str) -> Iterator[Change]:
        old, new = _standings(self.old, each.old), _standings(self.new, each.new)
        for key in [*new, *(key for key in old if key not in new)]:
            was, now = old.get(key), new.get(key)
            if was is None or now is None or was.judged != now.judged:
                yield Change(
                    posting=each.posting,
                    person=each.person,
                    name=each.name,
                    township=each.area[:10],
                    township_name=township,
                    village=each.village,
                    month=self.month,
                    closed=each.closed,
                    key=key,
                    old=was,
                    new=now,
                )


def _trials(pack: Pack, month: Month, townships: list[str]) -> Iterator[_Trial]:
    """The month's townships by the two books they would have; those whose rules stay the same are left out."""
    found: dict[tuple[str, str], _Trial] = {}
    for township, (old, new) in sorted(books_rehearsed(pack, townships, month.last).items()):
        if old.version != new.version:
            trial = found.setdefault((old.version, new.version), _Trial(month, old, new, []))
            trial.townships.append(township)
    yield from found.values()


def _standings(book: RuleBook, figures: dict[int, Judged]) -> dict[str, Standing]:
    """{key: standing} of the measures that bind one person."""
    return {book.presence[place].key: Standing(book.presence[place], judged) for place, judged in figures.items()}


def _ledgers(area: str, changes: list[Change]) -> tuple[Ledger, ...]:
    """The current township ledgers of the places and months with changes, by month and place.  One query."""
    touched = {(change.township, change.month.first) for change in changes}
    rows = Ledger.objects.within(area).filter(kind=LedgerKind.TOWNSHIP, month__in={month for _, month in touched})
    current = rows.exclude(state=LedgerState.SUPERSEDED).order_by("month", "area")
    return tuple(ledger for ledger in current if (ledger.area, ledger.month) in touched)
