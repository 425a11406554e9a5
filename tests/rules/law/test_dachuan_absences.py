"""达川委办〔2017〕96号 三（二）: absences found, recalls, breaches, and what follows for whom and how long."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from apps.rules.language.counters import Event, count
from apps.rules.language.ladders import proposals
from apps.rules.language.proposals import Occasion, withheld
from apps.rules.language.selectors import Case
from apps.rules.trace import recompute
from tests.rules.law.dachuan_case import HEAD, ORG, RELATED, WHO, Find, number, proposed

UNIT = ("dispatch_unit",)


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        pytest.param(
            1,
            [("DC-3.2.1-1", "扣发当月补助", "干部", UNIT, "must", None, None)],
            marks=pytest.mark.clause("DC-3.2.1-1"),
        ),
        pytest.param(
            2,
            [
                ("DC-3.2.1-2", "扣发当季度补助", "干部", UNIT, "must", None, None),
                ("DC-3.2.1-3", "诫勉谈话", "干部", (), "must", None, None),
                ("DC-3.2.1-4", "取消当年考核评优资格、本任期考核评优资格", "干部", (), "must", None, None),
                ("DC-3.2.1-4", "取消各类评先评优资格", "干部", (), "must", "2026-05-12", "2027-02-28"),
                ("DC-3.2.1-5", "不得提拔重用", "干部", (), "forbidden", "2026-05-20", "2026-11-20"),
            ],
            marks=pytest.mark.clause("DC-3.2.1-2", "DC-3.2.1-3", "DC-3.2.1-4", "DC-3.2.1-5"),
        ),
        pytest.param(
            3,
            [
                ("DC-3.2.1-6", "扣发当年补助", "干部", UNIT, "must", None, None),
                ("DC-3.2.1-7", "召回", "干部", ORG, "must", None, None),
            ],
            marks=pytest.mark.clause("DC-3.2.1-6", "DC-3.2.1-7"),
        ),
    ],
)
def test_each_absence_found_climbs_one_step(rule: Find, at: int, expected: list[Any]) -> None:
    assert proposed(rule, "absence", at, confirmed=date(2026, 5, 20)) == expected


@pytest.mark.clause("DC-3.2.1-1", "DC-3.2.1-2", "DC-3.2.1-6")
def test_what_earlier_absences_took_stays_taken(rule: Find) -> None:
    found = proposals(rule("dachuan", "ladders.absence"), 3, Occasion(date(2026, 5, 12), subjects=WHO))
    assert [one.text for one in found if one.do == "allowance_withheld"] == [
        "扣发当月补助",
        "扣发当季度补助",
        "扣发当年补助",
    ]


@pytest.mark.parametrize(
    ("place", "lost"),
    [
        pytest.param((0, 0), ["2026-05"], marks=pytest.mark.clause("DC-3.2.1-1")),
        pytest.param((1, 0), ["2026-04", "2026-05", "2026-06"], marks=pytest.mark.clause("DC-3.2.1-2")),
        pytest.param((2, 0), [f"2026-{month:02}" for month in range(1, 13)], marks=pytest.mark.clause("DC-3.2.1-6")),
    ],
)
def test_the_allowance_of_the_month_the_quarter_and_the_year_is_lost_whole(
    rule: Find, place: tuple[int, int], lost: list[str]
) -> None:
    ladder = rule("dachuan", "ladders.absence")
    effect = ladder.rungs[place[0]].effects[place[1]]
    paid = {f"{year}-{month:02}": 100 * year + month for year in (2025, 2026, 2027) for month in range(1, 13)}
    found = withheld(effect, ladder, date(2026, 5, 12), paid)
    assert (found["value"], recompute(found)) == (sum(paid[month] for month in lost),) * 2
    assert effect.allowance == "living_allowance"


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (["2026-01-01", "2026-06-30", "2026-12-31"], 3),
        (["2025-12-31", "2026-06-30", "2026-12-31"], 2),  # counted anew with the calendar year
        (["2026-05-12", "2026-05-12"], 2),  # each finding is one time
    ],
)
@pytest.mark.clause("DC-3.2.1-1", "DC-3.2.1-2", "DC-3.2.1-6")
def test_absences_are_counted_per_person_and_calendar_year(rule: Find, days: list[str], expected: int) -> None:
    assert number(rule, "absences", days, "unexcused_absence") == expected
    assert number(rule, "absences", days, "unexcused_absence", person="别人") == 0


@pytest.mark.clause("DC-3.2.1-1")
def test_an_absence_with_a_good_reason_does_not_count(rule: Find) -> None:
    day = date(2026, 5, 12)
    events = [Event("unexcused_absence", day, excused=excused, subjects=WHO) for excused in (True, False)]
    assert count(rule("dachuan", "counters.absences"), events, day, WHO["person"]).number == 1


@pytest.mark.parametrize(
    ("recalled", "honours", "promotion"),
    [
        ("2026-05-12", ("2026-01-01", "2026-12-31"), ("2026-05-12", "2028-05-12")),
        ("2024-02-29", ("2024-01-01", "2024-12-31"), ("2024-02-29", "2026-02-28")),
    ],
)
@pytest.mark.clause("DC-3.2.1-8", "DC-3.2.1-9")
def test_who_is_recalled_gets_no_award_that_year_and_no_promotion_for_two_years(
    rule: Find, recalled: str, honours: tuple[str, str], promotion: tuple[str, str]
) -> None:
    at = number(rule, "recalls", [recalled], "recalled")
    assert number(rule, "recalls", [recalled], "recalled", person="别人") == 0
    assert proposed(rule, "recalled", at, recalled) == [
        ("DC-3.2.1-8", "不得评先评优", "干部", (), "forbidden", *honours),
        ("DC-3.2.1-9", "不得提拔重用", "干部", (), "forbidden", *promotion),
    ]


@pytest.mark.clause("DC-3.2.1-10")
def test_with_a_second_recall_from_a_post_the_units_chief_takes_it(rule: Find) -> None:
    assert number(rule, "recalls_on_post", ["2019-05-12", "2026-05-12"], "recalled", person="前任") == 2
    assert number(rule, "recalls_on_post", ["2026-05-12"], "recalled", post="别的岗位") == 0
    assert proposed(rule, "recalled_twice", 1) == []
    assert proposed(rule, "recalled_twice", 2) == [("DC-3.2.1-10", "另行派人接替", "单位", (), "must", None, None)]
    (effect,) = rule("dachuan", "ladders.recalled_twice").rungs[0].effects
    assert RELATED[(effect.successor.relation, effect.successor.of)] == HEAD


@pytest.mark.parametrize(
    ("key", "counter", "kind", "clause", "text"),
    [
        pytest.param(
            "conduct_breach",
            "conduct_breaches",
            "conduct_breach",
            "DC-3.2.2-1",
            "纪检监察机关处理（须认定：造成重大失误和不良后果，并且影响全区驻村帮扶和脱贫攻坚工作大局的）",
            marks=pytest.mark.clause("DC-3.2.2-1"),
        ),
        pytest.param(
            "law_breach",
            "law_breaches",
            "law_breach",
            "DC-3.2.2-2",
            "司法机关处理",
            marks=pytest.mark.clause("DC-3.2.2-2"),
        ),
    ],
)
def test_breaches_go_to_discipline_and_to_the_judiciary(
    rule: Find, key: str, counter: str, kind: str, clause: str, text: str
) -> None:
    at = number(rule, counter, ["2026-05-12"], kind)
    assert (at, proposed(rule, key, 0)) == (1, [])
    assert proposed(rule, key, at) == [(clause, text, "干部", (), "must", None, None)]


@pytest.mark.parametrize(
    ("role", "bound"),
    [("first_secretary", True), ("member", True), ("leader", True), ("legal_adviser", False), ("pairing_cadre", False)],
)
@pytest.mark.clause("DC-3.2.1-1")
def test_only_those_who_draw_the_stationing_allowance_can_lose_it(rule: Find, role: str, bound: bool) -> None:
    case = Case(roles=frozenset({role}))
    assert rule("dachuan", "ladders.absence").applies.matches(case) is bound
    assert rule("dachuan", "counters.absences").applies.matches(case) is bound
