"""制度: jurisdictions side by side, clause by clause, and what became of a value from publication to publication."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.jurisdictions.comparison import compared
from apps.jurisdictions.law import LawEntry
from apps.jurisdictions.models import Clause, RulePack
from apps.rules.catalogue import citations
from apps.rules.pack import Pack
from apps.rules.said import Line
from tests.desk.reading import links, page, plain, rows
from tests.factories import actor_of
from tests.world import browser

pytestmark = pytest.mark.usefixtures("nation")
TONGWEI, KUNMING, DACHUAN, YULIN = "C621121", "C530113", "C511703", "C610828"


@pytest.fixture(autouse=True)
def october():
    with time_machine.travel("2026-10-08 09:00+08:00", tick=False):
        yield


def reader():
    return browser(actor_of("county_office", TONGWEI).user)


def areas_of(*codes: str) -> str:
    """The areas of published packs as a query."""
    found = dict(RulePack.objects.values_list("code", "area"))
    return "&".join(f"area={found[code]}" for code in codes)


def test_the_same_topic_of_two_jurisdictions_stands_side_by_side() -> None:
    table = rows(page(reader(), f"/rules/compare/?{areas_of('tongwei', 'dachuan')}&topic=attendance"), "compare")
    heads = table[0]
    assert len(heads) == 3
    by_label = {row[0].split(" ")[0]: row for row in table[1:]}
    yearly = by_label["年驻村工作日"]
    assert "每年不少于 220 个工作日" in yearly[1]
    assert "TW-13-2" in yearly[1]
    assert any("每年不少于工作日的 2/3" in row[2] for row in table[1:])


def test_what_differs_is_marked_in_words() -> None:
    html = page(reader(), f"/rules/compare/?{areas_of('tongwei', 'yulin', 'kunming', 'dachuan', 'central')}")
    states = re.findall(r'<tr data-state="(\w+)">.*?<span class="state[^"]*">([^<]+)</span>', html, re.DOTALL)
    words = {"same": "一致", "different": "不同", "partly": "有的没有"}
    assert states
    assert all(words[state] == word for state, word in states)
    for line in re.findall(r'<p class="rule-line is-different">(.*?)</p>', html, re.DOTALL):
        assert "△" in line


def test_a_jurisdiction_without_the_rule_says_so_and_inherited_rules_are_the_same() -> None:
    query = f"/rules/compare/?{areas_of('tongwei', 'central')}&topic=organisation"
    table = rows(page(reader(), query), "compare")
    assert any(row[2] == "没有规定" for row in table[1:])
    assert any("一致" in row[0] for row in table[1:])
    shown = rows(page(reader(), f"{query}&only=1"), "compare")
    assert not any("一致" in row[0] for row in shown[1:])
    assert 1 < len(shown) < len(table)


def test_without_a_choice_all_published_regulations_are_compared_as_far_as_five() -> None:
    html = page(reader(), "/rules/compare/")
    published = set(RulePack.objects.values_list("area", flat=True))
    assert len(rows(html, "compare")[0]) == 1 + min(len(published), 5)
    more = page(
        reader(), f"/rules/compare/?{areas_of('tongwei', 'yulin', 'kunming', 'dachuan', 'central')}&area={TONGWEI}103"
    )
    assert "这里只列出前五个" in more
    assert len(rows(more, "compare")[0]) == 6


@pytest.mark.parametrize("query", ["area=X", "area=C62112", f"area={TONGWEI}&area='"])
def test_an_area_that_is_none_is_not_found(query: str) -> None:
    assert reader().get(f"/rules/compare/?{query}").status_code == 404
    assert reader().get(f"/rules/coverage/?{query.split('&')[-1]}").status_code == 404


def test_an_unknown_topic_is_empty_and_says_what_to_do() -> None:
    assert "请换一个主题" in page(reader(), "/rules/compare/?topic=fishing")


def test_comparing_asks_as_many_questions_for_five_as_for_two() -> None:
    """One more per area for its versions."""
    counts = {}
    for codes in (("tongwei", "central"), ("tongwei", "yulin", "kunming", "dachuan", "central")):
        client = reader()
        client.get(f"/rules/compare/?{areas_of(*codes)}")
        query = f"/rules/compare/?{areas_of(*codes)}"
        with CaptureQueriesContext(connection) as asked:
            client.get(query)
        counts[len(codes)] = len(asked)
    assert counts[5] == counts[2] + 3
    assert counts[5] <= 20


def entry(key: str, label: str, *lines: str, construct: str = "duties") -> LawEntry:
    said = tuple(Line("期间", line) for line in lines)
    return LawEntry(construct, key, label, "应当", said, (), (), ("XX-1",), preset=False, pack="x")


@pytest.mark.parametrize(
    ("laws", "states"),
    [
        ([[entry("a", "例会", "每周")], [entry("a", "例会", "每周")]], ["same"]),
        ([[entry("a", "例会", "每周")], [entry("a", "例会", "每月")]], ["different"]),
        ([[entry("a", "例会", "每周")], []], ["partly"]),
        ([[entry("a", "例会", "每周")], [entry("b", "例会", "每周")]], ["same"]),
        ([[entry("a", "例会", "每周")], [entry("a", "例会", "每周", construct="records")]], ["partly", "partly"]),
        ([[entry("a", "例会", "每周"), entry("b", "例会", "每月")], [entry("b", "例会", "每月")]], ["partly", "same"]),
    ],
)
def test_rules_are_one_by_key_or_else_by_label(laws: list[list[LawEntry]], states: list[str]) -> None:
    assert [row.state for _, row in compared(laws)] == states


def test_only_the_lines_that_are_not_common_are_marked() -> None:
    [(_, row)] = compared([[entry("a", "例会", "每周", "由队长")], [entry("a", "例会", "每月", "由队长")]])
    assert [[marked for _, marked in cell.lines] for cell in row.cells] == [[True, False], [True, False]]


@pytest.mark.parametrize("code", ["tongwei", "yulin", "kunming", "dachuan", "central"])
def test_every_clause_of_a_regulation_stands_on_its_coverage_page_with_its_rule(code: str) -> None:
    html = page(reader(), f"/rules/coverage/?{areas_of(code)}")
    ids = set(Clause.objects.filter(pack=code).values_list("id", flat=True))
    shown = {url.removeprefix("/rules/clause/").strip("/") for url in links(html) if url.startswith("/rules/clause/")}
    assert shown == ids
    counts = dict(re.findall(r"<dt>([^<]+)</dt><dd>(\d+) 条</dd>", html))
    assert int(counts["条款"]) == len(ids)
    parts = ("已写入规则", "只作说明、不需写成规则", "尚未写入规则")
    assert sum(int(counts[part]) for part in parts) == len(ids)
    assert html.count("尚未写入规则</span>") == int(counts["尚未写入规则"])


def test_a_clause_that_no_rule_cites_is_not_written_yet() -> None:
    body = {"title": "某办法"}
    Clause.objects.create(
        id="TW-99-9", pack="tongwei", article="第九十九条", topic="leave", kind="record", modality="must", gist="没有写的",
        body=body,
    )  # fmt: skip
    text = plain(page(reader(), f"/rules/coverage/?area={TONGWEI}"))
    assert "TW-99-9 第九十九条 没有写的 尚未写入规则" in text
    assert "TW-14-5" in text


def test_the_coverage_page_asks_the_same_number_of_questions_for_every_regulation() -> None:
    counts = set()
    for code in ("tongwei", "dachuan"):
        client, query = reader(), f"/rules/coverage/?{areas_of(code)}"
        client.get(query)
        with CaptureQueriesContext(connection) as asked:
            client.get(query)
        counts.add(len(asked))
    assert len(counts) == 1
    assert counts.pop() <= 14


def published(**more: Any) -> Pack:
    """Tongwei's pack published once more with other values."""
    row = RulePack.objects.filter(code="tongwei").latest("published_at")
    content = json.loads(row.content)
    for part, rules in more.items():
        content[part] = {**content[part], **rules}
    pack = Pack.load(content)
    with time_machine.travel("2026-12-01 09:00+08:00", tick=True):  # after the reference data
        _row_of(row, pack)
    return pack


