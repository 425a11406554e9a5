"""Somebody with a browser: logs in, goes to places, and notes whatever goes wrong in the page."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, Request, Response, expect

PASSWORD = "Zhucun-demo-2026"
SCREEN = {"width": 1366, "height": 768}
PHONE = {"width": 375, "height": 740}
PATIENCE_MS = 20_000
TABS = 60  # more than any page here has before its content ends


class Visitor:
    """One person in one browser, logged in through the form.

    `troubles` collects console errors (refusals of the content security policy are among them), uncaught
    exceptions, answers of 500 and more, and requests that leave the host.
    """

    def __init__(self, browser: Browser, url: str, name: str, *, screen: dict[str, int] | None = None) -> None:
        self.name = name
        self.url = url
        self.troubles: list[str] = []
        self.expected: list[str] = []  # console lines with one of these words are no trouble
        self.context = browser.new_context(base_url=url, viewport=screen or SCREEN, locale="zh-CN")
        self.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=url)
        self.page = self.context.new_page()
        self.page.set_default_timeout(PATIENCE_MS)
        self._watch(self.page)
        self._log_in()

    def _watch(self, page: Page) -> None:
        page.on("console", lambda line: self._note(f"console: {line.text}") if line.type == "error" else None)
        page.on("pageerror", lambda error: self._note(f"exception: {error}"))
        page.on("request", self._leaving)
        page.on("response", self._broken)

    def _note(self, trouble: str) -> None:
        if any(words in trouble for words in self.expected):
            return
        self.troubles.append(f"{self.page.url}: {trouble}")

    def _leaving(self, request: Request) -> None:
        if not request.url.startswith((self.url, "data:", "blob:")):
            self._note(f"leaves the host: {request.url}")

    def _broken(self, response: Response) -> None:
        if response.status >= 500:
            self._note(f"{response.status} from {response.url}")

    def _log_in(self) -> None:
        self.page.goto("/login/")
        self.page.get_by_label("用户名").fill(self.name)
        self.page.get_by_label("密码").fill(PASSWORD)
        self.page.get_by_role("button", name="登录").click()
        expect(self.page.get_by_role("heading", name="今日待办")).to_be_visible()

    def desk(self, work: str | re.Pattern[str]) -> Page:
        """From 今日待办 to the place where this piece of work is done."""
        self.page.goto("/")
        self.page.get_by_role("link", name=work).first.click()
        return self.page

    def agree(self, button: str) -> None:
        """Press a button and agree to what it asks."""
        self.page.get_by_role("button", name=button, exact=True).first.click()
        self.page.get_by_test_id("confirm").get_by_role("button").last.click()

    def told(self, words: str | re.Pattern[str]) -> None:
        """The page says this in its messages."""
        expect(self.page.locator("#messages")).to_contain_text(words)

    def tab_to(self, selector: str) -> None:
        """Press Tab until the focus is on what `selector` names; an AssertionError when it is never reached."""
        for _ in range(TABS):
            self.page.keyboard.press("Tab")
            if self.page.evaluate("selector => document.activeElement.matches(selector)", selector):
                return
        raise AssertionError(f"the Tab key does not reach {selector}")

    def fits(self) -> None:
        """Nothing on the page is wider than the screen."""
        wide = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{self.page.url} is {wide} px too wide"

    def shot(self, path: Path, **options: Any) -> None:
        self.page.screenshot(path=path, **options)

    def leave(self) -> None:
        self.context.close()
