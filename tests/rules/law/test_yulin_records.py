"""What is written down in Yulin, by whom, and what is missing from a paper that leaves a point out."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from apps.rules.language.records import record_findings
from tests.rules.law.telling import tell

DAY = date(2023, 6, 1)
NAMES = {
    ("org_dept_at_level", "unit"): "组织部",
    ("rural_office_at_level", "unit"): "农办",
    ("agriculture_at_level", "unit"): "农业农村局",
    ("poverty_office_at_level", "unit"): "乡村振兴局",
    ("office_at_level", "unit"): "同级驻村办",
}
OFFICES = {"city_office", "county_office"}
TEAM = {"first_secretary", "team"}

FORM = {
    "选派渠道": "组织推荐",
    "政治关": True,
    "品行关": True,
    "能力关": True,
    "作风关": True,
    "廉洁关": True,
    "年龄": 38,
    "专业": "农学",
    "经历": "乡镇工作6年",
}
BODIES = {"unit_party_committee", "组织部", "农办", "农业农村局", "乡村振兴局"}
OPINIONS = {
    "听取日期": DAY,
    "村干部意见": "好",
    "村干部人数": 3,
    "党员意见": "好",
    "党员人数": 8,
    "群众意见": "好",
    "群众人数": 20,
    "现实表现": "踏实",
}


def row(key: str, clause: str, author: set[str], given: dict[str, Any], *asked: str) -> Any:
    """A complete paper and the points that the clause asks for in it (all where none is named)."""
    return pytest.param(key, clause, author, given, asked or tuple(given), id=clause, marks=pytest.mark.clause(clause))


PAPERS = [
    row("selection_form", "YL-5-1", BODIES, FORM, "选派渠道"),
    row("selection_form", "YL-5-7", BODIES, FORM, "政治关", "品行关", "能力关", "作风关", "廉洁关"),
    row("selection_form", "YL-5-8", BODIES, FORM, "年龄", "专业", "经历"),
    row("task_list", "YL-6-4", TEAM, {"任务": "修路", "目标责任": "年底通车"}),
    row("local_backbone", "YL-6-6", TEAM, {"姓名": "赵某", "身份": "村后备干部"}),
    row("party_relation", "YL-7.2.3-5", set(), {"转接日期": DAY, "接收的村党组织": "某村党支部"}),
    row("term_opinions", "YL-7.3.2-2", {"dispatch_unit"}, OPINIONS),
    row(
        "recall_treatment",
        "YL-7.3.3-3",
        set(),
        {"相应处理": "诫勉", "作出处理的机关": "县委组织部", "处理日期": DAY, "依据的规定": "某规定"},
    ),
    row(
        "status_confirmation",
        "YL-7.2.3-3",
        {"dispatch_unit"},
        dict.fromkeys(("人事关系不变", "工资不变", "绩效不变", "福利不变"), True),
    ),
    row("problem_list", "YL-8.3-6", OFFICES, {"问题": "道路未通", "发现人": "某甲", "责任人": "某乙"}),
    row(
        "responsibility_binding",
        "YL-8.1-10",
        {"dispatch_unit"},
        {"派出单位": "甲局", "村（社区）": "某村", "开始日期": DAY},
    ),
    row("unit_support", "YL-8.1-12", {"dispatch_unit"}, {"支持的力量或资源": "农技员2名", "日期": DAY}),
    row(
        "interviewed_units",
        "YL-8.1-16",
        {"同级驻村办"},
        {"单位": "甲局", "约谈情形": "选派把关不严", "整改期限": DAY, "整改情况": "已改"},
    ),
    row("practices", "YL-8.3-9", OFFICES, {"类别": "经验做法", "内容": "党支部领办合作社"}),
    row(
        "household_visits",
        "YL-6.4-2",
        TEAM,
        {"走访日期": DAY, "走访人": "王某", "群众需要解决的问题": "就医", "帮扶结果": "已协调"},
    ),
]


@pytest.mark.parametrize(("key", "clause", "author", "given", "asked"), PAPERS)
def test_a_complete_paper_passes_and_each_point_left_out_is_found(
    rule: Any, key: str, clause: str, author: set[str], given: dict[str, Any], asked: tuple[str, ...]
) -> None:
    record = rule("yulin", f"records.{key}")
    assert record_findings(record, given) == []
    for point in asked:
        without = {label: value for label, value in given.items() if label != point}
        found = tell(record_findings(record, without))
        assert found == [("field_missing", "block", clause)]
    assert {actor.resolved(NAMES) for actor in record.author} == author


@pytest.mark.parametrize(
    ("key", "given", "label", "offered", "clause"),
    [
        pytest.param(
            "selection_form",
            FORM,
            "选派渠道",
            ("个人报名", "组织推荐", "个人报名和组织推荐"),
            "YL-5-1",
            marks=pytest.mark.clause("YL-5-1"),
        ),
        pytest.param(
            "task_log",
            {"日期": DAY, "职责": "", "内容": "修路"},
            "职责",
            ("建强村党组织", "推进强村富民", "提升治理水平", "为民办事服务"),
            "YL-6-2",
            marks=pytest.mark.clause("YL-6-2"),
        ),
        pytest.param(
            "practices",
            {"类别": "", "内容": "合作社"},
            "类别",
            ("经验做法", "宣传"),
            "YL-8.3-9",
            marks=pytest.mark.clause("YL-8.3-9"),
        ),
    ],
)
def test_only_the_words_of_the_text_can_be_chosen(
    rule: Any, key: str, given: dict[str, Any], label: str, offered: tuple[str, ...], clause: str
) -> None:
    record = rule("yulin", f"records.{key}")
    for choice in offered:
        assert record_findings(record, given | {label: choice}) == []
    (refused,) = record_findings(record, given | {label: "其他"})
    assert (refused.code, refused.severity, refused.clause) == ("field_not_offered", "block", clause)