def _row_of(row: RulePack, pack: Pack) -> None:
    RulePack.objects.create(
        code="tongwei", area=row.area, title=row.title, number=row.number, inherits=row.inherits,
        content=json.dumps(pack.dump(), ensure_ascii=False), hash=pack.version, effective=row.effective,
        proposed_by="张某", confirmed_by="李某",
    )  # fmt: skip


def test_the_history_of_a_value_shows_old_and_new_clause_day_and_people() -> None:
    measure = json.loads(RulePack.objects.get(code="tongwei").content)["presence"]["stationed_days"]
    values = {**measure["values"], "2027-01-01": {"at_least": 240, "modality": "must", "clause": "TW-13-2"}}
    pack = published(presence={"stationed_days": {**measure, "values": values}})
    query = f"/rules/history/?area={TONGWEI}&part=book&key=presence.{measure['label']}"
    newest, *older = rows(page(reader(), query), "history")[1:]
    assert newest[0] == "2027年1月1日起"
    assert "每年不少于 220 个工作日" in newest[1]
    assert "每年不少于 240 个工作日" in newest[2]
    assert "TW-13-2" in newest[3]
    assert "提出：张某 确认：李某" in newest[4]
    assert pack.version[:12] in newest[4]
    assert older[-1][1] == "没有规定"
    assert "240" not in str(older)


