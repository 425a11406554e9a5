"""Reads: the rules and the calendar in force, divisions, clauses."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Max, QuerySet, TextField
from django.db.models.functions import Cast

from apps.core.figures import Figure
from apps.core.tenancy import AREA_FORM
from apps.jurisdictions.history import Publication
from apps.jurisdictions.models import CalendarYear, Clause, Division, RulePack
from apps.rules.book import RuleBook, resolve
from apps.rules.calendar import YearCalendar, unannounced
from apps.rules.language.layers import InForce
from apps.rules.law import rules_of
from apps.rules.pack import Pack

_LENGTHS = (10, 7, 5, 3, 1)
_Version = tuple[str, str, str, date]


def area_chain(area: str) -> list[str]:
    """The divisions above `area`, nearest first: of a village its township, county, city, province, the nation."""
    whole = len(area)
    return [area[:length] for length in _LENGTHS if length <= whole]


def calendar_of(year: int) -> YearCalendar:
    """The work calendar of a year; weekends only and `announced` False while its notice is not out.  One query."""
    rows = CalendarYear.objects.filter(year=year).values_list(Cast("content", TextField()), flat=True)
    return _calendar(year, rows.first())


@lru_cache(maxsize=64)
def _calendar(year: int, content: str | None) -> YearCalendar:
    return YearCalendar.load(json.loads(content)) if content else unannounced(year)


def book_of(area: str, on: date) -> RuleBook:
    """The rules in force in `area` on a day: nearest pack first, the nation's last.  Two queries, then cached.

    LookupError when no pack covers the area on that day.
    """
    return _required(_versions(_chain(area)), area, on)


def _chain(area: str) -> list[str]:
    if not AREA_FORM.fullmatch(area):
        raise LookupError(f"not an area: {area!r}")
    return area_chain(area)


def _required(versions: Iterable[_Version], area: str, on: date) -> RuleBook:
    book = _nearest(versions, area, on)
    if book is None:
        raise LookupError(f"no rules published for {area} on {on}")
    return book


def books_of(areas: Iterable[str], on: date) -> dict[str, RuleBook]:
    """{area: the rules in force there on a day} for many areas; those that no pack covers are left out.

    One query and one per pack not read before, whatever the number of areas.
    """
    return {area: _book(hashes, on) for area, hashes in _newest_of(areas, on).items()}


def _newest_of(areas: Iterable[str], on: date) -> dict[str, tuple[str, ...]]:
    """{area: `_newest` of it} without areas that no pack covers; one query, and what many areas share is found once."""
    chains = {area: area_chain(area) for area in set(areas) if AREA_FORM.fullmatch(area)}
    placed: dict[str, list[_Version]] = {}
    for version in _versions({above for chain in chains.values() for above in chain}):
        placed.setdefault(version[1], []).append(version)
    shared: dict[tuple[str, ...], tuple[str, ...]] = {}
    found = {}
    for area, chain in chains.items():
        packed = tuple([above for above in chain if above in placed])
        hashes = shared.get(packed)
        if hashes is None:
            hashes = _newest([version for above in reversed(packed) for version in placed[above]], area, on)
            shared[packed] = hashes
        if hashes:
            found[area] = hashes
    return found


def books_on(area: str, days: Iterable[date]) -> dict[date, RuleBook]:
    """{day: the rules in force in `area` on it}; one query whatever the number of days.  LookupError as `book_of`."""
    versions = _versions(_chain(area))
    return {day: _required(versions, area, day) for day in days}


class Ground(NamedTuple):
    """What a month's work in an area stands on; `township` is the name of the area's township, if it has one."""

    book: RuleBook
    calendar: YearCalendar
    township: str


_GROUND = """
SELECT (SELECT json_agg(json_build_array(code, area, hash, effective) ORDER BY published_at, id)
        FROM jurisdictions_rulepack WHERE area = ANY(%s)),
       (SELECT content::text FROM jurisdictions_calendaryear WHERE year = %s),
       (SELECT name FROM jurisdictions_division WHERE code = %s)
"""


def ground_of(area: str, on: date) -> Ground:
    """`book_of`, `calendar_of` and the township's name in one query; LookupError as `book_of`."""
    with connection.cursor() as cursor:
        cursor.execute(_GROUND, [_chain(area), on.year, area[:10]])
        packs, content, name = cursor.fetchone()
    versions = [(code, where, hash_, date.fromisoformat(day)) for code, where, hash_, day in packs or ()]
    return Ground(_required(versions, area, on), _calendar(on.year, content), name or "")


_VERSIONS = """
SELECT code, area, hash, effective FROM jurisdictions_rulepack WHERE area = ANY(string_to_array(%s, ',')) ORDER BY published_at, id
"""


def _versions(areas: Iterable[str]) -> list[_Version]:
    """(pack, area, hash, effective) of every version published for these very areas, oldest first."""
    with connection.cursor() as cursor:
        cursor.execute(_VERSIONS, [",".join(set(areas))])  # one text binds ten times faster than a thousand
        return list(cursor.fetchall())


def _nearest(versions: Iterable[_Version], area: str, on: date) -> RuleBook | None:
    """The book of the newest versions above `area`, nearest first; None where there is none."""
    chain = _newest(versions, area, on)
    return _book(chain, on) if chain else None


def _newest(versions: Iterable[_Version], area: str, on: date) -> tuple[str, ...]:
    """The hashes of the newest version of each pack above `area` that is in effect on a day, nearest first."""
    newest: dict[str, tuple[str, str]] = {}
    above = set(area_chain(area))
    for code, where, hash_, effective in versions:
        if where in above and effective <= on:
            newest[code] = (where, hash_)
    return tuple(hash_ for _, hash_ in sorted(newest.values(), key=lambda found: -len(found[0])))


