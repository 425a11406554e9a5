"""What must stand in the papers that the nation asks for: each required entry, and nothing that is not required."""

from __future__ import annotations

from typing import Any

import pytest

from apps.rules.language.records import record_findings
from apps.rules.language.vocabularies import admission, counted_as

ATTENDANCE = dict.fromkeys(("考勤", "考绩"), "CN-5.1-2")
RATINGS = dict.fromkeys(("工作总结", "村民测评人数", "村民测评结果", "村干部评议"), "CN-5.1-4")

# What the text asks to be in each paper, and the clause that asks for it.
PAPERS: dict[str, dict[str, str]] = {
    "annual_assessment": {
        "精准扶贫精准脱贫成效": "CN-1.2-3",
        **ATTENDANCE,
        "平时考核结果": "CN-5.1-3",
        **RATINGS,
        "结果": "CN-5.1-1",
    },
    "annual_assessment_cadre": {**ATTENDANCE, "平时考核结果": "CN-5.1-3", **RATINGS, "结果": "CN-5.1-1"},
    "term_assessment": {
        **ATTENDANCE,
        "平时考核结果": "CN-5.1-3",
        "年度考核结果": "CN-5.1-3",
        **RATINGS,
        "结果": "CN-5.1-3",
    },
    "routine_assessment": {**ATTENDANCE, "结果": "CN-5.1-3"},
    "half_year_report": dict.fromkeys(("思想", "工作", "学习"), "CN-4.2-5"),
    "team_basis": dict.fromkeys(("派出单位帮扶资源", "驻村干部综合能力"), "CN-1.2-4"),
    "party_relation": dict.fromkeys(("转接到的村", "转接日期"), "CN-2.3-6"),
    "project_notice": dict.fromkeys(("项目名称", "金额", "公示公告日期"), "CN-3.6-1"),
    "leading_group": dict.fromkeys(("成员", "成立日期"), "CN-4.1-2"),
    "difficulties": dict.fromkeys(("困难", "反映日期", "答复", "答复日期"), "CN-4.1-3"),
    "county_responsible_person": dict.fromkeys(("姓名", "联系电话"), "CN-4.1-4"),
    "township_responsible_person": dict.fromkeys(("姓名", "联系电话"), "CN-4.1-4"),
    "attendance_rules": {"请销假报批程序": "CN-4.2-2", "在岗情况统计": "CN-4.2-3"},
    "assessment_notice": dict.fromkeys(("送出日期", "收到日期"), "CN-5.1-6"),
    "commendation": dict.fromkeys(("级别", "称号", "日期", "依据"), "CN-5.2-2"),
    "reserve_list": dict.fromkeys(("列入日期", "单位"), "CN-5.2-3"),
    "recall_case": {
        "不胜任的情形": "CN-5.3-1",
        "依据": "CN-5.3-1",
        "提出日期": "CN-5.3-1",
        "召回日期": "CN-5.3-2",
        "接替的干部": "CN-5.3-2",
    },
    "criticism": dict.fromkeys(("日期", "事由", "批评教育的人"), "CN-5.3-3"),
    "serious_case": dict.fromkeys(("情形", "移送的机关", "处理结果"), "CN-5.3-4"),
    "accountability": dict.fromkeys(
        ("派出单位有关人员的问责决定（不问责的写理由）", "管理单位有关人员的问责决定（不问责的写理由）"), "CN-5.3-5"
    ),
    "inspection": dict.fromkeys(
        ("方式", "到访的工作队", "日期", "典型经验", "薄弱环节", "突出问题", "管理制度"), "CN-6.2-1"
    ),
    "inspection_circular": dict.fromkeys(("通报日期", "文件"), "CN-6.2-2"),
    "rectification": dict.fromkeys(("问题", "责任单位", "整改期限", "整改结果"), "CN-6.2-3"),
    "training": dict.fromkeys(("方式", "内容", "日期", "参加人员"), "CN-6.3-1"),
    "publicity": dict.fromkeys(("类别", "干部、工作队或村", "内容"), "CN-6.3-2"),
    "working_conditions": dict.fromkeys(("条件", "提供单位", "提供日期"), "CN-6.4-1"),
    "status_confirmation": dict.fromkeys(("原有人事关系不变", "各项待遇不变"), "CN-6.4-2"),
    "accident_insurance": dict.fromkeys(("保险起始日", "保险终止日"), "CN-6.4-6"),
    "duty_injury": dict.fromkeys(("日期", "救治康复情况"), "CN-6.4-7"),
    "duty_death": dict.fromkeys(("日期", "亲属优抚落实情况"), "CN-6.4-8"),
    "medical_claim": dict.fromkeys(("申请日期", "办理情况", "报销日期"), "CN-6.4-9"),
    "care_talk": dict.fromkeys(("日期", "谈话人", "谈话对象"), "CN-6.4-10"),
}
# Entries for which the text offers a choice.
CHOICES = {"情形": "失职失责", "方式": "督查", "类别": "有效做法"}
OFFERED = [
    pytest.param("serious_case", "情形", ("弄虚作假", "失职失责", "其他情形造成恶劣影响"), id="cases"),
    pytest.param("inspection", "方式", ("督查", "抽查"), id="modes", marks=pytest.mark.clause("CN-6.2-1")),
    pytest.param("publicity", "类别", ("先进事迹", "有效做法", "成功经验"), id="kinds"),
]
# Whose whole content is the entries themselves; the other papers only serve clauses proved elsewhere.
PROVED = {
    "CN-1.2-3", "CN-5.1-2", "CN-5.1-3", "CN-5.1-4", "CN-4.2-5", "CN-5.1-6", "CN-5.2-2", "CN-5.2-3", "CN-4.1-4",
    "CN-5.3-3", "CN-5.3-4", "CN-5.3-5", "CN-6.2-1", "CN-6.2-2", "CN-6.2-3", "CN-6.3-1", "CN-6.3-2", "CN-6.4-1",
    "CN-6.4-2", "CN-6.4-7", "CN-6.4-8", "CN-6.4-9",
}  # fmt: skip


