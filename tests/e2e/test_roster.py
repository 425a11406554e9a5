"""A county brings in its roster: template, mistake, correction, import, the list of who is posted where."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import expect

from apps.core.tenancy import NATION, Scope, entered
from tests.e2e.cast import officer
from tests.e2e.conftest import Site
from tests.e2e.visitor import PHONE, Visitor
from tests.reports.roster.books import COUNTY, id_of, person

pytestmark = pytest.mark.browser


def fill(template: Path, target: Path, *rows: list[object]) -> Path:
    """The template as somebody fills it in with these rows of people."""
    book = openpyxl.load_workbook(template)
    book["村"].append(["平襄镇", "新华村", "621121100201", "建档立卡贫困村"])
    book["派出单位"].append(["县水务局", "县级", "机关", "否"])
    for row in rows:
        book["干部与派驻"].append(row)
    book.save(target)
    return target


def _listed(office: Visitor) -> None:
    """The people imported stand in the list, their numbers masked."""
    page = office.page
    page.get_by_role("link", name="花名册", exact=True).click()
    expect(page.get_by_test_id("roster")).to_contain_text(f"621121********{id_of(1)[-4:]}")
    expect(page.get_by_test_id("roster").locator("tbody tr")).to_have_count(2)


def _fits_a_phone(phone: Visitor) -> None:
    """Neither page scrolls sideways."""
    for address in ("/cadres/", "/roster/"):
        phone.page.goto(address)
        phone.fits()


def test_a_county_imports_its_roster_from_the_template(
    site: Site, visit: Callable[..., Visitor], tmp_path: Path
) -> None:
    with entered(Scope(area=NATION)):
        officer("孙主任", "county_office", COUNTY)
    office = visit("孙主任")
    office.expected = ["status of 422"]
    page = office.page
    page.get_by_role("link", name="花名册", exact=True).click()
    page.get_by_role("link", name="导入花名册").first.click()
    with page.expect_download() as download:
        page.get_by_test_id("roster-template").click()
    template = tmp_path / "template.xlsx"
    download.value.save_as(template)
    assert download.value.suggested_filename == "通渭县驻村干部花名册.xlsx"

    wrong = fill(template, tmp_path / "wrong.xlsx", person(1), person(2, name="李秀英、赵明", first="三月一日"))
    page.get_by_label("花名册文件").set_input_files(wrong)
    page.get_by_test_id("roster-preview").click()
    expect(page.get_by_test_id("roster-blocked")).to_contain_text("有 2 处需要改正")
    mistakes = page.get_by_test_id("roster-errors")
    expect(mistakes).to_contain_text("第 3 行 A 列（姓名）")
    expect(mistakes).to_contain_text("第 3 行 J 列（到岗日）")
    expect(page.get_by_test_id("roster-confirm")).to_have_count(0)
    office.fits()

    right = fill(template, tmp_path / "right.xlsx", person(1), person(2, name="李秀英", roles="队员"))
    page.get_by_role("link", name="重新选择文件").click()
    page.get_by_label("花名册文件").set_input_files(right)
    page.get_by_test_id("roster-preview").click()
    expect(page.get_by_test_id("roster-counts")).to_contain_text("派驻")
    page.get_by_test_id("roster-confirm").click()
    office.told("花名册已导入：村新增 1、变更 0；派出单位新增 1、变更 0")

    page.get_by_label("花名册文件").set_input_files(right)
    page.get_by_test_id("roster-preview").click()
    expect(page.get_by_test_id("roster-nothing")).to_be_visible()
    _listed(office)
    _fits_a_phone(visit("孙主任", screen=PHONE))
