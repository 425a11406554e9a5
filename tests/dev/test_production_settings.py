"""Production starts from a sound environment only, and says in words what is wrong with another."""

import os
import re
import secrets
import subprocess
import sys
from base64 import b64encode
from pathlib import Path

import pytest

from config.guard import problems

ROOT = Path(__file__).resolve().parent.parent.parent


def sound() -> dict[str, str]:
    return {
        "SECRET_KEY": secrets.token_hex(40),
        "FIELD_KEY": b64encode(secrets.token_bytes(32)).decode(),
        "HASH_KEY": b64encode(secrets.token_bytes(32)).decode(),
        "ALLOWED_HOSTS": "zhucun.gov.cn",
        "CSRF_TRUSTED_ORIGINS": "https://zhucun.gov.cn",
        "DATABASE_URL": f"postgres://app:{secrets.token_hex(12)}@db:5432/stationed",
        "DATABASE_OWNER_URL": f"postgres://app_owner:{secrets.token_hex(12)}@db:5432/stationed",
        "CELERY_BROKER_URL": f"redis://:{secrets.token_hex(12)}@broker:6379/0",
    }


def test_a_sound_environment_is_accepted() -> None:
    assert problems(sound()) == []


@pytest.mark.parametrize(
    "name", ["SECRET_KEY", "FIELD_KEY", "HASH_KEY", "ALLOWED_HOSTS", "DATABASE_URL", "CELERY_BROKER_URL"]
)
def test_what_is_missing_is_named(name: str) -> None:
    env = sound()
    del env[name]
    found = problems(env)
    assert len(found) == 1
    assert name in found[0]


@pytest.mark.parametrize(
    ("name", "value", "word"),
    [
        ("SECRET_KEY", "short", "太短"),
        ("SECRET_KEY", "a" * 64, "太简单"),
        ("SECRET_KEY", "change-me-to-64-random-characters-abcdefghijklmnopqrstuvwxyz0123", "示例"),
        ("SECRET_KEY", "django-insecure-abcdefghijklmnopqrstuvwxyz0987654321-+*/zyxwvut", "示例"),
        ("FIELD_KEY", "change-me-openssl-rand-base64-32", "base64"),
        ("FIELD_KEY", b64encode(b"x" * 16).decode(), "32 字节，现为 16"),
        ("HASH_KEY", b64encode(b"h" * 32).decode(), "不是随机"),
        ("DEBUG", "1", "DEBUG"),
        ("DEBUG", "True", "DEBUG"),
        ("ALLOWED_HOSTS", "*", "通配"),
        ("ALLOWED_HOSTS", "zhucun.gov.cn,.gov.cn", "通配"),
        ("ALLOWED_HOSTS", "https://zhucun.gov.cn", "只写域名"),
        ("CSRF_TRUSTED_ORIGINS", "http://zhucun.gov.cn", "https://"),
        ("CSRF_TRUSTED_ORIGINS", "https://*.gov.cn", "https://"),
        ("DATABASE_URL", "sqlite:///db.sqlite3", "postgres://"),
        ("DATABASE_URL", "postgres://app@db/stationed", "口令"),
        ("DATABASE_URL", "postgres://app:change-me-please@db/stationed", "示例"),
        ("DATABASE_URL", "postgres://postgres:0f9e8d7c6b5a4f3e@db:5432/stationed", "行级安全"),
        ("DATABASE_URL", "postgres://app_owner:0f9e8d7c6b5a4f3e@db:5432/stationed", "行级安全"),
        ("DATABASE_OWNER_URL", "postgres://app:0f9e8d7c6b5a4f3e@db:5432/stationed", "同一个角色"),
        ("DATABASE_OWNER_URL", "postgres://postgres:0f9e8d7c6b5a4f3e@db:5432/stationed", "超级用户"),
        ("DATABASE_OWNER_URL", "postgres://app_owner:0f9e8d7c6b5a4f3e@db:5432/other", "同一个库"),
        ("CELERY_BROKER_URL", "redis://broker:6379/0", "口令"),
        ("CELERY_BROKER_URL", "memory://", "redis://"),
        ("LOG_LEVEL", "verbose", "LOG_LEVEL"),
        ("PROXY_TLS_HEADER", "HTTP_X_FORWARDED_PROTO", "X-Forwarded-Proto"),
        ("CONN_MAX_AGE", "-1", "整数"),
        ("STATEMENT_TIMEOUT_MS", "30s", "整数"),
        ("STATEMENT_TIMEOUT_MS", "0", "整数"),
    ],
)
def test_an_odd_value_is_refused_with_a_sentence(name: str, value: str, word: str) -> None:
    found = problems(sound() | {name: value})
    assert any(name in problem and word in problem for problem in found), found


def test_the_same_key_for_two_purposes_is_refused() -> None:
    env = sound()
    assert problems(env | {"HASH_KEY": env["FIELD_KEY"]}) == ["FIELD_KEY 与 HASH_KEY 不能相同。"]


def test_no_sentence_repeats_a_secret() -> None:
    env = sound() | {"DATABASE_URL": "mysql://app:hunter2hunter2@db/x", "SECRET_KEY": "tiny-but-private"}
    text = " ".join(problems(env))
    assert "hunter2" not in text
    assert "tiny-but-private" not in text


def test_every_value_of_the_sample_file_is_refused() -> None:
    lines = (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
    sample = dict(line.split("=", 1) for line in lines if "=" in line and not line.startswith("#"))
    env = sound() | {name: value for name, value in sample.items() if name.endswith("_KEY")}
    assert len(problems(env)) == 3
    for name in sample:
        if name.endswith("_PASSWORD"):
            assert problems(sound() | {"DATABASE_URL": f"postgres://app:{sample[name]}@db:5432/stationed"})


def run(code: str, env: dict[str, str]) -> "subprocess.CompletedProcess[str]":
    kept = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, *code.split()],
        env=kept | env | {"DJANGO_SETTINGS_MODULE": "config.settings.production", "PYTHONPATH": str(ROOT)},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def test_djangos_own_deployment_check_finds_nothing() -> None:
    done = run("manage.py check --deploy --fail-level WARNING", sound())
    assert done.returncode == 0, done.stderr


def test_a_bad_environment_stops_the_start_with_all_its_faults() -> None:
    done = run("manage.py check", sound() | {"DEBUG": "1", "ALLOWED_HOSTS": "*"})
    assert done.returncode != 0
    assert "不能打开 DEBUG" in done.stderr
    assert "ALLOWED_HOSTS 不能用通配" in done.stderr


def test_static_files_are_collected_with_hashed_names_inside_scripts_too(tmp_path: Path) -> None:
    # Packages whose pages we do not link are left out: squeezing them takes a minute.
    left_out = "-i drf_spectacular_sidecar -i rest_framework -i guardian"
    done = run(f"manage.py collectstatic --noinput {left_out}", sound() | {"STATIC_ROOT": str(tmp_path)})
    assert done.returncode == 0, done.stderr
    hashed = [path for path in (tmp_path / "js").glob("sheet.*.js") if path.name != "sheet.js"]
    assert len(hashed) == 1
    imports = re.findall(r'from "([^"]+)"', hashed[0].read_text(encoding="utf-8"))
    assert imports
    assert all(re.search(r"\.[0-9a-f]{12}\.js$", name) for name in imports)
