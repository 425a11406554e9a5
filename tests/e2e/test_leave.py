"""Leave from a Thursday to the Monday after it in 中林村, on telephones and at the township's screen.

They lie in last month and in no holiday: 5 days, 3 of them workdays.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from apps.core.months import Month
from apps.core.tenancy import NATION, Scope, entered
from apps.jurisdictions.selectors import calendar_of
from tests.e2e.cast import herself, officer
from tests.e2e.conftest import Site
from tests.e2e.phone import Phone
from tests.e2e.sheet import SheetPage
from tests.e2e.visitor import PHONE, Visitor
from tests.factories import grant, posting_of, team_of, unit_of

pytestmark = pytest.mark.browser

TOWNSHIP = "C621121100"


@dataclass(frozen=True)
class Away:
    """The Thursday, and what the sheet shows of its month while nobody is away."""

    first: date
    plain: str

    def day(self, after: int) -> date:
        return self.first + timedelta(days=after)

    def told(self, after: int) -> str:
        last = self.day(after)
        return f"{self.first.year}年{self.first.month}月{self.first.day}日—{last.month}月{last.day}日"

    @property
    def month(self) -> str:
        return f"{self.first:%Y-%m}"

    def shown(self, days: int) -> str:
        """The sheet's marks with so many days of leave."""
        start = self.first.day - 1
        return f"{self.plain[:start]}{'L' * days}{self.plain[start + days :]}"


@pytest.fixture
def away(site: Site) -> Away:
    month = Month.of(timezone.localdate()).previous()
    kinds = calendar_of(month.year).month_mask(month.first)
    plain = "".join("V" if kind in "WM" else "R" for kind in kinds)
    return Away(month.first + timedelta(days=kinds.index("WWRRW")), plain)


@pytest.fixture
def village(site: Site) -> None:
    """A team of three with accounts, and everybody who decides on their leave."""
    with entered(Scope(area=NATION)):
        unit = unit_of()
        team = team_of(f"{TOWNSHIP}201", "中林村")
        head = herself(posting_of(team, "王建国", "leader", "first_secretary", unit=unit))
        grant(head, "team_leader", team)
        herself(posting_of(team, "李秀英", unit=unit))
        herself(posting_of(team, "陈志强", unit=unit))
        officer("张文书", "township_clerk", TOWNSHIP)
        officer("赵书记", "township_secretary", TOWNSHIP)
        officer("孙主任", "county_office", "C621121")
        officer("何联络", "unit_liaison", unit)


@pytest.fixture
def phone(village: None, visit: Callable[..., Visitor]) -> Callable[[str], Phone]:
    return lambda name: Phone(visit(name, screen=PHONE))


def fill(page: Page, first: date, last: date, reason: str = "家中老人住院") -> None:
    """The fields of a request."""
    page.get_by_label("假别").select_option(label="事假")
    page.get_by_label("起（含当日）").fill(first.isoformat())
    page.get_by_label("止（含当日）").fill(last.isoformat())
    page.get_by_label("事由").fill(reason)


def chain(page: Page) -> list[str]:
    """The acts of the way that the form shows, each with who and the clause."""
    expect(page.get_by_test_id("chain")).to_be_visible()
    steps = page.get_by_test_id("chain").locator("li > span:last-child").all_inner_texts()
    return [" ".join(text.split()) for text in steps]


def ask(phone: Phone, first: date, last: date) -> None:
    """From 今日待办 to the filled form; three taps."""
    phone.open()
    phone.menu("请假")
    phone.link("请假")
    fill(phone.page, first, last)


def decide(phone: Phone, word: str, state: str) -> None:
    """Open the site, then the request that waits there, and decide."""
    phone.open()
    phone.link("李秀英")
    phone.visitor.fits()
    phone.button(word)
    phone.visitor.told(state)
    assert phone.taps <= 4
    phone.visitor.fits()


@pytest.mark.clause("TW-14-7", "TW-14-9")
def test_a_members_leave_goes_from_a_telephone_through_both_approvals_to_the_sheet_and_back(
    phone: Callable[[str], Phone], visit: Callable[..., Visitor], away: Away
) -> None:
    member = phone("李秀英")
    send_five_days(member, away)
    expect(member.page.get_by_test_id("leave")).to_contain_text("等工作队队长办理")
    at = member.page.url

    clerk = visit("张文书")
    assert SheetPage.open(clerk, TOWNSHIP, away.month).marks("李秀英") == away.plain
    leader, secretary = phone("王建国"), phone("赵书记")
    decide(leader, "同意", "现在待审批")
    decide(secretary, "批准", "现在已批准")
    way = secretary.page.get_by_test_id("way")
    expect(way).to_contain_text(
        re.compile(r"同意.*TW-14-7.*王建国（工作队队长）.*批准.*TW-14-7.*赵书记（乡镇党委书记）", re.S)
    )

    sheet = SheetPage.open(clerk, TOWNSHIP, away.month)
    assert sheet.marks("李秀英") == away.shown(5)
    first, last = away.first, away.day(4)
    sheet.locked("李秀英", away.day(2).day, f"请假：事假（{first.month}月{first.day}日至{last.month}月{last.day}日）")
    sheet.type("李秀英", away.day(1).day, "V")
    sheet.says("已锁定")
    assert sheet.marks("李秀英") == away.shown(5)
    clerk.page.get_by_role("link", name="查看请假").click()
    expect(clerk.page).to_have_url(at)
    come_back(member, leader, at, away)

    sheet = SheetPage.open(clerk, TOWNSHIP, away.month)
    assert sheet.marks("李秀英") == away.shown(4)
    sheet.type("李秀英", last.day, "公差")
    sheet.saved()