def complete(key: str) -> dict[str, str]:
    return {label: CHOICES.get(label, "有") for label in PAPERS[key]}


@pytest.mark.parametrize(
    ("key", "label", "clause"),
    [
        pytest.param(key, label, clause, marks=[pytest.mark.clause(clause)] if clause in PROVED else [])
        for key, entries in PAPERS.items()
        for label, clause in entries.items()
    ],
)
def test_a_paper_without_the_entry_is_refused_under_its_clause(rule: Any, key: str, label: str, clause: str) -> None:
    record = rule("central", f"records.{key}")
    assert record_findings(record, complete(key)) == []
    (found,) = record_findings(record, complete(key) | {label: ""})
    assert (found.code, found.severity, found.clause) == ("field_missing", "block", clause)
    assert f"“{label}”" in found.message


@pytest.mark.parametrize(("key", "label", "offered"), OFFERED)
def test_an_entry_takes_only_the_words_of_the_text(rule: Any, key: str, label: str, offered: tuple[str, ...]) -> None:
    record = rule("central", f"records.{key}")
    for word in offered:
        assert record_findings(record, complete(key) | {label: word}) == []
    (found,) = record_findings(record, complete(key) | {label: "别的"})
    assert (found.code, found.clause) == ("field_not_offered", record.clause)


@pytest.mark.clause("CN-5.1-5")
@pytest.mark.parametrize("label", ["考核内容", "权重", "等次"])
def test_items_weights_and_grades_are_the_locality_s_to_set(rule: Any, packs: Any, label: str) -> None:
    scheme = rule("central", "records.assessment_scheme")
    given = dict.fromkeys(("考核内容", "权重", "等次"), "有")
    assert record_findings(scheme, given) == []
    (found,) = record_findings(scheme, given | {label: ""})
    assert (found.severity, found.clause, scheme.delegated_to) == ("notice", "CN-5.1-5", "county")
    assert (packs["central"].formulas, packs["central"].accounts) == ({}, {})


