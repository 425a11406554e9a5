"""Tongwei's papers and ledgers: what must stand in each, whose it is, who signs it and where it goes."""

from __future__ import annotations

from typing import Any, NamedTuple

import pytest

from apps.rules.language.records import Record, record_findings, signatures_missing

RELATED = {
    ("predecessor", "post"): "旧任",
    ("successor", "post"): "新任",
    ("org_dept_at_level", "unit"): "city_org_dept",
    ("superior", "unit"): "superior_party_committee",
    ("personnel_dept", "unit"): "unit_personnel",
}


class Paper(NamedTuple):
    """What the text says of one paper: its clauses, whom it is kept for and how often, who makes it and who gets it,
    and what may not be missing in it, with the clause that asks for it where that is another than the first."""

    key: str
    clauses: tuple[str, ...]
    per: str
    window: str | None
    author: list[str]
    to: list[str]
    fields: list[str | tuple[str, str]]
    event: str = ""
    helps: str = ""
    form: str = ""


PLACE, UNIT, TPC = "county_office", "dispatch_unit", "township_party_committee"
PAPERS = [
    Paper("party_relation", ("TW-5-3",), "person", None, [], [], ["是否党员"]),
    Paper("three_year_plan", ("TW-6-2",), "village", None, [], [], ["起止年份", "规划文本"], helps="team"),
    Paper("annual_help_plan", ("TW-6-2",), "village", "year", [], [], ["计划文本"], helps="team"),
    Paper(
        "household_plan", ("TW-6-2", "TW-25-3"), "poor_household", None, ["pairing_cadre"], [],
        ["帮扶责任人", "计划文本", ("送到户日期", "TW-25-3")],
        helps="team",
    ),
    Paper(
        "contact_card", ("TW-25-3",), "poor_household", None, ["pairing_cadre"], [],
        ["帮扶责任人", "工作单位", "联系电话", "送到户日期"],
    ),
    Paper("project_notice", ("TW-6-4",), "project", None, ["team"], [], ["项目", "资金", "监管责任人", "公示公告日期", "公示公告凭据"]),
    Paper("village_rules", ("TW-6-5",), "village", None, [], [], ["通过日期", "文本"], helps="team"),
    Paper("annual_work_plan", ("TW-7-2",), "team", "year", ["team_leader", "first_secretary"], [], ["计划措施"]),
    Paper("division_of_duties", ("TW-7-2",), "team", "year", ["team_leader", "first_secretary"], [], ["队员", "分工"]),
    Paper("village_secretary_post", ("TW-7-5",), "person", None, [], [], ["兼任起始日期", "选不出合格书记人选的情况"]),
    Paper("household_visits", ("TW-13-1",), "household", None, ["cadre"], [], ["日期", "入户干部", "工作内容"]),
    Paper("team_notice", ("TW-15-1",), "team", None, ["team"], [], ["姓名", "工作单位", "联系电话", "每日值班人员"]),
    Paper(
        "village_disclosure", ("TW-15-3",), "village", None, ["village_branch", "village_committee"], [],
        ["事项类别", "公开日期", "凭据"],
        helps="team",
    ),
    Paper(
        "handover_list", ("TW-17-2", "TW-17-3", "TW-17-4"), "post", None, ["旧任"], [TPC],
        [
            "承担的职责任务", "掌握的村情民情", "尚未处理完毕的工作", "台账资料", "工作经费使用情况、办公设备等资产",
            ("监交人（乡镇纪委书记）", "TW-17-3"), ("监交日期", "TW-17-3"),
        ],
    ),
    Paper(
        "inspection_record", ("TW-20-2",), "event", None, ["county_inspection_group"], [],
        ["督查日期", "方式", "督查的村和部门", "到岗履职情况", "部门履行管理职责情况", "参加督查人员"],
    ),
    Paper("rectification", ("TW-20-5",), "case", None, ["county_inspection_group"], [], ["问题", "责任人", "整改时限"]),
    Paper(
        "four_ones_ledger", ("TW-21-1", "TW-21-4", "TW-F-4"), "township", "month", [TPC], [PLACE],
        [
            ("每周驻村天数汇总", "TW-18-1"), ("每月考勤签到通报", "TW-18-2"), ("每周工作队日志抽验", "TW-18-3"),
            ("每月队长工作日志调阅", "TW-18-4"),
        ],
        form="附件4",
    ),
    Paper("presence_ledger", ("TW-21-2", "TW-F-5"), "county", "month", [PLACE], [], ["成员", "到岗情况", "履职情况"], form="附件5"),
    Paper(
        "unit_support_ledger", ("TW-21-3", "TW-21-5", "TW-F-6"), "unit", "quarter", [UNIT], ["city_org_dept"],
        ["支持保障", "帮扶实绩"],
        form="附件6",
    ),
    Paper("training", ("TW-23-1",), "event", None, [], [], ["培训层级", "培训内容", "培训方式", "起始日期", "结束日期", "参训人员"]),
    Paper(
        "routine_assessment", ("TW-27-1",), "person", "quarter", [TPC], [],
        [("季度得分（百分制）", "TW-27-2"), "季度等次", "本季度“四个一”台账记载情况"],
    ),
    Paper(
        "annual_assessment", ("TW-28-2", "TW-20-6"), "team", "year", [PLACE], [],
        [
            "定量考核得分", "定性考核得分", "工作实绩", ("督查抽查问题按期销号数", "TW-20-6"),
            ("督查抽查问题逾期和未销号数", "TW-20-6"),
        ],
    ),
    Paper(
        "annual_assessment_cadre", ("TW-28-5", "TW-20-6"), "person", "year", [PLACE], [],
        [
            "工作述职", "满意度测评结果", "群众公认", "工作实绩", ("督查抽查问题按期销号数", "TW-20-6"),
            ("督查抽查问题逾期和未销号数", "TW-20-6"),
        ],
    ),
    Paper(
        "assessment_opinion", ("TW-29-2",), "person", None, [PLACE], [UNIT],
        ["驻村起始日期", "驻村结束日期", "鉴定意见", "出具日期"],
        event="当年驻村不足半年（6个月）",
    ),
    Paper(
        "assessment_results", ("TW-30-1",), "person", "year", [], ["county_org_dept", UNIT],
        ["年度考核等次", "平时考核各季度得分和等次"],
    ),
    Paper(
        "subsidy_ledger", ("TW-34-3",), "county", "year", ["county_personnel", "county_finance"], [],
        [
            "姓名", "派出单位", "驻村起始日期", ("满6个月日期", "TW-34-4"), ("纳入日期", "TW-34-4"), "补贴月数", "补贴标准",
            "发放金额", "发放日期",
        ],
    ),
    Paper("extra_tasks", ("TW-36-10",), "team", None, [], [PLACE], ["任务", "交办单位", "交办日期", "占用天数"]),
    Paper(
        "recall_notice", ("TW-39-7",), "case", None, [], [],
        ["被召回人", "驻村", "召回情形（条、项）", "通知日期", "归档日期"],
        event="被召回",
    ),
    Paper("accountability_decision", ("TW-40-4",), "case", None, [], [], ["被问责人", "问责情形（条、项）", "问责方式", "决定日期"], event="予以问责"),
    Paper(
        "admonition_self_criticism", ("TW-40-8",), "case", None, ["cadre"], [TPC, UNIT],
        ["书面检查", "乡镇党委收到日期", "派出单位收到日期"],
        event="受到诫勉谈话问责",
    ),
    Paper("admonition_file", ("TW-40-9",), "case", None, [], [], ["问责决定材料", "归档日期"], event="受到诫勉谈话问责"),
    Paper(
        "unit_self_criticism", ("TW-40-13",), "case", None, ["unit_head"], ["superior_party_committee"],
        ["书面检查", "收到的上级党委", "收到日期"],
        event="选派干部受到组织处理问责",
    ),
    Paper(
        "accountability_proposal", ("TW-40-14", "TW-40-15"), "case", None, ["county_org_dept"], ["unit_personnel"],
        ["被建议问责人", "建议的问责方式", "建议日期"],
    ),
]  # fmt: skip


