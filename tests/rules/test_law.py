"""The law by day: constructs of real packs through layers, overrides and regimes, down to the month's book."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from apps.rules.book import resolve
from apps.rules.law import rules_of
from apps.rules.pack import Pack
from apps.rules.reader import read_pack

PACKS = Path(__file__).parent / "packs"


class Everything:
    """A catalogue that knows every id."""

    def __contains__(self, clause: object) -> bool:
        return True


@pytest.fixture(scope="module")
def above() -> Pack:
    return read_pack(PACKS / "shixi", Everything())  # type: ignore[arg-type]


def local(**parts: Any) -> Pack:
    head = {"code": "local", "title": "乡镇规定", "issuer": "某县", "level": "county", "area": "C990102"}
    return Pack.load({**head, "effective": "2025-01-01", "inherits": "shixi", **parts})


DAY = date(2026, 5, 1)


def test_a_construct_is_inherited_rule_by_rule_with_its_source(above: Pack) -> None:
    found = rules_of([local(), above], "duties", DAY)
    assert found.keys() == above.duties.keys()
    assert {(each.pack, each.version) for each in found.values()} == {("shixi", above.version)}
    assert rules_of([local(), above], "duties", DAY) is found


def test_a_local_rule_replaces_the_one_above_and_says_so(above: Pack) -> None:
    own = {"label": "每周例会", "matter": "meeting", "who": "team", "window": "month", "clause": "LO-1"}
    found = rules_of([local(duties={"week_meeting": own}), above], "duties", DAY)
    assert (found["week_meeting"].pack, found["week_meeting"].rule.window.of) == ("local", "month")
    assert found["month_report"].pack == "shixi"


def test_before_a_pack_is_in_effect_it_changes_nothing(above: Pack) -> None:
    override = {
        "rule": "duties.month_report",
        "values": {"window": "quarter"},
        "since": "2025-03-01",
        "note": "县里会议",
    }
    packs = [local(overrides=[override]), above]
    windows = [
        rules_of(packs, "duties", day)["month_report"].rule.window.of
        for day in (date(2024, 12, 31), date(2025, 2, 28), date(2025, 3, 1))
    ]
    assert windows == ["month", "month", "quarter"]


def test_an_unknown_construct_is_an_error(above: Pack) -> None:
    with pytest.raises(KeyError):
        rules_of([above], "marks", DAY)


def test_an_override_reaches_a_floor_of_the_month(above: Pack) -> None:
    """The county raises 200 of the pack above to 215 from July 2026; everything else follows the pack above."""
    sample = read_pack(PACKS / "sample", Everything())  # type: ignore[arg-type]
    override = {"rule": "presence.stationed_days", "values": {"at_least": 215}, "since": "2026-07-01", "clause": "LO-2"}
    packs = [local(area=sample.area, overrides=[override]), sample]
    before, after = (resolve(packs, day).measure("stationed_days") for day in (date(2026, 6, 30), date(2026, 7, 31)))
    assert (before.at_least, before.clause) == (210, "SX-2")
    assert (after.at_least, after.clause) == (215, "LO-2")
    assert (after.counts, after.prorate, after.since) == (before.counts, before.prorate, before.since)
    assert resolve(packs, date(2026, 6, 30)).version != resolve(packs, date(2026, 7, 31)).version
