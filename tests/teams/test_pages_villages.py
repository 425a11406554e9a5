"""The pages of villages and posts: gaps first, one village as of any day, and the forms."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from apps.jurisdictions.models import Village, VillageMeasure, VillageNeed
from apps.teams.models import CompositionReason, Posting, StrengthReduction
from tests.desk.reading import items, page, plain, rows, shown
from tests.factories import actor_of, posting_of, team_of, unit_of
from tests.world import browser

COUNTY, TOWNSHIP = "C621121", "C621121100"
GOOD, SHORT, EMPTY = f"{TOWNSHIP}201", f"{TOWNSHIP}202", f"{TOWNSHIP}203"
pytestmark = pytest.mark.usefixtures("nation")


@pytest.fixture(autouse=True)
def on_the_day() -> Iterator[None]:
    with time_machine.travel("2026-11-02 09:00+08:00", tick=False):
        yield


@pytest.fixture
def county() -> Client:
    good, short = team_of(GOOD, "河南村"), team_of(SHORT, "新城村", ("poor", "deep_poverty"))
    team_of(EMPTY, "高坪村")
    for team, people in ((good, 3), (short, 2)):
        for place in range(people):
            roles = ("leader", "first_secretary") if place == 0 else ("member",)
            posting_of(team, f"{team.village.name}{place}", *roles)
    return browser(actor_of("county_office", COUNTY, "孙主任").user)


def test_gaps_come_first_with_what_is_required_and_present(county: Client) -> None:
    html = page(county, "/villages/")
    table = rows(html, "villages")
    assert [row[0] for row in table[1:]] == ["高坪村", "新城村 重点", "河南村"]
    assert [row[4] for row in table[1:]] == ["有缺口", "待说明", "齐备"]
    gap = shown(table, "高坪村")
    assert gap["现有（应有）"].startswith("工作队 0（1） 第一书记 0（1）")
    assert gap["要补的"] == (
        "贫困村一村一支驻村帮扶工作队：现有 0，应为1。 TW-3-2"
        " 贫困村一村一名第一书记：第一书记应有 1 名，现有 0 名。 TW-3-2"
    )
    assert "队伍人数 2（不少于3）" in shown(table, "新城村 重点")["现有（应有）"]
    assert "1 有缺口 1 待说明 0 待填写 1 齐备" in plain(html)


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("state=gap", ["高坪村"]),
        ("state=complete", ["河南村"]),
        ("kind=deep_poverty", ["新城村 重点"]),
        ("text=河", ["河南村"]),
        (f"township={TOWNSHIP}&state=unexplained", ["新城村 重点"]),
    ],
)
def test_the_list_is_filtered(county: Client, query: str, names: list[str]) -> None:
    assert [row[0] for row in rows(page(county, f"/villages/?{query}"), "villages")[1:]] == names


def test_a_filter_that_fits_nothing_says_so(county: Client) -> None:
    assert "没有符合条件的村" in page(county, "/villages/?kind=red")
    assert "没有符合条件的村" in page(county, "/villages/?township=C621121101")


def test_one_village_says_for_any_day_who_was_responsible_or_since_when_nobody_was(county: Client) -> None:
    team = Village.objects.get(area=EMPTY).teams.get()
    posting_of(team, "赵志强", "leader", "first_secretary", last=date(2026, 4, 30))
    today = rows(page(county, f"/villages/{EMPTY}/"), "posts")
    assert today[1:] == [
        ["队长", "", "没有人担任，自2026年5月1日起", ""],
        ["第一书记", "", "空缺，自2026年5月1日起", "TW-3-2"],
    ]
    then = rows(page(county, f"/villages/{EMPTY}/?day=2026-04-30"), "posts")
    assert shown(then, "第一书记")["担任人"] == "赵志强（2025年1月1日起）"
    before = rows(page(county, f"/villages/{EMPTY}/?day=2024-12-31"), "posts")
    assert shown(before, "第一书记")["状态"] == "空缺，从未派人"
    past = rows(page(county, f"/villages/{EMPTY}/"), "past")
    assert past[1:3] == [
        ["队长", "没有人担任", "2026年5月1日至今"],
        ["队长", "赵志强", "2025年1月1日至2026年4月30日"],
    ]


def test_a_day_that_is_none_and_a_day_before_all_rules_are_told(county: Client) -> None:
    for day in ("2026-13-01", "1", "0001-01-01", "20261101", "9999-12-31", "2026-1-1"):
        page_status(county, f"/villages/{GOOD}/?day={day}", 400)
    assert "还没有发布的规定" in page(county, f"/villages/{GOOD}/?day=2010-01-01", 400)


def page_status(client: Client, path: str, status: int) -> None:
    assert client.get(path).status_code == status, path


def post(client: Client, part: str, area: str = SHORT, **values: object) -> int:
    return client.post(f"/villages/{area}/{part}/", values).status_code


def test_the_forms_write_and_come_back_to_the_village(county: Client) -> None:
    assert post(county, "classes", kind="red", first="2026-10-01", last="") == 302
    assert post(county, "measures", name="户数", number="320", first="2026-10-01") == 302
    assert post(county, "needs", kind="industry", text="发展养殖", first="2026-10-01") == 302
    html = plain(page(county, f"/villages/{SHORT}/"))
    assert "红色美丽村庄试点村：2026年10月1日起，至今 孙主任登记" in html
    assert "户数 320 2026年10月1日起" in html
    assert "产业发展：发展养殖" in html
    assert "登记配备" not in html
    assert "登记一类" not in plain(page(county, f"/villages/{SHORT}/?day=2026-10-01"))


@pytest.mark.clause("TW-4-6")
def test_a_reason_is_given_where_the_regulation_says_in_principle(county: Client) -> None:
    html = page(county, f"/villages/{SHORT}/")
    assert "待说明 工作队成员一般不少于3人：现有 2，应为不少于3。 TW-4-6" in plain(html)
    told = {"rule": "sets.team_size", "about": "现有 2，应为不少于3。"}
    assert post(county, "reasons", **told, text="短") == 422
    assert post(county, "reasons", **told, text="一人调离，正在补派") == 302
    html = plain(page(county, f"/villages/{SHORT}/"))
    assert "已说明" in html
    assert "原因：一人调离，正在补派（孙主任，2026年11月2日）" in html
    assert CompositionReason.objects.get().clause == "TW-4-6"


def test_what_cannot_be_taken_is_said_and_what_was_typed_stays(county: Client) -> None:
    answer = county.post(f"/villages/{SHORT}/needs/", {"kind": "industry", "text": "发展养殖", "first": "2026-11-03"})
    assert answer.status_code == 422
    html = answer.content.decode()
    assert "日期不能晚于今天" in html
    assert 'value="发展养殖"' in html
    assert not VillageNeed.objects.exists()
    assert post(county, "measures", name="户数", number="许多", first="2026-10-01") == 422
    assert not VillageMeasure.objects.exists()


@pytest.mark.clause("YL-3.1-3")
def test_a_reduction_is_written_down_where_the_rules_allow_it() -> None:
    area = "C610831100201"
    team_of(area, "赵家村")
    office = browser(actor_of("county_office", "C610831", "杨主任").user)
    assert "缩减选派人数 YL-3.1-3" in plain(page(office, f"/villages/{area}/"))
    told = {
        "before": 5,
        "after": 3,
        "decided_by": "county_government",
        "decided_on": "2026-10-01",
        "reason": "任务较轻",
    }
    both = ["巩固拓展脱贫攻坚成果任务较轻", "原帮扶力量较多"]
    assert post(office, "reductions", area, **told, grounds=both[:1]) == 422
    assert post(office, "reductions", area, **told, grounds=both) == 302
    assert StrengthReduction.objects.get().after == 3
    assert "由5人减为3人" in plain(page(office, f"/villages/{area}/"))


def test_a_township_reads_its_villages_and_writes_nothing(county: Client) -> None:
    clerk = browser(actor_of("township_clerk", TOWNSHIP).user)
    html = page(clerk, f"/villages/{SHORT}/")
    assert '<form method="post"' not in html
    assert len(rows(page(clerk, "/villages/"), "villages")) == 4
    assert post(clerk, "classes", kind="red", first="2026-10-01") == 403
    assert post(clerk, "reasons", rule="x", about="x", text="") == 403
    neighbour = browser(actor_of("township_clerk", "C621121101").user)
    page_status(neighbour, f"/villages/{SHORT}/", 404)
    assert post(neighbour, "needs", kind="other", text="", first="") == 404


def test_the_desk_leads_whoever_keeps_the_villages_to_their_gaps(county: Client) -> None:
    [item] = (item for item in items(county, "ready") if "各村岗位" in item)
    assert item.url == "/villages/?state=gap"
    assert [row for row in rows(page(county, item.url), "villages") if "高坪村" in row]
    assert not [
        item for item in items(browser(actor_of("county_poverty_office", COUNTY).user), "ready") if "各村岗位" in item
    ]


@pytest.mark.parametrize("path", ["/villages/", f"/villages/{GOOD}/", "/"])
def test_the_number_of_queries_does_not_grow_with_the_villages(county: Client, path: str) -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as found:
            assert county.get(path).status_code == 200
        return len(found)

    queries()
    before = queries()
    for number in range(204, 214):
        posting_of(team_of(f"{TOWNSHIP}{number}"), f"人{number}", "leader", "first_secretary")
    assert queries() == before


def test_the_villages_are_in_the_navigation(county: Client) -> None:
    html = county.get("/villages/").content.decode()
    assert '<a href="/villages/" aria-current="page"><span>队伍</span></a>' in html
    assert '<a href="/cadres/"><span>花名册</span></a>' in html


@pytest.mark.clause("TW-5-1")
def test_the_terms_that_end_soonest_come_first_with_their_clause(county: Client) -> None:
    team = team_of(EMPTY)
    posting_of(team, "期满", "first_secretary", first=date(2024, 10, 1))
    posting_of(team, "将满", "leader", first=date(2024, 12, 1))
    posting_of(team, "队员", "member", first=date(2024, 10, 1))
    table = rows(page(county, "/terms/?months=3"), "terms")
    assert [row[0] for row in table[1:]] == ["期满", "将满", "河南村0", "新城村0"]
    done, soon = shown(table, "期满"), shown(table, "将满")
    assert (done["已驻村"], done["任期到"], done["状态"], done["依据"]) == (
        "25个月",
        "2026年9月30日",
        "任期已满",
        "TW-5-1",
    )
    assert (soon["已驻村"], soon["任期到"], soon["状态"]) == ("23个月", "2026年11月30日", "任期内")
    of_village = rows(page(county, f"/villages/{EMPTY}/"), "terms")
    assert [row[0] for row in of_village[1:]] == ["期满", "将满"]
    assert "这段时间没有人任期届满" in page(county, "/terms/?months=3&township=C621121101")


@pytest.mark.clause("TW-4-7")
def test_a_villages_page_counts_sources_and_names_who_lacks_one(county: Client) -> None:
    Posting.objects.filter(name="河南村1").update(source="大学生村官")
    html = plain(page(county, f"/villages/{GOOD}/"))
    assert "大学生村官：1人" in html
    assert "河南村0、河南村2还没有填来源类别" in html


@pytest.mark.clause("DC-1.1-1")
def test_a_helping_unit_is_written_down_and_ended_on_the_villages_page(county: Client) -> None:
    unit = unit_of()
    assert county.post(f"/villages/{GOOD}/helpers/", {"unit": unit.pk, "first": "2026-10-01"}).status_code == 302
    assert "县水务局：2026年10月1日起，至今" in plain(page(county, f"/villages/{GOOD}/"))
    ended = {"unit": unit.pk, "first": "2026-10-01", "last": "2026-10-31"}
    assert county.post(f"/villages/{GOOD}/helpers/", ended).status_code == 302
    assert "到2026年10月31日为止" in plain(page(county, f"/villages/{GOOD}/"))
    wrong = county.post(f"/villages/{GOOD}/helpers/", {"unit": unit.pk, "first": "2099-01-01"})
    assert (wrong.status_code, "不能晚于今天" in wrong.content.decode()) == (422, True)
