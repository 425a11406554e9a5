"""Layers and time, with a rule made for the purpose."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from pydantic import StrictInt, ValidationError

from apps.rules.language.layers import Layer, Override, Regime, in_force
from apps.rules.language.rule import Rule
from apps.rules.language.vocabularies import Vocabulary


class Visits(Rule):
    times: StrictInt


def visits(times: int, **more: Any) -> Visits:
    return Visits.model_validate({"label": "走访", "clause": "SX-1", "times": times, **more})


def layer(code: str, rules: dict[str, Visits], effective: str = "2020-01-01", **more: Any) -> Layer:
    return Layer(code, f"v-{code}", date.fromisoformat(effective), rules, **more)


def times(*layers: Layer, on: str = "2026-05-01") -> dict[str, int]:
    return {key: each.rule.times for key, each in in_force("visits", layers, date.fromisoformat(on)).items()}


NATION = layer("central", {"homes": visits(1), "fields": visits(4)})


def test_the_nearest_pack_that_speaks_wins_rule_by_rule() -> None:
    county = layer("county", {"homes": visits(3)})
    assert times(county, NATION) == {"homes": 3, "fields": 4}
    assert times(NATION) == {"homes": 1, "fields": 4}
    assert in_force("visits", [county, NATION], date(2026, 5, 1))["fields"].pack == "central"


def test_a_pack_or_rule_says_nothing_before_its_day_and_after_its_end() -> None:
    county = layer("county", {"homes": visits(3)}, effective="2026-06-01")
    assert times(county, NATION, on="2026-05-31")["homes"] == 1
    assert times(county, NATION, on="2026-06-01")["homes"] == 3
    passing = layer("county", {"homes": visits(9, since="2026-02-01", until="2026-02-28")})
    assert [times(passing, on=day) for day in ("2026-01-31", "2026-02-01", "2026-02-28", "2026-03-01")] == [
        {}, {"homes": 9}, {"homes": 9}, {},
    ]  # fmt: skip


def test_a_nearer_rule_that_has_ended_does_not_let_the_farther_one_back() -> None:
    """The county spoke of it: what it let lapse is not the nation's again by accident."""
    county = layer("county", {"homes": visits(3, until="2026-03-31")})
    assert times(county, NATION) == {"fields": 4}


def test_a_nearer_rule_that_has_not_begun_leaves_the_farther_one_in_force() -> None:
    county = layer("county", {"homes": visits(3, since="2026-07-01")})
    assert (times(county, NATION)["homes"], times(county, NATION, on="2026-07-01")["homes"]) == (1, 3)


def test_changes_are_partial_and_add_up() -> None:
    changes = {"2026-01-01": {"times": 5, "clause": "SX-2"}, "2027-01-01": {"modality": "in_principle"}}
    rule = visits(3, changes=changes)
    told = {day: rule.on(date.fromisoformat(day)) for day in ("2025-12-31", "2026-01-01", "2027-01-01")}
    assert [(each.times, each.clause, each.modality) for each in told.values() if each] == [
        (3, "SX-1", "must"), (5, "SX-2", "must"), (5, "SX-2", "in_principle"),
    ]  # fmt: skip


def test_a_change_that_does_not_fit_the_rule_is_refused_when_it_is_tried() -> None:
    with pytest.raises(ValidationError):
        visits(3, changes={"2026-01-01": {"times": "five"}}).rewritten(date(2026, 1, 1))
    with pytest.raises(ValidationError):
        visits(3, changes={"2026-01-01": {"tiems": 5}}).rewritten(date(2026, 1, 1))


def test_an_override_changes_single_values_of_what_is_inherited() -> None:
    override = Override(
        rule="visits.fields", values={"times": 6}, since=date(2026, 4, 1), note="县委常委会 2026 年第 3 次会议"
    )
    county = layer("county", {}, overrides=[override])
    assert times(county, NATION, on="2026-03-31")["fields"] == 4
    assert times(county, NATION)["fields"] == 6
    found = in_force("visits", [county, NATION], date(2026, 5, 1))["fields"]
    assert (found.pack, found.rule.clause, [who for who, _, _ in found.changed_by]) == ("central", "SX-1", ["county"])


def test_an_override_does_not_touch_a_rule_of_the_same_pack() -> None:
    override = Override(rule="visits.homes", values={"times": 6}, since=date(2026, 4, 1), note="…")
    assert times(layer("county", {"homes": visits(3)}, overrides=[override]), NATION)["homes"] == 3


def test_a_regime_suspends_and_replaces_for_its_days_only() -> None:
    flood = Regime(
        label="防汛", clause="SX-9", first=date(2026, 6, 1), last=date(2026, 8, 31),
        suspends=("visits.fields",), values={"visits.homes": {"times": 8}},
    )  # fmt: skip
    county = layer("county", {}, regimes={"flood": flood})
    assert times(county, NATION, on="2026-05-31") == {"homes": 1, "fields": 4}
    assert times(county, NATION, on="2026-06-01") == {"homes": 8}
    assert times(county, NATION, on="2026-08-31") == {"homes": 8}
    assert times(county, NATION, on="2026-09-01") == {"homes": 1, "fields": 4}
    told = in_force("visits", [county, NATION], date(2026, 7, 1))["homes"].changed_by
    assert told == (("county", "防汛", "SX-9"),)


def test_a_rule_may_begin_before_its_pack() -> None:
    """The notice of 8 September pays from 1 August; until then what stands above it holds."""
    county = layer("county", {"homes": visits(3, since="2025-08-01"), "fields": visits(9)}, effective="2025-09-08")
    told = {day: times(county, NATION, on=day) for day in ("2025-07-31", "2025-08-01", "2025-09-07", "2025-09-08")}
    assert list(told.values()) == [
        {"homes": 1, "fields": 4}, {"homes": 3, "fields": 4}, {"homes": 3, "fields": 4}, {"homes": 3, "fields": 9},
    ]  # fmt: skip


def test_a_list_of_words_may_stand_on_the_one_above_instead_of_hiding_it() -> None:
    def words(extends: bool, *named: str) -> Vocabulary:
        listed = [{"word": word} for word in named]
        return Vocabulary.model_validate({"label": "事件", "clause": "SX-1", "words": listed, "extends": extends})

    above = Layer("central", "v1", date(2020, 1, 1), {"event_kinds": words(False, "absence", "praise")})
    for extends, expected in ((True, ["floods", "praise", "absence"]), (False, ["floods", "praise"])):
        county = Layer("county", "v2", date(2020, 1, 1), {"event_kinds": words(extends, "floods", "praise")})
        found = in_force("vocabularies", [county, above], date(2026, 5, 1))["event_kinds"]
        assert [word.word for word in found.rule.words] == expected
        assert found.pack == "county"
