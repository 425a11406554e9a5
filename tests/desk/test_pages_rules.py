"""The rules in force with their clauses, the way there, and the frame around every page."""

from __future__ import annotations

import re
from datetime import date

import pytest
import time_machine

from apps.accounts.access import ACCESS
from apps.jurisdictions.models import Clause
from apps.jurisdictions.offices import Office
from apps.jurisdictions.selectors import book_of
from apps.jurisdictions.wording import topics_of
from apps.rules.vocabulary import ROLE_WORDS
from apps.teams.models import PostRole
from tests.desk.reading import links, page, plain
from tests.factories import actor_of, person_key, posting_of, team_of, unit_of, user_of
from tests.world import browser

pytestmark = pytest.mark.usefixtures("nation")
AREAS = {"tongwei": "C621121", "yulin": "C610828", "kunming": "C530113", "dachuan": "C511703", "central": "C110101"}


@pytest.fixture(autouse=True)
def october():
    with time_machine.travel("2026-10-08 09:00+08:00", tick=False):
        yield


@pytest.mark.parametrize(
    ("pack", "township", "words"),
    [
        (
            "tongwei",
            "C621121103",
            "每年不少于 220 个工作日（计入：在村、公差、会议、培训）；不满一年的，按派驻天数折算 取读法",
        ),
        ("yulin", "C610828101", "每年不少于 220 天（计入：在村、外出开会、外出培训、联系项目、其他公务）"),
        ("kunming", "C530113103", "每年累计不超过 30 天"),
        ("dachuan", "C511703108", "每年不少于工作日的 2/3（计入：在村，只计工作日）"),
    ],
)
def test_a_township_reads_the_values_in_force_in_its_own_place(pack: str, township: str, words: str) -> None:
    html = page(browser(actor_of("township_clerk", township).user), "/rules/")
    assert words in plain(html)
    book = book_of(AREAS[pack], date(2026, 10, 8))
    assert book.title in html and book.version[:12] in html
    for measure in book.presence:
        assert measure.label in html
        assert all(text in plain(html) for text in measure.presets.values())


@pytest.mark.parametrize("pack", AREAS)
def test_every_clause_cited_is_shown_with_its_article_and_opens(pack: str) -> None:
    client = browser(actor_of("county_office", AREAS[pack]).user)
    html = page(client, "/rules/")
    cited = {url.removeprefix("/rules/clause/").strip("/") for url in links(html) if url.startswith("/rules/clause/")}
    assert len(cited) > 1
    for clause in Clause.objects.filter(pk__in=cited):
        assert f"{clause.pk} {clause.article} {clause.gist}" in plain(html)
        assert clause.gist in page(client, f"/rules/clause/{clause.pk}/")
    assert Clause.objects.filter(pk__in=cited).count() == len(cited)


@pytest.mark.clause("TW-21-4", "TW-14-2", "KM-9-7", "KM-9-6")
def test_who_confirms_signs_reviews_and_files_stands_there_with_its_day() -> None:
    text = plain(page(browser(actor_of("county_office", AREAS["tongwei"]).user), "/rules/"))
    assert "队长确认队员考勤 确认，针对队员 工作队队长 TW-14-2" in text
    assert "报县领导小组办公室 报送；次月 5 日前（含当日） 取读法" in text
    text = plain(page(browser(actor_of("county_office", AREAS["kunming"]).user), "/rules/"))
    assert "县级组织部门备案 备案 县级组织部门 KM-9-7" in text
    assert "考勤月表送齐 次月 15 日前（含当日）" in text


def test_a_clause_says_which_values_rest_on_it() -> None:
    client = browser(actor_of("township_clerk", "C621121100").user)
    answer = client.get("/rules/clause/TW-13-2/", headers={"HX-Request": "true"})
    html = answer.content.decode()
    assert "<nav" not in html
    assert "第十三条" in html
    assert "年驻村工作日： 每年不少于 220 个工作日" in plain(html)
    assert client.get("/rules/clause/TW-999/").status_code == 404


def test_a_unit_and_a_cadre_are_led_to_the_rules_where_their_people_are() -> None:
    unit = unit_of("省水文站", "C62")
    for township in ("C530113102201", "C530113102202", "C621121100201"):
        posting_of(team_of(township), f"人{township}", unit=unit)
    answer = browser(actor_of("unit_liaison", unit).user).get("/rules/", follow=True)
    assert answer.redirect_chain[-1][0] == "/rules/?area=C530113"
    assert "昆明市驻村扶贫工作队管理办法" in answer.content.decode()
    cadre = browser(user_of("某人", person=person_key("人C621121100201")))
    assert cadre.get("/rules/", follow=True).redirect_chain[-1][0] == "/rules/?area=C621121"


@pytest.mark.parametrize("area", ["X", "C9", "C62112", "C621121'"])
def test_an_area_that_is_none_is_not_found(area: str) -> None:
    assert browser(actor_of("nation_office", "C").user).get(f"/rules/?area={area}").status_code == 404


