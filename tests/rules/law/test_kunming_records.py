"""What must stand in Kunming's papers: each required entry under its clause, and only the words that are offered."""

from __future__ import annotations

from typing import Any

import pytest

from apps.rules.language.records import record_findings
from apps.rules.language.vocabularies import admission

# What the text asks to be in each paper, and the clause that asks for it.
PAPERS: dict[str, dict[str, str]] = {
    "dispatch_units": dict.fromkeys(("单位名称", "单位类型", "单位层级", "在岗人数"), "KM-3-1"),
    "chief_captain_posting": dict.fromkeys(("职务", "挂任职务"), "KM-4-2"),
    "fund_allocation": dict.fromkeys(("财政部门", "级别", "金额", "安排日期", "拨付日期"), "KM-4-3"),
    "poverty_causes": dict.fromkeys(("致贫原因", "登记日期", "登记人"), "KM-6-2"),
    "supervision_note": dict.fromkeys(("日期", "监督事项", "监督情况"), "KM-6-4"),
    "project_participation": dict.fromkeys(
        ("参与计划编制的队员", "参与组织实施的队员", "参与检查验收的队员"), "KM-6-4"
    ),
    "leader_month_report": dict.fromkeys(("推进情况", "存在问题", "工作经验"), "KM-7-4"),
    "plan_progress": dict.fromkeys(("所属", "事项", "落实情况", "日期"), "KM-7-5"),
    "leader_check": dict.fromkeys(("日期", "督查事项", "发现的情况"), "KM-7-6"),
    "office_check": dict.fromkeys(("检查层级", "方式", "日期", "人员在岗情况", "工作开展情况"), "KM-8-4"),
    "leave_request": dict.fromkeys(("请假事由", "起始日期", "终止日期", "相关证明材料"), "KM-9-10"),
    "on_post_check": dict.fromkeys(("日期", "方式", "结果"), "KM-9-14"),
    "training": dict.fromkeys(("培训层级", "日期", "天数"), "KM-11-4"),
    "annual_assessment_cadre": dict.fromkeys(("日常考勤", "工作实绩"), "KM-12-2"),
    "assessment_notice": {
        "姓名": "KM-12-7",
        "考核等次（视同本单位年度考核等次）": "KM-12-4",
        "反馈日期": "KM-12-7",
    },
    "result_in_file": dict.fromkeys(("考核等次", "存入日期"), "KM-12-8"),
    "advanced_worker": {"姓名": "KM-13-2", "所属表彰": "KM-13-3", "级别": "KM-13-3"},
    "county_award": dict.fromkeys(("表彰名称", "姓名", "级别"), "KM-13-4"),
    "term_assessment": dict.fromkeys(("考核结果", "日期", "考核机关"), "KM-14-1"),
    "unit_summary": dict.fromkeys(
        ("在岗人员", "在岗天数", "无正当理由离岗天数", "年度考核等次", "提前撤回或更换"), "KM-16-2"
    ),
    "subsidy_split": dict.fromkeys(("工作队", "金额"), "KM-18-4"),
    "village_meeting": dict.fromkeys(
        ("日期", "参加的工作队员", "参加的村“两委”成员", "参加的村民代表", "确定的项目"), "KM-20-2"
    ),
    "project_submission": dict.fromkeys(("文号", "发文日期"), "KM-20-4"),
    "project_notice": dict.fromkeys(("资金使用情况", "张贴日期", "地点"), "KM-20-5"),
}
# The words that the text offers for an entry.
OFFERED: dict[tuple[str, str], tuple[str, ...]] = {
    ("dispatch_units", "单位类型"): ("党政机关", "人民团体", "大专院校", "企业", "事业单位", "其他"),
    ("dispatch_units", "单位层级"): ("中央", "省级", "市级", "县级", "乡级"),
    ("chief_captain_posting", "职务"): ("总队长", "副总队长"),
    ("chief_captain_posting", "挂任职务"): ("县（区）委副书记", "县（区）常委"),
    ("fund_allocation", "级别"): ("省级", "市级", "县级", "乡级"),
    ("supervision_note", "监督事项"): ("扶贫资金使用", "村务公开", "账务公开"),
    ("plan_progress", "所属"): ("村级脱贫发展规划", "年度扶贫计划", "单位包村帮扶措施"),
    ("leader_check", "督查事项"): (
        "项目资金到位和实施情况",
        "建档立卡数据更新情况",
        "队员在岗和工作开展情况",
        "其他",
    ),
    ("office_check", "检查层级"): ("市级", "县级"),
    ("office_check", "方式"): ("定期抽查", "随机调研", "其他"),
    ("on_post_check", "方式"): ("定期", "不定期"),
    ("on_post_check", "结果"): ("在岗", "不在岗"),
    ("training", "培训层级"): ("市级", "县级", "乡级"),
    ("assessment_notice", "考核等次（视同本单位年度考核等次）"): ("优秀", "称职", "基本称职", "不称职"),
    ("advanced_worker", "所属表彰"): ("社会扶贫表彰",),
    ("advanced_worker", "级别"): ("市级", "省级", "国家级"),
    ("county_award", "级别"): ("县级",),
}
# Entries of a paper that the text only allows: nothing is missing without them.
FREE = [
    ("training", "授课人"),
    ("training", "授课人单位"),
    ("annual_assessment_cadre", "其他情况"),
    ("assessment_notice", "列为本单位优秀，不占本单位年度优秀名额"),
    ("project_notice", "撤下日期"),
]


