"""`dev up`: the whole product on this machine, until Ctrl-C; `--check` drives one month through it."""

import http.client
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

from devtools.commands import front
from devtools.places import ROOT, Command, DevError, Slot, python, say
from devtools.processes import Child, die_with_parent, free_port
from devtools.services import Services
from devtools.setup import prepare

SETTINGS = "config.settings.local"
BEGAN = time.monotonic()


def up(*, check: bool) -> int:
    """Set up, start, say where; stay until Ctrl-C (or, with `check`, until the month is driven)."""
    slot = Slot.take("up")
    if slot is None:
        raise DevError("dev up 已经在运行；要停止它，请在它的窗口按 Ctrl-C，或运行 python3 dev down。")
    with slot:
        prepare(tests=False)
        printing = start_printing()
        with Services(slot, SETTINGS) as services:
            port = serve(services)
            address = f"http://127.0.0.1:{port}"
            say(f"READY {time.monotonic() - BEGAN:.1f}")
            if check:
                return drive(services, address, printing)
            greet(services, address)
            return watch(services, printing)


def start_printing() -> "subprocess.Popen[bytes]":
    """Fetch pango and fonts beside everything else: only PDF waits for them."""
    return subprocess.Popen(
        [sys.executable, str(ROOT / "dev"), "printing"],
        stdin=subprocess.DEVNULL,
        preexec_fn=die_with_parent(),
    )


def load(services: Services, *steps: str) -> None:
    """Tables, rule packs, demo data (or the named steps of config/load.py).  A second time finds them there."""
    if front([python(), "-m", "config.load", *steps], env=services.env):
        raise DevError("准备数据没有成功，原因见上。")


def serve(services: Services) -> int:
    """Start the web, get the data ready meanwhile, start the jobs; the port at which the site answers."""
    port = free_port(int(os.environ.get("PORT") or 8000))
    web: list[str | Path] = [python(), "-m", "gunicorn", "config.wsgi:application", "--bind", f"127.0.0.1:{port}"]
    web += ["--workers", "2", "--threads", "4", "--timeout", "60", "--access-logfile", "-", "--no-control-socket"]
    site = start(services, "web", web, services.env, signal.SIGTERM)
    load(services)
    celery: Command = [python(), "-m", "celery", "-A", "config"]
    worker: Command = [*celery, "worker", "--loglevel", "INFO", "--concurrency", "2", "--without-gossip"]
    env = {**services.env, "APPLICATION_NAME": "worker", "STATEMENT_TIMEOUT_MS": "1200000"}
    # A killed `dev` takes the database with it: the worker need not finish its job.
    start(services, "worker", worker, env, signal.SIGQUIT)
    start(services, "beat", [*celery, "beat", "--loglevel", "INFO", "--pidfile="], env, signal.SIGTERM)
    site.wait_until(lambda: answers_well(port), 60)
    return port


def start(services: Services, name: str, command: Command, env: Mapping[str, str], orphan: int) -> Child:
    """One program of the product, stopped with the services."""
    child = Child.start(services.slot.folder, name, command, env=env, cwd=ROOT, orphan=orphan)
    services.children.append(child)
    return child


def answers_well(port: int) -> bool:
    """Whether the site answers and reaches its database."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def greet(services: Services, address: str) -> None:
    """Where to go and as whom."""
    say(f"\n请用浏览器打开 {address}\n")
    front([python(), "manage.py", "demo_logins"], env=services.env)
    say(f"\n日志：{services.slot.folder / 'logs'}　　结束：Ctrl-C")


def watch(services: Services, printing: "subprocess.Popen[bytes]") -> int:
    """Wait; a program that ends by itself ends everything, with its last words."""
    while True:
        dead = services.dead()
        if dead:
            raise DevError(f"{dead.name} 意外结束（日志 {dead.log}）：\n{dead.tail()}")
        printing.poll()
        time.sleep(0.5)


def drive(services: Services, address: str, printing: "subprocess.Popen[bytes]") -> int:
    """One demo month over HTTP, from entry to workbook; 0 when all of it went well."""
    printing.wait()
    status = front([python(), "manage.py", "demo_month", "--base-url", address], env=services.env)
    dead = services.dead()
    if status or dead:
        raise DevError(
            f"CHECK failed（日志 {services.slot.folder / 'logs'}）{f'：{dead.name} 意外结束' if dead else ''}"
        )
    say("CHECK ok")
    return 0
