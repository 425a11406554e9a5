"""September 2026 in 平襄镇, from the clerk's desk to the workbook of a ministry's institute.

September 2026 has 30 days of which 22 are workdays (Sunday the 20th is one, Friday the 25th to the 27th are not);
August has 31 and 21.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import expect

from apps.core.months import Month
from apps.core.tenancy import NATION, Scope, entered
from tests.e2e.cast import herself, officer
from tests.e2e.conftest import Site
from tests.e2e.ledger import LedgerPage
from tests.e2e.sheet import SheetPage
from tests.e2e.visitor import Visitor
from tests.e2e.workbook import Quarter
from tests.factories import grant, posting_of, team_of, unit_of
from tests.reports.months import accepted

pytestmark = pytest.mark.browser

TOWNSHIP, AUGUST = "C621121100", Month(2026, 8)
SEPTEMBER_PLAIN = "VVVVRRVVVVVRRVVVVVRVVVVVRRRVVV"
AUGUST_PLAIN = "RR" + "VVVVVRR" * 4 + "V"

# What 李秀英's and 周晓梅's unit must read at the end, worked out by hand.
# 李秀英: August 3–5 公差, 6 会议; September 1, 2 公差, 3, 4 会议, 21 请假 (the county's correction).
# 周晓梅: September 8 公差, 22 脱岗.  Both in post from 1 August, 153 of 365 days:
# ceil(220 × 153 / 365) = 93 and ceil(160 × 153 / 365) = 68.
NOT_YET = {"在村", "公差", "会议", "培训", "抽调", "请假", "休息", "脱岗", "单位抽回", "派驻天数"}
TABLE = {
    "李秀英": {
        "2026年8月（天）": {"在村": 17, "公差": 3, "会议": 1, "休息": 10, "派驻天数": 31},
        "2026年9月（天）": {"在村": 17, "公差": 2, "会议": 2, "请假": 1, "休息": 8, "派驻天数": 30},
        "季度合计（天）": {"在村": 34, "公差": 5, "会议": 3, "请假": 1, "休息": 18, "派驻天数": 61},
        "年度指标一": {"指标": "年驻村", "已完成": 42, "应完成": 93, "状态": "进行中"},
        "年度指标二": {"指标": "在村", "已完成": 34, "应完成": 68, "状态": "进行中"},
    },
    "周晓梅": {
        "2026年8月（天）": {"在村": 21, "休息": 10, "派驻天数": 31},
        "2026年9月（天）": {"在村": 20, "公差": 1, "脱岗": 1, "休息": 8, "派驻天数": 30},
        "季度合计（天）": {"在村": 41, "公差": 1, "脱岗": 1, "休息": 18, "派驻天数": 61},
        "年度指标一": {"指标": "年驻村", "已完成": 42, "应完成": 93, "状态": "进行中"},
        "年度指标二": {"指标": "在村", "已完成": 41, "应完成": 68, "状态": "进行中"},
        "考核与提示": {"需要关注（依据条款）": "9月脱岗1天〔第四十条 TW-40-3〕"},
    },
    # In another province's county, under that county's rules: 12 days in August of the 10 that a month needs.
    "马春兰": {
        "2026年8月（天）": {"在村": 12, "派驻天数": 31},
        "2026年9月（天）": dict.fromkeys(NOT_YET, "未审核"),
        "季度合计（天）": {"在村": 12, "派驻天数": 31},
        "考核与提示": {"按月、按周的指标": "8月 月驻村 12/10天 已达到"},
    },
}


@pytest.fixture
def world(site: Site) -> Site:
    """Two villages, five people, August accepted; a third person of the same unit in another county."""
    with entered(Scope(area=NATION)):
        institute = unit_of("部属水利研究院", home="C", level="central", nature="institution")
        first, second = team_of("C621121100201", "中林村"), team_of("C621121100202", "孟河村")
        since = {"first": date(2026, 8, 1)}
        head = posting_of(first, "王建国", "leader", "first_secretary", **since)
        li = posting_of(first, "李秀英", unit=institute, **since)
        posting_of(first, "陈志强", **since)
        other_head = posting_of(second, "赵卫东", "leader", **since)
        posting_of(second, "周晓梅", unit=institute, **since)
        far = team_of("C511703100201", "新桥村", classes=("non_poor",))
        ma = posting_of(far, "马春兰", "first_secretary", unit=institute, **since)
        accepted(TOWNSHIP, AUGUST, {li: AUGUST_PLAIN[:2] + "TTTM" + AUGUST_PLAIN[6:]})
        accepted("C511703100", AUGUST, {ma: "V" * 12 + "." * 19})
        officer("张文书", "township_clerk", TOWNSHIP)
        officer("赵书记", "township_secretary", TOWNSHIP)
        officer("孙主任", "county_office", "C621121")
        officer("何联络", "unit_liaison", institute)
        grant(herself(head), "team_leader", first)
        grant(herself(other_head), "team_leader", second)
    return site


def enter(clerk: Visitor) -> SheetPage:
    """A pasted block with a wrong word, a kind of day that this county does not have."""
    sheet = SheetPage.open(clerk, TOWNSHIP, "2026-09")
    assert sheet.marks("李秀英") == SEPTEMBER_PLAIN
    sheet.paste("李秀英", 1, [["公差", "出差", "会议", "出差去了"], ["N", "√", "请假", "培训"]])
    sheet.refused("李秀英 4日", "“出差去了”不是登记项目")
    sheet.status("其余已保存，1 格有误")
    sheet.type("周晓梅", 8, "联系项目")
    sheet.refused("周晓梅 8日")
    sheet.type("李秀英", 4, "M")
    sheet.type("周晓梅", 8, "公差")
    sheet.type("周晓梅", 22, "a")
    sheet.nothing_refused()
    sheet.saved()
    return sheet


def record(sheet: SheetPage) -> None:
    """A training of a week is recorded once; its days are locked and say why."""
    sheet.record("中林村 陈志强", "培训", "2026-09-14", "2026-09-18", "县委党校培训")
    sheet.locked("陈志强", 14, "县委党校培训")
    sheet.type("陈志强", 16, "V")
    sheet.says("已锁定：培训：县委党校培训")
    assert sheet.marks("陈志强") == "NVLNRRVVVVVRRNNNNNRVVVVVRRRVVV"
    assert sheet.marks("李秀英") == "TTMMRRVVVVVRRVVVVVRVVVVVRRRVVV"
    assert sheet.marks("周晓梅") == "VVVVRRVTVVVRRVVVVVRVVAVVRRRVVV"


def confirm(clerk: Visitor, heads: list[tuple[Visitor, str]]) -> SheetPage:
    """Leaders confirm their members, the township confirms the leaders; before that the month does not close."""
    sheet = SheetPage.open(clerk, TOWNSHIP, "2026-09")
    sheet.close()
    clerk.told("还不能月结")
    clerk.told("队长确认队员考勤尚未办理")
    sheet = SheetPage(clerk)
    for head, village in heads:
        head.desk("2026年9月队长确认队员考勤")
        SheetPage(head).sign("队长确认队员考勤")
        expect(head.page.get_by_role("heading", level=1)).to_contain_text(village)
    sheet = SheetPage.open(clerk, TOWNSHIP, "2026-09")
    sheet.sign("乡镇党委确认队长、第一书记考勤")
    return SheetPage(clerk)


@pytest.mark.clause("TW-14-1", "TW-14-2", "TW-21-4", "TW-13-2", "TW-13-3")
def test_a_month_in_tongwei_reaches_the_dispatch_unit(
    world: Site, visit: Callable[..., Visitor], tmp_path: Path
) -> None:
    clerk = visit("张文书")
    record(enter(clerk))
    heads = [(visit("王建国"), "中林村"), (visit("赵卫东"), "孟河村")]
    ledger = LedgerPage.closed(confirm(clerk, heads), world.worker)
    ledger.state("待签批")
    ledger.cannot("报县领导小组办公室")
    secretary, county = visit("赵书记"), visit("孙主任")
    chain(secretary, clerk, ledger)

    county.desk("平襄镇")
    review = LedgerPage(county)
    assert review.days("李秀英")["会议"] == "2 (1)"  # beside last month
    review.send_back("李秀英", "9月21日请假，应更正")

    again = correct(clerk, ledger)
    again = LedgerPage.closed(confirm_again(clerk, again, heads[0][0]), world.worker)
    chain(secretary, clerk, again)
    old = LedgerPage.open(clerk, ledger.url)
    old.state("已被更正")
    assert (old.days("李秀英")["在村"], old.days("李秀英")["请假"]) == ("18 (17)", "0")

    LedgerPage.open(county, again.url).accept()
    trace = LedgerPage(county).trace("李秀英", "42/93")
    expect(trace.get_by_test_id("trace-value")).to_have_text("42")
    expect(trace.get_by_test_id("trace-due")).to_have_text("93")
    expect(trace).to_contain_text("TW-13-2")
    unit_reads(visit("何联络"), tmp_path)


def chain(secretary: Visitor, clerk: Visitor, ledger: LedgerPage) -> None:
    LedgerPage.open(secretary, ledger.url).act("乡镇党委书记审签")
    submitting = LedgerPage.open(clerk, ledger.url)
    submitting.act("报县领导小组办公室")
    submitting.state("待县级审核")


def correct(clerk: Visitor, ledger: LedgerPage) -> SheetPage:
    """The township reads the remark, opens the month again and corrects the day."""
    returned = LedgerPage.open(clerk, ledger.url)
    returned.state("已退回")
    returned.remarked("李秀英", "9月21日请假，应更正")
    sheet = returned.reopen("县里退回：李秀英21日请假漏登")
    sheet.type("李秀英", 21, "L")
    sheet.saved()
    return sheet


def confirm_again(clerk: Visitor, sheet: SheetPage, head: Visitor) -> SheetPage:
    """Only what was changed has to be confirmed again: the members of one team."""
    sheet.close()
    clerk.told("中林村·队长确认队员考勤签字后内容有改动，须重新办理")
    sheet = SheetPage(clerk)
    expect(sheet.step("队长确认队员考勤")).to_contain_text("1/2队，1队内容有改动须重办")
    SheetPage.open(head, "C621121100201", "2026-09").sign("队长确认队员考勤")
    return SheetPage.open(clerk, TOWNSHIP, "2026-09")


def unit_reads(liaison: Visitor, folder: Path) -> None:
    book = Quarter.downloaded(liaison, "2026-Q3", folder)
    book.equals(TABLE)
    assert ("平襄镇", "2026年9月", "第2版") in book.versions()
