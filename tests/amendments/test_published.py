"""The whole way through the pages on the demonstration's year: upload, rehearse, confirmed by another, in force."""

from __future__ import annotations

import csv
import io
import re
import time

from django.utils import timezone

from apps.amendments.models import Amendment, State
from apps.core.months import Month
from apps.jurisdictions.models import RulePack
from apps.jurisdictions.selectors import book_of
from apps.ledgers.compile.township import ledger_hash
from apps.ledgers.models import FrozenBook, Ledger, LedgerKind, LedgerLine
from apps.ledgers.services.rehearse import rehearse
from tests.amendments.packs import COUNTY, RAISED, files_of, zipped
from tests.desk.reading import plain
from tests.factories import actor_of, posting_of, team_of
from tests.ledgers.month import TONGWEI, Walk
from tests.ledgers.rehearsing import contents
from tests.world import browser

LIST = "/rules/amendments/"


def sent(client, files=None) -> str:
    """Upload the county's pack with one number changed; the address of the proposal."""
    body = {"files": [zipped(files or files_of(attendance=RAISED))], "reason": "县委常委会第9次会议"}
    response = client.post(f"{LIST}upload/", body)
    assert response.status_code == 302, plain(response.content.decode())
    return response["Location"]


def page(client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return plain(response.content.decode())


def test_a_raised_floor_from_upload_to_publication_by_two_people(demo: None) -> None:
    first = browser(actor_of("county_office", COUNTY, "孙主任").user)
    second = browser(actor_of("county_org_dept", COUNTY, "周科长").user)
    ledgers = Ledger.objects.within(COUNTY).order_by("pk")
    signed = list(ledgers.values_list("pk", "state", "hash", "book_id"))
    lines, books = contents()["ledgers_ledgerline"], dict(FrozenBook.objects.values_list("hash", "content"))
    at = sent(first)
    shown = page(first, at)
    assert "年驻村工作日 考勤和台账" in shown and "220 个工作日" in shown and "240 个工作日" in shown
    assert "改动了什么（1 处）" in shown and "还没有试算" in shown
    assert "层层加码" not in shown, "the nation sets no number that this one could be stricter than"
    assert second.post(f"{at}publish/").status_code == 302, "told on the page it came from"
    assert Amendment.objects.get().state == State.PROPOSED, "not without a rehearsal"
    assert first.post(f"{at}rehearse/").status_code == 302
    expected = rehearse(pack=Amendment.objects.get().pack, today=timezone.localdate())
    counts = Amendment.objects.get().rehearsal
    assert (counts["cadres"], counts["figures"]) == (expected.cadres, len(expected.changes))
    assert counts["closed"] + counts["open"] == len(expected.changes) > 500
    assert f"有变化的：{expected.cadres} 人" in page(first, at)
    assert first.post(f"{at}publish/").status_code == 403
    assert first.post(f"{at}refuse/", {"remark": "不"}).status_code == 403
    assert second.post(f"{at}withdraw/", {"remark": "不"}).status_code == 403
    assert book_of(COUNTY, timezone.localdate()).measure("stationed_days").at_least == 220

    assert second.post(f"{at}publish/", {"remark": "已逐条核对"}).status_code == 302
    pack = RulePack.objects.filter(code="tongwei").order_by("id").last()
    assert pack and (pack.proposed_by, pack.confirmed_by) == ("孙主任", "周科长")
    assert "不少于 240 个工作日" in page(first, "/rules/")
    done = second.get(at).content.decode()
    [history] = set(re.findall(r'href="(/rules/history/[^"]+)"', done))
    told = page(second, history.replace("&amp;", "&"))
    assert "220 个工作日" in told and "240 个工作日" in told and "提出：孙主任 确认：周科长" in told
    assert "意见：已逐条核对" in plain(done)
    assert list(ledgers.values_list("pk", "state", "hash", "book_id")) == signed
    assert contents()["ledgers_ledgerline"] == lines
    assert dict(FrozenBook.objects.values_list("hash", "content")) == books
    own = [ledger for ledger in ledgers if ledger.kind == LedgerKind.TOWNSHIP]
    assert [ledger.hash for ledger in own] == [ledger_hash(ledger.pk) for ledger in own] != []


def test_a_closed_month_stays_and_an_open_one_is_compiled_by_what_was_published(nation: None) -> None:
    team = team_of(f"{TONGWEI}201")
    posting_of(team, "王建国", "leader", "first_secretary")
    member = posting_of(team, "李秀英")
    august, september = (Walk(TONGWEI, team, Month(2026, number)) for number in (8, 9))
    for walk in (august, september):
        walk.fill()
        walk.sign()
    closed = august.close()
    first, second = (actor_of(office, COUNTY, office) for office in ("county_office", "county_org_dept"))
    at = sent(browser(first.user))
    browser(second.user).post(f"{at}rehearse/")
    counts = Amendment.objects.get().rehearsal
    assert [counts[name] for name in ("cadres", "figures", "closed", "open")] == [2, 4, 2, 2]
    browser(second.user).post(f"{at}publish/")
    opened = september.close()
    due = {line.ledger_id: line.due[0] for line in LedgerLine.objects.filter(posting=member)}
    assert due == {closed.pk: 220, opened.pk: 240}
    assert closed.hash == august.ledger().hash == ledger_hash(closed.pk)
    assert closed.book_id != opened.book_id


def test_the_rows_are_those_of_the_rehearsal_by_month_and_person_and_all_in_the_table(demo: None) -> None:
    client = browser(actor_of("county_office", COUNTY, "孙主任").user)
    at = sent(client)
    expected = rehearse(pack=Amendment.objects.get().pack, today=timezone.localdate())
    html = client.get(f"{at}rehearsal/").content.decode()
    assert html.count('<tr class="sum-row">') == len({change.month for change in expected.changes[:100]})
    assert f"先列出前 100 个，共 {len(expected.changes)} 个" in html
    assert html.count('scope="row"') == len({(c.month, c.posting) for c in expected.changes[:100]})
    part = client.get(f"{at}rehearsal/", headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part and 'data-testid="rehearsal-rows"' in part
    response = client.get(f"{at}rehearsal.csv")
    assert response["Content-Disposition"].startswith("attachment")
    table = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert len(table) == len(expected.changes)
    assert [row["姓名"] for row in table] == [change.name for change in expected.changes]
    before = contents()
    for address in (at, f"{at}rehearsal/", f"{at}rehearsal.csv", LIST):
        assert client.get(address).status_code == 200
    assert contents() == before, "looking changes nothing"


def test_a_page_of_a_proposal_answers_within_seconds(demo: None) -> None:
    client = browser(actor_of("county_office", COUNTY, "孙主任").user)
    at = sent(client)
    began = time.monotonic()
    client.get(at)
    assert time.monotonic() - began < 5
