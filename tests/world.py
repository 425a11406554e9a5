"""Two neighbouring townships, another county, other units and cadres: whose things are whose.

Everything of the owner (a township of Kunming, whose regulation has every step) carries the canary in its text, so
that a single search tells whether a stranger saw any of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.test import Client
from pytest_django.plugin import DjangoDbBlocker

from apps.accounts.access import Actor
from apps.accounts.models import User
from apps.accounts.selectors import positions
from apps.accounts.services import deputy_appoint
from apps.amendments.services import Header, Wish, amendment_override
from apps.attendance.services import span_record
from apps.cadres.models import DispatchUnit
from apps.core.months import Month
from apps.core.tenancy import NATION, Scope, entered
from apps.leave.models import DutyDay, LeaveDue, LeaveFiling, LeaveProof, RestPlan
from apps.leave.services import (
    Approval,
    Asked,
    Upload,
    filing_acknowledge,
    leave_act,
    leave_ask,
    leave_paper,
    overrun_judge,
)
from apps.ledgers.models import Ledger, LedgerLine
from apps.ledgers.services import county_ledger_queue
from apps.ledgers.services.county import county_ledger_fill
from apps.teams.models import CompositionReason, HelpingUnit, Posting, StrengthReduction, Team
from apps.teams.services import class_record, measure_record, need_record
from tests.factories import actor_of, posting_of, team_of, unit_of, user_of
from tests.staffing.world import staffing_build
from tests.world_leaving import leaving_build
from tests.world_months import month_build, month_enter
from tests.world_papers import notices_build, paper_build
from tests.world_strangers import strangers_build

CANARY = "金丝雀"
CANARY_TOKEN = "cana-ryca-nary-cana"
CITY, COUNTY, TOWNSHIP, VILLAGE = "C5301", "C530113", "C530113102", "C530113102201"
NEIGHBOUR, SECOND_VILLAGE = "C530113103", "C530113102202"
FAR_COUNTY, FAR_TOWNSHIP = "C621121", "C621121100"
JULY, AUGUST, SEPTEMBER, OCTOBER = (Month(2026, month) for month in (7, 8, 9, 10))
NOW = "2026-11-02 09:00+08:00"

AREA_ROLES = {
    "township_clerk": TOWNSHIP,
    "township_leader": TOWNSHIP,
    "township_secretary": TOWNSHIP,
    "township_discipline": TOWNSHIP,
    "county_office": COUNTY,
    "county_org_dept": COUNTY,
    "county_poverty_office": COUNTY,
    "city_office": CITY,
    "city_org_dept": CITY,
    "nation_office": NATION,
}


@dataclass
class World:
    """The owner's objects, the actors of all its offices, and the strangers by what they are."""

    team: Team
    unit: DispatchUnit
    leader: Posting
    member: Posting
    span: int = 0
    accepted: int = 0
    submitted: int = 0
    draft: int = 0
    county: int = 0
    line: tuple[int, int] = (0, 0)
    document: int = 0
    amendment: int = 0
    asked: int = 0
    returned: int = 0
    overdue: int = 0
    proof: int = 0
    filing: int = 0
    deputy: int = 0
    departure: int = 0
    departure_returned: int = 0
    handover: int = 0
    secretary: int = 0
    opening: int = 0
    nominated: int = 0
    sent_back: int = 0
    decided: int = 0
    replaced: int = 0
    notice: int = 0
    token: str = ""
    rest: int = 0
    owners: dict[str, Actor] = field(default_factory=dict)
    strangers: dict[str, User] = field(default_factory=dict)

    def user(self, role: str) -> User:
        return self.owners[role].user


@pytest.fixture(scope="module")
def built_world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """The world, built once for a module in a transaction that is rolled back after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield world_build()
        transaction.set_rollback(True)


@pytest.fixture
def world(built_world: World, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """The module's world; what a test changes is taken back after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield built_world
        transaction.set_rollback(True)


def browser(user: User) -> Client:
    """A test client that is logged in."""
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def world_build() -> World:
    """Everything at once, inside the whole nation's scope, as on `NOW`: July accepted and put together by the county,
    August submitted, September drafted, October open with saved lines and a record."""
    with time_machine.travel(NOW, tick=False), entered(Scope(area=NATION)):
        world = _people()
        _offices(world)
        world.strangers = strangers_build(CITY, (NEIGHBOUR, SECOND_VILLAGE), (FAR_COUNTY, FAR_TOWNSHIP))
        for month, steps in ((JULY, 3), (AUGUST, 2), (SEPTEMBER, 0)):
            month_build(world, month, steps, TOWNSHIP, CANARY)
        ledger = county_ledger_queue(actor=world.owners["county_office"], area=COUNTY, month=JULY)
        county_ledger_fill(ledger=ledger.pk)
        world.county = ledger.pk
        world.accepted, world.submitted, world.draft = (
            Ledger.objects.get(area=TOWNSHIP, month=month.first).pk for month in (JULY, AUGUST, SEPTEMBER)
        )
        world.line = LedgerLine.objects.get(ledger_id=world.accepted, posting=world.member).pk
        world.document = paper_build("ledger", world.accepted, CANARY)
        world.amendment = _amendment(world)
        _village(world)
        month_enter(world, OCTOBER, TOWNSHIP)
        world.span = span_record(
            actor=world.owners["township_clerk"],
            posting=world.member.pk,
            kind="official_trip",
            first=date(2026, 10, 12),
            last=date(2026, 10, 13),
            reason=f"{CANARY}出差",
        ).pk
        _leaves(world)
        leaving_build(world, CANARY)
        staffing_build(world, CANARY)
        world.notice = notices_build(world.team, CANARY, CANARY_TOKEN)
        world.token = CANARY_TOKEN
    return world


