"""What PDF and browser tests need from the machine: pango, Chinese fonts, Chromium.

As root they are installed with apt-get; otherwise they are unpacked under var/ and found through the
environment.  Without them the product runs on, without PDF.
"""

import ctypes
import os
import platform
import shutil
import subprocess
import time
from pathlib import Path

from devtools import debian
from devtools.commands import is_root
from devtools.places import VAR, DevError, private_file, say

PANGO = ("libpango-1.0.so.0", "libpangoft2-1.0.so.0", "libharfbuzz-subset.so.0")
PANGO_PACKAGES = ["libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0"]
FONT_PACKAGE = "fonts-noto-cjk"
FANDOL_PACKAGE = "texlive-lang-chinese"
SYSTEM = VAR / "system"
FONTS = VAR / "fonts"
FONTS_CONF = FONTS / "fonts.conf"
FAILED = VAR / "printing.failed"
RETRY_AFTER = 24 * 3600  # seconds
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def pango_present() -> bool:
    """Whether the machine itself has the libraries that WeasyPrint loads."""
    try:
        for name in PANGO:
            ctypes.CDLL(name)
    except OSError:
        return False
    return True


def pango_unpacked() -> bool:
    """Whether they lie under var/system."""
    return any((folder / PANGO[0]).exists() for folder in _library_folders())


def chinese_fonts() -> bool:
    """Whether fontconfig, or our own folder, knows a Chinese face."""
    if any(FONTS.rglob("NotoSerifCJK*")):
        return True
    if Path("/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc").exists():
        return True
    if shutil.which("fc-list") is None:
        return False
    return bool(subprocess.run(["fc-list", ":lang=zh-cn"], capture_output=True, check=False).stdout.strip())


def browser() -> str | None:
    """Chromium's path, or None."""
    named = os.environ.get("CHROMIUM_PATH")
    if named and Path(named).exists():
        return named
    return next((path for path in map(shutil.which, BROWSERS) if path), None)


def ensure_printing() -> list[str]:
    """Get pango and fonts; what could not be had, in words (empty: all is there)."""
    if FAILED.exists() and time.time() - FAILED.stat().st_mtime < RETRY_AFTER:
        return [*FAILED.read_text(encoding="utf-8").splitlines(), f"（一天之内不再重试；要立即重试请删除 {FAILED}）"]
    troubles = _get_what_is_missing()
    _write_fonts_conf()
    if troubles:
        FAILED.write_text("\n".join(troubles), encoding="utf-8")
    else:
        FAILED.unlink(missing_ok=True)
    return troubles


def _get_what_is_missing() -> list[str]:
    troubles = []
    if not (pango_present() or pango_unpacked()):
        try:
            _get_pango()
        except DevError as error:
            troubles.append(
                f"没有 pango，PDF 不可用（{_last(error)}）。可请管理员 apt-get install {' '.join(PANGO_PACKAGES)}"
            )
    if not chinese_fonts():
        try:
            _get_fonts()
        except DevError as error:
            troubles.append(
                f"没有中文字体，PDF 中的汉字会缺失（{_last(error)}）。可请管理员 apt-get install {FONT_PACKAGE}"
            )
    if not any(FONTS.rglob("FandolFang*")):
        try:
            _get_fandol()
        except DevError as error:
            troubles.append(f"没有仿宋等公文字体，PDF 用宋体代替（{_last(error)}）。")
    return troubles


def ensure_browser() -> str | None:
    """Chromium for the browser tests: found, or installed as root.  None, said aloud, when it cannot be had."""
    if not browser() and is_root() and debian.available():
        say("正在安装 Chromium（浏览器测试用）……")
        try:
            debian.install(["chromium"])
        except DevError as error:
            say(f"Chromium 安装失败：{_last(error)}")
    found = browser()
    if not found:
        say("没有 Chromium：浏览器测试将跳过。请管理员 apt-get install chromium，或设置 CHROMIUM_PATH。")
    return found


def environment() -> dict[str, str]:
    """The variables that lead programs to what lies under var/ (and to the browser)."""
    env = {}
    if pango_unpacked() and not pango_present():
        folders = [str(folder) for folder in _library_folders()]
        env["LD_LIBRARY_PATH"] = ":".join([*folders, *filter(None, [os.environ.get("LD_LIBRARY_PATH")])])
    if FONTS_CONF.exists():
        env["FONTCONFIG_FILE"] = str(FONTS_CONF)
    found = browser()
    if found:
        env["CHROMIUM_PATH"] = found
    return env


def _get_pango() -> None:
    if is_root() and debian.available():
        debian.install(PANGO_PACKAGES)
    else:
        debian.unpack(debian.missing(PANGO_PACKAGES), SYSTEM)


def _get_fonts() -> None:
    if is_root() and debian.available():
        debian.install([FONT_PACKAGE])
    else:
        debian.unpack([FONT_PACKAGE], FONTS)


def _get_fandol() -> None:
    """Four faces for official documents (GB/T 9704), taken out of a large package that is not installed."""
    aside = FONTS / "unpacked"
    debian.unpack([FANDOL_PACKAGE], aside)
    keep = FONTS / "fandol"
    keep.mkdir(parents=True, exist_ok=True)
    for face in aside.rglob("Fandol*.otf"):
        if face.stem in ("FandolFang-Regular", "FandolHei-Regular", "FandolKai-Regular", "FandolSong-Regular"):
            shutil.copy(face, keep / face.name)
    shutil.rmtree(aside)


def _write_fonts_conf() -> None:
    """A fontconfig file that adds var/fonts and the county's own fonts/ to the machine's."""
    if not FONTS.exists():
        return
    system = Path("/etc/fonts/fonts.conf")
    lines = [
        '<?xml version="1.0"?>',
        '<!DOCTYPE fontconfig SYSTEM "fonts.dtd">',
        "<fontconfig>",
        f'<include ignore_missing="yes">{system}</include>' if system.exists() else "<dir>/usr/share/fonts</dir>",
        f"<dir>{_escaped(FONTS)}</dir>",
        f"<dir>{_escaped(VAR.parent / 'fonts')}</dir>",
        f"<cachedir>{_escaped(FONTS / 'cache')}</cachedir>",
        "</fontconfig>",
    ]
    private_file(FONTS_CONF, "\n".join(lines) + "\n")


def _escaped(path: Path) -> str:
    return str(path).replace("&", "&amp;").replace("<", "&lt;")


def _library_folders() -> list[Path]:
    triplet = f"{platform.machine()}-linux-gnu"
    return [folder for folder in (SYSTEM / "usr/lib" / triplet, SYSTEM / "lib" / triplet) if folder.exists()]


def _last(error: DevError) -> str:
    return str(error).strip().splitlines()[-1][:160]
