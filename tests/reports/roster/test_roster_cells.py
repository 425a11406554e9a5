"""A table of wrong cells: where each is named and what the person is told."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from apps.accounts.access import Actor
from apps.core.tenancy import Scope, entered
from apps.reports.roster.entries import Problem
from apps.reports.roster.layout import PEOPLE
from apps.reports.roster.services import Preview, roster_preview
from tests.factories import unit_of
from tests.reports.roster.books import BUREAU, COUNTY, PERSON, XINHUA, book, id_of, person, upload

TODAY = date(2026, 11, 22)


def previewed(office: Actor, content: bytes) -> Preview:
    with entered(Scope(area=COUNTY)):
        return roster_preview(actor=office, county=COUNTY, file=upload(content), on=TODAY)


def problems(office: Actor, severity: str = "error", **parts: Any) -> list[Problem]:
    found = previewed(office, book(**parts)).plan.problems
    return [each for each in found if each.severity == severity]


WRONG_PEOPLE = [
    ({"name": ""}, "name", "必填，现为空"),
    ({"name": "张三、李四"}, "name", "“张三、李四”像是两个人"),
    ({"name": "张三\n李四"}, "name", "像是两个人"),
    ({"name": "张三 李四"}, "name", "像是两个人"),
    ({"name": "张3"}, "name", "里有数字"),
    ({"name": "王"}, "name", "2 至 40 个字"),
    ({"name": 12}, "name", "现为数字或日期"),
    ({"id_number": ""}, "id_number", "必填，现为空"),
    ({"id_number": id_of(1)[:-1]}, "id_number", "应为 18 位，现为 17 位"),
    ({"id_number": id_of(1) + id_of(2)}, "id_number", "两个身份证号"),
    ({"id_number": f"{id_of(1)}、{id_of(2)}"}, "id_number", "两个身份证号"),
    ({"id_number": 621121198001010000}, "id_number", "被存成了数字"),
    ({"id_number": date(1980, 1, 1)}, "id_number", "不能是日期"),
    ({"id_number": "62112119801301001X"}, "id_number", "不是合理的出生日期"),
    ({"id_number": "621121198001010011"}, "id_number", "末位校验不符"),
    ({"unit": ""}, "unit", "必填，现为空"),
    ({"unit": "县水务剧"}, "unit", "没有登记过“县水务剧”；是不是“县水务局”？"),
    ({"unit": "某" * 121}, "unit", "最多 120 个字，现有 121 个字"),
    ({"political_status": "党员"}, "political_status", "没有“党员”这一项；可填：中共党员、中共预备党员"),
    ({"rank": "科" * 61}, "rank", "最多 60 个字"),
    ({"phone": "13900000000、13900000001"}, "phone", "只填一个号码"),
    ({"phone": "139"}, "phone", "11 位手机号"),
    ({"village": "新花村"}, "village", "没有“新花村”这个村；是不是“新华村”？"),
    ({"village": "621121100999"}, "village", "没有“621121100999”这个村"),
    ({"village": "621122100201"}, "village", "代码“621122100201”不在本县"),
    ({"roles": "村书记"}, "roles", "没有“村书记”这一项；可填：队长、第一书记、队员、农技员"),
    ({"roles": "队长、打杂"}, "roles", "没有“打杂”这一项"),
    ({"first": ""}, "first", "必填，现为空"),
    ({"first": "2026.13.1"}, "first", "没有“2026.13.1”这一天"),
    ({"first": "2026-02-30"}, "first", "没有“2026-02-30”这一天"),
    ({"first": "二〇二六年三月"}, "first", "日期请写成2026-03-01、2026/3/1、2026.3.1、2026年3月1日"),
    ({"first": "26-3-1"}, "first", "看不懂“26-3-1”"),
    ({"first": "2026-3/1"}, "first", "看不懂“2026-3/1”"),
    ({"first": "3月1日"}, "first", "看不懂"),
    ({"first": 20260301}, "first", "“20260301”是数字，不是日期"),
    ({"first": 46082}, "first", "是数字，不是日期"),
    ({"first": date(1926, 3, 1)}, "first", "1926年不合常理"),
    ({"first": "2062-03-01"}, "first", "2062年不合常理"),
    ({"last": "至今"}, "last", "看不懂“至今”"),
    ({"last": "2026-02-28"}, "last", "离岗日早于到岗日（2026-03-01至2026-02-28）"),
]


@pytest.mark.parametrize(("values", "column", "said"), WRONG_PEOPLE)
def test_a_wrong_cell_of_a_person_is_named_with_what_to_write(
    office: Actor, values: dict[str, Any], column: str, said: str
) -> None:
    found = problems(office, people=[person(2, name="李秀英"), person(1, **values)])
    assert [(each.sheet, each.row, each.column) for each in found] == [(PEOPLE.title, 3, column)]
    assert said in found[0].message


WRONG_VILLAGES = [
    (("平襄", "新村", "621121100202", "非贫困村"), "township", "本县没有“平襄”；是不是“平襄镇”？"),
    (("巩昌镇", "新村", "621122100202", "非贫困村"), "township", "本县没有“巩昌镇”"),
    (("", "新村", "621121100202", "非贫困村"), "township", "必填"),
    (("平襄镇", "", "621121100202", "非贫困村"), "name", "必填"),
    (("平襄镇", "新村", "62112110020", "非贫困村"), "code", "应为 12 位数字，现为“62112110020”（11 位）"),
    (("平襄镇", "新村", "621122100202", "非贫困村"), "code", "不在本县（应以 621121 开头）"),
    (("平襄镇", "新村", "621121999202", "非贫困村"), "code", "前 9 位不是本县的乡镇代码；平襄镇为 621121100"),
    (("马营镇", "新村", "621121100202", "非贫困村"), "code", "属于平襄镇，与所填的马营镇不一致"),
    (("平襄镇", "新村", "621121100201", "非贫困村"), "code", "与第 2 行的村代码相同"),
    (("平襄镇", "新华村", "621121100202", "非贫困村"), "name", "与第 2 行同乡镇同名"),
    (("平襄镇", "新村", "621121100202", ""), "classes", "必填"),
    (("平襄镇", "新村", "621121100202", "贫困村"), "classes", "没有“贫困村”这一项；可填：建档立卡贫困村、非贫困村"),
]


@pytest.mark.parametrize(("row", "column", "said"), WRONG_VILLAGES)
def test_a_wrong_cell_of_a_village_is_named_with_what_to_write(
    office: Actor, row: tuple[str, ...], column: str, said: str
) -> None:
    found = problems(office, villages=[XINHUA, row])
    assert [(each.sheet, each.row, each.column) for each in found] == [("村", 3, column)]
    assert said in found[0].message


WRONG_UNITS = [
    (("", "县级", "机关", "", ""), "name", "必填"),
    (("县林草局", "县", "机关", "", ""), "level", "没有“县”这一项；可填：中央、省级、市级、县级、乡镇"),
    (("县林草局", "县级", "公司", "", ""), "nature", "没有“公司”这一项"),
    (("县林草局", "县级", "机关", "有", ""), "vertical", "没有“有”这一项；可填：否、是"),
    (("某镇卫生院", "乡镇", "事业单位", "", ""), "home", "须填写所在行政区"),
    (("某局", "市级", "机关", "", "北市"), "home", "没有“北市”这个行政区"),
    (("某局", "县级", "机关", "", "鼓楼区"), "home", "有 4 个行政区叫“鼓楼区”；请改填 6 位代码"),
    (("某局", "县级", "机关", "", "990000"), "home", "没有代码为“990000”的行政区"),
    (BUREAU, "name", "与第 2 行是同一单位"),
]


@pytest.mark.parametrize(("row", "column", "said"), WRONG_UNITS)
def test_a_wrong_cell_of_a_unit_is_named_with_what_to_write(
    office: Actor, row: tuple[str, ...], column: str, said: str
) -> None:
    found = problems(office, units=[BUREAU, row])
    assert [(each.sheet, each.row, each.column) for each in found] == [("派出单位", 3, column)]
    assert said in found[0].message


@pytest.mark.parametrize(
    ("row", "home"),
    [
        (("中央某部", "中央", "机关", "", ""), "C"),
        (("省某厅", "省级", "机关", "", ""), "C62"),
        (("市某局", "市级", "机关", "", ""), "C6211"),
        (("县某局", "县级", "机关", "", ""), "C621121"),
        (("平襄镇政府", "乡镇", "机关", "", "平襄镇"), "C621121100"),
        (("天津某局", "省级", "机关", "", "天津市"), "C12"),
        (("鼓楼某局", "县级", "机关", "", "320106"), "C320106"),
        (("南京某局", "市级", "机关", "", "320100"), "C3201"),
        (("中央驻津某局", "中央", "机关", "是", "天津市"), "C12"),
    ],
)
def test_a_unit_is_at_home_where_its_level_or_the_cell_says(office: Actor, row: tuple[str, ...], home: str) -> None:
    plan = previewed(office, book(villages=(), units=[row])).plan
    assert [(unit.name, unit.home) for unit in plan.units] == [(row[0], home)]
    assert not plan.problems


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2026-03-01", date(2026, 3, 1)),
        ("2026-3-1", date(2026, 3, 1)),
        ("2026/3/1", date(2026, 3, 1)),
        ("2026.3.1", date(2026, 3, 1)),
        ("2026年3月1日", date(2026, 3, 1)),
        ("２０２６年３月１日", date(2026, 3, 1)),
        (" 2026 年 3 月 1 日\u200b", date(2026, 3, 1)),
        (date(2026, 3, 1), date(2026, 3, 1)),
        (datetime(2026, 3, 1, 8, 30), date(2026, 3, 1)),
    ],
)
def test_the_accepted_forms_of_a_day_mean_the_same(office: Actor, written: Any, meant: date) -> None:
    plan = previewed(office, book(people=[person(1, first=written)])).plan
    assert [posting.first for posting in plan.postings] == [meant]


def test_what_copying_leaves_behind_is_put_right(office: Actor) -> None:
    number = "".join(chr(ord(letter) + 0xFEE0) for letter in id_of(1))
    row = person(
        1,
        name="王\u3000建国\u200b",
        id_number=f"\ufeff{number} ",
        unit=" 县水务局\u00a0",
        village="新\u200d华村",
        phone="１３９ ０００0 0000",
        roles="第一书记，队长；队长",
    )
    plan = previewed(office, book(people=[row])).plan
    assert not plan.problems
    (cadre,), (posting,) = plan.cadres, plan.postings
    assert (cadre.name, cadre.id_number, cadre.phone) == ("王建国", id_of(1), "13900000000")
    assert posting.roles == ("leader", "first_secretary")


def test_a_village_of_a_common_name_needs_its_township_or_code(office: Actor) -> None:
    villages = [XINHUA, ("马营镇", "新华村", "621121101201", "非贫困村")]
    (found,) = problems(office, villages=villages, people=[person(1)])
    assert "县内有 2 个“新华村”（平襄镇新华村、马营镇新华村）" in found.message
    for text in ("马营镇新华村", "621121101201"):
        plan = previewed(office, book(villages=villages, people=[person(1, village=text)])).plan
        assert [posting.village for posting in plan.postings] == ["C621121101201"]


def test_a_unit_registered_elsewhere_is_not_taken_for_the_countys(office: Actor) -> None:
    unit_of("某局", home="C120104")
    (found,) = problems(office, people=[person(1, unit="某局")])
    assert "登记在外地" in found.message


def test_the_nearest_of_several_units_of_a_name_is_meant(office: Actor) -> None:
    unit_of("税务局", home="C62", level="provincial")
    near = unit_of("税务局", home="C621121")
    plan = previewed(office, book(people=[person(1, unit="税务局")])).plan
    assert plan.unit_ids[plan.postings[0].unit] == near.pk


def test_one_number_with_two_names_is_refused(office: Actor) -> None:
    (found,) = problems(office, people=[person(1, last="2026-05-31"), person(1, name="李秀英", first="2026-06-01")])
    assert (found.row, found.column) == (3, "name")
    assert "与第 2 行是同一身份证号，姓名却不同（王建国）" in found.message


def test_a_person_cannot_be_twice_in_one_team_on_a_day(office: Actor) -> None:
    (found,) = problems(office, people=[person(1, last="2026-06-30"), person(1, first="2026-06-30")])
    assert (found.row, found.column) == (3, "first")
    assert "与第 2 行（2026-03-01至2026-06-30）重叠" in found.message
    assert not problems(office, people=[person(1, last="2026-06-30"), person(1, first="2026-07-01")])


def test_a_person_in_two_villages_at_once_is_pointed_out(office: Actor) -> None:
    villages = [XINHUA, ("平襄镇", "瓦石村", "621121100202", "非贫困村")]
    people = [person(1), person(1, village="瓦石村", first="2026-06-01")]
    (found,) = problems(office, "warn", villages=villages, people=people)
    assert (found.row, found.column) == (3, "village")
    assert "同时派驻在新华村" in found.message


def test_rows_that_say_different_things_of_a_person_are_pointed_out(office: Actor) -> None:
    people = [person(1, last="2026-04-30"), person(1, first="2026-05-01", phone="13900000009")]
    (found,) = problems(office, "notice", people=people)
    assert "电话不同，采用到岗日最晚的一行" in found.message
    plan = previewed(office, book(people=people)).plan
    assert [cadre.phone for cadre in plan.cadres] == ["13900000009"]


def test_an_error_in_the_sheet_of_villages_is_not_repeated_for_every_person(office: Actor) -> None:
    wrong = ("平襄镇", "新华村", "621121100201", "无此类别")
    found = problems(office, villages=[wrong], people=[person(1), person(2, name="李秀英")])
    assert [(each.sheet, each.column) for each in found] == [("村", "classes")]


@pytest.mark.parametrize(
    ("heads", "said"),
    [
        (["姓名", "身份证号"], "第 1 行缺少表头“派出单位”"),
        (["标题"], "第 1 行缺少表头“姓名”"),
        ([*("姓名" for _ in range(10))], "表头“姓名”出现两次"),
    ],
)
def test_a_sheet_without_its_heads_is_refused(office: Actor, heads: list[str], said: str) -> None:
    found = problems(office, people=[person(1)], heads={PEOPLE.title: heads})
    assert any(said in each.message and each.row == 1 for each in found)


def test_columns_may_stand_in_any_order_and_letters_follow(office: Actor) -> None:
    heads = ["电话", "备注", "姓名*", "身份证号*", "派出单位", "政治面貌", "职务职级", "村", "岗位", "到岗日", "离岗日"]
    row = ["139", "不读", "王建国", id_of(1), *[PERSON[key] for key in ("unit", "political_status", "rank", "village")]]
    found = previewed(office, book(people=[[*row, "队员", "2026-03-01", ""]], heads={PEOPLE.title: heads}))
    (error,) = [each for each in found.plan.problems if each.severity == "error"]
    assert found.reading.letters[PEOPLE.title][error.column] == "A"
    assert any("B 列“备注”不是模板里的列" in each.message for each in found.plan.problems)


def test_an_empty_roster_says_so(office: Actor) -> None:
    (found,) = problems(office, villages=(), units=())
    assert "三张表都没有内容" in found.message


def test_blank_rows_between_are_skipped(office: Actor) -> None:
    plan = previewed(office, book(people=[person(1), [" ", "\u3000"], person(2, name="李秀英")])).plan
    assert not plan.problems
    assert len(plan.postings) == 2
