"""More than thirty days of leave in a row: who asks is told, and the county's office finds it, from the sheet too.

Tuesday 15 September 2026 is the first day away.
"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from apps.core.findings import Finding
from apps.core.months import Month
from apps.core.tenancy import NATION, Scope, entered
from apps.desk.selectors.home import desk_of
from apps.desk.selectors.items import WorkItem
from apps.leave.selectors.detail import detail_of
from apps.leave.selectors.plan import leave_plan
from apps.staffing.services import Leaving, departure_record
from tests.factories import sheet_line_of
from tests.leave.conftest import Clock, Place
from tests.leave.test_county_sets_it import published

SEPTEMBER, OCTOBER, TODAY = Month(2026, 9), Month(2026, 10), date(2026, 10, 20)
FIRST = date(2026, 9, 15)


def typed(place: Place, days: int) -> None:
    """The member's two months with so many days of leave in a row, typed by the township."""
    marks = ("V" * 14 + "L" * days + "R" * 30)[: 30 + TODAY.day].ljust(61, ".")
    with entered(Scope(area=NATION)):
        for month, part in ((SEPTEMBER, marks[:30]), (OCTOBER, marks[30:])):
            sheet_line_of(place.people["member"], month, part)


def found(place: Place, office: str = "county_office") -> list[WorkItem]:
    actor = place.offices[office]
    with entered(actor.scope):
        return [item for item in desk_of(actor=actor, today=TODAY).must if "请假过长" in item.what]


def warned(place: Place, who: str, last: date, first: date = FIRST) -> list[Finding]:
    with entered(Scope(area=place.area)):
        posting = place.people[who]
        plan = leave_plan(posting=posting, kind="病假", first=first, last=last, today=date(2026, 9, 2))
    return [finding for finding in plan.findings if finding.code == "long"]


@pytest.mark.clause("YL-7.2.3-10", "YL-7.2.3-11")
def test_the_county_is_told_of_the_31st_day_on_the_sheet_and_finds_the_recall_and_the_new_selection(
    places: dict[str, Place], clock: Clock
) -> None:
    place = places["yulin"]
    clock("2026-10-20")
    typed(place, 31)
    [item] = found(place)
    assert item.what == f"{place.people['member'].name}请假过长"
    assert "31天" in item.meta and "召回、另行派人接替，由派出单位的同级" in item.meta
    assert item.clause == "YL-7.2.3-10"
    [same] = found(place, "county_org_dept")
    assert same.url == item.url
    assert found(place, "township_secretary") == [], "the county decides"
    recorded(place)
    assert found(place) == []


def recorded(place: Place) -> None:
    """The recall, as the county's office records it."""
    way = Leaving(
        way="recall:请假超过30天",
        last=TODAY,
        reason="连续请假31天",
        decided_by="县驻村办",
        decided_on=TODAY,
        number="县驻办〔2026〕3号",
    )
    office = place.offices["county_office"]
    with entered(office.scope):
        made = departure_record(actor=office, posting=place.people["member"].pk, asked=way)
    assert (made.why, made.ended_on) == ("recall", TODAY)
    assert made.opening is not None and made.opening.unit_id == place.people["member"].unit_id


@pytest.mark.clause("YL-7.2.3-10")
@pytest.mark.parametrize(("pack", "days"), [("yulin", 30), ("tongwei", 45), ("kunming", 45), ("dachuan", 45)])
def test_thirty_days_are_not_over_thirty_and_other_rules_have_no_recall_for_it(
    places: dict[str, Place], clock: Clock, pack: str, days: int
) -> None:
    clock("2026-10-20")
    typed(places[pack], days)
    assert found(places[pack]) == []


@pytest.mark.clause("YL-7.2.3-10")
def test_who_asks_and_who_decides_are_told_before_it_is_granted(
    places: dict[str, Place], tmp_path: Path, clock: Clock
) -> None:
    place = places["yulin"]
    published(tmp_path, 5)
    thirty, more = FIRST + timedelta(days=29), FIRST + timedelta(days=30)
    assert warned(place, "member", thirty) == []
    [finding] = warned(place, "member", more)
    assert (finding.severity, finding.clause, finding.inputs) == ("warn", "YL-7.2.3-10", {"days": 31})
    place.granted("member", FIRST, thirty, kind="病假")
    [together] = warned(place, "member", more, first=more)
    assert together.inputs == {"days": 31}, "an extension continues the leave"
    assert warned(place, "member", more + timedelta(days=1), first=more + timedelta(days=1)) == []
    asked = place.ask("other", FIRST, more, kind="病假")
    office = place.offices["county_office"]
    with entered(office.scope):
        assert "long" in {each.code for each in detail_of(office, asked.pk, date(2026, 9, 2)).findings}
    assert found(place) == []
