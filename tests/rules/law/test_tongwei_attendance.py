"""通办发〔2018〕35号, articles 13 and 18: the days of a year, the visits to households, the week's sum and the month's circular."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from apps.core.months import Month
from apps.rules.book import RuleBook, resolve
from apps.rules.calendar import YearCalendar, unannounced
from apps.rules.language.fulfilment import Recorded, fulfilment, occurrences
from apps.rules.language.records import record_findings
from apps.rules.language.windows import Stretch
from apps.rules.presence import State, evaluate
from apps.rules.trace import recompute
from tests.rules.cases import inputs
from tests.rules.conftest import shipped

Rules = Callable[[str, str], Any]
ROLES = ["leader", "first_secretary", "member"]
CLASSES = ["poor", "non_poor", "deep_poverty", "other"]


@pytest.fixture(scope="module")
def law() -> RuleBook:
    """The county's book in force, the nation's below it."""
    return resolve([shipped()["tongwei"], shipped()["central"]], date(2019, 12, 31))


@pytest.fixture(scope="module")
def year() -> YearCalendar:
    return unannounced(2019)


@pytest.mark.clause("TW-13-2", "TW-13-3")
@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("village", CLASSES)
@pytest.mark.parametrize(
    ("in_village", "away", "stationed", "of_them"),
    [
        (160, 60, State.MET, State.MET),
        (159, 61, State.MET, State.SHORT),
        (160, 59, State.SHORT, State.MET),
        (159, 60, State.SHORT, State.SHORT),
        (220, 0, State.MET, State.MET),
    ],
)
def test_220_workdays_of_which_160_in_the_village_are_two_floors_for_each_of_the_team(
    law: RuleBook, year: YearCalendar, role: str, village: str, in_village: int, away: int, stationed: int, of_them: int
) -> None:
    case = inputs(
        "2019-12",
        roles=[role],
        classes=[village],
        year={"in_village": in_village, "official_trip": away - away // 2, "meeting": away // 3, "training": away // 2 - away // 3},
    )  # fmt: skip
    chosen = law.chosen([role], [village])
    found = {key: evaluate(chosen[key], case, year) for key in ("stationed_days", "village_days")}
    assert [(one.done, one.due, one.state) for one in found.values()] == [
        (in_village + away, 220, stationed),
        (in_village, 160, of_them),
    ]
    assert all(recompute(one.trace) == one.done for one in found.values())
    assert [(one.trace["clause"], chosen[key].modality) for key, one in found.items()] == [
        ("TW-13-2", "must"),
        ("TW-13-3", "must"),
    ]


@pytest.mark.clause("TW-13-1")
@pytest.mark.parametrize(
    ("left_out", "wrong"), [(None, []), ("日期", ["日期"]), ("入户干部", ["入户干部"]), ("工作内容", ["工作内容"])]
)
def test_work_in_households_is_written_down_with_day_person_and_matter(
    rule: Rules, law: RuleBook, left_out: str | None, wrong: list[str]
) -> None:
    visit = {"日期": date(2019, 6, 3), "入户干部": "甲", "工作内容": "核对收入"}
    found = record_findings(
        rule("tongwei", "records.household_visits"), {name: value for name, value in visit.items() if name != left_out}
    )
    assert [(one.code, one.severity, one.clause, one.message.split("缺少")[1]) for one in found] == [
        ("field_missing", "block", "TW-13-1", f"“{name}”。") for name in wrong
    ]
    assert (law.sheet.nights, law.sheet.nights_clause) == (True, "TW-13-1")  # a day in the village tells its night
    assert "TW-13-1" not in {measure.clause for measure in law.presence}  # and no number of nights is asked for


def acts(*days: date) -> list[Recorded]:
    return [Recorded(day) for day in days]


@pytest.mark.clause("TW-18-1")
@pytest.mark.parametrize(
    ("days", "on", "state"),
    [
        ([], date(2019, 6, 9), "open"),
        ([], date(2019, 6, 10), "short"),
        ([date(2019, 6, 3)], date(2019, 6, 10), "met"),
        ([date(2019, 6, 9)], date(2019, 6, 10), "met"),
        ([date(2019, 6, 2), date(2019, 6, 10)], date(2019, 6, 10), "short"),  # the weeks before and after
    ],
)
def test_the_party_office_sums_up_the_days_every_week(rule: Rules, days: list[date], on: date, state: str) -> None:
    duty = rule("tongwei", "duties.weekly_days_summary")
    (week,) = occurrences(duty, Stretch(date(2019, 6, 5), date(2019, 6, 5)))
    assert week.window == Stretch(date(2019, 6, 3), date(2019, 6, 9))
    found = fulfilment(duty, week, acts(*days), on=on)
    assert (found.state, found.due) == (state, 1)
    assert [(one.severity, one.clause) for one in found.findings] == (
        [("block", "TW-18-1")] if state == "short" else []
    )
    assert [actor.resolved({}) for actor in duty.who] == ["township_party_office"]
    assert len(occurrences(duty, Stretch(date(2019, 1, 1), date(2019, 12, 31)))) == 53  # 31 December 2018 is a Monday


@pytest.mark.clause("TW-18-2")
@pytest.mark.parametrize("number", range(1, 13))
def test_the_party_committee_issues_a_circular_every_month(rule: Rules, number: int) -> None:
    duty, month = rule("tongwei", "duties.monthly_bulletin"), Month(2019, number)
    (window,) = occurrences(duty, Stretch(month.first, month.last))
    assert window.window == Stretch(month.first, month.last)
    after = month.last + timedelta(days=1)
    none, late, done = (fulfilment(duty, window, acts(*days), on=after) for days in ((), (after,), (month.last,)))
    assert [(one.state, one.done, one.due) for one in (none, late, done)] == [
        ("short", 0, 1),
        ("short", 0, 1),
        ("met", 1, 1),
    ]
    assert [(one.severity, one.clause) for one in none.findings] == [("block", "TW-18-2")]
    assert [actor.resolved({}) for actor in duty.who] == ["township_party_committee"]
