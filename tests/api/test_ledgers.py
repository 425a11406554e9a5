"""Ledgers over the interface: what is listed, what a ledger says, and that every figure explains itself."""

from __future__ import annotations

from typing import Any

import pytest

from apps.rules.trace import recompute
from tests.world import COUNTY, NEIGHBOUR, TOWNSHIP, World, browser


def ask(world: World, role: str, path: str, status: int = 200) -> Any:
    response = browser(world.user(role)).get(f"/api/v1/{path}")
    assert response.status_code == status, response.content.decode()
    return response.json()


def test_the_list_shows_the_area_newest_month_first(world: World) -> None:
    found = ask(world, "county_office", "ledgers/")
    assert [(row["area"], row["kind"], row["month"], row["state"]) for row in found["results"]] == [
        (TOWNSHIP, "township", "2026-09", "draft"),
        (TOWNSHIP, "township", "2026-08", "submitted"),
        (COUNTY, "county", "2026-07", "accepted"),
        (TOWNSHIP, "township", "2026-07", "accepted"),
    ]
    assert (found["count"], found["next"], found["previous"]) == (4, None, None)
    assert found["results"][0]["state_text"] == "待签批"


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ("month=2026-08", 1),
        ("state=accepted", 2),
        ("kind=county", 1),
        (f"area={TOWNSHIP}", 3),
        (f"area={NEIGHBOUR}", 0),
        ("area=C621121", 0),
        ("month=2026-07&kind=township&state=accepted", 1),
        ("state=superseded", 0),
        ("limit=3", 4),
    ],
)
def test_filters_narrow_the_list(world: World, query: str, number: int) -> None:
    assert ask(world, "county_office", f"ledgers/?{query}")["count"] == number


def test_a_page_is_as_long_as_asked_for_and_says_where_the_next_one_is(world: World) -> None:
    first = ask(world, "county_office", "ledgers/?limit=3")
    assert (len(first["results"]), first["previous"]) == (3, None)
    second = ask(world, "county_office", first["next"].split("/api/v1/")[1])
    assert [row["month"] for row in second["results"]] == ["2026-07"]


@pytest.mark.parametrize(
    ("query", "field", "message"),
    [
        ("month=2026-13", "month", "2026-10 的形式"),
        ("state=gone", "state", "gone"),
        ("kind=1", "kind", "1"),
        ("area=530113", "area", "行政区代码有误"),
        ("area=C530113%00", "area", ""),
    ],
)
def test_a_filter_that_makes_no_sense_is_refused_in_words(world: World, query: str, field: str, message: str) -> None:
    error = ask(world, "county_office", f"ledgers/?{query}", 400)["error"]
    assert error["code"] == "bad_input"
    assert error["details"][0]["field"] == field
    assert message in error["message"] == error["details"][0]["message"]


def test_a_ledger_says_its_rules_its_way_and_its_hash(world: World) -> None:
    found = ask(world, "township_clerk", f"ledgers/{world.accepted}/")
    assert [(m["index"], m["clause"]) for m in found["measures"]] == [(0, "KM-9-2"), (1, "KM-15-6")]
    assert [(s["key"], s["clause"], s["person"]) for s in found["steps"]] == [
        ("review", "KM-9-6", "金丝雀township_leader"),
        ("submit", "KM-8-1", "金丝雀township_clerk"),
        ("accept", "KM-8-1", "金丝雀county_office"),
        ("org", "KM-9-7", None),
        ("poverty", "KM-9-7", None),
        ("unit", "KM-9-8", "金丝雀county_office"),
    ]
    assert found["counts"]["in_village"] == 3 * 31
    assert "昆明市" in found["rules"]
    assert len(found["hash"]) == 64


def test_a_county_ledger_lists_its_parts_and_all_their_lines(world: World) -> None:
    found = ask(world, "county_office", f"ledgers/{world.county}/")
    assert [(part["area"], part["ledger"]) for part in found["parts"]] == [(TOWNSHIP, world.accepted)]
    assert found["steps"] == []
    assert ask(world, "county_office", f"ledgers/{world.county}/lines/")["count"] == 3


@pytest.mark.clause("KM-9-2", "KM-15-6")
def test_every_figure_of_a_line_leads_to_arithmetic_that_gives_it(world: World) -> None:
    lines = ask(world, "county_office", f"ledgers/{world.accepted}/lines/")["results"]
    mine = next(line for line in lines if line["id"] == "{}-{}".format(*world.line))
    assert (mine["name"], mine["posted"], mine["marks"], mine["nights"]) == ("金丝雀乙", 31, "V" * 31, "1" * 31)
    assert (mine["counts"]["in_village"], mine["counts"]["leave"]) == (31, 0)
    assert [(m["title"], m["done"], m["due"], m["state"]) for m in mine["measures"]] == [
        ("年在岗", 31, 200, "out_of_reach"),
        ("离岗累计", 0, 30, "met"),
    ]
    for measure in mine["measures"]:
        trace = ask(world, "county_office", measure["trace"].split("/api/v1/")[1])
        assert trace["clause"] == measure["clause"]
        assert recompute(trace) == trace["value"] == measure["done"]
        assert trace["due"] == measure["due"]


def test_a_list_of_ledgers_takes_the_same_few_queries_however_long(world: World, django_assert_max_num_queries) -> None:
    client = browser(world.user("county_office"))
    with django_assert_max_num_queries(16):
        client.get("/api/v1/ledgers/")
    with django_assert_max_num_queries(22):
        client.get(f"/api/v1/ledgers/{world.accepted}/lines/")
