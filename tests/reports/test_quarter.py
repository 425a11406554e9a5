"""The dispatch unit's quarter, against tables worked out by hand."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
import time_machine

from apps.core.errors import BadInput, NotFound
from apps.core.months import Month
from apps.core.tenancy import NATION, Scope, entered
from apps.reports.compile.quarter import quarter_rows, quarter_workbook
from tests.factories import posting_of, team_of, unit_of
from tests.reports.months import accepted, submitted

# July 2026 begins on a Wednesday: 23 workdays; August on a Saturday: 21.
JULY = "V" * 3 + "RR" + "VVVVVRR" * 3 + "VVVVV"
AUGUST = "RR" + "VVVVVRR" * 4 + "V"


@pytest.fixture
def unit(reference: None) -> int:
    """A provincial unit with people in two counties: July accepted in both, August in one, September in none."""
    with time_machine.travel("2026-09-03 09:00+08:00", tick=False), entered(Scope(area=NATION)):
        sender = unit_of("省发展改革委", home="C62", level="provincial")
        first = team_of("C621121100201", "中林村")
        posting_of(first, "赵队长", "leader", first=date(2026, 1, 1))
        away = posting_of(first, "王建国", unit=sender, first=date(2026, 7, 1))
        second = team_of("C511703100201", "新桥村", classes=("non_poor",))
        secretary = posting_of(second, "李秀英", "first_secretary", unit=sender, first=date(2026, 7, 1))
        accepted("C621121100", Month(2026, 7), {away: JULY[:5] + "TMNLA" + JULY[10:]})
        accepted("C511703100", Month(2026, 7), {secretary: "V" * 9 + "." * 22})
        accepted("C621121100", Month(2026, 8))
        submitted("C511703100", Month(2026, 8), {secretary: "V" * 10 + "." * 21})
        return sender.pk


def test_a_units_quarter_has_the_days_the_floors_and_the_findings_of_accepted_months(unit: int) -> None:
    with entered(Scope(unit=unit)):
        dachuan, tongwei = quarter_rows(unit, 2026, 3)
    assert (tongwei["county"], tongwei["township"], tongwei["village"], tongwei["name"]) == (
        "通渭县",
        "平襄镇",
        "中林村",
        "王建国",
    )
    july, august, september = tongwei["months"]
    # By hand: 23 workdays, five of them (6 to 10 July) taken by trip, meeting, training, leave and absence.
    assert july["counts"] | {"in_village": 18, "official_trip": 1, "meeting": 1} == july["counts"]
    assert july["counts"] | {"training": 1, "leave": 1, "absent": 1, "rest": 8} == july["counts"]
    assert (july["posted"], july["status"], len(july["hash"])) == (31, "accepted", 64)
    assert (august["counts"]["in_village"], august["counts"]["rest"]) == (21, 10)
    assert (september["status"], september["counts"]) == ("waiting", None)
    assert tongwei["quarter"]["months"] == [7, 8]
    assert tongwei["quarter"]["counts"]["in_village"] == 39
    # 184 days in post of 365: ceil(220 × 184 / 365) = 111, ceil(160 × 184 / 365) = 81.
    figures = [(m["name"], m["month"], m["done"], m["due"], m["clause"]) for m in tongwei["year_to_date"]]
    assert figures == [("stationed_days", 8, 42, 111, "TW-13-2"), ("village_days", 8, 39, 81, "TW-13-3")]
    assert [(f["message"], f["clause"]) for f in tongwei["findings"]] == [("7月脱岗1天", "TW-40-3")]
    assert [month["status"] for month in dachuan["months"]] == ["accepted", "waiting", "waiting"]
    assert [(m["month"], m["done"], m["due"], m["state_text"]) for m in dachuan["monthly"]] == [(7, 9, 10, "未达到")]
    assert [(f["message"], f["clause"]) for f in dachuan["findings"]] == [
        ("7月月驻村天数（非贫困村第一书记）9/10天，未达到", "DC-1.2.1-4")
    ]


def cells_by_head(sheet: openpyxl.worksheet.worksheet.Worksheet, row: int) -> dict[tuple[str, str], object]:
    """{(group, head): value} of a row of 汇总."""
    group, found = "", {}
    for column in range(1, sheet.max_column + 1):
        group = sheet.cell(3, column).value or group
        found[group, sheet.cell(4, column).value] = sheet.cell(row, column).value
    return found


def test_the_quarterly_workbook_holds_the_same_figures_cell_by_cell(unit: int, tmp_path: Path) -> None:
    with entered(Scope(unit=unit)):
        content = quarter_workbook(unit, 2026, 3)
    book = openpyxl.load_workbook(BytesIO(content))
    assert book.sheetnames == ["汇总", "逐月明细", "说明"]
    overview = book["汇总"]
    assert overview["A1"].value == "省发展改革委派驻干部2026年第三季度驻村情况表"
    row = cells_by_head(overview, 6)
    assert (row["派驻", "姓名"], row["派驻", "村"], row["派驻", "岗位"]) == ("王建国", "中林村", "队员")
    july = {head: row["2026年7月（天）", head] for head in ("在村", "公差", "会议", "培训", "请假", "休息", "脱岗")}
    assert july == {"在村": 18, "公差": 1, "会议": 1, "培训": 1, "请假": 1, "休息": 8, "脱岗": 1}
    assert {row["2026年9月（天）", head] for head in ("在村", "休息", "派驻天数")} == {"未审核"}
    assert (row["季度合计（天）", "在村"], row["季度合计（天）", "含月份"]) == (39, "7、8月")
    assert [row["年度指标一", head] for head in ("指标", "已完成", "应完成", "状态")] == ["年驻村", 42, 111, "进行中"]
    assert [row["年度指标二", head] for head in ("指标", "已完成", "应完成", "状态")] == ["在村", 39, 81, "进行中"]
    assert row["考核与提示", "需要关注（依据条款）"] == "7月脱岗1天〔第四十条 TW-40-3〕"
    assert overview.freeze_panes == "G5"
    assert (overview.page_setup.orientation, overview.print_title_rows) == ("landscape", "$3:$4")
    daily = [[cell.value for cell in line] for line in book["逐月明细"].iter_rows(min_row=4)]
    assert [line[0] for line in daily] == ["2026年7月", "2026年8月", "2026年9月"] * 2
    assert daily[3][6:19] == ["村", "村", "村", "休", "休", "差", "会", "训", "假", "脱", "休", "休", "村"]
    assert daily[3][37:39] == [18, 31]
    assert daily[5][6] == "本月还没有审核通过的台账"
    notes = [[cell.value for cell in line] for line in book["说明"].iter_rows()]
    assert [line[1:4] for line in notes if line[4] == "第1版"] == [
        ["达川区", notes_township(notes), "2026年7月"],
        ["通渭县", "平襄镇", "2026年7月"],
        ["通渭县", "平襄镇", "2026年8月"],
    ]
    assert any(line[1] == "TW-13-2" and line[2] == "第十三条" for line in notes)


def notes_township(notes: list[list[object]]) -> object:
    return next(line[2] for line in notes if line[1] == "达川区")


def test_a_name_that_looks_like_a_formula_stays_text(unit: int) -> None:
    with entered(Scope(area=NATION)):
        sender = unit_of("省发展改革委", home="C62")
        posting_of(team_of("C621121101201", "＝村"), "=1+1", unit=sender, first=date(2026, 7, 1))
        posting_of(team_of("C621121101201"), "@SUM", unit=sender, first=date(2026, 7, 1))
    with entered(Scope(unit=unit)):
        book = openpyxl.load_workbook(BytesIO(quarter_workbook(unit, 2026, 3)))
    cells = [cell for sheet in book for line in sheet.iter_rows() for cell in line if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s", "n"}
    assert {cell.value for cell in cells if "1+1" in str(cell.value) or "SUM" in str(cell.value)} == {"'=1+1", "'@SUM"}


def test_another_unit_sees_nobody(unit: int) -> None:
    with entered(Scope(area=NATION)):
        stranger = unit_of("县林业局").pk
    with entered(Scope(unit=stranger)):
        assert quarter_rows(unit, 2026, 3) == []
        assert quarter_rows(stranger, 2026, 3) == []


def test_a_quarter_or_unit_that_does_not_exist_is_said_so(unit: int) -> None:
    with entered(Scope(unit=unit)):
        with pytest.raises(BadInput, match="季度应为1至4"):
            quarter_workbook(unit, 2026, 5)
        with pytest.raises(NotFound):
            quarter_workbook(0, 2026, 3)
