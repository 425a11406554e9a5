"""One leader and one first secretary to a team and day: said row by row before anything is imported."""

from __future__ import annotations

from datetime import date

import pytest

from apps.accounts.access import Actor
from apps.core.tenancy import NATION, Scope, entered
from apps.jurisdictions.models import VillageClassSpan
from apps.reports.roster.layout import PEOPLE, UNITS, VILLAGES, Layout
from apps.reports.roster.plan import Plan
from apps.reports.roster.reading import read_roster
from apps.reports.roster.services import roster_import, roster_preview
from apps.teams.compile.sources import member_sources
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


def heads(layout: Layout) -> list[str]:
    return [column.head for column in layout.columns]


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


@pytest.mark.clause("TW-4-7", "KM-5-3")
@pytest.mark.parametrize(
    ("county", "source", "said"),
    [
        (COUNTY, "大学生村官", ""),
        (COUNTY, "志愿者", "没有“志愿者”这一项；可填：到村任职干部、各级帮扶干部"),
        ("C530113", "志愿者", ""),
        ("C511703", "志愿者", "本地规定没有列出来源类别"),
    ],
)
def test_a_source_is_one_of_the_countys_words(reference: None, county: str, source: str, said: str) -> None:
    offered = member_sources(county, date(2026, 11, 22))
    reading = read_roster(
        {"村": [heads(VILLAGES)], "派出单位": [heads(UNITS)], "干部与派驻": [heads(PEOPLE), person(1, source=source)]},
        on=date(2026, 11, 22),
        sources=offered,
    )
    found = [each.message for each in reading.problems if each.column == "source"]
    assert [said in message for message in found] == ([True] if said else [])
    assert [each.source for each in reading.roster.people] == ([] if said else [source])


def test_source_and_telephone_are_written_with_the_posting_and_an_empty_cell_takes_nothing(office: Actor) -> None:
    imported(office, person(1, source="大学生村官"))
    imported(office, person(1, source="", phone=""))
    with entered(Scope(area=COUNTY)):
        posting = Posting.objects.get()
        assert (posting.source, posting.phone) == ("大学生村官", "13900000000")
    imported(office, person(1, source="到村任职干部", phone="13800000000"))
    with entered(Scope(area=COUNTY)):
        posting.refresh_from_db()
        assert (posting.source, posting.phone) == ("到村任职干部", "13800000000")


@pytest.mark.clause("TW-5-1")
def test_a_row_that_ends_before_the_term_is_told_with_its_clause(office: Actor) -> None:
    imported(office, person(1))
    plan = previewed(office, person(1, last="2026-11-10", end_reason="单位工作需要"))
    [(row, column, message)] = [(each.row, each.column, each.message) for each in plan.problems]
    assert (row, column) == (2, "last")
    assert "王建国驻村8个月，任期到2028年2月29日才满" in message
    assert "请办理调整轮换" in message
    assert message.endswith("（TW-5-1）")
