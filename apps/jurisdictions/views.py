"""制度: the values in force with their clauses, and one clause."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from apps.jurisdictions.models import Clause, RulePack
from apps.jurisdictions.selectors import book_of, clause_source, clauses_of, division_names
from apps.jurisdictions.wording import MODALITY_WORDS, TOPIC_WORDS, Topic, clause_uses, topics_of
from apps.rules.book import RuleBook


@require_GET
def rules(request: HttpRequest) -> HttpResponse:
    """The values in force in one's own area, or in the one asked for: rules are open to everybody.

    Who has no area (a unit, a person) is sent on to where his people are.
    """
    own = request.actor.scope.area  # type: ignore[attr-defined]  # set by a floor above
    area = request.GET.get("area") or own
    if area is None:
        return redirect("desk:rules")
    book = _book(area)
    return render(
        request,
        "jurisdictions/rules.html",
        {
            "book": book,
            "place": division_names([area[:10]]).get(area[:10], ""),
            "topics": _with_clauses(topics_of(book)),
            "packs": _packs(),
            "today": timezone.localdate(),
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
        "topic": TOPIC_WORDS.get(found.topic, found.topic),
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


def _with_clauses(topics: list[Topic]) -> list[dict[str, Any]]:
    """The topics with the regulation, article and gist of every clause cited.  One query."""
    known = clauses_of(id_ for topic in topics for entry in topic.entries for id_ in entry.cited)
    sources = {id_: clause_source(found) for id_, found in known.items()}
    return [
        {
            "key": topic.key,
            "title": topic.title,
            "rows": [
                {"entry": entry, "cited": [sources[id_] for id_ in entry.cited if id_ in sources]}
                for entry in topic.entries
            ],
        }
        for topic in topics
    ]


def _packs() -> list[dict[str, str]]:
    """The published regulations, each once, from the nation down.  One query."""
    rows = RulePack.objects.order_by("area", "published_at", "id").values_list("code", "area", "title", "number")
    newest = {code: {"area": area, "title": f"{title}{number}"} for code, area, title, number in rows}
    return list(newest.values())


def _uses(clause: Clause) -> list[Any]:
    area = RulePack.objects.filter(code=clause.pack).values_list("area", flat=True).first()
    return clause_uses(topics_of(_book(area)), clause.pk) if area else []
