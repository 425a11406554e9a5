"""Point accounts: base, items with their own caps, floor, cap, reset, and what goes into another score."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.rules.exact import plain
from apps.rules.language.points import Entry, PointAccount, balance, faults, transferred
from apps.rules.language.vocabularies import Vocabulary
from apps.rules.trace import recompute
from tests.rules.language.qinghe import rules, spoiled

ACCOUNTS = rules("accounts", PointAccount)
KINDS = [word.word for word in rules("vocabularies", Vocabulary)["event_kinds"].words]
SCORES = ["yearly_score", "team_score"]
YEAR = ACCOUNTS["yearly_points"]


def booked(*entries: tuple[Any, ...]) -> list[Entry]:
    return [Entry(item, date.fromisoformat(day), *more) for item, day, *more in entries]


@pytest.mark.parametrize(
    ("entries", "on", "expected"),
    [
        ([], "2026-12-31", 80),
        ([("praised", "2026-03-01")], "2026-12-31", 85),
        ([("praised", "2026-03-01", 2)], "2026-12-31", 90),
        ([("praised", "2026-03-01", 2), ("praised", "2026-04-01")], "2026-12-31", 92),  # at most 12
        ([("complaint", "2026-03-01")], "2026-12-31", "77.5"),
        ([("praised", "2026-01-01"), ("complaint", "2026-03-01", 3)], "2026-12-31", 79),  # at most 6
        ([("complaint", "2026-03-01", 3)], "2026-12-31", 76),  # the whole at least 76
        ([("praised", "2026-03-01"), ("complaint", "2026-05-01")], "2026-12-31", "82.5"),
        ([("praised", "2026-03-01"), ("complaint", "2026-05-01")], "2026-04-30", 85),
        ([("praised", "2025-12-31"), ("complaint", "2026-01-01")], "2026-12-31", "77.5"),  # a new year begins anew
        ([("special", "2026-03-01", 1, Decimal("4.5"))], "2026-12-31", "84.5"),
        ([("special", "2026-03-01", 1, 1)], "2026-12-31", 81),
        ([("special", "2026-03-01", 2, 10), ("praised", "2026-03-01")], "2026-12-31", 100),  # the whole at most 100
    ],
)
def test_points_of_a_year_by_hand(entries: list[tuple[Any, ...]], on: str, expected: Any) -> None:
    found = balance(YEAR, booked(*entries), date.fromisoformat(on))
    assert plain(found.value) == expected
    assert recompute(json.loads(json.dumps(found.trace))) == expected


@pytest.mark.parametrize(("households", "expected"), [(37, "3.7"), (200, 20), (250, 20)])
def test_a_team_gathers_points_in_its_quarter(households: int, expected: Any) -> None:
    entries = booked(("households", "2026-05-01", households), ("households", "2026-03-31", 90))
    assert plain(balance(ACCOUNTS["team_points"], entries, date(2026, 6, 30)).value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [(80, 0), (84, 2), (Decimal("90.5"), 5), (90, 5), (89, "4.5"), (74, -3), (60, -5), (70, -5)],
)
def test_what_was_won_or_lost_goes_into_the_score_by_half_and_five_at_most(value: Any, expected: Any) -> None:
    found = transferred(YEAR, "yearly_score", value)
    assert plain(found.value) == expected == recompute(found.trace)


def test_a_balance_goes_over_whole_where_nothing_else_is_said() -> None:
    assert transferred(ACCOUNTS["team_points"], "team_score", Decimal("3.7")).value == Decimal("3.7")
    with pytest.raises(ValueError, match="不计入"):
        transferred(YEAR, "quarter_score", 80)


@pytest.mark.parametrize(
    ("entry", "says"),
    [
        (("prised", "2026-03-01"), "没有“prised”"),
        (("special", "2026-03-01"), "要写分数"),
        (("special", "2026-03-01", 1, 11), "要写分数"),
        (("special", "2026-03-01", 1, Decimal("0.5")), "要写分数"),
        (("praised", "2026-03-01", 1, 6), "每次 5 分"),
    ],
)
def test_a_booking_that_the_items_do_not_allow_is_refused(entry: tuple[Any, ...], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        balance(YEAR, booked(entry), date(2026, 12, 31))


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["praised", "complaint"]), st.integers(1, 5)), max_size=8))
def test_no_item_moves_more_than_its_cap_and_the_account_stays_between_its_ends(moves: list[tuple[str, int]]) -> None:
    entries = [Entry(item, date(2026, 5, 1), times) for item, times in moves]
    found = balance(YEAR, entries, date(2026, 12, 31))
    assert 76 <= found.value <= 92
    assert recompute(found.trace) == plain(found.value)


@pytest.mark.parametrize(
    ("at", "value", "place", "says"),
    [
        (("items", "praised", "points"), ..., ("items", "praised"), "只写一个"),
        (("items", "special", "points"), 3, ("items", "special"), "只写一个"),
        (("items", "praised", "points"), 0, ("items", "praised", "points"), "0 分"),
        (("items", "praised", "cap"), 4, ("items", "praised", "cap"), "小于一次"),
        (("items", "praised", "cap"), -4, ("items", "praised", "cap"), "应大于 0"),
        (("items", "praised", "events"), ["prized"], ("items", "praised", "events", 0), "没有“prized”"),
        (("transfers", 0, "preset"), True, ("transfers", 0), "没有说明取哪种理解"),
        (("base",), 101, ("base",), "不在最低分和最高分之间"),
        (("floor",), 101, ("floor",), "高于最高"),
        (("transfers", 0, "into"), "year", ("transfers", 0, "into"), "没有叫“year”"),
    ],
)
def test_what_is_wrong_with_an_account_is_told_at_its_place(
    at: tuple[Any, ...], value: Any, place: tuple[Any, ...], says: str
) -> None:
    spoilt = spoiled("accounts", "yearly_points", PointAccount, at, value)
    ((path, message, instead),) = faults(spoilt, scores=SCORES, kinds=KINDS)
    assert path == ("yearly_points", *place)
    assert says in message
    assert instead


def test_the_shipped_example_has_no_faults() -> None:
    assert list(faults(ACCOUNTS, scores=SCORES, kinds=KINDS)) == []
