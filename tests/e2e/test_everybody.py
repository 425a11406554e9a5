"""Without a mouse, and on a telephone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.e2e.cast import SMALL, small_township, stored
from tests.e2e.conftest import Site
from tests.e2e.ledger import LedgerPage
from tests.e2e.programs import held_up
from tests.e2e.sheet import SheetPage
from tests.e2e.visitor import PHONE, Visitor

pytestmark = pytest.mark.browser

PLAIN = "VVVVRRVVVVVRRVVVVVRVVVVVRRRVVV"


@pytest.fixture
def township(site: Site) -> Site:
    small_township()
    return site


def test_a_month_can_be_entered_and_closed_with_the_keyboard_alone(
    township: Site, visit: Callable[..., Visitor]
) -> None:
    clerk = visit("艾文书")
    press = clerk.page.keyboard.press
    clerk.page.goto(f"/sheet/{SMALL}/2026-09/")
    sheet = SheetPage(clerk)
    clerk.tab_to("table[role=grid]")
    press("ArrowDown")  # from the first person's 1st to the second person's
    press("ArrowRight")
    press("m")
    press("ArrowRight")
    press("Shift+ArrowRight")
    press("n")
    assert sheet.marks("马小龙") == "VMNN" + PLAIN[4:]
    press("Control+z")
    press("Control+y")
    press("Control+s")
    sheet.saved()
    assert stored("马小龙") == "VMNN" + PLAIN[4:]
    press("Escape")
    with held_up(township.worker):
        clerk.page.reload()
        SheetPage(clerk)
        clerk.tab_to("#sheet-close-button")
        press("Enter")
        expect(clerk.page.get_by_test_id("confirm")).to_be_visible()
        clerk.tab_to("[data-choice=yes]")
        press("Enter")
        expect(clerk.page.get_by_test_id("waiting")).to_be_visible()
    LedgerPage(clerk).state("待报送")


def test_a_value_opens_its_trace_and_a_clause_with_the_keyboard_and_gives_the_focus_back(
    township: Site, visit: Callable[..., Visitor]
) -> None:
    clerk = visit("艾文书")
    page, press = clerk.page, clerk.page.keyboard.press
    shown = page.locator("#trace").get_by_test_id("trace")
    page.goto(f"/sheet/{SMALL}/2026-09/")
    SheetPage(clerk)
    clerk.tab_to("table[role=grid]")
    press("End")
    press("Enter")
    expect(shown.get_by_test_id("trace-value")).to_have_text("22")
    press("Escape")
    expect(page.locator("#trace")).to_be_hidden()
    expect(page.locator("table[role=grid]")).to_be_focused()
    page.goto("/rules/")
    clerk.tab_to("a.trace")
    press("Enter")
    expect(shown).to_contain_text("规则版本")
    clerk.tab_to("#trace a.clause")
    press("Enter")
    expect(page.locator("#trace").get_by_test_id("clause")).to_contain_text("按这一条执行的规则")
    clerk.tab_to("[data-trace-back]")
    press("Enter")
    expect(shown).to_contain_text("规则版本")
    press("Escape")
    expect(page.locator("#trace")).to_be_hidden()
    expect(page.locator("a.trace").first).to_be_focused()


def test_on_a_telephone_a_day_is_entered_and_a_ledger_submitted(township: Site, visit: Callable[..., Visitor]) -> None:
    clerk = visit("艾文书", screen=PHONE)
    clerk.fits()
    page = clerk.page
    page.goto(f"/sheet/{SMALL}/2026-09/")
    expect(page.locator("[data-sheet][data-ready]")).to_be_attached()
    clerk.fits()
    person = page.get_by_test_id("phone-person").filter(has_text="马小龙")
    person.locator("summary").click()
    person.get_by_role("button", name="马小龙 9日").click()
    page.get_by_test_id("phone-pick").get_by_role("button", name="外出培训").click()
    expect(page.get_by_test_id("save-status")).to_have_attribute("data-kind", "saved")
    expect(person).to_contain_text("外出培训1")
    assert stored("马小龙") == PLAIN[:8] + "N" + PLAIN[9:]
    clerk.fits()
    clerk.agree("月结")
    ledger = LedgerPage(clerk)
    clerk.fits()
    ledger.act("乡镇上报月台账")
    ledger.state("待县级审核")
    for path in ("/", "/ledgers/", f"/sheet/{SMALL}/2026-09/records/"):
        page.goto(path)
        clerk.fits()