def test_the_history_of_a_rule_leaves_out_publications_that_did_not_touch_it() -> None:
    content = json.loads(RulePack.objects.get(code="tongwei").content)
    long = content["procedures"]["leave_leader_long"]
    query = f"/rules/history/?area={TONGWEI}103&part=procedures&key=leave_leader_long"
    before = rows(page(reader(), query), "history")
    published(procedures={"leave_member_short": {**content["procedures"]["leave_member_short"], "note": "另注"}})
    assert rows(page(reader(), query), "history") == before
    published(procedures={"leave_leader_long": {**long, "days": {"over": 3, "up_to": 10}}})
    after = rows(page(reader(), query), "history")
    assert len(after) == len(before) + 1
    assert "超过3、15以下（含）" in after[1][1]
    assert "超过3、10以下（含）" in after[1][2]


@pytest.mark.parametrize(
    "query", ["", "area=X&part=duties&key=a", f"area={TONGWEI}&part=nothing&key=a", f"area={TONGWEI}&part=book&key=%00"]
)
def test_a_value_that_never_was_has_no_history(query: str) -> None:
    assert reader().get(f"/rules/history/?{query}").status_code == 404


def test_every_rule_in_force_leads_to_its_history() -> None:
    found = [url for url in links(page(reader(), "/rules/")) if url.startswith("/rules/history/")]
    assert len(found) > 100
    for url in found[:: len(found) // 12]:
        assert rows(page(reader(), url), "history")[1:], url


def test_a_rule_that_is_over_is_told_so_and_its_clause_is_not_called_unwritten() -> None:
    """What the page calls unwritten no rule of the regulation cites; what has ended stands there as ended."""
    pack = Pack.load(json.loads(RulePack.objects.filter(code="tongwei").latest("published_at").content))
    html = page(reader(), f"/rules/coverage/?area={TONGWEI}")
    unwritten = re.findall(r'/rules/clause/([A-Z0-9-]+)/"[^<]*>[^<]*</a>(?:(?!</tr>).)*尚未写入规则', html, re.DOTALL)
    assert not citations(pack).keys() & set(unwritten)
    ended = [rule for rule in pack.eligibility.values() if not rule.on(date(2026, 10, 8))]
    assert ended
    assert all(f"{rule.label}（已到期）" in html for rule in ended)
