"""The landing page: what I must do, where, and by when."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from apps.attendance.services import sheet_sign
from apps.core.months import Month
from apps.ledgers.models import LedgerLine
from apps.ledgers.services import (
    county_ledger_queue,
    ledger_accept,
    ledger_file,
    ledger_return,
    ledger_step,
    month_close,
    month_reopen,
)
from apps.ledgers.services.county import county_ledger_fill
from apps.teams.models import CompositionReason, Team
from tests.desk.reading import Item, items, page
from tests.factories import actor_of, person_key, posting_of, sheet_line_of, team_of, unit_of, user_of
from tests.reports.months import accepted, closed, submitted
from tests.world import browser

AUGUST, SEPTEMBER = Month(2026, 8), Month(2026, 9)
COUNTY, TOWNSHIP, SECOND = "C621121", "C621121100", "C621121101"
pytestmark = pytest.mark.usefixtures("nation")
SECOND_OF_OCTOBER, EIGHTH_OF_OCTOBER = "2026-10-02 09:00+08:00", "2026-10-08 09:00+08:00"


@pytest.fixture
def team() -> Team:
    found = team_of(f"{TOWNSHIP}201", "河南村")
    posting_of(found, "王建国", "leader", "first_secretary")
    posting_of(found, "李秀英")
    why = {"rule": "sets.team_size", "about": "现有 2，应为不少于3。", "text": "正在补派", "by": "孙主任"}
    CompositionReason.objects.create(area=found.area, village=found.village, **why)
    return found


def sheets(client: Client) -> list[Item]:
    """What is to be done about sheets."""
    return [item for item in items(client) if "考勤" in item]


@time_machine.travel(SECOND_OF_OCTOBER, tick=False)
def test_a_clerk_sees_the_month_to_close_with_what_is_missing(team: Team) -> None:
    clerk = actor_of("township_clerk", TOWNSHIP)
    close, confirm = items(browser(clerk.user))
    assert close.text.startswith("2026年9月考勤月结 还缺：")
    assert "1个队的队长确认队员考勤，等工作队队长办理；1个队的乡镇党委确认队长、第一书记考勤。" in close
    assert close.text.endswith("去办理") and close.due == "还有3天 10月5日前"
    assert close.url == confirm.url == f"/sheet/{TOWNSHIP}/2026-09/"
    assert "2026年9月乡镇党委确认队长、第一书记考勤 TW-14-1 河南村1人" in confirm

    sheet_sign(actor=clerk, area=TOWNSHIP, team=team.pk, month=SEPTEMBER, step="leaders")
    [close] = items(browser(clerk.user))
    assert "还缺：1个队的队长确认队员考勤，等工作队队长办理。" in close
    assert close.text.endswith("查看"), "only somebody else's signature is missing"
    sheet_sign(actor=actor_of("team_leader", team), area=team.area, team=team.pk, month=SEPTEMBER, step="members")
    [close] = items(browser(clerk.user))
    assert "登记和签字已经齐备，共2人" in close
    assert close.text.endswith("去月结")
    month_close(actor=clerk, area=TOWNSHIP, month=SEPTEMBER)
    assert items(browser(clerk.user)) == []
    assert ["2026年9月台账正在编制" in item for item in items(browser(clerk.user), "ready")] == [
        True,
        False,
        False,
        False,
    ]


@time_machine.travel(EIGHTH_OF_OCTOBER, tick=False)
def test_gaps_are_counted_by_people_and_an_earlier_month_comes_first(team: Team) -> None:
    member = team.postings.get(name="李秀英")
    sheet_line_of(member, AUGUST, "V" * 20 + "." * 11)
    clerk = browser(actor_of("township_clerk", TOWNSHIP).user)
    august, september = (item for item in items(clerk) if "考勤月结" in item)
    assert "2026年8月考勤月结 还缺：1人的登记不完整" in august
    assert august.text.endswith("去补齐")
    assert august.due == "逾期33天 9月5日前"
    assert "请先办结2026年8月，年累计才能接上" in september
    assert september.due == "逾期3天 10月5日前"


@time_machine.travel(EIGHTH_OF_OCTOBER, tick=False)
def test_a_month_left_out_after_the_first_is_work_for_the_township_and_known_to_the_county(team: Team) -> None:
    closed(TOWNSHIP, Month(2026, 6))
    clerk, county = actor_of("township_clerk", TOWNSHIP), actor_of("county_office", COUNTY)
    months = [item.text[:7] for item in items(browser(clerk.user)) if "考勤月结" in item]
    assert months == ["2026年7月", "2026年8月", "2026年9月"], "nobody saved a line in July and August"
    late = [item.text.split(" ")[0] for item in items(browser(county.user))]
    assert late == [f"2026年{month}月：1个乡镇逾期未报送" for month in (6, 7, 8, 9)]
    closed(TOWNSHIP, Month(2026, 7))
    months = [item.text[:7] for item in items(browser(clerk.user)) if "考勤月结" in item]
    assert months == ["2026年8月", "2026年9月"]


@time_machine.travel(EIGHTH_OF_OCTOBER, tick=False)
def test_months_without_people_or_before_the_first_line_are_nobodys_work(team: Team) -> None:
    clerk = browser(actor_of("township_clerk", TOWNSHIP).user)
    assert [item.text[:8] for item in items(clerk) if "月结" in item] == ["2026年9月考"]
    empty = browser(actor_of("township_clerk", SECOND).user)
    assert items(empty) == []
    assert "没有需要您办理的事项" in page(empty, "/")


@time_machine.travel(EIGHTH_OF_OCTOBER, tick=False)
def test_a_team_leader_sees_only_the_sheet_of_his_team_and_never_his_own_line(team: Team) -> None:
    other = team_of(f"{TOWNSHIP}202", "新城村")
    posting_of(other, "赵志强", "leader")
    posting_of(other, "孙梅")
    leader = actor_of("team_leader", team, "王建国")
    [confirm] = sheets(browser(leader.user))
    assert "2026年9月队长确认队员考勤 TW-14-2 河南村1人" in confirm
    assert confirm.url == f"/sheet/{team.area}/2026-09/"
    leader.user.person = person_key("李秀英")
    leader.user.save()
    assert sheets(browser(leader.user)) == [], "a person does not confirm his own line"


@time_machine.travel("2026-10-16 09:00+08:00", tick=False)
@pytest.mark.clause("KM-9-5", "KM-9-6")
def test_a_village_signer_has_until_the_fifteenth_and_hears_of_gaps() -> None:
    village = team_of("C530113102201", "小街村")
    member = posting_of(village, "唐队员")
    signer = browser(actor_of("village_signer", village).user)
    [sign] = items(signer)
    assert "村党组织书记或村委会主任签字 KM-9-5" in sign
    assert "1人的登记还不完整，补齐后才能办理" in sign
    assert sign.due == "逾期1天 10月15日前"
    sheet_line_of(member, SEPTEMBER, "V" * 30, "1" * 30)
    [sign] = items(signer)
    assert "不完整" not in sign.text


@time_machine.travel(EIGHTH_OF_OCTOBER, tick=False)
@pytest.mark.clause("TW-21-4")
def test_a_ledger_goes_from_desk_to_desk_in_the_order_of_the_regulation(team: Team) -> None:
    ledger = closed(TOWNSHIP, SEPTEMBER)
    clerk, secretary = actor_of("township_clerk", TOWNSHIP), actor_of("township_secretary", TOWNSHIP)
    county = actor_of("county_office", COUNTY)
    detail = f"/ledgers/{ledger.pk}/"

    [sign] = items(browser(secretary.user))
    assert ("2026年9月台账：乡镇党委书记审签 TW-21-4" in sign, sign.url) == (True, detail)
    assert items(browser(clerk.user)) == []
    assert "等待乡镇党委书记办理" in items(browser(clerk.user), "ready")[0]

    ledger_step(actor=secretary, ledger=ledger.pk, step="sign")
    [submit] = items(browser(clerk.user))
    assert ("报县领导小组办公室" in submit, submit.due, submit.url) == (True, "逾期3天 10月5日前", detail)
    assert items(browser(secretary.user)) == []
    [late] = items(browser(county.user))
    assert "2026年9月：1个乡镇逾期未报送 平襄镇" in late
    assert late.url == "/rollup/?month=2026-09"

    ledger_step(actor=clerk, ledger=ledger.pk, step="submit")
    [review] = items(browser(county.user))
    assert ("审核平襄镇2026年9月台账 TW-21-4 2人 · 第1版" in review, review.url) == (True, detail)
    assert items(browser(actor_of("county_org_dept", COUNTY).user)) == [], "only the office of the regulation reviews"

    ledger_accept(actor=county, ledger=ledger.pk)
    [compiling] = items(browser(county.user))
    assert "编制2026年9月县级台账" in compiling
    assert compiling.url == "/ledgers/?month=2026-09"
    county_ledger_fill(ledger=county_ledger_queue(actor=county, area=COUNTY, month=SEPTEMBER).pk)
    assert items(browser(county.user)) == []


@time_machine.travel(EIGHTH_OF_OCTOBER, tick=False)
def test_a_returned_ledger_comes_back_with_its_remarks(team: Team) -> None:
    ledger = submitted(TOWNSHIP, SEPTEMBER)
    line = LedgerLine.objects.get(ledger=ledger, name="李秀英")
    county, clerk = actor_of("county_office", COUNTY, "孙主任"), actor_of("township_clerk", TOWNSHIP)
    ledger_return(actor=county, ledger=ledger.pk, remarks={line.posting_id: "9月10日在县里开会"}, note="请核实")
    [returned] = items(browser(clerk.user))
    assert (
        "2026年9月台账被退回，请更正 孙主任10月8日退回：请核实（1条意见） · 河南村·李秀英：9月10日在县里开会"
        in returned
    )
    assert returned.url == f"/ledgers/{ledger.pk}/"
    assert items(browser(actor_of("township_secretary", TOWNSHIP).user)) == []

    month_reopen(actor=clerk, area=TOWNSHIP, month=SEPTEMBER, teams=[team.pk], reason="按县级意见更正")
    [close] = [item for item in items(browser(clerk.user)) if "考勤月结" in item]
    assert "重新打开的原因：按县级意见更正" in close
    assert "9月10日在县里开会" in items(browser(clerk.user), "ready")[0]


@time_machine.travel(EIGHTH_OF_OCTOBER, tick=False)
@pytest.mark.clause("KM-9-7")
def test_each_department_sees_the_filings_that_it_has_to_mark() -> None:
    found = []
    for township in ("C530113102", "C530113103"):
        member = posting_of(team_of(f"{township}201"), f"队员{township}")
        found.append(accepted(township, SEPTEMBER, {member: "V" * 30}))
    org = actor_of("county_org_dept", "C530113")
    [filing] = [item for item in items(browser(org.user)) if "备案" in item]
    assert "2026年9月台账：县级组织部门备案 KM-9-7 2份已审核台账待备案：汤丹镇、因民镇" in filing
    assert filing.url == "/ledgers/?month=2026-09&state=accepted&kind=township"
    ledger_file(actor=org, ledger=found[0].pk, step="org")
    [filing] = [item for item in items(browser(org.user)) if "备案" in item]
    assert filing.url == f"/ledgers/{found[1].pk}/"
    ledger_file(actor=org, ledger=found[1].pk, step="org")
    assert [item for item in items(browser(org.user)) if "备案" in item] == []


@time_machine.travel(EIGHTH_OF_OCTOBER, tick=False)
def test_a_correction_asks_the_county_to_put_its_ledger_together_again(team: Team) -> None:
    county = actor_of("county_office", COUNTY)
    accepted(TOWNSHIP, SEPTEMBER)
    county_ledger_fill(ledger=county_ledger_queue(actor=county, area=COUNTY, month=SEPTEMBER).pk)
    month_reopen(actor=county, area=TOWNSHIP, month=SEPTEMBER, teams=[team.pk], reason="核实后更正")
    member = team.postings.get(name="李秀英")
    accepted(TOWNSHIP, SEPTEMBER, {member: "L" * 2 + "V" * 26 + "RR"})
    [again] = items(browser(county.user))
    assert "乡镇台账有更正，县级台账需要重新汇总" in again


def test_a_unit_has_its_quarter_to_send_until_the_day_and_to_look_at_afterwards(team: Team) -> None:
    unit = unit_of("省水文站", "C62")
    posting_of(team, "远来客", unit=unit, first=Month(2026, 9).first)
    liaison = actor_of("unit_liaison", unit)
    with time_machine.travel(EIGHTH_OF_OCTOBER, tick=False):
        assert items(browser(liaison.user)) == []
        [waiting] = items(browser(liaison.user), "ready")
        assert "已反馈0份，还有1份未到：平襄镇9月" in waiting
        accepted(TOWNSHIP, SEPTEMBER)
        [ready] = items(browser(liaison.user))
        assert "2026年第三季度本单位驻村干部台账 1份乡镇月度台账都已反馈" in ready
        assert (ready.due, ready.url) == ("还有2天 10月10日前", "/unit/?quarter=2026-Q3")
    with time_machine.travel("2026-10-11 09:00+08:00", tick=False):
        assert items(browser(liaison.user)) == []
        assert [item.due for item in items(browser(liaison.user), "ready")] == [""]


@time_machine.travel(EIGHTH_OF_OCTOBER, tick=False)
def test_a_cadre_has_nothing_to_do_and_his_months_to_look_at(team: Team) -> None:
    closed(TOWNSHIP, SEPTEMBER)
    cadre = browser(user_of("李秀英", person=person_key("李秀英")))
    assert items(cadre) == []
    [month] = items(cadre, "ready")
    assert "2026年9月我的考勤 通渭县 平襄镇，已编入台账 · 在村22天" in month
    assert month.url == "/self/?year=2026"


def _teams(first: int, last: int) -> None:
    for place in range(first, last):
        team = team_of(f"{TOWNSHIP}{301 + place}")
        for name in ("队长", "队员甲", "队员乙"):
            posting_of(team, f"{name}{place}", "leader" if name == "队长" else "member")


def _townships(first: int, last: int) -> None:
    for place in range(first, last):
        township = f"C621121{102 + place}"
        posting_of(team_of(f"{township}201"), f"队长{place}", "leader")
        (accepted if place == 0 else submitted)(township, SEPTEMBER)


def _people_of_the_unit(first: int, last: int) -> None:
    for place in range(first, last):
        township = f"C621121{102 + place}"
        posting_of(team_of(f"{township}201"), f"来客{place}", "leader", unit=unit_of("省水文站", "C62"))
        accepted(township, SEPTEMBER)


@time_machine.travel(EIGHTH_OF_OCTOBER, tick=False)
@pytest.mark.parametrize(
    ("office", "on", "more", "most"),
    [
        ("township_clerk", TOWNSHIP, _teams, 30),
        ("township_secretary", TOWNSHIP, _teams, 18),
        ("county_office", COUNTY, _townships, 27),
        ("county_org_dept", COUNTY, _townships, 26),
        ("city_office", "C6211", _townships, 11),
        ("unit_liaison", "unit", _people_of_the_unit, 17),
    ],
)
def test_the_number_of_queries_does_not_grow_with_the_rows(
    office: str, on: str, more: Callable[[int, int], None], most: int
) -> None:
    client = browser(actor_of(office, unit_of("省水文站", "C62") if on == "unit" else on).user)
    counted = []
    for first, last in ((0, 2), (2, 7)):
        more(first, last)
        client.get("/")
        with CaptureQueriesContext(connection) as found:
            assert client.get("/").status_code == 200
        counted.append(len(found))
    assert counted[0] == counted[1] <= most