def _amendment(world: World) -> int:
    """A proposal of the county's office that changes the floor of everybody in the county, not yet rehearsed."""
    wish = Wish("presence.on_post_days", "at_least", "210", date(2026, 1, 1), note=f"{CANARY}会议")
    header = Header(f"{CANARY}办法", "", "县委办公室")
    return amendment_override(actor=world.owners["county_office"], wish=wish, header=header).pk


def _leaves(world: World) -> None:
    """One's request that his leader is to decide, one returned, one on paper that is over; the leader's, filed; a deputy."""
    himself, clerk, leader = (world.owners[role] for role in ("cadre", "township_clerk", "team_leader"))
    paper = Upload(f"{CANARY}证明.pdf", f"%PDF-1.4 {CANARY}".encode())
    for name, day in (("asked", 10), ("returned", 16)):
        asked = Asked("事假", date(2026, 11, day), date(2026, 11, day + 1), f"{CANARY}家事")
        setattr(world, name, leave_ask(actor=himself, posting=world.member.pk, asked=asked, proofs=[paper]).pk)
    leave_act(actor=leader, request=world.returned, key="leader", outcome="returned", remark=f"{CANARY}请补充")
    world.proof = LeaveProof.objects.filter(request=world.asked).get().pk
    day = date(2026, 10, 6)
    approvals = [Approval(key, f"{CANARY}批", day) for key in ("leader", "township", "county")]
    held = []
    on_paper = (
        (world.member, date(2026, 10, 7)),
        (world.member, date(2026, 10, 26)),
        (world.leader, date(2026, 11, 20)),
    )
    for posting, first in on_paper:
        asked = Asked("事假", first, first + timedelta(days=1), f"{CANARY}家事", document=f"{CANARY}存根")
        held.append(leave_paper(actor=clerk, posting=posting.pk, asked=asked, approvals=approvals).pk)
    before, world.overdue, _ = held
    secretary, county = world.owners["township_secretary"], world.owners["county_office"]
    overrun_judge(actor=secretary, request=before, judgement="excused", reason=f"{CANARY}忘记销假")
    _watch(world)
    world.filing = LeaveFiling.objects.get().pk
    filing_acknowledge(actor=county, filing=world.filing)
    stand_in = actor_of("township_clerk", TOWNSHIP, f"{CANARY}代理").user
    span = {"first": date(2026, 11, 2), "last": date(2026, 11, 8)}
    principal = world.owners["township_leader"]
    world.deputy = deputy_appoint(actor=principal, username=stand_in.username, reason=f"{CANARY}外出", **span).pk


def _watch(world: World) -> None:
    """A day of duty, a planned rest and days due, as if the owner's rules asked for them."""
    told: dict[str, Any] = {"area": VILLAGE, "posting": world.member, "by": f"{CANARY}登记"}
    DutyDay.objects.create(**told, team=world.team, day=date(2026, 11, 5))
    span = {"year": 2026, "first": date(2026, 12, 1), "last": date(2026, 12, 3)}
    world.rest = RestPlan.objects.create(**told, team=world.team, way="轮休", **span).pk
    LeaveDue.objects.create(
        **told, unit=world.unit, person=world.member.person, key="rest", year=2026, days=5, basis=CANARY
    )


def _people() -> World:
    unit = unit_of("区农业农村局", COUNTY)
    team = team_of(VILLAGE, f"{CANARY}村", ("poor",))
    return World(
        team=team,
        unit=unit,
        leader=posting_of(team, f"{CANARY}甲", "leader", "first_secretary", unit=unit),
        member=posting_of(team, f"{CANARY}乙", "member", unit=unit),
    )


def _village(world: World) -> None:
    """What the county wrote down about the owner's village."""
    office, day = world.owners["county_office"], date(2026, 10, 1)
    class_record(actor=office, area=VILLAGE, kind="poor", first=date(2025, 1, 1), last=None)
    measure_record(actor=office, area=VILLAGE, name="户数", number=Decimal(320), first=day)
    need_record(actor=office, area=VILLAGE, kind="industry", text=f"{CANARY}养殖", first=day)
    told: dict[str, Any] = {"area": VILLAGE, "village": world.team.village, "by": office.name}
    HelpingUnit.objects.create(
        area=VILLAGE, village=world.team.village, unit=world.unit, first=day, last=day, by=f"{CANARY}某"
    )
    CompositionReason.objects.create(**told, rule="sets.team_size", about="现有 2", text=f"{CANARY}补派")
    StrengthReduction.objects.create(
        **told, before=5, after=3, grounds=["条件"], decided_by="县委", decided_on=day, reason=CANARY, clause=""
    )


def _offices(world: World) -> None:
    world.owners = {role: actor_of(role, area, f"{CANARY}{role}") for role, area in AREA_ROLES.items()}
    for role in ("team_leader", "village_signer"):
        world.owners[role] = actor_of(role, world.team, f"{CANARY}{role}")
    for role in ("unit_liaison", "unit_head", "unit_personnel"):
        world.owners[role] = actor_of(role, world.unit, f"{CANARY}{role}")
    himself = user_of(f"{CANARY}乙", person=world.member.person)
    world.owners["cadre"] = actor_of_person(himself)


def actor_of_person(user: User) -> Actor:
    return Actor(user, positions(user)[0])
