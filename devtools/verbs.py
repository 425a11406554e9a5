"""The verbs of `dev`."""

import signal
import subprocess
import sys
import time
from types import FrameType

from devtools.places import ROOT, VAR, DevError, Slot, private_file, python, say
from devtools.services import Services


def services() -> int:
    """Run database and broker alone until stopped; the environment is in var/env."""
    slot = Slot.take("services")
    if slot is None:
        raise DevError("已经在运行。")
    with Services(slot, "config.settings.local") as running:
        names = ("DATABASE_URL", "DATABASE_OWNER_URL", "CELERY_BROKER_URL", "SECRET_KEY", "FIELD_KEY", "HASH_KEY")
        private_file(VAR / "env", "".join(f"{name}={running.env[name]}\n" for name in names))
        say("数据库和消息队列已启动，环境变量见 var/env；按 Ctrl-C 结束。")
        while not running.dead():
            time.sleep(1)
    return 1


def test(arguments: list[str]) -> int:
    """Run pytest with a database and broker of its own."""
    slot = Slot.take_test()
    with Services(slot, "config.settings.test") as running:
        return subprocess.run([str(python()), "-m", "pytest", *arguments], cwd=ROOT, env=running.env, check=False).returncode


def manage(arguments: list[str]) -> int:
    """Run a management command with database and broker."""
    slot = Slot.take("up")
    if slot is None:
        raise DevError("busy")
    with Services(slot, "config.settings.local") as running:
        return subprocess.run([str(python()), "manage.py", *arguments], cwd=ROOT, env=running.env, check=False).returncode


def _end(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def main(arguments: list[str]) -> int:
    """Run one verb; the exit status."""
    signal.signal(signal.SIGTERM, _end)
    signal.signal(signal.SIGHUP, _end)
    verb, rest = (arguments or ["help"])[0], arguments[1:]
    try:
        if verb == "services":
            return services()
        if verb == "test":
            return test(rest)
        if verb == "manage":
            return manage(rest)
    except DevError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    print(__doc__)
    return 2
