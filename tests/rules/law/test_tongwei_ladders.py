"""通办发〔2018〕35号, articles 20, 30 and 38 to 40: what follows from a grade, a ground, a form of accountability."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from apps.rules.language.ladders import proposals
from apps.rules.language.proposals import Occasion, Proposal
from apps.rules.language.vocabularies import admission, graded

Rules = Callable[[str, str], Any]
OCCASION = Occasion(
    event=date(2025, 11, 20),
    decided=date(2026, 3, 15),
    subjects={"person": "p1", "team": "t1", "unit": "u1"},
    related={
        ("org_dept_at_level", "unit"): "省委组织部",
        ("principal", "unit"): "单位主要负责人",
        ("principal", "township_party_office"): "党建办主任",
        ("superior", "unit"): "上级党委",
    },
)
RECALL = ("召回", "p1", ("省委组织部",), "must")
ANSWERS = ("问责", "p1", (), "must")
MANAGERS = [("问责", who, (), "must", "TW-38-3") for who in ("township_secretary", "党建办主任", "单位主要负责人")]
GRADES = ["优秀", "称职", "基本称职", "不称职"]


def told(found: tuple[Proposal, ...]) -> list[tuple[Any, ...]]:
    return [(one.text, one.who, one.by, one.modality, one.clause) for one in found]


@pytest.fixture
def follows(rule: Rules) -> Callable[[str, Any], tuple[Proposal, ...]]:
    return lambda key, at: proposals(rule("tongwei", f"ladders.{key}"), at, OCCASION)


Follows = Callable[[str, Any], tuple[Proposal, ...]]


@pytest.mark.clause("TW-30-1")
@pytest.mark.parametrize("grade", GRADES)
def test_every_grade_is_a_basis_for_honours_and_promotion(follows: Follows, grade: str) -> None:
    assert told(follows("assessment_use", grade)) == [("作为评先评优、提拔使用的依据", "p1", (), "must", "TW-30-1")]


@pytest.mark.clause("TW-20-6")
@pytest.mark.parametrize("result", ["按期销号", "逾期销号", "未销号"])
def test_every_result_of_rectification_is_a_basis_for_assessment_reward_and_punishment(
    follows: Follows, result: str
) -> None:
    assert told(follows("rectification_use", result)) == [
        ("作为综合评价、奖惩的依据", who, (), "must", "TW-20-6") for who in ("p1", "t1")
    ]


LOW = {
    "基本称职": [(*ANSWERS, "TW-40-2"), (*RECALL[:3], "may", "TW-30-2")],
    "不称职": [(*ANSWERS, "TW-40-2"), (*RECALL, "TW-38-1"), *MANAGERS],
}


@pytest.mark.clause("TW-30-2", "TW-40-2")
@pytest.mark.parametrize(
    ("score", "grade"), [(100, "优秀"), (90, "优秀"), (89, "称职"), (80, "称职"), (79, "基本称职"), (60, "基本称职"), (59, "不称职")]
)  # fmt: skip
def test_a_grade_of_basically_competent_or_below_is_called_to_account_and_may_be_recalled(
    rule: Rules, follows: Follows, score: int, grade: str
) -> None:
    assert graded(rule("tongwei", "vocabularies.yearly_grades"), score, chosen=True) == grade
    found = told(follows("low_grade", grade))
    assert found == LOW.get(grade, [])


@pytest.mark.clause("TW-38-1", "TW-38-3")
def test_a_grade_of_not_competent_must_be_recalled_and_its_managers_answer(follows: Follows) -> None:
    assert told(follows("low_grade", "不称职"))[1:] == [(*RECALL, "TW-38-1"), *MANAGERS]


@pytest.mark.clause("TW-38-1", "TW-38-2", "TW-38-3")
@pytest.mark.parametrize("ground", ["作风飘浮", "敷衍塞责", "工作表现差", "群众不满意", "成效不明显"])
def test_any_one_ground_of_article_38_recalls_and_brings_the_managers_to_account(follows: Follows, ground: str) -> None:
    assert told(follows("recall_on_grounds", ground)) == [
        (*RECALL, "TW-38-1"),
        (*ANSWERS[:3], "may", "TW-38-2"),
        *MANAGERS,
    ]


@pytest.mark.parametrize(
    ("ground", "clause"),
    [
        *(
            pytest.param(ground, "TW-39-1", marks=pytest.mark.clause("TW-39-1"))
            for ground in (
                "不认真学习精准扶贫政策，不主动熟悉农村工作情况，造成工作被动",
                "自身能力素质不高，不能胜任驻村帮扶工作，镇村干部及群众意见较大",
                "不服从乡镇党委领导和管理，或在帮扶工作队内搞无原则纷争、与村“两委”班子不团结协作",
            )
        ),
        *(
            pytest.param(ground, "TW-39-4", marks=pytest.mark.clause("TW-39-4"))
            for ground in (
                "跟踪督查问题整改成效不明显",
                "对跟踪督查问题整改敷衍塞责",
                "跟踪督查问题未能在规定时限内销号整改",
            )
        ),
    ],
)
def test_any_one_ground_of_article_39_recalls_and_nothing_more(follows: Follows, ground: str, clause: str) -> None:
    found = follows("recall_on_grounds", ground)
    assert told(found) == [(*RECALL, clause)]
    assert found[0].finding().severity == "block"


def test_a_ground_that_no_article_names_recalls_nobody(rule: Rules, follows: Follows) -> None:
    assert follows("recall_on_grounds", "年龄偏大") == ()
    found = admission(rule("tongwei", "vocabularies.recall_grounds"), "年龄偏大", "理由")
    assert found is not None
    assert (found.code, found.severity) == ("word_not_in_list", "block")


@pytest.mark.parametrize(
    ("ground", "clause"),
    [
        *(
            pytest.param(ground, "TW-40-1", marks=pytest.mark.clause("TW-40-1"))
            for ground in (
                "履行帮扶职责不到位，未完成承担的脱贫攻坚具体任务",
                "违反精准扶贫相关规定及工作纪律，造成不良影响",
                "在精准扶贫建档立卡和数据录入工作中弄虚作假",
                "对负有监管责任的帮扶项目优亲厚友、暗箱操作，或负责组织实施的帮扶项目出现严重失误、造成重大损失",
                "有不履行或不正确履行职责的其他情形",
            )
        ),
        pytest.param("因擅自离岗、脱岗、溜岗影响工作", "TW-40-3", marks=pytest.mark.clause("TW-40-3")),
    ],
)
def test_any_one_ground_of_article_40_must_be_called_to_account(follows: Follows, ground: str, clause: str) -> None:
    found = follows("accountability_on_grounds", ground)
    assert told(found) == [(*ANSWERS, clause)]
    assert found[0].finding().severity == "block"


@pytest.mark.clause("TW-39-5")
@pytest.mark.parametrize(
    ("decided", "last"),
    [(date(2026, 3, 15), date(2027, 3, 15)), (date(2024, 2, 29), date(2025, 2, 28)), (None, None)],
)
def test_the_ban_after_a_recall_runs_a_year_from_the_decision(
    rule: Rules, decided: date | None, last: date | None
) -> None:
    (ban, *_) = proposals(rule("tongwei", "ladders.recalled"), 1, replace(OCCASION, decided=decided))
    assert (ban.text, ban.first, ban.last) == ("不得提拔重用、评先评优、评聘高一级职称", decided, last)
    assert (ban.finding().severity, ban.finding().clause) == ("block", "TW-39-5")


YEAR = (date(2026, 1, 1), date(2026, 12, 31))  # of the decision, not of the deed


@pytest.mark.clause("TW-40-6")
@pytest.mark.parametrize("form", ["通报批评", "书面检查"])
def test_the_two_lighter_forms_cost_the_honours_of_the_year_and_nothing_else(follows: Follows, form: str) -> None:
    found = follows("accountability_results", form)
    assert told(found) == [("取消各类评先评优资格", "p1", (), "must", "TW-40-6")]
    assert [(one.first, one.last) for one in found] == [YEAR]


@pytest.mark.clause("TW-40-7", "TW-40-8", "TW-40-9")
def test_an_admonition_bars_promotion_and_title_for_a_year_asks_two_reviews_and_is_filed(follows: Follows) -> None:
    found = follows("accountability_results", "诫勉谈话")
    assert told(found) == [
        ("不得提拔重用、评聘高一级职称", "p1", (), "forbidden", "TW-40-7"),
        ("作书面检查", "p1", (), "must", "TW-40-8"),
        ("作书面检查", "p1", (), "must", "TW-40-8"),
        ("记入本人档案", "p1", (), "must", "TW-40-9"),
    ]
    assert (found[0].first, found[0].last) == (date(2026, 3, 15), date(2027, 3, 15))
    assert [one.effect.to.resolved({}) for one in found[1:3]] == ["township_party_committee", "dispatch_unit"]


@pytest.mark.clause("TW-40-10", "TW-40-11", "TW-40-12", "TW-40-13")
def test_an_organisational_measure_bars_two_years_and_falls_on_the_unit_too(follows: Follows) -> None:
    found = follows("accountability_results", "组织处理")
    assert told(found) == [
        ("不得提拔重用、评聘高一级职称", "p1", (), "forbidden", "TW-40-10"),
        ("取消当年帮扶考核评优资格", "u1", (), "must", "TW-40-12"),
        ("作书面检查", "单位主要负责人", (), "must", "TW-40-13"),
        ("停职检查", "p1", (), "must", "TW-40-11"),
        ("调整职务", "p1", (), "must", "TW-40-11"),
        ("免职", "p1", (), "must", "TW-40-11"),
    ]
    assert (found[0].first, found[0].last) == (date(2026, 3, 15), date(2028, 3, 15))
    assert (found[1].first, found[1].last) == YEAR
    assert found[2].effect.to.resolved(OCCASION.related) == "上级党委"
    choices = [one.choice for one in found]
    assert choices[:3] == [None] * 3
    assert len(set(choices[3:])) == 1 and choices[3] is not None  # one of the three


@pytest.mark.clause("TW-40-4")
@pytest.mark.parametrize(
    ("form", "reason", "code"),
    [
        *((form, "", None) for form in ("通报批评", "书面检查", "诫勉谈话", "组织处理")),
        ("提醒谈话", "", "word_needs_reason"),
        ("提醒谈话", "情节轻微", None),
    ],
)
def test_there_are_four_main_forms_and_another_one_needs_its_reason(
    rule: Rules, follows: Follows, form: str, reason: str, code: str | None
) -> None:
    found = admission(rule("tongwei", "vocabularies.accountability_forms"), form, reason)
    assert (found and found.code) == code
    assert bool(follows("accountability_results", form)) == (form != "提醒谈话")
