"""Who may do what at the addresses of leave: part of the access table."""

from __future__ import annotations

from typing import Any

from apps.accounts.access import ABOVE, ACCESS, TEAM, TOWNSHIP, UNIT
from apps.jurisdictions.offices import Office
from tests.access.case import AREA, CADRE, CLERK, Case, Place, fixed, of
from tests.world import OCTOBER

LEAVE_VIEW = ACCESS["leave.view"]
LEAVE_SEEN = AREA | TEAM | CADRE
PROOF = (TOWNSHIP - {Office.TOWNSHIP_DISCIPLINE}) | CADRE | {Office.TEAM_LEADER}


def asking(first: str, last: str) -> Place:
    """What the preview and the form of a request are sent."""
    days = {"kind": "事假", "first": first, "last": last}
    return lambda world: {"posting": world.member.pk, "reason": "家事", **days}


def leave(name: str, route: str, write: frozenset[str], **body: Any) -> Case:
    """An act on one of the owner's requests."""
    return Case(f"leave:{route}", of(leave=name), LEAVE_SEEN, write=write, body=fixed(**body), object=True)


HERE = LEAVE_SEEN | UNIT  # whoever sees a posting of the team sees its village through it


MONTH: Place = lambda world: {"team": world.team.pk, "month": OCTOBER}  # noqa: E731
YEAR: Place = lambda world: {"team": world.team.pk, "year": 2026}  # noqa: E731
ENTRY: Place = lambda world: {"posting": world.member.pk, "year": 2026, "key": "rest"}  # noqa: E731
NOVEMBER_DAYS = asking("2026-11-24", "2026-11-25")
LEAVE = [
    Case("leave:list", read=LEAVE_VIEW),
    Case("leave:away", read=LEAVE_VIEW - CADRE),
    Case("leave:new", read=CADRE, write=CADRE, body=NOVEMBER_DAYS),
    Case("leave:plan", read=CADRE, asks=NOVEMBER_DAYS, object=True),
    Case("leave:paper", read=CLERK, write=CLERK, body=NOVEMBER_DAYS),
    Case("leave:paper_plan", read=CLERK, asks=NOVEMBER_DAYS, object=True),
    Case("leave:filings", read=ACCESS["leave.note"]),
    Case(
        "leave:filing_seen",
        of(filing="filing"),
        frozenset({Office.COUNTY_OFFICE}),
        write=frozenset({Office.COUNTY_OFFICE}),
        object=True,
    ),
    Case("leave:duty", read=ACCESS["duty.view"]),
    Case("leave:duty_month", MONTH, HERE, ACCESS["duty.view"], ACCESS["duty.edit"], object=True),
    Case("leave:rest", read=ACCESS["rest.view"]),
    Case("leave:rest_plan", YEAR, HERE, ACCESS["rest.view"], ACCESS["rest.edit"], object=True),
    Case("leave:rest_remove", of(line="rest"), AREA | TEAM, write=ACCESS["rest.edit"], object=True),
    Case("leave:due", read=ACCESS["due.view"]),
    Case("leave:due_entry", ENTRY, HERE, ACCESS["due.enter"], ACCESS["due.enter"], object=True),
    Case("leave:deputies", read=ACCESS["deputy.set"], write=ACCESS["deputy.set"], body=fixed(username="nobody")),
    Case(
        "leave:deputy_end",
        of(deputy="deputy"),
        frozenset({Office.TOWNSHIP_LEADER}),
        write=frozenset({Office.TOWNSHIP_LEADER}),
        object=True,
    ),
    Case("leave:detail", of(leave="asked"), LEAVE_SEEN, read=LEAVE_VIEW, object=True),
    Case("leave:detail", of(leave="overdue"), LEAVE_SEEN, read=LEAVE_VIEW, object=True),
    Case("leave:proof", of(proof="proof"), PROOF | ABOVE, read=PROOF, object=True),
    Case("leave:change", of(leave="returned"), LEAVE_SEEN, read=CADRE, write=CADRE, body=NOVEMBER_DAYS, object=True),
    leave("asked", "act", frozenset({Office.TEAM_LEADER}), key="leader", matter="leave"),
    leave("asked", "withdraw", CADRE),
    leave("overdue", "back", CADRE, back="2026-10-28"),
    leave("overdue", "untaken", CADRE, remark="没有走"),
    leave("overdue", "judge", ACCESS["leave.judge"], judgement="absent", reason="没有返岗"),
    leave("overdue", "paper_return", CLERK, back="2026-10-28"),
]
