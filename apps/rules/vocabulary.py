"""The closed lists of words a pack may use.  A word that is not here is refused by the reader, with the list."""

from __future__ import annotations

from typing import Literal

Category = Literal[
    "in_village", "official_trip", "meeting", "training", "project_liaison", "other_duty",
    "seconded", "leave", "rest", "absent", "drawn_off",
]  # fmt: skip
PostRole = Literal[
    "leader", "first_secretary", "member", "agri_technician", "legal_adviser", "credit_officer",
    "liaison_leader", "pairing_cadre", "agri_tour_group", "legal_tour_group",
]  # fmt: skip
VillageClass = Literal[
    "poor", "non_poor", "deep_poverty", "relocation", "demonstration", "weak_party", "red", "other",
]  # fmt: skip
Office = Literal[
    "township_clerk", "township_leader", "township_secretary", "county_office", "county_org_dept",
    "county_poverty_office", "city_office", "nation_office", "team_leader", "village_signer",
    "unit_liaison", "unit_head", "cadre", "township_discipline", "city_org_dept", "unit_personnel",
]  # fmt: skip
# The bodies that the software knows by name; a pack declares any other in its `bodies`.
KnownBody = Literal[
    "township_clerk", "township_leader", "township_secretary", "county_office", "county_org_dept",
    "county_poverty_office", "city_office", "nation_office", "team_leader", "village_signer",
    "unit_liaison", "unit_head", "cadre",
    "township_party_committee", "township_party_office", "township_discipline", "township_finance",
    "township_poverty_station", "county_leading_group", "county_party_committee", "county_discipline",
    "county_finance", "county_personnel", "city_leading_group", "city_org_dept", "city_finance",
    "province_org_dept", "dispatch_unit", "unit_party_committee", "village_committee", "village_branch",
    "villagers", "team", "work_group", "first_secretary", "member", "liaison_leader", "agri_technician",
    "legal_adviser", "credit_officer", "pairing_cadre", "agri_tour_group", "legal_tour_group", "hierarchy",
    "unit_personnel", "unit_deputy_head", "county_chief_captain", "township_chief_captain", "county_inspection_group",
    "county_standing_committee", "county_government", "county_rural_office", "county_agriculture",
    "city_coordination_group", "city_party_committee", "village_secretary", "village_director", "village_assembly",
    "contact_unit", "investor",
]  # fmt: skip
Relation = Literal[
    "org_dept_at_level", "finance_at_level", "discipline_at_level", "superior", "superior_org_dept",
    "principal", "party_committee", "township_of", "county_of", "city_of", "leader_of", "secretary_of",
    "unit_of", "successor", "predecessor", "responsible", "deputy_in_charge",
    "personnel_dept", "managing_authority", "office_at_level", "leading_group_at_level", "poverty_office_at_level",
    "rural_office_at_level", "agriculture_at_level",
]  # fmt: skip
Subject = Literal["person", "post", "team", "village", "township", "unit", "unit_head", "county", "city"]
Recipient = Literal["org_dept_same_level", "county_office", "county_org_dept", "county_poverty_office"]
Modality = Literal["must", "in_principle", "encouraged", "may", "forbidden"]
Window = Literal["year", "half_year", "quarter", "month", "half_month", "week"]
Unit = Literal["day", "workday", "night"]
Days = Literal["all", "work"]
Prorate = Literal["none", "posted_days", "posted_workdays", "information"]
StartYear = Literal["from_effective", "not_judged", "whole"]
Prefill = Literal["calendar", "none"]
Verb = Literal["confirm", "sign", "review", "submit", "accept", "file", "feedback"]
Period = Literal["week", "month", "quarter", "year"]
DueOf = Literal["next_month", "after_quarter"]
Level = Literal["nation", "province", "city", "county"]
WindowName = Literal[
    "day", "week", "half_month", "month", "quarter", "half_year", "year", "term", "event", "fixed",
]  # fmt: skip
UnitLevel = Literal["central", "provincial", "city", "county", "township"]
UnitNature = Literal["organ", "institution", "enterprise", "peoples_organisation", "school"]
Employment = Literal["civil_servant", "institution_staff", "enterprise_staff", "contract", "retired", "other"]
Delegate = Literal["province", "city", "county", "township", "unit", "team"]

