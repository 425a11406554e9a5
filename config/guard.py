"""What a production environment must not look like.  Pure: it reads a mapping and returns sentences."""

import base64
import binascii
import re
from collections.abc import Iterator, Mapping
from urllib.parse import SplitResult, urlsplit

# Words of the samples in the documentation, and of every tutorial.
SAMPLE = re.compile(
    r"change-?me|sample|example|insecure|only-for-tests|your[-_]|password|123456|请改|示例", re.IGNORECASE
)
ADMINISTRATORS = ("postgres", "root", "admin", "app_owner")
LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
NUMBERS = {  # name: (least, most)
    "CONN_MAX_AGE": (0, 3600),
    "STATEMENT_TIMEOUT_MS": (1_000, 3_600_000),
    "LOCK_TIMEOUT_MS": (100, 600_000),
}


def problems(env: Mapping[str, str]) -> list[str]:
    """Every reason not to start with this environment, one sentence each; empty when there is none."""
    return [
        *_secrets(env),
        *_hosts(env),
        *_databases(env),
        *_broker(env),
        *_odds(env),
    ]


def _secrets(env: Mapping[str, str]) -> Iterator[str]:
    secret = env.get("SECRET_KEY", "")
    if not secret:
        yield "缺少 SECRET_KEY。"
    elif len(secret) < 50 or len(set(secret)) < 15:
        yield "SECRET_KEY 太短或太简单：至少 50 个字符，请用 python3 -c 'import secrets; print(secrets.token_urlsafe(64))' 生成。"
    elif SAMPLE.search(secret):
        yield "SECRET_KEY 像是文档里的示例，请重新生成。"
    keys = {}
    for name in ("FIELD_KEY", "HASH_KEY"):
        trouble, keys[name] = _key(name, env.get(name, ""))
        if trouble:
            yield trouble
    if keys["FIELD_KEY"] and keys["FIELD_KEY"] == keys["HASH_KEY"]:
        yield "FIELD_KEY 与 HASH_KEY 不能相同。"


def _key(name: str, value: str) -> tuple[str, bytes]:
    if not value:
        return f"缺少 {name}（base64 编码的 32 个随机字节）。", b""
    try:
        key = base64.b64decode(value, validate=True)
    except (binascii.Error, ValueError):
        return f"{name} 不是 base64 编码。", b""
    if len(key) != 32:
        return f"{name} 解码后应为 32 字节，现为 {len(key)} 字节。", b""
    if len(set(key)) < 12:
        return f"{name} 不是随机生成的，请用 openssl rand -base64 32 生成。", b""
    return "", key


def _hosts(env: Mapping[str, str]) -> Iterator[str]:
    hosts = _words(env.get("ALLOWED_HOSTS", ""))
    if not hosts:
        yield "缺少 ALLOWED_HOSTS（逗号分隔的域名）。"
    for host in hosts:
        if "*" in host or host.startswith("."):
            yield f"ALLOWED_HOSTS 不能用通配：{host}。"
        elif "/" in host or (":" in host.strip("[]") and not host.startswith("[")):
            yield f"ALLOWED_HOSTS 只写域名，不带协议和端口：{host}。"
    for origin in _words(env.get("CSRF_TRUSTED_ORIGINS", "")):
        if not origin.startswith("https://") or "*" in origin or not urlsplit(origin).hostname:
            yield f"CSRF_TRUSTED_ORIGINS 必须是确定的 https:// 地址：{origin}。"


def _databases(env: Mapping[str, str]) -> Iterator[str]:
    url, trouble = _url(env, "DATABASE_URL", ("postgres", "postgresql", "psql"))
    if url is None:
        yield trouble
        return
    if url.username in ADMINISTRATORS:
        yield f"DATABASE_URL 不能用管理或属主角色 {url.username}：这样的角色不受行级安全约束。"
    owner_text = env.get("DATABASE_OWNER_URL", "")
    if not owner_text:
        return
    owner, trouble = _url(env, "DATABASE_OWNER_URL", ("postgres", "postgresql", "psql"))
    if owner is None:
        yield trouble
    elif owner.username == url.username:
        yield "DATABASE_OWNER_URL 与 DATABASE_URL 不能是同一个角色：属主不受行级安全约束。"
    elif owner.username in ("postgres", "root"):
        yield f"DATABASE_OWNER_URL 不能用超级用户 {owner.username}。"
    elif (owner.hostname, owner.port, owner.path) != (url.hostname, url.port, url.path):
        yield "DATABASE_OWNER_URL 与 DATABASE_URL 必须指向同一个库。"


def _broker(env: Mapping[str, str]) -> Iterator[str]:
    url, trouble = _url(env, "CELERY_BROKER_URL", ("redis", "rediss"), user=False)
    if url is None:
        yield trouble


def _url(
    env: Mapping[str, str], name: str, schemes: tuple[str, ...], *, user: bool = True
) -> tuple[SplitResult | None, str]:
    """The URL, or None and what is wrong with it.  Its password is never repeated in the text."""
    text = env.get(name, "")
    if not text:
        return None, f"缺少 {name}。"
    url = urlsplit(text)
    if url.scheme not in schemes:
        return None, f"{name} 应以 {schemes[0]}:// 开头，现为 {url.scheme or '空'}。"
    if not url.hostname or (user and (not url.username or not url.path.strip("/"))):
        return None, f"{name} 不完整：应为 {schemes[0]}://用户:口令@主机:端口/库。"
    if len(url.password or "") < 12 or SAMPLE.search(url.password or ""):
        return None, f"{name} 的口令缺失、太短（至少 12 个字符）或是示例。"
    return url, ""


def _odds(env: Mapping[str, str]) -> Iterator[str]:
    if env.get("DEBUG", "").strip().lower() not in ("", "0", "false", "no", "off"):
        yield "生产环境不能打开 DEBUG。"
    if env.get("LOG_LEVEL", "INFO") not in LEVELS:
        yield f"LOG_LEVEL 只能是 {'、'.join(LEVELS)}。"
    header = env.get("PROXY_TLS_HEADER", "")
    if header and not re.fullmatch(r"X-[A-Za-z-]+", header):
        yield "PROXY_TLS_HEADER 应是反向代理写入的头，如 X-Forwarded-Proto。"
    for name, (least, most) in NUMBERS.items():
        text = env.get(name, "")
        if text and not (text.isascii() and text.isdigit() and least <= int(text) <= most):
            yield f"{name} 应是 {least} 到 {most} 之间的整数，现为 {text}。"


def _words(text: str) -> list[str]:
    return [word.strip() for word in text.split(",") if word.strip()]
