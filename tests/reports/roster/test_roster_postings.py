"""Postings that exist: which row means which, and days that may not be moved."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from django.utils import timezone

from apps.accounts.access import Actor
from apps.attendance.models import DaySpan, SheetLine
from apps.core.errors import Conflict, Forbidden, NotFound, Refused
from apps.core.tenancy import NATION, Scope, entered
from apps.reports.roster.entries import Problem, Roster
from apps.reports.roster.plan import Plan
from apps.reports.roster.services import roster_import, roster_preview
from apps.teams.models import Posting, TeamMonth
from apps.teams.services import PostingEntry, postings_write
from tests.factories import actor_of
from tests.reports.roster.books import COUNTY, XINHUA, book, id_of, upload
from tests.reports.roster.books import person as row

TODAY = date(2026, 11, 22)
NOVEMBER, OCTOBER = date(2026, 11, 1), date(2026, 10, 1)


@pytest.fixture
def inside(office: Actor) -> Iterator[Actor]:
    """The office, its county entered."""
    with entered(Scope(area=COUNTY)):
        yield office


def previewed(actor: Actor, *people: list[object]) -> Plan:
    return roster_preview(actor=actor, county=COUNTY, file=upload(book(people=people)), on=TODAY).plan


def person(order: int = 1, **values: object) -> list[object]:
    """A row of a member: no regulation here says how long he stays."""
    return row(order, **{"roles": "队员"} | values)


def run(actor: Actor, *people: list[object]) -> Plan:
    found = roster_preview(actor=actor, county=COUNTY, file=upload(book(people=people)), on=TODAY)
    assert not found.plan.blocked, found.plan.problems
    return roster_import(actor=actor, county=COUNTY, roster=found.reading.roster, on=TODAY)


def errors(plan: Plan) -> list[Problem]:
    return [each for each in plan.problems if each.severity == "error"]


def marked(posting: Posting, month: date, marks: str) -> None:
    SheetLine.objects.create(
        area=posting.area,
        posting=posting,
        team_id=posting.team_id,
        person=posting.person,
        month=month,
        marks=marks,
        by="张文书",
        at=timezone.now(),
    )


def closed(posting: Posting, month: date) -> None:
    TeamMonth.objects.create(area=posting.area, team_id=posting.team_id, month=month, closed=True, attested_by="张文书")


def test_the_row_of_the_same_village_and_first_day_is_the_posting(inside: Actor) -> None:
    run(inside, person(1))
    key = Posting.objects.get().pk
    run(inside, person(1, last="2026-10-31"), person(1, first="2026-11-05", roles="队员"))
    assert list(Posting.objects.order_by("first").values_list("first", "last")) == [
        (date(2026, 3, 1), date(2026, 10, 31)),
        (date(2026, 11, 5), None),
    ]
    assert Posting.objects.get(last=date(2026, 10, 31)).pk == key


def test_a_corrected_first_day_moves_the_posting(inside: Actor) -> None:
    run(inside, person(1))
    plan = run(inside, person(1, first="2026-03-16"))
    assert [(change.kind, change.how) for change in plan.changes] == [("派驻", "起止：2026-03-01至今 → 2026-03-16至今")]
    assert Posting.objects.get().first == date(2026, 3, 16)


def test_a_row_that_overlaps_two_known_postings_is_refused(inside: Actor) -> None:
    run(inside, person(1, last="2026-04-30"), person(1, first="2026-06-01"))
    (found, other) = errors(previewed(inside, person(1, first="2026-04-15", last="2026-06-15")))
    assert "重叠" in found.message and "系统里已有的派驻（2026-03-01至2026-04-30）" in found.message
    assert "2026-06-01至今" in other.message


def test_what_the_roster_does_not_name_stays(inside: Actor) -> None:
    run(inside, person(1), person(2, name="李秀英"))
    run(inside, person(3, name="赵明"))
    assert Posting.objects.count() == 3
    assert set(Posting.objects.values_list("last", flat=True)) == {None}


@pytest.mark.parametrize(
    ("marks", "last", "days"),
    [
        ("V" * 30, "2026-11-15", "2026-11-16起共 15 天"),
        ("V" * 15 + "." * 15, "2026-11-15", None),
        ("V" * 15 + "-" * 15, "2026-11-15", None),
        ("V" * 15 + "." * 14 + "R", "2026-11-15", "2026-11-30起共 1 天"),
        ("V" * 30, "2026-11-30", None),
    ],
)
def test_a_posting_is_not_cut_off_where_marks_are_entered(
    inside: Actor, marks: str, last: str, days: str | None
) -> None:
    run(inside, person(1))
    marked(Posting.objects.get(), NOVEMBER, marks)
    found = errors(previewed(inside, person(1, last=last)))
    if days is None:
        assert found == []
    else:
        assert [(each.row, each.column) for each in found] == [(2, "last")]
        assert days in found[0].message


def test_a_posting_is_not_cut_off_where_a_record_explains_days(inside: Actor) -> None:
    run(inside, person(1))
    posting = Posting.objects.get()
    DaySpan.objects.create(
        area=posting.area, posting=posting, person=posting.person, kind="training", first=date(2026, 11, 10),
        last=date(2026, 11, 12), reason="培训", by="张文书", at=timezone.now(),
    )  # fmt: skip
    (found,) = errors(previewed(inside, person(1, last="2026-11-11")))
    assert "2026-11-12起共 1 天" in found.message
    assert not errors(previewed(inside, person(1, last="2026-11-12")))


@pytest.mark.parametrize(
    ("values", "column"),
    [
        ({"last": "2026-10-30"}, "last"),
        ({"last": "2026-10-31"}, None),
        ({"last": "2026-11-15"}, None),
        ({"last": "2026-09-30"}, "last"),
        ({"first": "2026-10-02"}, "first"),
        ({"roles": "队员"}, None),
    ],
)
def test_the_days_of_a_closed_month_are_not_moved(inside: Actor, values: dict[str, str], column: str | None) -> None:
    run(inside, person(1))
    closed(Posting.objects.get(), OCTOBER)
    found = errors(previewed(inside, person(1, **values)))
    assert [each.column for each in found] == ([column] if column else [])
    assert all("2026年10月已经月结" in each.message for each in found)


def test_nobody_new_is_posted_into_a_closed_month(inside: Actor) -> None:
    run(inside, person(1))
    closed(Posting.objects.get(), OCTOBER)
    (found,) = errors(previewed(inside, person(2, name="李秀英", first="2026-10-31")))
    assert (found.row, found.column) == (2, "first")
    run(inside, person(2, name="李秀英", first="2026-11-01"))


def test_a_close_between_preview_and_import_stops_the_import(inside: Actor) -> None:
    run(inside, person(1))
    found = roster_preview(
        actor=inside, county=COUNTY, file=upload(book(people=[person(1, last="2026-10-15")])), on=TODAY
    )
    assert not found.plan.blocked
    closed(Posting.objects.get(), OCTOBER)
    with pytest.raises(Refused):
        roster_import(actor=inside, county=COUNTY, roster=found.reading.roster, on=TODAY, digest=found.plan.digest)
    assert Posting.objects.get().last is None


def test_another_change_between_preview_and_import_is_a_conflict(inside: Actor) -> None:
    found = roster_preview(actor=inside, county=COUNTY, file=upload(book(people=[person(1)])), on=TODAY)
    run(inside, person(2, name="李秀英"))
    with pytest.raises(Conflict):
        roster_import(actor=inside, county=COUNTY, roster=found.reading.roster, on=TODAY, digest=found.plan.digest)


def entry(posting: Posting, **values: object) -> PostingEntry:
    known = {key: getattr(posting, key) for key in ("area", "person", "name", "first", "last")}
    ids = {"posting": posting.pk, "team": posting.team_id, "cadre": posting.cadre_id, "unit": posting.unit_id}
    return replace(PostingEntry(**known, **ids, roles=("member",)), **values)  # type: ignore[arg-type]


def test_the_writer_of_postings_refuses_by_itself(inside: Actor) -> None:
    run(inside, person(1))
    posting = Posting.objects.get()
    closed(posting, OCTOBER)
    marked(posting, NOVEMBER, "." * 15 + "V" + "." * 14)
    cases = [
        (entry(posting, last=date(2026, 10, 15)), "已月结的2026年10月"),
        (entry(posting, last=date(2026, 11, 15)), "以外已有登记"),
        (entry(posting, first=date(2026, 11, 2), last=date(2026, 11, 1)), "离岗日早于到岗日"),
        (replace(entry(posting, first=date(2026, 11, 1)), posting=None), "互相重叠"),
    ]
    for wrong, said in cases:
        with pytest.raises(Refused, match=said):
            postings_write(actor=inside, county=COUNTY, entries=[wrong])
    assert Posting.objects.get().last is None


def test_the_services_refuse_who_may_not_and_what_is_elsewhere(inside: Actor) -> None:
    nothing = Roster([], [], [])
    with pytest.raises(NotFound):
        roster_import(actor=inside, county="C621122", roster=nothing, on=TODAY)
    with entered(Scope(area=NATION)):
        clerk = actor_of("township_clerk", "C621121100", "张文书")
        city = actor_of("city_office", "C6211", "市办")
    with pytest.raises(NotFound):
        roster_import(actor=clerk, county=COUNTY, roster=nothing, on=TODAY)
    with pytest.raises(Forbidden):
        roster_import(actor=city, county=COUNTY, roster=nothing, on=TODAY)


def test_leaving_a_day_in_the_middle_of_two_postings_is_no_overlap(inside: Actor) -> None:
    villages = [XINHUA, ("平襄镇", "瓦石村", "621121100202", "非贫困村")]
    people = [
        person(1, last="2026-05-31"),
        person(1, village="瓦石村", first="2026-06-01"),
        person(1, first="2026-07-01"),
    ]
    content = book(villages=villages, people=people)
    found = roster_preview(actor=inside, county=COUNTY, file=upload(content), on=TODAY).plan
    assert [(each.severity, each.row) for each in found.problems] == [("warn", 4)]
    assert id_of(1) not in repr(found)
