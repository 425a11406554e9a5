"""A village waits for its leader: the unit's choice is refused for his rank, another is checked by the county and posted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

from apps.core.tenancy import NATION, Scope, entered
from apps.staffing.models import Case
from tests.e2e.cast import officer
from tests.e2e.conftest import Site
from tests.e2e.visitor import PHONE, Visitor
from tests.factories import team_of, unit_of
from tests.staffing.conftest import number

pytestmark = pytest.mark.browser

COUNTY, VILLAGE, PLACE = "C621121", "C621121100201", "李家店村"
YESTERDAY = (date.today() - timedelta(days=1)).isoformat()


@pytest.fixture
def town(site: Site) -> None:
    with entered(Scope(area=NATION)):
        team_of(VILLAGE, PLACE)
        unit = unit_of("县水务局", COUNTY)
        officer("驻村办", "county_office", COUNTY)
        officer("人事股", "unit_personnel", unit)


@pytest.mark.clause("TW-4-4")
def test_a_leader_is_refused_for_his_rank_and_the_corrected_one_is_posted(
    town: None, visit: Callable[..., Visitor]
) -> None:
    county, unit = visit("驻村办"), visit("人事股")
    _opening(county)
    page = unit.page
    page.get_by_role("link", name="选派", exact=True).click()
    expect(page.get_by_test_id("openings")).to_contain_text(PLACE)
    page.get_by_role("link", name=f"提名：{PLACE}").click()
    _fill(unit, "科员")
    page.get_by_role("button", name="先核对条件").click()
    expect(page.get_by_test_id("check")).to_contain_text("市、县选派的，须为科级领导干部或科级后备干部")
    page.get_by_role("button", name="提名", exact=True).click()
    expect(page.get_by_test_id("way")).to_contain_text("资格条件核对")
    expect(page.get_by_test_id("way").get_by_role("link", name="TW-4-4").first).to_be_visible()
    page.get_by_role("link", name="更正后重新提名").click()
    page.get_by_label("职级", exact=True).select_option(label="正科级")
    page.get_by_role("button", name="重新提名").click()
    expect(page.get_by_test_id("case")).to_contain_text("等县级驻村办办理")
    _place(county)
    page.goto("/staffing/")
    expect(page.get_by_test_id("settled")).to_contain_text("已到岗")
    with entered(Scope(area=NATION)):
        posting = Case.objects.get().posting
        assert posting is not None
        assert posting.roles == ["leader", "first_secretary"]


@pytest.mark.clause("TW-4-4")
def test_the_pages_fit_a_phone(town: None, visit: Callable[..., Visitor]) -> None:
    _opening(visit("驻村办"))
    phone = visit("人事股", screen=PHONE)
    phone.page.goto("/staffing/")
    phone.fits()
    phone.page.get_by_role("link", name=f"提名：{PLACE}").click()
    phone.fits()
    _fill(phone, "科员")
    phone.page.get_by_role("button", name="提名", exact=True).click()
    expect(phone.page.get_by_test_id("way")).to_be_visible()
    phone.fits()


def _opening(county: Visitor) -> None:
    page = county.page
    page.goto("/staffing/")
    page.get_by_role("link", name="登记缺岗").click()
    page.get_by_label("村", exact=False).first.select_option(VILLAGE)
    page.get_by_label("队长", exact=True).check()
    page.get_by_label("第一书记", exact=True).check()
    page.get_by_label("由哪个单位选派").select_option(label="县水务局")
    page.get_by_role("button", name="登记", exact=True).click()
    expect(page.get_by_test_id("opening")).to_contain_text("待选派")


def _fill(unit: Visitor, rank: str) -> None:
    page = unit.page
    page.get_by_label("姓名").fill("王新民")
    page.get_by_label("身份证号").fill(number("62112119850101123"))
    page.get_by_label("组织推荐").check()
    page.get_by_label("职级", exact=True).select_option(label=rank)
    page.get_by_label("后备级别", exact=True).select_option(label="不是后备干部")
    page.get_by_label("领导职务", exact=True).check()
    page.get_by_label("身体条件能够正常履职").check()
    page.get_by_label("身体条件确认日期").fill(YESTERDAY)
    page.get_by_label("各级帮扶干部", exact=True).check()
    for word in ("政治素质好", "工作作风实", "综合能力强"):
        page.get_by_label(word).check()


def _place(county: Visitor) -> None:
    page = county.page
    page.goto("/staffing/")
    page.get_by_role("link", name="去办理：王新民选派").click()
    page.get_by_role("button", name="核定").click()
    expect(page.get_by_test_id("place")).to_be_visible()
    page.get_by_role("button", name="登记到岗").click()
    expect(page.get_by_test_id("case")).to_contain_text("已到岗")