@pytest.mark.clause("CN-5.1-3")
@pytest.mark.parametrize(
    ("word", "known"), [("平时考核", True), ("年度考核", True), ("期满考核", True), ("季度考核", False)]
)
def test_there_are_three_kinds_of_assessment(rule: Any, word: str, known: bool) -> None:
    found = admission(rule("central", "vocabularies.assessment_kinds"), word)
    assert found is None if known else found is not None
    if found is not None:
        assert (found.severity, found.clause) == ("block", "CN-5.1-3")


@pytest.mark.clause("CN-2.2-5")
@pytest.mark.parametrize(
    ("channel", "known"),
    [("东西部扶贫协作", True), ("对口支援", True), ("中央单位定点帮扶", True), ("社会捐助", False)],
)
def test_a_unit_sends_its_people_through_one_of_three_channels(rule: Any, channel: str, known: bool) -> None:
    found = record_findings(rule("central", "records.assistance_channel"), {"帮扶渠道": channel})
    assert [(one.code, one.clause) for one in found] == ([] if known else [("field_not_offered", "CN-2.2-5")])
    assert record_findings(rule("central", "records.assistance_channel"), {}) == []


# 三、（一）至（十）: the ten tasks and what the text names under each.
TASKS = {
    "宣传政策": ("方针政策", "决策部署", "工作措施"),
    "识别帮扶退出": ("精准识别", "精准帮扶", "精准退出", "参与拟定脱贫规划计划"),
    "参与精准扶贫": (
        "特色产业扶贫", "劳务输出扶贫", "易地扶贫搬迁", "贫困户危房改造", "教育扶贫", "科技扶贫", "健康扶贫",
        "生态保护扶贫",
    ),
    "政策到村到户": ("金融", "交通", "水利", "电力", "通信", "文化", "社会保障"),
    "集体经济": ("发展村级集体经济", "管好用好村级集体收入"),
    "资金项目监管": ("监管扶贫资金项目", "公示公告制度"),
    "扶志扶智": ("思想发动", "宣传教育", "情感沟通"),
    "法治和新风": ("法治教育", "移风易俗", "村规民约"),
    "普通话": ("推广普及普通话",),
    "基层组织": (
        "整顿村级软弱涣散党组织", "对整治群众身边的腐败问题提出建议", "培养贫困村创业致富带头人", "吸引各类人才",
    ),
}  # fmt: skip


@pytest.mark.clause("CN-3-1")
@pytest.mark.parametrize(("task", "items"), TASKS.items())
def test_work_is_logged_under_one_of_the_ten_tasks(rule: Any, task: str, items: tuple[str, ...]) -> None:
    log = rule("central", "records.task_log")
    entry = {"日期": "2026-05-04", "任务": task, "内容": "入户"}
    assert record_findings(log, entry) == []
    assert admission(rule("central", "vocabularies.team_tasks"), task) is None
    sub = rule("central", "vocabularies.team_task_items")
    for item in items:
        assert counted_as(sub, item, "team_tasks") == task
        assert record_findings(log, entry | {"小项": item}) == []


@pytest.mark.clause("CN-3-1")
def test_an_eleventh_task_and_an_untagged_entry_are_refused(rule: Any) -> None:
    log, tasks = rule("central", "records.task_log"), rule("central", "vocabularies.team_tasks")
    for task, code in (("招商引资", "field_not_offered"), ("", "field_missing")):
        (found,) = record_findings(log, {"日期": "2026-05-04", "任务": task, "内容": "入户"})
        assert (found.code, found.severity, found.clause) == (code, "block", "CN-3-1")
    refused = admission(tasks, "招商引资")
    assert refused is not None
    assert (refused.code, len(refused.inputs["words"])) == ("word_not_in_list", 10)


@pytest.mark.clause("CN-6.3-1")
@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("training_forms", ("专题轮训", "现场观摩", "经验交流")),
        ("training_contents", ("脱贫攻坚方针政策", "科技知识", "市场信息")),
    ],
)
def test_training_has_three_forms_and_three_contents_and_may_have_others(
    rule: Any, key: str, words: tuple[str, ...]
) -> None:
    vocabulary = rule("central", f"vocabularies.{key}")
    assert all(vocabulary.found(word) for word in words)
    assert vocabulary.found("书法") is None
    assert admission(vocabulary, "书法") is None
