"""Effects in Chinese, as a proposal to a person says them."""

from __future__ import annotations

from apps.rules.exact import plain
from apps.rules.language.effects import (
    AllowanceWithheld,
    Appointment,
    Ban,
    Base,
    Basis,
    Circular,
    Commendation,
    FileEntry,
    GradeCap,
    GradeFixed,
    HonoursLost,
    Leniency,
    PostMeasure,
    Priority,
    Rectification,
    Referral,
    ScoreChange,
    Talk,
)

SIMPLE = {
    "written_review": "作书面检查",
    "recall": "召回",
    "replacement": "另行派人接替",
    "suspension": "暂停，待复查",
    "service_not_counted": "本次驻村时间不计为基层工作经历",
}
FORMS = {
    "education": "批评教育", "reminder": "提醒谈话", "warning": "告诫", "interview": "约谈",
    "admonition": "诫勉谈话", "collective": "集体约谈",
}  # fmt: skip
HONOURS = {
    "annual_excellence": "当年考核评优资格", "term_excellence": "本任期考核评优资格",
    "help_assessment": "当年帮扶考核评优资格", "all_honours": "各类评先评优资格",
}  # fmt: skip
BANNED = {
    "promotion": "提拔重用", "honours": "评先评优", "higher_title": "评聘高一级职称", "higher_rank": "晋升职级",
    "transfer": "调动", "posting": "再次选派", "adjustment": "调整", "withdrawal": "撤回", "departure": "离村",
}  # fmt: skip
USES = {
    "promotion": "提拔使用", "rank": "晋升职级", "title": "职称评审", "employment": "岗位聘用",
    "reserve_list": "列为后备干部", "training": "培养", "honours": "评先评优", "transfer": "工作调动",
    "evaluation": "综合评价", "unit_assessment": "单位考核", "punishment": "奖惩",
}  # fmt: skip
PLACES = {
    "unit": "本单位", "township": "全乡镇", "county": "全县", "city": "全市", "province": "全省", "nation": "全国",
}  # fmt: skip
FILES = {"personnel": "本人档案", "integrity": "廉政档案", "assessment": "考核档案"}
REFERRED = {
    "discipline": "纪检监察机关处理", "judiciary": "司法机关处理", "cadre_authority": "按干部管理权限处理",
    "accountability": "问责", "organisational": "组织处理",
}  # fmt: skip
MEASURES = {"suspended": "停职检查", "moved": "调整职务", "removed": "免职", "demoted": "降职"}
POSTS = {
    "village_secretary": "村党组织书记", "village_deputy_secretary": "村党组织副书记",
    "township_deputy_secretary": "乡镇党委副书记",
}  # fmt: skip
PERIODS = {"month": "当月", "quarter": "当季度", "year": "当年"}


def words(effect: Base) -> str:
    """What is proposed, without on whom and for how long."""
    match effect:
        case GradeCap():
            return f"等次不高于“{effect.grade}”"
        case GradeFixed():
            return f"等次定为“{effect.grade}”"
        case ScoreChange():
            return _score(effect)
        case AllowanceWithheld():
            return _withheld(effect)
        case Talk():
            return FORMS[effect.form]
        case Circular():
            return f"{PLACES[effect.within]}通报批评"
        case HonoursLost():
            return "取消" + "、".join(HONOURS[what] for what in effect.what)
        case Ban():
            return "不得" + "、".join(BANNED[what] for what in effect.what)
        case FileEntry():
            return f"记入{FILES[effect.file]}"
        case Referral():
            return ("从严从重" if effect.severe else "") + REFERRED[effect.to]
        case _:
            return _others(effect)


def _others(effect: Base) -> str:
    match effect:
        case Rectification():
            return "限期整改" + ("并复查" if effect.recheck else "")
        case PostMeasure():
            return MEASURES[effect.measure]
        case Appointment():
            return f"兼任{POSTS[effect.post]}"
        case Leniency():
            return "从轻处理" if effect.kind == "lighter" else "免除相关责任"
        case Commendation():
            return f"{PLACES[effect.level]}表扬" if effect.level else "表扬"
        case Priority():
            return "优先" + "、".join(USES[what] for what in effect.what)
        case Basis():
            return "作为" + "、".join(USES[what] for what in effect.what) + "的依据"
        case _:
            return SIMPLE[str(getattr(effect, "do", ""))]


def _score(effect: ScoreChange) -> str:
    change = f"加 {plain(effect.points)} 分" if effect.points >= 0 else f"扣 {plain(-effect.points)} 分"
    floor = "" if effect.floor is None else f"，扣到 {plain(effect.floor)} 分为止"
    cap = "" if effect.cap is None else f"，最高 {plain(effect.cap)} 分"
    return change + floor + cap


def _withheld(effect: AllowanceWithheld) -> str:
    if effect.yuan is not None:
        return f"扣发补助 {plain(effect.yuan)} 元"
    share = "" if effect.percent is None else f"的 {plain(effect.percent)}%"
    return f"扣发{PERIODS[effect.period or 'month']}补助{share}"
