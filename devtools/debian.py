"""Debian packages without root: fetched with apt-get, unpacked under var/, never installed."""

import os
import shutil
from pathlib import Path

from devtools.commands import is_root, quiet
from devtools.places import VAR, DevError, private_folder

APT = VAR / "apt"
# Without a network a developer waits seconds, not minutes.
IMPATIENT = ["-o", "Acquire::http::Timeout=15", "-o", "Acquire::https::Timeout=15", "-o", "Acquire::Retries=1"]


def available() -> bool:
    """Whether this is a machine with apt-get and dpkg."""
    return bool(shutil.which("apt-get") and shutil.which("dpkg"))


def install(packages: list[str]) -> None:
    """As root: install packages, refreshing the lists when they are missing.  Raises DevError."""
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    command = ["apt-get", *IMPATIENT, "install", "-y", "-qq", "--no-install-recommends", *packages]
    try:
        quiet(command, what=f"apt-get install {' '.join(packages)}", env=env)
    except DevError:
        quiet(["apt-get", *IMPATIENT, "update", "-qq"], what="apt-get update", env=env)
        quiet(command, what=f"apt-get install {' '.join(packages)}", env=env)


def unpack(packages: list[str], target: Path) -> None:
    """Fetch exactly these packages and unpack them into `target`.  Raises DevError."""
    if not available():
        raise DevError(f"这台机器没有 apt-get，无法取得 {' '.join(packages)}。")
    folder = private_folder(APT / "debs")
    for old in folder.glob("*.deb"):
        old.unlink()
    command = ["apt-get", *_options(), "download", *packages]
    try:
        quiet(command, what=f"apt-get download {' '.join(packages)}", cwd=folder)
    except DevError:
        quiet(["apt-get", *_options(), "update", "-qq"], what="apt-get update")
        quiet(command, what=f"apt-get download {' '.join(packages)}", cwd=folder)
    target.mkdir(parents=True, exist_ok=True)
    for deb in sorted(folder.glob("*.deb")):
        quiet(["dpkg", "-x", deb, target], what=f"解开 {deb.name}")
        deb.unlink()


def missing(packages: list[str]) -> list[str]:
    """These packages and all they need, less what the machine already has.  Raises DevError."""
    command = ["apt-get", *_options(), "install", "--no-install-recommends", "--print-uris", "-qq", "-y", *packages]
    try:
        out = quiet(command, what="apt-get --print-uris")
    except DevError:
        quiet(["apt-get", *_options(), "update", "-qq"], what="apt-get update")
        out = quiet(command, what="apt-get --print-uris")
    # 'http://…/libpango-1.0-0_1.50_amd64.deb' libpango-1.0-0_1.50_amd64.deb 12345 SHA256:…
    return [line.split()[1].split("_")[0] for line in out.splitlines() if line.startswith("'")]


def _options() -> list[str]:
    """An unprivileged user keeps lists and cache of his own; the machine's dpkg status is only read."""
    if is_root():
        return IMPATIENT
    lists, cache = private_folder(APT / "lists"), private_folder(APT / "cache")
    private_folder(lists / "partial")
    private_folder(cache / "archives" / "partial")
    # apt reads the value as its own syntax, in which a space needs no quoting here.
    return [
        *IMPATIENT,
        *("-o", f"Dir::State::Lists={lists}"),
        *("-o", f"Dir::Cache={cache}"),
        *("-o", "Debug::NoLocking=true"),
        *("-o", "APT::Sandbox::User="),
    ]
