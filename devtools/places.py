"""Where things lie: the project, its virtual environment, and the folders under var/."""

import fcntl
import os
from collections.abc import Sequence
from pathlib import Path
from typing import IO

ROOT = Path(__file__).resolve().parent.parent
VAR = ROOT / "var"
VENV = ROOT / ".venv"
SIDE_BY_SIDE = 9  # how many test runs may go on side by side


class DevError(Exception):
    """Something a developer can put right; the text says how.  `dev` prints it and ends with 1."""


def say(text: str) -> None:
    """One line for the person at the terminal."""
    print(text, flush=True)


def python() -> Path:
    """The virtual environment's interpreter (it may not exist yet)."""
    return VENV / "bin" / "python"


def site_packages() -> Path:
    """The virtual environment's package folder.  Raises DevError before `up` has made it."""
    found = sorted(VENV.glob("lib/python3*/site-packages"))
    if not found:
        raise DevError("还没有虚拟环境，请先运行 python3 dev up 或 python3 dev test。")
    return found[-1]


def private_folder(folder: Path) -> Path:
    """The folder, made if need be, readable by its owner alone."""
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    return folder


def private_file(path: Path, text: str) -> None:
    """Write a file that only its owner may read; replaced in one step."""
    fresh = path.with_name(path.name + ".new")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
    fresh.replace(path)


Command = Sequence[str | Path]


class Slot:
    """A folder under var/ that one running `dev` holds, with its data, secrets, logs and pid files.

    The lock is the operating system's, so a killed `dev` never leaves it behind.
    """

    def __init__(self, folder: Path, lock: IO[str]) -> None:
        self.folder = folder
        self._lock = lock

    @classmethod
    def take(cls, name: str) -> "Slot | None":
        """Hold var/<name>, or None when another `dev` holds it."""
        folder = private_folder(VAR / name)
        lock = (folder / "lock").open("a", encoding="utf-8")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.close()
            return None
        return cls(folder, lock)

    @classmethod
    def wait(cls, name: str) -> "Slot":
        """Hold var/<name>, after whoever holds it now."""
        folder = private_folder(VAR / name)
        lock = (folder / "lock").open("a", encoding="utf-8")
        fcntl.flock(lock, fcntl.LOCK_EX)
        return cls(folder, lock)

    @classmethod
    def take_test(cls) -> "Slot":
        """The first free test folder: var/test, var/test-2, …  Raises DevError when all are taken."""
        for number in range(1, SIDE_BY_SIDE + 1):
            slot = cls.take("test" if number == 1 else f"test-{number}")
            if slot:
                return slot
        raise DevError(f"已有 {SIDE_BY_SIDE} 个测试在运行，请稍后再试，或运行 python3 dev down。")

    def release(self) -> None:
        """Let another `dev` have the folder; twice does no harm."""
        self._lock.close()

    def __enter__(self) -> "Slot":
        return self

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        self.release()
