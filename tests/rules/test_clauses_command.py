"""`manage.py clauses` on the shipped packs and a report written for the test."""

import json
import shutil
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests.rules.conftest import FIXTURES


@pytest.fixture
def project(tmp_path, settings):
    """A project folder with the shipped catalogue and packs and no report yet."""
    settings.BASE_DIR = tmp_path
    for part in ("clauses", "rules"):
        shutil.copytree(FIXTURES / part, tmp_path / "fixtures" / part)
    (
        tmp_path / "fixtures" / "rules" / "kunming" / "counters.yaml"
    ).unlink()  # what KM-15-5 rests on, so that one is bare
    (tmp_path / "fixtures" / "rules" / "kunming" / "ladders.yaml").unlink()
    return tmp_path


def write_report(project, report):
    folder = project / "var" / "clauses"
    folder.mkdir(parents=True)
    (folder / "report.json").write_text(json.dumps(report), "utf-8")


def run(*arguments):
    out = StringIO()
    call_command("clauses", *arguments, stdout=out)
    return out.getvalue()


def test_without_a_report_it_runs_nothing_and_says_so(project):
    with pytest.raises(CommandError, match=r"还没有测试报告.*本命令不运行测试"):
        run()


def test_as_json_it_lists_what_is_cited_and_what_is_covered(project):
    write_report(project, {"TW-13-2": ["tests/rules/test_tongwei.py::test_x"]})
    found = json.loads(run("--json"))
    assert (len(found["clauses"]), found["total"]["clauses"], found["total"]["covered"]) == (628, 628, 1)
    (clause,) = [entry for entry in found["clauses"] if entry["id"] == "TW-13-2"]
    assert clause["covered"] == ["tests/rules/test_tongwei.py::test_x"]
    assert clause["cited"][0] == "tongwei.presence.stationed_days"
    assert set(clause) == {"id", "pack", "topic", "kind", "cited", "covered"}


def test_filters_take_lists_parted_by_commas(project):
    write_report(project, {})
    found = json.loads(run("--json", "--pack", "kunming,yulin", "--topic=attendance", "--kind", "threshold,formula"))
    assert {entry["id"] for entry in found["clauses"]} == {"KM-9-2", "KM-15-5", "KM-15-6", "YL-7.2.3-1", "YL-7.2.3-2"}


def test_missing_lists_only_what_lacks_a_rule_or_a_test(project):
    write_report(project, {"KM-15-6": ["t"], "KM-15-5": ["t"]})
    text = run("--missing", "--pack", "kunming", "--topic", "attendance", "--kind", "threshold")
    assert [line.split()[0] for line in text.splitlines()[1:]] == ["KM-9-2", "KM-15-5", "共"]
    found = json.loads(run("--missing", "--json", "--pack", "kunming", "--kind", "threshold", "--topic", "attendance"))
    assert [entry["id"] for entry in found["clauses"]] == ["KM-9-2", "KM-15-5"]


def test_the_table_has_a_row_for_every_pack_and_kind_and_the_totals(project):
    write_report(project, {"KM-9-2": ["t"]})
    lines = run("--pack", "kunming", "--topic", "attendance").splitlines()
    assert [line.split()[:5] for line in lines[1:-1]] == [
        ["kunming", "record", "2", "2", "0"],
        ["kunming", "threshold", "3", "2", "1"],
        ["kunming", "document", "1", "1", "0"],
        ["kunming", "workflow", "4", "4", "0"],
        ["合计", "10", "9", "1"],
    ]
    assert lines[2].split()[5:] == ["KM-15-5", "KM-15-6"]
