"""What is in force in many places at once is what is in force in each, for one query."""

from __future__ import annotations

from datetime import date

import pytest
from pytest_django import DjangoAssertNumQueries

from apps.jurisdictions.selectors import book_of, books_of, law_of, laws_of

pytestmark = pytest.mark.usefixtures("reference")
DAY = date(2026, 5, 12)
TOWNSHIP, COUNTY, ELSEWHERE, NOWHERE = "C621121100", "C610802", "C110101", "Tongwei"


def test_the_law_of_many_areas_is_that_of_each(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    each = {area: law_of(area, "ladders", DAY) for area in (TOWNSHIP, COUNTY, ELSEWHERE)}
    assert len({tuple(law) for law in each.values()}) == 3
    with django_assert_num_queries(1):
        found = laws_of([TOWNSHIP, COUNTY, ELSEWHERE, NOWHERE, COUNTY], "ladders", DAY)
    assert found == each
    assert all(found[area] is each[area] for area in each)  # warm: nothing is worked out again


def test_the_books_of_many_areas_are_those_of_each(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    each = {area: book_of(area, DAY) for area in (TOWNSHIP, COUNTY, ELSEWHERE)}
    with django_assert_num_queries(1):
        found = books_of([*each, NOWHERE], DAY)
    assert found == each


def test_before_any_pack_there_is_no_law() -> None:
    assert laws_of([TOWNSHIP], "ladders", date(1999, 1, 1)) == {}
    with pytest.raises(LookupError, match="no rules published"):
        law_of(TOWNSHIP, "ladders", date(1999, 1, 1))


def test_an_unknown_construct_is_an_error() -> None:
    with pytest.raises(KeyError):
        laws_of([TOWNSHIP], "marks", DAY)
