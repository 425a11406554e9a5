"""The dispatch unit's quarterly workbook, downloaded and read cell by cell."""

from __future__ import annotations

from pathlib import Path

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet
from playwright.sync_api import expect

from tests.e2e.visitor import Visitor

GROUPS, HEADS, FIRST = 3, 4, 5  # rows of 汇总


class Quarter:
    """The workbook of a quarter, by the heads on it."""

    def __init__(self, path: Path) -> None:
        self.book = openpyxl.load_workbook(path)

    @classmethod
    def downloaded(cls, liaison: Visitor, quarter: str, folder: Path) -> Quarter:
        """Choose the quarter on the unit's page and download its workbook."""
        page = liaison.page
        page.goto(f"/unit/?quarter={quarter}")
        expect(page.get_by_test_id("people")).to_be_visible()
        with page.expect_download() as download:
            page.get_by_test_id("download").click()
        path = folder / "quarter.xlsx"
        download.value.save_as(path)
        return cls(path)

    def person(self, name: str) -> dict[str, dict[str, object]]:
        """{group: {head: value}} of a person's row; cells without a value are left out."""
        sheet: Worksheet = self.book["汇总"]
        row = next(line for line in range(FIRST, sheet.max_row + 1) if sheet.cell(line, 5).value == name)
        found: dict[str, dict[str, object]] = {}
        group = ""
        for column in range(1, sheet.max_column + 1):
            group = str(sheet.cell(GROUPS, column).value or group)
            value = sheet.cell(row, column).value
            if value is not None:
                found.setdefault(group, {})[str(sheet.cell(HEADS, column).value)] = value
        return found

    def equals(self, table: dict[str, dict[str, dict[str, object]]]) -> None:
        """Exactly these people; of each the groups named, cell by cell.  Of days, cells with 0 are left out."""
        assert sorted(self.people()) == sorted(table)
        for name, expected in table.items():
            found = self.person(name)
            for group, cells in expected.items():
                assert _told(group, found.get(group, {})) == cells, (name, group)

    def people(self) -> list[str]:
        sheet: Worksheet = self.book["汇总"]
        names = [sheet.cell(line, 5).value for line in range(FIRST, sheet.max_row + 1) if sheet.cell(line, 1).value]
        return [str(name) for name in names if name]

    def versions(self) -> set[tuple[str, str, str]]:
        """(township, month, version) of the ledgers that the figures come from."""
        rows = self.book["说明"].iter_rows(values_only=True)
        return {(str(row[2]), str(row[3]), str(row[4])) for row in rows if str(row[4]).startswith("第")}


def _told(group: str, cells: dict[str, object]) -> dict[str, object]:
    """The cells that say something: without empty ones, and without 0 days."""
    empty = ("", 0) if group.endswith("（天）") else ("",)
    return {head: value for head, value in cells.items() if value not in empty and head != "含月份"}
