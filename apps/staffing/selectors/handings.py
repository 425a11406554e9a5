"""Handovers as lists and pages show them, and posts that ended without one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from apps.accounts.access import Actor
from apps.core.findings import Finding
from apps.core.tenancy import COUNTY
from apps.jurisdictions.days import work_days
from apps.rules.language.procedures import acts_of
from apps.staffing.models import Case, CaseState, Handover, HandoverParty, Part
from apps.staffing.selectors.detail import Task, WayStep, detail_of
from apps.staffing.selectors.handing import (
    case_of,
    handover_findings,
    handover_law,
    to_village,
    workdays_asked,
    workdays_between,
)
from apps.staffing.selectors.handover import parties_of, role_words
from apps.staffing.selectors.law import law_on
from apps.staffing.selectors.run import procedure_of
from apps.staffing.selectors.standing import Standing, standings
from apps.teams.models import Posting

SHOWN = 200  # rows of one list
LATELY = 92  # days for which an end without a handover is shown; nobody begins those of years ago


@dataclass(frozen=True)
class HandoverRow:
    """A handover and where it stands."""

    held: Handover
    standing: Standing

    @property
    def roles(self) -> str:
        return role_words(self.held.case.roles)


@dataclass(frozen=True)
class Together:
    """How long both have been in post: workdays so far against those that the rules ask for."""

    first: date
    days: int
    asked: int


@dataclass(frozen=True)
class HandoverDetail:
    """A handover as its page shows it.  `may` is what the reader may do (write, receive, back), `signs` the parts for
    which he may sign, with whether it is his own signature; `receivers` the people in post in the team."""

    held: Handover
    roles: str
    clause: str
    label: str
    parties: list[HandoverParty]
    way: list[WayStep]
    tasks: list[Task]
    awaited: str
    together: Together | None
    findings: list[Finding]
    may: frozenset[str]
    signs: list[tuple[HandoverParty, bool]]
    receivers: list[Posting]
    village: bool

    @property
    def incoming(self) -> HandoverParty | None:
        return next((each for each in self.parties if each.part == Part.INCOMING), None)


def handovers_in(actor: Actor) -> QuerySet[Handover]:
    """The handovers that an actor may see: of his area or team, his unit's or his own, and those he takes part in."""
    rows = Handover.objects.select_related("case")
    return rows.filter(team=actor.position.team) if actor.position.team is not None else rows


def handovers_open(actor: Actor, today: date) -> list[HandoverRow]:
    """What is under way in an actor's scope, the longest first.  Four queries."""
    held = {row.case_id: row for row in handovers_in(actor).filter(case__state=CaseState.OPEN).order_by("at")[:SHOWN]}
    cases = Case.objects.select_related("unit", "posting").filter(pk__in=held)
    return [HandoverRow(held[each.case.pk], each) for each in standings(cases.order_by("at", "pk"), today)]


def parts_open(actor: Actor) -> list[HandoverParty]:
    """The handovers in which somebody (or his unit) takes over, while they are not signed.  One query."""
    rows = HandoverParty.objects.filter(part=Part.INCOMING, signed_on__isnull=True, void=False)
    return list(rows.order_by("-pk")[:SHOWN]) if actor.scope.area is None else []


def parts_to_sign(actor: Actor) -> list[HandoverParty]:
    """What somebody himself has not signed yet of lists that are under way, the latest first.  One query."""
    rows = HandoverParty.objects.filter(signed_on__isnull=True, void=False, person=actor.user.person)
    return list(rows.order_by("-pk")[:SHOWN]) if actor.user.person else []


def handovers_over(actor: Actor) -> QuerySet[Handover]:
    """What is done or was given up in an actor's scope, the latest first."""
    return handovers_in(actor).exclude(case__state=CaseState.OPEN).order_by("-case__changed_at", "-pk")


