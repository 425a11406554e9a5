"""Somebody is replaced in a village: asked for, approved, handed over with a witness, filed, printed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import expect

from apps.core.tenancy import NATION, Scope, entered
from tests.e2e.cast import herself, officer
from tests.e2e.conftest import Site
from tests.e2e.visitor import PHONE, Visitor
from tests.factories import posting_of, team_of

pytestmark = pytest.mark.browser

TOWNSHIP, COUNTY = "C621121100", "C621121"
WRITTEN = ("党建和产业帮扶", "全村218户已逐户交底", "饮水管网还没有验收", "台账12册", "经费余额3200元，电脑1台")


@pytest.fixture
def world(site: Site) -> Site:
    """A team of two, and everybody whom the county's regulation names."""
    with entered(Scope(area=NATION)):
        team = team_of(f"{TOWNSHIP}201", "中林村")
        herself(posting_of(team, "王建国", "leader", "first_secretary", first=date(2025, 8, 1)))
        herself(posting_of(team, "陈志强", first=date(2025, 8, 1)))
        officer("张文书", "township_clerk", TOWNSHIP)
        officer("马纪委", "township_discipline", TOWNSHIP)
        officer("李主任", "county_office", COUNTY)
        officer("周部长", "county_org_dept", COUNTY)
    return site


@pytest.mark.clause("TW-24-2", "TW-17-1", "TW-17-2", "TW-17-3")
def test_a_leader_is_replaced_and_hands_over_five_items_before_a_witness(
    world: Site, visit: Callable[..., Visitor], tmp_path: Path
) -> None:
    _asked(visit("李主任"))
    department = visit("周部长")
    page = department.desk("王建国调整更换：县委组织部批准")
    page.get_by_role("button", name="县委组织部批准").click()
    expect(page.get_by_test_id("departure")).to_contain_text("离岗")
    _written(visit("王建国", screen=PHONE))
    clerk = visit("张文书")
    page = clerk.desk("王建国交接：新老成员交接")
    page.get_by_label("接收人", exact=True).select_option(index=1)
    page.get_by_role("button", name="确定接收人").click()
    clerk.told("陈志强")
    follower = visit("陈志强", screen=PHONE)
    follower.desk("接收交接并签字")
    follower.fits()
    follower.agree("签字")
    follower.told("接收人已签字")
    witness = visit("马纪委")
    page = witness.desk("王建国交接：乡镇纪委书记监交")
    page.get_by_role("button", name="乡镇纪委书记监交").click()
    _filed(clerk, tmp_path)


def _asked(office: Visitor) -> None:
    """The county's office asks on the ground that he has left his unit."""
    page = office.page
    page.get_by_role("link", name="选派", exact=True).click()
    page.get_by_role("link", name="调整轮换").click()
    page.get_by_role("link", name="办理离任").first.click()
    page.get_by_role("link", name="办理离任：王建国").click()
    page.get_by_role("link", name="选择：按干部管理权限批准后调整更换").click()
    page.get_by_label("事由").fill("已调县水务局以外单位工作")
    page.get_by_label("不宜驻村工作").check()
    page.get_by_role("button", name="送审").click()
    expect(page.get_by_role("alert").first).to_contain_text("请说明理由")
    page.get_by_label("调离原单位").check()
    page.get_by_role("button", name="送审").click()
    expect(page.get_by_test_id("departure")).to_contain_text("批准以前仍在岗")


def _written(himself: Visitor) -> None:
    """On his phone: a list with an item left empty is not signed, a full one is."""
    page = himself.desk("填写并签交接清单")
    himself.fits()
    fields = page.get_by_test_id("list").get_by_role("textbox")
    expect(fields).to_have_count(5)
    for place, words in enumerate(WRITTEN[:4]):
        fields.nth(place).fill(words)
    page.get_by_role("button", name="保存清单").click()
    himself.expected.append("422")
    himself.agree("签字")
    expect(page.get_by_test_id("faults")).to_contain_text("请写“无”")
    fields.nth(4).fill(WRITTEN[4])
    page.get_by_role("button", name="保存清单").click()
    himself.agree("签字")
    himself.told("移交人已签字")


def _filed(clerk: Visitor, folder: Path) -> None:
    """The township files the list and prints it."""
    page = clerk.desk("王建国交接：交接清单送乡镇党委备存")
    page.get_by_label("负责人").fill("党委书记")
    page.get_by_label("日期", exact=True).fill(date.today().isoformat())
    page.get_by_label("文号或会议").fill("档案2026-18")
    page.get_by_role("button", name="交接清单送乡镇党委备存").click()
    expect(page.get_by_test_id("handover")).to_contain_text("已办结")
    page.get_by_role("link", name="打印清单").click()
    paper = page.get_by_test_id("paper")
    for words in (*WRITTEN, "王建国", "陈志强", "马纪委", "归档"):
        expect(paper).to_contain_text(words)
    clerk.fits()
    page.emulate_media(media="print")
    content = page.pdf(path=folder / "handover.pdf")
    assert content.startswith(b"%PDF-")
