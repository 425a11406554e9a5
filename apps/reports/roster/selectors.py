"""Reads for the roster's pages."""

from __future__ import annotations

from django.utils import timezone

from apps.cadres.models import DispatchUnit
from apps.core.errors import NotFound
from apps.jurisdictions.models import Village, VillageClass
from apps.jurisdictions.selectors import division_names, townships
from apps.reports.roster.template import Filled
from apps.teams.compile.sources import member_sources

_CLASSES = dict(VillageClass.choices)


def template_content(county: str) -> Filled:
    """What the county's template already says: its villages, and the units that its people come from.  Five queries.

    NotFound for an area that is no county.
    """
    places = dict(townships(county).values_list("code", "name"))
    if not places:
        raise NotFound
    villages = [
        (places.get(area[:10], ""), name, area[1:], "、".join(str(_CLASSES[each]) for each in classes))
        for area, name, classes in Village.objects.within(county).values_list("area", "name", "classes")
    ]
    units = list(DispatchUnit.objects.filter(cadres__area=county).distinct().order_by("home_id", "name"))
    names = division_names([county, *(unit.home_id for unit in units)])
    rows = [
        (
            unit.name,
            str(unit.get_level_display()),
            str(unit.get_nature_display()),
            "是" if unit.vertical else "否",
            _home(unit.home_id, names),
        )
        for unit in units
    ]
    offered = member_sources(county, timezone.localdate())
    sources = [word.word for word in offered.words] if offered else []
    return Filled(names[county], list(places.values()), villages, rows, sources)


def _home(code: str, names: dict[str, str]) -> str:
    """A unit's home as the sheet takes it back: the code, which is never ambiguous, of a county or above."""
    return code[1:].ljust(6, "0") if code != "C" else names[code]
