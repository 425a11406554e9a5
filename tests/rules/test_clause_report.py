"""The plugin that says which clauses are proven, run on small suites of its own."""

import json

import pytest

pytest_plugins = ["pytester"]

ARGUMENTS = ("-p", "no:django", "-p", "tests.clause_report", "-p", "no:cacheprovider")
TWO = """
import pytest
@pytest.mark.clause("XX-1", "XX-2")
def test_one():
    assert True
@pytest.mark.clause("XX-2")
@pytest.mark.parametrize("n", [1, 2])
def test_two(n):
    assert n {operator} 2
"""


@pytest.fixture
def suite(pytester):
    """An empty suite with a catalogue of three clauses."""
    pytester.makeini("[pytest]\nmarkers = clause(*ids): proves\n")
    folder = pytester.mkdir("fixtures") / "clauses"
    folder.mkdir()
    (folder / "xx.yaml").write_text("clauses:\n- id: XX-1\n- id: XX-2\n- id: XX-3\n", "utf-8")
    return pytester


def report(suite):
    return json.loads((suite.path / "var" / "clauses" / "report.json").read_text("utf-8"))


def test_only_tests_that_passed_are_reported(suite):
    suite.makepyfile(test_a=TWO.format(operator="<"))
    suite.runpytest(*ARGUMENTS).assert_outcomes(passed=2, failed=1)
    assert report(suite) == {
        "XX-1": ["test_a.py::test_one"],
        "XX-2": ["test_a.py::test_one", "test_a.py::test_two[1]"],
    }


def test_a_later_run_replaces_what_it_ran_and_keeps_the_rest(suite):
    suite.makepyfile(
        test_a=TWO.format(operator="<="), test_b="import pytest\n@pytest.mark.clause('XX-3')\ndef test(): pass\n"
    )
    suite.runpytest(*ARGUMENTS).assert_outcomes(passed=4)
    suite.makepyfile(test_a=TWO.format(operator="=="))
    suite.runpytest(*ARGUMENTS, "test_a.py").assert_outcomes(passed=2, failed=1)
    assert report(suite)["XX-2"] == ["test_a.py::test_one", "test_a.py::test_two[2]"]
    assert report(suite)["XX-3"] == ["test_b.py::test"]


def test_a_test_that_is_gone_no_longer_proves_anything(suite):
    suite.makepyfile(
        test_a=TWO.format(operator="<="), test_b="import pytest\n@pytest.mark.clause('XX-3')\ndef test(): pass\n"
    )
    suite.runpytest(*ARGUMENTS)
    suite.makepyfile(test_a="import pytest\n@pytest.mark.clause('XX-1')\ndef test_new(): pass\n")
    (suite.path / "test_b.py").unlink()
    suite.runpytest(*ARGUMENTS)
    assert report(suite) == {"XX-1": ["test_a.py::test_new"]}


def test_running_one_test_of_a_file_keeps_the_others_of_it(suite):
    suite.makepyfile(test_a=TWO.format(operator="<="))
    suite.runpytest(*ARGUMENTS)
    suite.runpytest(*ARGUMENTS, "test_a.py::test_one")
    assert len(report(suite)["XX-2"]) == 3


@pytest.mark.parametrize(
    "body",
    [
        "    pytest.skip('later')",
        "    pytest.xfail('known')",
        "    assert False",
        "    raise RuntimeError",
    ],
)
def test_a_skipped_failing_or_excused_test_covers_nothing(suite, body):
    suite.makepyfile(test_a=f"import pytest\n@pytest.mark.clause('XX-1')\ndef test():\n{body}\n")
    suite.runpytest(*ARGUMENTS)
    assert report(suite) == {}


def test_a_test_whose_fixture_fails_afterwards_covers_nothing(suite):
    suite.makepyfile(
        test_a="""
        import pytest
        @pytest.fixture
        def broken():
            yield
            raise RuntimeError
        @pytest.mark.clause('XX-1')
        def test(broken):
            pass
        """
    )
    suite.runpytest(*ARGUMENTS)
    assert report(suite) == {}


def test_a_clause_that_does_not_exist_stops_the_run(suite):
    suite.makepyfile(test_a="import pytest\n@pytest.mark.clause('XX-4')\ndef test(): pass\n")
    found = suite.runpytest(*ARGUMENTS)
    assert found.ret == pytest.ExitCode.USAGE_ERROR
    found.stderr.fnmatch_lines(["*test_a.py::test: no such clause: XX-4*"])
