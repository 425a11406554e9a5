"""A telephone in somebody's hand: what is pressed on it is counted."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from tests.e2e.visitor import Visitor


class Phone:
    """Everything that has to be pressed since 今日待办 was opened; typing and choosing in a field are no taps."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor = visitor
        self.page: Page = visitor.page
        self.taps = 0

    def open(self) -> None:
        """Open the site anew: the count begins here."""
        self.page.goto("/")
        self.taps = 0
        self.visitor.fits()

    def tap(self, what: Locator) -> None:
        """Press something that can be seen and that a finger can hit."""
        expect(what).to_be_visible()
        box = what.bounding_box()
        assert box and box["height"] >= 24, f"too small for a finger: {box}"
        what.click()
        self.taps += 1

    def link(self, name: str) -> None:
        self.tap(self.page.get_by_role("main").get_by_role("link", name=name).first)

    def button(self, name: str) -> None:
        self.tap(self.page.get_by_role("main").get_by_role("button", name=name, exact=True).first)

    def menu(self, place: str) -> None:
        """Two taps: the menu and a place in it."""
        self.tap(self.page.get_by_role("button", name="菜单"))
        self.tap(self.page.get_by_role("navigation").get_by_role("link", name=place, exact=True))
