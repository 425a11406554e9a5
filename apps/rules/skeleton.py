"""A blank rule pack with its explanations, for a clerk who writes the first one of a county."""

from __future__ import annotations

import re

CODE = re.compile(r"[a-z][a-z0-9_]*")

_PACK = """\
# 规则包的封面。# 后面是说明，不起作用；冒号后要空一格，日期写成 2026-01-01。
code: {code}
title: 请写文件全称
number: 请写文号
issuer: 请写制发机关
level: county          # nation 国家 / province 省 / city 市 / county 县
area: C000000          # 字母 C 加行政区划代码：县 6 位、市 4 位、省 2 位
effective: 2026-01-01  # 从哪一天起执行；这一天以前的月份不受影响
inherits: {inherits}      # 没有写到的，按这个规则包执行
note: 请写出处和要说明的事
"""
_CLAUSES = """\
# 本规则包依据的条款，一条一项。编号一经使用不再改动，别处都用编号引用它。
source:
  code: {upper}
  title: 请写文件全称
  number: 请写文号
clauses: []
# 例：
# clauses:
#   - id: {upper}-5-1
#     article: 第五条
#     topic: attendance
#     binds: [member]
#     modality: must        # must 必须 / in_principle 原则上 / encouraged 鼓励 / may 可以 / forbidden 禁止
#     kind: threshold
#     gist: 每年驻村不少于200天
"""
_ATTENDANCE = """\
# 驻村天数的要求。没有要求就保持空白，系统不替文件编数。
presence: {{}}
# 例：
# presence:
#   stationed_days:
#     label: 年驻村天数
#     short: 年驻村            # 表头用的短名
#     window: year             # year 年 / half_year 半年 / quarter 季度 / month 月 / half_month 半月 / week 周
#     unit: day                # day 天 / workday 工作日 / night 夜（考勤表要登记住宿）
#     counts: [in_village, official_trip, meeting, training]   # 哪些天算数
#     binds: [leader, first_secretary, member]                 # 对谁要求
#     prorate: posted_days     # 不满一期怎么算：none / posted_days / posted_workdays / information
#     presets: {{prorate: 条文没有写，取按派驻天数折算。}}
#     values:
#       2026-01-01: {{at_least: 200, modality: must, clause: {upper}-5-1}}
"""
_SHEET = """\
# 考勤月表：登记哪些情况，谁来确认。没有写到的按上级规则包。
sheet: {{}}
# 例：
# sheet:
#   marks:
#     - {{category: in_village, clause: {upper}-5-1}}
#     - {{category: official_trip, clause: {upper}-5-1}}
#     - {{category: meeting, clause: {upper}-5-1}}
#     - {{category: training, clause: {upper}-5-1}}
#     - {{category: leave, clause: {upper}-6-1}}
#     - {{category: rest, note: 统计需要，单列。}}
#   record:
#     - {{key: members, label: 队长确认队员考勤, verb: confirm, offices: [team_leader], covers: [member], clause: {upper}-5-2}}
"""
_LEDGER = """\
# 月台账：谁签、报给谁、何时报。没有写到的按上级规则包。
ledger: {{}}
# 例：
# ledger:
#   steps:
#     - {{key: sign, label: 乡镇党委书记审签, verb: sign, offices: [township_secretary], clause: {upper}-7-1}}
#     - key: submit
#       label: 报县级驻村办
#       verb: submit
#       offices: [township_clerk]
#       clause: {upper}-7-1
#       due: {{day: 5, of: next_month, clause: {upper}-7-1}}
"""
_FILES = {
    "pack.yaml": _PACK,
    "clauses.yaml": _CLAUSES,
    "attendance.yaml": _ATTENDANCE,
    "sheet.yaml": _SHEET,
    "ledger.yaml": _LEDGER,
}


def skeleton(code: str, inherits: str) -> dict[str, str]:
    """{file name: text} of a blank pack that passes the check as it stands.  ValueError (Chinese) on an unusable code."""
    for word in (code, inherits):
        if not CODE.fullmatch(word):
            raise ValueError(f"“{word}”不能用作代码：请用小写英文字母开头，只含小写字母、数字和下划线。")
    upper = re.sub(r"[^A-Z]", "", code.upper())[:2] or "XX"
    return {name: text.format(code=code, inherits=inherits, upper=upper) for name, text in _FILES.items()}
