"""Openings as lists show them, and what one asks of whoever is put forward for it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from apps.accounts.access import Actor
from apps.cadres.models import DispatchUnit
from apps.core.errors import NotFound
from apps.core.findings import Finding
from apps.core.tenancy import COUNTY
from apps.jurisdictions.models import VillageNeed
from apps.jurisdictions.selectors import area_chain, laws_of
from apps.rules.language.procedures import Procedure, acts_of
from apps.rules.language.selectors import Case as Matching
from apps.staffing.models import LIVE, Opening, OpeningState
from apps.staffing.selectors.asked import Demands, demands_on, texts_of
from apps.staffing.selectors.law import Law, law_on, matching
from apps.teams.compile.composition import NEEDS
from apps.teams.compile.states import village_classes


@dataclass(frozen=True)
class OpeningRow:
    """An opening with how many are put forward for it, and what the county should write down before (or None)."""

    opening: Opening
    candidates: int
    remark: Finding | None


def opening_seen(actor: Actor, number: int) -> Opening:
    """An opening in the actor's own scope; NotFound outside it."""
    found = Opening.objects.select_related("unit").filter(pk=number).first()
    if found is None:
        raise NotFound
    return found


def openings_in(actor: Actor, today: date) -> list[OpeningRow]:
    """The openings of a scope that are not filled yet, the longest first.  Four queries."""
    live = Count("cases", filter=Q(cases__state__in=LIVE))
    rows = list(
        Opening.objects.filter(state=OpeningState.OPEN)
        .select_related("unit")
        .annotate(live=live)
        .order_by("since", "pk")
    )
    remarks = _unstated(rows, today) if actor.scope.area else {}
    return [OpeningRow(row, row.live, remarks.get(row.pk)) for row in rows]


def _unstated(rows: Iterable[Opening], today: date) -> dict[int, Finding]:
    """Where the law asks for a village's needs and nobody has written them down."""
    held = list(rows)
    records = laws_of({row.area[:COUNTY] for row in held}, "records", today)
    needed = {row.pk: rule for row in held if (rule := records.get(row.area[:COUNTY], {}).get(NEEDS))}
    told = set(
        VillageNeed.objects.filter(village__in=[row.village_id for row in held]).values_list("village", flat=True)
    )
    return {
        row.pk: Finding(
            "need_unstated", "notice", f"还没有登记{needed[row.pk].rule.label}，请先补齐。", needed[row.pk].rule.clause
        )
        for row in held
        if row.pk in needed and row.village_id not in told
    }


@dataclass(frozen=True)
class Sheet:
    """What an opening asks of a candidate: the rules, the texts of the paper, how he goes on, the village's needs."""

    law: Law
    demands: Demands
    case: Matching
    texts: tuple[str, ...]
    first: Procedure | None
    needs: tuple[str, ...]


def sheet_of(opening: Opening, unit: DispatchUnit, today: date) -> Sheet:
    """The sheet of an opening; read inside the village's area.  About six queries."""
    law = law_on(opening.area, today)
    classes = village_classes(opening.area, today).get(opening.area, frozenset())
    case = matching(unit, frozenset(opening.roles), classes, today)
    kept = law.procedure("selection", case)
    steps = acts_of(Procedure.model_validate(kept["procedure"]).steps) if kept else ()
    papers = dict.fromkeys(step.record for step in steps if step.record and step.applies.matches(case))
    texts = dict.fromkeys(label for key in papers for label in texts_of(law.record(key)))
    return Sheet(law, demands_on(law, case), case, tuple(texts), law.village_first(case), needs_of(opening))


def needs_of(opening: Opening) -> tuple[str, ...]:
    """What the village needs, in words; read inside its area."""
    rows = VillageNeed.objects.filter(village=opening.village_id).order_by("first")
    latest = {row.kind: row for row in rows}
    return tuple(f"{row.get_kind_display()}：{row.text}" for row in latest.values() if row.text)


def units_near(area: str) -> QuerySet[DispatchUnit]:
    """The units that may send somebody to an area: those at home in it, in its county or in what lies above."""
    above = area_chain(area)
    return DispatchUnit.objects.filter(Q(home__in=above) | Q(home__code__startswith=area[:COUNTY])).order_by(
        "level", "name"
    )