def books_rehearsed(pack: Pack, areas: Iterable[str], on: date) -> dict[str, tuple[RuleBook, RuleBook]]:
    """{area: (the rules in force there on a day, those in force if `pack` were published now)}.

    The pack takes the place of the version before it from its own day of effect.  Areas that no published pack covers
    are left out.  Nothing is published.  One query and one per pack not read before, whatever the number of areas.
    """
    wanted = {area for area in areas if AREA_FORM.fullmatch(area)}
    versions = _versions({above for area in wanted for above in area_chain(area)})
    tried = [*versions, (pack.code, pack.area, pack.version, pack.effective)]
    found: dict[str, tuple[RuleBook, RuleBook]] = {}
    for area in wanted:
        now = _nearest(versions, area, on)
        if now is not None:
            then = [pack if hash_ == pack.version else _pack(hash_) for hash_ in _newest(tried, area, on)]
            found[area] = (now, resolve(then, on))
    return found


def pack_latest(code: str) -> Pack | None:
    """The version of a pack that was published last, whatever its day of effect; None where there is none."""
    content = RulePack.objects.filter(code=code).order_by("published_at", "id").values_list("content", flat=True).last()
    return Pack.load(json.loads(content)) if content else None


def packs_above(area: str) -> tuple[Pack, ...]:
    """The versions published last of the packs of the divisions above `area`, nearest first, its own left out."""
    newest = {code: (where, hash_) for code, where, hash_, _ in _versions(area_chain(area)) if where != area}
    return tuple(_pack(hash_) for where, hash_ in sorted(newest.values(), key=lambda found: -len(found[0])))


def pack_of(area: str) -> Pack | None:
    """The version published last of the pack of this very area, whatever its day of effect; None where it has none."""
    content = RulePack.objects.filter(area=area).order_by("published_at", "id").values_list("content", flat=True).last()
    return Pack.load(json.loads(content)) if content else None


def last_publication(area: str) -> int:
    """The number of the latest publication among the packs above and of `area`; 0 where there is none.

    Another number later says that the rules in force there may have become others.
    """
    return RulePack.objects.filter(area__in=area_chain(area)).aggregate(last=Max("pk"))["last"] or 0


@lru_cache(maxsize=256)
def _book(hashes: tuple[str, ...], on: date) -> RuleBook:
    return resolve([_pack(hash_) for hash_ in hashes], on)


@lru_cache(maxsize=64)
def _pack(hash_: str) -> Pack:
    return Pack.load(json.loads(RulePack.objects.values_list("content", flat=True).get(hash=hash_)))


def packs_of(area: str, on: date) -> tuple[Pack, ...]:
    """The packs in force in `area` on a day, nearest first, the nation's last; LookupError as `book_of`.

    One query and one per pack not read before.
    """
    versions = _versions(_chain(area))
    _required(versions, area, on)
    return tuple(_pack(hash_) for hash_ in _newest(versions, area, on))


def law_of(area: str, construct: str, on: date) -> Mapping[str, InForce[Any]]:
    """{key: the rule in force} of one construct in `area` on a day, after inheritance, overrides and regimes.

    Queries as `packs_of`.  LookupError when no pack covers the area, KeyError for an unknown construct.
    """
    versions = _versions(_chain(area))
    _required(versions, area, on)
    return _law(_newest(versions, area, on), construct, on)


def laws_of(areas: Iterable[str], construct: str, on: date) -> dict[str, Mapping[str, InForce[Any]]]:
    """{area: `law_of` it} for many areas; those that no pack covers are left out.

    One query and one per pack not read before, whatever the number of areas.  KeyError for an unknown construct.
    """
    return {area: _law(hashes, construct, on) for area, hashes in _newest_of(areas, on).items()}


@lru_cache(maxsize=4096)
def _law(hashes: tuple[str, ...], construct: str, on: date) -> Mapping[str, InForce[Any]]:
    return rules_of([_pack(hash_) for hash_ in hashes], construct, on)


def publications(area: str) -> list[Publication]:
    """Every published version of the packs above `area`, oldest first; none for what is no area.

    One query and one per pack not read before.
    """
    above = area_chain(area) if AREA_FORM.fullmatch(area) else []
    rows = RulePack.objects.filter(area__in=above).order_by("published_at", "id")
    named = rows.values_list("hash", "published_at", "proposed_by", "confirmed_by")
    return [Publication(_pack(hash_), when, proposed, confirmed) for hash_, when, proposed, confirmed in named]


def division_names(codes: Iterable[str]) -> dict[str, str]:
    """{code: name} of the divisions asked for.  One query."""
    return dict(Division.objects.filter(code__in=set(codes)).values_list("code", "name"))


def townships(area: str) -> QuerySet[Division]:
    """The townships in an area, by code."""
    return Division.objects.filter(level="township", code__startswith=area).order_by("code")


def clauses_of(ids: Iterable[str]) -> dict[str, Clause]:
    """{id: clause} for the clauses asked for; unknown ids are absent.  One query."""
    return Clause.objects.in_bulk(set(ids))


def clause_source(clause: Clause) -> dict[str, Any]:
    """What a page shows of a clause: regulation, article, gist."""
    return {"id": clause.pk, "article": clause.article, "gist": clause.gist, "regulation": clause.body["title"]}


def with_clauses(figure: Figure) -> Figure:
    """A figure with the sources of the clauses that it cites.  One query."""
    known = clauses_of(figure.cited)
    return replace(figure, clauses=tuple(clause_source(known[id_]) for id_ in figure.cited if id_ in known))
