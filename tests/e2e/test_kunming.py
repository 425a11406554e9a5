"""September 2026 in 柯渡镇: nothing is filled in beforehand, the village signs, the township reviews, both departments file."""

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

COUNTY, TOWNSHIP, AUGUST = "C530129", "C530129104", Month(2026, 8)
SEPTEMBER_PLAIN = "VVVVRRVVVVVRRVVVVVRVVVVVRRRVVV"
AUGUST_PLAIN = "RR" + "VVVVVRR" * 4 + "V"
VILLAGE, LEADER = "村党组织书记或村委会主任签字", "乡镇（街道）分管领导审核"

# Worked out by hand.  杨志明: August 3, 4 因公出差; September 7, 8 因公出差.  李玉兰: September 7, 8 in the village but
# not overnight, 9 因公出差, 10 请假 (the county's correction), 23 离岗.  In post for the whole of 2026: 200 days, of which
# 92 are left after September and 122 after August.
SHORT = "余下天数已不够"
TABLE = {
    "杨志明": {
        "2026年7月（天）": dict.fromkeys(
            ("在岗", "因公出差", "请假", "休息", "离岗", "被单位抽调", "派驻天数"), "未审核"
        ),
        "2026年8月（天）": {"在岗": 19, "因公出差": 2, "休息": 10, "派驻天数": 31},
        "2026年9月（天）": {"在岗": 20, "因公出差": 2, "休息": 8, "派驻天数": 30},
        "季度合计（天）": {"在岗": 39, "因公出差": 4, "休息": 18, "派驻天数": 61},
        "年度指标一": {"指标": "年在岗", "已完成": 43, "应完成": 200, "状态": SHORT},
        "年度指标二": {"指标": "离岗累计", "已完成": 0, "应完成": "≤30", "状态": "未超过"},
    },
    "李玉兰": {
        "2026年8月（天）": {"在岗": 21, "休息": 10, "派驻天数": 31},
        "2026年9月（天）": {"在岗": 19, "因公出差": 1, "请假": 1, "离岗": 1, "休息": 8, "派驻天数": 30},
        "季度合计（天）": {"在岗": 40, "因公出差": 1, "请假": 1, "离岗": 1, "休息": 18, "派驻天数": 61},
        "年度指标一": {"指标": "年在岗", "已完成": 41, "应完成": 200, "状态": SHORT},
        "年度指标二": {"指标": "离岗累计", "已完成": 1, "应完成": "≤30", "状态": "未超过"},
        "考核与提示": {
            "需要关注（依据条款）": f"截至9月年在岗天数41/200天，{SHORT}〔第九条 KM-9-2〕；9月离岗1天〔第九条 KM-9-4〕"
        },
    },
    "周文": {
        "2026年8月（天）": {"在岗": 21, "休息": 10, "派驻天数": 31},
        "2026年9月（天）": dict.fromkeys(
            ("在岗", "因公出差", "请假", "休息", "离岗", "被单位抽调", "派驻天数"), "未审核"
        ),
        "季度合计（天）": {"在岗": 21, "休息": 10, "派驻天数": 31},
        "年度指标一": {"指标": "年在岗", "已完成": 21, "应完成": 200, "状态": SHORT},
        "年度指标二": {"指标": "离岗累计", "已完成": 0, "应完成": "≤30", "状态": "未超过"},
    },
}


@pytest.fixture
def world(site: Site) -> Site:
    """Two villages, four people; a fifth of the same unit in the neighbouring county; August accepted in both."""
    with entered(Scope(area=NATION)):
        bureau = unit_of("市交通运输局", home="C5301", level="city")
        first, second = team_of(f"{TOWNSHIP}201", "可郎村"), team_of(f"{TOWNSHIP}202", "丹桂村")
        away = team_of("C530128102201", "三合村")
        yang = posting_of(first, "杨志明", "leader", "first_secretary", unit=bureau)
        others = [
            posting_of(first, "李玉兰", unit=bureau),
            posting_of(second, "张国强", "leader"),
            posting_of(second, "普小红"),
        ]
        zhou = posting_of(away, "周文", "leader", unit=bureau)
        lines = {**dict.fromkeys(others, AUGUST_PLAIN), yang: AUGUST_PLAIN[:2] + "TT" + AUGUST_PLAIN[4:]}
        accepted(TOWNSHIP, AUGUST, lines)
        accepted("C530128102", AUGUST, {zhou: AUGUST_PLAIN})
        officer("刀文书", "township_clerk", TOWNSHIP)
        officer("段副镇长", "township_leader", TOWNSHIP)
        officer("可郎书记", "village_signer", first)
        officer("丹桂书记", "village_signer", second)
        officer("联席办孔主任", "county_office", COUNTY)
        officer("组织部尹科长", "county_org_dept", COUNTY)
        officer("扶贫办苏科长", "county_poverty_office", COUNTY)
        officer("邵联络", "unit_liaison", bureau)
    return site


