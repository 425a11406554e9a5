"""The verbs of `dev`.

用法：python3 dev <命令>

  up            准备环境，启动全部程序，载入演示数据；Ctrl-C 结束
  up --check    同上，并通过网页接口走完一个月，然后结束
  test […]      运行测试（其余参数交给 pytest）
  bench […]     性能测量：--json 每项一行，--small 小规模，--full 全国规模
  manage …      Django 管理命令，如 manage migrate
  shell         Django 交互环境
  down          结束正在运行的 dev up，清理遗留的进程
  doctor        检查这台机器缺什么，并给出补上的命令
"""

import os
import signal
import sys
import time
from collections.abc import Callable
from types import FrameType

from devtools import doctor, setup, system
from devtools.commands import front
from devtools.down import down
from devtools.places import ROOT, VAR, Command, DevError, Slot, private_file, python, say
from devtools.services import SHARED, Services, environment_of
from devtools.up import SETTINGS, load, up


def services() -> int:
    """Database and broker alone, until stopped; var/env holds their environment."""
    slot = Slot.take("services")
    if slot is None:
        raise DevError("dev services 已经在运行，环境变量见 var/env。")
    with slot, Services(slot, SETTINGS) as running:
        private_file(VAR / "env", "".join(f"{name}={running.env[name]}\n" for name in SHARED))
        say("数据库和消息队列已启动，环境变量见 var/env；按 Ctrl-C 结束。")
        while not running.dead():
            time.sleep(0.5)
    raise DevError("数据库或消息队列意外结束，见 var/services/logs。")


def test(arguments: list[str]) -> int:
    """pytest with a database and broker of its own, beside any running `up`."""
    setup.prepare(tests=True)
    setup.printing()
    if not system.ensure_browser() and os.environ.get("REQUIRE_BROWSER") == "1":
        raise DevError("REQUIRE_BROWSER=1，但没有 Chromium。")
    with Slot.take_test() as slot, Services(slot, "config.settings.test", lasting=False) as running:
        own = {} if os.environ.get("DATABASE_URL") else {"TEST_DATABASE": "test_stationed"}
        return front([python(), "-m", "pytest", *arguments], env=running.env | own)


def bench(arguments: list[str]) -> int:
    """The benchmarks, on data of their own."""
    if not (ROOT / "bench").is_dir():
        raise DevError("这个版本没有 bench/。")
    setup.prepare(tests=True)
    slot = Slot.take("bench")
    if slot is None:
        raise DevError("dev bench 已经在运行。")
    with slot, Services(slot, SETTINGS) as running:
        load(running, "migrate")
        return front([python(), "-m", "bench", *arguments], env=running.env)


def manage(arguments: list[str]) -> int:
    """One management command: on the running `up`, else with database and broker started for it."""
    command: Command = [python(), "manage.py", *arguments]
    slot = Slot.take("up")
    if slot is None:
        env = environment_of(VAR / "up")
        if env is None:
            raise DevError("dev up 正在启动，请稍后再试。")
        return front(command, env={**env, "DJANGO_SETTINGS_MODULE": SETTINGS})
    with slot:
        setup.prepare(tests=False)
        with Services(slot, SETTINGS) as running:
            return front(command, env=running.env)


VERBS: dict[str, Callable[[list[str]], int]] = {
    "up": lambda rest: up(check="--check" in rest),
    "test": test,
    "bench": bench,
    "manage": manage,
    "shell": lambda rest: manage(["shell", *rest]),
    "down": lambda rest: down(),
    "doctor": lambda rest: doctor.doctor(),
    # Not for people: the first for other programs of a developer, the second for `up` itself.
    "services": lambda rest: services(),
    "printing": lambda rest: setup.printing(),
}


def main(arguments: list[str]) -> int:
    """Run one verb; the exit status (130 after Ctrl-C)."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _as_interrupt)
    verb = VERBS.get(arguments[0]) if arguments else None
    if verb is None:
        print((__doc__ or "").partition("\n")[2].strip())
        return 0 if arguments[:1] in ([], ["help"], ["--help"], ["-h"]) else 2
    try:
        return verb(arguments[1:])
    except DevError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        say("\n已结束。")
        return 130


def _as_interrupt(number: int, frame: FrameType | None) -> None:
    """Every way of ending `dev` stops its children: the same path as Ctrl-C, once."""
    for each in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        signal.signal(each, signal.SIG_IGN)
    raise KeyboardInterrupt
