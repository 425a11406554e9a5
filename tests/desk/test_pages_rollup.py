"""Roll-ups: figures of submitted and accepted ledgers by the areas below, each leading to what lies under it."""

from __future__ import annotations

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.core.months import Month
from apps.ledgers.models import Ledger
from tests.desk.reading import items, links, page, rows, shown
from tests.factories import actor_of, posting_of, team_of
from tests.reports.months import accepted, closed, submitted
from tests.world import browser

SEPTEMBER = Month(2026, 9)
COUNTY, FIRST, SECOND, THIRD, FOURTH = "C621121", "C621121100", "C621121101", "C621121102", "C621121103"
FAR = "C511703108"
pytestmark = pytest.mark.usefixtures("nation")


@pytest.fixture(autouse=True)
def eighth_of_october():
    with time_machine.travel("2026-10-08 09:00+08:00", tick=False):
        yield


@pytest.fixture
def months() -> dict[str, Ledger]:
    """One township accepted, one submitted, one still signing, one without a ledger; and a district far away."""
    people = {
        township: posting_of(team_of(f"{township}201"), f"队长{township}", "leader")
        for township in (FIRST, SECOND, THIRD, FOURTH)
    }
    far = posting_of(team_of(f"{FAR}201"), "远方队员", "member")
    return {
        "accepted": accepted(FIRST, SEPTEMBER, {people[FIRST]: "V" * 20 + "T" * 4 + "R" * 6}),
        "submitted": submitted(SECOND, SEPTEMBER, {people[SECOND]: "V" * 10 + "L" * 20}),
        "draft": closed(THIRD, SEPTEMBER, {people[THIRD]: "A" * 30}),
        "far": accepted(FAR, SEPTEMBER, {far: "V" * 15 + "R" * 15}),
    }


def test_a_county_sees_its_townships_from_submitted_and_accepted_ledgers_only(months: dict[str, Ledger]) -> None:
    html = page(browser(actor_of("county_office", COUNTY).user), "/rollup/")
    assert [row[:3] for row in rows(html, "rollup-ledgers")] == [
        ["单位", "台账", "报送期限（ 10月5日前 ）"],
        ["平襄镇", "已审核通过", "逾期报送"],
        ["马营镇", "待县级审核", "逾期报送"],
        ["鸡川镇", "待签批", "逾期未报送"],
        ["榜罗镇", "尚未编制 看月表", "逾期未报送"],
    ]
    days = rows(html, "rollup-days")
    assert [row[:3] for row in days[1:]] == [
        ["平襄镇", "1", "30"],
        ["马营镇", "1", "30"],
        ["鸡川镇", "0", "0"],
        ["榜罗镇", "0", "0"],
        ["合计", "2", "60"],
    ]
    assert shown(days, "平襄镇")["在村"] == "20"
    assert shown(days, "马营镇")["请假"] == "20"
    assert (shown(days, "合计")["在村"], shown(days, "合计")["公差"]) == ("30", "4")
    assert "脱岗" not in days[0], "the ledger that is still being signed does not count"


def test_every_figure_of_a_township_opens_its_trace_and_every_ledger_its_page(months: dict[str, Ledger]) -> None:
    client = browser(actor_of("county_office", COUNTY).user)
    html = page(client, "/rollup/")
    ledger = months["accepted"]
    addresses = links(html)
    assert f"/trace/total/{ledger.pk}/in_village/" in addresses
    assert {f"/ledgers/{months[name].pk}/" for name in ("accepted", "submitted", "draft")} <= set(addresses)
    assert f"/sheet/{FOURTH}/2026-09/" in addresses
    traces = [url for url in addresses if url.startswith("/trace/")]
    assert all(client.get(url).status_code == 200 for url in traces)
    assert not [url for url in traces if f"/{months['draft'].pk}/" in url]


@pytest.mark.clause("TW-13-2", "TW-13-3")
def test_how_people_stand_is_counted_by_measure_and_clause(months: dict[str, Ledger]) -> None:
    table = rows(page(browser(actor_of("county_office", COUNTY).user), "/rollup/"), "rollup-measures")
    head = table[0]
    assert head[1:] == ["规定", "适用人数", "已达到", "进行中", "余下天数已不够", "未达到", "只显示，不判定", "依据"]
    # 24 of 220 and 20 of 160 days after September, 92 days left: out of reach for both people, of both measures.
    assert table[1] == ["平襄镇", "年驻村工作日", "1", "0", "0", "1", "0", "0", "TW-13-2"]
    assert table[2] == ["其中在村工作", "1", "0", "0", "1", "0", "0", "TW-13-3"]
    assert table[-2] == ["合计", "年驻村工作日", "2", "0", "0", "2", "0", "0", "TW-13-2"]


