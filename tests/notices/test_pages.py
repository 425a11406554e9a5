"""Notices as the township meets them: through the addresses of the site."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from apps.notices.models import Notice
from tests.desk.reading import items, page, plain, rows, shown
from tests.factories import actor_of, posting_of, team_of
from tests.notices.conftest import DACHUAN, KUNMING, TODAY, TONGWEI, Village, village_of
from tests.world import browser


def sent(html: str) -> dict[str, str]:
    """The hidden fields of the form that publishes."""
    form = re.search(r'action="[^"]*publish/".*?</form>', html, re.DOTALL)
    assert form
    return dict(re.findall(r'name="(record|team|seen)" value="([^"]*)"', form[0]))


@pytest.mark.clause("TW-15-1")
def test_the_clerk_previews_publishes_puts_up_and_is_told_when_it_is_out_of_date(tongwei: Village) -> None:
    client = browser(tongwei.clerk.user)
    [ready] = [item for item in items(client, "ready") if "公示" in item]
    assert "规定要求在村里公示，本乡镇还没有发布过" in ready and ready.url == "/notices/"
    [entry] = rows(page(client, "/notices/"), "notices")[1:]
    assert entry[:3] == ["河南村", "村部公开栏公示 TW-15-1", "未发布"]
    at = f"/notices/{tongwei.area}/"
    html = page(client, at)
    preview = plain(html[html.index('data-testid="preview"') :])
    assert "赵队长 县水务局 13900000001 钱队员 县水务局 13900000002" in preview
    assert "11月20日 钱队员" in preview
    made = client.post(f"{at}publish/", sent(html))
    notice = Notice.objects.get()
    assert made["Location"] == f"/notices/{notice.pk}/"
    assert f"/public/{notice.token}/" in page(client, f"/notices/{notice.pk}/")
    [hang] = [item for item in items(client) if "公示" in item]
    assert "1份公示已发布，要打印张贴并登记 TW-15-1 河南村。" in hang
    client.post(f"/notices/{notice.pk}/display/", {"on": TODAY.isoformat()})
    assert not [item for item in items(client) if "公示" in item]
    assert shown(rows(page(client, "/notices/"), "notices"), "河南村")["张贴"] == "11月10日"
    tongwei.people["钱队员"].phone = "13911111111"
    tongwei.people["钱队员"].save()
    [late] = [item for item in items(client) if "公示" in item]
    assert "1份公示已过期，要重新发布 TW-15-1 河南村。" in late and late.url == "/notices/?state=outdated"
    found = shown(rows(page(client, "/notices/?state=outdated"), "notices"), "河南村")
    assert (found["状态"], found["要办的"]) == ("已过期", "内容有变：钱队员")
    assert "已发布的一份过期了：内容有变：钱队员" in plain(page(client, at))
    assert client.post(f"{at}publish/", sent(page(client, at))).status_code == 302
    assert [each.version for each in Notice.objects.all()] == [2, 1]


@pytest.mark.clause("DC-2.3-2")
def test_the_county_enters_the_leaders_once_and_the_township_its_own_two(nation: None) -> None:
    village = village_of(DACHUAN, {}, classes=("non_poor",))
    clerk, county = browser(village.clerk.user), browser(actor_of("county_office", DACHUAN[:7]).user)
    missing = plain(page(clerk, f"/notices/{village.area}/"))
    assert missing.count("缺“") == 7 and "缺“区委书记”，请由县级驻村办在“固定内容”里填写" in missing
    assert "publish/" not in page(clerk, f"/notices/{village.area}/")
    for client, labels in ((county, 5), (clerk, 2)):
        found = re.findall(r'name="label" value="([^"]*)"', page(client, "/notices/values/"))
        assert len(found) == labels
        for label in found:
            told = {"record": "leaders_phone_notice", "label": label, "role": "", "value": f"0818-{label}"}
            assert client.post("/notices/values/", told)["Location"] == "/notices/values/"
    assert clerk.post(f"/notices/{village.area}/publish/", sent(page(clerk, f"/notices/{village.area}/"))).status_code
    facts = {label: value for label, value, _ in Notice.objects.get().content["facts"]}
    assert (len(facts), facts["区长"], facts["举报电话"]) == (8, "0818-区长", "0818-5102399")


def test_a_place_whose_rules_ask_for_none_says_so(nation: None) -> None:
    village = village_of(KUNMING, {"孙书记": ("first_secretary", "1")})
    client = browser(village.clerk.user)
    assert "没有写在村里公示哪些人" in plain(page(client, "/notices/"))
    assert "没有要张贴的公示" in plain(page(client, f"/notices/{village.area}/"))
    assert not [item for item in items(client, "ready") if "公示" in item]
    assert "没有要登记的公布和公开" in plain(page(client, f"/notices/teams/{village.team.pk}/"))


@pytest.mark.clause("TW-15-2", "TW-15-3")
def test_a_leader_writes_down_what_was_told_to_the_village(tongwei: Village) -> None:
    leader, at = browser(actor_of("team_leader", tongwei.team).user), f"/notices/teams/{tongwei.team.pk}/"
    assert "还没有登记过公布" in plain(page(leader, at))
    on = (TODAY - timedelta(days=12)).isoformat()
    assert leader.post(f"{at}publications/", {"on": on, "plan": "修路", "completion": "已通车"}).status_code == 302
    assert leader.post(f"{at}disclosures/", {"on": on, "kind": "评优选先", "evidence": "村部"}).status_code == 302
    words = plain(page(leader, at))
    assert "距上次公布12天" in words and "修路 已通车" in words
    assert "评优选先 1次" in words and "政策补助资金发放 0次" in words
    assert leader.post(f"{at}disclosures/", {"on": on, "kind": "别的", "evidence": "村部"}).status_code == 422


def test_a_team_reads_what_is_published_and_has_no_button(tongwei: Village) -> None:
    tongwei.publish("team_notice")
    leader = browser(actor_of("team_leader", tongwei.team).user)
    html = page(leader, "/notices/")
    assert "赵队长 县水务局 13900000001" in plain(html) and "publish/" not in html


def test_the_number_of_queries_does_not_grow_with_the_villages(tongwei: Village) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client, counted = browser(tongwei.clerk.user), []
    for first, last in ((0, 2), (2, 9)):
        for place in range(first, last):
            posting_of(team_of(f"{TONGWEI}{301 + place}"), f"队长{place}", "leader")
        client.get("/notices/")
        with CaptureQueriesContext(connection) as found:
            assert client.get("/notices/").status_code == 200
        counted.append(len(found))
    assert counted[0] == counted[1] <= 23
