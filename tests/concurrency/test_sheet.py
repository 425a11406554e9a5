"""Two people on one sheet: different cells merge, the same cell is a visible conflict, nothing is lost.

Source: design.md decision 1, security.md K1.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from apps.attendance.services import LineEdit, SaveResult, sheet_save
from tests.concurrency.conftest import MONTH, Town
from tests.concurrency.together import together


def saving(
    town: Town, actor: str, posting: int, version: int, cells: dict[int, tuple[str, str]]
) -> Callable[[], SaveResult]:
    by = getattr(town, actor)
    return lambda: sheet_save(actor=by, area=town.area, month=MONTH, edits=[LineEdit(posting, version, cells)])


def test_different_cells_of_one_line_merge(town_make: Callable[[int], Town]) -> None:
    town = town_make(0)
    who = town.people[0].pk
    for day in range(1, 11):
        version = town.version(who)
        results = together(
            town.scope,
            [
                saving(town, "clerk", who, version, {day: ("V", "T")}),
                saving(town, "colleague", who, version, {day + 15: ("V", "L")}),
            ],
        )
        assert [result.saved for result in results] == [[who], [who]]
        assert [result.conflicts for result in results] == [[], []]
        cells = town.cells()[who]
        assert (cells[day - 1], cells[day + 14]) == ("T", "L")
        assert town.version(who) == version + 2


def test_the_same_cell_is_a_conflict_that_names_the_other(town_make: Callable[[int], Town]) -> None:
    town = town_make(0)
    who = town.people[0].pk
    for day in range(1, 11):
        version = town.version(who)
        first, second = together(
            town.scope,
            [
                saving(town, "clerk", who, version, {day: ("V", "T")}),
                saving(town, "colleague", who, version, {day: ("V", "L")}),
            ],
        )
        won, lost, mark = (first, second, "T") if first.saved else (second, first, "L")
        assert (won.saved, won.conflicts, lost.saved) == ([who], [], [])
        [conflict] = lost.conflicts
        assert (conflict.day, conflict.theirs) == (day, mark)
        assert conflict.by == (town.clerk.name if mark == "T" else town.colleague.name)
        assert town.cells()[who][day - 1] == mark


def test_the_same_mark_typed_by_both_is_no_conflict(town_make: Callable[[int], Town]) -> None:
    town = town_make(0)
    who = town.people[0].pk
    version = town.version(who)
    results = together(
        town.scope, [saving(town, actor, who, version, {5: ("V", "L")}) for actor in ("clerk", "colleague")]
    )
    assert sorted(len(result.saved) for result in results) == [0, 1]
    assert all(not result.conflicts for result in results)
    assert town.cells()[who][4] == "L"


def test_no_edit_of_three_people_is_lost_without_a_word(town_make: Callable[[int], Town]) -> None:
    """For every cell that several changed from the same state, one has his mark in it and all others are told."""
    town, dice = town_make(0), Random(7)
    for _ in range(30):
        who = dice.choice(town.people).pk
        version, before = town.version(who), town.cells()[who]
        edits = []
        for actor in ("clerk", "colleague", "clerk"):
            days = dice.sample(range(1, MONTH.days + 1), 4)
            edits.append((actor, {day: (before[day - 1], dice.choice("VTMNLR")) for day in days}))
        results = together(town.scope, [saving(town, actor, who, version, cells) for actor, cells in edits])
        after = town.cells()[who]
        for (_, cells), result in zip(edits, results, strict=True):
            told = {conflict.day: conflict.theirs for conflict in result.conflicts}
            assert not result.errors
            for day, (_, typed) in cells.items():
                if day in told:
                    assert told[day] not in (before[day - 1], typed)
                else:
                    assert after[day - 1] == typed or typed == before[day - 1], (day, typed, before, after)


def test_saving_again_what_was_saved_changes_nothing(town_make: Callable[[int], Town]) -> None:
    town = town_make(0)
    who = town.people[0].pk
    version = town.version(who)
    acts = [saving(town, "clerk", who, version, {3: ("V", "T"), 4: ("V", "T")}) for _ in range(4)]
    results = together(town.scope, acts)
    assert all(not result.conflicts and not result.errors for result in results)
    assert town.version(who) == version + 1
