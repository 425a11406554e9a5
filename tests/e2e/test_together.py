"""Two people on one sheet, a lost connection, a month that somebody else closes: nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.e2e.cast import SMALL, small_township, stored
from tests.e2e.conftest import Site
from tests.e2e.ledger import LedgerPage
from tests.e2e.sheet import SheetPage
from tests.e2e.visitor import Visitor

pytestmark = pytest.mark.browser

PLAIN = "VVVVRRVVVVVRRVVVVVRVVVVVRRRVVV"


@pytest.fixture
def two(site: Site, visit: Callable[..., Visitor]) -> tuple[SheetPage, SheetPage]:
    """Two clerks with the same sheet before them."""
    small_township()
    return SheetPage.open(visit("艾文书"), SMALL, "2026-09"), SheetPage.open(visit("郝文书"), SMALL, "2026-09")


def test_two_clerks_write_into_one_line_and_only_the_same_cell_asks_back(two: tuple[SheetPage, SheetPage]) -> None:
    ai, hao = two
    ai.type("马小龙", 1, "M")
    ai.saved()
    hao.type("马小龙", 2, "N")
    hao.saved()
    expect(hao.cell("马小龙", 1)).to_have_text("M")  # the other's cell came along
    assert stored("马小龙") == "MN" + PLAIN[2:]

    ai.type("马小龙", 3, "L")
    ai.saved()
    hao.type("马小龙", 3, "P")
    dialog = hao.page.get_by_test_id("conflict-dialog")
    expect(dialog).to_contain_text("马小龙 3日：两个人改了同一格")
    expect(dialog).to_contain_text("艾文书")
    assert stored("马小龙") == "MNL" + PLAIN[3:]
    dialog.get_by_role("button", name="保留我的").click()
    hao.saved()
    assert stored("马小龙") == "MNP" + PLAIN[3:]

    ai.type("马小龙", 3, "M")
    dialog = ai.page.get_by_test_id("conflict-dialog")
    dialog.get_by_role("button", name="采用郝文书的").click()
    ai.nothing_refused()
    assert (ai.marks("马小龙"), stored("马小龙")) == ("MNP" + PLAIN[3:], "MNP" + PLAIN[3:])


def test_a_lost_connection_keeps_what_was_typed_and_sends_it_afterwards(two: tuple[SheetPage, SheetPage]) -> None:
    sheet, _ = two
    sheet.visitor.expected.append("ERR_INTERNET_DISCONNECTED")
    sheet.visitor.context.set_offline(True)
    sheet.type("高建军", 1, "M")
    banner = sheet.page.get_by_test_id("offline-banner")
    expect(banner).to_contain_text("网络中断，已保留 1 格未保存内容")
    sheet.paste("高建军", 2, [["培训", "培训", "联系项目"]])
    sheet.status("未保存 4 格")
    assert (sheet.marks("高建军"), stored("高建军")) == ("MNNP" + PLAIN[4:], "")
    sheet.visitor.context.set_offline(False)
    sheet.saved()
    expect(banner).to_be_hidden()
    assert stored("高建军") == "MNNP" + PLAIN[4:]


def test_what_was_typed_offline_survives_a_reload(two: tuple[SheetPage, SheetPage]) -> None:
    sheet, _ = two
    sheet.visitor.expected.append("ERR_INTERNET_DISCONNECTED")
    sheet.page.on("dialog", lambda dialog: dialog.accept())  # the browser asks before it leaves unsaved cells
    sheet.visitor.context.set_offline(True)
    sheet.type("刘芳", 4, "L")
    expect(sheet.page.get_by_test_id("offline-banner")).to_be_visible()
    sheet.visitor.context.set_offline(False)
    sheet.page.reload()
    SheetPage(sheet.visitor).saved()
    assert stored("刘芳") == "VVVL" + PLAIN[4:]


def test_a_month_closed_by_somebody_else_says_so_and_keeps_the_cell_in_sight(two: tuple[SheetPage, SheetPage]) -> None:
    ai, hao = two
    hao.close()
    LedgerPage(hao.visitor).state("待报送")
    ai.visitor.expected.append("409")
    ai.type("马小龙", 8, "L")
    expect(ai.page.get_by_test_id("offline-banner")).to_contain_text("2026年9月已月结，不能再改")
    ai.status("未保存 1 格")
    expect(ai.cell("马小龙", 8)).to_have_text("L")
    assert stored("马小龙") == PLAIN
    ai.page.on("dialog", lambda dialog: dialog.accept())
    ai.page.reload()
    again = SheetPage(ai.visitor)
    again.refused("马小龙 8日", "没有保存", "已月结")
