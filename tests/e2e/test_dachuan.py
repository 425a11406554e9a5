"""September 2026 in 亭子镇: people who serve on some days only, floors by the month and by the week."""

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

COUNTY, TOWNSHIP, AUGUST = "C511703", "C511703100", Month(2026, 8)
SEPTEMBER_PLAIN = "VVVVRRVVVVVRRVVVVVRVVVVVRRRVVV"

# Worked out by hand.  何强 leads a poor village's group: two thirds of the 248 workdays of 2026, 166; a trip of
# September 14, 15 does not count, of 62 workdays left none saves him.  罗敏 is agri-technician: 60 days a year in the
# village; August 3, 4, 5, September 1, 3, 8; 92 days are left.  冉伟 is first secretary of a village that is not poor: 10 days a
# month; 11 in August, 9 in September, 10 with the county's correction.
TABLE = {
    "何强": {
        "2026年8月（天）": {"在村": 21, "休息": 10, "派驻天数": 31},
        "2026年9月（天）": {"在村": 20, "公差": 2, "休息": 8, "派驻天数": 30},
        "季度合计（天）": {"在村": 41, "公差": 2, "休息": 18, "派驻天数": 61},
        "年度指标一": {"指标": "年驻村", "已完成": 41, "应完成": 166, "状态": "余下天数已不够"},
    },
    "罗敏": {
        "2026年8月（天）": {"在村": 3, "派驻天数": 31},
        "2026年9月（天）": {"在村": 3, "派驻天数": 30},
        "季度合计（天）": {"在村": 6, "派驻天数": 61},
        "年度指标一": {"指标": "年在村", "已完成": 6, "应完成": 60, "状态": "进行中"},
    },
    "冉伟": {
        "2026年8月（天）": {"在村": 11, "派驻天数": 31},
        "2026年9月（天）": {"在村": 10, "派驻天数": 30},
        "季度合计（天）": {"在村": 21, "派驻天数": 61},
        "年度指标一": {},
        "考核与提示": {"按月、按周的指标": "8月 月驻村 11/10天 已达到；9月 月驻村 10/10天 已达到"},
    },
}


@pytest.fixture
def world(site: Site) -> Site:
    """A poor village with a leader, an agri-technician and a credit officer; another with a first secretary."""
    with entered(Scope(area=NATION)):
        bureau = unit_of("区农业农村局", home=COUNTY)
        poor = team_of(f"{TOWNSHIP}201", "石龙村")
        other = team_of(f"{TOWNSHIP}202", "新桥村", classes=("non_poor",))
        posting_of(poor, "何强", "leader", unit=bureau)
        luo = posting_of(poor, "罗敏", "agri_technician", unit=bureau)
        deng = posting_of(
            poor, "邓丽", "credit_officer", unit=unit_of("区农村信用联社", home=COUNTY, nature="enterprise")
        )
        ran = posting_of(other, "冉伟", "first_secretary", unit=bureau)
        lines = {luo: ".." + "VVV" + "." * 26, deng: "." * 31, ran: ".." + "V" * 11 + "." * 18}
        accepted(TOWNSHIP, AUGUST, lines)
        officer("龚文书", "township_clerk", TOWNSHIP)
        officer("区委组织部蒲科长", "county_org_dept", COUNTY)
        officer("牟联络", "unit_liaison", bureau)
    return site


def enter(clerk: Visitor) -> SheetPage:
    """Days here and there for those who do not serve every day; a word that nobody knows; a day left empty."""
    sheet = SheetPage.open(clerk, TOWNSHIP, "2026-09")
    assert (sheet.marks("何强"), sheet.marks("罗敏")) == (SEPTEMBER_PLAIN, "." * 30)
    technician = ["在村", "", "√", "", "", "", "", "驻点"]
    officer_days = [{"x": "在", "V": "V"}.get(sign, "") for sign in "xx.....xV.....V......VV"]
    width = len(officer_days)
    blank = [""] * (width - len(technician))
    sheet.paste("罗敏", 1, [technician + blank, officer_days])
    sheet.refused("罗敏 8日", "“驻点”不是登记项目")
    sheet.type("罗敏", 8, "v")
    sheet.paste("冉伟", 1, [["在村"] * 9])
    sheet.pick("何强", 2)
    clerk.page.keyboard.press("Delete")
    sheet.saved()
    sheet.record("石龙村 何强", "公差", "2026-09-14", "2026-09-15", "区里开项目评审会")
    sheet.locked("何强", 15, "区里开项目评审会")
    sheet.close()
    clerk.told("石龙村·何强：2日没有登记")
    sheet = SheetPage(clerk)
    expect(clerk.page.locator("#messages")).not_to_contain_text("罗敏")
    sheet.type("何强", 2, "v")
    sheet.saved()
    assert sheet.marks("罗敏") == "V.V....V" + "." * 22
    assert sheet.marks("邓丽") == "VV.....VV.....V......VV......."
    return sheet


@pytest.mark.clause("DC-1.1.3-5", "DC-1.1.5-5", "DC-1.1.7-5", "DC-1.2.1-4")
def test_a_month_in_dachuan_reaches_the_dispatch_unit(
    world: Site, visit: Callable[..., Visitor], tmp_path: Path
) -> None:
    clerk, department = visit("龚文书"), visit("区委组织部蒲科长")
    ledger = LedgerPage.closed(enter(clerk), world.worker)
    ledger.state("待报送")
    ledger.act("乡镇上报月台账")
    department.desk("亭子镇")
    review = LedgerPage(department)
    # Weeks ending on September 6, 13, 20, 27: twice, twice, once, twice in the village.
    assert "周到村 3/4 未达到" in review.days("邓丽")["对照规定"]
    assert "月驻村 9/10 未达到" in review.days("冉伟")["对照规定"]
    assert review.days("冉伟")["在村"] == "9 (11)"
    review.send_back("冉伟", "9月30日在村，漏登一天")

    returned = LedgerPage.open(clerk, ledger.url)
    returned.remarked("冉伟", "9月30日在村，漏登一天")
    sheet = returned.reopen("区里退回：冉伟30日漏登")
    sheet.type("冉伟", 30, "在")
    sheet.saved()
    again = LedgerPage.closed(SheetPage.open(clerk, TOWNSHIP, "2026-09"), world.worker)
    again.act("乡镇上报月台账")
    old = LedgerPage.open(clerk, ledger.url)
    assert "月驻村 9/10 未达到" in old.days("冉伟")["对照规定"]

    LedgerPage.open(department, again.url).accept()
    shown = LedgerPage(department).trace("何强", "41/166")
    expect(shown.get_by_test_id("trace-value")).to_have_text("41")
    expect(shown.get_by_test_id("trace-due")).to_have_text("166")
    expect(shown).to_contain_text("DC-1.1.3-5")
    book = Quarter.downloaded(visit("牟联络"), "2026-Q3", tmp_path)
    book.equals(TABLE)
    assert ("亭子镇", "2026年9月", "第2版") in book.versions()
