"""达川委办〔2017〕96号: what must stand in each record, paper and public notice, whose it is and in which villages."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from apps.rules.book import resolve
from apps.rules.language.records import record_findings
from apps.rules.language.selectors import Case
from apps.rules.language.spending import Books, Spent, spending_findings
from apps.rules.language.vocabularies import admission
from tests.rules.conftest import shipped
from tests.rules.law.dachuan_case import Find
from tests.rules.law.telling import tell

POOR, NON_POOR, BOTH = ["poor"], ["non_poor"], ["poor", "non_poor"]
FIVE = ["建强基层组织", "推进精准扶贫", "发展集体经济", "为民办事服务", "提升治理水平"]
SERVICES = ["金融服务", "贫困户生产融资", "集体经济融资", "项目牵线搭桥"]
RULES = ["中央八项规定", "省委省政府十项规定", "市委市政府十一项规定", "区委区政府十二项规定"]
MONEY_RULE = "脱贫攻坚项目资金使用管理有关规定"
LEADER, UNIT, GROUP, SECRETARY = "liaison_leader", "dispatch_unit", "work_group", "first_secretary"
TECHNICIAN, LAWYER, CREDIT, PAIRED = "agri_technician", "legal_adviser", "credit_officer", "pairing_cadre"
TOWN, ORG, INSPECTORS = "township_party_committee", "county_org_dept", "county_inspection_group"

# clause, record, for whom one is kept, by whom, in which villages, what must stand in it, what may be chosen
TABLE: list[tuple[str, str, str, str, list[str], str, dict[str, list[str]]]] = [
    ("DC-1.1.1-1", "village_overall_plan", "village", LEADER, POOR, "规划文本 联系领导审核日期", {}),
    ("DC-1.1.1-1", "village_annual_plan", "village", LEADER, POOR, "计划文本 联系领导审核日期", {}),
    ("DC-1.1.1-4", "urgent_problems", "village", LEADER, POOR, "急难问题 负责人", {}),
    ("DC-1.1.1-7", "mentoring_pair", "village", "", POOR, "联系领导 第一书记 开始日期", {}),
    ("DC-1.1.1-8", "plan_progress", "village", LEADER, POOR, "类别 事项 落实情况", {"类别": ["村规划", "户方案"]}),
    (
        "DC-1.1.2-1", "unit_measures", "village", UNIT, POOR, "帮扶措施和资源 对应的年度任务 落实情况",
        {"对应的年度任务": ["村规划年度任务", "户方案年度任务"]},
    ),
    ("DC-1.1.2-6", "care_talk", "event", UNIT, BOTH, "日期 谈话人 谈话对象 思想动态", {}),
    ("DC-4.3-6", "care_talk", "event", UNIT, BOTH, "日期 谈话人 谈话对象 思想动态", {}),
    ("DC-1.1.3-1", "team_measures", "team", GROUP, POOR, "落实的帮扶措施 落实情况", {}),
    ("DC-1.1.3-1", "unit_pairing_list", "unit", GROUP, POOR, "干部职工 结对帮扶贫困户", {}),
    ("DC-1.1.3-2", "team_annual_plan", "team", GROUP, POOR, "事项 完成期限", {}),
    ("DC-1.1.4-1", "four_in_village", "person", SECRETARY, POOR, "住村夜数 在村天数", {}),
    ("DC-1.1.4-3", "first_secretary_ledger", "person", SECRETARY, POOR, "职责", {"职责": FIVE}),
    ("DC-1.1.4-5", "first_secretary_ledger", "person", SECRETARY, POOR, "日期 工作内容", {}),
    ("DC-1.1.4-9", "visit_record", "household", SECRETARY, POOR, "走访日期", {}),
    ("DC-1.1.4-11", "project_money", "project", SECRETARY, POOR, "用途 金额 凭证", {}),
    ("DC-1.1.5-1", "agriculture_plan", "village", TECHNICIAN, POOR, "规划文本 农技员", {}),
    ("DC-1.1.5-2", "household_guidance_plan", "poor_household", TECHNICIAN, POOR, "方案文本", {}),
    ("DC-1.1.5-3", "household_exit_plan", "poor_household", TECHNICIAN, POOR, "方案文本", {}),
    (
        "DC-1.1.6-1", "legal_check", "village", LAWYER, POOR, "事项 日期 发现的问题 法律意见",
        {"事项": ["产业发展", "项目引进", "基础设施建设", "土地流转", "其他"]},
    ),
    ("DC-1.1.6-2", "legal_publicity", "village", LAWYER, POOR, "日期 宣传内容 人数", {}),
    ("DC-1.1.6-3", "legal_aid", "case", LAWYER, POOR, "申请人 日期", {}),
    (
        "DC-1.1.7-2", "credit_service", "event", CREDIT, POOR, "服务类别 服务对象 日期 结果",
        {"服务类别": ["金融政策宣传", *SERVICES]},
    ),
    (
        "DC-1.2.5-2", "credit_service_non_poor", "event", CREDIT, NON_POOR, "服务类别 服务对象 日期 结果",
        {"服务类别": SERVICES},
    ),
    (
        "DC-1.1.7-3", "credit_support", "event", CREDIT, BOTH, "扶持对象类别 扶持对象 日期 扶持情况",
        {"扶持对象类别": ["个人", "涉农企业", "专合组织", "集体经济组织", "其他"]},
    ),
    (
        "DC-1.2.5-3", "credit_support", "event", CREDIT, BOTH, "扶持对象类别 扶持对象 日期 扶持情况",
        {"扶持对象类别": ["个人", "涉农企业", "专合组织", "集体经济组织", "其他"]},
    ),
    ("DC-1.1.7-4", "credit_pairing", "person", CREDIT, BOTH, "结对帮扶户", {}),
    ("DC-1.2.5-4", "credit_pairing", "person", CREDIT, BOTH, "结对帮扶户", {}),
    (
        "DC-1.2.1-3", "policy_measures", "village", SECRETARY, NON_POOR, "职责 措施 落实情况",
        {"职责": ["带领村两委", "到村到户政策落实", "带领贫困户脱贫"]},
    ),
    (
        "DC-1.2.2-1", "agri_tour", "village", "agri_tour_group", NON_POOR, "日期 到村成员 服务内容",
        {"服务内容": ["技术指导服务", "指导产业发展", "解决种养难题"]},
    ),
    (
        "DC-1.2.3-1", "legal_tour", "village", "legal_tour_group", NON_POOR, "服务类别 日期 结果",
        {"服务类别": [
            "引导依法管理村务", "法律意见和法律体检", "解答法律咨询", "协助申请法律援助", "法治宣传", "参与人民调解",
        ]},
    ),
    (
        "DC-1.2.4-1", "pairing_contacts", "poor_household", PAIRED, NON_POOR, "日期 方式 内容",
        {"方式": ["走访", "联系沟通"]},
    ),
    (
        "DC-1.2.4-2", "pairing_measures", "poor_household", PAIRED, NON_POOR, "措施类别 责任人 日期 结果",
        {"措施类别": ["落实到户政策", "帮发展增收项目", "引导自主脱贫"]},
    ),
    ("DC-2.3-1", "helpers_notice", "village", TOWN, POOR, "角色 姓名 单位 职责 工作电话", {}),
    (
        "DC-2.3-2", "leaders_phone_notice", "village", TOWN, BOTH,
        "区委书记 区长 纪委书记 组织部长 政法委书记 乡镇（街道）党（工）委书记 乡镇长（办事处主任）", {},
    ),
    ("DC-2.3-3", "helpers_notice", "village", TOWN, POOR, "举报电话", {}),
    ("DC-2.3-3", "leaders_phone_notice", "village", TOWN, BOTH, "举报电话", {}),
    (
        "DC-2.3-4", "public_reports", "event", "", BOTH, "日期 钟点 渠道 村 反映内容 办理人",
        {"渠道": ["来电", "来访"]},
    ),
    ("DC-2.4-1", "inspection_group", "county", ORG, BOTH, "督导组 成员 开始日期", {}),
    (
        "DC-2.4-2", "inspection_record", "event", INSPECTORS, BOTH,
        "督导组 类别 不打招呼 直查到村 日期 村 人员 是否在岗", {"类别": ["督查", "暗访"]},
    ),
    ("DC-2.4-3", "bulletin_item", "event", ORG, BOTH, "人员 单位 村 事项", {}),
    ("DC-2.4-5", "night_check_record", "event", INSPECTORS, BOTH, "日期 钟点 人员 食宿在村", {}),
    (
        "DC-3.1.1-6", "superior_criticism_case", "case", "", BOTH, "通报层级 通报场合",
        {"通报层级": ["中央", "省", "市"], "通报场合": ["督查考核", "评估验收"]},
    ),
    ("DC-3.2.1-7", "recall_case", "case", "", BOTH, "三次无故脱岗的督查暗访 提出的单位 决定日期 召回日期", {}),
    (
        "DC-3.2.2-1", "conduct_case", "case", "", BOTH, "违反的规定 造成的失误和后果",
        {"违反的规定": [*RULES, MONEY_RULE]},
    ),
    ("DC-4.1-2", "promotion_list", "county", "", BOTH, "姓名 获得的表扬 表扬日期", {}),
    ("DC-4.1-3", "promotion_list", "county", "", BOTH, "结果", {"结果": ["提拔重用", "纳入递进培养计划", "未定"]}),
    ("DC-4.3-2", "accident_insurance", "person", UNIT, BOTH, "保险单号 保险起始日 保险终止日", {}),
]  # fmt: skip
SAME = {"DC-4.3-6": "DC-1.1.2-6", "DC-1.2.5-3": "DC-1.1.7-3", "DC-1.2.5-4": "DC-1.1.7-4"}
ROLES = frozenset({"first_secretary", "member"})


def complete(record: Any) -> dict[str, str]:
    return {each.label: each.choices[0] if each.choices else "有" for each in record.fields}


@pytest.mark.parametrize(
    ("clause", "key", "per", "author", "classes", "required", "choices"),
    [pytest.param(*row, marks=pytest.mark.clause(row[0]), id=f"{row[0]} {row[1]}") for row in TABLE],
)
def test_a_record_lacks_what_the_clause_asks_for_until_it_stands_there(
    rule: Find,
    clause: str,
    key: str,
    per: str,
    author: str,
    classes: list[str],
    required: str,
    choices: dict[str, list[str]],
) -> None:
    record, told = rule("dachuan", f"records.{key}"), SAME.get(clause, clause)
    full = complete(record)
    assert record_findings(record, full) == []
    mine = {one.message.split("缺少“")[1].rstrip("”。") for one in record_findings(record, {}) if one.clause == told}
    assert mine == set(required.split())
    for label in required.split():
        found = record_findings(record, full | {label: ""})
        assert tell(found) == [("field_missing", "block", told)]
    for label, offered in choices.items():
        assert [record_findings(record, full | {label: word}) for word in offered] == [[]] * len(offered)
        for other in ("另一种", *{"金融政策宣传", "其他"}.difference(offered)):
            found = record_findings(record, full | {label: other})
            assert [(one.code, one.clause) for one in found] == [("field_not_offered", told)]
        assert len(next(each for each in record.fields if each.label == label).choices) == len(offered)
    assert (record.per, [actor.resolved({}) for actor in record.author or record.assists]) == (
        per,
        [author][: bool(author)],
    )
    held = [kind for kind in BOTH if record.applies.matches(Case(ROLES, frozenset({kind})))]
    assert held == classes


@pytest.mark.parametrize(
    ("clause", "key", "labels"),
    [
        pytest.param(clause, key, labels, marks=pytest.mark.clause(clause))
        for clause, key, labels in (
            ("DC-1.1.1-4", "urgent_problems", "解决日期 解决结果"),
            ("DC-1.1.1-8", "plan_progress", "督促协调日期 进度 质量 效益"),
            ("DC-1.1.2-1", "unit_measures", "指导制定和完善脱贫规划情况"),
            ("DC-1.1.4-1", "four_in_village", "业绩 情感"),
            ("DC-1.1.5-3", "household_exit_plan", "协助的农技员"),
            ("DC-1.1.5-4", "technician_log", "解决的技术问题 培育的科技示范户 培育的新型职业农民"),
            ("DC-1.1.6-3", "legal_aid", "符合法律援助条件 结果"),
            ("DC-1.1.7-4", "credit_pairing", "参与基层党建情况 共建支部"),
            ("DC-1.2.5-4", "credit_pairing", "参与基层党建情况 共建支部"),
            ("DC-3.2.2-1", "conduct_case", "党纪政纪处分 处分日期 处分机关"),
            ("DC-3.2.2-2", "conduct_case", "移交司法机关日期"),
        )
    ],
)
def test_what_is_known_only_later_has_its_place_and_may_stand_empty(
    rule: Find, clause: str, key: str, labels: str
) -> None:
    record, told = rule("dachuan", f"records.{key}"), SAME.get(clause, clause)
    held = {each.label: each.clause or record.clause for each in record.fields if not each.required}
    assert {label for label in labels.split() if held.get(label) == told} == set(labels.split())
    assert record_findings(record, {name: each for name, each in complete(record).items() if name not in held}) == []


@pytest.mark.parametrize("word", FIVE)
@pytest.mark.clause("DC-1.1.4-3")
def test_a_first_secretary_has_five_duties_and_no_sixth(rule: Find, word: str) -> None:
    duties = rule("dachuan", "vocabularies.first_secretary_duties")
    assert admission(duties, word) is None
    found = admission(duties, "招商引资", "乡镇安排")
    assert found is not None
    assert (found.code, found.severity, found.clause) == ("word_not_in_list", "block", "DC-1.1.4-3")


@pytest.mark.clause("DC-1.1.4-9")
def test_a_visit_has_three_contents(rule: Find) -> None:
    contents = {"宣讲扶贫政策", "组织发动群众", "解决急难问题"}
    record = rule("dachuan", "records.visit_record")
    assert {each.label for each in record.fields if each.type == "flag"} == contents
    assert record_findings(record, {"走访日期": "2026-05-12"}) == []  # none of them is asked for at every visit


@pytest.mark.clause("DC-1.1.4-11")
def test_project_money_of_poor_villages_has_no_list_of_uses(rule: Find) -> None:
    fund = rule("dachuan", "funds.project_money")
    poor, non_poor = (Case(village_classes=frozenset({kind})) for kind in BOTH)
    assert spending_findings(fund, Spent("ditch", 500000), Books(0), poor) == []
    (found,) = spending_findings(fund, Spent("ditch", 500000), Books(0), non_poor)
    assert (found.code, found.severity, found.clause) == ("fund_not_for_this", "block", "DC-1.1.4-11")


@pytest.mark.clause("DC-2.3-3", "DC-2.3-4")
def test_one_hotline_is_answered_round_the_clock() -> None:
    packs = shipped()
    settings = resolve([packs["dachuan"], packs["central"]], date(2018, 1, 1)).settings
    told = [settings[name].value for name in ("report_hotline", "report_hotline_hours")]
    assert told == ["0818-5102399", 24]
