"""Two people of a county change its rules in the browser: a pack with faults, a pack in order, one value on a form."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from apps.core.months import Month
from apps.core.tenancy import NATION, Scope, entered
from tests.amendments.packs import COUNTY, RAISED, files_of, zipped
from tests.e2e.cast import officer
from tests.e2e.conftest import Site
from tests.e2e.visitor import PHONE, Visitor
from tests.factories import posting_of, sheet_line_of, team_of

pytestmark = pytest.mark.browser

# Keeps what the page says while it waits for an answer, which is gone with the next page.
OVERHEAR = """
const box = document.getElementById("messages");
new MutationObserver(() => { sessionStorage.said = box.innerText; }).observe(box, { childList: true });
"""


@pytest.fixture
def county(publishing: None, site: Site) -> None:
    """Two officers, and one team with a month of its sheet saved."""
    with entered(Scope(area=NATION)):
        officer("孙主任", "county_office", COUNTY)
        officer("周科长", "county_org_dept", COUNTY)
        team = team_of(f"{COUNTY}100201", "新华村")
        for name, roles in (("王建国", ("leader", "first_secretary")), ("李秀英", ("member",))):
            sheet_line_of(posting_of(team, name, *roles), Month(2026, 9), "V" * 30)


def packed(place: Path, **changed: tuple[str, str]) -> Path:
    place.write_bytes(zipped(files_of(**changed)).read())
    return place


def send(visitor: Visitor, pack: Path) -> None:
    visitor.page.get_by_label("规则包").set_input_files(pack)
    visitor.page.get_by_label("理由").fill("县委常委会第9次会议")
    visitor.page.get_by_test_id("pack-upload").click()


def propose(first: Visitor, tmp_path: Path) -> str:
    """Through the faults to a proposal; its address."""
    page = first.page
    page.get_by_role("link", name="制度", exact=True).click()
    page.get_by_test_id("amendments").click()
    expect(page.get_by_test_id("empty")).to_be_visible()
    page.get_by_test_id("to-upload").click()
    send(first, packed(tmp_path / "wrong.zip", attendance=("at_least: 220", "at_lest: 220")))
    expect(page.get_by_test_id("faults")).to_contain_text("attendance.yaml")
    expect(page.get_by_test_id("faults")).to_contain_text("是不是 at_least")
    first.fits()
    send(first, packed(tmp_path / "right.zip", attendance=RAISED))
    first.told("已提出")
    expect(page.get_by_test_id("changes")).to_contain_text("不少于 240 个工作日")
    first.fits()
    return page.url


def rehearse(first: Visitor) -> None:
    page = first.page
    expect(page.get_by_test_id("publish")).to_have_count(0)
    page.evaluate(OVERHEAR)
    first.tab_to("[data-testid=rehearse]")
    page.keyboard.press("Enter")
    first.told("试算完成：2 个数字有变化")
    assert "正在试算" in page.evaluate("sessionStorage.said"), "nothing longer than a second without a word"
    expect(page.get_by_test_id("rehearsal")).to_contain_text("有变化的：2 人，1 个月")
    page.get_by_test_id("rehearsal-show").click()
    expect(page.get_by_test_id("rehearsal-rows")).to_contain_text("李秀英")
    with page.expect_download() as download:
        page.get_by_test_id("rehearsal-csv").click()
    assert download.value.suggested_filename.endswith(".csv")
    assert "李秀英" in Path(download.value.path()).read_text("utf-8-sig")
    expect(page.get_by_test_id("second")).to_contain_text("您是提出人")


def test_a_pack_goes_from_upload_to_publication_through_two_people(
    county: None, visit: Callable[..., Visitor], tmp_path: Path
) -> None:
    first, second = visit("孙主任"), visit("周科长")
    first.expected = ["status of 400"]
    at = propose(first, tmp_path)
    rehearse(first)
    page = second.desk(re.compile("^制度修订第.*号：请确认或退回"))
    assert page.url == at
    second.agree("确认发布")
    second.told("已发布")
    expect(page.get_by_test_id("amendment-state")).to_have_text("已发布")
    page.get_by_role("link", name="历次变化").click()
    expect(page.get_by_test_id("history")).to_contain_text("不少于 240 个工作日")
    page.goto("/rules/")
    expect(page.get_by_test_id("topic").first).to_contain_text("不少于 240 个工作日")


def settled(page: Page) -> None:
    """What was put into the page answers a few moments later: faster than anybody's hand, slower than this test."""
    expect(page.locator(".htmx-added, .htmx-swapping, .htmx-settling")).to_have_count(0)


def test_one_value_is_set_otherwise_on_the_form_and_refused_on_a_phone(
    county: None, visit: Callable[..., Visitor]
) -> None:
    first, second = visit("孙主任"), visit("周科长", screen=PHONE)
    first.expected = ["status of 400"]
    page = first.page
    page.goto("/rules/amendments/override/")
    page.get_by_label("主题").select_option(label="考勤")
    page.wait_for_url("**/override/?topic=attendance*")
    settled(page)
    page.get_by_label("规定", exact=True).select_option(label="年驻村工作日（考勤天数）")
    page.wait_for_url("**rule=presence.stationed_days*")
    settled(page)
    page.get_by_label("哪一项").select_option(label="不少于：220")
    expect(page.get_by_test_id("in-force")).to_contain_text("TW-13-2")
    first.fits()
    page.get_by_label("改为").fill("很多")
    page.get_by_label("从哪一天起").fill("2026-07-01")
    page.get_by_label("依据的决定").fill("县委会议")
    page.get_by_test_id("override-propose").click()
    expect(page.locator("main")).to_contain_text("“很多”不是整数")
    page.get_by_label("改为").fill("230")
    page.get_by_test_id("override-propose").click()
    first.told("已提出")
    expect(page.get_by_test_id("changes")).to_contain_text("2026年7月1日起")

    phone = second.page
    phone.goto(page.url)
    second.fits()
    for address in ("/rules/amendments/", "/rules/amendments/upload/", "/rules/amendments/override/"):
        phone.goto(address)
        second.fits()
    phone.goto(page.url)
    phone.get_by_label("退回的原因").fill("与文件不符")
    second.agree("退回")
    second.told("已退回")
    expect(phone.locator("main")).to_contain_text("与文件不符")
