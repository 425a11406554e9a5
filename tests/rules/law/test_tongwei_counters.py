"""通办发〔2018〕35号, articles 7, 37, 39 and 40: what is counted, and what two in a row or the first one lead to."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from apps.rules.language.counters import Event, count
from apps.rules.language.formulas import evaluate
from apps.rules.language.ladders import climbing, proposals
from apps.rules.language.proposals import Occasion, Proposal
from apps.rules.language.windows import Stretch
from apps.rules.trace import recompute

Rules = Callable[[str, str], Any]
TERM = Stretch(date(2025, 3, 1), date(2027, 2, 28))
DECIDER = ("org_dept_at_level", "unit")
OCCASION = Occasion(
    event=date(2026, 5, 10),
    decided=date(2026, 6, 1),
    subjects={"person": "p1", "unit": "u1", "village": "v1"},
    related={DECIDER: "市委组织部"},
)
LADDERS = {
    "checks_absent_in_row": "recall_checks_absent",
    "months_short_in_row": "recall_months_short",
    "absent_at_leader_visit": "absent_at_visit",
    "illness": "illness_replacement",
    "villages_without_secretary": "village_secretary",
    "recalls": "recalled",
}


def happened(kind: str, *days: str, excused: bool = False) -> list[Event]:
    who = {"person": "p1", "village": "v1"}
    return [Event(kind, date.fromisoformat(day), excused=excused, subjects=who) for day in days]


@pytest.fixture
def number(rule: Rules) -> Callable[..., int]:
    def of(key: str, events: list[Event], on: str = "2026-12-31", who: str = "p1") -> int:
        found = count(rule("tongwei", f"counters.{key}"), events, date.fromisoformat(on), who, term=TERM)
        assert recompute(found.trace) == found.number
        return found.number

    return of


@pytest.fixture
def proposed(rule: Rules, number: Callable[..., int]) -> Callable[..., tuple[Proposal, ...]]:
    """What follows from events: the counter's number, carried up the ladder that climbs on it."""

    def of(key: str, events: list[Event], on: str = "2026-12-31", who: str = "p1") -> tuple[Proposal, ...]:
        ladder = rule("tongwei", f"ladders.{LADDERS[key]}")
        assert climbing({"it": ladder}, key)
        return proposals(ladder, number(key, events, on, who), OCCASION)

    return of


def told(found: tuple[Proposal, ...]) -> list[tuple[Any, ...]]:
    return [(one.text, one.who, one.by, one.modality, one.clause) for one in found]


RECALL = ("召回", "p1", ("市委组织部",), "must")


@pytest.mark.clause("TW-39-2")
@pytest.mark.parametrize(
    ("absent", "present", "expected"),
    [
        ([], [], 0),
        (["2026-03-05"], [], 1),
        (["2026-03-05", "2026-04-09"], [], 2),
        (["2026-03-05", "2026-04-09"], ["2026-03-20"], 1),
        (["2026-03-05", "2026-04-09"], ["2026-02-20"], 2),
        (["2026-03-05", "2026-04-09"], ["2026-04-20"], 2),  # found on post later: the two in a row stand
        (["2026-03-05", "2026-03-05"], [], 1),  # two checks of one day
        (["2025-12-30", "2026-01-05"], [], 2),  # over the new year
        (["2025-02-20", "2025-03-05"], [], 1),  # the first lies before this posting
        (["2026-03-05", "2026-04-09", "2026-05-11"], [], 3),
    ],
)
def test_two_checks_in_a_row_away_from_post_are_a_recall(
    number: Callable[..., int],
    proposed: Callable[..., tuple[Proposal, ...]],
    absent: list[str],
    present: list[str],
    expected: int,
) -> None:
    events = [*happened("check_absent", *absent), *happened("check_present", *present)]
    assert number("checks_absent_in_row", events) == expected
    wanted = [(*RECALL, "TW-39-2")] if expected >= 2 else []
    assert told(proposed("checks_absent_in_row", events)) == wanted


@pytest.mark.clause("TW-39-2")
def test_leave_and_trips_at_a_check_neither_count_nor_break_the_row(number: Callable[..., int]) -> None:
    away = happened("check_absent", "2026-04-01", excused=True)
    assert number("checks_absent_in_row", [*happened("check_absent", "2026-03-05"), *away]) == 1
    assert number("checks_absent_in_row", [*happened("check_absent", "2026-03-05", "2026-05-05"), *away]) == 2


