"""层层加码: a stricter value without a source of its own is told with both clauses."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from apps.rules.pack import Pack
from apps.rules.reader import read_pack
from apps.rules.tightening import tightenings

SAMPLE = Path(__file__).parent / "packs" / "sample"
CLAUSES = frozenset(f"SX-{number}" for number in range(1, 8))


def above() -> Pack:
    return read_pack(SAMPLE, CLAUSES)


def local(measure: dict[str, Any]) -> Pack:
    """A county's pack with one measure of its own, like the sample's yearly one."""
    raw = above().dump()
    text = raw["presence"]["stationed_days"] | {"values": {"2024-01-01": measure}}
    head = {name: raw[name] for name in ("title", "issuer")}
    return Pack.load(
        head | {"code": "local", "level": "county", "area": "C999999", "effective": "2024-01-01", "inherits": "sample",
                "presence": {"stationed_days": text}}
    )  # fmt: skip


BASE = above().presence["stationed_days"]
LAST = BASE.values[max(BASE.values)]


@pytest.mark.parametrize(
    ("more", "clause", "flagged"),
    [(1, LAST.clause, True), (0, LAST.clause, False), (-1, LAST.clause, False), (1, "XX-1", False)],
)
def test_only_a_stricter_value_under_the_upper_levels_own_clause_is_told(more: int, clause: str, flagged: bool) -> None:
    asked = (LAST.at_least or 0) + more
    found = list(tightenings(local({"at_least": asked, "modality": "must", "clause": clause}), above()))
    assert len(found) == flagged
    if flagged:
        assert (found[0].here, found[0].above) == (str(asked), str(LAST.at_least))
        assert (found[0].clause, found[0].clause_above) == (LAST.clause, LAST.clause)
        assert "stationed_days" in str(found[0])


def test_a_share_compares_by_what_it_asks() -> None:
    shared = {"share": [1, 3], "modality": "must", "clause": LAST.clause}
    assert list(tightenings(local(shared), local({**shared, "share": [2, 3]}))) == []
    (found,) = tightenings(local({**shared, "share": [2, 3]}), local(shared))
    assert found.where.endswith("at_least_percent")
    assert (found.here[:5], found.above[:5]) == ("66.66", "33.33")
