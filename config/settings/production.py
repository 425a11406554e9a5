"""A county's server.  Everything comes from the environment; what looks wrong stops the start."""

import os

from django.core.exceptions import ImproperlyConfigured

from config.env import env, key_bytes
from config.guard import problems
from config.logs import logging_settings

found = problems(os.environ)
if found:
    raise ImproperlyConfigured("环境变量有问题，系统不启动：\n" + "\n".join(f"  - {problem}" for problem in found))

from config.settings.base import *  # noqa: E402, F403 - base opens what was just checked

SECRET_KEY = env.str("SECRET_KEY")
FIELD_KEY = key_bytes("FIELD_KEY", env.str("FIELD_KEY"))
HASH_KEY = key_bytes("HASH_KEY", env.str("HASH_KEY"))
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS")
PUBLIC_ADDRESS = env.str("PUBLIC_ADDRESS", default=f"https://{ALLOWED_HOSTS[0]}")
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

# The __Host- prefix makes browsers insist on https, path / and no domain.
SESSION_COOKIE_NAME = "__Host-sessionid"
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrftoken"
CSRF_COOKIE_SECURE = True
SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
# Only where a proxy is known to overwrite this header; otherwise anybody could claim https.
if env.str("PROXY_TLS_HEADER", default=""):
    SECURE_PROXY_SSL_HEADER = ("HTTP_" + env.str("PROXY_TLS_HEADER").upper().replace("-", "_"), "https")

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "config.storage.HashedFiles"},
}
LOGGING = logging_settings(level=env.str("LOG_LEVEL", default="INFO"), as_json=True)
