"""Overrides of floors from above are checked like floors, and told where they are stricter by a mere decision."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from apps.rules.catalogue import read_catalogue
from apps.rules.checks import faults
from apps.rules.pack import Pack
from apps.rules.problems import PackError
from apps.rules.reader import read_packs
from apps.rules.source import read_sources
from apps.rules.tightening import tightenings

ROOT = Path(__file__).parents[2] / "fixtures"
CLAUSES = set(read_catalogue(ROOT / "clauses"))
ABOVE = read_packs(ROOT / "rules", CLAUSES)["yulin"]
HEADER = {
    "code": "below", "title": "县里规定", "issuer": "某县", "level": "county", "area": "C610831",
    "effective": "2026-01-01", "inherits": "yulin",
}  # fmt: skip


def below(values: dict[str, Any], **source: str) -> Pack:
    override = {"rule": "presence.stationed_days", "values": values, "since": "2026-08-01"}
    return Pack.load({**HEADER, "overrides": [override | (source or {"note": "县里会议"})]})


def found(values: dict[str, Any]) -> str:
    return "".join(message for _, message, _ in faults(below(values), CLAUSES, ABOVE))


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"at_least": 235}, ""),
        ({"at_least": 366}, ""),
        ({"at_least": 367}, "超过了这个期间的天数 366"),
        ({"at_least": 0}, "不合要求（at_least）"),
        ({"at_least": "多"}, "不合要求（at_least）"),
        ({"at_most": 30}, "只能写一个"),
        ({"at_least": None}, "一个也没有"),
        ({"at_last": 3}, "不合要求（at_last）"),
        ({"counts": ["asleep"]}, "不合要求（0）"),
    ],
)
def test_what_an_override_makes_of_a_floor_is_still_one(values: dict[str, Any], words: str) -> None:
    assert words in found(values) if words else found(values) == ""


@pytest.mark.parametrize(
    ("values", "source", "told"),
    [
        ({"at_least": 221}, {"note": "会议"}, [("221", "220", None)]),
        ({"at_least": 220}, {"note": "会议"}, []),
        ({"at_least": 219}, {"note": "会议"}, []),
        ({"at_least": 240}, {"clause": "TW-13-2"}, []),
    ],
)
def test_a_stricter_override_without_a_clause_of_its_own_is_told(
    values: dict[str, Any], source: dict[str, str], told: list[tuple[str, str, str | None]]
) -> None:
    assert [(each.here, each.above, each.clause) for each in tightenings(below(values, **source), ABOVE)] == told


@pytest.mark.parametrize("depth", [41, 900, 100_000])
def test_what_is_nested_deeper_than_any_rule_is_a_fault_with_its_line(tmp_path: Path, depth: int) -> None:
    (tmp_path / "pack.yaml").write_text("code: x\nsets: " + "[" * depth + "]" * depth, "utf-8")
    with pytest.raises(PackError) as error:
        read_sources(tmp_path)
    assert (error.value.problems[0].file, error.value.problems[0].line) == ("pack.yaml", 2)