def filled(record: Record) -> dict[str, Any]:
    return {each.label: each.choices[0] if each.choices else "有" for each in record.fields}


def names(actors: Any) -> list[str | None]:
    return [actor.resolved(RELATED) for actor in actors]


@pytest.mark.parametrize(
    "paper", [pytest.param(each, marks=pytest.mark.clause(*each.clauses), id=each.key) for each in PAPERS]
)
def test_a_full_paper_passes_and_each_thing_missing_in_it_is_told(rule: Any, paper: Paper) -> None:
    record = rule("tongwei", f"records.{paper.key}")
    assert (record.per, record.window and record.window.of) == (paper.per, paper.window)
    assert (names(record.author), names(record.sent_to)) == (paper.author, paper.to)
    assert "、".join(record.on_events.values()) == paper.event
    assert (record.form, names(record.assists)) == (paper.form, [paper.helps] if paper.helps else [])
    assert record_findings(record, filled(record)) == []
    for each in paper.fields:
        label, clause = (each, paper.clauses[0]) if isinstance(each, str) else each
        found = record_findings(record, {**filled(record), label: ""})
        assert [(one.code, one.severity, one.clause, label in one.message) for one in found] == [
            ("field_missing", "block", clause, True)
        ]


@pytest.mark.parametrize(
    ("key", "label", "offered", "other", "clause"),
    [
        pytest.param(key, label, offered.split(), other, clause, marks=pytest.mark.clause(clause))
        for key, label, offered, other, clause in (
            (
                "task_log",
                "工作队职责",
                "宣传政策 落实帮扶计划 对接落实扶贫政策 帮助改善基础条件 帮助发展村级集体经济 "
                "监管扶贫项目资金 调动群众内生动力 推进乡风文明建设 推广普及普通话 帮助建强基层组织",
                "招商引资",
                "TW-6-1",
            ),
            ("task_log", "帮助改善基础条件的目标", "村村通路 户户通电 安全饮水 住无危房", "户户通网", "TW-6-1"),
            (
                "task_log",
                "精准帮扶事项",
                "精准识别（指导） 精准帮扶（指导） 精准退出（指导） 大数据录入（协助）",
                "大数据录入（指导）",
                "TW-6-3",
            ),
            (
                "leader_worklog",
                "队长和第一书记职责",
                "组织开展精准帮扶 加强工作队员日常管理 做好协调服务 履行管党治党职责（兼任第一书记的）",
                "其他",
                "TW-7-1",
            ),
            ("leader_worklog", "管党治党重点", "宣传党的政策 建强基层组织 为民办事服务 提升治理水平", "其他", "TW-7-1"),
            (
                "village_disclosure",
                "事项类别",
                "重大公益事业项目建设 政策补助资金发放 救灾救济款物分配 评优选先 其它与群众生产生活密切相关的事项",
                "村干部考勤",
                "TW-15-3",
            ),
            ("inspection_record", "方式", "实地查看 查阅资料 其他", "听说", "TW-20-2"),
            (
                "training",
                "培训内容",
                "习近平新时代中国特色社会主义思想和扶贫开发重要战略思想 精准扶贫政策 “七个一批” 科技知识 市场信息 其他内容",
                "公文写作",
                "TW-23-1",
            ),
            ("training", "培训方式", "专题轮训 现场观摩 经验交流 其他方式", "自学", "TW-23-1"),
            ("training", "关键问题", "帮扶谁 帮什么 怎么帮", "谁来帮", "TW-23-1"),
            ("accountability_decision", "问责方式", "通报批评 书面检查 诫勉谈话 组织处理 其他", "罚款", "TW-40-4"),
        )
    ],
)
def test_only_what_the_text_names_may_be_chosen(
    rule: Any, key: str, label: str, offered: list[str], other: str, clause: str
) -> None:
    record = rule("tongwei", f"records.{key}")
    full = filled(record)
    assert [record_findings(record, {**full, label: word}) for word in offered] == [[]] * len(offered)
    (refused,) = record_findings(record, {**full, label: other})
    assert (refused.code, refused.severity, refused.clause) == ("field_not_offered", "block", clause)
    (choices,) = (each.choices for each in record.fields if each.label == label)
    assert len(choices) == len(offered)


