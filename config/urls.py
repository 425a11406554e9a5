"""The site's addresses.  Every page but the login needs a login (LoginRequiredMiddleware)."""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/v1/", include("config.api_urls")),
]
for name in ("accounts", "jurisdictions", "cadres", "teams", "attendance", "ledgers", "reports", "desk"):
    if find_spec(f"apps.{name}") and find_spec(f"apps.{name}.urls"):
        urlpatterns.append(path("", include(f"apps.{name}.urls")))