# What each word is called wherever it is shown: on pages, in workbooks, in the law said in Chinese.
OFFICE_WORDS: dict[str, str] = {
    "township_clerk": "乡镇党建办", "township_leader": "乡镇分管领导", "township_secretary": "乡镇党委书记",
    "county_office": "县级驻村办", "county_org_dept": "县级组织部门", "county_poverty_office": "县级扶贫（乡村振兴）部门",
    "city_office": "市级驻村办", "nation_office": "全国汇总", "team_leader": "工作队队长",
    "village_signer": "村党组织书记（村委会主任）", "unit_liaison": "派出单位联络员", "unit_head": "派出单位主要负责人",
    "cadre": "驻村干部本人", "township_discipline": "乡镇纪委书记", "city_org_dept": "市级组织部门",
    "unit_personnel": "派出单位组织人事部门",
}  # fmt: skip
ROLE_WORDS: dict[str, str] = {
    "leader": "队长", "first_secretary": "第一书记", "member": "队员", "agri_technician": "农技员",
    "legal_adviser": "法律顾问", "credit_officer": "农信员", "liaison_leader": "联系领导", "pairing_cadre": "结对帮扶责任人",
    "agri_tour_group": "农技巡回服务小组", "legal_tour_group": "法律服务巡回顾问团",
}  # fmt: skip
VILLAGE_CLASS_WORDS: dict[str, str] = {
    "poor": "建档立卡贫困村", "non_poor": "非贫困村", "deep_poverty": "深度贫困村", "relocation": "易地搬迁安置点",
    "demonstration": "乡村振兴示范村", "weak_party": "软弱涣散村", "red": "红色美丽村庄试点村", "other": "其他村",
}  # fmt: skip
UNIT_LEVEL_WORDS: dict[str, str] = {
    "central": "中央", "provincial": "省级", "city": "市级", "county": "县级", "township": "乡镇",
}  # fmt: skip
UNIT_NATURE_WORDS: dict[str, str] = {
    "organ": "机关", "institution": "事业单位", "enterprise": "国有企业", "peoples_organisation": "人民团体", "school": "学校",
}  # fmt: skip
# The topics of the clause catalogue, in the order in which the pages show them.
TOPIC_WORDS: dict[str, str] = {
    "scope": "适用范围", "transition": "过渡", "organisation": "组织领导", "selection": "选派",
    "eligibility": "人选条件", "composition": "队伍组成", "term": "任期", "duties": "工作职责", "visit": "走访",
    "meeting": "会议", "worklog": "工作日志", "report": "报告", "ledger": "台账", "attendance": "考勤",
    "leave": "请假", "roster": "值班", "inspection": "督查", "spot_check": "抽查", "rectification": "整改",
    "training": "培训", "care_talk": "谈心谈话", "party_relation": "党组织关系", "public_notice": "公示",
    "archive": "档案", "assessment": "考核", "quota": "名额", "award": "表彰", "result_use": "结果运用",
    "allowance": "补助", "welfare": "保障", "funding": "经费", "adjustment": "调整轮换", "recall": "召回",
    "handover": "交接", "sanction": "处理", "accountability": "问责",
}  # fmt: skip
UNIT_WORDS = {"day": "天", "workday": "工作日", "night": "夜"}
RUNNING = ("year", "half_year", "quarter")  # windows of several months: figures run on from month to month
# Windows of which a month has several: each is judged, and they are counted, in this word.
PIECES = {"half_month": "半月", "week": "周"}
MODALITY_SEVERITY: dict[str, str] = {
    "must": "block",
    "forbidden": "block",
    "in_principle": "warn",
    "encouraged": "notice",
    "may": "notice",
}
