"""制度: jurisdictions side by side, and what has become of every clause of a regulation."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_GET

from apps.core.errors import NotFound
from apps.core.figures import figure_answer
from apps.core.tenancy import NATION
from apps.jurisdictions.comparison import SAME, Row, compared
from apps.jurisdictions.history import changes
from apps.jurisdictions.law import CONSTRUCT_WORDS, OTHER, LawEntry, by_topic, topic_order, topic_word, whole_law
from apps.jurisdictions.models import Clause
from apps.jurisdictions.origin import value_figure, value_url
from apps.jurisdictions.selectors import clause_source, clauses_of, packs_of, publications
from apps.jurisdictions.views import packs_shown
from apps.rules.catalogue import citations
from apps.rules.pack import CONSTRUCTS, Pack

MOST = 5
FIRST_TOPIC = "attendance"


@require_GET
def compare(request: HttpRequest) -> HttpResponse:
    """Up to five jurisdictions (`area`, several times) side by side in one `topic`; with `only` just what differs.

    Without an area all published regulations, as far as five; more than five are cut off and the page says so.
    """
    packs, asked = packs_shown(), list(dict.fromkeys(request.GET.getlist("area")))
    if not asked:
        asked = [pack["area"] for pack in packs]
    areas, today = asked[:MOST], timezone.localdate()
    held = [_packs(area, today) for area in areas]
    rows, clauses = _rows([whole_law(each, today) for each in held])
    topic = request.GET.get("topic", FIRST_TOPIC)
    only = "only" in request.GET
    shown = [row for row in rows.get(topic, []) if not (only and row.state == SAME)]
    context = {
        "packs": [{**pack, "chosen": pack["area"] in areas} for pack in packs],
        "places": [{"area": area, "title": each[0].title} for area, each in zip(areas, held, strict=True)],
        "topics": [{"key": key, "title": topic_word(key), "number": len(found)} for key, found in rows.items()],
        "topic": topic,
        "title": topic_word(topic),
        "only": only,
        "too_many": len(asked) > MOST,
        "rows": [_shown(row, areas, held, clauses) for row in shown],
    }
    return render(request, "jurisdictions/compare.html", context)


@require_GET
def coverage(request: HttpRequest) -> HttpResponse:
    """The clauses of the regulation in force in an area, by topic, each with the rules that rest on it.

    Without an area those of the reader's own, or the nation's.
    """
    own = request.actor.scope.area  # type: ignore[attr-defined]  # set by a floor above
    area, today = request.GET.get("area") or own or NATION, timezone.localdate()
    packs = _packs(area, today)
    topics = _covered(packs[0], whole_law(packs, today), today)
    rows = [row for topic in topics for row in topic["rows"]]
    context = {
        "pack": packs[0],
        "area": area,
        "packs": packs_shown(),
        "topics": topics,
        "clauses": len(rows),
        "written": sum(bool(row["rules"]) for row in rows),
        "statements": sum(row["statement"] and not row["rules"] for row in rows),
        "unwritten": sum(not row["rules"] and not row["statement"] for row in rows),
    }
    return render(request, "jurisdictions/coverage.html", context)


@require_GET
def history(request: HttpRequest) -> HttpResponse:
    """The publications that changed one rule (`part` and `key` in `area`): old, new, clause, from when, by whom."""
    area, part, key = (request.GET.get(name, "") for name in ("area", "part", "key"))
    published = publications(area)
    found = changes(published, part, key)
    if not found:
        raise Http404
    known = clauses_of(id_ for change in found for id_ in change.cited)
    context = {
        "area": area,
        "label": found[-1].label,
        "kind": CONSTRUCT_WORDS[part],
        "changes": [
            {
                "change": change,
                "cited": [clause_source(known[id_]) for id_ in change.cited if id_ in known],
                "old_url": value_url(area, part, key, change.since, change.before),
                "new_url": value_url(area, part, key, change.since, change.version),
            }
            for change in reversed(found)
        ],
    }
    return render(request, "jurisdictions/history.html", context)


@require_GET
def value(request: HttpRequest) -> HttpResponse:
    """Where one rule (`part` and `key` in `area`) comes from: today, on a day, or as a published version had it."""
    area, part, key, asked, version = (request.GET.get(name, "") for name in ("area", "part", "key", "on", "version"))
    try:
        on = parse_date(asked) if re.fullmatch("2[0-9]{3}-[0-9]{2}-[0-9]{2}", asked) else timezone.localdate()
    except ValueError as error:
        raise NotFound from error
    if on is None:
        raise NotFound
    return figure_answer(request, value_figure(area=area, part=part, key=key, on=on, version=version))


def _packs(area: str, on: date) -> tuple[Pack, ...]:
    try:
        return packs_of(area, on)
    except LookupError as error:
        raise Http404 from error


def _rows(laws: Sequence[Sequence[LawEntry]]) -> tuple[dict[str, list[Row]], Mapping[str, Clause]]:
    """{topic: rows}, those that several jurisdictions have before those of a single one; and the clauses.  One query."""
    met = compared(laws)
    known = clauses_of(id_ for law in laws for entry in law for id_ in entry.cited)
    topics = by_topic([entry for entry, _ in met], {id_: clause.topic for id_, clause in known.items()})
    row_of = {id(entry): row for entry, row in met}
    found = {topic: [row_of[id(entry)] for entry in entries] for topic, entries in topics.items()}
    return {topic: sorted(rows, key=_alone) for topic, rows in found.items()}, known


def _alone(row: Row) -> bool:
    return sum(cell.entry is not None for cell in row.cells) == 1


def _shown(
    row: Row, areas: Sequence[str], held: Sequence[Sequence[Pack]], clauses: Mapping[str, Clause]
) -> dict[str, Any]:
    cells = [
        {
            "place": packs[0].title,
            "cell": cell,
            "url": value_url(area, cell.entry.construct, cell.entry.key) if cell.entry else "",
            "cited": [
                clause_source(clauses[id_]) for id_ in (cell.entry.cited if cell.entry else ()) if id_ in clauses
            ],
        }
        for area, packs, cell in zip(areas, held, row.cells, strict=True)
    ]
    return {"row": row, "cells": cells}


def _covered(pack: Pack, law: Iterable[LawEntry], today: date) -> list[dict[str, Any]]:
    """The clauses of a pack's regulation by topic; a rule that is over or yet to begin says so.  One query."""
    resting: dict[str, list[str]] = {clause: ["适用范围和施行"] for clause in pack.see}
    for entry in law:
        for clause in entry.cited:
            labels = resting.setdefault(clause, [])
            if entry.label not in labels:
                labels.append(entry.label)
    for clause, label in _at_other_times(pack, today):
        resting.setdefault(clause, [label])
    found: dict[str, list[dict[str, Any]]] = {}
    for each in Clause.objects.filter(pack=pack.code):
        row = {"clause": clause_source(each), "rules": resting.get(each.pk, [])}
        found.setdefault(each.topic or OTHER, []).append(row | {"statement": each.kind == "statement"})
    return [
        {
            "key": key,
            "title": topic_word(key),
            "rows": found[key],
            "written": sum(bool(row["rules"]) for row in found[key]),
        }
        for key in topic_order(found)
    ]


def _at_other_times(pack: Pack, today: date) -> Iterator[tuple[str, str]]:
    """(clause, label with its time) of the pack's rules that are not in force today."""
    for clause, names in citations(pack).items():
        named = [name.split(".")[1:3] for name in names]
        for construct, key in (pair for pair in named if len(pair) == 2 and pair[0] in CONSTRUCTS):
            rule = getattr(pack, construct)[key]
            if rule.on(today) is None:
                ended = rule.until is not None and rule.until < today
                yield clause, f"{rule.label}（{'已到期' if ended else '尚未开始'}）"
