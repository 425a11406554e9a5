"""A case of the district's third part: who is concerned, what is counted, what is proposed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from apps.rules.language.counters import Event, count
from apps.rules.language.ladders import proposals
from apps.rules.language.proposals import Occasion
from apps.rules.language.windows import Stretch
from apps.rules.trace import recompute

Find = Callable[[str, str], Any]
TERM = Stretch(date(2025, 3, 1), date(2027, 2, 28))
WHO = {"person": "干部", "unit": "单位", "township": "乡镇", "post": "岗位"}
RELATED = {
    ("responsible", "unit"): "相关责任人",
    ("principal", "unit"): "单位主要负责人",
    ("principal", "township"): "乡镇主要负责人",
}


def number(rule: Find, counter: str, days: list[str], kind: str, **more: Any) -> int:
    """How many of a kind count on the last of the days; the last is taken as it stands in the list."""
    last = date.fromisoformat(max(days))
    events = [Event(kind, date.fromisoformat(day), subjects={**WHO, **more}) for day in days]
    text = rule("dachuan", f"counters.{counter}")
    found = count(text, events, last, WHO[text.subject], term=TERM)
    assert recompute(found.trace) == found.number
    return found.number


def proposed(rule: Find, ladder: str, at: int, on: str = "2026-05-12", **more: Any) -> list[tuple[Any, ...]]:
    """What becomes due with the `at`-th time: clause, words, on whom, by whom, modality, first and last day."""
    case = {"event": date.fromisoformat(on), "term": TERM, "subjects": WHO, "related": RELATED, **more}
    found = proposals(rule("dachuan", f"ladders.{ladder}"), at, Occasion(**case), at - 1)
    return [
        (one.clause, one.text, one.who, one.by, one.modality, one.first and str(one.first), one.last and str(one.last))
        for one in found
    ]


HEAD, ORG = "单位主要负责人", ("county_org_dept",)