def test_every_book_has_words_for_all_it_says() -> None:
    assert {str(role): str(PostRole(role).label) for role in PostRole} == ROLE_WORDS
    for area in AREAS.values():
        for topic in topics_of(book_of(area, date(2026, 10, 8))):
            for entry in topic.entries:
                assert entry.label
                assert not re.search(r"[a-z]{3,}", entry.label + entry.value + entry.who)


NAV = {
    "township_clerk": (
        "C621121100",
        ["今日待办", "考勤月表", "请假", "台账", "队伍", "花名册", "选派", "公示", "制度"],
    ),
    "county_office": (
        "C621121",
        ["今日待办", "考勤月表", "请假", "台账", "汇总", "队伍", "花名册", "选派", "公示", "制度"],
    ),
    "city_office": ("C6211", ["今日待办", "台账", "汇总", "选派", "制度"]),
    "unit_head": ("unit", ["今日待办", "请假备案", "派出单位", "选派", "制度"]),
    "unit_personnel": ("unit", ["今日待办", "请假备案", "派出单位", "选派", "制度"]),
    "village_signer": ("team", ["今日待办", "考勤月表", "请假", "选派", "公示", "制度"]),
}


@pytest.mark.parametrize("office", NAV)
def test_the_navigation_shows_only_what_the_position_may_enter(office: str) -> None:
    where, labels = NAV[office]
    on = {"unit": unit_of("省水文站", "C62"), "team": team_of("C621121100201")}.get(where, where)
    client = browser(actor_of(office, on).user)
    html = client.get("/").content.decode()
    nav = html[html.index('id="nav"') : html.index("</nav>")]
    assert re.findall(r"<span>([^<]+)</span>", nav) == labels
    assert 'href="/" aria-current="page"' in nav
    for url in re.findall(r'href="([^"]+)"', nav):
        assert client.get(url).status_code in (200, 302), url


def test_a_cadre_sees_himself_and_the_rules() -> None:
    html = browser(user_of("李秀英", person=person_key("李秀英"))).get("/self/").content.decode()
    nav = html[html.index('id="nav"') : html.index("</nav>")]
    assert re.findall(r"<span>([^<]+)</span>", nav) == ["今日待办", "请假", "本人", "选派", "制度"]
    assert 'href="/self/" aria-current="page"' in nav


def test_several_positions_can_be_told_apart_and_chosen() -> None:
    user = user_of("两个岗位")
    actor_of("township_clerk", "C621121100", user.username)
    actor_of("county_org_dept", "C621121", user.username)
    client = browser(user)
    html = client.get("/").content.decode()
    assert re.findall(r'<option value="([^"]+)"[^>]*>([^<]+)</option>', html) == [
        ("area-C621121100", "平襄镇 · 乡镇党建办"),
        ("area-C621121", "通渭县 · 县级组织部门"),
    ]
    client.post("/position/", {"position": "area-C621121"})
    assert "汇总" in client.get("/").content.decode()


def test_a_position_on_a_team_bears_its_name_before_it_is_chosen() -> None:
    user = user_of("又是干部", person=person_key("又是干部"))
    gone = team_of("C621121100203", "撤并村")
    for village in (team_of("C621121100201", "中林村"), team_of("C621121100202", "河南村"), gone):
        actor_of("team_leader", village, user.username)
    gone.delete()
    client = browser(user)
    for chosen in ("", "self"):
        client.post("/position/", {"position": chosen})
        html = client.get("/").content.decode()
        assert re.findall(r'<option value="[^"]+"[^>]*>([^<]+)</option>', html) == [
            "中林村驻村工作队 · 工作队队长",
            "河南村驻村工作队 · 工作队队长",
            "驻村干部本人",
        ]


def test_what_lies_outside_ones_place_is_not_found_and_the_way_around_stays() -> None:
    client = browser(actor_of("township_clerk", "C621121100").user)
    for path in ("/sheet/C621121101/2026-09/", "/nowhere/"):
        answer = client.get(path)
        html = answer.content.decode()
        assert (answer.status_code, "没有找到这个页面" in html) == (404, True)
        assert 'href="/ledgers/"' in html[html.index('id="nav"') : html.index("</nav>")]


def test_who_has_no_position_is_told_whom_to_ask() -> None:
    answer = browser(user_of("没有岗位")).get("/")
    assert answer.status_code == 403
    assert "您的账号还没有岗位" in answer.content.decode()


def test_a_refusal_says_why_and_what_to_do() -> None:
    answer = browser(actor_of("township_clerk", "C621121100").user).get("/rollup/")
    assert answer.status_code == 403
    assert "您当前的岗位不能办理这项业务" in answer.content.decode()
    assert set(ACCESS["rules.view"]) == set(Office.values)
