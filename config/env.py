"""What the environment says, read in one place.  Nothing is read from files."""

import base64
import binascii
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from environ import Env

BASE_DIR = Path(__file__).resolve().parent.parent

env = Env()


def key_bytes(name: str, value: str) -> bytes:
    """The 32 bytes of a base64 key.  Raises ImproperlyConfigured when it is anything else."""
    try:
        key = base64.b64decode(value, validate=True)
    except (binascii.Error, ValueError) as error:
        raise ImproperlyConfigured(f"{name} 不是 base64 编码：{error}") from error
    if len(key) != 32:
        raise ImproperlyConfigured(f"{name} 解码后应为 32 字节，现为 {len(key)} 字节。")
    return key


def database(name: str, *, statement_timeout_ms: int, lock_timeout_ms: int) -> dict[str, Any]:
    """Django's description of the database whose URL stands in the variable `name`.

    PostgreSQL only.  Timeouts are set when the connection opens; 0 means none.
    Raises ImproperlyConfigured when the variable is missing or names another engine.
    """
    if not env.str(name, default=""):
        raise ImproperlyConfigured(
            f"缺少环境变量 {name}（postgres://用户:口令@主机:端口/库）。"
            "本机开发请用 python3 dev manage … 或 python3 dev test。"
        )
    config: dict[str, Any] = dict(env.db_url(name))
    if config["ENGINE"] != "django.db.backends.postgresql":
        raise ImproperlyConfigured(f"{name} 只支持 PostgreSQL，现为 {config['ENGINE']}。")
    config["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=60)
    config["CONN_HEALTH_CHECKS"] = True
    config.setdefault("OPTIONS", {}).update(
        connect_timeout=5,
        application_name=env.str("APPLICATION_NAME", default="web"),
        options=(
            f"-c statement_timeout={statement_timeout_ms} -c lock_timeout={lock_timeout_ms}"
            " -c idle_in_transaction_session_timeout=60000"
        ),
    )
    return config
