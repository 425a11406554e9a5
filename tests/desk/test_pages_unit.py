"""A dispatch unit's page: its own people wherever they are, and only what was fed back."""

from __future__ import annotations

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.cadres.models import DispatchUnit
from apps.core.months import Month
from tests.desk.reading import links, page, rows
from tests.factories import actor_of, posting_of, team_of, unit_of
from tests.reports.months import accepted, submitted
from tests.world import browser

JULY, AUGUST, SEPTEMBER = (Month(2026, month) for month in (7, 8, 9))
HERE, THERE = "C621121100", "C530113102"
pytestmark = pytest.mark.usefixtures("nation")


@pytest.fixture(autouse=True)
def eighth_of_october():
    with time_machine.travel("2026-10-08 09:00+08:00", tick=False):
        yield


@pytest.fixture
def unit() -> DispatchUnit:
    """A unit with one person in each of two provinces; July accepted here, August submitted; July accepted there."""
    found = unit_of("中央某单位", "C11")
    near = posting_of(team_of(f"{HERE}201", "河南村"), "李秀英", unit=found, first=JULY.first)
    far = posting_of(team_of(f"{THERE}201", "小街村"), "王建国", "leader", unit=found, first=JULY.first)
    posting_of(team_of(f"{HERE}201"), "外单位的人", unit=unit_of("别的单位", "C62"))
    accepted(HERE, JULY, {near: "V" * 20 + "T" * 3 + "R" * 8})
    submitted(HERE, AUGUST, {near: "A" * 31})
    accepted(THERE, JULY, {far: "V" * 25 + "R" * 6})
    return found


def test_a_unit_sees_its_people_across_counties_month_by_month(unit: DispatchUnit) -> None:
    html = page(browser(actor_of("unit_liaison", unit).user), "/unit/")
    table = rows(html, "people")
    assert table[0] == ["姓名", "派驻地点", "月份", "派驻天数", "在村", "公差", "休息", "对照规定"]
    assert "外单位的人" not in html
    assert table[1][:6] == ["王建国", "东川区 汤丹镇 小街村 队长", "7月", "31", "25", "0"]
    assert [row[:2] for row in table[2:4]] == [["8月", "尚未反馈"], ["9月", "尚未反馈"]]
    assert table[4] == ["合计", "31", "25", "0", "6"]
    assert table[5][:7] == ["李秀英", "通渭县 平襄镇 河南村 队员", "7月", "31", "20", "3", "8"]
    assert table[8] == ["合计", "31", "20", "3", "8"]
    assert "脱岗" not in table[0], "August is not accepted yet"


@pytest.mark.clause("KM-9-8")
def test_it_is_said_which_months_came_and_which_are_awaited(unit: DispatchUnit) -> None:
    html = page(browser(actor_of("unit_head", unit).user), "/unit/?quarter=2026-Q3")
    assert "已反馈2份，还有4份未到" in html
    waiting = [(row.count("尚未反馈"), row.count("已反馈")) for row in html.split("<tr>") if "本单位人数" in row]
    assert sum(found for found, _ in waiting) == 4


@pytest.mark.clause("TW-13-2", "KM-9-2")
def test_each_stands_against_the_rule_of_his_own_county(unit: DispatchUnit) -> None:
    table = rows(page(browser(actor_of("unit_liaison", unit).user), "/unit/"), "people")
    # Posted from the first of July: 184 of 365 days, so 111 of 220 and 81 of 160 days; in Kunming 200 all the same.
    assert table[5][-1].startswith("年驻村 23/111 进行中 在村 20/81 进行中 截至7月底")
    assert table[1][-1].startswith("年在岗 25/200 只显示，不判定")


def test_every_figure_opens_its_trace(unit: DispatchUnit) -> None:
    client = browser(actor_of("unit_liaison", unit).user)
    traces = [url for url in links(page(client, "/unit/")) if url.startswith("/trace/")]
    assert len(traces) == 2 * (2 * 4) + 2 * 2, "days by month, noughts too, sums, and two measures each"
    assert all(client.get(url).status_code == 200 for url in traces)


def test_the_quarters_workbook_is_one_button_away(unit: DispatchUnit) -> None:
    client = browser(actor_of("unit_liaison", unit).user)
    html = page(client, "/unit/?quarter=2026-Q3")
    assert 'href="/unit/2026/3/quarter.xlsx" data-testid="download"' in html
    assert client.get("/unit/2026/3/quarter.xlsx").status_code == 200
    assert "download" not in page(client, "/unit/?quarter=2026-Q4"), "nothing is fed back yet"


def test_a_quarter_without_people_is_empty_and_a_wrong_one_is_refused(unit: DispatchUnit) -> None:
    client = browser(actor_of("unit_liaison", unit).user)
    assert "这个季度没有本单位派驻的干部" in page(client, "/unit/?quarter=2024-Q1")
    assert "未到" in page(client, "/unit/?quarter=2026-Q4")
    for text in ("2026-Q5", "2026", "二〇二六-Q1", "2026-Q", "0000-Q1"):
        assert client.get(f"/unit/?quarter={text}").status_code == 400


def test_somebody_elses_office_has_no_unit_page(unit: DispatchUnit) -> None:
    assert browser(actor_of("county_office", "C621121").user).get("/unit/").status_code == 403
    other = page(browser(actor_of("unit_liaison", unit_of("第三个单位", "C62")).user), "/unit/")
    assert "李秀英" not in other and "王建国" not in other


def test_the_number_of_queries_does_not_grow_with_the_people(unit: DispatchUnit) -> None:
    client = browser(actor_of("unit_liaison", unit).user)
    counted = []
    for more in (range(2), range(2, 9)):
        for place in more:
            posting_of(team_of(f"C621121102{301 + place}"), f"来客{place}", unit=unit)
        client.get("/unit/")
        with CaptureQueriesContext(connection) as found:
            assert client.get("/unit/").status_code == 200
        counted.append(len(found))
    assert counted[0] == counted[1] <= 19


def test_the_page_carries_thirty_people_and_the_rest_follow(unit: DispatchUnit) -> None:
    for place in range(31):
        posting_of(team_of(f"C621121102{301 + place}"), f"来客{place}", unit=unit)
    client = browser(actor_of("unit_liaison", unit).user)
    first, second = page(client, "/unit/"), page(client, "/unit/?quarter=2026-Q3&page=2")
    assert "共 2 页，33 条" in first
    assert first.count('<tbody class="person">') == 30
    assert second.count('<tbody class="person">') == 3
