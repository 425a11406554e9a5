"""Who may do what at the addresses of staffing: part of the access table."""

from __future__ import annotations

from apps.accounts.access import ACCESS, CITY, COUNTY, TEAM, UNIT
from tests.access.case import AREA, CADRE, Case, fixed, of
from tests.world import World

VIEW, EDIT = ACCESS["staffing.view"], ACCESS["opening.edit"]
NOMINATE, PLACE = ACCESS["candidate.nominate"], ACCESS["candidate.place"]
OPENINGS = AREA | TEAM | UNIT
SELECTIONS = COUNTY | CITY | UNIT  # whoever deals with candidates; for all others a selection does not exist


def assigned(world: World) -> dict[str, int]:
    return {"unit": world.unit.pk}


STAFFING = [
    Case("staffing:list", read=VIEW),
    Case("staffing:opening_new", read=EDIT, write=EDIT),
    Case("staffing:opening", of(opening="opening"), OPENINGS, VIEW, EDIT, assigned, object=True),
    Case(
        "staffing:opening_cancel", of(opening="opening"), OPENINGS, write=EDIT, body=fixed(reason="并村"), object=True
    ),
    Case("staffing:nominate", of(opening="opening"), OPENINGS, NOMINATE, NOMINATE, object=True),
    *(
        Case("staffing:case", of(case=name), SELECTIONS, VIEW, object=True)
        for name in ("nominated", "sent_back", "decided")
    ),
    Case(
        "staffing:act",
        of(case="replaced"),
        AREA | TEAM | UNIT | CADRE,
        write=frozenset({"city_office"}),
        body=fixed(key="approve"),
        object=True,
    ),
    Case("staffing:change", of(case="sent_back"), SELECTIONS, NOMINATE, NOMINATE, object=True),
    Case(
        "staffing:act",
        of(case="nominated"),
        SELECTIONS,
        write=frozenset({"county_office"}),
        body=fixed(key="plain"),
        object=True,
    ),
    Case(
        "staffing:withdraw",
        of(case="nominated"),
        SELECTIONS,
        write=ACCESS["staffing.withdraw"] & SELECTIONS,
        body=fixed(reason="不再选派"),
        object=True,
    ),
    Case("staffing:place", of(case="decided"), SELECTIONS, write=PLACE, body=fixed(first="2026-11-03"), object=True),
]
