"""The villages of an area with what is required and present, those with gaps first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from apps.teams.compile.composition import (
    Demand,
    Law,
    Remark,
    composition_law,
    county_remarks,
    demands_on,
    posts_of,
    priorities,
    village_remarks,
)
from apps.teams.compile.states import VillageState, village_states
from apps.teams.models import CompositionReason
from apps.teams.posts import Post

Reasons = Mapping[tuple[str, str], CompositionReason]  # by rule and what is said

WORDS = {"gap": "有缺口", "unexplained": "待说明", "unstated": "待填写", "complete": "齐备"}
TONES = {"gap": "bad", "unexplained": "warn", "unstated": "wait", "complete": "done"}
_ORDER = {kind: place for place, kind in enumerate(WORDS)}


@dataclass(frozen=True, slots=True)
class Told:
    """A remark with the reason given for it; `kind` is gap (must be mended), unexplained, explained, unstated or note."""

    remark: Remark
    reason: CompositionReason | None

    @property
    def kind(self) -> str:
        finding = self.remark.finding
        if finding.code == "to_be_stated":
            return "unstated"
        if finding.severity == "block":
            return "gap"
        if finding.severity == "notice":
            return "note"
        return "explained" if self.reason else "unexplained"


@dataclass(frozen=True, slots=True)
class VillageSummary:
    """One village against the rules of its day; `first` says why it goes before others."""

    state: VillageState
    posts: tuple[Post, ...]
    demands: tuple[Demand, ...]
    told: tuple[Told, ...]
    first: tuple[str, ...]

    @property
    def kind(self) -> str:
        """Its worst: gap, unexplained, unstated or complete."""
        kinds = {each.kind for each in self.told}
        return next((kind for kind in WORDS if kind in kinds), "complete")


@dataclass(frozen=True, slots=True)
class AreaSummary:
    """The villages of an area, the worst first, and what is wrong with them together."""

    villages: tuple[VillageSummary, ...]
    together: tuple[Remark, ...]

    def number(self, kind: str) -> int:
        return sum(each.kind == kind for each in self.villages)


def area_summary(area: str, day: date) -> AreaSummary:
    """All villages of an area on a day.  Nine queries and one per pack not read before, whatever their number.

    LookupError where no pack covers the area.
    """
    law, states, reasons = composition_law(area, day), village_states(area, day), reasons_of(area)
    found = [village_summary(state, law, reasons.get(state.pk, {})) for state in states]
    found.sort(key=lambda each: (_ORDER[each.kind], not each.first, each.state.area))
    return AreaSummary(tuple(found), tuple(county_remarks(states, law)))


def village_summary(state: VillageState, law: Law, reasons: Reasons) -> VillageSummary:
    """One village against the law of its day."""
    remarks: Sequence[Remark] = village_remarks(state, law)
    return VillageSummary(
        state=state,
        posts=tuple(posts_of(state, law)),
        demands=tuple(demands_on(state, law)),
        told=tuple(Told(each, reasons.get((each.rule, each.about))) for each in remarks),
        first=tuple(priorities(state, law)),
    )


def reasons_of(area: str) -> dict[int, dict[tuple[str, str], CompositionReason]]:
    """{village: {(rule, what it says): the reason last given}}.  One query."""
    found: dict[int, dict[tuple[str, str], CompositionReason]] = defaultdict(dict)
    for reason in CompositionReason.objects.within(area).order_by("at", "pk"):
        found[reason.village_id][reason.rule, reason.about] = reason
    return found
