"""The words of Yulin's text: four duties and their items, the division of work, grades, the office's departments."""

from __future__ import annotations

from typing import Any

import pytest

from apps.rules.language.selectors import Case
from apps.rules.language.vocabularies import admission, at_or_below, counted_as

DUTIES = {
    "建强村党组织": (
        "理论和党规学习 村“两委”班子建设 培育后备力量 发展年轻党员 吸引人才 党支部标准化规范化 党员教育管理"
    ),
    "推进强村富民": "常态化监测和精准帮扶 乡村产业 集体经济 精神文明 生态文明 农村改革 乡村建设行动",
    "提升治理水平": "自治法治德治结合 规范村务运行 完善村民自治和议事监督协商 化解矛盾 网格化精细化服务",
    "为民办事服务": "落实惠民政策 联系走访群众 解决急难愁盼 关爱困难人群 资源下沉",
}
RELOCATION = {
    "建强村党组织": "安置点党组织和干部队伍建设 基层组织管理体系",
    "推进强村富民": "争资争项招商和项目 吸纳就业型企业落地 产业升级和利益联结机制",
    "提升治理水平": "补齐社区服务设施短板 智慧社区 文明创建和融入",
    "为民办事服务": "拓宽就业渠道 防返贫监测帮扶 自主创业和合作经济组织 兜底保障",
}


def items(of: dict[str, str]) -> list[tuple[str, str]]:
    return [(item, duty) for duty, words in of.items() for item in words.split()]


@pytest.mark.clause("YL-6-2")
@pytest.mark.parametrize(("item", "duty"), items(DUTIES))
def test_each_item_of_work_belongs_to_one_of_four_duties(rule: Any, item: str, duty: str) -> None:
    assert counted_as(rule("yulin", "vocabularies.team_task_items"), item, "team_tasks") == duty


@pytest.mark.clause("YL-6-2")
def test_there_is_no_fifth_duty(rule: Any) -> None:
    duties = rule("yulin", "vocabularies.team_tasks")
    assert [admission(duties, duty) for duty in DUTIES] == [None] * 4
    refused = admission(duties, "派出单位工作")
    assert refused is not None
    assert (refused.code, refused.severity, refused.clause) == ("word_not_in_list", "block", "YL-6-2")
    assert len(items(DUTIES)) == len(rule("yulin", "vocabularies.team_task_items").words)


@pytest.mark.clause("YL-6-3")
@pytest.mark.parametrize(("item", "duty"), items(RELOCATION))
def test_relocation_sites_have_twelve_items_more(rule: Any, item: str, duty: str) -> None:
    more = rule("yulin", "vocabularies.relocation_task_items")
    assert counted_as(more, item, "team_tasks") == duty
    assert counted_as(rule("yulin", "vocabularies.team_task_items"), item, "team_tasks") is None
    villages = ("relocation", "poor", "demonstration")
    assert [each for each in villages if more.applies.matches(Case(village_classes=frozenset({each})))] == [
        "relocation"
    ]
    assert len(more.words) == 12


@pytest.mark.clause("YL-6-5")
@pytest.mark.parametrize(
    ("key", "role", "words", "others"),
    [
        ("first_secretary_focus", "first_secretary", "整体规划 综合指导 统筹协调", "政策落实 项目建设 技术指导"),
        ("member_focus", "member", "政策落实 项目建设 技术指导", "整体规划 综合指导 统筹协调"),
    ],
)
def test_first_secretary_and_members_have_each_their_own_side_and_neither_is_barred_from_the_others(
    rule: Any, key: str, role: str, words: str, others: str
) -> None:
    focus = rule("yulin", f"vocabularies.{key}")
    assert all(focus.found(word) for word in words.split())
    assert not any(focus.found(word) for word in others.split())
    assert [admission(focus, word) for word in others.split()] == [None] * 3
    roles = ("first_secretary", "member")
    assert [each for each in roles if focus.applies.matches(Case(roles=frozenset({each})))] == [role]


@pytest.mark.clause("YL-6.1-1")
def test_party_organisations_at_relocation_sites_take_one_of_three_forms_or_another(rule: Any) -> None:
    forms = rule("yulin", "vocabularies.relocation_party_forms")
    assert [bool(forms.found(form)) for form in ("单独组建", "挂靠组建", "联合组建", "区域联建")] == [
        True,
        True,
        True,
        False,
    ]
    assert admission(forms, "区域联建") is None


@pytest.mark.clause("YL-7.3.1-5")
@pytest.mark.parametrize(
    ("grade", "in_the_unit"),
    [
        ("优秀", "优秀"),
        ("称职", "称职"),
        ("合格", "称职"),
        ("基本称职", "基本称职"),
        ("基本合格", "基本称职"),
        ("不称职", "不称职"),
        ("不合格", "不称职"),
    ],
)
def test_the_years_grade_is_the_grade_in_the_unit(rule: Any, grade: str, in_the_unit: str) -> None:
    assert counted_as(rule("yulin", "vocabularies.yearly_grades"), grade, "unit_grades") == in_the_unit


@pytest.mark.clause("YL-7.3.3-2")
def test_the_grades_that_recall_are_the_lowest_two(rule: Any) -> None:
    low = at_or_below(rule("yulin", "vocabularies.yearly_grades"), "基本合格")
    assert low == ("基本称职", "不称职")
    (rung,) = rule("yulin", "ladders.low_grade").rungs
    assert all(rung.reached(grade) for grade in low)
    assert not rung.reached("称职")


@pytest.mark.clause("YL-8.1-2")
def test_nine_departments_form_the_office_of_city_and_county_and_others_may_join(rule: Any) -> None:
    departments = rule("yulin", "vocabularies.office_departments")
    named = ["组织部", "纪委（监委）", "宣传部", "农办", "发改委", "财政局", "人社局", "农业农村局", "乡村振兴局"]
    assert [departments.found(name) is not None for name in named] == [True] * 9
    assert (len(departments.words), departments.found("监委").word) == (9, "纪委（监委）")
    assert admission(departments, "教育局") is None
    listed = rule("yulin", "records.management_office")
    assert set(listed.items) == set(named)
    assert {actor.resolved({}) for actor in listed.author} == {"city_office", "county_office"}
