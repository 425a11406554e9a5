"""The parts of `dev` that decide something."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from devtools import places, processes
from devtools.places import DevError, Slot
from devtools.postgres import stop_server
from devtools.processes import Child, free_port, gone, started_at, sweep
from devtools.services import environment_of, secrets_of

ROOT = Path(__file__).resolve().parent.parent.parent
SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]


@pytest.fixture
def var(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(places, "VAR", tmp_path / "有 空格的 var")
    return places.VAR


def test_a_taken_port_is_not_given_out() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert free_port(port) not in (0, port)


def test_a_free_port_is_given_as_wanted() -> None:
    wanted = free_port()
    assert free_port(wanted) == wanted


def test_one_slot_is_held_by_one_dev_and_tests_take_the_next(var: Path) -> None:
    first = Slot.take("up")
    assert first is not None
    assert Slot.take("up") is None
    assert [Slot.take_test().folder.name for _ in range(1)] == ["test"]
    first.release()
    assert Slot.take("up") is not None
    assert var.stat().st_mode & 0o777


def test_two_test_runs_side_by_side_get_folders_of_their_own(var: Path) -> None:
    with Slot.take_test() as one, Slot.take_test() as two:
        assert (one.folder.name, two.folder.name) == ("test", "test-2")


def test_no_more_test_runs_than_there_are_folders(var: Path) -> None:
    held = [Slot.take_test() for _ in range(places.SIDE_BY_SIDE)]
    with pytest.raises(DevError, match="dev down"):
        Slot.take_test()
    for slot in held:
        slot.release()


def test_secrets_are_made_once_and_kept_from_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SECRET_KEY", "FIELD_KEY", "HASH_KEY"):
        monkeypatch.delenv(name, raising=False)
    first = secrets_of(tmp_path)
    assert secrets_of(tmp_path) == first
    assert (tmp_path / "secrets.json").stat().st_mode & 0o077 == 0
    monkeypatch.setenv("SECRET_KEY", "mine")
    assert secrets_of(tmp_path)["SECRET_KEY"] == "mine"


def test_without_a_running_dev_there_is_no_environment_to_borrow(tmp_path: Path) -> None:
    assert environment_of(tmp_path) is None


def test_a_child_that_ends_at_once_is_reported_with_its_last_words(tmp_path: Path) -> None:
    child = Child.start(
        tmp_path, "loser", [sys.executable, "-c", "raise SystemExit('端口被占')"], env=os.environ, cwd=tmp_path
    )
    with pytest.raises(DevError, match="端口被占"):
        child.wait_until(lambda: False, 20)
    child.stop()


def test_a_child_that_will_not_end_is_ended_by_force(tmp_path: Path) -> None:
    stubborn = (
        "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('ready', flush=True); time.sleep(60)"
    )
    child = Child.start(tmp_path, "stubborn", [sys.executable, "-c", stubborn], env=os.environ, cwd=tmp_path)
    child.wait_until(lambda: "ready" in child.tail(), 20)
    child.stop(patience=0.3)
    assert not child.running()
    assert list((tmp_path / "pids").iterdir()) == []


def test_what_a_dead_dev_left_running_is_swept(tmp_path: Path) -> None:
    child = Child.start(tmp_path, "left", SLEEP, env=os.environ, cwd=tmp_path)
    assert sweep(tmp_path) == ["left"]
    assert child.process.wait(5) != 0
    assert sweep(tmp_path) == []


def test_a_pid_that_now_names_another_program_is_left_alone(tmp_path: Path) -> None:
    with subprocess.Popen(SLEEP) as innocent:
        (tmp_path / "pids").mkdir()
        (tmp_path / "pids" / "web.json").write_text(f'{{"pid": {innocent.pid}, "started": "1", "end": 15}}')
        assert sweep(tmp_path) == []
        assert innocent.poll() is None
        innocent.kill()


def test_a_half_written_pid_file_is_thrown_away(tmp_path: Path) -> None:
    (tmp_path / "pids").mkdir()
    (tmp_path / "pids" / "web.json").write_text('{"pid": 12')
    assert sweep(tmp_path) == []
    assert list((tmp_path / "pids").iterdir()) == []


def test_a_stale_postmaster_pid_of_another_program_is_removed_and_the_program_spared(tmp_path: Path) -> None:
    (tmp_path / "postgres").mkdir()
    pidfile = tmp_path / "postgres" / "postmaster.pid"
    pidfile.write_text(f"{os.getpid()}\n/somewhere\n")
    assert stop_server(tmp_path) is False
    assert not pidfile.exists()


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's parent-death signal is Linux only")
def test_children_die_with_a_killed_dev(tmp_path: Path) -> None:
    code = (
        "import os, sys, time; from pathlib import Path; from devtools.processes import Child;"
        f"c = Child.start(Path({str(tmp_path)!r}), 'c', [sys.executable, '-c', 'import time; time.sleep(60)'],"
        f" env=os.environ, cwd=Path('/')); print(c.process.pid, flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, text=True) as dev:
        assert dev.stdout is not None
        pid = int(dev.stdout.readline())
        started = started_at(pid)
        assert started is not None
        time.sleep(0.2)  # the child asks for the signal before it becomes the program
        dev.send_signal(signal.SIGKILL)
        assert gone(pid, started, 5)


def test_a_process_that_ended_has_no_start() -> None:
    with subprocess.Popen(["true"]) as brief:
        brief.wait()
    assert started_at(brief.pid) is None


def test_an_unknown_verb_prints_the_list_and_fails() -> None:
    done = subprocess.run([sys.executable, "dev", "tset"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    for verb in ("up --check", "test", "bench", "manage", "shell", "down", "doctor"):
        assert verb in done.stdout


def test_dev_and_its_parts_need_the_standard_library_alone() -> None:
    code = "import sys; import devtools.verbs; print(sorted(m.split('.')[0] for m in sys.modules if m.split('.')[0] not in sys.stdlib_module_names))"
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", f"import sys; sys.path.insert(0, {str(ROOT)!r}); {code}"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert set(eval(done.stdout)) <= {"devtools", "__main__"}  # noqa: S307 - our own print


def test_nothing_answers_at_a_closed_port() -> None:
    assert processes.answers(free_port()) is False
