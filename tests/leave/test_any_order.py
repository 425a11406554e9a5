"""Whatever is done with leave, in any order: what must never be so is never so.

Every example runs the real services on the real database and is rolled back.  The normal run tries a hundred; the
slow run (README.md) ten thousand and more:

    LEAVE_EXAMPLES=10000 python3 dev test tests/leave/test_any_order.py -q
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from apps.accounts.access import Actor
from apps.accounts.services import deputy_appoint
from apps.attendance.models import SheetLine
from apps.attendance.selectors import sheet_context, sheet_rows
from apps.attendance.services import span_record
from apps.core.errors import ApplicationError
from apps.core.months import Month
from apps.core.tenancy import NATION, Scope, entered
from apps.leave.models import LIVE, VALID, LeaveAct, LeaveRequest
from apps.leave.selectors.run import run_of
from apps.leave.services import Approval, Asked, leave_act, leave_paper, leave_paper_return, overrun_judge
from apps.leave.services.acts import acts_of
from apps.ledgers.services import month_reopen
from apps.rules.sheet import marks_of
from apps.teams.models import TeamMonth
from tests.factories import actor_of
from tests.leave.conftest import Place, place_build
from tests.leave.held import granted_in_order, no_day_twice
from tests.leave.test_deputies import standing_in
from tests.ledgers.month import Walk
from tests.machines import parts, run_part

EXAMPLES = int(os.environ.get("LEAVE_EXAMPLES", "100"))
TOWNSHIP, MONTHS = "C621121100", (Month(2026, 9), Month(2026, 10))
FIRST, START = date(2026, 9, 21), date(2026, 10, 9)  # September is over and may be closed at once
PEOPLE = st.sampled_from(["leader", "member", "member"])
DAYS = st.integers(0, 25).map(lambda ahead: FIRST + timedelta(days=ahead))
LENGTHS = st.sampled_from([0, 0, 1, 2, 3, 4, 14, 15])
OFFICES = ("team_leader", "township_secretary", "county_office", "deputy", "member", "leader", "own")
PICK = st.integers(0, 7)


class Leave(RuleBasedStateMachine):
    """One team in a county with short and long ways; the clock only goes forward."""

    place: Place

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        self.stack.enter_context(transaction.atomic())
        self.stack.callback(transaction.set_rollback, True)
        self.clock = self.stack.enter_context(time_machine.travel(f"{START} 09:00+08:00", tick=False))
        self.stack.enter_context(entered(Scope(area=NATION)))
        self.today, self.closed = START, dict[Month, list[Any]]()
        self.known: list[LeaveRequest] | None = None
        self.changed = False

    def teardown(self) -> None:
        self.stack.close()

    def requests(self) -> list[LeaveRequest]:
        if self.known is None:
            self.known = list(LeaveRequest.objects.order_by("id"))
        return self.known

    def one(self, pick: int, *states: str) -> LeaveRequest | None:
        """One of the requests, as far as there are any, of these states."""
        found = [request for request in self.requests() if not states or request.state in states]
        return found[pick % len(found)] if found else None

    def who(self, request: LeaveRequest) -> str:
        return next(name for name, posting in self.place.people.items() if posting.pk == request.posting_id)

    def may(self, act: Callable[[], Any]) -> None:
        """Try it: a refusal is an answer, and leaves nothing behind."""
        try:
            with transaction.atomic():
                act()
            self.changed = True
        except ApplicationError:
            pass

    @rule(days=st.sampled_from([1, 1, 2, 5, 20]))
    def time_passes(self, days: int) -> None:
        self.today += timedelta(days=days)
        self.clock.move_to(f"{self.today} 09:00+08:00")

    @rule(who=PEOPLE, first=DAYS, length=LENGTHS, why=st.sampled_from(["", "确有需要"]))
    def ask(self, who: str, first: date, length: int, why: str) -> None:
        self.may(lambda: self.place.ask(who, first, first + timedelta(days=length), exception=why))

    @rule(who=PEOPLE, first=DAYS, length=LENGTHS)
    def ask_and_be_granted(self, who: str, first: date, length: int) -> None:
        self.may(lambda: self.place.granted(who, first, first + timedelta(days=length), exception="确有需要"))

    @rule(pick=PICK, length=LENGTHS)
    def extend(self, pick: int, length: int) -> None:
        if parent := self.one(pick, "granted"):
            first = parent.until + timedelta(days=1)
            last = first + timedelta(days=length)
            self.may(lambda: self.place.ask(self.who(parent), first, last, extends=parent, exception="确有需要"))

    @rule(pick=PICK, first=DAYS, length=LENGTHS)
    def send_again(self, pick: int, first: date, length: int) -> None:
        if request := self.one(pick, "returned"):
            last = first + timedelta(days=length)
            self.may(lambda: self.place.resend(self.who(request), request, first, last, exception="确有需要"))

    @rule(pick=PICK, office=st.sampled_from(OFFICES), key=st.sampled_from(["agree", "approve", "confirm"]))
    def decide(self, pick: int, office: str, key: str) -> None:
        if request := self.one(pick):
            self.may(lambda: self._act(office, request, key, "done"))

    @rule(pick=PICK)
    def decide_whatever_is_next(self, pick: int) -> None:
        if request := self.one(pick, "asked", "granted"):
            matter = "leave" if request.state == "asked" else "return_from_leave"
            run = run_of(request, acts_of(request), self.today, matter=matter)
            for entry in run.open_steps if run else ():
                if "cadre" not in entry.by:
                    self.may(lambda entry=entry: self._act(entry.by[0], request, entry.key, "done"))

    @rule(pick=PICK, outcome=st.sampled_from(["returned", "refused"]))
    def turn_down(self, pick: int, outcome: str) -> None:
        if request := self.one(pick, "asked", "granted"):
            for office, key in (
                ("team_leader", "agree"),
                ("township_secretary", "approve"),
                ("team_leader", "confirm"),
            ):
                self.may(lambda office=office, key=key: self._act(office, request, key, outcome))

    def _act(self, office: str, request: LeaveRequest, key: str, outcome: str) -> None:
        matter = "return_from_leave" if key == "confirm" else "leave"
        for actor in self._actors(office):
            with entered(actor.scope):
                leave_act(actor=actor, request=request.pk, key=key, outcome=outcome, remark="有人值守", matter=matter)

    def _actors(self, office: str) -> list[Actor]:
        if office == "deputy":
            return standing_in(self.place.selves["other"].user)[:1]
        if office in self.place.selves:
            return [self.place.selves[office]]
        return [self.place.offices[office]]

    @rule(office=st.sampled_from(["team_leader", "township_secretary"]), days=st.integers(0, 20))
    def deputise(self, office: str, days: int) -> None:
        other, last = self.place.selves["other"].user.username, self.today + timedelta(days=days)
        actor = self.place.offices[office]
        self.may(lambda: deputy_appoint(actor=actor, username=other, first=self.today, last=last, reason="外出"))

    @rule(pick=PICK)
    def withdraw(self, pick: int) -> None:
        if request := self.one(pick):
            self.may(lambda: self.place.withdraw(self.who(request), request))

    @rule(pick=PICK, before=st.integers(0, 6), paper=st.booleans())
    def come_back(self, pick: int, before: int, paper: bool) -> None:
        if request := self.one(pick, "granted"):
            back, clerk = self.today - timedelta(days=before), self.place.offices["township_clerk"]
            self.may(
                lambda: (
                    leave_paper_return(actor=clerk, request=request.pk, back=back, confirmed_by="队长某")
                    if paper
                    else self.place.back(self.who(request), request, back)
                )
            )

    @rule(pick=PICK)
    def say_it_was_not_taken(self, pick: int) -> None:
        if request := self.one(pick, "granted"):
            self.may(lambda: self.place.untaken(self.who(request), request))

    @rule(who=PEOPLE, first=DAYS, length=LENGTHS, named=st.integers(0, 2))
    def enter_from_paper(self, who: str, first: date, length: int, named: int) -> None:
        given = [Approval("agree", "甲某", self.today), Approval("approve", "乙某", self.today)][2 - named :]
        asked = Asked("病假", first, first + timedelta(days=length), "住院", exception="住院", document="党政办")
        clerk, posting = self.place.offices["township_clerk"], self.place.people[who].pk
        self.may(lambda: leave_paper(actor=clerk, posting=posting, asked=asked, approvals=given))

    @rule(pick=PICK, judgement=st.sampled_from(["absent", "excused"]))
    def judge(self, pick: int, judgement: str) -> None:
        if request := self.one(pick, *VALID):
            leader = self.place.offices["township_leader"]
            self.may(lambda: overrun_judge(actor=leader, request=request.pk, judgement=judgement, reason="核实过"))

    @rule(who=PEOPLE, first=DAYS, length=st.integers(0, 2))
    def record_a_meeting(self, who: str, first: date, length: int) -> None:
        clerk, last = self.place.offices["township_clerk"], first + timedelta(days=length)
        told = {"posting": self.place.people[who].pk, "kind": "meeting", "first": first, "last": last, "reason": "开会"}
        self.may(lambda: span_record(actor=clerk, **told))  # type: ignore[arg-type]

    @rule(who=PEOPLE, month=st.sampled_from(MONTHS), day=st.integers(1, 30), mark=st.sampled_from("VTLRA"))
    def type(self, who: str, month: Month, day: int, mark: str) -> None:
        self.may(lambda: self.place.type(who, month, {day: mark}))

    @rule(month=st.sampled_from([MONTHS[0], *MONTHS]))
    def close(self, month: Month) -> None:
        if month not in self.closed and self.today > month.last:
            try:
                with transaction.atomic():
                    walk = Walk(TOWNSHIP, self.place.team, month)
                    walk.fill()
                    walk.sign()
                    walk.close()
            except ApplicationError:
                return
            self.closed[month], self.changed = self.stored(month), True

    @rule(who=PEOPLE, first=DAYS, pick=PICK, before=st.integers(0, 12))
    def close_and_go_on(self, who: str, first: date, pick: int, before: int) -> None:
        """What was asked for or not yet over when its month was closed."""
        self.ask(who, first, 1, "确有需要")
        self.close(MONTHS[0])
        self.known = None
        for again in range(pick, pick + 4):
            self.decide_whatever_is_next(again)
        self.come_back(pick, before, paper=True)

    @rule(month=st.sampled_from(MONTHS))
    def reopen(self, month: Month) -> None:
        if month in self.closed:
            clerk, teams = self.place.offices["township_clerk"], [self.place.team.pk]
            self.may(lambda: month_reopen(actor=clerk, area=TOWNSHIP, month=month, teams=teams, reason="补登请假"))
            if not TeamMonth.objects.get(team=self.place.team, month=month.first).closed:
                del self.closed[month]

    def stored(self, month: Month) -> list[Any]:
        rows = SheetLine.objects.filter(month=month.first).order_by("posting")
        return list(rows.values_list("posting", "marks", "nights", "version", "by"))

    @invariant()
    def holds(self) -> None:
        """Looked at whenever something was done that was not refused."""
        if not self.changed:
            return
        self.changed, self.known = False, None
        requests = self.requests()
        self.sheet_shows([request for request in requests if request.state in VALID])
        no_day_twice([request for request in requests if request.state in LIVE])
        acts = list(LeaveAct.objects.select_related("user").order_by("id"))
        for act in acts:
            assert act.office == "cadre" or act.paper or (act.user and act.user.person != act.person), act.pk
        for request in requests:
            granted_in_order(request, [act for act in acts if act.request_id == request.pk])
        for month, lines in self.closed.items():
            assert self.stored(month) == lines, month
            shown = {posting: marks_of(cells) for posting, cells in self.shown(month).items()}
            assert shown == {posting: marks for posting, marks, *_ in lines}, month

    def sheet_shows(self, requests: list[LeaveRequest]) -> None:
        """Every day of every leave that stands is leave on the sheet."""
        for month in MONTHS if requests else ():
            shown = self.shown(month)
            for request in requests:
                for day in month.dates():
                    if request.first <= day <= request.until:
                        assert shown[request.posting_id][day.day - 1] == "L", (request, day)

    def shown(self, month: Month) -> dict[int, str]:
        context = sheet_context(TOWNSHIP, month)
        rows = sheet_rows(area=TOWNSHIP, month=month, with_year=False)
        return {row.posting: context.cells(row) for row in rows}


@pytest.fixture
def town(db: None) -> Iterator[Place]:
    with time_machine.travel(f"{START} 09:00+08:00", tick=False), entered(Scope(area=NATION)):
        place = place_build(TOWNSHIP)
        place.offices["own"] = actor_of("township_secretary", TOWNSHIP, place.people["leader"].name)
        actor_of("township_clerk", TOWNSHIP, place.people["other"].name)  # so that he may stand in for the township
        yield place


@pytest.mark.parametrize("part", parts(EXAMPLES))
def test_in_any_order_leave_and_sheet_agree_and_nothing_is_granted_without_its_steps(town: Place, part: int) -> None:
    """The slow run: LEAVE_EXAMPLES=10000 (see the head of this file)."""
    Leave.place = town
    run_part(Leave, part, steps=16)
