"""The one table of who may do what, and the question every service asks first.

The matrix is the document: a role not listed beside an action may not do it.  Scope is checked before role, so a
row outside the scope is never told apart from one that does not exist (404), inside it the wrong role is 403.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from apps.core.errors import Forbidden, NotFound
from apps.core.tenancy import Scope, area_contains
from apps.jurisdictions.offices import Office

if TYPE_CHECKING:
    from apps.accounts.models import User

TOWNSHIP = frozenset(
    {Office.TOWNSHIP_CLERK, Office.TOWNSHIP_LEADER, Office.TOWNSHIP_SECRETARY, Office.TOWNSHIP_DISCIPLINE}
)
COUNTY = frozenset({Office.COUNTY_OFFICE, Office.COUNTY_ORG_DEPT, Office.COUNTY_POVERTY_OFFICE})
CITY = frozenset({Office.CITY_OFFICE, Office.CITY_ORG_DEPT})
ABOVE = CITY | {Office.NATION_OFFICE}
TEAM = frozenset({Office.TEAM_LEADER, Office.VILLAGE_SIGNER})
UNIT = frozenset({Office.UNIT_LIAISON, Office.UNIT_HEAD, Office.UNIT_PERSONNEL})

ACCESS: dict[str, frozenset[str]] = {
    "sheet.view": TOWNSHIP | COUNTY | TEAM,
    "sheet.enter": frozenset({Office.TOWNSHIP_CLERK, Office.TEAM_LEADER}),
    "sheet.sign": TOWNSHIP | TEAM,
    "sheet.export": TOWNSHIP | TEAM,
    "sheet.import": frozenset({Office.TOWNSHIP_CLERK}),
    "span.record": frozenset({Office.TOWNSHIP_CLERK}),
    "month.close": frozenset({Office.TOWNSHIP_CLERK}),
    "month.reopen": frozenset({Office.TOWNSHIP_CLERK}),
    "ledger.view": TOWNSHIP | COUNTY | ABOVE,
    "ledger.sign": TOWNSHIP,
    "ledger.submit": frozenset({Office.TOWNSHIP_CLERK, Office.TOWNSHIP_SECRETARY}),
    "ledger.review": COUNTY,
    "ledger.file": COUNTY,
    "ledger.reopen": COUNTY,
    "ledger.compile_county": frozenset({Office.COUNTY_OFFICE, Office.COUNTY_ORG_DEPT}),
    "ledger.download": TOWNSHIP | COUNTY | ABOVE,
    "rollup.view": COUNTY | ABOVE,
    "roster.import": frozenset({Office.COUNTY_OFFICE, Office.COUNTY_ORG_DEPT}),
    "roster.view": TOWNSHIP | COUNTY,
    # Who may do the last step of a departure or a handover that was decided step by step.
    "posting.settle": CITY
    | frozenset({Office.COUNTY_OFFICE, Office.COUNTY_ORG_DEPT, Office.UNIT_PERSONNEL, Office.UNIT_HEAD, Office.CADRE}),
    "village.view": TOWNSHIP | COUNTY,
    "village.edit": frozenset({Office.COUNTY_OFFICE, Office.COUNTY_ORG_DEPT}),
    "unit.view": UNIT,
    "self.view": frozenset({Office.CADRE}),
    "leave.ask": frozenset({Office.CADRE}),
    "leave.view": TOWNSHIP | COUNTY | TEAM | frozenset({Office.CADRE}),
    "leave.decide": TOWNSHIP | COUNTY | TEAM,
    "leave.judge": frozenset({Office.TOWNSHIP_LEADER, Office.TOWNSHIP_SECRETARY}),
    "leave.paper": frozenset({Office.TOWNSHIP_CLERK}),
    "leave.note": TOWNSHIP | COUNTY | UNIT,
    "leave.filed": UNIT,
    "duty.view": TOWNSHIP | COUNTY | TEAM | frozenset({Office.CADRE}),
    "duty.edit": frozenset({Office.TOWNSHIP_CLERK, Office.TEAM_LEADER}),
    "rest.view": TOWNSHIP | COUNTY | TEAM | frozenset({Office.CADRE}),
    "rest.edit": frozenset({Office.TEAM_LEADER}),
    "due.view": TOWNSHIP | COUNTY | UNIT,
    "due.enter": UNIT | frozenset({Office.COUNTY_OFFICE, Office.COUNTY_ORG_DEPT}),
    "staffing.view": TOWNSHIP | COUNTY | CITY | TEAM | UNIT | frozenset({Office.CADRE}),
    "staffing.act": TOWNSHIP | COUNTY | CITY | TEAM | UNIT | frozenset({Office.CADRE}),
    "staffing.withdraw": UNIT | frozenset({Office.COUNTY_OFFICE, Office.CADRE}),
    "opening.edit": frozenset({Office.COUNTY_OFFICE, Office.COUNTY_ORG_DEPT}),
    "candidate.view": COUNTY | CITY | UNIT,
    "candidate.nominate": frozenset({Office.UNIT_PERSONNEL}),
    "candidate.place": frozenset({Office.COUNTY_OFFICE, Office.COUNTY_ORG_DEPT}),
    "departure.view": TOWNSHIP | COUNTY | CITY | UNIT | frozenset({Office.TEAM_LEADER, Office.CADRE}),
    "departure.ask": frozenset(
        {
            Office.COUNTY_OFFICE,
            Office.COUNTY_ORG_DEPT,
            Office.UNIT_PERSONNEL,
            Office.UNIT_HEAD,
            Office.TEAM_LEADER,
        }
    ),
    "departure.record": frozenset({Office.COUNTY_OFFICE, Office.COUNTY_ORG_DEPT}),
    "handover.view": TOWNSHIP | COUNTY | CITY | UNIT | frozenset({Office.TEAM_LEADER, Office.CADRE}),
    "handover.edit": frozenset({Office.TOWNSHIP_CLERK, Office.COUNTY_OFFICE, Office.CADRE}),
    "handover.receive": frozenset({Office.TOWNSHIP_CLERK, Office.COUNTY_OFFICE}),
    "handover.sign": frozenset({Office.TOWNSHIP_CLERK, Office.COUNTY_OFFICE, Office.CADRE}),
    "handover.print": TOWNSHIP | COUNTY,
    "party.view": COUNTY | UNIT,
    "party.enter": frozenset({Office.COUNTY_OFFICE, Office.COUNTY_ORG_DEPT}),
    "service.view": COUNTY | frozenset({Office.CADRE}),
    "deputy.set": TOWNSHIP | COUNTY | frozenset({Office.TEAM_LEADER}),
    "notice.view": TOWNSHIP | COUNTY | TEAM,
    "notice.publish": frozenset({Office.TOWNSHIP_CLERK}),
    "notice.values": frozenset({Office.TOWNSHIP_CLERK, Office.COUNTY_OFFICE, Office.COUNTY_ORG_DEPT}),
    "notice.record": frozenset({Office.TOWNSHIP_CLERK, Office.TEAM_LEADER}),
    "rules.view": frozenset(Office.values),
    "rules.propose": frozenset({Office.COUNTY_OFFICE, Office.COUNTY_ORG_DEPT}),
    "rules.decide": frozenset({Office.COUNTY_OFFICE, Office.COUNTY_ORG_DEPT}),
}
# What a deputy may do in the place of another; everything else stays with the person who holds the office.
DEPUTISED = frozenset({"leave.view", "leave.decide", "rules.view"})


@dataclass(frozen=True, slots=True)
class Position:
    """What a user is at this moment: the offices he holds on one area, unit, team or on himself.

    `principal` is the name of the person whose deputy he is in it, `principal_person` that person's digest; both are
    empty for an office of his own.
    """

    key: str
    offices: frozenset[str]
    scope: Scope
    label: str
    team: int | None = None
    principal: str = ""
    principal_person: str = ""

    @property
    def office_label(self) -> str:
        held = "、".join(Office(office).label for office in sorted(self.offices))
        return f"代{self.principal}（{held}）" if self.principal else held


@dataclass(frozen=True, slots=True)
class Actor:
    """A user in a position: the first argument of every service."""

    user: User
    position: Position

    @property
    def name(self) -> str:
        return self.user.name

    @property
    def offices(self) -> frozenset[str]:
        return self.position.offices

    @property
    def scope(self) -> Scope:
        return self.position.scope

    @property
    def persons(self) -> frozenset[str]:
        """Whose own affairs he may not decide: the digests of himself and of the one whose deputy he is."""
        return frozenset({self.user.person, self.position.principal_person} - {""})

    def may(self, action: str) -> bool:
        """May one of his offices do `action`?  KeyError on an action that the table does not know."""
        if self.position.principal and action not in DEPUTISED:
            return False
        return bool(ACCESS[action] & self.offices)

    def office_for(self, offices: frozenset[str] | list[str]) -> str | None:
        """The first of his offices that is among `offices`, or None."""
        return next((office for office in sorted(self.offices) if office in offices), None)


def require(actor: Actor, action: str, area: str | None = None) -> None:
    """NotFound when `area` is outside the actor's scope, Forbidden when none of his offices may do `action`."""
    if area is not None and not area_contains(actor.scope.area or "", area):
        raise NotFound
    if not actor.may(action):
        raise Forbidden