def complete(key: str) -> dict[str, str]:
    return {label: OFFERED.get((key, label), ("有",))[0] for label in PAPERS[key]}


@pytest.mark.parametrize(
    ("key", "label", "clause"),
    [
        pytest.param(key, label, clause, marks=pytest.mark.clause(clause))
        for key, entries in PAPERS.items()
        for label, clause in entries.items()
    ],
)
def test_a_paper_without_the_entry_is_refused_under_its_clause(rule: Any, key: str, label: str, clause: str) -> None:
    record = rule("kunming", f"records.{key}")
    assert record_findings(record, complete(key)) == []
    (found,) = record_findings(record, complete(key) | {label: ""})
    assert (found.code, found.severity, found.clause) == ("field_missing", "block", clause)
    assert f"“{label}”" in found.message


@pytest.mark.parametrize(
    ("key", "label"),
    [
        pytest.param(key, label, marks=pytest.mark.clause(PAPERS[key][label]), id=f"{key}-{place}")
        for place, (key, label) in enumerate(OFFERED)
    ],
)
def test_an_entry_takes_only_the_words_of_the_text(rule: Any, key: str, label: str) -> None:
    record = rule("kunming", f"records.{key}")
    for word in OFFERED[key, label]:
        assert record_findings(record, complete(key) | {label: word}) == []
    (found,) = record_findings(record, complete(key) | {label: "别的"})
    assert (found.code, found.severity, found.clause) == ("field_not_offered", "block", PAPERS[key][label])


@pytest.mark.clause("KM-11-4")
@pytest.mark.parametrize("level", ["省级", "市级", "县级", "乡级"])
def test_the_level_of_a_trainers_unit_may_be_told_so_that_the_citys_help_is_seen(rule: Any, level: str) -> None:
    record, told = rule("kunming", "records.training"), {"授课人": "甲", "授课人单位": "农业局"}
    assert record_findings(record, complete("training") | told | {"授课人单位层级": level}) == []
    (found,) = record_findings(record, complete("training") | told | {"授课人单位层级": "村级"})
    assert (found.code, found.clause) == ("field_not_offered", "KM-11-4")


@pytest.mark.parametrize(("key", "label"), FREE)
def test_an_entry_that_the_text_only_allows_may_be_left_empty(rule: Any, key: str, label: str) -> None:
    record = rule("kunming", f"records.{key}")
    assert record_findings(record, complete(key) | {label: ""}) == []
    assert label in [each.label for each in record.fields]


DUTIES = {
    "team_duties": (
        "宣传政策落实扶贫措施", "挂包帮转走访与建档立卡动态管理", "致贫分析和规划计划", "产业与集体经济及项目资金监督",
        "技能培训增收", "党建扶贫双推进与矛盾调处公开监督",
    ),
    "leader_duties": (
        "队员管理与年度计划", "情况收集与每月报送", "牵头规划计划和包村措施落实", "督促检查资金数据在岗", "第一书记职责",
        "基层党建推进与换届选举",
    ),
}  # fmt: skip


@pytest.mark.parametrize(
    ("key", "clause"),
    [
        pytest.param("team_duties", "KM-6-1", marks=pytest.mark.clause("KM-6-1")),
        pytest.param("leader_duties", "KM-7-1", marks=pytest.mark.clause("KM-7-1")),
    ],
)
def test_work_is_tagged_with_one_of_six_duties(rule: Any, key: str, clause: str) -> None:
    duties = rule("kunming", f"vocabularies.{key}")
    assert [admission(duties, word) for word in DUTIES[key]] == [None] * 6
    found = admission(duties, "招商引资")
    assert found is not None
    assert (found.severity, found.clause, len(found.inputs["words"])) == ("block", clause, 6)


@pytest.mark.clause("KM-7-1")
def test_the_fifth_duty_names_three_of_the_first_secretary_and_may_have_more(rule: Any) -> None:
    duties = rule("kunming", "vocabularies.first_secretary_duties")
    assert all(duties.found(word) for word in ("建强基层组织", "为民办事服务", "提升治理水平"))
    assert (duties.found("走访"), admission(duties, "走访")) == (None, None)


@pytest.mark.clause("KM-5-3")
def test_a_team_is_made_of_three_forces_and_others(rule: Any) -> None:
    sources = rule("kunming", "vocabularies.member_sources")
    assert all(sources.found(word) for word in ("包村单位驻村帮扶干部", "村党组织第一书记", "大学生村官"))
    assert (sources.found("志愿者"), admission(sources, "志愿者")) == (None, None)


@pytest.mark.clause("KM-15-1")
def test_the_list_of_failing_conditions_is_closed_with_five(rule: Any) -> None:
    conditions = rule("kunming", "vocabularies.fail_conditions")
    found = admission(conditions, "群众测评差")
    assert found is not None
    assert (found.code, found.severity, found.clause) == ("word_not_in_list", "block", "KM-15-1")
    assert len(found.inputs["words"]) == 5
