"""A shown value and where it comes from: what a page needs of it, the dialog's fragment, the page without script, the JSON.

The trace itself (see `apps.rules.trace`) is plain JSON; a `Figure` adds whose it is, its clauses and its terms.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render


@dataclass(frozen=True)
class Term:
    """One number that went into a figure, with what it is and, if it has one, the address of its own trace.

    `shown` stands for it where the number itself (one person) says nothing; `steps` names the steps of the trace at
    `url` whose values are shown.
    """

    label: str
    value: int
    url: str = ""
    shown: str = ""
    steps: str = "done"


@dataclass(frozen=True)
class Figure:
    """A value with everything a page shows of it.  `where` says whose and when, `note` what is special, `links` are
    (words, address) of what may be looked at further."""

    where: str
    trace: dict[str, Any]
    terms: tuple[Term, ...]
    rules: str
    note: str = ""
    tone: str = "is-off"
    clauses: tuple[dict[str, Any], ...] = field(default=())
    links: tuple[tuple[str, str], ...] = ()

    @property
    def cited(self) -> list[str]:
        """The clause ids it rests on, the rule's own first."""
        own = self.trace.get("clause")
        return list(dict.fromkeys([*([own] if own else []), *self.trace.get("see", [])]))

    @property
    def arrangement(self) -> str:
        """What it rests on where no clause asks for it; '' where there is one."""
        how = "按登记的内容计算" if self.trace["steps"] else "是系统为办理需要所作的安排"
        return "" if self.clauses else f"{self.rules}没有为这一项单独作出规定，{how}。"


def figure_answer(request: HttpRequest, figure: Figure) -> HttpResponse:
    """The trace as the fragment for the dialog, as a page of its own without script, or with `?format=json` as JSON.

    The JSON is the trace with `where`, `note`, `rules`, `arrangement`, `clauses` [{id, regulation, article, gist}] and
    `terms` [{label, value, url, shown, steps}].
    """
    if request.GET.get("format") == "json":
        return JsonResponse(_plain(figure))
    in_dialog = request.headers.get("HX-Request") == "true"
    template = "traces/_trace.html" if in_dialog else "traces/trace.html"
    response = render(request, template, {"figure": figure, "trace": figure.trace})
    response["Vary"] = "HX-Request"
    return response


def _plain(figure: Figure) -> dict[str, Any]:
    terms = [
        {"label": term.label, "value": term.value, "url": term.url, "shown": term.shown, "steps": term.steps}
        for term in figure.terms
    ]
    told = {"where": figure.where, "note": figure.note, "rules": figure.rules, "arrangement": figure.arrangement}
    return {**figure.trace, **told, "clauses": list(figure.clauses), "terms": terms}
