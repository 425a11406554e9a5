"""Database and broker for one `dev`, and the environment that leads the product to them."""

import json
import os
import secrets
from base64 import b64encode
from contextlib import ExitStack
from pathlib import Path

from devtools import system
from devtools.places import ROOT, DevError, Slot, private_file
from devtools.postgres import Postgres
from devtools.processes import Child, started_at, sweep
from devtools.valkey import Valkey

# Outlive the programs that use them.
SERVERS = ("postgres", "valkey")
SHARED = ("DATABASE_URL", "DATABASE_OWNER_URL", "CELERY_BROKER_URL", "SECRET_KEY", "FIELD_KEY", "HASH_KEY")


class Services:
    """`with Services(slot, settings) as services:` starts what the environment does not already name.

    DATABASE_URL (with DATABASE_OWNER_URL) and CELERY_BROKER_URL are honoured when set.
    """

    def __init__(self, slot: Slot, settings: str, *, lasting: bool = True) -> None:
        """`lasting` data survives a crash of the machine; test data need not, and is written faster."""
        self.slot = slot
        self.lasting = lasting
        self.settings = settings
        self.children: list[Child] = []
        self.env: dict[str, str] = {}

    def __enter__(self) -> "Services":
        sweep(self.slot.folder)
        self.env = {
            **os.environ,
            **system.environment(),
            **secrets_of(self.slot.folder),
            "DJANGO_SETTINGS_MODULE": self.settings,
            "PYTHONPATH": str(ROOT),
            "PYTHONUNBUFFERED": "1",
        }
        with ExitStack() as unwinding:  # half started is stopped again
            unwinding.callback(self.stop)
            self._start()
            unwinding.pop_all()
        return self

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        self.stop()

    def _start(self) -> None:
        private_file(
            self.slot.folder / "dev.json", json.dumps({"pid": os.getpid(), "started": started_at(os.getpid())})
        )
        if os.environ.get("DATABASE_URL") and not os.environ.get("DATABASE_OWNER_URL"):
            raise DevError("设置了 DATABASE_URL（角色 app），还要设置 DATABASE_OWNER_URL（属主角色，建表用）。")
        if not os.environ.get("DATABASE_URL"):
            postgres = Postgres(self.slot.folder, lasting=self.lasting)
            self.children.append(postgres.start())
            self.env["DATABASE_URL"] = postgres.url("app")
            self.env["DATABASE_OWNER_URL"] = postgres.url("app_owner")
        if not os.environ.get("CELERY_BROKER_URL"):
            valkey = Valkey(self.slot.folder)
            self.children.append(valkey.start())
            self.env["CELERY_BROKER_URL"] = valkey.url()
        # What a `dev manage` beside a running `dev up` needs to reach the same data.
        private_file(self.slot.folder / "env.json", json.dumps({name: self.env.get(name, "") for name in SHARED}))

    def stop(self) -> None:
        """Stop everything: the programs at once, then the servers they need."""
        (self.slot.folder / "env.json").unlink(missing_ok=True)
        for child in self.children:
            if child.name not in SERVERS:
                child.ask()
        while self.children:
            self.children.pop().stop()

    def dead(self) -> Child | None:
        """A child that ended by itself, or None."""
        return next((child for child in self.children if not child.running()), None)


def environment_of(folder: Path) -> dict[str, str] | None:
    """The environment of the `dev` that runs in this folder, or None when none is ready."""
    path = folder / "env.json"
    if not path.exists():
        return None
    shared: dict[str, str] = json.loads(path.read_text())
    return {**os.environ, **system.environment(), **{name: value for name, value in shared.items() if value}}


def secrets_of(folder: Path) -> dict[str, str]:
    """The slot's own keys, made once.  They open nothing but this machine's demo data."""
    path = folder / "secrets.json"
    if not path.exists():
        fresh = {
            "SECRET_KEY": secrets.token_urlsafe(48),
            "FIELD_KEY": b64encode(secrets.token_bytes(32)).decode(),
            "HASH_KEY": b64encode(secrets.token_bytes(32)).decode(),
        }
        private_file(path, json.dumps(fresh))
    known: dict[str, str] = json.loads(path.read_text())
    return {key: os.environ.get(key) or value for key, value in known.items()}
