"""A browser before the real site: web server, worker, database as the web role, broker."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from devtools import system
from devtools.processes import Child
from tests.e2e.programs import programs_start
from tests.e2e.visitor import Visitor

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE_MS = 20_000


FAILED = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Remember that a walk failed, so that pictures of all open pages are kept."""
    report = yield
    if report.when == "call":
        item.stash[FAILED] = report.failed
    return report


@dataclass(frozen=True)
class Site:
    """The running product."""

    url: str
    worker: Child


@pytest.fixture(scope="session")
def programs(process_env: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    web, worker, url = programs_start(tmp_path_factory.mktemp("site"), process_env)
    yield Site(url, worker)
    for child in (web, worker):
        child.stop(5)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """One browser per file.  Its event loop runs in this thread, so Django has to be told that this is meant."""
    path = system.browser()
    if path is None and os.environ.get("REQUIRE_BROWSER") == "1":
        pytest.fail("REQUIRE_BROWSER=1, but there is no Chromium on this machine (python3 dev doctor)")
    if path is None:
        pytest.skip("no Chromium on this machine (python3 dev doctor says how to get it)")
    expect.set_options(timeout=PATIENCE_MS)
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def site(programs: Site, chromium: Browser, committed_db: None) -> Site:
    """The site over the reference data and nothing else."""
    return programs


@pytest.fixture
def visit(
    site: Site, chromium: Browser, request: pytest.FixtureRequest, tmp_path: Path
) -> Iterator[Callable[..., Visitor]]:
    """`visit(name)` logs somebody in, in a browser of his own; at the end nothing may have gone wrong in any."""
    visitors: list[Visitor] = []

    def arrive(name: str, **options: object) -> Visitor:
        visitors.append(Visitor(chromium, site.url, name, **options))
        return visitors[-1]

    yield arrive
    troubles = [f"{visitor.name}: {trouble}" for visitor in visitors for trouble in visitor.troubles]
    for visitor in visitors:
        if request.node.stash.get(FAILED, False):
            visitor.shot(tmp_path / f"{visitor.name}.png")
            print(f"{visitor.name}: {visitor.page.url}, picture in {tmp_path}")
        visitor.leave()
    assert not troubles, "\n".join(dict.fromkeys(troubles))