def test_a_city_and_the_nation_count_townships_by_state_and_lead_downwards(months: dict[str, Ledger]) -> None:
    city = browser(actor_of("city_office", "C6211").user)
    html = page(city, "/rollup/")
    assert rows(html, "rollup-ledgers")[1] == ["通渭县", "4", "1", "1", "0", "1", "1", "4"]
    assert "/rollup/?area=C621121&month=2026-09" in links(html)
    assert "/ledgers/?area=C621121&month=2026-09&state=accepted&kind=township" in links(html)
    assert city.get("/ledgers/?area=C621121&month=2026-09&state=accepted&kind=township").status_code == 200
    assert rows(page(city, "/rollup/?area=C621121&month=2026-09"), "rollup-days")[-1][:2] == ["合计", "2"]

    nation = browser(actor_of("nation_office", "C").user)
    html = page(nation, "/rollup/")
    assert [row[:3] for row in rows(html, "rollup-days")[1:]] == [
        ["四川省", "1", "30"],
        ["甘肃省", "2", "60"],
        ["合计", "3", "90"],
    ]
    assert [row[0] for row in rows(page(nation, "/rollup/?area=C62"), "rollup-ledgers")[1:-1]] == ["定西市"]


def test_rollups_at_every_level_add_up_to_the_same_days(months: dict[str, Ledger]) -> None:
    client = browser(actor_of("nation_office", "C").user)
    expected = sum(months[name].totals["counts"][0] for name in ("accepted", "submitted"))
    for area in ("C62", "C6211", COUNTY):
        table = rows(page(client, f"/rollup/?area={area}&month=2026-09"), "rollup-days")
        assert int(shown(table, "合计")["在村"]) == expected == 30


def test_days_are_called_as_the_local_sheet_calls_them() -> None:
    member = posting_of(team_of("C530113102201"), "唐队员", "member")
    accepted("C530113102", SEPTEMBER, {member: "V" * 28 + "A" * 2})
    html = page(browser(actor_of("county_office", "C530113").user), "/rollup/")
    assert rows(html, "rollup-days")[0] == ["单位", "人数", "派驻天数", "在岗", "离岗"]
    assert rows(html, "rollup-measures")[0][3:7] == ["已达到（未超过）", "进行中", "余下天数已不够", "未达到（已超过）"]


def test_the_worklist_and_the_roll_up_agree_on_who_is_late() -> None:
    """The sheets are due on the 15th, the ledger has no day: made and not submitted is not late, not made is."""
    made, _ = [posting_of(team_of(f"{township}201"), f"队员{township}") for township in ("C530113102", "C530113103")]
    closed("C530113102", SEPTEMBER, {made: "V" * 30})
    with time_machine.travel("2026-10-20 09:00+08:00", tick=False):
        county = browser(actor_of("county_office", "C530113").user)
        table = rows(page(county, "/rollup/"), "rollup-ledgers")
        found = [item for kind in ("must", "ready") for item in items(county, kind) if "报送 " in item]
    assert [(row[0], row[2]) for row in table[1:]] == [("汤丹镇", "尚未报送"), ("因民镇", "逾期未报送")]
    assert ["1个乡镇逾期未报送 因民镇" in found[0], "1个乡镇尚未报送 汤丹镇" in found[1]] == [True, True]
    assert [item.due for item in found] == ["逾期5天 10月15日前", ""]


def test_a_rule_without_a_day_makes_nobody_late(months: dict[str, Ledger]) -> None:
    posting_of(team_of("C511703122201"), "另一队员", "member")
    html = page(browser(actor_of("county_org_dept", "C511703").user), "/rollup/")
    assert [row[2] for row in rows(html, "rollup-ledgers")[1:]] == ["未规定", "未规定"]


@pytest.mark.parametrize(
    "query", ["area=C511703", "area=C62112", "area=xyz", "area=C621121100", "area=C", "area=C6211"]
)
def test_nobody_rolls_up_what_is_not_below_him(months: dict[str, Ledger], query: str) -> None:
    assert browser(actor_of("county_office", COUNTY).user).get(f"/rollup/?{query}").status_code == 404


def test_who_has_no_roll_up_is_refused_and_a_bad_month_is_said_to_be_one() -> None:
    assert browser(actor_of("township_clerk", FIRST).user).get("/rollup/").status_code == 403
    client = browser(actor_of("county_office", COUNTY).user)
    for text in ("2026-13", "9999-12", "0000-01", "十月"):
        assert client.get(f"/rollup/?month={text}").status_code == 400
    assert "这个月没有在岗的驻村干部" in page(client, "/rollup/?month=2015-01")


@pytest.mark.parametrize(("office", "area"), [("county_office", COUNTY), ("nation_office", "C")])
def test_the_number_of_queries_does_not_grow_with_the_ledgers(office: str, area: str) -> None:
    client = browser(actor_of(office, area).user)
    counted = []
    for townships in (["C621121104", "C621121105"], ["C621121106", "C621121107", "C621121108"]):
        for township in townships:
            posting_of(team_of(f"{township}201"), f"队长{township}", "leader")
            submitted(township, SEPTEMBER)
        client.get("/rollup/")
        with CaptureQueriesContext(connection) as found:
            assert client.get("/rollup/").status_code == 200
        counted.append(len(found))
    assert counted[0] == counted[1] <= 18
