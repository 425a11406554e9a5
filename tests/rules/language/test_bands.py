"""Bands: inclusive ends as written, and the faults a linter must see."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from apps.rules.language.bands import Bounds, band_faults, band_of

GRADES = (Bounds(under=60), Bounds(at_least=60, under=80), Bounds(at_least=80, under="89.5"), Bounds(at_least="89.5"))


@pytest.mark.parametrize(
    ("number", "index"),
    [(0, 0), (59, 0), ("59.99", 0), (60, 1), ("79.9", 1), (80, 2), ("89.49", 2), ("89.5", 3), (100, 3)],
)
def test_each_number_falls_in_the_band_whose_ends_take_it_in(number: int | str, index: int) -> None:
    assert band_of(Decimal(number), GRADES) is GRADES[index]


def test_a_number_outside_all_bands_has_none() -> None:
    assert band_of(3, (Bounds(over=3, up_to=5),)) is None
    assert band_of(5, (Bounds(over=3, up_to=5),)) is not None
    assert band_of(6, (Bounds(over=3, up_to=5),)) is None


@pytest.mark.parametrize(
    ("bands", "faults"),
    [
        (GRADES, []),
        ([{"up_to": 3}, {"over": 3, "up_to": 15}, {"over": 15}], []),
        ([{"up_to": 3}, {"at_least": 4}], [(1, "空档")]),
        ([{"under": 3}, {"over": 3}], [(1, "空档")]),
        ([{"up_to": 3}, {"at_least": 3}], [(1, "重叠")]),
        ([{"up_to": 5}, {"over": 3}], [(1, "重叠")]),
        ([{"at_least": 1}, {"over": 3}], [(1, "重叠")]),
        ([{"at_least": 5, "under": 5}], [(0, "空的")]),
        ([{"at_least": 7, "up_to": 5}], [(0, "空的")]),
        ([{"at_least": 1, "over": 1}], [(0, "只能写一个")]),
        ([{"at_least": 5, "up_to": 5}, {"over": 5}], []),
    ],
)
def test_gaps_overlaps_and_empty_bands_are_faults(bands: list[object], faults: list[tuple[int, str]]) -> None:
    found = list(band_faults([Bounds.model_validate(band) for band in bands]))
    assert [index for index, _, _ in found] == [index for index, _ in faults]
    assert all(word in message for (_, message, _), (_, word) in zip(found, faults, strict=True))


@given(st.lists(st.integers(-1000, 1000), min_size=1, max_size=6, unique=True), st.integers(-1100, 1100))
def test_bands_without_faults_hold_every_number_once(cuts: list[int], number: int) -> None:
    edges = sorted(cuts)
    bands = [Bounds(under=edges[0])]
    bands += [Bounds(at_least=low, under=high) for low, high in pairwise(edges)]
    bands.append(Bounds(at_least=edges[-1]))
    assert list(band_faults(bands)) == []
    assert sum(band.holds(number) for band in bands) == 1


@pytest.mark.parametrize("written", [True, "三", "nan", "Infinity", [1]])
def test_what_is_no_number_is_refused(written: object) -> None:
    with pytest.raises(ValidationError, match="不是数字"):
        Bounds.model_validate({"at_least": written})
