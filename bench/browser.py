"""Painting the sheet in Chromium: from the address to a grid one can type in."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

from playwright.sync_api import Page, ViewportSize, sync_playwright

from apps.core.months import Month
from bench.ground import Scale
from bench.measure import Figure, paired
from bench.web import Site, Visitor
from devtools import system

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
SCREEN = ViewportSize(width=1366, height=768)


def painted(scale: Scale, ours: Site, floor: Site, clerk: Visitor, *, area: str, month: Month) -> Iterator[Figure]:
    """The sheet's page against the grid library alone with the same cells; nothing without a Chromium."""
    path = system.browser()
    if path is None:
        return
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # playwright keeps an event loop in this thread
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        context = browser.new_context(viewport=SCREEN, locale="zh-CN")
        context.add_cookies(
            [
                {"name": "sessionid", "value": clerk.session, "url": ours.url},
                {"name": "csrftoken", "value": clerk.csrf, "url": ours.url},
            ]
        )
        page = context.new_page()
        page.set_default_timeout(60_000)
        yield paired(
            "sheet_paint",
            _going(page, f"{ours.url}/sheet/{area}/{month}/"),
            _going(page, f"{floor.url}/grid/{area}/{month}"),
            target=2.5,
            n=scale.runs,
            note="从地址到可以登记，Chromium",
        )
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


def _going(page: Page, address: str) -> Callable[[], None]:
    def run() -> None:
        page.goto(address, wait_until="commit")
        page.wait_for_selector("[data-ready]", state="attached")

    return run
