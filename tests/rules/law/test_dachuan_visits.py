"""达川委办〔2017〕96号 一、四: households to be visited, and what is owed when something happens or without a window."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from apps.rules.language.conditions import Happened
from apps.rules.language.fulfilment import Recorded, credited, event_occurrences, fulfilment, occurrences, share_due
from apps.rules.language.parts import severity_of
from apps.rules.language.selectors import Case
from apps.rules.language.windows import Stretch
from tests.rules.law.dachuan_case import Find

YEAR = Stretch(date(2026, 1, 1), date(2026, 12, 31))
AFTER = date(2027, 1, 1)
HOUSES = [f"{number:03}" for number in range(1, 102)]


def visited(houses: list[str], day: date = date(2026, 1, 31)) -> list[Recorded]:
    return [Recorded(day, subject=house) for house in houses]


def in_poor_villages_only(duty: Any) -> bool:
    answers = [duty.applies.matches(Case(village_classes=frozenset({kind}))) for kind in ("poor", "non_poor")]
    return answers == [True, False]


@pytest.mark.parametrize(
    ("listed", "due"),
    [(100, 30), (101, 31), (99, 30), (10, 3), (11, 4), (3, 1), (0, 0)],
)
@pytest.mark.clause("DC-1.1.1-3")
def test_the_liaison_leader_visits_thirty_percent_of_the_poor_households_a_year(
    rule: Find, listed: int, due: int
) -> None:
    duty = rule("dachuan", "duties.liaison_household_visits")
    assert (duty.roles, duty.covers.of, duty.covers.read_on) == (("liaison_leader",), "poor_household", "first")
    assert in_poor_villages_only(duty)
    (year,) = occurrences(duty, YEAR)
    assert year.window == YEAR
    enough = fulfilment(duty, year, visited(HOUSES[:due]), on=AFTER, subjects=HOUSES[:listed])
    assert (enough.state, enough.due) == ("met", due)
    if due:
        again = visited([*HOUSES[: due - 1], *HOUSES[: due - 1]])  # the same ones twice
        short = fulfilment(duty, year, again, on=AFTER, subjects=HOUSES[:listed])
        assert (short.state, short.done) == ("short", due - 1)
        assert [(one.severity, one.clause) for one in short.findings] == [("block", "DC-1.1.1-3")]


@pytest.mark.parametrize(
    ("listed", "number", "state", "due"),
    [(80, 30, "met", 30), (80, 29, "short", 30), (80, 31, "met", 30), (12, 12, "met", 12), (12, 11, "short", 12)],
)
@pytest.mark.clause("DC-1.1.4-7")
def test_the_first_secretary_of_a_poor_village_visits_thirty_households_a_month(
    rule: Find, listed: int, number: int, state: str, due: int
) -> None:
    duty = rule("dachuan", "duties.household_visits")
    assert (duty.roles, duty.covers.of, in_poor_villages_only(duty)) == (("first_secretary",), "household", True)
    months = occurrences(duty, YEAR)
    assert (len(months), months[0].window.last) == (12, date(2026, 1, 31))
    acts = visited(HOUSES[:number]) + visited(HOUSES[number:listed], date(2026, 2, 1))
    found = fulfilment(duty, months[0], acts, on=AFTER, subjects=HOUSES[:listed])
    assert (found.state, found.done, found.due) == (state, number, due)
    assert [(one.severity, one.clause) for one in found.findings] == ([("block", "DC-1.1.4-7")] * (state == "short"))


@pytest.mark.parametrize(
    ("houses", "day", "state", "missing"),
    [
        (["001", "002", "003"], date(2026, 3, 31), "met", ()),
        (["001", "003"], date(2026, 3, 31), "short", ("002",)),
        (["001", "002", "003"], date(2026, 4, 1), "short", ("001", "002", "003")),
    ],
)
@pytest.mark.clause("DC-1.1.4-8")
def test_every_poor_household_is_visited_once_a_quarter(
    rule: Find, houses: list[str], day: date, state: str, missing: tuple[str, ...]
) -> None:
    duty = rule("dachuan", "duties.every_poor_household")
    assert (duty.roles, duty.covers.of, duty.covers.read_on) == (("first_secretary",), "poor_household", "last")
    assert in_poor_villages_only(duty)
    quarters = occurrences(duty, YEAR)
    assert [each.window.first.month for each in quarters] == [1, 4, 7, 10]
    found = fulfilment(duty, quarters[0], visited(houses, day), on=AFTER, subjects=HOUSES[:3])
    assert (found.state, found.due, found.missing) == (state, 3, missing)
    assert [(one.severity, one.clause) for one in found.findings] == ([("block", "DC-1.1.4-8")] if missing else [])


@pytest.mark.clause("DC-1.1.4-7")
def test_a_visit_to_a_poor_household_is_also_one_of_the_thirty(rule: Find) -> None:
    keys = ("household_visits", "every_poor_household")
    rules = {key: rule("dachuan", f"duties.{key}") for key in keys}
    acts = {"household_visits": visited(["001"]), "every_poor_household": visited(["002", "003"])}
    assert [len(credited(rules, key, acts)) for key in keys] == [3, 2]


@pytest.mark.parametrize(
    ("key", "role", "classes"),
    [
        pytest.param(
            "credit_coverage",
            "credit_officer",
            {"poor", "non_poor"},
            marks=pytest.mark.clause("DC-1.1.7-1", "DC-1.2.5-1"),
        ),
        pytest.param(
            "poor_household_coverage", "first_secretary", {"non_poor"}, marks=pytest.mark.clause("DC-1.2.1-2")
        ),
    ],
)
def test_full_coverage_without_a_period_asks_for_all_and_is_never_short(
    rule: Find, key: str, role: str, classes: set[str]
) -> None:
    duty = rule("dachuan", f"duties.{key}")
    assert {kind for kind in ("poor", "non_poor") if duty.applies.matches(Case(
        frozenset({role}), frozenset({kind})
    ))} == classes  # fmt: skip
    assert (duty.roles, duty.covers.of) == ((role,), "poor_household")
    assert [share_due(duty.covers, whole) for whole in (0, 1, 7, 250)] == [0, 1, 7, 250]
    assert (occurrences(duty, YEAR), duty.judged) == ((), False)


@pytest.mark.parametrize("word", ["low_spirits", "ill", "injured", "family_hardship", "work_hardship"])
@pytest.mark.clause("DC-4.3-5")
def test_each_of_five_situations_is_a_visit_that_stays_open_until_it_is_made(rule: Find, word: str) -> None:
    duty = rule("dachuan", "duties.must_visit")
    assert ([actor.resolved({}) for actor in duty.who], duty.per) == (["dispatch_unit"], "person")
    assert (len(duty.on_events), severity_of(duty.modality)) == (5, "block")
    (owed,) = event_occurrences(duty, [Happened(date(2026, 5, 12), word), Happened(date(2026, 5, 12), "promoted")])
    assert (owed.event, owed.due) == (word, None)
    assert fulfilment(duty, owed, [], on=date(2036, 1, 1)).state == "open"
    assert fulfilment(duty, owed, [Recorded(date(2026, 5, 11))], on=AFTER).state == "open"
    assert fulfilment(duty, owed, [Recorded(date(2026, 5, 12))], on=AFTER).state == "met"


@pytest.mark.clause("DC-1.1.5-6")
def test_each_key_farming_date_asks_the_technician_for_a_training_in_the_village(rule: Find) -> None:
    duty = rule("dachuan", "duties.farming_season_training")
    assert (duty.roles, duty.matter, in_poor_villages_only(duty)) == (("agri_technician",), "training", True)
    dates = [Happened(date(2026, 3, 5), "key_farming_date"), Happened(date(2026, 9, 20), "key_farming_date")]
    owed = event_occurrences(duty, dates)
    assert [(each.window.first, each.due) for each in owed] == [(each.day, None) for each in dates]
    assert [fulfilment(duty, each, [Recorded(date(2026, 3, 6))], on=AFTER).state for each in owed] == ["met", "open"]
    assert severity_of(duty.modality) == "block"
    assert event_occurrences(duty, []) == ()  # a list that is empty asks for nothing


@pytest.mark.parametrize(
    ("key", "who", "classes"),
    [
        pytest.param(
            "unit_care_talk",
            {"dispatch_unit"},
            ["poor", "non_poor"],
            marks=pytest.mark.clause("DC-1.1.2-6", "DC-4.3-6"),
        ),
        pytest.param("village_meetings", {"first_secretary"}, ["poor"], marks=pytest.mark.clause("DC-1.1.4-6")),
        pytest.param("regular_visits", {"first_secretary"}, ["poor"], marks=pytest.mark.clause("DC-1.1.4-9")),
        pytest.param(
            "unannounced_checks",
            {"county_inspection_group"},
            ["poor", "non_poor"],
            marks=pytest.mark.clause("DC-2.4-2"),
        ),
    ],
)
def test_what_is_owed_from_time_to_time_has_no_window_and_is_never_short(
    rule: Find, key: str, who: set[str], classes: list[str]
) -> None:
    duty = rule("dachuan", f"duties.{key}")
    assert {*(duty.roles or ()), *(actor.resolved({}) for actor in duty.who)} == who
    assert [
        kind for kind in ("poor", "non_poor") if duty.applies.matches(Case(village_classes=frozenset({kind})))
    ] == classes
    assert (occurrences(duty, YEAR), duty.judged) == ((), False)
    assert severity_of(duty.modality) == "block"  # it is owed all the same


@pytest.mark.clause("DC-1.1.2-6", "DC-4.3-6")
def test_each_cadre_is_talked_with_by_himself(rule: Find) -> None:
    duty = rule("dachuan", "duties.unit_care_talk")
    assert (duty.per, duty.matter) == ("person", "talk")
    assert {"思想动态"} < set(duty.content)


@pytest.mark.clause("DC-1.1.4-6")
def test_both_village_committees_are_called_to_the_first_secretarys_meetings(rule: Find) -> None:
    duty = rule("dachuan", "duties.village_meetings")
    assert {actor.resolved({}) for actor in duty.attendees} == {"village_branch", "village_committee"}


@pytest.mark.parametrize(
    ("role", "village", "looked_at"),
    [
        ("first_secretary", "poor", True),
        ("member", "poor", True),
        ("leader", "poor", True),
        ("first_secretary", "non_poor", False),  # ten days a month: no nights are owed
        ("agri_technician", "poor", False),
    ],
)
@pytest.mark.clause("DC-2.4-5")
def test_whose_nights_in_the_village_are_checked(rule: Find, role: str, village: str, looked_at: bool) -> None:
    duty = rule("dachuan", "duties.night_check")
    assert duty.applies.matches(Case(frozenset({role}), frozenset({village}))) is looked_at
    assert {actor.resolved({}) for actor in duty.who} == {"county_inspection_group"}
    assert (occurrences(duty, YEAR), duty.judged) == ((), False)  # how often is not said
