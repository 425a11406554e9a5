"""Every rule of every shipped pack can be read in Chinese."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from apps.rules.language.counters import Counter
from apps.rules.language.duties import Duty
from apps.rules.language.formulas import Formula
from apps.rules.language.ladders import Ladder
from apps.rules.language.procedures import Procedure
from apps.rules.language.quotas import Quota
from apps.rules.language.rule import Rule
from apps.rules.law import rules_of
from apps.rules.pack import CONSTRUCTS, Pack
from apps.rules.reader import read_packs
from apps.rules.say import Names, names_of, notes_of, open_points, say, sources_of
from tests.rules.conftest import CODES
from tests.rules.test_law import Everything

DAY = date(2026, 10, 8)
OTHERS = Path(__file__).parent / "packs"


def law(packs: list[Pack]) -> list[tuple[str, str, Rule]]:
    return [(part, key, found.rule) for part in CONSTRUCTS for key, found in rules_of(packs, part, DAY).items()]


def read(packs: list[Pack]) -> dict[str, str]:
    """{construct.key: all that is said of it} of the law in force."""
    rules = law(packs)
    names = names_of((key, rule) for _, key, rule in rules)
    return {
        f"{part}.{key}": "\n".join([rule.label, *(f"{line.word}：{line.text}" for line in say(rule, names))])
        for part, key, rule in rules
    }


@pytest.mark.parametrize("code", CODES)
def test_every_rule_of_a_shipped_pack_is_said_without_a_word_of_the_program(packs: dict[str, Pack], code: str) -> None:
    above = [packs["central"]] if code != "central" else []
    said = read([packs[code], *above])
    assert len(said) > 50
    assert {key: re.findall(r"[A-Za-z_]{2,}", text) for key, text in said.items()} == {key: [] for key in said}


@pytest.mark.parametrize("code", CODES)
def test_every_rule_says_something_or_says_that_it_is_left_open(packs: dict[str, Pack], code: str) -> None:
    for part in CONSTRUCTS:
        for key, rule in getattr(packs[code], part).items():
            assert say(rule) or open_points(rule), (part, key)
            assert rule.clause is None or rule.clause in sources_of(rule)
            assert all(text in notes_of(rule) for text in rule.presets.values())


def test_the_constructs_that_no_shipped_pack_needs_are_said_as_well() -> None:
    found = read_packs(OTHERS, Everything())  # type: ignore[arg-type]
    for pack in (found["qinghe"], found["shixi"]):
        said = read([pack])
        assert len(said) > 10
        for part in CONSTRUCTS:
            assert all(said[f"{part}.{key}"] for key in getattr(pack, part))


def rule(kind: type[Rule], **written: object) -> Rule:
    return kind.model_validate({"label": "某事", "clause": "XX-1", **written})


SAID = [
    (
        rule(Procedure, matter="leave", days={"over": 3, "up_to": 15}, steps=[
            {"agree": "township_secretary"},
            {"approve": ["county_office", "county_org_dept"], "within": {"workdays": 3, "after": "agree"}},
        ]),
        {"天数": "超过3、15以下（含）",
         "步骤": "乡镇党委书记同意；县级驻村办或县级组织部门批准，同意后3个工作日内"},
    ),
    (
        rule(Duty, matter="visit", who="first_secretary", window={"of": "month", "every": 2},
             covers={"of": "household", "number": 30}, due={"day": 5, "of": "next_month"}),
        {"由谁": "第一书记", "期间": "每2个月", "覆盖": "30个农户", "期限": "次月5日前"},
    ),
    (
        rule(Counter, marks=["absent"], window="year", reset_by=["recalled"], run={"by": "day"}),
        {"登记": "脱岗", "期间": "每年", "重新起算": "被召回", "连续": "方式 逐日相连"},
    ),
    (
        rule(Ladder, climbs="absences", rungs=[{"at_least": 2, "effects": [
            {"do": "ban", "what": ["promotion"], "whom": {"relation": "principal", "of": "unit"}, "by": "county_office",
             "start": "decision", "length": {"years": 1}}]}]),
        {"按": "脱岗次数", "各档关系": "各档累加",
         "档次": "2以上（含）：派出单位的主要负责人不得提拔重用，自决定之日起，1年，由县级驻村办决定"},
    ),
    (
        rule(Formula, components={"regular": {"label": "平时"}, "yearly": {"label": "年度"}}, result={
            "op": "weighted", "parts": [{"of": "regular", "weight": 40}, {"of": "yearly", "weight": 60}], "whole": 100}),
        {"组成部分": "平时；年度", "计算": "（“平时” × 40 + “年度” × 60） ÷ 100"},
    ),
    (
        rule(Quota, whole="全县驻村干部", pools={"all": {"label": "公务员", "percent": 20}}, ties="all_in"),
        {"总数": "全县驻村干部", "名额": "公务员（占比 20%）", "限度": "不超过", "并列": "并列的都算"},
    ),
]  # fmt: skip


@pytest.mark.parametrize(("said", "words"), SAID, ids=[type(entry[0]).__name__ for entry in SAID])
def test_what_a_rule_says_is_said_in_full(said: Rule, words: dict[str, str]) -> None:
    names = Names({"absences": "脱岗次数", "recalled": "被召回"})
    found = {line.word: line.text for line in say(said, names)}
    assert {word: found.get(word) for word in words} == words


def test_what_the_text_leaves_open_is_said_apart() -> None:
    silent = rule(Duty, matter="meeting", delegated_to="county", left_open={"window": "多久一次没有写。", "due": ""})
    assert open_points(silent) == ("由县级规定", "多久一次没有写。", "期限没有写明")