def enter(clerk: Visitor) -> SheetPage:
    """Everything has to be entered: the calendar's pattern by one button, then what was different."""
    sheet = SheetPage.open(clerk, TOWNSHIP, "2026-09")
    assert sheet.marks("杨志明") == "." * 30
    sheet.close()
    clerk.told("可郎村·杨志明：1、2、3、4、5、6日等30处没有登记")
    sheet = SheetPage(clerk)
    clerk.page.get_by_role("button", name="按工作日历补齐空格").click()
    sheet.says("已按工作日历补齐 120 格")
    sheet.saved()
    sheet.paste("杨志明", 7, [["因公出差", "因公出差", "在岗"], ["v", "在村未住", "开会"]])
    sheet.refused("李玉兰 9日", "“开会”不是登记项目", "因公出差")
    sheet.type("李玉兰", 9, "因公出差")
    sheet.type("李玉兰", 23, "离岗")
    sheet.saved()
    sheet.record("丹桂村 普小红", "因公出差", "2026-09-21", "2026-09-22", "县级项目会商")
    sheet.locked("普小红", 21, "县级项目会商")
    assert sheet.marks("杨志明") == SEPTEMBER_PLAIN[:6] + "TT" + SEPTEMBER_PLAIN[8:]
    assert sheet.marks("李玉兰") == "VVVVRRvvTVVRRVVVVVRVVVAVRRRVVV"
    assert sheet.marks("普小红") == "VVVVRRVVVVVRRVVVVVRVTTVVRRRVVV"
    return sheet


def village_signs(sheet: SheetPage, signers: list[tuple[Visitor, str]]) -> SheetPage:
    """The township cannot sign for the village, and cannot close without its signatures."""
    expect(sheet.step(VILLAGE)).to_contain_text("10月15日前")
    expect(sheet.step(VILLAGE).get_by_role("button")).to_have_count(0)
    sheet.close()
    sheet.visitor.told(f"可郎村·{VILLAGE}尚未办理")
    for signer, village in signers:
        signer.desk(f"2026年9月{VILLAGE}")
        own = SheetPage(signer)
        own.type(own.page.locator('td[data-x="1"][data-y="0"]').inner_text(), 1, "L")
        own.says("已锁定")  # who signs does not enter
        expect(own.page.get_by_role("heading", level=1)).to_contain_text(village)
        own.sign(VILLAGE)
    return SheetPage.open(sheet.visitor, TOWNSHIP, "2026-09")


@pytest.mark.clause("KM-9-1", "KM-9-2", "KM-9-4", "KM-9-5", "KM-9-6", "KM-9-7", "KM-9-8", "KM-15-6")
def test_a_month_in_kunming_reaches_the_dispatch_unit(
    world: Site, visit: Callable[..., Visitor], tmp_path: Path
) -> None:
    clerk = visit("刀文书")
    signers = [(visit("可郎书记"), "可郎村"), (visit("丹桂书记"), "丹桂村")]
    ledger = LedgerPage.closed(village_signs(enter(clerk), signers), world.worker)
    ledger.state("待签批")
    ledger.cannot("报县级联席会议办公室")
    leader, county = visit("段副镇长"), visit("联席办孔主任")
    chain(leader, clerk, ledger)
    county.desk("柯渡镇")
    review = LedgerPage(county)
    assert (review.days("李玉兰")["在岗"], review.days("李玉兰")["住村夜数"]) == ("20 (21)", "18")
    review.send_back("李玉兰", "9月10日请假一天，请核对")

    returned = LedgerPage.open(clerk, ledger.url)
    returned.remarked("李玉兰", "9月10日请假一天，请核对")
    sheet = returned.reopen("县里退回：李玉兰10日请假")
    sheet.type("李玉兰", 10, "请假")
    sheet.saved()
    SheetPage.open(signers[0][0], f"{TOWNSHIP}201", "2026-09").sign(VILLAGE)
    again = LedgerPage.closed(SheetPage.open(clerk, TOWNSHIP, "2026-09"), world.worker)
    chain(leader, clerk, again)
    old = LedgerPage.open(clerk, ledger.url)
    old.state("已被更正")
    assert (old.days("李玉兰")["在岗"], old.days("李玉兰")["住村夜数"]) == ("20 (21)", "18")

    accept_and_file(county, [visit("组织部尹科长"), visit("扶贫办苏科长")], again)
    book = Quarter.downloaded(visit("邵联络"), "2026-Q3", tmp_path)
    book.equals(TABLE)
    assert ("柯渡镇", "2026年9月", "第2版") in book.versions()


def chain(leader: Visitor, clerk: Visitor, ledger: LedgerPage) -> None:
    LedgerPage.open(leader, ledger.url).act(LEADER)
    submitting = LedgerPage.open(clerk, ledger.url)
    submitting.act("报县级联席会议办公室")
    submitting.state("待县级审核")


def accept_and_file(county: Visitor, departments: list[Visitor], ledger: LedgerPage) -> None:
    """Filed only after acceptance, with both departments; fed back to the units by the acceptance itself."""
    filings = ["县级组织部门备案", "县级扶贫部门备案"]
    for department, filing in zip(departments, filings, strict=True):
        LedgerPage.open(department, ledger.url).cannot(filing)
    accepting = LedgerPage.open(county, ledger.url)
    accepting.accept()
    accepting.done("反馈派出单位")
    shown = accepting.trace("李玉兰", "41/200")
    expect(shown.get_by_test_id("trace-value")).to_have_text("41")
    expect(shown).to_contain_text("KM-9-2")
    for department, filing in zip(departments, filings, strict=True):
        LedgerPage.open(department, ledger.url).act(filing)
        LedgerPage(department).done(filing)