def ended_without(actor: Actor, today: date) -> list[Posting]:
    """Postings of an actor's area that ended lately, have no handover, and for whose roles the rules know one.

    Three queries and one for each county.
    """
    rows = Posting.objects.select_related("team__village", "unit").filter(
        handover__isnull=True, last__gte=today - timedelta(days=LATELY), last__lte=today
    )
    goes_on = Posting.objects.values_list("person", "team_id", "first")
    begun = {(person, team, first) for person, team, first in goes_on.filter(first__gte=today - timedelta(days=LATELY))}
    gone = [row for row in rows.order_by("last", "pk")[:SHOWN] if not _stays(row, begun)]
    laws = {county: law_on(county, today) for county in {row.area[:COUNTY] for row in gone}}
    return [row for row in gone if laws[row.area[:COUNTY]].procedure("handover", case_of(row, today))]


def _stays(row: Posting, begun: set[tuple[str, int, date]]) -> bool:
    """Whether somebody only changed his roles in the team."""
    return row.last is not None and (row.person, row.team_id, row.last + timedelta(days=1)) in begun


def detail_of_handover(actor: Actor, number: int, today: date) -> HandoverDetail:
    """Everything of one handover.  Read inside its village's area; about twenty queries."""
    rows = Handover.objects.select_related("case", "posting__unit", "posting__team__village")
    held = rows.get(pk=number)
    law, seen = handover_law(held.posting, today), detail_of(actor, held.case_id, today)
    open_, parties = held.case.state == CaseState.OPEN, parties_of(held)
    is_work = work_days()
    asked = workdays_asked(law.bound)
    together = None
    if held.together and asked is not None and held.together <= today:
        together = Together(held.together, workdays_between(held.together, today, is_work), asked)
    own = actor.user.person == held.person and bool(held.person)
    signing = _handing_keys(held.case) & {entry.key for entry in seen.standing.open}
    may = {
        "write": open_ and not held.sealed and actor.may("handover.edit") and (own or actor.scope.area is not None),
        "receive": open_ and actor.may("handover.receive"),
        "back": open_ and held.sealed and actor.may("handover.sign"),
    }
    return HandoverDetail(
        held=held,
        roles=role_words(held.case.roles),
        clause=(law.record.clause or "") if law.record else procedure_of(held.case).clause or "",
        label=law.record.label if law.record else procedure_of(held.case).label,
        parties=parties,
        way=seen.way,
        tasks=[task for task in seen.tasks if task.entry.key not in _handing_keys(held.case)],
        awaited=_awaited(parties, seen.standing.awaited, waits=bool(signing)),
        together=together,
        findings=handover_findings(law.bound, held, today, is_work) if law.bound and open_ else [],
        may=frozenset(name for name, held_ in may.items() if held_),
        signs=_signs(actor, parties, waits=bool(signing)),
        receivers=_receivers(held, today),
        village=bool(to_village(procedure_of(held.case))),
    )


def _handing_keys(case: Case) -> set[str]:
    return {step.key for step in acts_of(procedure_of(case).steps) if step.verb == "hand_over"}


def _awaited(parties: list[HandoverParty], others: str, *, waits: bool) -> str:
    """Whose turn it is: while the list is to be signed, whoever has not."""
    if not waits:
        return others
    names = [f"{Part(each.part).label}{each.name}" for each in parties if each.signed_on is None]
    if len(parties) < len(Part):
        names.append("乡镇确定接收人")
    return "、".join(names)


def _signs(actor: Actor, parties: list[HandoverParty], *, waits: bool) -> list[tuple[HandoverParty, bool]]:
    if not waits or not actor.may("handover.sign"):
        return []
    found = []
    for party in parties:
        himself = bool(party.person) and actor.user.person == party.person
        if party.signed_on is None and (himself or actor.scope.area is not None):
            found.append((party, himself))
    return found


def _receivers(held: Handover, today: date) -> list[Posting]:
    rows = Posting.objects.filter(Q(last__isnull=True) | Q(last__gte=today), team=held.team_id)
    return list(rows.exclude(person=held.person).order_by("-first", "pk"))
