"""One leader and one first secretary to a team and day: said row by row before anything is imported."""

from __future__ import annotations

from datetime import date

import pytest

from apps.accounts.access import Actor
from apps.core.tenancy import NATION, Scope, entered
from apps.jurisdictions.models import VillageClassSpan
from apps.reports.roster.plan import Plan
from apps.reports.roster.services import roster_import, roster_preview
from apps.teams.models import Posting
from tests.factories import actor_of
from tests.reports.roster.books import COUNTY, XINHUA, book, person, upload

TODAY = date(2026, 11, 22)
HEAD = "队长、第一书记"


def previewed(actor: Actor, *people: list[object], county: str = COUNTY, villages: tuple[object, ...] = XINHUA) -> Plan:
    with entered(Scope(area=county)):
        file = upload(book(people=people, villages=[villages]))
        return roster_preview(actor=actor, county=county, file=file, on=TODAY).plan


def imported(actor: Actor, *people: list[object]) -> None:
    with entered(Scope(area=COUNTY)):
        found = roster_preview(actor=actor, county=COUNTY, file=upload(book(people=people)), on=TODAY)
        roster_import(actor=actor, county=COUNTY, roster=found.reading.roster, on=TODAY, digest=found.plan.digest)


def told(plan: Plan) -> list[tuple[int, str]]:
    return [(each.row, each.message) for each in plan.problems if each.severity == "error" and each.column == "roles"]


def test_two_leaders_of_one_village_on_a_day_are_told_at_the_later_row(office: Actor) -> None:
    second = person(2, name="李秀英", roles="队长", first="2026-10-01")
    [(row, message)] = told(previewed(office, person(1), second))
    assert row == 3
    assert message.startswith("新华村同一天只能有一名队长，第 2 行已有王建国（2026-03-01")


def test_a_second_leader_beside_one_already_in_post_is_told(office: Actor) -> None:
    imported(office, person(1))
    second = person(2, name="李秀英", roles="第一书记")
    [(row, message)] = told(previewed(office, second))
    assert (row, "系统里已有王建国" in message) == (2, True)


def test_a_post_is_handed_over_from_one_day_to_the_next_in_one_file(office: Actor) -> None:
    came = "2024-03-01"
    imported(office, person(1, first=came))
    imported(office, person(1, first=came, last="2026-11-10"), person(2, name="李秀英", roles=HEAD, first="2026-11-11"))
    with entered(Scope(area=COUNTY)):
        posts = Posting.objects.order_by("first").values_list("name", "first", "last")
        assert list(posts) == [
            ("王建国", date(2024, 3, 1), date(2026, 11, 10)),
            ("李秀英", date(2026, 11, 11), None),
        ]


@pytest.mark.clause("KM-5-5")
@pytest.mark.parametrize(
    ("roles", "last", "refused"), [("队长", "", True), (HEAD, "", False), ("队长", "2026-11-21", False)]
)
def test_a_leader_whom_the_regulation_forbids_is_told_with_its_clause(
    reference: None, roles: str, last: str, refused: bool
) -> None:
    with entered(Scope(area=NATION)):
        office = actor_of("county_office", "C530113", "吴主任")
    village = ("汤丹镇", "新华村", "530113102201", "建档立卡贫困村")
    found = told(previewed(office, person(1, roles=roles, last=last), county="C530113", villages=village))
    assert [(row, "KM-5-5" in message) for row, message in found] == ([(2, True)] if refused else [])


def test_a_class_that_a_roster_changes_begins_on_the_day_of_the_import(office: Actor) -> None:
    imported(office, person(1))
    plan = previewed(office, person(1), villages=(*XINHUA[:3], "建档立卡贫困村、深度贫困村"))
    assert not plan.blocked
    with entered(Scope(area=COUNTY)):
        assert not VillageClassSpan.objects.exists(), "a preview writes nothing"
        file = upload(book(people=[person(1)], villages=[(*XINHUA[:3], "建档立卡贫困村、深度贫困村")]))
        found = roster_preview(actor=office, county=COUNTY, file=file, on=TODAY)
        roster_import(actor=office, county=COUNTY, roster=found.reading.roster, on=TODAY)
        [span] = VillageClassSpan.objects.all()
        assert (span.kind, span.first, span.last, span.by) == ("deep_poverty", TODAY, None, "孙主任")
