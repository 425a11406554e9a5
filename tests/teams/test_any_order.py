"""Whatever is done with postings, in any order: every day has its answer, and what is closed stays as it is.

Every example runs the real services on the real database and is rolled back.  The normal run tries a hundred; the
slow run (README.md) ten thousand and more:

    POSTING_EXAMPLES=10000 python3 dev test tests/teams/test_any_order.py -q
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import date, timedelta
from itertools import combinations
from typing import Any

import pytest
import time_machine
from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from apps.accounts.access import Actor
from apps.cadres.identity import person_key
from apps.cadres.models import Cadre
from apps.cadres.services import CadreEntry, cadres_write
from apps.core.errors import ApplicationError
from apps.core.tenancy import NATION, Scope, entered
from apps.jurisdictions.selectors import pack_of
from apps.jurisdictions.services import pack_publish
from apps.reports.roster.entries import PersonRow, Roster
from apps.reports.roster.services import roster_import
from apps.rules.pack import Pack
from apps.teams.compile.composition import composition_law, posts_of
from apps.teams.compile.states import village_states
from apps.teams.compile.terms import term_of
from apps.teams.models import ONE_PERSON, Posting, Team
from apps.teams.posts import Holder
from apps.teams.services import (
    PostingEntry,
    posting_begin,
    posting_change_roles,
    posting_end,
    postings_write,
    team_months_close,
    team_months_lock,
    team_months_reopen,
)
from apps.teams.spans import contains, overlap
from tests.factories import actor_of, team_of, unit_of
from tests.machines import parts, run_part
from tests.reports.roster.books import id_of
from tests.teams.held import answered

EXAMPLES = int(os.environ.get("POSTING_EXAMPLES", "100"))
COUNTY, VILLAGES = "C621121", ("C621121100201", "C621121100202")
START, NEW_RULES = date(2026, 10, 9), date(2026, 11, 15)
ONE = timedelta(days=1)
MONTHS = [date(2026, month, 1) for month in (8, 9, 10, 11, 12)]
NAMES = ("赵甲", "钱乙", "孙丙", "李丁")
PERSON, PLACE, PICK = st.integers(0, len(NAMES) - 1), st.sampled_from(VILLAGES), st.integers(0, 7)
# Days on which much happens, so that acts meet: ends of months and terms, the day of the new rules, and days around.
DAYS = st.one_of(
    st.sampled_from(
        [date(2024, 10, 1), date(2024, 11, 16), date(2026, 8, 31), date(2026, 9, 30), date(2026, 10, 1), NEW_RULES]
    ),
    st.integers(-70, 70).map(lambda offset: START + timedelta(days=offset)),
)
ENDS = st.one_of(st.none(), DAYS)
ROLES = st.sampled_from(
    [("leader", "first_secretary"), ("leader",), ("first_secretary",), ("member",), ("member",), ("pairing_cadre",)]
)
ROWS = st.lists(st.tuples(PERSON, PLACE, ROLES, DAYS, ENDS), min_size=1, max_size=3)
Days = dict[tuple[int, date], tuple[tuple[int, tuple[str, ...]], ...]]


class Posts(RuleBasedStateMachine):
    """Two villages and four people in a county whose rules change on a day; the clock only goes forward."""

    office: Actor

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        self.stack.enter_context(transaction.atomic())
        self.stack.callback(transaction.set_rollback, True)
        self.clock = self.stack.enter_context(time_machine.travel(f"{START} 09:00+08:00", tick=False))
        self.stack.enter_context(entered(Scope(area=NATION)))
        self.today, self.closed, self.changed = START, dict[tuple[int, date], Any](), False
        self.teams = {area: Team.objects.get(area=area) for area in VILLAGES}
        self.cadres = {cadre.name: cadre for cadre in Cadre.objects.filter(name__in=NAMES)}

    def teardown(self) -> None:
        self.stack.close()

    def may(self, act: Callable[[], Any]) -> None:
        """Try it: a refusal is an answer, and leaves nothing behind."""
        try:
            with transaction.atomic():
                act()
            self.changed = True
        except ApplicationError:
            pass

    def one(self, pick: int) -> Posting | None:
        found = list(Posting.objects.order_by("id"))
        return found[pick % len(found)] if found else None

    @initialize(who=PERSON, place=PLACE)
    def somebody_leads(self, who: int, place: str) -> None:
        self.begin(who, place, ("leader", "first_secretary"), date(2024, 10, 1), None)

    @rule(days=st.sampled_from([1, 5, 20, 40]))
    def time_passes(self, days: int) -> None:
        self.today += timedelta(days=days)
        self.clock.move_to(f"{self.today} 09:00+08:00")

    @rule(who=PERSON, place=PLACE, roles=ROLES, first=DAYS, last=ENDS)
    def begin(self, who: int, place: str, roles: tuple[str, ...], first: date, last: date | None) -> None:
        cadre, team = self.cadres[NAMES[who]], self.teams[place]
        self.may(lambda: posting_begin(actor=self.office, team=team, cadre=cadre, roles=roles, first=first, last=last))

    @rule(pick=PICK, last=DAYS, why=st.sampled_from(["", "确有需要"]), ground=st.sampled_from(["", "", "召回"]))
    def end(self, pick: int, last: date, why: str, ground: str) -> None:
        if (posting := self.one(pick)) is None:
            return
        stays = self.bound(posting, last) and not ground
        self.may(lambda: posting_end(actor=self.office, posting=posting, last=last, why=why, ground=ground))
        if stays:
            assert Posting.objects.get(pk=posting.pk).last == posting.last, "left before the term"

    def bound(self, posting: Posting, last: date) -> bool:
        """Whether a term holds somebody who has been nowhere else."""
        if Posting.objects.filter(person=posting.person).exclude(pk=posting.pk).exists():
            return False
        if posting.last is not None and posting.last < self.today:
            return False
        term = term_of(posting.area, posting.roles, posting.first, last)
        return term is not None and last < term.earliest

    @rule(pick=PICK, day=DAYS, roles=ROLES)
    def change_roles(self, pick: int, day: date, roles: tuple[str, ...]) -> None:
        if (posting := self.one(pick)) is None:
            return
        before = self.days(posting.team_id)
        self.may(lambda: posting_change_roles(actor=self.office, posting=posting, from_day=day, roles=roles))
        assert {key: {who for who, _ in there} for key, there in before.items()} == {
            key: {who for who, _ in there} for key, there in self.days(posting.team_id).items()
        }, "a gap between old and new roles"

    @rule(pick=PICK, who=PERSON, day=DAYS)
    def replace(self, pick: int, who: int, day: date) -> None:
        """One goes and another comes the next day, in one act."""
        if (posting := self.one(pick)) is None:
            return
        old, cadre = entry(posting), self.cadres[NAMES[who]]
        new = PostingEntry(**{**old, "posting": None, "first": day + ONE, "cadre": cadre.pk, "person": cadre.person})
        entries = [PostingEntry(**{**old, "last": day, "ground": "调整"}), new]
        self.may(lambda: postings_write(actor=self.office, county=COUNTY, entries=entries))

    @rule(one=PICK, other=PICK)
    def change_places(self, one: int, other: int) -> None:
        """Two people take each other's roles, in one act."""
        found = [self.one(one), self.one(other)]
        if found[0] is None or found[1] is None or found[0] == found[1]:
            return
        first, second = entry(found[0]), entry(found[1])
        first["roles"], second["roles"] = second["roles"], first["roles"]
        entries = [PostingEntry(**first), PostingEntry(**second)]
        self.may(lambda: postings_write(actor=self.office, county=COUNTY, entries=entries))

    @rule(rows=ROWS)
    def import_roster(self, rows: list[tuple[int, str, tuple[str, ...], date, date | None]]) -> None:
        people = [
            PersonRow(number, NAMES[who], id_of(who), "县水务局", "", "", "", "", place[1:], roles, first, last, "")
            for number, (who, place, roles, first, last) in enumerate(rows, 2)
        ]
        self.imported(people)

    @rule(pick=PICK, roles=ROLES, last=ENDS, moved=st.sampled_from([0, 0, 0, 1, -20]))
    def import_otherwise(self, pick: int, roles: tuple[str, ...], last: date | None, moved: int) -> None:
        """A row of somebody who is there, with other roles, another end or another beginning."""
        if (old := self.one(pick)) is None:
            return
        who, first = NAMES.index(old.name), old.first + timedelta(days=moved)
        told = PersonRow(
            2, old.name, id_of(who), "县水务局", "", "", "", "", old.area[1:], roles, first, last or old.last, ""
        )
        self.imported([told])

    def imported(self, people: list[PersonRow]) -> None:
        roster = Roster([], [], people)
        self.may(lambda: roster_import(actor=self.office, county=COUNTY, roster=roster, on=self.today))

    @rule(place=PLACE, month=st.sampled_from(MONTHS))
    def close(self, place: str, month: date) -> None:
        team = self.teams[place].pk
        if (team, month) not in self.closed:
            team_months_lock(teams=[team], month=month)
            team_months_close(teams=[team], month=month, by="某人")
            self.closed[team, month] = self.days(team, month)

    @rule(place=PLACE, month=st.sampled_from(MONTHS))
    def reopen(self, place: str, month: date) -> None:
        team = self.teams[place].pk
        if self.closed.pop((team, month), None) is not None:
            team_months_reopen(teams=[team], month=month, by="某人", reason="更正")

    @rule(place=PLACE, day=DAYS)
    def look(self, place: str, day: date) -> None:
        """What the village's page says of a day is what the postings say."""
        [state] = village_states(place, day)
        answers = {post.role: post for post in posts_of(state, composition_law(COUNTY, day))}
        assert set(ONE_PERSON) <= answers.keys()
        for post in answers.values():
            there = {each.posting for each in state.present if post.role in each.roles}
            assert {each.posting for each in post.holders} == there
            assert post.missing or post.holders or post.vacant_since or post.never

    def days(self, team: int, month: date | None = None) -> Days:
        """Who is there in which roles on every day that matters, or of a month."""
        rows = list(Posting.objects.filter(team=team))
        first = month or date(2026, 7, 1)
        last = (month + timedelta(days=31)).replace(day=1) - ONE if month else date(2027, 1, 31)
        return {
            (team, day): tuple(
                sorted((row.cadre_id, tuple(sorted(row.roles))) for row in rows if contains((row.first, row.last), day))
            )
            for day in (first + timedelta(days=offset) for offset in range((last - first).days + 1))
        }

    @invariant()
    def holds(self) -> None:
        """Looked at whenever something was done that was not refused."""
        if not self.changed:
            return
        self.changed = False
        for (team, month), known in self.closed.items():
            assert self.days(team, month) == known, f"changed in a closed month: {month}"
        for team in self.teams.values():
            rows = list(Posting.objects.filter(team=team))
            for one, other in combinations(rows, 2):
                if overlap((one.first, one.last), (other.first, other.last)):
                    assert one.cadre_id != other.cadre_id, "twice in one team"
                    assert not {*one.roles} & {*other.roles} & {*ONE_PERSON}, "two to a post"
            answered([Holder(row.pk, 1, "", row.name, frozenset(row.roles), row.first, row.last) for row in rows])


