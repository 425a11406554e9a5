"""Tongwei: what is owed how often, by whom and to whom; met on the last day, short with one less."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from apps.rules.language.conditions import Happened
from apps.rules.language.duties import Duty
from apps.rules.language.fulfilment import (
    Fulfilled,
    Occurrence,
    Recorded,
    event_occurrences,
    fulfilment,
    occurrences,
)
from apps.rules.language.samples import sample_findings
from apps.rules.language.windows import Stretch
from tests.rules.law.telling import tell

YEAR = Stretch(date(2019, 1, 1), date(2019, 12, 31))
JULY = Stretch(date(2019, 7, 1), date(2019, 7, 28))  # four weeks from a Monday


def ends(*told: str) -> list[date]:
    return [date.fromisoformat(f"2019-{day}") for day in told]


QUARTERS = ends("03-31", "06-30", "09-30", "12-31")
HALVES = ends("06-30", "12-31")
MONTHS = [date(2019, month + 1, 1) - timedelta(days=1) for month in range(1, 12)] + ends("12-31")
WEEKS = ends("07-07", "07-14", "07-21", "07-28")
THE_YEAR = ends("12-31")


def offices(actors: Any) -> list[str | None]:
    return [actor.office for actor in actors]


def looked_at(duty: Duty, at: Occurrence, acts: list[Recorded], after: bool = True, **more: Any) -> Fulfilled:
    return fulfilment(duty, at, acts, on=at.window.last + timedelta(days=1 if after else 0), **more)


TIMES = [
    ("leading_group_meeting", "meeting", "county_leading_group", "county", QUARTERS, 1, "TW-8-4"),
    ("township_meeting", "meeting", "township_party_committee", "township", MONTHS, 1, "TW-9-3"),
    ("team_weekly_meeting", "meeting", "team", "team", WEEKS, 1, "TW-16-1"),
    ("weekly_days_summary", "summary", "township_party_office", "township", WEEKS, 1, "TW-18-1"),
    ("monthly_bulletin", "bulletin", "township_party_committee", "township", MONTHS, 1, "TW-18-2"),
    ("weekly_log_check", "worklog", "township_party_office", "township", WEEKS, 1, "TW-18-3"),
    ("county_inspection", "inspection", "county_inspection_group", "county", MONTHS, 1, "TW-20-2"),
    ("county_spot_check", "spot_check", "county_inspection_group", "county", MONTHS, 2, "TW-20-3"),
    ("key_development", "other", "county_org_dept", "county", THE_YEAR, 1, "TW-31-2"),
    ("yearly_award", "award", "county_leading_group", "county", THE_YEAR, 1, "TW-32-1"),
    ("yearly_checkup", "checkup", "dispatch_unit", "person", THE_YEAR, 1, "TW-36-2"),
    ("party_lecture", "lecture", None, "person", QUARTERS, 1, "TW-7-4"),
]


@pytest.mark.parametrize(
    ("key", "matter", "who", "per", "last_days", "times", "clause"),
    [pytest.param(*row, marks=pytest.mark.clause(row[-1])) for row in TIMES],
)
def test_it_is_owed_so_often_in_each_window_and_one_less_is_short(
    rule: Any, key: str, matter: str, who: str | None, per: str, last_days: list[date], times: int, clause: str
) -> None:
    duty = rule("tongwei", f"duties.{key}")
    assert (duty.matter, offices(duty.who), duty.per) == (matter, [] if who is None else [who], per)
    owed = occurrences(duty, JULY if last_days is WEEKS else YEAR)
    assert [each.window.last for each in owed] == last_days
    for each in owed:
        acts = [Recorded(each.window.last)] * times
        assert looked_at(duty, each, acts)[:3] == ("met", times, times)
        assert looked_at(duty, each, acts[1:], after=False).state == "open"
        short = looked_at(duty, each, [*acts[1:], Recorded(each.window.last + timedelta(days=1))])
        assert (short.state, short.done, short.due) == ("short", times - 1, times)
        assert tell(short.findings) == [("duty_short", "block", clause)]


@pytest.mark.clause("TW-7-4")
def test_the_lecture_is_the_first_secretarys_and_for_all_party_members_and_cadres_of_the_village(rule: Any) -> None:
    duty = rule("tongwei", "duties.party_lecture")
    assert duty.roles == ("first_secretary",)  # a leader who is not first secretary gives none
    assert offices(duty.attendees) == ["village_branch", "village_committee"]
    posted = Stretch(date(2019, 2, 15), date(2019, 12, 31))
    assert [each.judged for each in occurrences(duty, YEAR, posted)] == [False, True, True, True]


@pytest.mark.clause("TW-16-1")
def test_the_week_of_a_holiday_without_a_workday_is_not_owed(rule: Any) -> None:
    holiday = Stretch(date(2019, 10, 1), date(2019, 10, 7))

    def is_work(day: date) -> bool:
        return (
            day.weekday() < 5 and not Stretch(date(2019, 2, 4), date(2019, 2, 10)).holds(day) and not holiday.holds(day)
        )

    duty = rule("tongwei", "duties.team_weekly_meeting")
    owed = occurrences(duty, Stretch(date(2019, 1, 28), date(2019, 2, 17)), is_work=is_work)
    assert [each.window.first for each in owed] == [date(2019, 1, 28), date(2019, 2, 11)]
    owed = occurrences(duty, Stretch(date(2019, 9, 30), date(2019, 10, 6)), is_work=is_work)
    assert [each.window.first for each in owed] == [date(2019, 9, 30)]  # its Monday is a workday


TO_EACH = [
    (
        "half_year_report",
        HALVES,
        ["county_leading_group", "county_chief_captain"],
        ["思想情况", "工作情况", "学习情况"],
        "TW-19-1",
    ),
    (
        "quarter_report",
        QUARTERS,
        ["dispatch_unit", "township_party_committee", "township_chief_captain"],
        ["工作情况"],
        "TW-19-2",
    ),
]


@pytest.mark.parametrize(
    ("key", "last_days", "to", "content", "clause"),
    [pytest.param(*row, marks=pytest.mark.clause(row[-1])) for row in TO_EACH],
)
def test_a_report_must_reach_every_recipient_in_the_window(
    rule: Any, key: str, last_days: list[date], to: list[str], content: list[str], clause: str
) -> None:
    duty = rule("tongwei", f"duties.{key}")
    assert list(duty.content) == content
    owed = occurrences(duty, YEAR)
    assert [each.window.last for each in owed] == last_days
    for each in owed:
        last = each.window.last
        apart = [Recorded(last, to=frozenset({name})) for name in to]
        assert looked_at(duty, each, apart)[:3] == ("met", len(to), len(to))
        for left_out in range(len(to)):
            short = looked_at(duty, each, apart[:left_out] + apart[left_out + 1 :])
            assert (short.state, short.missing, tell(short.findings)) == (
                "short", (to[left_out],), [("duty_short", "block", clause)],
            )  # fmt: skip


@pytest.mark.parametrize(
    ("key", "who", "roles", "per"),
    [
        pytest.param("half_year_report", ["team"], None, "team", marks=pytest.mark.clause("TW-19-1")),
        pytest.param(
            "quarter_report", [], ("leader", "first_secretary"), "person", marks=pytest.mark.clause("TW-19-2")
        ),
        pytest.param(
            "progress_report", [], ("leader", "first_secretary"), "person", marks=pytest.mark.clause("TW-7-3")
        ),
    ],
)
def test_who_reports(rule: Any, key: str, who: list[str], roles: tuple[str, ...] | None, per: str) -> None:
    duty = rule("tongwei", f"duties.{key}")
    assert (offices(duty.who), duty.roles, duty.per) == (who, roles, per)


COVERED = [
    ("township_hearing", "township_party_committee", "team", MONTHS, "TW-9-3"),
    ("monthly_leader_log", "township_secretary", "leader", MONTHS, "TW-18-4"),
    ("quarter_score", "township_party_committee", "person", QUARTERS, "TW-27-2"),
]


@pytest.mark.parametrize(
    ("key", "who", "of", "last_days", "clause"),
    [pytest.param(*row, marks=pytest.mark.clause(row[-1])) for row in COVERED],
)
def test_every_one_is_heard_read_or_scored_in_each_window(
    rule: Any, key: str, who: str, of: str, last_days: list[date], clause: str
) -> None:
    duty = rule("tongwei", f"duties.{key}")
    assert (offices(duty.who), duty.per, duty.covers.of) == ([who], "township", of)
    owed = occurrences(duty, YEAR)
    assert [each.window.last for each in owed] == last_days
    names = ["甲", "乙", "丙", "丁"]
    for each in owed:
        acts = [Recorded(each.window.last, subject=name) for name in names]
        assert looked_at(duty, each, acts, subjects=names)[:3] == ("met", 4, 4)
        short = looked_at(duty, each, [*acts[:3], acts[0]], subjects=names)
        assert (short.state, short.done, short.due, short.missing) == ("short", 3, 4, ("丁",))
        assert tell(short.findings) == [("duty_short", "block", clause)]


@pytest.mark.clause("TW-18-3")
@pytest.mark.parametrize(("seen", "found"), [([], ["sample_short"]), (["乙队日志"], [])])
def test_one_log_of_a_team_is_enough_for_the_weeks_check(rule: Any, seen: list[str], found: list[str]) -> None:
    duty = rule("tongwei", "duties.weekly_log_check")
    logs = {"甲队日志": "甲", "乙队日志": "乙"}
    assert [each.code for each in sample_findings(duty, seen, logs)] == found
    assert duty.sample.of == "worklog"


@pytest.mark.clause("TW-20-4")
@pytest.mark.parametrize(
    ("drawn", "of", "due", "short"),
    [(99, 400, 100, True), (100, 400, 100, False), (60, 60, 60, False), (59, 60, 60, True)],
)
def test_a_spot_check_looks_at_a_hundred_or_all_where_there_are_fewer(
    rule: Any, drawn: int, of: int, due: int, short: bool
) -> None:
    duty = rule("tongwei", "duties.county_spot_check")
    people = {f"{place}": "乡" for place in range(of)}
    found = sample_findings(duty, [*list(people)[:drawn], "0", "别县"], people)
    shown = [(each.code, each.severity, each.clause, each.inputs["drawn"], each.inputs["due"]) for each in found]
    assert shown == ([("sample_short", "block", "TW-20-4", drawn, due)] if short else [])
    assert duty.sample.of == "person"


BODIES = ["dispatch_unit", "county_org_dept", "county_personnel", "township_party_committee"]
EVENTS = [
    ("must_talk", "talk", {"思想异常", "岗位变动", "遭遇挫折", "违规违纪"}, "TW-37-2"),
    ("must_visit", "visit", {"突出贡献", "生病住院", "家庭变故", "生活困难"}, "TW-37-3"),
]


@pytest.mark.parametrize(
    ("key", "matter", "words", "clause"),
    [pytest.param(*row, marks=pytest.mark.clause(row[-1])) for row in EVENTS],
)
def test_four_events_open_a_talk_or_a_visit_that_any_of_the_bodies_closes(
    rule: Any, key: str, matter: str, words: set[str], clause: str
) -> None:
    duty = rule("tongwei", f"duties.{key}")
    day = date(2019, 6, 3)
    assert (set(duty.on_events.values()), duty.matter, duty.modality, duty.clause) == (words, matter, "must", clause)
    owed = event_occurrences(duty, [Happened(day, word) for word in (*duty.on_events, "promotion")])
    assert [(each.event, each.due) for each in owed] == [(word, None) for word in duty.on_events]  # no time is set
    assert (offices(duty.who), duty.each) == (BODIES, False)
    for each in owed:
        assert fulfilment(duty, each, [Recorded(day - timedelta(days=1))], on=date(2019, 12, 31)).state == "open"
        for body in BODIES:
            found = fulfilment(duty, each, [Recorded(day, by=body)], on=day)
            assert (found.state, found.done, found.due) == ("met", 1, 1)


def now_and_then(duty: Duty, acts: list[Recorded], **more: Any) -> Fulfilled:
    """A duty without a period looked at over the year: it is never owed, but what is missing can be shown."""
    assert (occurrences(duty, YEAR), duty.judged, "window" in duty.left_open) == ((), False, True)
    return looked_at(duty, Occurrence(YEAR, None, None, judged=False), acts, **more)


@pytest.mark.clause("TW-7-3")
def test_reports_of_progress_now_and_then_go_to_four_recipients(rule: Any) -> None:
    to = ["county_org_dept", "county_poverty_office", "township_party_committee", "dispatch_unit"]
    duty = rule("tongwei", "duties.progress_report")
    found = now_and_then(duty, [Recorded(date(2019, 3, 1), to=frozenset({to[0], "township_chief_captain"}))])
    assert (found.state, found.done, found.due, found.missing) == ("information", 1, 4, tuple(to[1:]))
    assert now_and_then(duty, [Recorded(date(2019, 3, 1), to=frozenset(to))]).state == "met"


@pytest.mark.clause("TW-37-1")
def test_each_of_the_bodies_talks_with_each_cadre_from_time_to_time(rule: Any) -> None:
    duty = rule("tongwei", "duties.care_talk")
    found = now_and_then(duty, [Recorded(date(2019, 3, 1), by=body) for body in BODIES[:3]])
    assert (found.state, found.done, found.due, found.missing) == ("information", 3, 4, (BODIES[3],))
    assert (duty.per, duty.matter) == ("person", "talk")


@pytest.mark.clause("TW-23-1", "TW-23-2")
def test_the_poverty_office_trains_all_cadres_of_the_county_without_a_date(rule: Any) -> None:
    duty = rule("tongwei", "duties.training")
    names = ["甲", "乙", "丙"]
    acts = [Recorded(date(2019, 3, 1), subject=name) for name in names[:2]]
    found = now_and_then(duty, acts, subjects=names)
    assert (found.state, found.done, found.due, found.missing) == ("information", 2, 3, ("丙",))
    assert (offices(duty.who), duty.per) == (["county_poverty_office"], "county")


@pytest.mark.parametrize(
    ("key", "who", "per", "matter"),
    [
        pytest.param("plan_publication", "team", "team", "publication", marks=pytest.mark.clause("TW-15-2")),
        pytest.param("unit_spot_check", "dispatch_unit", "unit", "spot_check", marks=pytest.mark.clause("TW-12-1")),
    ],
)
def test_what_is_only_said_to_be_regular_is_counted_and_never_short(
    rule: Any, key: str, who: str, per: str, matter: str
) -> None:
    duty = rule("tongwei", f"duties.{key}")
    assert (offices(duty.who), duty.per, duty.matter) == ([who], per, matter)
    assert [now_and_then(duty, [Recorded(date(2019, 5, 5))] * count)[:3] for count in (0, 2)] == [
        ("information", 0, 1), ("met", 2, 1),
    ]  # fmt: skip
