"""What the five texts ask to be there: each item of each list is missed by its name when it is not, and nothing else is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from apps.rules.language.checklists import Kept, items_missing, records_missing
from apps.rules.language.selectors import Case

Rules = Callable[[str, str], Any]
TODAY, LONG_AGO = date(2026, 5, 12), date(2024, 3, 1)
BOARDS = "队员信息公示牌（户外） 工作队内部职责分工 驻村工作制度 帮扶村脱贫攻坚帮扶工作三年规划 驻村帮扶工作年度计划 帮扶责任人与帮扶户结对帮扶一览表"
LEDGERS = (
    "驻村工作日志 考勤簿 请销假记录 会议及学习记录 群众来电来访记录 工作经费使用报销台账表册 建档立卡贫困户帮扶计划"
)
# pack, rule, clause, the items, and what somebody must have found first
LISTS: list[tuple[str, str, str, str, str]] = [
    ("central", "records.management_rules", "CN-4.2-7", "工作例会制度 考勤管理制度 工作报告制度 纪律约束制度", ""),
    ("tongwei", "records.office_boards", "TW-25-1", BOARDS, ""),
    ("tongwei", "records.team_ledgers", "TW-25-2", LEDGERS, ""),
    ("tongwei", "records.assessment_scheme", "TW-26-1", "平时考核 年度考核", ""),
    ("tongwei", "entitlements.status_kept", "TW-5-2", "人事关系不变 工资待遇不变 福利待遇不变", ""),
    ("tongwei", "entitlements.working_conditions", "TW-35-1", "固定办事场所 桌椅 电脑 电视 打印机 资料柜", ""),
    (
        "tongwei", "entitlements.living_conditions", "TW-35-2",
        "固定食宿场所 床（炕） 被褥 灶具 取暖设施 其他生活必需品", "",
    ),
    ("tongwei", "entitlements.accident_insurance", "TW-36-1", "人身意外伤害保险", ""),
    ("tongwei", "entitlements.duty_injury_care", "TW-36-3", "救治 康复", "因公负伤"),
    ("tongwei", "entitlements.survivors_care", "TW-36-4", "亲属优抚", "因公牺牲"),
    ("yulin", "entitlements.survivors_visits", "YL-8.2.2-15", "长期帮扶慰问", "在驻村工作中因公牺牲"),
    (
        "yulin", "entitlements.injury_benefits", "YL-8.2.2-16", "《工伤保险条例》规定的工伤保险待遇",
        "符合《工伤保险条例》并认定为工伤",
    ),
    ("dachuan", "entitlements.unit_benefits", "DC-1.1.2-5", "伙食补助 意外保险 带薪休假", ""),
    (
        "dachuan", "records.duty_plans", "DC-1.1.4-4",
        "建强基层组织 推进精准扶贫 发展集体经济 为民办事服务 提升治理水平", "",
    ),
    ("kunming", "records.fund_accounts", "KM-19-3", "专项补助资金 工作经费", ""),
]  # fmt: skip


def have(*items: str, since: date = date(2026, 1, 5), until: date | None = None) -> list[Kept]:
    return [Kept(item, since, until) for item in items]


@pytest.mark.parametrize(
    ("pack", "name", "clause", "items", "found"),
    [pytest.param(*row, marks=pytest.mark.clause(row[2]), id=row[1]) for row in LISTS],
)
def test_each_item_of_a_list_is_missed_by_its_name_with_its_clause(
    rule: Rules, pack: str, name: str, clause: str, items: str, found: str
) -> None:
    text, listed = rule(pack, name), items.split()
    assert items_missing(text, have(*listed), TODAY, judged=True) == []
    for gone in listed:
        rest = [item for item in listed if item != gone]
        (missed,) = items_missing(text, have(*rest), TODAY, judged=True)
        assert (missed.code, missed.severity, missed.clause) == ("item_missing", "block", clause)
        assert missed.inputs == {"item": gone, "there": len(listed) - 1, "of": len(listed)}
        assert f"“{text.label}”缺少“{gone}”" in missed.message
    # What must first be found by somebody is asked of nobody before.
    assert getattr(text, "judged", "") == found
    assert len(items_missing(text, [], TODAY)) == (0 if found else len(listed))


@pytest.mark.clause("TW-36-1")
@pytest.mark.parametrize(
    ("first", "last", "missing"),
    [
        (LONG_AGO, None, 0),
        (LONG_AGO, TODAY, 0),
        (LONG_AGO, date(2026, 5, 11), 1),  # lapsed yesterday
        (TODAY, None, 0),
        (date(2026, 5, 13), None, 1),  # begins tomorrow
    ],
)
def test_an_insurance_covers_from_its_first_to_its_last_day(
    rule: Rules, first: date, last: date | None, missing: int
) -> None:
    insurance = rule("tongwei", "entitlements.accident_insurance")
    cover = have("人身意外伤害保险", since=first, until=last)
    assert len(items_missing(insurance, cover, TODAY)) == missing
    assert [actor.office for actor in insurance.paid_by] == ["dispatch_unit"]
    other = Case(roles=frozenset({"pairing_cadre"}))
    assert items_missing(insurance, [], TODAY, case=other) == []


@pytest.mark.clause("KM-19-3")
def test_the_accounts_are_kept_apart_anew_every_year(rule: Rules) -> None:
    accounts = rule("kunming", "records.fund_accounts")
    kinds = ["专项补助资金", "工作经费"]
    assert [
        one.inputs["item"] for one in items_missing(accounts, have(*kinds, since=date(2025, 12, 31)), TODAY)
    ] == kinds
    assert items_missing(accounts, have(*kinds, since=date(2026, 1, 1)), TODAY) == []


@pytest.mark.parametrize(
    ("name", "number", "words"),
    [
        pytest.param("records.member_project", 8, "八有", marks=pytest.mark.clause("DC-1.1.4-10")),
        pytest.param("records.exit_standard", 7, "一超六有", marks=pytest.mark.clause("DC-1.2.1-1")),
    ],
)
def test_a_standard_of_so_many_items_is_met_when_all_that_the_district_has_listed_are(
    rule: Rules, name: str, number: int, words: str
) -> None:
    text = rule("dachuan", name)
    listed = [f"第{place}项" for place in range(1, number + 1)]
    for few in (0, 1, number - 1):
        (found,) = items_missing(text, have(*listed), TODAY, named=listed[:few])
        assert (found.code, found.inputs["number"], len(found.inputs["named"])) == ("items_not_named", number, few)
    (missed,) = items_missing(text, have(*listed[1:]), TODAY, named=listed)
    assert missed.inputs == {"item": "第1项", "there": number - 1, "of": number}
    assert items_missing(text, have(*listed), TODAY, named=listed) == []
    assert words in text.label or words in text.fields[0].label
    other = "non_poor" if name == "records.member_project" else "poor"
    case = Case(roles=frozenset({"first_secretary"}), village_classes=frozenset({other}))
    assert items_missing(text, [], TODAY, named=listed, case=case) == []


@pytest.mark.clause("KM-17-2")
@pytest.mark.parametrize("name", ["working_conditions", "living_conditions"])
def test_conditions_that_the_text_does_not_list_are_those_that_township_and_village_list(
    rule: Rules, name: str
) -> None:
    text = rule("kunming", f"entitlements.{name}")
    assert items_missing(text, [], TODAY) == []
    (missed,) = items_missing(text, have("宿舍"), TODAY, named=["宿舍", "灶具"])
    assert (missed.severity, missed.clause, missed.inputs["item"]) == ("block", "KM-17-2", "灶具")
    assert [actor.office for actor in text.paid_by] == ["township_party_committee", "village_committee"]


@pytest.mark.clause("DC-1.1.2-5")
def test_a_unit_adds_to_an_open_list_and_only_in_poor_villages(rule: Rules) -> None:
    text = rule("dachuan", "entitlements.unit_benefits")
    assert text.open_list
    (missed,) = items_missing(text, have("伙食补助", "意外保险", "带薪休假"), TODAY, named=["交通补助"])
    assert missed.inputs["item"] == "交通补助"
    assert items_missing(text, [], TODAY, case=Case(village_classes=frozenset({"non_poor"}))) == []
    assert len(items_missing(text, [], TODAY, case=Case(village_classes=frozenset({"poor"})))) == 3


# pack, record, clause, and whether one made on this day is still there in May 2026
KEPT: list[tuple[str, str, str, list[tuple[date, bool]]]] = [
    ("kunming", "village_plan", "KM-6-3", [(LONG_AGO, True), (TODAY, True), (date(2026, 5, 13), False)]),
    ("kunming", "village_year_plan", "KM-6-3", [(date(2025, 12, 31), False), (date(2026, 1, 1), True)]),
    ("kunming", "team_year_plan", "KM-7-2", [(date(2025, 12, 31), False), (date(2026, 1, 1), True)]),
]


@pytest.mark.parametrize(
    ("pack", "name", "days"),
    [pytest.param(pack, name, days, marks=pytest.mark.clause(clause)) for pack, name, clause, days in KEPT],
)
def test_a_village_or_team_without_its_paper_is_named(
    rule: Rules, pack: str, name: str, days: list[tuple[date, bool]]
) -> None:
    record = rule(pack, f"records.{name}")
    for day, there in days:
        found = records_missing(record, ["东庄", "西庄"], [Kept("东庄", day)], TODAY)
        assert [one.inputs["subject"] for one in found] == (["西庄"] if there else ["东庄", "西庄"])
        assert {(one.code, one.severity, one.clause) for one in found} == {("record_missing", "block", record.clause)}


@pytest.mark.clause("TW-F-2")
def test_the_list_of_chief_captains_is_drawn_from_the_countys_and_every_townships(rule: Rules) -> None:
    listed = rule("tongwei", "records.chief_captain_list")
    assert (listed.form, listed.basis) == ("附件2", ("county_chief_captain", "township_chief_captain"))
    (missed,) = records_missing(listed, ["通渭"], [], TODAY)
    assert (missed.code, missed.clause) == ("record_missing", "TW-F-2")
    town = rule("tongwei", f"records.{listed.basis[1]}")
    assert (town.per, town.number) == ("township", 1)
    found = records_missing(town, ["平襄", "榜罗"], [Kept("榜罗", LONG_AGO)], TODAY)
    assert [one.inputs["subject"] for one in found] == ["平襄"]


@pytest.mark.clause("KM-7-2")
def test_the_team_leader_writes_the_plan(rule: Rules) -> None:
    assert [actor.office for actor in rule("kunming", "records.team_year_plan").author] == ["team_leader"]
