"""From 30 August 2021 Yulin's own rules stand in the place of those that were there before."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from apps.rules.language.composition import set_findings
from apps.rules.language.conditions import Facts
from apps.rules.language.eligibility import verdict
from apps.rules.language.on_duty import Member
from apps.rules.law import rules_of
from apps.rules.pack import CONSTRUCTS

EVE, ISSUED = date(2021, 8, 29), date(2021, 8, 30)


@pytest.fixture(scope="module")
def chain(packs: dict[str, Any]) -> list[Any]:
    return [packs["yulin"], packs["central"]]


@pytest.mark.clause("YL-9-1")
@pytest.mark.parametrize("construct", sorted(set(CONSTRUCTS) - {"vocabularies"}))
def test_no_rule_of_yulin_speaks_of_a_day_before_its_issue(chain: list[Any], construct: str) -> None:
    before = {found.pack for found in rules_of(chain, construct, EVE).values()}
    own = {key for key, found in rules_of(chain, construct, ISSUED).items() if found.pack == "yulin"}
    assert before <= {"central"}
    assert own == set(getattr(chain[0], construct))


@pytest.mark.clause("YL-9-2")
@pytest.mark.parametrize(
    "name",
    [
        "sets.team_size",
        "duties.half_year_report",
        "duties.accident_insurance",
        "duties.annual_assessment_cadre",
        "eligibility.term",
        "eligibility.cadre",
        "eligibility.leader_is_first_secretary",
        "procedures.annual_assessment",
        "entitlements.work_fund",
        "entitlements.living_allowance",
        "ladders.assessment_use",
        "ladders.preferred_use",
    ],
)
def test_where_both_speak_of_one_matter_the_older_rule_gives_way_on_that_day(chain: list[Any], name: str) -> None:
    construct, key = name.split(".")
    older, newer = (rules_of(chain, construct, day)[key] for day in (EVE, ISSUED))
    assert (older.pack, newer.pack) == ("central", "yulin")
    assert (older.rule.clause[:3], newer.rule.clause[:3]) == ("CN-", "YL-")


@pytest.mark.clause("YL-9-2")
def test_a_team_of_two_is_a_warning_before_that_day_and_refused_from_it_on(chain: list[Any]) -> None:
    pair = [Member("甲", frozenset({"first_secretary", "leader"})), Member("乙", frozenset({"member"}))]
    found = [set_findings(rules_of(chain, "sets", day)["team_size"].rule, pair) for day in (EVE, ISSUED)]
    told = [[(one.severity, one.clause) for one in each] for each in found]
    assert told == [[("warn", "CN-2.2-2")], [("block", "YL-3.1-4")]]


@pytest.mark.clause("YL-9-2")
def test_a_leader_besides_the_first_secretary_is_a_warning_before_and_refused_from_it_on(chain: list[Any]) -> None:
    facts = Facts(ISSUED, {"roles": frozenset({"leader"})})
    rules = [rules_of(chain, "eligibility", day)["leader_is_first_secretary"].rule for day in (EVE, ISSUED)]
    told = [[(one.severity, one.clause) for one in verdict(each, facts).findings] for each in rules]
    assert told == [[("warn", "CN-1.2-6")], [("block", "YL-3.1-5")]]


@pytest.mark.clause("YL-9-2")
def test_what_only_the_older_rules_speak_of_goes_on(chain: list[Any]) -> None:
    assert rules_of(chain, "duties", ISSUED)["team_leaders_meeting"].pack == "central"
