"""What Yulin asks for again and again: meetings, reports, checks, visits, training, commendation."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from apps.rules.language.fulfilment import Occurrence, Recorded, fulfilment, occurrences
from apps.rules.language.selectors import Case
from apps.rules.language.windows import Stretch
from tests.rules.law.telling import tell

YEAR = Stretch(date(2023, 1, 1), date(2023, 12, 31))
MONTHS = [(date(2023, month, 1), date(2023, month % 12 + 1, 1) - timedelta(days=1)) for month in range(1, 12)]
MONTHS += [(date(2023, 12, 1), date(2023, 12, 31))]
QUARTERS = [(first[0], last[1]) for first, last in zip(MONTHS[::3], MONTHS[2::3], strict=True)]
HALVES = [(first[0], last[1]) for first, last in zip(MONTHS[::6], MONTHS[5::6], strict=True)]
NAMES = {
    ("principal", "unit"): "局长",
    ("deputy_in_charge", "unit"): "分管副局长",
    ("township_of", "village"): "某镇",
}


def offices(actors: Any) -> set[str | None]:
    return {actor.resolved(NAMES) for actor in actors}


def row(key: str, windows: list[Any], who: set[str], clause: str, to: set[str] | None = None) -> Any:
    return pytest.param(key, windows, who, to or set(), clause, id=key, marks=pytest.mark.clause(clause))


TEAM = {"team", "first_secretary"}
ONCE = [
    row("city_scheduling_meeting", HALVES, {"city_office"}, "YL-7.2.1-1"),
    row("county_progress_meeting", QUARTERS, {"county_office"}, "YL-7.2.1-2"),
    row("report_to_township", MONTHS, TEAM, "YL-7.2.2-1", {"某镇"}),
    row("half_year_report", HALVES, TEAM, "YL-7.2.2-3", {"county_office"}),
    row("unit_meeting", [tuple(YEAR)], {"dispatch_unit"}, "YL-7.2.2-5"),
    row("township_spot_check", MONTHS, {"township_party_committee"}, "YL-7.2.3-13"),
    row("county_inspection", QUARTERS, {"county_office"}, "YL-7.2.3-14"),
    row("annual_assessment_cadre", [tuple(YEAR)], {"county_office"}, "YL-7.3.1-2"),
    row("yearly_checkup", [tuple(YEAR)], {"dispatch_unit"}, "YL-8.2.2-8"),
    row("city_demonstration_training", [tuple(YEAR)], {"city_office"}, "YL-8.2.3-3"),
    row("two_excellents", [tuple(YEAR)], {"city_office"}, "YL-8.3-7"),
]


@pytest.mark.parametrize(("key", "windows", "who", "to", "clause"), ONCE)
def test_it_is_owed_once_in_every_window_and_overdue_on_the_day_after(
    rule: Any, key: str, windows: list[tuple[date, date]], who: set[str], to: set[str], clause: str
) -> None:
    duty = rule("yulin", f"duties.{key}")
    found = occurrences(duty, YEAR)
    assert [tuple(each.window) for each in found] == windows
    assert (offices(duty.who), offices(duty.to)) == (who, to)
    for each in found:
        last, after = each.window.last, each.window.last + timedelta(days=1)
        assert fulfilment(duty, each, (), on=last).state == "open"
        short = fulfilment(duty, each, (), on=after)
        assert (short.state, short.done, short.due) == ("short", 0, 1)
        assert tell(short.findings) == [("duty_short", "block", clause)]
        done = fulfilment(duty, each, [Recorded(last)], on=after)
        assert (done.state, done.done, done.findings) == ("met", 1, ())
        assert fulfilment(duty, each, [Recorded(after)], on=after).state == "short"


@pytest.mark.parametrize(
    ("key", "content"),
    [
        pytest.param("city_scheduling_meeting", "查找问题、交流经验、全面推进", marks=pytest.mark.clause("YL-7.2.1-1")),
        pytest.param("county_progress_meeting", "掌握进度、发现问题、解决问题", marks=pytest.mark.clause("YL-7.2.1-2")),
        pytest.param(
            "two_excellents", "乡村振兴优秀案例展示、优秀驻村干部事迹报告", marks=pytest.mark.clause("YL-8.3-7")
        ),
        pytest.param("consolation_visits", "了解思想动态、解决后顾之忧", marks=pytest.mark.clause("YL-8.2.3-2")),
    ],
)
def test_what_it_is_for_is_said_as_the_text_says_it(rule: Any, key: str, content: str) -> None:
    assert "、".join(rule("yulin", f"duties.{key}").content) == content


def short_of(duty: Any, window: Occurrence, acts: list[Recorded], *subjects: str) -> tuple[str, int, int, set[str]]:
    """(state, done, due, missing) the day after the window."""
    after = window.window.last + timedelta(days=1)
    found = fulfilment(duty, window, acts, on=after, subjects=subjects, related=NAMES)
    return found.state, found.done, found.due, set(found.missing)


@pytest.mark.clause("YL-7.2.2-2")
def test_each_quarter_the_team_reports_to_every_unit_that_its_people_come_from(rule: Any) -> None:
    duty = rule("yulin", "duties.report_to_unit")
    found = occurrences(duty, YEAR)
    assert [tuple(each.window) for each in found] == QUARTERS
    assert (offices(duty.who), duty.to_each) == (TEAM, True)
    sent = [Recorded(date(2023, 3, 31), to=frozenset({"dispatch_unit"}))]
    assert [short_of(duty, each, sent)[0] for each in found] == ["met", "short", "short", "short"]
    elsewhere = [Recorded(date(2023, 3, 31), to=frozenset({"county_office"}))]
    assert short_of(duty, found[0], elsewhere) == ("short", 0, 1, {"dispatch_unit"})


@pytest.mark.clause("YL-7.2.2-4")
@pytest.mark.parametrize(
    ("heard", "found"),
    [
        ([], ("short", 0, 2, {"王某", "李某"})),
        (["王某"], ("short", 1, 2, {"李某"})),
        (["王某", "王某"], ("short", 1, 2, {"李某"})),
        (["王某", "李某"], ("met", 2, 2, set())),
    ],
)
def test_the_unit_hears_each_of_its_people_every_half_year(rule: Any, heard: list[str], found: Any) -> None:
    duty = rule("yulin", "duties.hear_reports")
    first, second = occurrences(duty, YEAR)
    assert [tuple(first.window), tuple(second.window)] == HALVES
    acts = [Recorded(date(2023, 6, 30), subject=name) for name in heard]
    assert short_of(duty, first, acts, "王某", "李某") == found
    assert short_of(duty, second, acts, "王某", "李某")[0] == "short"
    assert offices(duty.who) == {"dispatch_unit"}


@pytest.mark.clause("YL-7.2.2-6")
@pytest.mark.parametrize(("evidence", "state"), [({"书面汇报"}, "met"), ({"口头汇报"}, "short"), (set(), "short")])
def test_a_coordination_group_reports_each_quarter_in_writing(rule: Any, evidence: set[str], state: str) -> None:
    duty = rule("yulin", "duties.coordination_group_report")
    found = occurrences(duty, YEAR)
    assert [tuple(each.window) for each in found] == QUARTERS
    acts = [Recorded(date(2023, 3, 31), evidence=frozenset(evidence))]
    assert short_of(duty, found[0], acts)[0] == state
    assert short_of(duty, found[1], acts)[0] == "short"
    assert (offices(duty.who), offices(duty.to)) == ({"city_coordination_group"}, {"city_office"})


@pytest.mark.clause("YL-7.2.2-7")
def test_every_member_department_reports_to_the_city_office_each_half_year(rule: Any) -> None:
    duty = rule("yulin", "duties.member_unit_report")
    first, second = occurrences(duty, YEAR)
    assert [tuple(first.window), tuple(second.window)] == HALVES
    acts = [Recorded(date(2023, 6, 30), subject=name) for name in ("组织部", "农办")]
    assert short_of(duty, first, acts, "组织部", "农办") == ("met", 2, 2, set())
    assert short_of(duty, first, acts, "组织部", "农办", "财政局") == ("short", 2, 3, {"财政局"})
    assert (offices(duty.to), duty.content) == ({"city_office"}, ("履职情况",))


@pytest.mark.clause("YL-8.1-11")
@pytest.mark.parametrize(
    ("by", "state", "missing"),
    [
        ([], "short", {"局长", "分管副局长"}),
        (["局长", "局长"], "short", {"分管副局长"}),
        (["局长", "分管副局长"], "met", set()),
        (["办公室主任"], "short", {"局长", "分管副局长"}),
    ],
)
def test_head_and_deputy_of_the_unit_each_go_once_in_half_a_year(
    rule: Any, by: list[str], state: str, missing: set[str]
) -> None:
    duty = rule("yulin", "duties.unit_leader_research")
    first, second = occurrences(duty, YEAR)
    assert [tuple(first.window), tuple(second.window)] == HALVES
    acts = [Recorded(date(2023, 6, 30), by=who, subject="某村") for who in by]
    assert short_of(duty, first, acts) == (state, len({"局长", "分管副局长"} - missing), 2, missing)
    assert short_of(duty, second, acts)[0] == "short"


@pytest.mark.clause("YL-8.1-11")
def test_one_of_them_goes_to_every_village_that_the_unit_is_bound_to(rule: Any) -> None:
    duty = rule("yulin", "duties.bound_village_research")
    first, _ = occurrences(duty, YEAR)
    acts = [Recorded(date(2023, 4, 1), by="局长", subject="甲村")]
    assert short_of(duty, first, acts, "甲村", "乙村") == ("short", 1, 2, {"乙村"})
    assert offices(duty.who) == {"局长", "分管副局长"}


@pytest.mark.clause("YL-8.2.3-2")
@pytest.mark.parametrize(("visits", "state"), [(1, "short"), (2, "met"), (3, "met")])
def test_the_unit_calls_on_each_cadre_twice_a_year(rule: Any, visits: int, state: str) -> None:
    duty = rule("yulin", "duties.consolation_visits")
    (window,) = occurrences(duty, YEAR)
    assert tuple(window.window) == tuple(YEAR)
    acts = [Recorded(date(2023, month + 1, 5)) for month in range(visits)]
    assert short_of(duty, window, acts) == (state, visits, 2, set())
    assert (offices(duty.who), duty.per) == ({"unit_head"}, "person")


@pytest.mark.clause("YL-8.2.3-4")
@pytest.mark.parametrize(
    ("trained", "found"),
    [(["王某"], ("short", 1, 2, {"李某"})), (["王某", "李某"], ("met", 2, 2, set()))],
)
def test_the_county_trains_every_cadre_once_a_year(rule: Any, trained: list[str], found: Any) -> None:
    duty = rule("yulin", "duties.county_training")
    (window,) = occurrences(duty, YEAR)
    assert tuple(window.window) == tuple(YEAR)
    acts = [Recorded(date(2023, 12, 31), subject=name) for name in trained]
    assert short_of(duty, window, acts, "王某", "李某") == found
    assert offices(duty.who) == {"county_office"}


@pytest.mark.clause("YL-8.3-8")
def test_every_two_years_from_the_citys_own_first_round_the_best_are_commended(rule: Any) -> None:
    duty = rule("yulin", "duties.biennial_awards")
    begun = duty.model_copy(update={"anchor": date(2022, 7, 1)})
    span = Stretch(date(2022, 7, 1), date(2026, 6, 30))
    found = [each.window for each in occurrences(begun, span)]
    assert found == [(date(2022, 7, 1), date(2024, 6, 30)), (date(2024, 7, 1), date(2026, 6, 30))]
    held = [Recorded(date(2024, 6, 30))]
    assert [short_of(begun, each, held)[0] for each in occurrences(begun, span)] == ["met", "short"]
    assert "anchor" in duty.left_open
    assert (offices(duty.who), duty.content) == ({"city_office"}, ("优秀第一书记", "优秀工作队员"))


@pytest.mark.clause("YL-8.2.2-9")
def test_insurance_is_taken_out_once_for_the_whole_term(rule: Any) -> None:
    duty = rule("yulin", "duties.accident_insurance")
    term = Stretch(date(2022, 3, 10), date(2024, 3, 9))
    (window,) = occurrences(duty, term, posted=term, term=term)
    assert window.window == term
    assert short_of(duty, window, [])[0] == "short"
    assert short_of(duty, window, [Recorded(date(2022, 3, 10))])[0] == "met"
    assert offices(duty.who) == {"dispatch_unit"}


@pytest.mark.parametrize(
    "key",
    [
        pytest.param("accident_insurance", marks=pytest.mark.clause("YL-8.2.2-9")),
        pytest.param("yearly_checkup", marks=pytest.mark.clause("YL-8.2.2-8")),
    ],
)
def test_checkup_and_insurance_are_for_first_secretaries_and_members(rule: Any, key: str) -> None:
    duty = rule("yulin", f"duties.{key}")
    roles = ("first_secretary", "member", "pairing_cadre")
    assert [duty.applies.matches(Case(roles=frozenset({role}))) for role in roles] == [True, True, False]
    assert duty.per == "person"
