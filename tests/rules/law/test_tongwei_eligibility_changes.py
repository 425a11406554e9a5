"""Tongwei: what may end or change a post, what time in the village counts for, and since when the text holds."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from apps.rules.book import resolve
from apps.rules.language.chains import chain_for
from apps.rules.language.conditions import Happened
from apps.rules.language.layers import InForce
from apps.rules.language.selectors import Case
from apps.rules.law import rules_of
from tests.rules.conftest import shipped
from tests.rules.law.telling import POSTED, bound
from tests.rules.law.tongwei_case import DAY, answer, judged

LAST = date(2020, 12, 31)
LEAVING = "调整更换、召回或因病另派"


def law(construct: str, on: date) -> Mapping[str, InForce[Any]]:
    return rules_of([shipped()["tongwei"], shipped()["central"]], construct, on)


@pytest.mark.clause("TW-5-5")
@pytest.mark.parametrize(("exited", "state"), [(1, "not_eligible"), (0, "eligible"), (None, "to_be_stated")])
def test_the_team_of_a_village_lifted_out_of_poverty_may_not_be_withdrawn(
    rule: Any, exited: int | None, state: str
) -> None:
    measured = {} if exited is None else {"exited": exited}
    assert judged(rule, "team_withdrawal", measured=measured) == answer(state, "TW-5-5")
    assert rule("tongwei", "eligibility.team_withdrawal").modality == "forbidden"


@pytest.mark.parametrize(
    ("key", "clause"),
    [
        pytest.param("team_withdrawal", "TW-5-5", marks=pytest.mark.clause("TW-5-5")),
        pytest.param("promoted_stays", "TW-31-4", marks=pytest.mark.clause("TW-31-4")),
    ],
)
def test_it_holds_from_the_day_of_issue_to_the_end_of_the_campaign(key: str, clause: str) -> None:
    days = (date(2018, 4, 13), LAST)
    assert [law("eligibility", day)[key].rule.clause for day in days] == [clause, clause]
    assert key not in law("eligibility", date(2021, 1, 1))


@pytest.mark.clause("TW-31-4")
@pytest.mark.parametrize(
    ("promoted", "exited", "excused", "state"),
    [
        (True, 0, False, "not_eligible"),
        (True, 1, False, "eligible"),
        (True, 0, True, "eligible"),
        (False, 0, False, "eligible"),
        (True, None, False, "to_be_stated"),
    ],
)
def test_who_was_promoted_stays_until_the_village_is_lifted_out(
    rule: Any, promoted: bool, exited: int | None, excused: bool, state: str
) -> None:
    events = {"promotion_in_post": (Happened(DAY),) if promoted else ()}
    measured = {} if exited is None else {"exited": exited}
    found = judged(rule, "promoted_stays", events=events, measured=measured, declared={LEAVING: excused})
    assert found == answer(state, "TW-31-4")
    assert bound(rule("tongwei", "eligibility.promoted_stays"), POSTED) == ["leader", "first_secretary"]
    assert rule("tongwei", "eligibility.promoted_stays").modality == "forbidden"


UNFIT = {"不宜驻村工作": True}
GROUNDS = ("有特殊困难", "调离原单位", "辞去公职", "受到党纪政纪处分", "年度考核为基本称职及以下等次")


@pytest.mark.clause("TW-24-1")
@pytest.mark.parametrize("words", GROUNDS)
def test_each_of_the_five_grounds_with_unfitness_allows_a_change(rule: Any, words: str) -> None:
    accepted = rule("tongwei", "eligibility.adjustment").grounds.accepted
    assert {ground.label for ground in accepted.values()} == set(GROUNDS)
    (key,) = (key for key, ground in accepted.items() if ground.label == words)
    assert judged(rule, "adjustment", ground=key, declared=UNFIT) == ("eligible", [])
    unfit = judged(rule, "adjustment", ground=key, declared={"不宜驻村工作": False})
    assert unfit == answer("not_eligible", "TW-24-1")
    assert judged(rule, "adjustment", ground=key) == answer("to_be_stated", "TW-24-1")
    assert bound(rule("tongwei", "eligibility.adjustment"), POSTED) == [*POSTED]


@pytest.mark.clause("TW-24-1")
def test_another_ground_is_for_the_approver_and_none_at_all_is_not_enough(rule: Any) -> None:
    _, found = judged(rule, "adjustment", ground="家中老人无人照料", declared=UNFIT)
    assert found == [("ground_to_be_judged", "notice", "TW-24-1")]
    assert judged(rule, "adjustment", declared=UNFIT) == answer("to_be_stated", "TW-24-1")


@pytest.mark.parametrize(
    ("first", "on", "whole", "part"),
    [
        pytest.param(date(2019, 1, 1), date(2019, 6, 30), True, False, marks=pytest.mark.clause("TW-29-1", "TW-29-2")),
        pytest.param(date(2019, 1, 1), date(2019, 6, 29), False, True, marks=pytest.mark.clause("TW-29-1", "TW-29-2")),
        pytest.param(date(2019, 7, 1), date(2019, 12, 31), True, False, marks=pytest.mark.clause("TW-29-1", "TW-29-2")),
        pytest.param(date(2019, 7, 2), date(2019, 12, 31), False, True, marks=pytest.mark.clause("TW-29-1", "TW-29-2")),
    ],
)
def test_half_a_year_gives_the_years_result_and_less_an_opinion(
    rule: Any, first: date, on: date, whole: bool, part: bool
) -> None:
    values = {"stationed_months": first}
    states = {True: "eligible", False: "not_eligible"}
    assert judged(rule, "annual_result", on, values=values) == answer(states[whole], "TW-29-1")
    assert judged(rule, "assessment_opinion", on, values=values) == answer(states[part], "TW-29-2")
    assert (
        bound(rule("tongwei", "eligibility.annual_result"), POSTED)
        == bound(rule("tongwei", "eligibility.assessment_opinion"), POSTED)
        == [*POSTED]
    )


@pytest.mark.clause("TW-34-4")
@pytest.mark.parametrize(("on", "state"), [(date(2018, 10, 31), "eligible"), (date(2018, 10, 30), "not_eligible")])
def test_six_months_in_the_village_bring_the_township_subsidy(rule: Any, on: date, state: str) -> None:
    found = judged(rule, "township_work_subsidy", on, values={"stationed_months": date(2018, 5, 1)})
    assert found == answer(state, "TW-34-4")
    assert judged(rule, "township_work_subsidy", on) == answer("to_be_stated", "TW-34-4")
    assert bound(rule("tongwei", "eligibility.township_work_subsidy"), POSTED) == [*POSTED]


@pytest.mark.clause("TW-31-2")
@pytest.mark.parametrize(
    ("grade", "when", "good", "liked", "state"),
    [
        ("优秀", date(2018, 12, 31), True, True, "eligible"),
        ("称职", date(2018, 12, 31), True, True, "not_eligible"),
        ("优秀", date(2018, 4, 30), True, True, "not_eligible"),  # of the year before
        ("优秀", date(2018, 12, 31), False, True, "not_eligible"),
        ("优秀", date(2018, 12, 31), True, False, "not_eligible"),
    ],
)
def test_only_the_excellent_with_results_and_liked_by_the_people_are_developed(
    rule: Any, grade: str, when: date, good: bool, liked: bool, state: str
) -> None:
    events = {"annual_grade": (Happened(when, grade),)}
    found = judged(rule, "key_development", events=events, declared={"工作实绩突出": good, "群众满意": liked})
    assert found == answer(state, "TW-31-2")


@pytest.mark.clause("TW-2-1")
@pytest.mark.parametrize("level", ["central", "provincial", "city", "county", "township"])
@pytest.mark.parametrize("role", POSTED)
def test_it_holds_for_every_cadre_in_the_county_whoever_sent_him(level: str, role: str) -> None:
    """Days, leave and training are judged by this text alone, whatever the unit's level, nature or line of command."""
    book = resolve([shipped()["tongwei"], shipped()["central"]], DAY)
    assert (book.code, book.area) == ("tongwei", "C621121")
    for classes in (["poor"], ["non_poor", "deep_poverty"], ["other"]):
        assert {measure.clause for measure in book.chosen([role], classes).values()} == {"TW-13-2", "TW-13-3"}
    leave = {key: each.rule for key, each in law("procedures", DAY).items()}
    for nature, vertical in (("organ", True), ("enterprise", False), ("school", None)):
        case = Case(roles=frozenset({role}), unit_level=level, unit_nature=nature, vertical=vertical)
        found = [chain_for(leave, case, days) for days in (3, 4)]
        asked = ["TW-14-4", "TW-14-7"] if role == "member" else ["TW-14-3", "TW-14-5"]
        assert [chain and chain.clause for chain in found] == asked


