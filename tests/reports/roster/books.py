"""Roster workbooks as somebody might fill them in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from io import BytesIO
from typing import Any

import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from stdnum.cn import ric

from apps.reports.roster.layout import LAYOUTS, PEOPLE, UNITS, VILLAGES

COUNTY = "C621121"
XINHUA = ("平襄镇", "新华村", "621121100201", "建档立卡贫困村")
BUREAU = ("县水务局", "县级", "机关", "", "")
PERSON = {
    "name": "王建国",
    "id_number": "",
    "unit": "县水务局",
    "political_status": "中共党员",
    "rank": "四级主任科员",
    "phone": "13900000000",
    "source": "",
    "village": "新华村",
    "roles": "队长、第一书记",
    "first": "2026-03-01",
    "last": "",
    "end_reason": "",
}


def id_of(order: int, born: str = "19800101", region: str = "621121") -> str:
    """A number that passes every check; `order` 0 to 999."""
    body = f"{region}{born}{order:03d}"
    return body + ric.calc_check_digit(body + "0")


def person(order: int = 1, **values: Any) -> list[Any]:
    """A row of 干部与派驻: the first person leads the team, the others are members."""
    roles = {"roles": "队员"} if order > 1 else {}
    return list(({**PERSON, "id_number": id_of(order)} | roles | values).values())


def book(
    *,
    villages: Sequence[Sequence[Any]] = (XINHUA,),
    units: Sequence[Sequence[Any]] = (BUREAU,),
    people: Sequence[Sequence[Any]] = (),
    heads: dict[str, list[str]] | None = None,
) -> bytes:
    """A workbook with the three sheets; `heads` replaces a sheet's first row."""
    stream = BytesIO()
    written = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False})
    day = written.add_format({"num_format": "yyyy-mm-dd"})
    rows = {VILLAGES.title: villages, UNITS.title: units, PEOPLE.title: people}
    for layout in LAYOUTS:
        sheet = written.add_worksheet(layout.title)
        titles = (heads or {}).get(layout.title, [column.head for column in layout.columns])
        for number, row in enumerate([titles, *rows[layout.title]]):
            for place, cell in enumerate(row):
                if isinstance(cell, date):
                    sheet.write_datetime(number, place, cell, day)
                elif cell != "":
                    sheet.write(number, place, cell)
    written.close()
    return stream.getvalue()


def upload(content: bytes, name: str = "花名册.xlsx") -> SimpleUploadedFile:
    """The file as a form posts it."""
    return SimpleUploadedFile(name, content)
