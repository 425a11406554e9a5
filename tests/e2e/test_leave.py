"""Leave of 8 to 12 October 2026 in 中林村, on telephones and at the township's screen.

Thursday the 8th follows the holiday; Saturday the 10th is a make-up workday, Sunday the 11th is free: 5 days, 4 workdays.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from apps.core.tenancy import NATION, Scope, entered
from tests.e2e.cast import herself, officer
from tests.e2e.conftest import Site
from tests.e2e.phone import Phone
from tests.e2e.sheet import SheetPage
from tests.e2e.visitor import PHONE, Visitor
from tests.factories import grant, posting_of, team_of, unit_of

pytestmark = pytest.mark.browser

TOWNSHIP, MONTH = "C621121100", "2026-10"
#            1      8    12
PLAIN = "RRRRRRRVVVRVVVVVRRVVVVVRRVVVVVR"
AWAY = "RRRRRRRLLLLLVVVVRRVVVVVRRVVVVVR"
RETURNED_ON_THE_12TH = "RRRRRRRLLLLVVVVVRRVVVVVRRVVVVVR"


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


def fill(page: Page, last: str, reason: str = "家中老人住院") -> None:
    """The fields of a request from the 8th on."""
    page.get_by_label("假别").select_option(label="事假")
    page.get_by_label("起（含当日）").fill("2026-10-08")
    page.get_by_label("止（含当日）").fill(last)
    page.get_by_label("事由").fill(reason)


def chain(page: Page) -> list[str]:
    """The acts of the way that the form shows, each with who and the clause."""
    expect(page.get_by_test_id("chain")).to_be_visible()
    steps = page.get_by_test_id("chain").locator("li > span:last-child").all_inner_texts()
    return [" ".join(text.split()) for text in steps]


def ask(phone: Phone, last: str) -> None:
    """From 今日待办 to the filled form; three taps."""
    phone.open()
    phone.menu("请假")
    phone.link("请假")
    fill(phone.page, last)


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
    phone: Callable[[str], Phone], visit: Callable[..., Visitor]
) -> None:
    member = phone("李秀英")
    send_five_days(member)
    expect(member.page.get_by_test_id("leave")).to_contain_text("等工作队队长办理")
    at = member.page.url

    clerk = visit("张文书")
    assert SheetPage.open(clerk, TOWNSHIP, MONTH).marks("李秀英") == PLAIN
    leader, secretary = phone("王建国"), phone("赵书记")
    decide(leader, "同意", "现在待审批")
    decide(secretary, "批准", "现在已批准")
    way = secretary.page.get_by_test_id("way")
    expect(way).to_contain_text(
        re.compile(r"同意.*TW-14-7.*王建国（工作队队长）.*批准.*TW-14-7.*赵书记（乡镇党委书记）", re.S)
    )

    sheet = SheetPage.open(clerk, TOWNSHIP, MONTH)
    assert sheet.marks("李秀英") == AWAY
    sheet.locked("李秀英", 10, "请假：事假（10月8日至10月12日）")
    sheet.type("李秀英", 9, "V")
    sheet.says("已锁定")
    assert sheet.marks("李秀英") == AWAY
    clerk.page.get_by_role("link", name="查看请假").click()
    expect(clerk.page).to_have_url(at)
    come_back(member, leader, at)

    sheet = SheetPage.open(clerk, TOWNSHIP, MONTH)
    assert sheet.marks("李秀英") == RETURNED_ON_THE_12TH
    sheet.type("李秀英", 12, "公差")
    sheet.saved()


def send_five_days(member: Phone) -> None:
    """The member reads what his request will go through, and sends it."""
    ask(member, "2026-10-12")
    expect(member.page.get_by_test_id("days")).to_contain_text("5 天，其中工作日 4 天")
    assert chain(member.page) == ["申请 驻村干部本人 TW-14-7", "同意 工作队队长 TW-14-7", "批准 乡镇党委书记 TW-14-7"]
    expect(member.page.locator("#leave-plan")).not_to_contain_text("备案")
    expect(member.page.get_by_test_id("finding")).to_contain_text("属事后补办")
    member.visitor.fits()
    member.button("送审")
    member.visitor.told("已送审")
    assert member.taps <= 4
    member.visitor.fits()


def come_back(member: Phone, leader: Phone, at: str) -> None:
    """Reported and confirmed on telephones: back in the village on the last day that was granted."""
    member.open()
    member.link("销假")
    member.page.get_by_label("返岗日").fill("2026-10-12")
    member.visitor.fits()
    member.button("销假")
    member.visitor.told("已报告返岗，等待确认销假")
    assert member.taps <= 4
    decide(leader, "确认", "现在已销假")
    member.page.goto(at)
    expect(member.page.get_by_test_id("leave")).to_contain_text("2026年10月8日—10月11日，4天（工作日3天）")
    expect(member.page.get_by_test_id("leave")).to_contain_text("原定到2026年10月12日，提前返岗")


@pytest.mark.clause("TW-14-5", "TW-14-6")
def test_a_leaders_leave_goes_to_the_county_and_is_filed_with_his_unit(
    phone: Callable[[str], Phone], visit: Callable[..., Visitor]
) -> None:
    leader, secretary, county, liaison = visit("王建国"), phone("赵书记"), visit("孙主任"), visit("何联络")
    page = leader.page
    page.get_by_role("navigation").get_by_role("link", name="请假", exact=True).click()
    page.get_by_role("button", name="本人请假").click()
    fill(page, "2026-10-12", "父亲手术")
    expect(page.get_by_test_id("days")).to_contain_text("5 天，其中工作日 4 天")
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
    filed(liaison, "待审批")
    county.desk(re.compile("王建国"))
    county.page.get_by_role("button", name="批准", exact=True).click()
    county.told("现在已批准")
    expect(county.page.get_by_test_id("filings")).to_contain_text("何联络")
    liaison.page.goto("/leave/filings/")
    expect(liaison.page.get_by_test_id("filed")).to_contain_text("已批准")
    sheet = SheetPage.open(visit("张文书"), TOWNSHIP, MONTH)
    assert (sheet.marks("王建国"), sheet.marks("李秀英")) == (AWAY, PLAIN)


def filed(liaison: Visitor, state: str) -> None:
    """The unit reads what was filed, under which clause, and takes note of it."""
    liaison.desk(re.compile("备案"))
    row = liaison.page.get_by_test_id("filed").locator("tbody tr")
    expect(row).to_have_count(1)
    for words in ("王建国", "中林村", "2026年10月8日—10月12日", state, "TW-14-6"):
        expect(row).to_contain_text(words)
    row.get_by_role("button", name="收悉：王建国").click()
    expect(row).to_contain_text("何联络")


@pytest.mark.clause("TW-14-4")
def test_who_stands_in_for_the_leader_approves_in_his_place_by_name(
    phone: Callable[[str], Phone], visit: Callable[..., Visitor]
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
    ask(member, "2026-10-10")
    expect(member.page.get_by_test_id("days")).to_contain_text("3 天，其中工作日 3 天")
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
    expect(member.page.get_by_test_id("leave")).to_contain_text("2026年10月8日—10月10日，3天（工作日3天）")
