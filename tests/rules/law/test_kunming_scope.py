"""Whom Kunming's rules bind, from which day, and how they stand to the nation's and to a county's own."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from apps.rules.language.composition import set_findings
from apps.rules.language.entitlements import Claim, due
from apps.rules.language.layers import Override
from apps.rules.language.on_duty import Member
from apps.rules.language.records import record_findings
from apps.rules.language.selectors import Case
from apps.rules.law import rules_of
from apps.rules.pack import CONSTRUCTS, Pack
from apps.rules.presence import State
from tests.rules.cases import inputs
from tests.rules.law.telling import tell

START = date(2016, 4, 27)
EVE = date(2016, 4, 26)
DAY = date(2026, 10, 31)


@pytest.mark.parametrize(
    ("classes", "poor"),
    [
        pytest.param(["poor"], True, marks=pytest.mark.clause("KM-2-1")),
        pytest.param(["non_poor"], False, marks=pytest.mark.clause("KM-2-2")),
        pytest.param(["other"], False, marks=pytest.mark.clause("KM-2-2")),
    ],
)
def test_people_are_bound_in_every_village_and_poor_villages_have_rules_of_their_own(
    rule: Any, book: Any, result: Any, classes: list[str], poor: bool
) -> None:
    case = Case(roles=frozenset({"member"}), village_classes=frozenset(classes))
    for key in ("sets.one_team_per_village", "entitlements.poor_village_subsidy"):
        assert rule("kunming", key).applies.matches(case) is poor
    for key in ("procedures.leave_member", "procedures.annual_assessment", "procedures.return_from_leave"):
        assert rule("kunming", key).applies.matches(case)
    found = result("kunming", "on_post_days", inputs("2026-12", classes=classes, year={"in_village": 199}))
    assert (found.due, found.state) == (200, State.SHORT)
    setting = book("kunming", DAY).settings["other_villages"]
    assert (setting.value, setting.clause) == ("by_reference", "KM-2-2")


@pytest.mark.clause("KM-23-1")
@pytest.mark.parametrize("construct", CONSTRUCTS)
def test_nothing_of_kunming_holds_before_27_april_2016(packs: Any, construct: str) -> None:
    layers = [packs["kunming"], packs["central"]]
    own = set(getattr(packs["kunming"], construct))
    assert {held.pack for held in rules_of(layers, construct, EVE).values()} <= {"central"}
    from_kunming = {key for key, held in rules_of(layers, construct, START).items() if held.pack == "kunming"}
    assert from_kunming == own


@pytest.mark.clause("KM-23-2")
@pytest.mark.parametrize(
    ("body", "code"),
    [("市委组织部", None), ("市扶贫办", None), ("县委组织部", "field_not_offered"), ("", "field_missing")],
)
def test_only_the_two_named_bodies_interpret_the_measures(rule: Any, body: str, code: str | None) -> None:
    given = {"被解释的条款": "第九条", "解释内容": "…", "解释机关": body, "来源": "复函", "日期": "2017-03-01"}
    found = record_findings(rule("kunming", "records.interpretation"), given)
    expected = [] if code is None else [(code, "block", "KM-23-2")]
    assert tell(found) == expected


def five() -> list[Member]:
    return [Member(f"{place}", frozenset({"member"})) for place in range(5)]


@pytest.mark.clause("KM-23-3")
@pytest.mark.parametrize(
    ("day", "found"),
    [(EVE, []), (START, [("size_wrong", "block", "KM-5-4")]), (DAY, [("size_wrong", "block", "KM-5-4")])],
)
def test_where_another_text_asks_for_less_these_measures_stand(
    packs: Any, book: Any, day: date, found: list[Any]
) -> None:
    held = rules_of([packs["kunming"], packs["central"]], "sets", day)["team_size"]
    told = set_findings(held.rule, five())
    assert tell(told) == found
    settings = book("kunming", day).settings
    assert ("precedence" in settings) is bool(found)
    if found:
        assert settings["precedence"].value == "this_over_other_team_measures"
        assert settings["precedence"].clause == "KM-23-3"


@pytest.mark.clause("KM-23-4")
def test_a_county_changes_one_value_and_the_city_s_stands_beside_it(packs: Any, book: Any) -> None:
    county = Pack(
        code="county_below",
        title="某县办法",
        issuer="某县",
        level="county",
        area="C530129",
        effective=date(2020, 1, 1),
        inherits="kunming",
        overrides=(
            Override(
                rule="entitlements.living_allowance", values={"rate": 1000}, since=date(2020, 1, 1), note="参照制定"
            ),
        ),
    )
    layers = [county, packs["kunming"], packs["central"]]
    changed = rules_of(layers, "entitlements", DAY)["living_allowance"]
    assert due(changed.rule, Claim(1)).amount == 100000
    assert (changed.pack, changed.changed_by[0][0]) == ("kunming", "county_below")
    assert due(rules_of(layers, "entitlements", date(2019, 12, 31))["living_allowance"].rule, Claim(1)).amount == 90000
    assert due(packs["kunming"].entitlements["living_allowance"], Claim(1)).amount == 90000
    own = book("kunming", DAY).settings["county_own_rules"]
    assert (own.value, own.clause) == ("by_reference", "KM-23-4")
