"""Somebody is in the village every day: a leave that leaves nobody is granted only with a word on who keeps watch."""

from __future__ import annotations

from datetime import date

import pytest

from apps.core.errors import Refused
from apps.core.tenancy import NATION, Scope, entered
from apps.leave.selectors.plan import Plan, leave_plan
from tests.leave.conftest import Place

MONDAY, TUESDAY = date(2026, 9, 7), date(2026, 9, 8)


def plan(place: Place, who: str, first: date, last: date) -> Plan:
    with entered(Scope(area=NATION)):
        return leave_plan(posting=place.people[who], kind="轮休", first=first, last=last, today=date(2026, 9, 2))


@pytest.mark.clause("TW-36-9")
def test_the_last_one_in_the_village_needs_a_word_on_who_keeps_watch(tongwei: Place) -> None:
    tongwei.granted("leader", MONDAY, TUESDAY)
    assert not plan(tongwei, "member", MONDAY, TUESDAY).findings
    tongwei.granted("member", TUESDAY, date(2026, 9, 9))
    short = plan(tongwei, "other", MONDAY, date(2026, 9, 10)).findings
    assert [(found.day, found.severity, found.clause, found.inputs["present"], found.inputs["due"]) for found in short if found.code == "presence_short"] == [
        (8, "block", "TW-36-9", 0, 1)
    ]  # fmt: skip
    request = tongwei.ask("other", TUESDAY, TUESDAY)
    with pytest.raises(Refused, match="值守"):
        tongwei.act("team_leader", request, "approve")
    assert tongwei.act("team_leader", request, "approve", remark="村文书值守").state == "granted"


@pytest.mark.clause("TW-36-9")
@pytest.mark.parametrize("day", [date(2026, 9, 12), date(2026, 10, 1)])
def test_weekends_and_holidays_are_days_too(tongwei: Place, day: date) -> None:
    tongwei.granted("leader", day, day)
    tongwei.granted("member", day, day)
    assert [found.code for found in plan(tongwei, "other", day, day).findings] == ["presence_short"]


@pytest.mark.clause("TW-36-8")
@pytest.mark.parametrize(
    ("kind", "days", "clause"), [("轮休", 3, "TW-14-4"), ("调休", 4, "TW-14-7"), ("轮休", 16, "TW-14-8")]
)
def test_rotation_and_shifted_rest_are_kinds_of_leave_and_go_its_way(
    tongwei: Place, kind: str, days: int, clause: str
) -> None:
    request = tongwei.ask("member", MONDAY, date.fromordinal(MONDAY.toordinal() + days - 1), kind, exception="攒下的")
    assert (request.kind, request.rule["clause"]) == (kind, clause)
