"""A developer's machine: `python3 dev up` and `python3 dev manage …` set the environment."""

from config.env import env, key_bytes
from config.settings.base import *  # noqa: F403

# Visitors see the real error pages; `DEBUG=1 python3 dev up` shows traces instead.
DEBUG = env.bool("DEBUG", default=False)
DEMO = True
SECRET_KEY = env.str("SECRET_KEY")
FIELD_KEY = key_bytes("FIELD_KEY", env.str("FIELD_KEY"))
HASH_KEY = key_bytes("HASH_KEY", env.str("HASH_KEY"))
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
INTERNAL_IPS = ["127.0.0.1"]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