@pytest.mark.clause("TW-39-3")
@pytest.mark.parametrize(
    ("months", "on", "expected"),
    [
        ([], "2026-12-31", 0),
        (["2026-03"], "2026-12-31", 1),
        (["2026-03", "2026-04"], "2026-12-31", 2),
        (["2026-03", "2026-05"], "2026-12-31", 1),
        (["2025-12", "2026-01"], "2026-12-31", 2),
        (["2026-03", "2026-04"], "2026-04-27", 1),  # April is not over yet
        (["2025-02", "2025-03"], "2026-12-31", 1),  # February lies before this posting
    ],
)
def test_two_months_in_a_row_below_the_days_due_are_a_recall(
    number: Callable[..., int],
    proposed: Callable[..., tuple[Proposal, ...]],
    months: list[str],
    on: str,
    expected: int,
) -> None:
    events = happened("month_short", *(f"{month}-28" for month in months))
    assert number("months_short_in_row", events, on) == expected
    wanted = [(*RECALL, "TW-39-3")] if expected >= 2 else []
    assert told(proposed("months_short_in_row", events, on)) == wanted


@pytest.mark.clause("TW-39-3")
@pytest.mark.parametrize(
    ("stationed", "recalled"), [((18, 14), True), ((19, 14), False), ((18, 15), False), ((19, 15), False)]
)
def test_the_months_days_are_held_against_what_that_month_owes(
    rule: Rules, proposed: Callable[..., tuple[Proposal, ...]], stationed: tuple[int, int], recalled: bool
) -> None:
    formula = rule("tongwei", "formulas.month_days_due")
    year = {"year_workdays": 248, "posted_days": 30, "month_days": 30}
    owed = [evaluate(formula, {**year, "month_workdays": days}).value for days in (22, 17)]
    assert owed == [19, 15]
    short = [day for day, done, due in zip(("2026-03-31", "2026-04-30"), stationed, owed, strict=True) if done < due]
    found = proposed("months_short_in_row", happened("month_short", *short))
    assert [one.do for one in found] == (["recall"] if recalled else [])


@pytest.mark.clause("TW-40-3")
@pytest.mark.parametrize(
    ("days", "excused", "answers"),
    [
        (["2026-05-10"], False, True),  # once suffices
        (["2026-05-10"], True, False),  # an approved leave or trip
        (["2026-05-09"], False, False),  # another day's visit is a case of its own
        ([], False, False),
    ],
)
def test_one_absence_at_a_leaders_visit_is_called_to_account(
    proposed: Callable[..., tuple[Proposal, ...]], days: list[str], excused: bool, answers: bool
) -> None:
    events = happened("leader_visit_absent", *days, excused=excused)
    found = proposed("absent_at_leader_visit", events, "2026-05-10")
    assert told(found) == ([("问责", "p1", (), "must", "TW-40-3")] if answers else [])


@pytest.mark.clause("TW-37-4")
def test_who_falls_ill_is_replaced_by_the_unit_and_is_neither_recalled_nor_barred(
    proposed: Callable[..., tuple[Proposal, ...]],
) -> None:
    found = proposed("illness", happened("cannot_serve_ill", "2026-05-10"), "2026-05-10")
    assert told(found) == [("另行派人接替", "u1", (), "must", "TW-37-4")]
    assert [(one.due, one.first, one.last) for one in found] == [(None, None, None)]
    assert proposed("illness", happened("cannot_serve_ill", "2026-05-09"), "2026-05-10") == ()


@pytest.mark.clause("TW-7-5")
def test_a_village_without_a_fit_secretary_gets_the_first_secretary(
    proposed: Callable[..., tuple[Proposal, ...]],
) -> None:
    events = happened("no_village_secretary", "2026-05-10")
    found = proposed("villages_without_secretary", events, "2026-05-10", "v1")
    assert told(found) == [("兼任村党组织书记", "first_secretary", (), "must", "TW-7-5")]
    assert proposed("villages_without_secretary", events, "2026-05-10", "v2") == ()


@pytest.mark.clause("TW-39-5", "TW-39-6", "TW-39-7", "TW-39-8")
def test_every_recall_counts_for_itself_and_has_all_its_consequences(
    number: Callable[..., int], proposed: Callable[..., tuple[Proposal, ...]]
) -> None:
    events = happened("recalled", "2025-09-01", "2026-05-10")
    assert [number("recalls", events, on) for on in ("2025-09-01", "2026-05-09", "2026-05-10")] == [1, 0, 1]
    found = proposed("recalls", events, "2026-05-10")
    assert told(found) == [
        ("不得提拔重用、评先评优、评聘高一级职称", "p1", (), "forbidden", "TW-39-5"),
        ("本次驻村时间不计为基层工作经历", "p1", (), "forbidden", "TW-39-6"),
        ("记入本人档案", "p1", (), "must", "TW-39-7"),
        ("另行派人接替", "u1", (), "must", "TW-39-8"),
    ]
    assert [(one.first, one.last) for one in found][:2] == [(date(2026, 6, 1), date(2027, 6, 1)), (None, None)]
