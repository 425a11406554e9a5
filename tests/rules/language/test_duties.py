"""Duties: when they fall due, by a wall calendar, and what the linter tells."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from apps.rules.language.conditions import Happened
from apps.rules.language.duties import Duty, DutyDue, faults
from apps.rules.language.fulfilment import event_occurrences, occurrences
from apps.rules.language.windows import Stretch

PACK = Path(__file__).parent.parent / "packs" / "shixi" / "duties.yaml"
READ = TypeAdapter(dict[str, Duty])
RULES = READ.validate_python(yaml.safe_load(PACK.read_text("utf-8"))["duties"])


def span(first: str, last: str) -> Stretch:
    return Stretch(date.fromisoformat(first), date.fromisoformat(last))


YEAR = span("2026-01-01", "2026-12-31")


def test_the_pack_has_no_fault() -> None:
    assert list(faults(RULES)) == []


@pytest.mark.parametrize(
    ("due", "window", "day"),
    [
        ({"weekday": 5}, ("2026-03-02", "2026-03-08"), "2026-03-06"),
        ({"weekday": 5}, ("2026-03-01", "2026-03-31"), "2026-03-27"),
        ({"weekday": 2}, ("2026-03-01", "2026-03-31"), "2026-03-31"),
        ({"weekday": 1, "of": "next_month"}, ("2026-03-01", "2026-03-31"), "2026-04-06"),
        ({"day": 30}, ("2026-02-01", "2026-02-28"), "2026-02-28"),
        ({"day": 30}, ("2026-03-01", "2026-03-31"), "2026-03-30"),
        ({"day": 5, "of": "next_month"}, ("2026-12-01", "2026-12-31"), "2027-01-05"),
        ({"day": 10, "of": "next_month"}, ("2026-04-01", "2026-06-30"), "2026-07-10"),
        ({"day": 10, "of": "same_month"}, ("2026-04-01", "2026-06-30"), "2026-06-10"),
        ({"day": 10, "of": "same_month", "after": "period_first"}, ("2026-04-01", "2026-06-30"), "2026-04-10"),
        ({"days": 0}, ("2026-04-01", "2026-06-30"), "2026-06-30"),
        ({"days": 5, "before": "period_last"}, ("2026-04-01", "2026-06-30"), "2026-06-25"),
        ({"workdays": 3}, ("2026-03-01", "2026-03-31"), "2026-04-03"),
        ({"month_day": "11-30"}, ("2026-01-01", "2026-12-31"), "2026-11-30"),
        ({"weekday": 7, "roll": "previous_workday"}, ("2026-03-02", "2026-03-08"), "2026-03-06"),
    ],
)
def test_the_due_day_of_a_window(due: dict[str, Any], window: tuple[str, str], day: str) -> None:
    assert DutyDue.model_validate(due).on(span(*window)) == date.fromisoformat(day)


def test_a_monthly_duty_is_owed_for_each_month_and_due_in_the_next() -> None:
    found = occurrences(RULES["month_report"], span("2026-01-01", "2026-04-30"))
    assert [(each.window.first.month, each.due, each.at) for each in found] == [
        (1, date(2026, 2, 5), "18:00"),
        (2, date(2026, 3, 5), "18:00"),
        (3, date(2026, 4, 6), "18:00"),  # 5 April is a Sunday
        (4, date(2026, 5, 5), "18:00"),
    ]


def test_months_that_the_post_covers_in_part_only_inform() -> None:
    found = occurrences(RULES["month_report"], YEAR, posted=span("2026-03-10", "2026-05-31"))
    assert [(each.window.first.month, each.judged) for each in found] == [(3, False), (4, True), (5, True)]
    assert occurrences(RULES["month_report"], YEAR, posted=span("2027-01-01", "2027-05-31")) == ()


def test_a_week_without_a_workday_is_left_out() -> None:
    def is_work(day: date) -> bool:  # the week from 16 to 22 February is a holiday
        return day.weekday() < 5 and not date(2026, 2, 16) <= day <= date(2026, 2, 22)

    found = occurrences(RULES["week_meeting"], span("2026-02-09", "2026-03-01"), is_work=is_work)
    assert [each.due for each in found] == [date(2026, 2, 13), date(2026, 2, 27)]


def test_windows_may_run_from_the_first_day_in_post() -> None:
    found = occurrences(
        RULES["two_month_research"], span("2026-01-01", "2026-07-01"), posted=span("2025-12-31", "2027-12-30")
    )
    assert [each.window for each in found] == [
        span("2025-12-31", "2026-02-27"),  # two months later is 28 February, the last day that February has
        span("2026-02-28", "2026-04-29"),
        span("2026-04-30", "2026-06-29"),
        span("2026-06-30", "2026-08-30"),
    ]
    assert all(each.judged for each in found)
    calendar = RULES["two_month_research"].model_copy(update={"counted_from": "calendar"})
    assert [each.window.first.month for each in occurrences(calendar, span("2026-01-01", "2026-06-30"))] == [1, 3, 5]


def test_windows_may_run_from_a_stated_day() -> None:
    raw = {
        "label": "两年一表彰",
        "matter": "award",
        "who": "city_office",
        "window": {"of": "year", "every": 2},
        "clause": "SX-1",
    }
    found = occurrences(Duty.model_validate({**raw, "anchor": "2021-07-01"}), span("2024-01-01", "2026-12-31"))
    assert [each.window for each in found] == [span("2023-07-01", "2025-06-30"), span("2025-07-01", "2027-06-30")]
    assert occurrences(Duty.model_validate({**raw, "anchor": "2027-01-01"}), span("2024-01-01", "2026-12-31")) == ()
    with pytest.raises(ValueError, match="任期"):
        occurrences(Duty.model_validate(raw), span("2024-01-01", "2026-12-31"))


def test_outside_its_season_a_duty_is_not_owed() -> None:
    duty = Duty.model_validate(
        {
            "label": "农忙指导",
            "matter": "training",
            "who": "agri_technician",
            "window": "month",
            "applies": {"seasons": [{"first": "03-15", "last": "05-10"}]},
            "clause": "SX-18-1",
        }
    )
    assert [each.window.first.month for each in occurrences(duty, YEAR)] == [3, 4, 5]


def test_an_open_window_is_never_owed() -> None:
    assert occurrences(RULES["heart_talk"], YEAR) == ()
    assert not RULES["heart_talk"].judged


def test_events_are_owed_a_visit_each_within_their_days() -> None:
    events = [
        Happened(date(2026, 3, 5), "ill"),
        Happened(date(2026, 3, 6), "promotion"),
        Happened(date(2026, 3, 6), "hardship"),
    ]
    found = event_occurrences(RULES["five_visits"], events)
    assert [(each.event, each.due) for each in found] == [("ill", date(2026, 3, 10)), ("hardship", date(2026, 3, 11))]


@given(st.dates(date(2024, 1, 1), date(2026, 12, 31)), st.integers(0, 900))
def test_windows_from_the_post_tile_it_without_gap(first: date, length: int) -> None:
    posted = Stretch(first, date.fromordinal(first.toordinal() + length))
    found = occurrences(RULES["two_month_research"], posted, posted=posted)
    assert found[0].window.first == first
    assert found[-1].window.last >= posted.last
    for one, other in pairwise(found):
        assert (other.window.first - one.window.last).days == 1


BASE = {"label": "一", "matter": "visit", "who": "team", "window": "month"}


@pytest.mark.parametrize(
    ("written", "word", "place"),
    [
        ({"window": None}, "多久一次", ()),
        ({"on_events": {"ill": "病"}}, "只能写一个", ("on_events",)),
        ({"window": "event"}, "没有期间", ("window",)),
        ({"counted_from": "posting", "anchor": "2026-01-01"}, "起算日", ("anchor",)),
        ({"who": []}, "由谁做", ()),
        ({"each": True}, "写不上“各”", ("each",)),
        ({"to_each": True}, "送给谁", ("to_each",)),
        ({"without_evidence": "does_not_count"}, "凭据", ("without_evidence",)),
        ({"due": {"weekday": 5, "day": 3}}, "星期几", ("due",)),
        ({"due": {}}, "空的", ("due",)),
        ({"due": {"days": 3, "after": "submit"}}, "没有叫“submit”", ("due",)),
        ({"times": {"at_least": 3, "up_to": 2}}, "空的", ("times",)),
        ({"times": {}}, "没有写几次", ("times",)),
        ({"covers": {"of": "household"}}, "一个也没有", ("covers",)),
        ({"covers": {"of": "household", "number": 3, "every": True}}, "number、every", ("covers",)),
        ({"sample": {"of": "person", "number": 3, "strata": {"by": "unit"}}}, "其中一个", ("sample", "strata")),
        ({"counts_for": ["two"]}, "没有另一项", ("counts_for", 0)),
        ({"to": {"relation": "principal"}}, "没有说是谁的", ("to", 0)),
    ],
)
def test_the_linter_tells_what_is_wrong(written: dict[str, Any], word: str, place: tuple[Any, ...]) -> None:
    found = list(faults(READ.validate_python({"one": {**BASE, **written}})))
    assert [(path, word in message) for path, message, _ in found] == [(("duties", "one", *place), True)], found