@pytest.mark.parametrize(
    ("key", "signers"),
    [
        pytest.param("four_ones_ledger", ["township_secretary"], marks=pytest.mark.clause("TW-21-4")),
        pytest.param("unit_support_ledger", ["unit_head"], marks=pytest.mark.clause("TW-21-5")),
        pytest.param("handover_list", ["旧任", "新任", "township_discipline"], marks=pytest.mark.clause("TW-17-3")),
        pytest.param("presence_ledger", [], marks=pytest.mark.clause("TW-21-2")),
    ],
)
def test_a_paper_is_complete_when_all_its_signers_have_signed(rule: Any, key: str, signers: list[str]) -> None:
    record = rule("tongwei", f"records.{key}")
    assert signatures_missing(record, frozenset(signers), RELATED) == ()
    for left_out in signers:
        others = frozenset(signers) - {left_out} | {"county_office"}
        assert signatures_missing(record, others, RELATED) == (left_out,)


@pytest.mark.clause("TW-17-4")
def test_the_township_keeps_the_list_of_a_handover(rule: Any) -> None:
    assert names(rule("tongwei", "records.handover_list").kept_by) == [TPC]


@pytest.mark.parametrize(
    ("key", "where"),
    [
        pytest.param("recall_notice", "干部个人档案", marks=pytest.mark.clause("TW-39-7")),
        pytest.param("admonition_file", "干部个人档案", marks=pytest.mark.clause("TW-40-9")),
    ],
)
def test_notice_and_decision_go_into_the_cadres_file_with_the_day(rule: Any, key: str, where: str) -> None:
    record = rule("tongwei", f"records.{key}")
    (missing,) = record_findings(record, {**filled(record), "归档日期": None})
    assert (record.kept_in, missing.severity) == (where, "block")
