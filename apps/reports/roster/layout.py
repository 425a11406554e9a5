"""The roster workbook's sheets and columns: one description for the template that is written and the file that is read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "code", "date", "choice", "choices"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: `head` is found in row 1 wherever it stands; `kind` says how its cells are formatted."""

    key: str
    head: str
    hint: str
    required: bool = True
    may_lack: bool = False  # workbooks from before the column was added are read too
    kind: Kind = "text"
    width: int = 14
    example: str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    """A sheet by its title, with its columns in the template's order."""

    title: str
    about: str
    columns: tuple[Column, ...]

    def column(self, key: str) -> Column:
        """The column of this key.  StopIteration for a key that the sheet does not have."""
        return next(column for column in self.columns if column.key == key)


GUIDE = "填写说明"
CHOICES = "选项"

VILLAGES = Layout(
    "村",
    "一村一行。系统里已有的村已经填好，不用重填；可以改村名和类别，不会删除任何村。",
    (
        Column("township", "乡镇", "从下拉列表选择，须与行政区划名称一致", kind="choice", width=18, example="平安镇"),
        Column("name", "村名", "与村委会印章一致，不带乡镇名", width=18, example="新华村"),
        Column("code", "村代码", "统计用 12 位代码，前 9 位即乡镇代码", kind="code", width=16, example="123456100201"),
        Column(
            "classes", "村类别", "可填多项，用顿号隔开", kind="choices", width=30, example="建档立卡贫困村、深度贫困村"
        ),
    ),
)
UNITS = Layout(
    "派出单位",
    "本县还没有登记过的派出单位，一个单位一行。已登记的单位资料不由本表修改。",
    (
        Column("name", "单位名称", "全称，与公章一致", width=34, example="某某市水务局"),
        Column("level", "层级", "从下拉列表选择", kind="choice", width=10, example="市级"),
        Column("nature", "性质", "从下拉列表选择", kind="choice", width=12, example="机关"),
        Column("vertical", "垂直管理", "是或否，不填为否", required=False, kind="choice", width=10, example="否"),
        Column(
            "home",
            "所在行政区",
            "名称或 6 位代码。不填时按层级取本省、本市、本县；外地单位和乡镇单位须填",
            required=False,
            width=18,
            example="某某市",
        ),
    ),
)
PEOPLE = Layout(
    "干部与派驻",
    "一人在一个村的一段派驻为一行；一人先后在两个村就填两行。本表不会删除系统里已有的派驻。",
    (
        Column("name", "姓名", "一格一人，中间不留空格", width=10, example="王某某"),
        Column(
            "id_number",
            "身份证号",
            "18 位；先设为文本再输入，末位 X 大写",
            kind="code",
            width=22,
            example="（照身份证填 18 位）",
        ),
        Column(
            "unit", "派出单位", "与“派出单位”表或系统已登记的名称一致", kind="choice", width=34, example="某某市水务局"
        ),
        Column(
            "political_status",
            "政治面貌",
            "从下拉列表选择",
            required=False,
            kind="choice",
            width=14,
            example="中共党员",
        ),
        Column("rank", "职务职级", "如：四级主任科员", required=False, width=18, example="四级主任科员"),
        Column("phone", "电话", "手机号，或带区号的座机", required=False, kind="code", width=16, example="13900000000"),
        Column(
            "source",
            "来源类别",
            "从下拉列表选择本地规定列出的来源",
            required=False,
            may_lack=True,
            kind="choices",
            width=18,
        ),
        Column(
            "village",
            "村",
            "村名或 12 位村代码；县内有同名村时填代码或“乡镇+村名”",
            kind="choice",
            width=20,
            example="新华村",
        ),
        Column("roles", "岗位", "可填多项，用顿号隔开", kind="choices", width=24, example="队长、第一书记"),
        Column("first", "到岗日", "如 2026-03-01", kind="date", width=14, example="2026-03-01"),
        Column("last", "离岗日", "最后在岗的一天；仍在岗不填", required=False, kind="date", width=14, example=""),
        Column(
            "end_reason",
            "离岗说明",
            "任期未满提前离岗的，写明原因；其余不填",
            required=False,
            may_lack=True,
            width=24,
        ),
    ),
)
LAYOUTS = (VILLAGES, UNITS, PEOPLE)
