"""The rules in force and their clauses over the interface."""

from __future__ import annotations

import pytest

from tests.api.test_ledgers import ask
from tests.world import World


@pytest.mark.clause("KM-9-2")
def test_the_rules_of_ones_own_area_come_without_asking_where(world: World) -> None:
    found = ask(world, "township_clerk", "rules/in-force/")
    assert [(m["name"], m["at_least"], m["at_most"], m["clause"]) for m in found["measures"]] == [
        ("on_post_days", 200, None, "KM-9-2"),
        ("unexcused_days", None, 30, "KM-15-6"),
    ]
    assert [(s["key"], s["offices"]) for s in found["sheet"]] == [("village", ["village_signer"])]


@pytest.mark.clause("TW-13-2")
def test_the_rules_of_any_place_and_day_are_open_to_everybody(world: World) -> None:
    found = ask(world, "cadre", "rules/in-force/?area=C621121&on=2019-01-01")
    assert [m["at_least"] for m in found["measures"]] == [220, 160]
    before = ask(world, "cadre", "rules/in-force/?area=C621121&on=2017-01-01")
    assert before["measures"] == []


def test_who_has_no_area_must_say_where(world: World) -> None:
    assert "行政区" in ask(world, "unit_head", "rules/in-force/", 400)["error"]["message"]
    assert ask(world, "unit_head", "rules/in-force/?area=X", 400)["error"]["details"][0]["field"] == "area"
    assert ask(world, "unit_head", "rules/in-force/?area=C621121&on=1990-01-01", 404)["error"]["code"] == "not_found"


def test_a_clause_is_shown_with_its_regulation(world: World) -> None:
    found = ask(world, "cadre", "clauses/TW-13-2/")
    assert "通渭县" in found["regulation"]
    assert "220" in found["gist"]
    assert ask(world, "cadre", "clauses/XX-1/", 404)["error"]["code"] == "not_found"
