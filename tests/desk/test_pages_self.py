"""A cadre's own page: his months as they are held, against the rule, with nothing to enter."""

from __future__ import annotations

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.core.months import Month
from apps.teams.models import Posting
from tests.desk.reading import links, page, plain, rows
from tests.factories import actor_of, person_key, posting_of, sheet_line_of, team_of, user_of
from tests.reports.months import accepted
from tests.world import browser

AUGUST, SEPTEMBER, OCTOBER = (Month(2026, month) for month in (8, 9, 10))
TOWNSHIP = "C621121100"
pytestmark = pytest.mark.usefixtures("nation")


@pytest.fixture(autouse=True)
def eighth_of_october():
    with time_machine.travel("2026-10-08 09:00+08:00", tick=False):
        yield


@pytest.fixture
def posting() -> Posting:
    team = team_of(f"{TOWNSHIP}201", "河南村")
    posting_of(team, "王建国", "leader")
    member = posting_of(team, "李秀英")
    accepted(TOWNSHIP, AUGUST, {member: "V" * 20 + "M" * 2 + "R" * 9})
    accepted(TOWNSHIP, SEPTEMBER, {member: "V" * 18 + "L" * 4 + "R" * 8})
    sheet_line_of(member, OCTOBER, "R" * 7 + "V" * 24)
    return member


def own_page(path: str = "/self/", status: int = 200) -> str:
    return page(browser(user_of("李秀英", person=person_key("李秀英"))), path, status)


def test_a_cadre_sees_his_months_from_ledgers_and_the_running_one_from_the_sheet(posting: Posting) -> None:
    table = rows(own_page(), "months")
    assert table == [
        ["月份", "状态", "派驻天数", "在村", "会议", "请假", "休息"],
        ["10月", "登记中", "31", "24", "0", "0", "7"],
        ["9月", "已编入台账", "30", "18", "0", "4", "8"],
        ["8月", "已编入台账", "31", "20", "2", "0", "9"],
    ]


@pytest.mark.clause("TW-13-2", "TW-13-3")
def test_he_sees_the_year_against_the_floors_with_their_clauses(posting: Posting) -> None:
    html = own_page()
    text = plain(html[html.index('data-testid="standing"') : html.index('data-testid="months"')])
    assert "截至2026年9月底" in text
    assert "年驻村工作日 每年不少于 220 个工作日（计入：在村、公差、会议、培训）" in text
    assert "40 ≥220 余下天数已不够 TW-13-2" in text
    assert "38 ≥160 余下天数已不够 TW-13-3" in text


def test_his_posting_names_the_village(posting: Posting) -> None:
    html = own_page()
    assert "通渭县 平襄镇 河南村 队员" in plain(
        html[html.index('id="postings"') : html.index('data-testid="standing"')]
    )


def test_there_is_nothing_to_enter_and_nobody_else(posting: Posting) -> None:
    html = own_page()
    assert "<form" not in html and "<input" not in html
    assert "王建国" not in html
    client = browser(user_of("李秀英", person=person_key("李秀英")))
    traces = [url for url in links(html) if url.startswith(("/trace/", "/rules/clause/"))]
    assert len(traces) >= 8
    assert all(client.get(url).status_code == 200 for url in traces)


def test_the_days_stand_one_by_one(posting: Posting) -> None:
    html = own_page()
    assert 'title="9月19日 星期六 请假">假<' in html
    assert html.count('title="9月') == 30
    assert "村＝在村，会＝会议，假＝请假，休＝休息" in plain(html)


def test_kinds_of_day_with_the_same_beginning_have_signs_of_their_own() -> None:
    member = posting_of(team_of("C610831104201"), "张队员")
    sheet_line_of(member, SEPTEMBER, "MN" + "V" * 28)
    html = page(browser(user_of("张队员", person=person_key("张队员"))), "/self/")
    assert "村＝在村，会＝外出开会，训＝外出培训" in plain(html)


def test_a_corrected_month_shows_its_newest_version(posting: Posting) -> None:
    from apps.ledgers.services import month_reopen

    month_reopen(
        actor=actor_of("county_office", "C621121"),
        area=TOWNSHIP,
        month=SEPTEMBER,
        teams=[posting.team_id],
        reason="核实后更正",
    )
    accepted(TOWNSHIP, SEPTEMBER, {posting: "V" * 20 + "L" * 2 + "R" * 8})
    assert rows(own_page(), "months")[2] == ["9月", "已编入台账", "30", "20", "0", "2", "8"]


def test_a_year_without_months_says_so_and_a_strange_one_is_not_found(posting: Posting) -> None:
    assert "这一年还没有您的考勤" in page(browser(user_of("新来的", person=person_key("新来的"))), "/self/")
    own_page("/self/?year=1999", 404)
    own_page("/self/?year=abc", 404)


def test_offices_have_no_own_page() -> None:
    assert browser(actor_of("township_clerk", TOWNSHIP).user).get("/self/").status_code == 403


def test_the_number_of_queries_does_not_grow_with_the_months(posting: Posting) -> None:
    client = browser(user_of("李秀英", person=person_key("李秀英")))
    counted = []
    for months in ((7,), (4, 5, 6)):
        for month in months:
            sheet_line_of(posting, Month(2026, month), "V" * Month(2026, month).days)
        client.get("/self/")
        with CaptureQueriesContext(connection) as found:
            assert client.get("/self/").status_code == 200
        counted.append(len(found))
    assert counted[0] == counted[1] <= 33