@pytest.mark.clause("TW-42-2")
@pytest.mark.parametrize("construct", ["procedures", "eligibility", "sets", "duties", "records"])
def test_nothing_of_it_holds_before_the_day_of_issue_and_all_of_it_from_that_day(construct: str) -> None:
    own = set(getattr(shipped()["tongwei"], construct))
    before, after = (law(construct, date(2018, 4, day)) for day in (12, 13))
    assert {each.pack for each in before.values()} <= {"central"}
    assert {key for key, each in after.items() if each.pack == "tongwei"} == own


@pytest.mark.clause("TW-42-3")
def test_what_an_earlier_document_says_otherwise_gives_way_and_the_rest_stays() -> None:
    """The nation's text binds members to a term and their party relation, and puts a team only in poor villages."""
    member, deep = Case(roles=frozenset({"member"})), Case(village_classes=frozenset({"deep_poverty"}))
    for construct, key, case, held in (
        ("eligibility", "term", member, (True, False)),
        ("eligibility", "party_relation", member, (True, False)),
        ("sets", "one_team_per_village", deep, (False, True)),
    ):
        found = [law(construct, date(2018, 4, day))[key] for day in (12, 13)]
        assert [each.pack for each in found] == ["central", "tongwei"]
        assert tuple(each.rule.applies.matches(case) for each in found) == held
    assert law("eligibility", date(2018, 4, 13))["cadre"].pack == "central"
