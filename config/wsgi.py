"""Entry point of the web server: `gunicorn config.wsgi:application`."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")

application = get_wsgi_application()

# Load what the first request would, then take it out of the collector's sight: some 300,000 objects that live as long
# as the process.  Walking them again and again was a third of a large import's time.
get_resolver().url_patterns  # noqa: B018
gc.collect()
gc.freeze()
