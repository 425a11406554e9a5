"""Database and broker for one `dev`, and the environment that leads the product to them."""

import json
import os
import secrets
from base64 import b64encode
from pathlib import Path
from types import TracebackType

from devtools.places import ROOT, Slot, private_file
from devtools.postgres import Postgres
from devtools.processes import Child, sweep
from devtools.valkey import Valkey


class Services:
    """`with Services(slot, settings) as services:` starts what the environment does not already name.

    DATABASE_URL (with DATABASE_OWNER_URL) and CELERY_BROKER_URL are honoured when set.
    """

    def __init__(self, slot: Slot, settings: str) -> None:
        self.slot = slot
        self.settings = settings
        self.children: list[Child] = []
        self.env: dict[str, str] = {}

    def __enter__(self) -> "Services":
        sweep(self.slot.folder)
        self.env = {
            **os.environ,
            **secrets_of(self.slot.folder),
            "DJANGO_SETTINGS_MODULE": self.settings,
            "PYTHONPATH": str(ROOT),
            "PYTHONUNBUFFERED": "1",
        }
        try:
            if not os.environ.get("DATABASE_URL"):
                postgres = Postgres(self.slot.folder)
                self.children.append(postgres.start())
                self.env["DATABASE_URL"] = postgres.url("app")
                self.env["DATABASE_OWNER_URL"] = postgres.url("app_owner")
            if not os.environ.get("CELERY_BROKER_URL"):
                valkey = Valkey(self.slot.folder)
                self.children.append(valkey.start())
                self.env["CELERY_BROKER_URL"] = valkey.url()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def stop(self) -> None:
        """Stop everything, the last started first."""
        while self.children:
            self.children.pop().stop()

    def dead(self) -> Child | None:
        """A child that ended by itself, or None."""
        return next((child for child in self.children if not child.running()), None)


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
