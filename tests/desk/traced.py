"""Every shown value of a page with its trace, opened as the reader opens it and computed anew."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import Any
from urllib.parse import urlsplit

from django.test import Client

from apps.jurisdictions.law import NOTHING
from apps.rules.trace import recompute, results
from tests.desk.reading import plain

LINK = re.compile(r'<a class="trace[^"]*" href="([^"]*)" data-shows="([^"]*)">(.*?)</a>', re.DOTALL)
WORDS = ("lines", "told", "value", "label")
MOST = 16  # values of one page that are opened, beside one of each kind


@dataclass(frozen=True)
class Shown:
    """A value as a page shows it: its words, the address of its trace, the steps that it shows."""

    text: str
    url: str
    steps: str

    @property
    def kind(self) -> str:
        """Its address without numbers: one kind of trace."""
        return re.sub("[0-9]+", "#", urlsplit(self.url).path) + self.steps


def shown_values(html: str) -> list[Shown]:
    """All traced values of a page, in their order."""
    return [Shown(plain(text), unescape(url), steps) for url, steps, text in LINK.findall(html)]


def sheet_values(data: dict[str, Any]) -> Iterator[Shown]:
    """What the sheet's script shows of its data (static/js/sheet/measures.js)."""
    for row in data["rows"]:
        at = f"/trace/sheet/{row['p']}/{data['month']}"
        yield Shown(str(row["posted"]), f"{at}/posted/", "done")
        for mark in data["marks"]:
            yield Shown(str(row["m"].upper().count(mark["code"])), f"{at}/{mark['category']}/", "done")
        for measure, found in zip(data["measures"], row["ytd"], strict=True):
            if found:
                yield Shown(f"{found[0]}/{found[1]}", f"{at}/{measure['i']}/", "done due")


def chosen(values: list[Shown]) -> list[Shown]:
    """At most `MOST` of a page, evenly spread, and one of each kind."""
    spread = values[:: len(values) // MOST + 1]
    return list(dict.fromkeys([*spread, *{value.kind: value for value in values}.values()]))


def untraced(html: str, table: str) -> list[str]:
    """The numbers in the figure columns of a table that open nothing."""
    found = re.search(rf'<table[^>]*data-testid="{table}".*?</table>', html, re.DOTALL)
    cells = re.findall(r'<td[^>]*class="num"[^>]*>(.*?)</td>', found[0], re.DOTALL) if found else []
    return [plain(cell) for cell in cells if re.search("[0-9]", plain(LINK.sub("", cell)))]


@dataclass
class Opener:
    """Opens traces as one reader, each once, and holds what does not hold."""

    client: Client
    traces: dict[str, dict[str, Any] | None] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)

    def page(self, path: str) -> str:
        """A page's HTML; '' where the reader is not let in.  Redirects are followed."""
        answer = self.client.get(path, follow=True)
        return answer.content.decode() if answer.status_code == 200 else ""

    def trace(self, url: str) -> dict[str, Any] | None:
        if url not in self.traces:
            answer = self.client.get(f"{url}{'&' if '?' in url else '?'}format=json")
            self.traces[url] = answer.json() if answer.status_code == 200 else None
        return self.traces[url]

    def check(self, value: Shown, deep: int = 9) -> None:
        """The trace gives what is shown, says all that it rests on, and so do the first and last of its terms."""
        trace = self.trace(value.url)
        if trace is None:
            self.wrong.append(f"{value.url}: does not open")
            return
        self.wrong += [f"{value.url}: {fault}" for fault in (*differences(value, trace), *lacking(trace))]
        terms = [term for term in trace["terms"] if term["url"]]
        for term in [*terms[:1], *terms[1:][-1:]] if deep else []:
            self.check(Shown(term["shown"] or str(term["value"]), term["url"], term["steps"]), deep - 1)


def differences(value: Shown, trace: dict[str, Any]) -> Iterator[str]:
    """Where the shown value is not what the trace computes to from its own inputs."""
    if value.steps in WORDS:
        held = trace[value.steps]
        told = held if isinstance(held, str) else "".join(f"{word}{text}" for word, text in held) or NOTHING
        if not trace["since"]:
            yield "does not say since when"
        if _bare(value.text) != _bare(told):
            yield f"shows “{value.text}”, the rule says “{told}”"
        return
    anew = results(trace)
    if recompute(trace) != trace["value"] or any(step["value"] != anew[step["name"]] for step in trace["steps"]):
        yield "its steps do not lead to its value"
    computed = [abs(int(anew[step])) for step in value.steps.split()]
    if [int(number) for number in re.findall("[0-9]+", value.text)] != computed:
        yield f"shows “{value.text}”, its trace gives {computed}"
    named = [number for name, number in trace["inputs"].items() if name.startswith("term_")]
    if named and named != [term["value"] for term in trace["terms"]]:
        yield "its terms are not what it adds up"


def lacking(trace: dict[str, Any]) -> Iterator[str]:
    """What a trace must say and does not: rule, label, pack, version; clauses with their text, or why there are none."""
    for name in ("rule", "label", "pack", "where", "rules"):
        if not trace[name]:
            yield f"no {name}"
    if not re.fullmatch("[0-9a-f]{64}", trace["version"]):
        yield "no version"
    cited = {*([trace["clause"]] if trace["clause"] else []), *trace["see"]}
    if cited != {clause["id"] for clause in trace["clauses"]}:
        yield f"cites {sorted(cited)}, which are not all there"
    if not all(clause["article"] and clause["gist"] and clause["regulation"] for clause in trace["clauses"]):
        yield "a clause without its text"
    if not cited and not trace["arrangement"]:
        yield "neither a clause nor an arrangement"


def _bare(text: str) -> str:
    return re.sub(r"[\s△]", "", text)
