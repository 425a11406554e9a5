"""制度: the law in force with its clauses, and one clause."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from apps.core.http import link_up
from apps.jurisdictions.law import LawEntry, book_entries, by_topic, law_entries, topic_word
from apps.jurisdictions.models import Clause, RulePack
from apps.jurisdictions.origin import value_url
from apps.jurisdictions.selectors import book_of, clause_source, clauses_of, division_names, packs_of
from apps.jurisdictions.wording import MODALITY_WORDS, Topic, topics_of
from apps.rules.book import RuleBook


@require_GET
def rules(request: HttpRequest) -> HttpResponse:
    """The law in force in one's own area, or in the one asked for: rules are open to everybody.

    `q` keeps what holds all its words in the label, the content, a clause's id or its gist.  Who has no area (a unit,
    a person) is sent on to where his people are.
    """
    own = request.actor.scope.area  # type: ignore[attr-defined]  # set by a floor above
    area = request.GET.get("area") or own
    if area is None:
        return redirect("desk:rules")
    book, packs, today = _book(area), packs_of(area, timezone.localdate()), timezone.localdate()
    query = request.GET.get("q", "").strip()[:100]
    values, law = _sections(area, topics_of(book), law_entries(packs, today), query.split())
    return render(
        request,
        "jurisdictions/rules.html",
        {
            "book": book,
            "area": area,
            "query": query,
            "found": sum(len(section["rows"]) for section in (*values, *law)),
            "place": division_names([area[:10]]).get(area[:10], ""),
            "topics": values,
            "law": law,
            "packs": packs_shown(),
            "today": today,
            "amendments": link_up("amendments:list") if request.actor.may("rules.propose") else "",  # type: ignore[attr-defined]
        },
    )


@require_GET
def clause(request: HttpRequest, clause: str) -> HttpResponse:
    """One clause: its regulation, article and gist, and the values of today that rest on it."""
    found = Clause.objects.filter(pk=clause).first()
    if found is None:
        raise Http404
    context = {
        "clause": clause_source(found) | {"number": found.body.get("number", "")},
        "topic": topic_word(found.topic),
        "modality": MODALITY_WORDS.get(found.modality, found.modality),
        "uses": _uses(found),
    }
    in_dialog = request.headers.get("HX-Request") == "true"
    response = render(request, f"jurisdictions/{'_clause' if in_dialog else 'clause'}.html", context)
    response["Vary"] = "HX-Request"
    return response


def _book(area: str) -> RuleBook:
    try:
        return book_of(area, timezone.localdate())
    except LookupError as error:
        raise Http404 from error


def _sections(
    area: str, topics: list[Topic], entries: Sequence[LawEntry], words: Sequence[str]
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The values of the month's book and the rest of the law by topic, every clause with its source.  One query."""
    values = {topic.key: book_entries([topic]) for topic in topics}
    known = clauses_of(id_ for entry in (*chain.from_iterable(values.values()), *entries) for id_ in entry.cited)
    sources = {id_: clause_source(found) for id_, found in known.items()}
    law = by_topic(entries, {id_: found.topic for id_, found in known.items()})
    book_sections = [_section(area, topic.key, topic.title, values[topic.key], sources, words) for topic in topics]
    law_sections = [_section(area, f"law-{key}", topic_word(key), found, sources, words) for key, found in law.items()]
    return [each for each in book_sections if each["rows"]], [each for each in law_sections if each["rows"]]


def _section(
    area: str,
    key: str,
    title: str,
    entries: Iterable[LawEntry],
    sources: Mapping[str, Mapping[str, Any]],
    words: Sequence[str],
) -> dict[str, Any]:
    rows = [
        {
            "entry": each,
            "cited": [sources[id_] for id_ in each.cited if id_ in sources],
            "url": value_url(area, each.construct, each.key),
        }
        for each in entries
    ]
    return {"key": key, "title": title, "rows": [row for row in rows if _asked(row, words)]}


def _asked(row: Mapping[str, Any], words: Sequence[str]) -> bool:
    """Whether every word stands in the rule or in the gist of one of its clauses."""
    gists = " ".join(f"{source['article']} {source['gist']}" for source in row["cited"])
    return all(row["entry"].holds([word]) or word.casefold() in gists.casefold() for word in words)


def packs_shown() -> list[dict[str, str]]:
    """The published regulations, each once, from the nation down.  One query."""
    rows = RulePack.objects.order_by("area", "published_at", "id").values_list("code", "area", "title", "number")
    newest = {code: {"code": code, "area": area, "title": f"{title}{number}"} for code, area, title, number in rows}
    return list(newest.values())


def _uses(clause: Clause) -> list[tuple[LawEntry, str]]:
    """The values and rules in force where the clause's regulation holds that rest on it, with the address of the trace."""
    area = RulePack.objects.filter(code=clause.pack).values_list("area", flat=True).first()
    if not area:
        return []
    law = law_entries(packs_of(area, timezone.localdate()), timezone.localdate())
    found = [entry for entry in (*book_entries(topics_of(_book(area))), *law) if clause.pk in entry.cited]
    return [(entry, value_url(area, entry.construct, entry.key)) for entry in found]
