"""The Chinese of the language: what its fields and its closed lists of words are called on a page."""

from __future__ import annotations

from apps.rules.exact import ROUNDING_WORDS
from apps.rules.marks import WORD_OF
from apps.rules.vocabulary import (
    OFFICE_WORDS,
    ROLE_WORDS,
    TOPIC_WORDS,
    UNIT_LEVEL_WORDS,
    UNIT_NATURE_WORDS,
    UNIT_WORDS,
    VILLAGE_CLASS_WORDS,
)

# `nation_office` is a place in the product; who acts in a rule is the department.
BODY_WORDS = OFFICE_WORDS | ROLE_WORDS | {
    "nation_office": "国家扶贫（乡村振兴）部门",
    "township_party_committee": "乡镇党委政府", "township_party_office": "乡镇党委党建办",
    "township_finance": "乡镇财政所", "township_poverty_station": "乡镇扶贫工作站",
    "county_leading_group": "县级领导小组", "county_party_committee": "县委", "county_discipline": "县级纪检监察机关",
    "county_finance": "县级财政部门", "county_personnel": "县级人社部门", "city_leading_group": "市级领导小组",
    "city_finance": "市级财政部门", "province_org_dept": "省级组织部门",
    "dispatch_unit": "派出单位", "unit_party_committee": "派出单位党委（党组）", "village_committee": "村委会",
    "village_branch": "村党组织", "villagers": "村民", "team": "工作队", "work_group": "工作组",
    "agri_tour_group": "农技巡回服务组", "legal_tour_group": "法律巡回服务组", "hierarchy": "各级组织",
    "unit_deputy_head": "派出单位分管负责人",
    "county_chief_captain": "县总队长", "township_chief_captain": "乡镇总队长",
    "county_inspection_group": "县级督查组", "county_standing_committee": "县委常委会", "county_government": "县政府",
    "county_rural_office": "县级农村工作部门", "county_agriculture": "县级农业农村部门",
    "city_coordination_group": "市级协调小组", "city_party_committee": "市委", "village_secretary": "村党组织书记",
    "village_director": "村委会主任", "village_assembly": "村民会议或村民代表会议", "contact_unit": "联系单位",
    "investor": "投资人",
}  # fmt: skip
SUBJECT_WORDS = {
    "person": "本人", "post": "岗位", "team": "工作队", "village": "村", "township": "乡镇", "unit": "派出单位",
    "county": "县", "city": "市", "province": "省", "nation": "全国", "area": "片区",
    "group": "组", "household": "农户", "poor_household": "建档立卡户", "monitored_household": "监测户",
    "villager": "村民", "worklog": "工作日志", "project": "项目", "event": "每次", "duty": "工作", "meeting": "会议",
    "case": "事项", "village_class": "村的类型", "role": "驻村职务", "other": "其他",
    "request": "申请",
}  # fmt: skip
RELATION_WORDS = {
    "org_dept_at_level": "同级组织部门", "finance_at_level": "同级财政部门", "discipline_at_level": "同级纪检监察机关",
    "superior": "上级", "superior_org_dept": "上级组织部门", "principal": "主要负责人", "party_committee": "党委（党组）",
    "township_of": "所在乡镇", "county_of": "所在县", "city_of": "所在市", "leader_of": "队长", "secretary_of": "书记",
    "unit_of": "派出单位", "successor": "接任者", "predecessor": "前任", "responsible": "责任人",
    "deputy_in_charge": "分管负责人", "personnel_dept": "人事部门", "managing_authority": "有干部管理权限的机关",
    "office_at_level": "同级驻村办", "leading_group_at_level": "同级领导小组",
    "poverty_office_at_level": "同级扶贫（乡村振兴）部门", "rural_office_at_level": "同级农村工作部门",
    "agriculture_at_level": "同级农业农村部门",
}  # fmt: skip
# Of a field where the word alone would say something else.
FIELD_VALUES = {
    ("bound", "at_most"): "不超过", ("bound", "at_least"): "不少于", ("bound", "exactly"): "等于", ("bound", "fixed"): "定额",
    ("mode", "cumulative"): "各档累加", ("mode", "highest"): "只按最高一档", ("choose", "one"): "由决定人选其中一项",
    ("days", "work"): "只在工作日", ("days", "rest"): "只在休息日", ("signatures", "any"): "其中一人签即可",
    ("rounding", "up"): ROUNDING_WORDS["up"], ("rounding", "down"): ROUNDING_WORDS["down"],
    ("missing", "blocks"): "等待办理", ("missing", "lapses"): "到期即终止", ("missing", "deemed"): "到期视为已办",
    ("missing", "goes_on"): "到期照常往下走", ("partial", "judged"): "照样判断", ("partial", "information"): "只作参考",
    ("kind", "list"): "名单或清单", ("kind", "record"): "记录", ("kind", "document"): "文件", ("kind", "ledger"): "台账",
    ("kind", "plan"): "计划", ("kind", "report"): "报告", ("kind", "minutes"): "会议记录", ("kind", "card"): "卡",
    ("kind", "board"): "公示牌", ("kind", "form"): "表", ("kind", "notice"): "公告", ("kind", "grades"): "等次",
    ("kind", "colours"): "颜色", ("base", "known"): "只算已知状态的", ("order", "best_first"): "从好到差",
    ("order", "worst_first"): "从差到好", ("order", "none"): "不分高低", ("ties", "all_in"): "并列的都算",
    ("ties", "none"): "并列的都不算", ("ties", "body"): "并列的由评定机关定", ("each", "area"): "片区",
    ("gives", "money"): "钱", ("gives", "days"): "天数", ("gives", "things"): "条件和用品", ("gives", "treatment"): "待遇",
    ("per", "day"): "每天", ("per", "month"): "每月", ("per", "quarter"): "每季度", ("per", "year"): "每年",
    ("per", "term"): "每个任期", ("per", "trip"): "每趟", ("per", "event"): "每次", ("per", "once"): "一次",
    ("add", "days"): "按天数", ("add", "amounts"): "按数量", ("add", "distinct"): "按不同对象的个数",
    ("what", "balance"): "余额", ("what", "change"): "增减数", ("posting", "current"): "现任驻村职务",
    ("posting", "earlier"): "以前的驻村职务", ("posting", "any"): "驻村职务", ("by", "event"): "逐次相连",
    ("by", "day"): "逐日相连", ("by", "week"): "逐周相连", ("by", "month"): "逐月相连", ("by", "year"): "逐年相连",
    ("by", "quarter"): "逐季相连", ("by", "half_year"): "逐半年相连", ("by", "half_month"): "逐半月相连",
    ("village_classes", "other"): VILLAGE_CLASS_WORDS["other"], ("read_on", "first"): "期初的名单", ("employment", "other"): "其他",
} | {(field, level): word for field in ("unit_level", "unit_levels") for level, word in UNIT_LEVEL_WORDS.items()}  # fmt: skip
_LISTS = TOPIC_WORDS | VILLAGE_CLASS_WORDS | UNIT_NATURE_WORDS | ROLE_WORDS | WORD_OF | UNIT_WORDS | ROUNDING_WORDS
VALUE_WORDS = _LISTS | SUBJECT_WORDS | {
    "civil_servant": "公务员", "institution_staff": "事业单位人员", "enterprise_staff": "企业人员", "contract": "聘用人员",
    "retired": "退休人员", "rest_day": "休息日", "holiday": "节假日", "return_from_leave": "销假", "appointment": "任职",
    "replacement": "接替", "notice": "公示", "talk": "谈话", "insurance": "保险", "waiver": "豁免", "bulletin": "通报",
    "study": "学习", "lecture": "党课",
    "checkup": "体检", "publication": "公布", "service": "服务", "research": "调研", "summary": "总结",
    "kept": "留用", "returned": "收回", "does_not_count": "不算完成",
    "excluded": "不得", "allowed": "可以", "posting": "到岗之日", "calendar": "日历", "longest": "最长的一段",
    "current": "仍在继续的一段", "bottom": "从后往前", "top": "从前往后",
    "text": "文字", "number": "数字", "money": "金额", "phone": "电话", "flag": "是否", "choice": "选项", "file": "附件",
    "full_member": "中共党员", "probationary_member": "中共预备党员", "league_member": "共青团员", "male": "男",
    "female": "女", "primary": "小学", "junior_middle": "初中", "senior_middle": "高中", "college": "大专", "bachelor": "本科",
    "master": "硕士", "doctor": "博士", "clerk": "科员", "deputy_section": "副科级", "section": "正科级",
    "deputy_division": "副处级", "division": "正处级", "deputy_bureau": "副厅级", "bureau": "正厅级", "fit": "健康",
    "exited": "已退出（出列）", "liaison_leaders": "联系领导人数", "first_secretaries": "第一书记人数", "labourers": "劳动力人数",
    "party_organisations": "党组织个数", "stably_employed": "稳定就业人数", "handover_workdays": "交接工作日",
}  # fmt: skip
DELEGATE_WORDS = {
    "province": "省级", "city": "市级", "county": "县级", "township": "乡镇", "unit": "派出单位", "team": "工作队",
}  # fmt: skip
WINDOWS = {
    "day": ("天", "天"), "week": ("周", "周"), "half_month": ("半月", "个半月"), "month": ("月", "个月"),
    "quarter": ("季度", "个季度"), "half_year": ("半年", "个半年"), "year": ("年", "年"), "term": ("个任期", "个任期"),
}  # fmt: skip
MOMENTS = {
    "start": "开始", "end": "全部办完", "refused": "不予同意", "leave_first": "假期首日", "leave_last": "假期末日",
    "posting_first": "到岗", "posting_last": "离岗", "period_first": "本期首日", "period_last": "本期末日", "event": "事情发生",
}  # fmt: skip
DUE_MONTHS = {
    "same_month": "当月",
    "next_month": "次月",
    "quarter_end_month": "季末月",
    "after_quarter": "季度结束后次月",
}
ROLLS = {"next_workday": "遇休息日顺延", "previous_workday": "遇休息日提前"}
STARTS = {
    "event": "事情发生之日", "decision": "决定之日", "confirmation": "认定之日", "next_month": "次月",
    "month_begin": "当月初", "quarter_begin": "当季初", "year_begin": "当年初",
}  # fmt: skip
UNTILS = {
    "month_end": "月底", "quarter_end": "季末", "year_end": "年底", "term_end": "任期届满", "rectified": "整改完成",
    "rechecked": "复查通过", "condition": "条件成就",
}  # fmt: skip
UNITS = {
    "percent": "%", "each_percent": "%", "yuan": "元", "kept_years": "年", "after_months": "个月", "back_months": "个月", "least_days": "天",
}  # fmt: skip
FIELD_WORDS = {
    "applies": "对象", "since": "起", "until": "止", "kind": "种类", "order": "次序", "words": "词语", "open_list": "可以另列",
    "extends": "接在上级的后面", "reason": "列外须写理由", "counts_as": "对应", "also": "又称", "colour": "颜色", "band": "分数", "automatic": "到分即定",
    "otherwise": "否则", "of": "对谁", "requires": "须具备", "excludes": "不得有", "prefers": "优先", "grounds": "理由",
    "accepted": "可以作为理由的", "refused": "不能作为理由的", "made_of": "组成", "present": "在岗", "size": "人数",
    "having": "构成", "slots": "岗位", "number": "数量", "percent": "占比", "roles": "驻村职务", "not_below": "不少于原有的",
    "who": "由谁", "window": "期间", "base": "起点", "states": "状态", "state": "状态", "when": "条件", "matter": "事项",
    "kinds": "类别", "days": "天数", "counted": "计天", "accumulated": "累计天数", "self_approval": "审批自己的申请",
    "steps": "步骤", "filings": "备案", "notices": "告知", "each": "每一个都要", "per": "按", "times": "次数",
    "counted_from": "起算", "anchor": "起算日", "partial": "不满一期的", "skip_without_workday": "没有工作日的一期免去",
    "on_events": "遇到", "due": "期限", "to": "报给", "to_each": "分别报送", "covers": "覆盖", "sample": "抽取",
    "content": "内容", "attendees": "参加", "evidence": "凭据", "without_evidence": "没有凭据的", "stand_in": "代为",
    "counts_for": "同时完成", "rounding": "取整", "strata": "分层", "each_percent": "每层占比", "read_on": "名单时点",
    "up_to": "至多", "fields": "载明", "items": "包括", "basis": "依据的材料", "form": "样式", "author": "编制",
    "assists": "协助", "signers": "签字", "signatures": "签字要求", "sent_to": "报送", "kept_by": "保存", "kept_in": "存入",
    "kept_years": "保存期限", "shown": "公示", "where": "地点", "workdays": "工作日", "before_effect": "先公示后生效",
    "type": "格式", "choices": "选项", "required": "必填", "marks": "登记", "events": "事情", "back_months": "往前推",
    "subject": "对谁", "add": "怎样数", "unit": "单位", "distinct": "不同的", "once_a_day": "同一天只算一次",
    "without_reason": "只算没有正当理由的", "reset_by": "重新起算", "run": "连续", "broken_by": "中断", "not_broken_by": "不中断", "joined_by": "夹在中间也计入",
    "take": "取", "by": "由谁", "climbs": "按", "mode": "各档关系", "repeats": "到顶后每次再算", "rungs": "档次",
    "choose": "选择", "grades": "等次", "effects": "后果", "floor": "下限", "cap": "上限", "reset": "重新计分", "transfers": "转入",
    "into": "转入", "what": "转入的数", "factor": "系数", "points": "分值", "between": "范围", "components": "组成部分",
    "result": "计算", "whole": "总数", "pools": "名额", "bound": "限度", "pick": "次序", "ties": "并列", "ties_by": "并列由谁定",
    "minimum": "至少", "own_places": "占本单位名额", "vocabulary": "等次表", "grade": "等次", "gives": "给什么", "rate": "标准",
    "rates": "分类标准", "rate_of": "标准见", "counts": "计入", "least_days": "至少满", "after_months": "任职满", "caps": "封顶",
    "judged": "须人判断", "certified_by": "由谁核定", "taken_as": "以哪种假休", "paid_by": "由谁发放", "budget": "列支", "shares": "分担", "parts": "比例",
    "rest": "尾数归", "base_only": "只分担基数", "uses": "可以用于", "forbidden": "不得用于", "earmarked": "专款专用",
    "total_limited": "超支不补", "carry_over": "结余", "not_into": "不得转作", "managed_by": "由谁管理", "used_by": "由谁使用",
    "sources": "来源", "method": "方式", "source": "数据来自", "yuan": "金额", "at_most": "不超过", "at_least": "至少", "share": "占比",
    "record": "须写明", "label": "名称", "value": "取值", "village_classes": "村", "short": "简称", "prorate": "不满一年的", "start_year": "施行当年",
    "subset_of": "其中", "skip_short_weeks": "短周不算", "presets": "读法", "left_open": "没有写明", "modality": "要求程度",
    "delegated_to": "由谁规定", "note": "说明", "clause": "依据", "see": "另见", "preset": "取读法", "checked": "核对", "like": "参照",
    "unit_levels": "单位层级", "unit_natures": "单位性质", "vertical": "垂直管理单位", "employment": "编制", "area_classes": "地区类别",
    "seasons": "时节", "attributes": "村情", "waived": "豁免", "missing": "逾期未办", "returns_to": "退回到",
}  # fmt: skip


def each_window(of: str) -> str:
    """每年, 每季度, 每周."""
    return f"每{WINDOWS[of][0]}"
