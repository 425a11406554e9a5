"""What a dispatch unit and a cadre get over the interface: their own, and nothing that is not accepted."""

from __future__ import annotations

import pytest

from tests.api.test_ledgers import ask
from tests.world import World


@pytest.mark.clause("KM-9-8")
def test_a_unit_gets_its_people_of_a_quarter_with_what_is_missing(world: World) -> None:
    found = ask(world, "unit_liaison", "units/quarters/2026-Q3/")
    assert (found["unit"], found["quarter"], found["months"]) == (
        "区农业农村局", "2026年第3季度", ["2026-07", "2026-08", "2026-09"],
    )  # fmt: skip
    assert [(row["name"], row["roles"]) for row in found["people"]] == [
        ("金丝雀甲", "队长、第一书记"),
        ("金丝雀乙", "队员"),
    ]
    leader = found["people"][0]
    july, august, september = leader["months"]
    assert (july["counts"]["in_village"], july["nights"], july["posted"]) == (31, 31, 31)
    assert (august, september) == (None, None), "submitted and drafted ledgers are nobody's business yet"
    assert leader["as_of"] == "2026-07"
    assert leader["measures"][0] == {
        "title": "年在岗", "done": 31, "due": 200, "state_text": "余下天数已不够", "clause": "KM-9-2",
    }  # fmt: skip
    assert [(f["clause"], f["message"]) for f in leader["findings"]] == [
        ("KM-9-2", "2026年7月止年在岗天数31天，应为200天：余下天数已不够。")
    ]
    assert [(w["township"], w["month"], w["people"]) for w in found["waiting"]] == [
        ("汤丹镇", "2026-08", 2), ("汤丹镇", "2026-09", 2),
    ]  # fmt: skip
    assert [(s["township"], s["month"], s["version"]) for s in found["sources"]] == [("汤丹镇", "2026-07", 1)]


def test_a_quarter_without_anything_accepted_is_empty_and_says_so(world: World) -> None:
    found = ask(world, "unit_head", "units/quarters/2026-Q4/")
    assert found["people"] == found["sources"] == []
    assert [w["month"] for w in found["waiting"]] == ["2026-10", "2026-11", "2026-12"]


@pytest.mark.parametrize("quarter", ["2026-Q5", "2026-Q0", "1999-Q1", "99999-Q1"])
def test_a_quarter_that_does_not_exist_is_not_found(world: World, quarter: str) -> None:
    assert ask(world, "unit_head", f"units/quarters/{quarter}/", 404)["error"]["code"] == "not_found"


def test_another_unit_gets_its_own_people_only(world: World) -> None:
    from tests.world import browser

    found = browser(world.strangers["another unit"]).get("/api/v1/units/quarters/2026-Q3/").json()
    assert [row["name"] for row in found["people"]] == ["外人C530113102202"]


def test_a_cadre_gets_his_own_months_newest_first(world: World) -> None:
    found = ask(world, "cadre", "me/months/?year=2026")["results"]
    assert [(row["month"], row["name"], row["posted"]) for row in found] == [
        ("2026-09", "金丝雀乙", 30), ("2026-08", "金丝雀乙", 31), ("2026-07", "金丝雀乙", 31),
    ]  # fmt: skip
    assert [m["clause"] for m in found[0]["measures"]] == ["KM-9-2", "KM-15-6"]
    assert found[0]["year_to_date"]["in_village"] == 92
    assert "ledger" not in found[0]
    assert ask(world, "cadre", "me/months/?year=2025")["results"] == []
    trace = ask(world, "cadre", found[0]["measures"][0]["trace"].split("/api/v1/")[1])
    assert trace["value"] == 92
