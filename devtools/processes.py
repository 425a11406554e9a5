"""Child processes: started so that they die with `dev`, written down so that `down` finds them."""

import ctypes
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

from devtools.places import Command, DevError, private_folder

PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None


def free_port(wanted: int = 0) -> int:
    """`wanted` when nothing listens there, else some free port of the loopback address."""
    for port in (wanted, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise DevError("本机没有可用的端口。")


def started_at(pid: int) -> str | None:
    """When the kernel started this process, as an opaque word; None when there is no such process.

    Together with the pid it names one process for good, though pids are used again.
    """
    if sys.platform == "linux":
        try:
            stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
        except OSError:
            return None
        fields = stat.rpartition(")")[2].split()
        return None if fields[0] in "ZX" else fields[19]
    out = subprocess.run(["ps", "-o", "lstart=", "-p", str(pid)], capture_output=True, text=True, check=False).stdout
    return out.strip() or None


def command_line(pid: int) -> str:
    """The process's command line, '' when it cannot be read."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        return ""


def die_with_parent(number: int = signal.SIGTERM) -> Callable[[], None]:
    """What a child does before it becomes the program: ask the kernel for `number` when `dev` dies."""
    parent = os.getpid()

    def ask() -> None:
        if _LIBC is not None:
            _LIBC.prctl(PR_SET_PDEATHSIG, number, 0, 0, 0)
            if os.getppid() != parent:  # `dev` died between fork and here
                os._exit(1)

    return ask


class Child:
    """One program that `dev` started, in its own session, with its output in a log file."""

    def __init__(self, name: str, process: "subprocess.Popen[bytes]", record: Path, log: Path, end: int) -> None:
        self.name = name
        self.process = process
        self.log = log
        self._record = record
        self._end = end
        self._asked = False

    @classmethod
    def start(
        cls,
        folder: Path,
        name: str,
        command: Command,
        *,
        env: Mapping[str, str],
        cwd: Path,
        end: int = signal.SIGTERM,
        orphan: int | None = None,
    ) -> "Child":
        """Start `command`; `end` is the signal that stops it kindly, `orphan` the one it gets when `dev` is killed."""
        log = private_folder(folder / "logs") / f"{name}.log"
        record = private_folder(folder / "pids") / f"{name}.json"
        with log.open("wb") as output:
            process = subprocess.Popen(
                [str(part) for part in command],
                env=dict(env),
                cwd=cwd,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=die_with_parent(orphan or end),
            )
        record.write_text(json.dumps({"pid": process.pid, "started": started_at(process.pid), "end": int(end)}))
        return cls(name, process, record, log, end)

    def running(self) -> bool:
        """Whether the program still runs."""
        return self.process.poll() is None

    def ask(self) -> None:
        """Ask it to end, once, and do not wait."""
        if self.running() and not self._asked:
            self._asked = True
            self.process.send_signal(self._end)

    def stop(self, patience: float = 20.0) -> None:
        """Stop kindly, then by force; twice does no harm."""
        self.ask()
        if self.running():
            try:
                self.process.wait(patience)
            except subprocess.TimeoutExpired:
                kill_group(self.process.pid, signal.SIGKILL)
                self.process.wait(5)
        self._record.unlink(missing_ok=True)

    def wait_until(self, ready: Callable[[], bool], seconds: float) -> None:
        """Return when `ready()`; raises DevError with the log's tail when the program ends or takes longer."""
        limit = time.monotonic() + seconds
        while not ready():
            if not self.running():
                raise DevError(f"{self.name} 没有启动成功（日志 {self.log}）：\n{self.tail()}")
            if time.monotonic() > limit:
                raise DevError(f"{self.name} {seconds:.0f} 秒内没有就绪（日志 {self.log}）：\n{self.tail()}")
            time.sleep(0.05)

    def tail(self, lines: int = 15) -> str:
        """The last lines of its output."""
        return "\n".join(self.log.read_text(encoding="utf-8", errors="replace").splitlines()[-lines:])


def kill_group(pid: int, number: int) -> None:
    """Signal a whole process group; none left is fine."""
    with suppress(ProcessLookupError):
        os.killpg(pid, number)


def gone(pid: int, started: str | None, seconds: float) -> bool:
    """Whether that very process is gone within `seconds`."""
    limit = time.monotonic() + seconds
    while started_at(pid) == started:
        if time.monotonic() > limit:
            return False
        time.sleep(0.05)
    return True


def sweep(folder: Path) -> list[str]:
    """End whatever a dead `dev` left running in this folder; the names of what was ended."""
    ended = []
    for record in sorted((folder / "pids").glob("*.json")):
        try:
            known = json.loads(record.read_text())
        except ValueError:  # killed while writing it
            record.unlink()
            continue
        pid, started = known["pid"], known["started"]
        if started and started_at(pid) == started:
            os.kill(pid, known["end"])
            if not gone(pid, started, 10):
                kill_group(pid, signal.SIGKILL)
            ended.append(record.stem)
        record.unlink()
    return ended


def answers(port: int) -> bool:
    """Whether something accepts connections at this port of the loopback address."""
    with socket.socket() as probe:
        probe.settimeout(0.5)
        return probe.connect_ex(("127.0.0.1", port)) == 0