def send_five_days(member: Phone, away: Away) -> None:
    """The member reads what his request will go through, and sends it."""
    ask(member, away.first, away.day(4))
    expect(member.page.get_by_test_id("days")).to_contain_text("5 天，其中工作日 3 天")
    assert chain(member.page) == ["申请 驻村干部本人 TW-14-7", "同意 工作队队长 TW-14-7", "批准 乡镇党委书记 TW-14-7"]
    expect(member.page.locator("#leave-plan")).not_to_contain_text("备案")
    expect(member.page.get_by_test_id("finding")).to_contain_text("属事后补办")
    member.visitor.fits()
    member.button("送审")
    member.visitor.told("已送审")
    assert member.taps <= 4
    member.visitor.fits()


def come_back(member: Phone, leader: Phone, at: str, away: Away) -> None:
    """Reported and confirmed on telephones: back in the village on the last day that was granted."""
    member.open()
    member.link("销假")
    member.page.get_by_label("返岗日").fill(away.day(4).isoformat())
    member.visitor.fits()
    member.button("销假")
    member.visitor.told("已报告返岗，等待确认销假")
    assert member.taps <= 4
    decide(leader, "确认", "现在已销假")
    member.page.goto(at)
    expect(member.page.get_by_test_id("leave")).to_contain_text(f"{away.told(3)}，4天（工作日2天）")
    expect(member.page.get_by_test_id("leave")).to_contain_text(
        f"原定到{away.day(4).year}年{away.day(4).month}月{away.day(4).day}日，提前返岗"
    )


@pytest.mark.clause("TW-14-5", "TW-14-6")
def test_a_leaders_leave_goes_to_the_county_and_is_filed_with_his_unit(
    phone: Callable[[str], Phone], visit: Callable[..., Visitor], away: Away
) -> None:
    leader, secretary, county, liaison = visit("王建国"), phone("赵书记"), visit("孙主任"), visit("何联络")
    page = leader.page
    page.get_by_role("navigation").get_by_role("link", name="请假", exact=True).click()
    page.get_by_role("button", name="本人请假").click()
    fill(page, away.first, away.day(4), "父亲手术")
    expect(page.get_by_test_id("days")).to_contain_text("5 天，其中工作日 3 天")
    assert chain(page) == ["申请 驻村干部本人 TW-14-5", "同意 乡镇党委书记 TW-14-5", "批准 县级驻村办 TW-14-5"]
    expect(page.locator("#leave-plan")).to_contain_text("报派出单位备案：派出单位（只备案，不用等） TW-14-6")
    page.get_by_role("button", name="送审").click()
    leader.told("已送审")
    liaison.page.goto("/leave/filings/")
    expect(liaison.page.get_by_test_id("empty")).to_contain_text("还没有请假备案")

    secretary.open()
    secretary.link("王建国")
    secretary.button("同意")
    secretary.visitor.told("现在待审批")
    assert secretary.taps <= 4
    filed(liaison, "待审批", away.told(4))
    county.desk(re.compile("王建国"))
    county.page.get_by_role("button", name="批准", exact=True).click()
    county.told("现在已批准")
    expect(county.page.get_by_test_id("filings")).to_contain_text("何联络")
    liaison.page.goto("/leave/filings/")
    expect(liaison.page.get_by_test_id("filed")).to_contain_text("已批准")
    sheet = SheetPage.open(visit("张文书"), TOWNSHIP, away.month)
    assert (sheet.marks("王建国"), sheet.marks("李秀英")) == (away.shown(5), away.plain)


def filed(liaison: Visitor, state: str, days: str) -> None:
    """The unit reads what was filed, under which clause, and takes note of it."""
    liaison.desk(re.compile("备案"))
    row = liaison.page.get_by_test_id("filed").locator("tbody tr")
    expect(row).to_have_count(1)
    for words in ("王建国", "中林村", days, state, "TW-14-6"):
        expect(row).to_contain_text(words)
    row.get_by_role("button", name="收悉：王建国").click()
    expect(row).to_contain_text("何联络")


@pytest.mark.clause("TW-14-4")
def test_who_stands_in_for_the_leader_approves_in_his_place_by_name(
    phone: Callable[[str], Phone], visit: Callable[..., Visitor], away: Away
) -> None:
    leader, today = visit("王建国"), timezone.localdate()
    leader.page.goto("/leave/")
    leader.page.get_by_role("link", name="委托代理").click()
    leader.page.get_by_label("代理人的登录名").fill("陈志强")
    leader.page.get_by_label("起（含当日）").fill(today.isoformat())
    leader.page.get_by_label("止（含当日）").fill((today + timedelta(days=4)).isoformat())
    leader.page.get_by_label("原因").fill("外出学习")
    leader.page.get_by_role("button", name="委托", exact=True).click()
    leader.told("已委托陈志强代为办理请假")

    member = phone("李秀英")
    ask(member, away.first, away.day(2))
    expect(member.page.get_by_test_id("days")).to_contain_text("3 天，其中工作日 2 天")
    assert chain(member.page) == ["申请 驻村干部本人 TW-14-4", "批准 工作队队长 TW-14-4"]
    member.button("送审")
    member.visitor.told("已送审")

    deputy = phone("陈志强")
    deputy.open()
    place = deputy.page.get_by_label("当前岗位")
    place.select_option(label=next(text for text in place.locator("option").all_inner_texts() if "代王建国" in text))
    deputy.tap(deputy.page.get_by_role("button", name="切换"))
    deputy.link("李秀英")
    deputy.button("批准")
    deputy.visitor.told("现在已批准")
    assert deputy.taps <= 4
    member.page.reload()
    expect(member.page.get_by_test_id("way")).to_contain_text("陈志强代王建国（工作队队长）")
    expect(member.page.get_by_test_id("leave")).to_contain_text(f"{away.told(2)}，3天（工作日2天）")
