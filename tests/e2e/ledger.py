"""A ledger as a person handles it."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

from tests.e2e.programs import held_up
from tests.e2e.sheet import SheetPage
from tests.e2e.visitor import Visitor


class LedgerPage:
    """The page of one version of a ledger."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor = visitor
        self.page: Page = visitor.page
        expect(self.page.get_by_test_id("ledger-lines")).to_be_visible()
        self.url = self.page.url

    @classmethod
    def open(cls, visitor: Visitor, url: str) -> LedgerPage:
        visitor.page.goto(url)
        return cls(visitor)

    @classmethod
    def closed(cls, sheet: SheetPage, worker: object) -> LedgerPage:
        """Close the month; look at the progress while the worker is held up; the ledger that the page turns into."""
        with held_up(worker):
            sheet.close()
            expect(sheet.page.get_by_test_id("waiting")).to_contain_text("正在后台编制")
            expect(sheet.page.get_by_test_id("progress")).to_contain_text("0 /")
        return cls(sheet.visitor)

    def state(self, words: str) -> None:
        expect(self.page.get_by_test_id("ledger-state")).to_have_text(words)

    def act(self, label: str) -> None:
        """Do the step of the chain with this label."""
        self.page.get_by_test_id("steps").get_by_role("button", name=label).click()
        self.page.get_by_test_id("confirm").get_by_role("button").last.click()
        self.visitor.told(f"已办理“{label}”")

    def cannot(self, label: str) -> None:
        expect(self.page.get_by_test_id("steps").get_by_role("button", name=label)).to_have_count(0)

    def done(self, label: str) -> None:
        """The step of the chain with this label has been done."""
        expect(self.page.get_by_test_id("steps").locator("li.is-done", has_text=label)).to_be_visible()

    def line(self, name: str) -> Locator:
        return self.page.get_by_test_id("ledger-lines").locator(
            "tbody tr", has=self.page.get_by_role("rowheader", name=name)
        )

    def days(self, name: str) -> dict[str, str]:
        """{head: cell} of a person's line, as shown."""
        heads = self.page.get_by_test_id("ledger-lines").locator("thead th").all_inner_texts()
        cells = self.line(name).locator("th, td").all_inner_texts()
        return {head.strip(): " ".join(cell.split()) for head, cell in zip(heads, cells, strict=True)}

    def send_back(self, name: str, remark: str) -> None:
        """Return the ledger with a remark on one person's line."""
        self.page.get_by_label(f"对{name}的审核意见").fill(remark)
        self.page.get_by_role("button", name="退回更正").click()
        self.visitor.told("已退回")

    def accept(self) -> None:
        self.page.get_by_role("button", name="审核通过").click()
        self.visitor.told("已审核通过，并反馈派出单位")

    def remarked(self, name: str, remark: str) -> None:
        expect(self.page.get_by_test_id("remarks")).to_contain_text(re.compile(rf"{name}.*{remark}", re.DOTALL))

    def reopen(self, reason: str) -> SheetPage:
        """Open the month again, with the reason; the sheet that one is led to."""
        self.page.get_by_label("原因（必填）").fill(reason)
        self.visitor.agree("重新打开")
        return SheetPage(self.visitor)

    def trace(self, name: str, figure: str) -> Locator:
        """Open the trace behind a figure of a person's line."""
        self.line(name).get_by_role("link", name=figure, exact=True).click()
        return self.page.locator("#trace").get_by_test_id("trace")

    def version(self, number: int) -> LedgerPage:
        self.page.get_by_role("link", name=f"第{number}版").click()
        self.page.wait_for_load_state()
        return LedgerPage(self.visitor)
