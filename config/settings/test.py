"""The test suite: the web role's connection is the default, the owner's creates the test database."""

import os

from config.settings.base import *  # noqa: F403

SECRET_KEY = "only-for-tests-" * 4
FIELD_KEY = b"f" * 32
HASH_KEY = b"h" * 32
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
# Hashing is slow on purpose; tests log in hundreds of times.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

# Two runs on one server must not drop each other's database; `dev test` has a server of its own and names one.
for _database in DATABASES.values():
    _database["TEST"] = {"NAME": os.environ.get("TEST_DATABASE") or f"test_stationed_{os.getpid()}"}
