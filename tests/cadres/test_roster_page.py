"""The page that lists who is posted where."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from html import unescape
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from apps.cadres.models import Cadre
from apps.core.tenancy import NATION, Scope, entered
from tests.factories import actor_of, posting_of, team_of, unit_of

pytestmark = pytest.mark.usefixtures("reference")
Page = Callable[..., Any]


@pytest.fixture
def page(client: Client) -> Page:
    """The page as one office sees it."""

    def get(office: str, area: str, **query: str) -> Any:
        with entered(Scope(area=NATION)):
            user = actor_of(office, area).user
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        with time_machine.travel("2026-11-22 09:00+08:00", tick=False):
            return client.get(reverse("teams:roster"), query)

    return get


@pytest.fixture
def people(reference: None) -> None:
    with entered(Scope(area=NATION)):
        posting_of(team_of("C621121100201", "新华村"), "王建国", "leader", "first_secretary")
        posting_of(team_of("C621121101201", "瓦石村"), "李秀英", unit=unit_of("县林草局"))
        posting_of(team_of("C621121101201"), "赵离任", last=date(2026, 6, 30))
        posting_of(team_of("C621122100201", "外县村"), "孙外县")
        Cadre.objects.update(id_masked="621121********1234")


def names(response: Any) -> list[str]:
    return [row["posting"].name for row in response.context["rows"]]


@pytest.mark.usefixtures("people")
def test_a_county_sees_its_people_with_masked_numbers(page: Page) -> None:
    shown = page("county_office", "C621121")
    assert names(shown) == ["王建国", "李秀英"]
    text = unescape(shown.content.decode())
    assert "621121********1234" in text
    assert "队长、第一书记" in text
    assert "平襄镇" in text
    assert "孙外县" not in text


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"all": "1"}, ["王建国", "李秀英", "赵离任"]),
        ({"township": "C621121101"}, ["李秀英"]),
        ({"text": "林草"}, ["李秀英"]),
        ({"text": "建国"}, ["王建国"]),
        ({"text": "%"}, []),
        ({"township": "C621122100"}, ["王建国", "李秀英"]),
        ({"page": "99"}, ["王建国", "李秀英"]),
        ({"page": "x"}, ["王建国", "李秀英"]),
        ({"text": "\x00建国"}, ["王建国"]),
    ],
)
def test_the_list_is_narrowed_by_place_name_and_unit(page: Page, query: dict[str, str], expected: list[str]) -> None:
    assert names(page("county_office", "C621121", **query)) == expected


@pytest.mark.usefixtures("people")
def test_a_township_sees_who_is_posted_with_it_without_numbers(page: Page) -> None:
    shown = page("township_clerk", "C621121101")
    assert names(shown) == ["李秀英"]
    assert "********" not in shown.content.decode()
    assert "导入花名册" not in shown.content.decode()


def test_an_empty_county_is_told_how_to_begin(page: Page) -> None:
    text = unescape(page("county_office", "C621121").content.decode())
    assert "还没有派驻记录" in text
    assert reverse("reports:roster") in text


def test_the_number_of_queries_does_not_grow_with_the_rows(page: Page) -> None:
    counts = []
    for number in (1, 30):
        with entered(Scope(area=NATION)):
            for each in range(number):
                posting_of(team_of(f"C6211211002{each:02d}"), f"干部{number}{each}")
        with CaptureQueriesContext(
            connection,
        ) as queries:
            page("county_office", "C621121")
        counts.append(len(queries))
    first, second = counts
    assert second <= first
