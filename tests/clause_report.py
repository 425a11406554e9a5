"""pytest plugin: which passing tests prove which clauses, kept in `var/clauses/report.json`.

A test names its clauses with `@pytest.mark.clause("XX-1-1", ...)`.  The report is clause id → ids of tests
that passed when they last ran.  A run replaces what it ran: a test that failed, was skipped or was expected
to fail loses its entries, tests that did not run keep theirs, and tests gone from a collected file are dropped.
An id that the catalogue does not hold is an error, or a misspelt mark would prove nothing in silence.
"""

from __future__ import annotations

import json
import re
from collections.abc import Generator
from pathlib import Path

import pytest

REPORT = Path("var", "clauses", "report.json")
CATALOGUE = Path("fixtures", "clauses")


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(ClauseReport(config), "clause-report")


class ClauseReport:
    """What one session learns about the marked tests."""

    def __init__(self, config: pytest.Config) -> None:
        self.path = config.rootpath / REPORT
        self.known = clause_ids(config.rootpath / CATALOGUE)
        self.whole_files = not any("::" in argument for argument in config.invocation_params.args)
        self.marked: dict[str, list[str]] = {}
        self.passed: dict[str, bool] = {}
        self.files: set[str] = set()

    def pytest_itemcollected(self, item: pytest.Item) -> None:
        self.files.add(item.nodeid.partition("::")[0])
        self.marked[item.nodeid] = sorted({name for mark in item.iter_markers("clause") for name in mark.args})

    def pytest_collection_modifyitems(self) -> None:
        for test, clauses in self.marked.items():
            if unknown := [name for name in clauses if name not in self.known]:
                raise pytest.UsageError(f"{test}: no such clause: {', '.join(unknown)}")

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self, item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        report = yield
        good = report.passed and not hasattr(report, "wasxfail")
        self.passed[item.nodeid] = good and self.passed.get(item.nodeid, True)
        return report

    def pytest_sessionfinish(self) -> None:
        if not self.passed:
            return
        kept = merged(read_report(self.path), self.marked, self.passed)
        if self.whole_files:
            kept = {name: [test for test in tests if not self.is_gone(test)] for name, tests in kept.items()}
        self.path.parent.mkdir(parents=True, exist_ok=True)
        written = json.dumps({name: tests for name, tests in sorted(kept.items()) if tests}, indent=1)
        self.path.write_text(written + "\n", "utf-8")

    def is_gone(self, test: str) -> bool:
        """Whether its file was collected without it, or is no longer there."""
        file = test.partition("::")[0]
        if file in self.files:
            return test not in self.marked
        return not (self.path.parents[2] / file).exists()


def merged(before: dict[str, list[str]], marked: dict[str, list[str]], passed: dict[str, bool]) -> dict[str, list[str]]:
    """The report after a run: what ran replaces what was known of it."""
    after = {name: {test for test in tests if test not in passed} for name, tests in before.items()}
    for test, good in passed.items():
        for name in marked[test] if good else ():
            after.setdefault(name, set()).add(test)
    return {name: sorted(tests) for name, tests in after.items()}


def read_report(path: Path) -> dict[str, list[str]]:
    """The last report, empty where there is none yet."""
    return json.loads(path.read_text("utf-8")) if path.exists() else {}


def clause_ids(folder: Path) -> set[str]:
    """Every id of the catalogue, read as text: the suite should not pay for parsing it."""
    pattern = re.compile(r"^- id: *(\S+)$", re.MULTILINE)
    return {found for file in folder.glob("*.yaml") for found in pattern.findall(file.read_text("utf-8"))}
