"""The template a county downloads, and that a filled one comes back unchanged."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse
from openpyxl.workbook import Workbook

from apps.accounts.access import Actor
from apps.core.tenancy import NATION, Scope, entered
from apps.reports.roster.layout import CHOICES, GUIDE, LAYOUTS
from tests.factories import posting_of, team_of, unit_of
from tests.reports.roster.books import id_of, upload


@pytest.fixture
def filled(office: Actor) -> None:
    with entered(Scope(area=NATION)):
        tax = unit_of("某省税务局", home="C62", level="provincial", nature="institution", vertical=True)
        posting_of(team_of("C621121100201", "新华村", ("poor", "red")), "王建国", unit=tax)
        posting_of(team_of("C621121101201", "瓦石村", ()), "李秀英", unit=unit_of("平襄镇政府", home="C621121100"))
        posting_of(team_of("C621122100201", "外县村"), "孙外县")


def downloaded(county: Client) -> bytes:
    answer = county.get(reverse("reports:roster_template"))
    assert answer.status_code == 200
    assert "%E9%80%9A%E6%B8%AD%E5%8E%BF" in answer["Content-Disposition"]
    assert answer["Content-Disposition"].startswith("attachment")
    return bytes(answer.content)


def opened(content: bytes) -> Workbook:
    return openpyxl.load_workbook(BytesIO(content))


def values(sheet: Any) -> list[list[Any]]:
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


@pytest.mark.usefixtures("filled")
def test_the_template_says_what_the_system_holds_already(county: Client) -> None:
    book = opened(downloaded(county))
    assert book.sheetnames == [GUIDE, "村", "派出单位", "干部与派驻", CHOICES]
    assert values(book["村"])[1:] == [
        ["平襄镇", "新华村", "621121100201", "建档立卡贫困村、红色美丽村庄试点村"],
        ["马营镇", "瓦石村", "621121101201", ""],
    ]
    assert values(book["派出单位"])[1:] == [
        ["某省税务局", "省级", "事业单位", "是", "620000"],
        ["平襄镇政府", "县级", "机关", "否", "621121100"],
    ]
    assert values(book["干部与派驻"])[1:] == []


def test_every_column_has_its_hint_and_lists_hold_the_countys_words(county: Client) -> None:
    book = opened(downloaded(county))
    for layout in LAYOUTS:
        sheet = book[layout.title]
        rules = {str(rule.sqref)[0]: rule for rule in sheet.data_validations.dataValidation}
        assert len(rules) == len(layout.columns)
        for letter, column in zip("ABCDEFGHIJKL", layout.columns, strict=False):
            assert rules[letter].prompt == column.hint
            assert sheet[f"{letter}1"].value == column.head + ("*" if column.required else "")
        assert sheet.freeze_panes is not None
    lists = {column[0]: [word for word in column[1:] if word] for column in zip(*values(book[CHOICES]), strict=True)}
    assert {"平襄镇", "马营镇"} < set(lists["乡镇"])
    assert lists["岗位"][:2] == ["队长", "第一书记"]
    assert book["干部与派驻"].column_dimensions["B"].width >= 18


def test_columns_of_numbers_are_text_and_nothing_is_a_formula(county: Client) -> None:
    with entered(Scope(area=NATION)):
        unit = unit_of("=HYPERLINK(1)局")
        posting_of(team_of("C621121100201", "新华村"), "王建国", unit=unit)
    book = opened(downloaded(county))
    for sheet in book:
        assert [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.data_type == "f"] == []
    assert book["派出单位"]["A2"].value == "'=HYPERLINK(1)局"
    for title, letter in (("干部与派驻", "B"), ("干部与派驻", "F"), ("村", "C")):
        assert book[title].column_dimensions[letter].number_format == "@"
    assert book["干部与派驻"].column_dimensions["J"].number_format == "yyyy-mm-dd"


@pytest.mark.usefixtures("filled")
def test_the_downloaded_template_filled_in_by_hand_is_imported(county: Client) -> None:
    book = opened(downloaded(county))
    book["村"]["D3"] = "非贫困村"
    book["干部与派驻"].append(["赵明", id_of(7), "平襄镇政府", None, None, None, None, "瓦石村", "队员", "2026-03-01"])
    stream = BytesIO()
    book.save(stream)
    shown = county.post(reverse("reports:roster_preview"), {"file": upload(stream.getvalue())})
    assert shown.status_code == 200
    found = {label: (tally.new, tally.changed, tally.same) for label, tally in shown.context["tallies"]}
    assert shown.context["errors"] == []
    assert found["村"] == (0, 1, 1)
    assert found["派出单位"] == (0, 0, 2)
    assert found["派驻"] == (1, 0, 0)
