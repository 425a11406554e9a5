"""What a dispatch unit and a cadre get over the interface: their own, and nothing that is not accepted."""

from __future__ import annotations

import io

import openpyxl
import pytest

from tests.api.test_ledgers import ask
from tests.world import World, browser


@pytest.mark.clause("KM-9-8", "KM-9-2")
def test_a_unit_gets_its_people_of_a_quarter_and_is_told_what_is_missing(world: World) -> None:
    found = ask(world, "unit_liaison", "units/quarters/2026-Q3/")
    assert [(row["township"], row["name"], row["roles_text"]) for row in found["results"]] == [
        ("汤丹镇", "金丝雀甲", "队长、第一书记"),
        ("汤丹镇", "金丝雀乙", "队员"),
    ]
    leader = found["results"][0]
    july, august, september = leader["months"]
    assert (july["status"], july["counts"]["in_village"], july["posted"]) == ("accepted", 31, 31)
    assert (august["status"], august["counts"]) == ("waiting", None), "a submitted ledger is nobody's business yet"
    assert (september["status"], september["posted"]) == ("waiting", None)
    assert leader["quarter"] == {"months": [7], "posted": 31, "counts": july["counts"]}
    assert [(m["name"], m["month"], m["done"], m["due"], m["clause"]) for m in leader["year_to_date"]] == [
        ("on_post_days", 7, 31, 200, "KM-9-2"),
        ("unexcused_days", 7, 0, 30, "KM-15-6"),
    ]
    [finding] = leader["findings"]
    assert (finding["clause"], "31/200" in finding["message"]) == ("KM-9-2", True)


def test_a_units_people_come_page_by_page(world: World) -> None:
    first = ask(world, "unit_liaison", "units/quarters/2026-Q3/?limit=1")
    second = ask(world, "unit_liaison", first["next"].split("/api/v1/")[1])
    assert (first["count"], len(first["results"]), second["next"]) == (2, 1, None)
    assert [row["name"] for row in first["results"] + second["results"]] == ["金丝雀甲", "金丝雀乙"]


def test_a_quarter_without_anything_accepted_has_people_and_no_figures(world: World) -> None:
    found = ask(world, "unit_head", "units/quarters/2026-Q4/")["results"]
    assert {month["status"] for row in found for month in row["months"]} == {"waiting"}
    assert all(row["year_to_date"] == [] for row in found)


def test_the_workbook_of_a_quarter_comes_over_the_interface_too(world: World) -> None:
    response = browser(world.user("unit_head")).get("/api/v1/units/quarters/2026-Q3.xlsx")
    assert response.status_code == 200
    assert response["Content-Disposition"].startswith("attachment;")
    sheet = openpyxl.load_workbook(io.BytesIO(response.content), read_only=True).worksheets[0]
    cells = [str(value) for row in sheet.iter_rows(values_only=True) for value in row if value is not None]
    assert any("金丝雀甲" in cell for cell in cells)


@pytest.mark.parametrize("quarter", ["2026-Q5", "2026-Q0", "99999-Q1"])
def test_a_quarter_that_does_not_exist_is_refused_in_words(world: World, quarter: str) -> None:
    assert "季度" in ask(world, "unit_head", f"units/quarters/{quarter}/", 400)["error"]["message"]
    assert "季度" in ask(world, "unit_head", f"units/quarters/{quarter}.xlsx", 400)["error"]["message"]


def test_another_unit_gets_its_own_people_only(world: World) -> None:
    found = browser(world.strangers["another unit"]).get("/api/v1/units/quarters/2026-Q3/").json()
    assert {row["name"][:2] for row in found["results"]} == {"外人"}
    assert len(found["results"]) == 3, "one posting in each of three places"


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
