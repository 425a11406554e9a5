"""What became of one rule from publication to publication: old, new, from which day, by whom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

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


def latest_changes(published: Sequence[Publication]) -> list[tuple[str, str, Change]]:
    """(part, key, change) of every rule that the last of the publications makes say something else, in the order of
    the constructs; also of one that is only proposed.  A version holds from its own day, until then the one before."""
    held = tuple(publication.pack for publication in published)
    touched = [(part, key) for part, key in _rules(held) if part == BOOK or _touched(held, part, key)]
    return [(part, key, change) for part, key in touched for change in _changes_at(published[-1], held, part, key)]


def _touched(held: tuple[Pack, ...], part: str, key: str) -> bool:
    """Whether the last version makes a rule another on any day, before that is put into words."""
    return any(
        _ruled(_at(held[:-1], day), part, key, day) != _ruled(_at(held, day), part, key, day)
        for day in _all_days(held, part, key)
    )


def _ruled(packs: tuple[Pack, ...], part: str, key: str, day: date) -> tuple[Rule, object] | None:
    held = rules_of(packs, part, day).get(key)
    return (held.rule, held.changed_by) if held else None


def _rules(held: tuple[Pack, ...]) -> Iterator[tuple[str, str]]:
    """Every rule that one of these packs names, once: first those of the month's book, then by construct."""
    days = sorted({day for pack in held for day in (pack.effective, *_book_days(pack))})
    yield from dict.fromkeys((BOOK, entry.key) for day in days for entry in _book(_at(held, day), day))
    for part in CONSTRUCTS:
        yield from dict.fromkeys((part, key) for pack in held for key in pack.written(part))


@lru_cache(maxsize=1024)
def _at(held: tuple[Pack, ...], day: date) -> tuple[Pack, ...]:
    """Of these versions, oldest first, the newest of each pack that has begun by a day, else its newest; nearest first."""
    newest: dict[str, Pack] = {}
    for pack in held:
        known = newest.get(pack.code)
        if known is None or pack.effective <= day or known.effective > day:
            newest[pack.code] = pack
    return tuple(sorted(newest.values(), key=lambda pack: -len(pack.area)))


def _changes_at(each: Publication, held: tuple[Pack, ...], part: str, key: str) -> Iterator[Change]:
    """What the last of the versions `held` makes of a rule."""
    sides = [(day, _at(held[:-1], day), _at(held, day)) for day in _all_days(held, part, key)]
    yield from _differences(each, held[-2].version if len(held) > 1 else "", sides, part, key)


def _changed(
    each: Publication, last: str, before: tuple[Pack, ...], now: tuple[Pack, ...], part: str, key: str
) -> Iterator[Change]:
    days = _all_days((*before, *now), part, key)
    yield from _differences(each, last, [(day, before, now) for day in days], part, key)


def _differences(
    each: Publication, last: str, sides: Iterable[tuple[date, tuple[Pack, ...], tuple[Pack, ...]]], part: str, key: str
) -> Iterator[Change]:
    """A change for every day on which the packs before and now say different things, once while both stay so."""
    told: tuple[tuple[Line, ...], tuple[Line, ...]] | None = None
    for day, before, now in sides:
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


def _book_days(pack: Pack) -> Iterator[date]:
    """The days from which a pack says something new of the month's book."""
    yield from (day for measure in pack.presence.values() for day in measure.values)
    yield from (override.since for override in pack.overrides if override.part == "presence")


@lru_cache(maxsize=64)
def _names(packs: tuple[Pack, ...]) -> Names:
    rules: list[tuple[str, Rule]] = []
    for pack in reversed(packs):
        rules += [pair for part in CONSTRUCTS for pair in pack.written(part).items()]
    return names_of(rules, bodies_of(list(packs)))


def _referred(packs: Iterable[Pack], part: str, key: str) -> Iterator[tuple[str, str]]:
    """The rules that a rule by reference rests on."""
    if part != BOOK:
        written = {f"{part}.{name}": rule for pack in packs for name, rule in pack.written(part).items()}
        yield from ((part, name.partition(".")[2]) for name in chain(f"{part}.{key}", written))


def _all_days(packs: tuple[Pack, ...], part: str, key: str) -> list[date]:
    """The days on which a rule may change, its own and those of the rules that it rests on, in order."""
    names = {(part, key), *_referred(packs, part, key)}
    return sorted({day for name in names for day in _days(packs, *name)})


def _days(packs: Iterable[Pack], part: str, key: str) -> Iterator[date]:
    """The days on which what the packs say of a rule may change."""
    for pack in packs:
        yield pack.effective
        if part == BOOK:
            yield from _book_days(pack)
            continue
        yield from (override.since for override in pack.overrides if override.rule == f"{part}.{key}")
        for regime in pack.regimes.values():
            yield regime.first
            yield from [regime.last + timedelta(days=1)] if regime.last else []
        rule = pack.written(part).get(key)
        if rule is not None:
            yield from (rule.since or pack.effective, *rule.changes)
            yield from [rule.until + timedelta(days=1)] if rule.until else []
