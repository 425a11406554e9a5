"""The month sheet as a person handles it: by the names and days on it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from playwright.sync_api import Locator, Page, expect

from tests.e2e.visitor import Visitor

FIRST_DAY = 4  # the column of the 1st


class SheetPage:
    """The grid of one place and month."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor = visitor
        self.page: Page = visitor.page
        self.ready()

    @classmethod
    def open(cls, visitor: Visitor, area: str, month: str) -> SheetPage:
        visitor.page.goto(f"/sheet/{area}/{month}/")
        return cls(visitor)

    def ready(self) -> None:
        expect(self.page.locator("[data-sheet][data-ready]")).to_be_attached()

    def row(self, name: str) -> int:
        cell = self.page.locator('td[data-x="1"]', has_text=name)
        return int(cell.get_attribute("data-y") or -1)

    def cell(self, name: str, day: int) -> Locator:
        return self.page.locator(f'td[data-x="{FIRST_DAY + day - 1}"][data-y="{self.row(name)}"]')

    def marks(self, name: str) -> str:
        """The letters of a person's month; `.` where nothing stands."""
        cells = self.page.locator(f'td[data-x][data-y="{self.row(name)}"]').all_text_contents()
        days = self.page.locator("thead td[data-x] span").count()
        return "".join(text or "." for text in cells[FIRST_DAY : FIRST_DAY + days])

    def pick(self, name: str, day: int, *, to: tuple[str, int] | None = None) -> None:
        self.cell(name, day).click()
        if to is not None:
            self.cell(*to).click(modifiers=["Shift"])

    def type(self, name: str, day: int, text: str) -> None:
        """Type into a cell as it stands; letters enter themselves, words are ended with Enter."""
        self.pick(name, day)
        if len(text) == 1 and text.isascii():
            self.page.keyboard.press(text)
            return
        self.page.keyboard.press("F2")
        self.page.keyboard.press("Control+A")
        self.page.keyboard.insert_text(text)
        self.page.keyboard.press("Enter")

    def paste(self, name: str, day: int, rows: Sequence[Sequence[str]]) -> None:
        """Paste a block as WPS puts it on the clipboard: tabs, and a line end after every row."""
        block = "".join("\t".join(row) + "\r\n" for row in rows)
        self.page.evaluate("text => navigator.clipboard.writeText(text)", block)
        self.pick(name, day)
        self.page.keyboard.press("Control+V")

    def saved(self) -> None:
        expect(self.page.get_by_test_id("save-status")).to_have_attribute("data-kind", "saved")

    def status(self, words: str) -> None:
        expect(self.page.get_by_test_id("save-status")).to_contain_text(words)

    def refused(self, *words: str) -> None:
        """The panel of cells that were not saved says each of these."""
        panel = self.page.get_by_test_id("sheet-errors")
        for text in words:
            expect(panel).to_contain_text(text)

    def nothing_refused(self) -> None:
        expect(self.page.get_by_test_id("sheet-errors")).to_be_hidden()

    def says(self, words: str | re.Pattern[str]) -> None:
        expect(self.page.get_by_test_id("sheet-say")).to_contain_text(words)

    def locked(self, name: str, day: int, reason: str) -> None:
        expect(self.cell(name, day)).to_have_attribute("aria-readonly", "true")
        expect(self.cell(name, day)).to_have_attribute("title", re.compile(re.escape(reason)))

    def step(self, label: str) -> Locator:
        return self.page.get_by_test_id("sheet-close").locator("ol.steps li", has_text=label)

    def sign(self, label: str) -> None:
        """Do a step of the sheet's chain."""
        self.step(label).get_by_role("button").click()
        self.page.get_by_test_id("confirm").get_by_role("button").last.click()
        self.visitor.told(f"已办理“{label}”")

    def close(self) -> None:
        """Press 月结 and agree."""
        self.visitor.agree("月结")

    def record(self, person: str, kind: str, first: str, last: str, reason: str) -> None:
        """公务记录: somebody was away from `first` to `last`; back to the sheet."""
        self.page.get_by_role("link", name="公务记录").click()
        self.page.get_by_label("人员").select_option(label=person)
        self.page.get_by_label("类别").select_option(label=kind)
        self.page.get_by_label("起", exact=False).first.fill(first)
        self.page.get_by_label("止").fill(last)
        self.page.get_by_label("事由").fill(reason)
        self.page.get_by_role("button", name="登记", exact=True).click()
        self.visitor.told("公务记录，考勤月表已相应锁定")
        self.page.get_by_role("link", name="返回考勤月表").click()
        self.ready()
