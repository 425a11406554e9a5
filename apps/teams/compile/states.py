"""Villages as they stood on a day: classes, measured numbers, needs and everybody who was ever posted there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q

from apps.jurisdictions.models import Village, VillageClassSpan, VillageMeasure, VillageNeed
from apps.rules.language.conditions import Facts
from apps.rules.language.selectors import Case
from apps.teams.models import HelpingUnit, Posting
from apps.teams.posts import Holder
from apps.teams.spans import contains


@dataclass(frozen=True, slots=True)
class VillageState:
    """A village on a day.  `needs` are (kind, words, since) of those that stand; `postings` are of all times, `units` help it on
    the day."""

    pk: int
    area: str
    name: str
    day: date
    classes: frozenset[str]
    measures: Mapping[str, Decimal]
    needs: tuple[VillageNeed, ...]
    postings: tuple[Holder, ...]
    units: tuple[str, ...] = ()

    @property
    def present(self) -> list[Holder]:
        """Those posted there on the day."""
        return [each for each in self.postings if contains((each.first, each.last), self.day)]

    @property
    def case(self) -> Case:
        """What the rules' selectors may ask of it."""
        return Case(village_classes=self.classes, attributes=self.known, day=self.day)

    @property
    def known(self) -> dict[str, Decimal | int]:
        """The measured numbers, and how many hold the roles that rules count as numbers of a village."""
        counted = {"first_secretaries": "first_secretary", "liaison_leaders": "liaison_leader"}
        held = {name: sum(role in each.roles for each in self.present) for name, role in counted.items()}
        return {**held, **self.measures}

    def facts(self, roles: frozenset[str] = frozenset()) -> Facts:
        """What is known of somebody with these roles there, or of the village itself."""
        return Facts(self.day, {"village_classes": self.classes, "roles": roles}, measured=self.known)


def village_states(area: str, day: date) -> list[VillageState]:
    """The villages in an area as they stood on a day, by code.  Six queries, whatever their number."""
    villages = list(Village.objects.within(area).order_by("area"))
    spans = _by_village(VillageClassSpan.objects.within(area))
    measures = _by_village(VillageMeasure.objects.within(area).filter(first__lte=day).order_by("first"))
    needs = _by_village(VillageNeed.objects.within(area).filter(first__lte=day).order_by("first"))
    postings, units = _postings(area), _units(area, day)
    return [
        VillageState(
            pk=village.pk,
            area=village.area,
            name=village.name,
            day=day,
            classes=_classes(village, spans.get(village.pk, ()), day),
            measures={row.name: row.number for row in measures.get(village.pk, ())},
            needs=tuple(row for row in {row.kind: row for row in needs.get(village.pk, ())}.values() if row.text),
            postings=tuple(postings.get(village.pk, ())),
            units=tuple(units.get(village.pk, ())),
        )
        for village in villages
    ]


def village_classes(area: str, day: date) -> dict[str, frozenset[str]]:
    """{village's code: its classes on a day}.  Two queries."""
    spans = _by_village(VillageClassSpan.objects.within(area))
    villages = Village.objects.within(area)
    return {village.area: _classes(village, spans.get(village.pk, ()), day) for village in villages}


def _units(area: str, day: date) -> dict[int, list[str]]:
    """{village: the units that help it on a day}."""
    found: dict[int, list[str]] = defaultdict(list)
    rows = HelpingUnit.objects.within(area).filter(Q(last__isnull=True) | Q(last__gte=day), first__lte=day)
    for village, unit in rows.values_list("village_id", "unit__name"):
        found[village].append(unit)
    return found


def _by_village(rows: Iterable[VillageClassSpan | VillageMeasure | VillageNeed]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.village_id].append(row)
    return found


def _classes(village: Village, spans: Sequence[VillageClassSpan], day: date) -> frozenset[str]:
    """The classes on a day: those of a span that holds it, and those of the present that have no recorded beginning."""
    dated = {span.kind for span in spans if span.last is None}
    held = {span.kind for span in spans if contains((span.first or date.min, span.last), day)}
    return frozenset(held | (set(village.classes) - dated))


def _postings(area: str) -> dict[int, list[Holder]]:
    found: dict[int, list[Holder]] = defaultdict(list)
    columns = ("team__village_id", "pk", "team_id", "unit__name", "name", "roles", "first", "last", "source", "person")
    rows = Posting.objects.within(area).filter(~Q(roles=[])).order_by("first", "pk").values_list(*columns)
    for village, pk, team, unit, name, roles, *rest in rows:
        found[village].append(Holder(pk, team, unit, name, frozenset(roles), *rest))
    return found
