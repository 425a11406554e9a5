"""The whole law on the 制度 page: every construct by topic, its sources, what is open, and the search over it."""

from __future__ import annotations

import re
from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.jurisdictions.law import by_topic, law_entries, topic_order
from apps.jurisdictions.models import Clause
from apps.jurisdictions.selectors import law_of, packs_of
from apps.rules.pack import CONSTRUCTS
from apps.rules.vocabulary import TOPIC_WORDS
from tests.desk.reading import links, page, plain
from tests.factories import actor_of
from tests.world import browser

pytestmark = pytest.mark.usefixtures("nation")
TODAY = date(2026, 10, 8)
AREAS = {"tongwei": "C621121", "yulin": "C610828", "kunming": "C530113", "dachuan": "C511703", "central": "C110101"}


@pytest.fixture(autouse=True)
def october():
    with time_machine.travel("2026-10-08 09:00+08:00", tick=False):
        yield


def reader(area: str = "C621121"):
    return browser(actor_of("county_office", area).user)


def law_sections(html: str) -> dict[str, str]:
    """{title: HTML} of the topics of the law."""
    found = re.findall(r'<section [^>]*data-testid="law">(.*?)</section>', html, re.DOTALL)
    return {plain(re.findall(r"<h2[^>]*>(.*?)<small", each, re.DOTALL)[0]): each for each in found}


@pytest.mark.parametrize("pack", AREAS)
def test_every_rule_in_force_stands_under_the_topic_of_its_clause(pack: str) -> None:
    sections = law_sections(page(reader(AREAS[pack]), "/rules/"))
    titles = list(sections)
    assert [title for title in TOPIC_WORDS.values() if title in titles] == [each for each in titles if each != "其他"]
    entries = law_entries(packs_of(AREAS[pack], TODAY), TODAY)
    topic_of = dict(Clause.objects.values_list("id", "topic"))
    assert sum(html.count("<tr>") - 1 for html in sections.values()) == len(entries) > 50
    for topic, rules in by_topic(entries, topic_of).items():
        html = sections.get(TOPIC_WORDS.get(topic, "其他"), "")
        assert all(rule.label in plain(html) for rule in rules), topic


def test_a_rule_shows_its_words_its_readings_and_its_clause_with_article_and_gist() -> None:
    html = law_sections(page(reader(), "/rules/"))["请假"]
    text = plain(html)
    clause = Clause.objects.get(pk="TW-14-5")
    assert "队长、第一书记请假3天以上 程序 · 应当" in text
    assert "天数 超过3、15以下（含）" in text
    assert "步骤 驻村干部本人申请；乡镇党委书记同意；县级驻村办批准" in text
    assert "取读法" in text
    assert f"TW-14-5 {clause.article} {clause.gist}" in text
    assert "/rules/clause/TW-14-5/" in links(html)
    assert "条文未定 队长不在岗时由谁代批，条文没有说。" in text


def test_the_law_of_an_area_is_that_of_its_packs_nearest_first() -> None:
    near, above = packs_of("C621121", TODAY)
    assert (near.area, above.area) == ("C621121", "C")
    for construct in CONSTRUCTS:
        found = law_of("C621121", construct, TODAY)
        assert {key for key, rule in getattr(near, construct).items() if rule.on(TODAY)} <= set(found)
        assert law_of("C621121103", construct, TODAY) is found
        assert {held.pack for held in found.values()} <= {near.code, above.code}


def test_an_area_without_rules_and_an_unknown_construct_are_told() -> None:
    for area in ("X", "C62112"):
        with pytest.raises(LookupError):
            law_of(area, "duties", TODAY)
    with pytest.raises(KeyError):
        law_of("C621121", "nothing", TODAY)


@pytest.mark.parametrize(
    ("words", "there", "not_there"),
    [
        ("TW-14-5", "队长、第一书记请假3天以上", "年驻村工作日"),
        ("年驻村", "年驻村工作日", "队长、第一书记请假3天以上"),
        ("请假 党委书记 3天以上", "队长、第一书记请假3天以上", "年驻村工作日"),
    ],
)
def test_the_search_keeps_what_holds_all_words(words: str, there: str, not_there: str) -> None:
    text = plain(page(reader(), f"/rules/?q={words}"))
    assert there in text
    assert not_there not in text
    assert f"含“{words}”的有" in text


def test_the_search_finds_a_rule_by_the_gist_of_its_clause() -> None:
    clause = Clause.objects.get(pk="TW-14-8")
    assert "连续请假超过15天" in plain(page(reader(), f"/rules/?q={clause.gist}"))


def test_a_search_that_finds_nothing_says_so_and_is_shown_as_written() -> None:
    html = page(reader(), "/rules/?q=<b>没有这个词</b>")
    assert "<b>没有" not in html
    assert "的有 0 项" in plain(html)
    assert not law_sections(html)


def test_a_clause_names_the_rules_that_rest_on_it() -> None:
    text = plain(reader().get("/rules/clause/TW-14-5/", headers={"HX-Request": "true"}).content.decode())
    assert "队长、第一书记请假3天以上：" in text


def test_the_page_asks_as_many_questions_for_a_large_law_as_for_a_small_one() -> None:
    counts = []
    for area in ("C621121", "C110101"):
        client = reader(area)
        client.get("/rules/")
        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.get("/rules/")
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 14


def test_unknown_topics_come_last() -> None:
    assert topic_order(["fishing", "leave", "attendance"]) == ["attendance", "leave", "fishing"]
    assert set(Clause.objects.values_list("topic", flat=True)) <= set(TOPIC_WORDS)
