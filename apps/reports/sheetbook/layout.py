"""Where things stand in the offline month workbook; writer and reader share it."""

from __future__ import annotations

from apps.core.months import Month

SHEET = "考勤月表"
GUIDE = "填写说明"
SYSTEM = "系统"
FORM = 1  # raised when the layout changes; an older export is refused in words
WHO = ("编号", "村", "姓名", "岗位", "派出单位")
TITLE_ROW, LEGEND_ROW, HEAD_ROW, FIRST_ROW = 1, 2, 3, 4
WEEKDAYS = "一二三四五六日"


def day_heads(month: Month) -> list[str]:
    """`1 四`, `2 五`, … one per day."""
    return [f"{day.day} {WEEKDAYS[day.weekday()]}" for day in month.dates()]


def column_name(index: int) -> str:
    """The letters of a column, 0 is A."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
