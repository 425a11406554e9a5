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

    def people(self) -> list[str]:
        sheet: Worksheet = self.book["汇总"]
        names = [sheet.cell(line, 5).value for line in range(FIRST, sheet.max_row + 1) if sheet.cell(line, 1).value]
        return [str(name) for name in names if name]

    def versions(self) -> set[tuple[str, str, str]]:
        """(township, month, version) of the ledgers that the figures come from."""
        rows = self.book["说明"].iter_rows(values_only=True)
        return {(str(row[2]), str(row[3]), str(row[4])) for row in rows if str(row[4]).startswith("第")}
