"""The public page of a notice: open to everybody, and nothing but what the notice says."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client

from apps.cadres.models import Cadre
from apps.core.tenancy import NATION, Scope, entered
from apps.leave.models import LeaveRequest
from apps.notices.models import Notice
from apps.notices.selectors.public import notice_by_token
from apps.notices.services import notice_withdraw
from apps.teams.models import Posting
from tests.core.classes import TENANT
from tests.core.tables import count, run
from tests.desk.reading import plain
from tests.factories import actor_of, user_of
from tests.notices.conftest import TODAY, TONGWEI, Village
from tests.world import browser

CANARY = "金丝雀"
OWN = {"notices_notice", "notices_noticevalue", "notices_planpublication", "notices_disclosure"}
UNKNOWN = "2222-2222-2222-2222"


@pytest.fixture(autouse=True)
def fresh_counts() -> None:
    cache.clear()


def answer(token: str, client: Client | None = None) -> Any:
    return (client or Client()).get(f"/public/{token}/")


def told(response: Any) -> str:
    """Everything that a response tells: headers and body."""
    return "\n".join(f"{name}: {value}" for name, value in response.headers.items()) + response.content.decode()


@pytest.fixture
def published(tongwei: Village) -> Notice:
    return tongwei.publish("team_notice")


@pytest.mark.clause("TW-15-1")
def test_everybody_reads_names_units_telephones_and_who_keeps_watch_today(published: Notice) -> None:
    response = answer(published.token)
    words = plain(response.content.decode())
    assert response.status_code == 200
    assert "姓名 赵队长 工作单位 县水务局 联系电话 13900000001" in words
    assert "每日值班人员 11月10日（今天） 赵队长" in words
    assert "2026年11月10日发布，第1版" in words
    with time_machine.travel("2026-11-25 09:00+08:00", tick=False):
        assert "11月25日（今天） 钱队员" in plain(answer(published.token).content.decode())
    with time_machine.travel("2026-12-02 09:00+08:00", tick=False):
        assert "12月2日（今天） 没有安排" in plain(answer(published.token).content.decode())


@pytest.mark.clause("TW-15-1")
def test_nothing_else_of_the_village_its_people_and_their_leave_is_told(published: Notice, tongwei: Village) -> None:
    """Every other text of the village, the team, the people, their county's rows and their leave is the canary."""
    leader = tongwei.people["赵队长"]
    Cadre.objects.within(TONGWEI[:7]).update(
        name=CANARY, sort_key=CANARY, id_masked=CANARY, rank=CANARY, phone=CANARY, political_status="party_member"
    )
    Posting.objects.filter(pk=leader.pk).update(name=f"{CANARY}甲", phone=CANARY)
    run("UPDATE jurisdictions_village SET name = %s", [CANARY])
    run("UPDATE teams_team SET name = %s", [CANARY])
    LeaveRequest.objects.create(
        area=tongwei.area, team=tongwei.team, posting=leader, person=leader.person, kind="事假", first=TODAY,
        last=TODAY, until=TODAY, days=1, workdays=1, reason=CANARY, whereabouts=CANARY, rule={}, by=CANARY,
    )  # fmt: skip
    Notice.objects.create(
        **{name: getattr(published, name) for name in ("area", "village", "title", "pack", "basis", "hash", "by")},
        record="other", version=1, pack_version="", content={"rows": [], "columns": [], "facts": [[CANARY, CANARY, "text"]]},
        token="cana-ryca-nary-cana", published_on=TODAY, reason=CANARY,
    )  # fmt: skip
    for client in (Client(), browser(tongwei.clerk.user)):
        response = answer(published.token, client)
        assert response.status_code == 200
        assert CANARY not in told(response)
        for secret in (published.by, published.hash, published.pack_version, leader.person, tongwei.area, "身份证"):
            assert secret not in told(response)


def test_in_the_scope_of_a_notice_no_other_row_of_any_table_is_there(world: Any) -> None:
    with time_machine.travel("2026-11-02 09:00+08:00", tick=False):
        with entered(Scope(area=NATION)):
            filled = {table for table in TENANT if count(table)}
            assert filled >= {"cadres_cadre", "teams_posting", "leave_leaverequest", "jurisdictions_village", *OWN}
        with entered(Scope(notice=world.token)):
            seen = {table: count(table) for table in TENANT}
            assert {table: number for table, number in seen.items() if number} == {"notices_notice": 1}
            assert run("SELECT id FROM notices_notice") == [(world.notice,)]
        with entered(Scope(notice=UNKNOWN)):
            assert not any(count(table) for table in TENANT)


def test_an_unknown_address_is_answered_like_a_malformed_one(published: Notice) -> None:
    answers = [
        answer(token) for token in (UNKNOWN, "x", published.token.upper(), published.token + "2", "%27%00", "C6")
    ]
    assert {response.status_code for response in answers} == {404}
    assert len({response.content for response in answers}) == 1
    assert len({tuple(sorted(response.headers.items())) for response in answers}) == 1
    assert {answer("").status_code, Client().get("/public/").status_code} == {404}
    assert notice_by_token("") is None


def test_the_page_is_kept_out_of_search_engines_and_gives_nothing_away(published: Notice) -> None:
    response = answer(published.token)
    assert response["X-Robots-Tag"] == "noindex, nofollow, noarchive"
    assert response["Referrer-Policy"] == "no-referrer"
    assert response["Cache-Control"] == "private, max-age=60"
    assert "script-src 'self'" in response["Content-Security-Policy"]
    assert response["X-Frame-Options"] == "DENY"
    assert not response.cookies
    body = response.content.decode()
    assert "<script" not in body and "style=" not in body and "/login" not in body and "csrf" not in body
    assert Client().post(f"/public/{published.token}/").status_code == 405


def test_trying_addresses_is_slowed_down_like_the_interface(published: Notice) -> None:
    client = Client()
    assert [answer(UNKNOWN, client).status_code for _ in range(61)] == [404] * 60 + [429]
    assert answer(published.token, client).status_code == 429
    assert answer(published.token, Client(REMOTE_ADDR="10.0.0.9")).status_code == 200


def test_a_withdrawn_notice_says_only_that(published: Notice, tongwei: Village) -> None:
    notice_withdraw(actor=tongwei.clerk, notice=published.pk, reason=f"{CANARY}登错")
    response = answer(published.token)
    words = plain(response.content.decode())
    assert (response.status_code, "已于 2026年11月10日 撤下" in words) == (200, True)
    for hidden in ("赵队长", "13900000001", "县水务局", CANARY):
        assert hidden not in told(response)


def test_the_page_follows_the_newest_version(published: Notice, tongwei: Village) -> None:
    tongwei.people["钱队员"].phone = "13911111111"
    tongwei.people["钱队员"].save()
    assert "13900000002" in told(answer(published.token)), "a change of the register is not yet published"
    tongwei.publish("team_notice")
    body = told(answer(published.token))
    assert "13911111111" in body and "13900000002" not in body


def test_it_is_the_same_page_for_those_who_are_logged_in(published: Notice, tongwei: Village) -> None:
    pages = {answer(published.token).content}
    for user in (tongwei.clerk.user, actor_of("township_clerk", "C511703100").user, user_of("没有岗位")):
        pages.add(answer(published.token, browser(user)).content)
    assert len(pages) == 1


def test_people_who_left_stay_until_the_new_version_and_the_watch_ahead_is_a_fortnight(published: Notice) -> None:
    words = plain(answer(published.token).content.decode())
    last = TODAY + timedelta(days=14)
    assert f"{last.month}月{last.day}日" in words
    assert date(2026, 11, 25) > last and "11月25日" not in words
