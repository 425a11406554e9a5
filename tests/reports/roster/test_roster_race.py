"""Imports and closes at the same moment."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection

from apps.accounts.access import Actor
from apps.core.errors import ApplicationError
from apps.core.tenancy import NATION, Scope, entered
from apps.reports.roster.entries import Roster
from apps.reports.roster.services import roster_import, roster_preview
from apps.teams.models import Posting, TeamMonth
from apps.teams.services import closed_months_hold, team_months_close, team_months_lock
from tests.factories import actor_of, team_of
from tests.reports.roster.books import COUNTY, book, person, upload

TODAY = date(2026, 11, 22)
OCTOBER = date(2026, 10, 1)


@pytest.fixture
def clerk(committed_db: None) -> Actor:
    with entered(Scope(area=NATION)):
        return actor_of("county_office", COUNTY, "孙主任")


def at_once(*works: Callable[[], object]) -> list[object]:
    """Run in threads with connections of their own; what each gave or raised, in the works' order."""
    found: list[object] = [None] * len(works)
    gate = threading.Barrier(len(works))

    def run(place: int) -> None:
        gate.wait()
        try:
            with entered(Scope(area=COUNTY)):
                found[place] = works[place]()
        except ApplicationError as error:
            found[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(works))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return found


def rows(actor: Actor, *people: list[object]) -> tuple[Roster, str]:
    with entered(Scope(area=COUNTY)):
        found = roster_preview(actor=actor, county=COUNTY, file=upload(book(people=people)), on=TODAY)
    return found.reading.roster, found.plan.digest


def test_one_file_confirmed_twice_at_once_is_imported_once(clerk: Actor) -> None:
    roster, digest = rows(clerk, person(1), person(2, name="李秀英"))
    found = at_once(*[lambda: roster_import(actor=clerk, county=COUNTY, roster=roster, on=TODAY, digest=digest)] * 3)
    assert sorted(type(each).__name__ for each in found) == ["Conflict", "Conflict", "Plan"]
    with entered(Scope(area=COUNTY)):
        assert Posting.objects.count() == 2


@pytest.mark.parametrize("attempt", range(3))
def test_a_posting_never_ends_inside_a_month_that_closes_meanwhile(clerk: Actor, attempt: int) -> None:
    roster, _ = rows(clerk, person(1))
    with entered(Scope(area=COUNTY)):
        roster_import(actor=clerk, county=COUNTY, roster=roster, on=TODAY)
        team = Posting.objects.get().team_id
    shorter, _ = rows(clerk, person(1, last="2026-10-15"))

    def close() -> str:
        team_months_lock(teams=[team], month=OCTOBER)
        seen = Posting.objects.get().last
        team_months_close(teams=[team], month=OCTOBER, by="张文书")
        return str(seen)

    imported, seen = at_once(lambda: roster_import(actor=clerk, county=COUNTY, roster=shorter, on=TODAY), close)
    with entered(Scope(area=COUNTY)):
        assert TeamMonth.objects.get(team=team, month=OCTOBER).closed
        last = Posting.objects.get().last
    # Whichever came first: what the close saw is what stands.
    assert str(last) == seen
    assert isinstance(imported, ApplicationError) == (last is None)


def test_a_month_that_was_never_opened_is_not_made_while_its_team_is_held(clerk: Actor) -> None:
    """Without a row for the month there is nothing to lock but the team; the foreign key waits only at the commit."""
    with entered(Scope(area=COUNTY)):
        team = team_of(f"{COUNTY}100201").pk
    held, order = threading.Event(), list[str]()

    def hold() -> None:
        closed_months_hold([team])
        held.set()
        time.sleep(0.5)
        order.append("the import is done")

    def lock() -> None:
        held.wait(10)
        team_months_lock(teams=[team], month=OCTOBER)
        order.append("the month is locked")

    at_once(hold, lock)
    assert order == ["the import is done", "the month is locked"]
