"""Two offices with one departure or one notice at the same moment: one of them is heard, the other is told."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial

import pytest
import time_machine
from django.db import connection, transaction

from apps.core.tenancy import NATION, Scope, entered
from apps.leave.models import DutyDay
from apps.notices.models import Notice
from apps.notices.selectors.standing import standings
from apps.notices.services import notice_publish
from apps.notices.services.publish import draft_digest
from apps.staffing.models import Departure, Opening
from apps.staffing.services import Leaving, departure_record
from apps.teams.models import Posting
from apps.teams.services import posting_end
from tests.concurrency.together import together
from tests.factories import actor_of, posting_of, team_of, unit_of
from tests.leave.people import web
from tests.staffing.conftest import NOW, TODAY

COUNTY, TIMES = "C621121", 3


@pytest.fixture
def member(committed_db: None) -> Iterator[Callable[[int], Posting]]:
    """The member of a village's team, each its own time."""

    def make(time: int) -> Posting:
        with entered(Scope(area=NATION)):
            team = team_of(f"{COUNTY}10030{time}")
            for name, role in (("队长", "leader"), ("队员", "member")):
                held = posting_of(team, f"{name}{time}", role, unit=unit_of("县水务局", COUNTY))
                held.phone = f"1390000000{time}"
                held.save()
                DutyDay.objects.create(area=team.area, team=team, posting=held, day=TODAY, by="文书")
        return held

    with time_machine.travel(NOW, tick=True):
        yield make


def recalling(office: str, posting: Posting) -> Callable[[], Departure]:
    with entered(Scope(area=NATION)):
        actor = actor_of(office, COUNTY)
    told = {"decided_by": "县委组织部", "decided_on": date(2026, 9, 1), "number": "通组发〔2026〕9号"}
    asked = Leaving(way="recall:召回撤换", last=TODAY, reason="情况说明", **told)
    return lambda: departure_record(actor=actor, posting=posting.pk, asked=asked)


def run(acts: list[Callable[[], object]]) -> list[str]:
    return sorted(type(one).__name__ for one in together(Scope(area=COUNTY), acts))


def test_a_recall_recorded_by_two_offices_at_once_is_recorded_once(member: Callable[[int], Posting]) -> None:
    for time in range(1, TIMES + 1):
        posting = member(time)
        found = run([recalling(office, posting) for office in ("county_office", "county_org_dept")])
        assert found[1] == "Departure" and found[0] in ("BadInput", "Conflict"), found
        with entered(Scope(area=NATION)):
            assert Departure.objects.filter(posting=posting).count() == 1
            assert Opening.objects.filter(area=posting.area).count() == 1
            assert Posting.objects.get(pk=posting.pk).last == TODAY


def test_a_recall_beside_another_end_of_the_posting_leaves_one_end(member: Callable[[int], Posting]) -> None:
    for time in range(1, TIMES + 1):
        posting = member(time)
        with entered(Scope(area=NATION)):
            office = actor_of("county_office", COUNTY)
        ended = partial(posting_end, actor=office, posting=posting, last=TODAY, why="调整", ground="调整")
        found = run([recalling("county_org_dept", posting), ended])
        assert found in (["Conflict", "Departure"], ["Conflict", "Posting"]), found
        with entered(Scope(area=NATION)):
            assert Posting.objects.get(pk=posting.pk).last == TODAY
            assert Departure.objects.filter(posting=posting).count() == found.count("Departure")


def test_a_notice_published_twice_at_once_is_published_once(member: Callable[[int], Posting]) -> None:
    for time in range(1, TIMES + 1):
        posting = member(time)
        with entered(Scope(area=NATION)):
            clerk = actor_of("township_clerk", posting.area[:10])
            draft = next(each.draft for each in standings(posting.area, TODAY) if not each.draft.missing)
        asked = {"area": posting.area, "record": draft.rule.key, "team": draft.team.pk if draft.team else None}
        publish = partial(notice_publish, actor=clerk, seen=draft_digest(draft), **asked)
        assert run([publish, publish]) == ["Conflict", "Notice"]
        with entered(Scope(area=NATION)):
            assert list(Notice.objects.filter(area=posting.area).values_list("version", flat=True)) == [1]


def test_who_waits_too_long_for_another_is_told_and_nothing_is_saved(member: Callable[[int], Posting]) -> None:
    posting = member(1)
    with entered(Scope(area=NATION)):
        office = actor_of("county_office", COUNTY)
    form = {"last": "2026-09-02", "reason": "情况说明", "decided_by": "县委组织部", "decided_on": "2026-09-01"}
    url = f"/departures/new/{posting.pk}/?way=recall:召回撤换"
    holder = connection.copy()
    with contextlib.closing(holder), transaction.atomic(), holder.cursor() as other, connection.cursor() as own:
        other.execute("SET app.area = 'C'; SET app.area_end = 'D'; BEGIN")
        other.execute("SELECT 1 FROM teams_posting WHERE id = %s FOR UPDATE", [posting.pk])
        own.execute("SET LOCAL lock_timeout = '300ms'")
        answer = web(office).post(url, form | {"number": "通组发〔2026〕9号"})
    assert answer.status_code == 409
    assert "别人正在办理同一事项，这一次没有保存" in answer.content.decode()
    with entered(Scope(area=NATION)):
        assert not Departure.objects.exists()
        assert Posting.objects.get(pk=posting.pk).last is None
