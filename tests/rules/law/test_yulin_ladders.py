"""What follows in Yulin from long leave, absence, grades, punishments, and from what a dispatch unit leaves undone."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from apps.rules.language.counters import Event, count
from apps.rules.language.ladders import proposals
from apps.rules.language.proposals import Occasion, Proposal
from apps.rules.language.windows import Stretch

FIRST, DAY = date(2023, 3, 1), date(2023, 6, 1)
TERM = Stretch(date(2022, 1, 1), date(2023, 12, 31))
NAMES = {
    ("office_at_level", "unit"): "同级驻村办",
    ("principal", "unit"): "局长",
    ("deputy_in_charge", "unit"): "分管副局长",
    ("managing_authority", "person"): "县委组织部",
}
OCCASION = Occasion(DAY, subjects={"person": "王某", "unit": "甲局"}, related=NAMES)
Told = tuple[str, str, str | None, tuple[str, ...], str, str | None]


def said(found: tuple[Proposal, ...]) -> list[Told]:
    """(what, in words, on whom, who decides, modality, clause)."""
    return [(one.do, one.text, one.who, one.by, one.modality, one.clause) for one in found]


def climbed(rule: Any, key: str, at: int | str) -> list[Told]:
    return said(proposals(rule("yulin", f"ladders.{key}"), at, OCCASION))


def away(category: str, first: date, days: int) -> list[Event]:
    """So many days of one mark, one after the other, as the sheets hold them."""
    who = {"person": "王某"}
    return [Event(category, first + timedelta(days=ahead), subjects=who) for ahead in range(days)]


RECALL = ("recall", "召回", "王某", ("同级驻村办",), "must")
RESELECT = ("replacement", "另行派人接替", "甲局", ("同级驻村办",), "must", "YL-7.2.3-11")


@pytest.mark.clause("YL-7.2.3-10", "YL-7.2.3-11")
@pytest.mark.parametrize(
    ("leaves", "number", "recalled"),
    [
        ([(FIRST, 29)], 29, False),
        ([(FIRST, 30)], 30, False),
        ([(FIRST, 31)], 31, True),
        ([(FIRST, 20), (date(2023, 3, 21), 11)], 31, True),
        ([(FIRST, 20), (date(2023, 3, 22), 20)], 20, False),
        ([(FIRST, 3), (date(2023, 4, 1), 30)], 30, False),
    ],
)
def test_more_than_thirty_days_of_leave_in_a_row_recall_a_cadre_and_the_unit_selects_anew(
    rule: Any, leaves: list[tuple[date, int]], number: int, recalled: bool
) -> None:
    days = [event for first, length in leaves for event in away("leave", first, length)]
    counter, ladder = rule("yulin", "counters.leave_in_a_row"), rule("yulin", "ladders.leave_over_limit")
    found = count(counter, days, DAY, "王某", term=TERM).number
    assert found == number
    expected = [(*RECALL, "YL-7.2.3-10"), RESELECT] if recalled else []
    assert said(proposals(ladder, found, OCCASION)) == expected


@pytest.mark.clause("YL-7.2.3-10")
def test_other_marks_are_no_leave(rule: Any) -> None:
    days = away("rest", FIRST, 40)
    assert count(rule("yulin", "counters.leave_in_a_row"), days, DAY, "王某", term=TERM).number == 0


@pytest.mark.clause("YL-7.2.3-12")
@pytest.mark.parametrize(
    ("category", "days", "listed"), [("absent", 1, True), ("absent", 9, True), ("leave", 9, False)]
)
def test_absence_without_leave_goes_to_those_who_manage_the_cadre_if_it_is_grave(
    rule: Any, category: str, days: int, listed: bool
) -> None:
    number = count(rule("yulin", "counters.absent_days"), away(category, FIRST, days), DAY, "王某").number
    grave = "按干部管理权限处理（须认定：情节严重的）"
    expected = [("referral", grave, "王某", ("县委组织部",), "must", "YL-7.2.3-12")] if listed else []
    assert (number, climbed(rule, "absence_without_leave", number)) == (days if listed else 0, expected)


LEADERS = [("referral", "问责（须认定：视情）", head, (), "may", "YL-7.3.3-4") for head in ("局长", "分管副局长")]


@pytest.mark.clause("YL-7.3.3-2", "YL-7.3.3-4")
@pytest.mark.parametrize(
    ("grade", "recalled"),
    [
        ("优秀", False),
        ("称职", False),
        ("合格", False),
        ("基本称职", True),
        ("基本合格", True),
        ("不称职", True),
        ("不合格", True),
    ],
)
def test_a_low_yearly_grade_recalls_at_once_and_may_touch_the_units_leaders(
    rule: Any, grade: str, recalled: bool
) -> None:
    assert rule("yulin", "vocabularies.yearly_grades").found(grade) is not None
    expected = [(*RECALL, "YL-7.3.3-2"), *LEADERS] if recalled else []
    assert climbed(rule, "low_grade", grade) == expected


@pytest.mark.clause("YL-7.3.3-2", "YL-7.3.3-4")
@pytest.mark.parametrize(("kind", "recalled"), [("punished", True), ("poor_performance", False)])
def test_a_punishment_recalls_at_once_and_may_touch_the_units_leaders(rule: Any, kind: str, recalled: bool) -> None:
    event = Event(kind, DAY, subjects={"person": "王某"})
    number = count(rule("yulin", "counters.punishments"), [event], DAY, "王某").number
    assert climbed(rule, "punished", number) == ([(*RECALL, "YL-7.3.3-2"), *LEADERS] if recalled else [])


@pytest.mark.clause("YL-7.3.3-2")
@pytest.mark.parametrize(("key", "at"), [("low_grade", "不合格"), ("punished", 1)])
def test_the_recall_stands_from_the_very_day(rule: Any, key: str, at: int | str) -> None:
    first, *_ = proposals(rule("yulin", f"ladders.{key}"), at, OCCASION)
    assert (first.do, first.first) == ("recall", DAY)


ONCE = [
    pytest.param(
        "poor_performance",
        ["poor_performance"],
        [("talk", "批评教育", "王某", (), "must", "YL-8.3-3")],
        id="careless",
        marks=pytest.mark.clause("YL-8.3-3"),
    ),
    pytest.param("poor_performance", ["unfit"], [], id="not careless", marks=pytest.mark.clause("YL-8.3-3")),
    *(
        pytest.param("unfit_for_work", [kind], [(*RECALL, "YL-8.3-4")], id=kind, marks=pytest.mark.clause("YL-8.3-4"))
        for kind in ("unfit", "bad_consequence")
    ),
    pytest.param("unfit_for_work", ["poor_performance"], [], id="fit", marks=pytest.mark.clause("YL-8.3-4")),
    pytest.param(
        "unintended_mistakes",
        ["unintended_mistake"],
        [
            ("leniency", f"{kind}（须认定：非主观故意，依法依规）", "王某", (), "must", "YL-8.3-5")
            for kind in ("从轻处理", "免除相关责任")
        ],
        id="unintended",
        marks=pytest.mark.clause("YL-8.3-5"),
    ),
    pytest.param("unintended_mistakes", ["bad_consequence"], [], id="meant", marks=pytest.mark.clause("YL-8.3-5")),
]


@pytest.mark.parametrize(("key", "kinds", "found"), ONCE)
def test_what_one_event_leads_to_for_the_person(rule: Any, key: str, kinds: list[str], found: list[Told]) -> None:
    events = [Event(kind, DAY, subjects={"person": "王某"}) for kind in kinds]
    number = count(rule("yulin", f"counters.{rule('yulin', f'ladders.{key}').climbs}"), events, DAY, "王某").number
    assert climbed(rule, key, number) == found


@pytest.mark.clause("YL-8.3-5")
def test_a_mistake_is_treated_mildly_or_not_at_all_never_both(rule: Any) -> None:
    milder, none = proposals(rule("yulin", "ladders.unintended_mistakes"), 1, OCCASION)
    assert milder.choice is not None
    assert milder.choice == none.choice


@pytest.mark.clause("YL-8.3-2")
@pytest.mark.parametrize(
    ("grade", "found"),
    [
        ("优秀", [("priority", "优先提拔使用（须认定：干出成绩、群众认可）", "王某", (), "encouraged", "YL-8.3-2")]),
        ("称职", []),
        ("基本称职", []),
    ],
)
def test_who_does_well_and_has_the_peoples_approval_is_preferred(rule: Any, grade: str, found: list[Told]) -> None:
    assert climbed(rule, "preferred_use", grade) == found


@pytest.mark.clause("YL-7.3.3-1")
@pytest.mark.parametrize(
    ("number", "found"),
    [
        (1, [("basis", "作为评先评优、提拔使用、职称评审、晋升职级的依据", "王某", (), "must", "YL-7.3.3-1")]),
        (0, []),
    ],
)
def test_results_are_a_basis_for_honours_promotion_title_and_rank(rule: Any, number: int, found: list[Told]) -> None:
    assert climbed(rule, "assessment_use", number) == found


@pytest.mark.clause("YL-8.1-14", "YL-8.1-15", "YL-8.1-16")
@pytest.mark.parametrize(
    ("kind", "found"),
    [
        *(
            (kind, True)
            for kind in (
                "无正当理由不完成选派任务",
                "选派把关不严",
                "跟踪管理不力",
                "支持帮扶力度不大",
                "人员待遇保障不落实",
            )
        ),
        ("受到处分", False),
    ],
)
def test_each_of_five_failings_has_the_unit_called_in_put_right_and_marked_down(
    rule: Any, kind: str, found: bool
) -> None:
    word = rule("yulin", "vocabularies.event_kinds").found(kind).word
    event = Event(word, DAY, subjects={"person": "王某", "unit": "甲局"})
    number = count(rule("yulin", "counters.unit_failings"), [event], DAY, "甲局").number
    expected = [
        ("talk", "约谈", "甲局", ("同级驻村办",), "must", "YL-8.1-14"),
        ("rectification", "限期整改", "甲局", ("同级驻村办",), "must", "YL-8.1-15"),
        ("basis", "作为单位考核的依据", "甲局", (), "must", "YL-8.1-16"),
    ]
    assert climbed(rule, "unit_interview", number) == (expected if found else [])
