"""Who may do what at the addresses of departures, handovers, party relations and service: part of the access table."""

from __future__ import annotations

from typing import Any

from apps.accounts.access import ACCESS, TEAM, UNIT
from apps.jurisdictions.offices import Office
from tests.access.case import AREA, CADRE, Case, fixed
from tests.access.case import of as named
from tests.world import World

HIS = AREA | TEAM | UNIT | CADRE  # whoever sees the member's posting and what is about it
LEADERS = AREA | TEAM | UNIT
ASK = ACCESS["departure.ask"]
LEAVING, HANDING = ACCESS["departure.view"], ACCESS["handover.view"]
ENTER = ACCESS["party.enter"]


def member(world: World) -> dict[str, Any]:
    return {"posting": world.member.pk}


def leader(world: World) -> dict[str, Any]:
    return {"posting": world.leader.pk}


DEPARTURE, RETURNED, HANDOVER = (
    named(departure="departure"),
    named(departure="departure_returned"),
    named(handover="handover"),
)
STAFFING_LEAVING = [
    Case("staffing:departures", read=LEAVING),
    Case("staffing:departure_choose", read=ASK),
    Case("staffing:departure_new", member, HIS, read=ASK, write=ASK, object=True),
    Case("staffing:departure", DEPARTURE, HIS, read=LEAVING, object=True),
    Case("staffing:departure_change", RETURNED, LEADERS, read=ASK, write=ASK, object=True),
    Case("staffing:handovers", read=HANDING),
    Case(
        "staffing:handover_begin",
        leader,
        AREA | TEAM,
        write=frozenset({Office.TOWNSHIP_CLERK, Office.COUNTY_OFFICE}),
        object=True,
    ),
    Case("staffing:handover", HANDOVER, HIS, read=HANDING, object=True),
    Case("staffing:handover_paper", HANDOVER, HIS, read=HANDING, object=True),
    Case(
        "staffing:handover_write",
        HANDOVER,
        HIS,
        write=ACCESS["handover.edit"],
        body=fixed(**{"item-1": "职责已交清"}),
        object=True,
    ),
    Case(
        "staffing:handover_receive",
        HANDOVER,
        HIS,
        write=ACCESS["handover.receive"],
        body=leader,
        object=True,
    ),
    Case(
        "staffing:handover_sign",
        HANDOVER,
        HIS,
        write=ACCESS["handover.sign"],
        body=fixed(part="outgoing"),
        object=True,
    ),
    Case(
        "staffing:handover_back",
        HANDOVER,
        HIS,
        write=ACCESS["handover.sign"],
        body=fixed(reason="请补充"),
        object=True,
    ),
    Case("staffing:party", read=ACCESS["party.view"]),
    Case(
        "staffing:party_person",
        leader,
        LEADERS,
        read=ENTER,
        write=ENTER,
        body=fixed(moved_on="2025-03-01", branch="村党支部"),
        object=True,
    ),
    Case(
        "staffing:party_secretary",
        leader,
        LEADERS,
        write=ENTER,
        body=fixed(first="2026-01-01", reason="没有合格人选"),
        object=True,
    ),
    Case(
        "staffing:party_secretary_end",
        named(secretary="secretary"),
        HIS,
        write=ENTER,
        body=fixed(last="2026-10-31"),
        object=True,
    ),
    Case("staffing:service_own", read=CADRE),
    Case("staffing:service", member, HIS, read=ACCESS["service.view"], object=True),
]
