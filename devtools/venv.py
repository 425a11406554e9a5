"""The virtual environment: made with uv from the hashed lock, or with pip where uv cannot be had."""

import hashlib
import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

from devtools.commands import quiet, works
from devtools.debian import unpack
from devtools.places import ROOT, VAR, VENV, Command, DevError, python, say

RUN_LOCK = ROOT / "requirements.txt"
TEST_LOCK = ROOT / "requirements-test.txt"
UV_LOCK = ROOT / "devtools" / "uv.txt"
UV_HOME = VAR / "uv"


def ensure(*, tests: bool) -> None:
    """Bring .venv to the lock (with `tests`, to both locks).  Already there: nothing happens."""
    locks = [RUN_LOCK, TEST_LOCK] if tests else [RUN_LOCK]
    if usable() and all(stamp(lock).exists() for lock in locks):
        return
    say("正在准备 Python 环境（.venv）……")
    uv = find_uv()
    if not usable():
        make(uv)
    for lock in locks:
        if not stamp(lock).exists():
            install(uv, lock)
            for old in VENV.glob(f"{lock.stem}-*.installed"):
                old.unlink()
            stamp(lock).touch()


def usable() -> bool:
    """Whether .venv has an interpreter that runs here and is new enough (a moved or copied one is not)."""
    if not python().exists():
        return False
    try:
        done = subprocess.run(
            [python(), "-c", "import sys; print(sys.version_info >= (3, 11), sys.prefix)"],
            capture_output=True,
            text=True,
            check=False,
        )
    except OSError:
        return False
    return done.stdout.strip() == f"True {VENV}"


def stamp(lock: Path) -> Path:
    """The file that says this very lock is installed."""
    digest = hashlib.sha256(lock.read_bytes()).hexdigest()[:16]
    return VENV / f"{lock.stem}-{digest}.installed"


def find_uv() -> Path | None:
    """uv: the one on PATH, else the pinned one under var/uv (installed there with pip); None when it cannot be had."""
    on_path = shutil.which("uv")
    if on_path and works([on_path, "--version"]):
        return Path(on_path)
    ours = UV_HOME / "bin" / "uv"
    if ours.exists() and works([str(ours), "--version"]):
        return ours
    try:
        quiet(
            [*pip(), "install", "--quiet", "--target", UV_HOME, "--upgrade", "--require-hashes", "-r", UV_LOCK],
            what="安装 uv",
        )
    except DevError as error:
        say(f"没有 uv，改用 pip（慢一些）。{str(error).splitlines()[-1]}")
        return None
    return ours if works([str(ours), "--version"]) else None


def uv_env() -> dict[str, str]:
    """uv with the machine's certificates, as pip and curl use them: a site may have an authority of its own."""
    return {"UV_SYSTEM_CERTS": "1", "UV_NATIVE_TLS": "1", **os.environ}


def pip() -> Command:
    """The command of some pip: this Python's, else the wheel that Debian ships, unpacked under var/."""
    if works([sys.executable, "-m", "pip", "--version"]):
        return [sys.executable, "-m", "pip"]
    home = VAR / "pip"
    if works([sys.executable, "-m", "ensurepip", "--version"]):
        if not (home / "bin" / "python").exists():
            quiet([sys.executable, "-m", "venv", home], what="准备 pip")
        return [home / "bin" / "python", "-m", "pip"]
    wheels = sorted(home.glob("usr/share/python-wheels/pip-*.whl"))
    if not wheels:
        unpack(["python3-pip-whl"], home)
        wheels = sorted(home.glob("usr/share/python-wheels/pip-*.whl"))
    if not wheels:
        raise DevError("这个 Python 没有 pip：请 apt-get install python3-venv。")
    return [sys.executable, f"{wheels[-1]}/pip"]


def make(uv: Path | None) -> None:
    """A fresh, empty .venv in place of whatever is there."""
    shutil.rmtree(VENV, ignore_errors=True)
    if uv:
        quiet([uv, "venv", "--quiet", "--python", sys.executable, VENV], what="建立虚拟环境")
    else:
        quiet([sys.executable, "-m", "venv", "--without-pip", VENV], what="建立虚拟环境")


def install(uv: Path | None, lock: Path) -> None:
    """Install one lock, every file checked against its hash."""
    if uv:
        try:
            quiet(
                [uv, "pip", "install", "--quiet", "--python", python(), "--require-hashes", "-r", lock],
                what=f"安装 {lock.name}",
                env=uv_env(),
            )
        except DevError as error:
            # A site may reach its package index by pip's settings alone.
            say(f"uv 没有装成，改用 pip。{str(error).splitlines()[-1]}")
        else:
            return
    command = [*pip(), "--python", python(), "install", "--quiet", "--disable-pip-version-check"]
    quiet([*command, "--require-hashes", "-r", lock], what=f"安装 {lock.name}")


def platform_note() -> str:
    """Interpreter and platform in one line, for `doctor`."""
    return f"Python {sys.version.split()[0]}（{sysconfig.get_platform()}）"