def entry(posting: Posting) -> dict[str, Any]:
    """A posting as an entry that changes nothing."""
    known = ("area", "person", "name", "first", "last", "phone", "source", "end_reason")
    ids = {"posting": posting.pk, "team": posting.team_id, "cadre": posting.cadre_id, "unit": posting.unit_id}
    return {**ids, "roles": tuple(posting.roles)} | {key: getattr(posting, key) for key in known}


@pytest.fixture
def county(reference: None) -> Iterator[Actor]:
    """Four known people and two villages; from a day on a leader must be first secretary too."""
    with time_machine.travel(f"{START} 09:00+08:00", tick=False), entered(Scope(area=NATION)):
        content = (own.dump() if (own := pack_of(COUNTY)) else {}) | {"number": "新"}
        content["eligibility"]["leader_is_first_secretary"]["changes"] = {
            NEW_RULES.isoformat(): {"modality": "must", "clause": "TW-3-3"}
        }
        assert pack_publish(pack=Pack.load(content), proposed_by="甲", confirmed_by="乙")
        office, unit = actor_of("county_office", COUNTY), unit_of()
        for area in VILLAGES:
            team_of(area)
        people = [
            CadreEntry(person_key(id_of(who)), id_of(who), name, unit.pk, "", "", "") for who, name in enumerate(NAMES)
        ]
        cadres_write(actor=office, county=COUNTY, entries=people)
        yield office


@pytest.mark.parametrize("part", parts(EXAMPLES))
def test_in_any_order_every_day_has_its_answer_and_closed_months_stay(county: Actor, part: int) -> None:
    """The slow run: POSTING_EXAMPLES=10000 (see the head of this file)."""
    Posts.office = county
    run_part(Posts, part, steps=12)
