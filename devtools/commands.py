"""Running a program to its end, in front or quietly."""

import os
import shutil
import subprocess
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from devtools.places import ROOT, Command, DevError
from devtools.processes import die_with_parent


def quiet(
    command: Command, *, what: str, env: Mapping[str, str] | None = None, cwd: Path = ROOT, seconds: float = 900
) -> str:
    """Run a program and return what it printed.  Raises DevError, naming `what` was tried, when it fails."""
    words = [str(part) for part in command]
    try:
        done = subprocess.run(
            words,
            env=dict(env) if env is not None else None,
            cwd=cwd,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=seconds,
            check=False,
            preexec_fn=die_with_parent(),
        )
    except FileNotFoundError as error:
        raise DevError(f"{what}：找不到命令 {words[0]}。") from error
    except subprocess.TimeoutExpired as error:
        raise DevError(f"{what}：{seconds:.0f} 秒内没有完成。") from error
    if done.returncode:
        raise DevError(f"{what}失败（{' '.join(words[:6])} …）：\n{done.stdout[-2500:].strip()}")
    return done.stdout


def front(command: Command, *, env: Mapping[str, str], cwd: Path = ROOT) -> int:
    """Run a program with the terminal as its own; its exit status.

    When `dev` is told to stop, the program gets time to clean up: Ctrl-C has reached it already,
    any other ending is passed on.
    """
    process = subprocess.Popen(
        [str(part) for part in command],
        env=dict(env),
        cwd=cwd,
        preexec_fn=die_with_parent(),
    )
    try:
        return process.wait()
    finally:
        for ending, patience in ((None, 3), (process.terminate, 20), (process.kill, 5)):
            if process.poll() is not None:
                break
            if ending:
                ending()
            with suppress(subprocess.TimeoutExpired):
                process.wait(patience)


def works(command: list[str]) -> bool:
    """Whether a command exists and ends with 0."""
    if shutil.which(command[0]) is None:
        return False
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def is_root() -> bool:
    """Whether the machine's own package manager may be used to install."""
    return os.getuid() == 0
