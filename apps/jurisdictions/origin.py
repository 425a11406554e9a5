"""Where a value of the law comes from: clause, reading, pack and version, since when, changed by which level."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from apps.core.errors import NotFound
from apps.core.figures import Figure
from apps.jurisdictions.comparison import told_lines
from apps.jurisdictions.history import Change, Publication, changes, newest_packs, rule_on
from apps.jurisdictions.law import LawEntry, whole_law
from apps.jurisdictions.selectors import division_names, packs_of, publications, with_clauses
from apps.rules.pack import Pack
from apps.rules.said import Line


def value_url(area: str, part: str, key: str, on: date | None = None, version: str = "") -> str:
    """The address of the trace of a rule: `part` is a construct, or `book`; today's, that of a day, or that of a day as
    it was known when a version was published."""
    query = {"area": area, "part": part, "key": key}
    query |= {"on": on.isoformat()} if on else {}
    query |= {"version": version} if version else {}
    return f"{reverse('jurisdictions:value')}?{urlencode(query)}"


def history_url(area: str, part: str, key: str) -> str:
    """The address of a rule's history."""
    return f"{reverse('jurisdictions:history')}?{urlencode({'area': area, 'part': part, 'key': key})}"


def value_figure(*, area: str, part: str, key: str, on: date, version: str = "") -> Figure:
    """What a rule says on a day, with all that it rests on; `version` as in `value_url`.

    NotFound where there is no such rule.  A few queries; the history of the rule is gone through.
    """
    published = _known(publications(area), version)
    packs, entry = _found(area, published, part, key, on, version)
    made = [each for each in changes(published, part, key) if each.since <= on]
    if entry is None or not made:
        raise NotFound
    pack = _pack(packs, entry, made[-1])
    where = " · ".join(text for text in (division_names([area[:10]]).get(area[:10], ""), _day(on)) if text)
    links = (("历次变化", history_url(area, part, key)),)
    trace = _trace(entry, made[-1], pack)
    return with_clauses(Figure(where, trace, (), f"{pack.title}{pack.number}", links=links))


def _known(published: Sequence[Publication], version: str) -> Sequence[Publication]:
    """The publications up to a version; all without one."""
    if not version:
        return published
    places = [place for place, each in enumerate(published, start=1) if each.pack.version == version]
    return published[: places[-1]] if places else []


def _found(
    area: str, published: Sequence[Publication], part: str, key: str, on: date, version: str
) -> tuple[Sequence[Pack], LawEntry | None]:
    if version:
        packs = newest_packs(published)
        return packs, rule_on(packs, part, key, on)
    try:
        packs = packs_of(area, on)
    except LookupError as error:
        raise NotFound from error
    return packs, next((each for each in whole_law(packs, on) if (each.construct, each.key) == (part, key)), None)


def _pack(packs: Sequence[Pack], entry: LawEntry, change: Change) -> Pack:
    """The pack whose text it is."""
    by_code = {pack.code: pack for pack in packs}
    return by_code.get(entry.pack) or by_code[change.code]


def _trace(entry: LawEntry, change: Change, pack: Pack) -> dict[str, Any]:
    return {
        "rule": f"{entry.construct}.{entry.key}",
        "label": entry.label,
        "pack": pack.code,
        "version": pack.version,
        "clause": entry.cited[0] if entry.cited else None,
        "see": list(entry.cited[1:]),
        "unit": "",
        "presets": list(entry.notes) if entry.preset else [],
        "notes": [] if entry.preset else list(entry.notes),
        "inputs": {},
        "steps": [],
        "value": entry.value,
        "shown": "\n".join(_text(line) for line in told_lines(entry)),
        "lines": list(entry.lines),
        "told": told_lines(entry),
        "since": f"{_day(change.since)}起，{_day(change.published.date())}发布",
        "changed_by": list(entry.changed),
    }


def _text(line: Line) -> str:
    return f"{line.word}：{line.text}" if line.word else line.text


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
