"""September 2026 in 鱼河镇: other public duty needs a reason and the township's confirmation before it counts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from apps.core.months import Month
from apps.core.tenancy import NATION, Scope, entered
from tests.e2e.cast import officer
from tests.e2e.conftest import Site
from tests.e2e.ledger import LedgerPage
from tests.e2e.sheet import SheetPage
from tests.e2e.visitor import Visitor
from tests.e2e.workbook import Quarter
from tests.factories import posting_of, team_of, unit_of
from tests.reports.months import accepted

pytestmark = pytest.mark.browser

COUNTY, TOWNSHIP, NEIGHBOUR, AUGUST = "C610802", "C610802100", "C610881101", Month(2026, 8)
CONFIRM = "乡镇（街道）确认其他公务"

# Worked out by hand.  高建军: September 1 外出开会, 2 外出培训, 3 联系项目: all three count.  马小龙: September 1 其他公务
# (recorded and confirmed: counts), 2 派出单位工作 and 16 请假 (the county's correction): neither counts.  In post for the
# whole of 2026: 220 days, of which 92 are left after September and 122 after August.
SHORT = "余下天数已不够"
HEADS = (
    "在村",
    "外出开会",
    "外出培训",
    "联系项目",
    "其他公务",
    "抽调",
    "请假",
    "休息",
    "脱岗",
    "派出单位工作",
    "派驻天数",
)
TABLE = {
    "高建军": {
        "2026年8月（天）": {"在村": 21, "休息": 10, "派驻天数": 31},
        "2026年9月（天）": {"在村": 19, "外出开会": 1, "外出培训": 1, "联系项目": 1, "休息": 8, "派驻天数": 30},
        "季度合计（天）": {"在村": 40, "外出开会": 1, "外出培训": 1, "联系项目": 1, "休息": 18, "派驻天数": 61},
        "年度指标": {"指标": "年驻村", "已完成": 43, "应完成": 220, "状态": SHORT},
    },
    "马小龙": {
        "2026年8月（天）": {"在村": 21, "休息": 10, "派驻天数": 31},
        "2026年9月（天）": {"在村": 19, "其他公务": 1, "请假": 1, "派出单位工作": 1, "休息": 8, "派驻天数": 30},
        "季度合计（天）": {"在村": 40, "其他公务": 1, "请假": 1, "派出单位工作": 1, "休息": 18, "派驻天数": 61},
        "年度指标": {"指标": "年驻村", "已完成": 41, "应完成": 220, "状态": SHORT},
        "考核与提示": {"需要关注（依据条款）": f"截至9月年驻村工作天数41/220天，{SHORT}〔七、（二）3. YL-7.2.3-1〕"},
    },
    "白雪梅": {
        "2026年8月（天）": {"在村": 21, "休息": 10, "派驻天数": 31},
        "2026年9月（天）": dict.fromkeys(HEADS, "未审核"),
        "季度合计（天）": {"在村": 21, "休息": 10, "派驻天数": 31},
        "年度指标": {"指标": "年驻村", "已完成": 21, "应完成": 220, "状态": SHORT},
    },
}


@pytest.fixture
def world(site: Site) -> Site:
    """Two villages, three people; a fourth of the same unit in the neighbouring city; August accepted in both."""
    with entered(Scope(area=NATION)):
        commission = unit_of("市发展改革委", home="C6108", level="city")
        first, second = team_of(f"{TOWNSHIP}201", "米家园则村"), team_of(f"{TOWNSHIP}202", "郑家沟村")
        posting_of(first, "高建军", "leader", "first_secretary", unit=commission)
        posting_of(first, "马小龙", unit=commission)
        posting_of(second, "刘芳", "leader")
        posting_of(team_of(f"{NEIGHBOUR}201", "前坡村"), "白雪梅", "leader", unit=commission)
        accepted(TOWNSHIP, AUGUST)
        accepted(NEIGHBOUR, AUGUST)
        officer("艾文书", "township_clerk", TOWNSHIP)
        officer("榆阳驻村办任主任", "county_office", COUNTY)
        officer("惠联络", "unit_liaison", commission)
    return site


def enter(clerk: Visitor) -> SheetPage:
    """A kind of day that this regulation does not know, and one that must not stand without a reason."""
    sheet = SheetPage.open(clerk, TOWNSHIP, "2026-09")
    sheet.paste("高建军", 1, [["外出开会", "培训", "联系项目"], ["其他公务", "派出单位工作", "公差"]])
    sheet.refused("马小龙 3日", "“公差”不是登记项目")
    sheet.refused("其他公务须写明事由：请先在“公务记录”中登记1日的事由", "YL-7.2.3-2")
    sheet.type("马小龙", 3, "v")
    sheet.type("马小龙", 1, "v")
    sheet.nothing_refused()
    sheet.saved()
    expect(sheet.step(CONFIRM)).to_have_count(0)
    sheet.record("米家园则村 马小龙", "其他公务", "2026-09-01", "2026-09-01", "镇上防汛值守")
    sheet.locked("马小龙", 1, "镇上防汛值守")
    assert sheet.marks("高建军") == "MNPVRRVVVVVRRVVVVVRVVVVVRRRVVV"
    assert sheet.marks("马小龙") == "ODVVRRVVVVVRRVVVVVRVVVVVRRRVVV"
    return sheet


def confirmed(sheet: SheetPage) -> SheetPage:
    """Without the township's confirmation of the other duty the month does not close."""
    sheet.close()
    sheet.visitor.told(f"米家园则村·{CONFIRM}")
    sheet = SheetPage(sheet.visitor)
    sheet.sign(CONFIRM)
    return SheetPage(sheet.visitor)


@pytest.mark.clause("YL-7.2.3-1", "YL-7.2.3-2", "YL-7.2.3-4", "YL-7.2.3-9")
def test_a_month_in_yulin_reaches_the_dispatch_unit(world: Site, visit: Callable[..., Visitor], tmp_path: Path) -> None:
    clerk, county = visit("艾文书"), visit("榆阳驻村办任主任")
    ledger = LedgerPage.closed(confirmed(enter(clerk)), world.worker)
    ledger.state("待报送")
    ledger.act("乡镇上报月台账")
    county.desk("2026年9月")
    review = LedgerPage(county)
    assert review.days("马小龙")["派出单位工作"] == "1 (0)"
    review.send_back("马小龙", "9月16日请假未登记")

    returned = LedgerPage.open(clerk, ledger.url)
    returned.state("已退回")
    returned.remarked("马小龙", "9月16日请假未登记")
    sheet = returned.reopen("县里退回：马小龙16日请假")
    sheet.type("马小龙", 16, "l")
    sheet.saved()
    again = LedgerPage.closed(confirmed(sheet), world.worker)
    again.act("乡镇上报月台账")
    old = LedgerPage.open(clerk, ledger.url)
    old.state("已被更正")
    assert old.days("马小龙")["请假"] == "0"

    accepting = LedgerPage.open(county, f"{again.url}?beside=version")
    assert accepting.days("马小龙")["请假"] == "1 (0)"  # beside the version before
    accepting.accept()
    shown = LedgerPage(county).trace("马小龙", "41/220")
    expect(shown.get_by_test_id("trace-value")).to_have_text("41")
    book = Quarter.downloaded(visit("惠联络"), "2026-Q3", tmp_path)
    book.equals(TABLE)
