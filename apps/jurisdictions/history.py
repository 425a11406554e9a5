"""What became of one rule from publication to publication: old, new, from which day, by whom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from apps.jurisdictions.comparison import told_lines
from apps.jurisdictions.law import LawEntry, bodies_of, book_entries, law_entry
from apps.jurisdictions.wording import topics_of
from apps.rules.book import resolve
from apps.rules.language.likes import chain
from apps.rules.language.rule import Rule
from apps.rules.law import rules_of
from apps.rules.pack import CONSTRUCTS, Pack
from apps.rules.said import Line, Names
from apps.rules.say import names_of

BOOK = "book"


@dataclass(frozen=True)
class Publication:
    """One published version of one pack."""

    pack: Pack
    published: datetime
    proposed_by: str
    confirmed_by: str


@dataclass(frozen=True)
class Change:
    """A publication made a rule say something else from a day on; empty lines: there was (or is) no such rule."""

    label: str
    since: date
    old: tuple[Line, ...]
    new: tuple[Line, ...]
    cited: tuple[str, ...]
    code: str
    title: str
    published: datetime
    proposed_by: str
    confirmed_by: str
    version: str
    before: str  # the version published before, of whatever pack above the area


def newest_packs(published: Iterable[Publication]) -> tuple[Pack, ...]:
    """The newest version of each pack, nearest first."""
    newest = {each.pack.code: each.pack for each in published}
    return tuple(sorted(newest.values(), key=lambda pack: -len(pack.area)))


def changes(published: Sequence[Publication], part: str, key: str) -> list[Change]:
    """The changes of one rule, in the order of publication and then of the day from which they hold.

    `published` are the versions of an area's packs, oldest first; `part` is a construct, or `book` with
    `<topic>.<label>` as key.  Empty for a rule that was never there.
    """
    found: list[Change] = []
    before: tuple[Pack, ...] = ()
    for place, each in enumerate(published if part in (*CONSTRUCTS, BOOK) else (), start=1):
        now = newest_packs(published[:place])
        last = published[place - 2].pack.version if place > 1 else ""
        found += _changed(each, last, before, now, part, key)
        before = now
    return found


def _changed(
    each: Publication, last: str, before: tuple[Pack, ...], now: tuple[Pack, ...], part: str, key: str
) -> Iterator[Change]:
    told: tuple[tuple[Line, ...], tuple[Line, ...]] | None = None
    names = {(part, key), *_referred(before, part, key), *_referred(now, part, key)}
    for day in sorted({day for packs in (before, now) for name in names for day in _days(packs, *name)}):
        old, new = rule_on(before, part, key, day), rule_on(now, part, key, day)
        said = (_lines(old), _lines(new))
        if said[0] != said[1] and said != told:
            entry = new or old
            assert entry is not None  # noqa: S101  # they differ, so one of them is there
            yield _change(each, last, entry, day, *said)
        told = said


def _change(
    each: Publication, last: str, entry: LawEntry, day: date, old: tuple[Line, ...], new: tuple[Line, ...]
) -> Change:
    return Change(
        entry.label, day, old, new, entry.cited, each.pack.code, each.pack.title, each.published, each.proposed_by,
        each.confirmed_by, each.pack.version, last,
    )  # fmt: skip


def _lines(entry: LawEntry | None) -> tuple[Line, ...]:
    return tuple(told_lines(entry)) if entry else ()


def rule_on(packs: tuple[Pack, ...], part: str, key: str, day: date) -> LawEntry | None:
    """The rule in force on a day, in words."""
    if part == BOOK:
        return next((entry for entry in _book(packs, day) if entry.key == key), None)
    held = rules_of(packs, part, day).get(key)
    return law_entry(part, held, _names(packs)) if held else None


def _book(packs: tuple[Pack, ...], day: date) -> list[LawEntry]:
    """The values of the month's book on a day; none where the packs did not yet make a whole book."""
    try:
        return book_entries(topics_of(resolve([pack for pack in packs if pack.effective <= day], day)))
    except ValueError:
        return []


def _names(packs: Iterable[Pack]) -> Names:
    rules: list[tuple[str, Rule]] = []
    for pack in reversed(list(packs)):
        rules += [pair for part in CONSTRUCTS for pair in pack.written(part).items()]
    return names_of(rules, bodies_of(list(packs)))


def _referred(packs: Iterable[Pack], part: str, key: str) -> Iterator[tuple[str, str]]:
    """The rules that a rule by reference rests on."""
    if part != BOOK:
        written = {f"{part}.{name}": rule for pack in packs for name, rule in pack.written(part).items()}
        yield from ((part, name.partition(".")[2]) for name in chain(f"{part}.{key}", written))


def _days(packs: Iterable[Pack], part: str, key: str) -> Iterator[date]:
    """The days on which what the packs say of a rule may change."""
    for pack in packs:
        yield pack.effective
        if part == BOOK:
            yield from (day for measure in pack.presence.values() for day in measure.values)
            continue
        yield from (override.since for override in pack.overrides if override.rule == f"{part}.{key}")
        for regime in pack.regimes.values():
            yield regime.first
            yield from [regime.last + timedelta(days=1)] if regime.last else []
        rule = pack.written(part).get(key)
        if rule is not None:
            yield from (rule.since or pack.effective, *rule.changes)
            yield from [rule.until + timedelta(days=1)] if rule.until else []
